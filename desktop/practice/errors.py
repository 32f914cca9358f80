"""Refusals in the shapes the official server gives them (ErrorResponseModel, 2026.8.0)."""

from __future__ import annotations

from collections.abc import Mapping

INVALID_MODEL = "The model state is invalid."


class ApiError(Exception):
    """An answer that is not a success; `body` None means an empty body."""

    def __init__(
        self,
        status: int,
        body: object | None,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(status)
        self.status = status
        self.body = body
        self.headers = dict(headers or {})


def error_body(message: str, errors: Mapping[str, list[str]] | None = None) -> dict[str, object]:
    """The usual JSON of a refusal."""
    return {
        "message": message,
        "validationErrors": dict(errors) if errors is not None else None,
        "exceptionMessage": None,
        "exceptionStackTrace": None,
        "innerExceptionMessage": None,
        "object": "error",
    }


def bad_request(message: str) -> ApiError:
    """400 with a sentence."""
    return ApiError(400, error_body(message, None))


def invalid(errors: Mapping[str, list[str]]) -> ApiError:
    """400 of the model validation, one list per field path."""
    return ApiError(400, error_body(INVALID_MODEL, errors))


def not_found() -> ApiError:
    """404, which often means "not allowed" and never says what was not found."""
    return ApiError(404, error_body("Resource not found."))


def forbidden() -> ApiError:
    """403 of a declarative role check: empty."""
    return ApiError(403, None)


def unauthorized(message: str = "Unauthorized.") -> ApiError:
    """401 with JSON: a role failure of the billing family."""
    return ApiError(401, error_body(message))


def invalid_token() -> ApiError:
    """401 of a missing, broken or expired access token: empty, with the bearer header."""
    return ApiError(401, None, {"WWW-Authenticate": 'Bearer error="invalid_token"'})


def server_error(message: str = "An unhandled server error has occurred.") -> ApiError:
    """500 with JSON."""
    return ApiError(500, error_body(message))
