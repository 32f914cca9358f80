"""How the token endpoint says no; keys in PascalCase where the official one has them so."""

from __future__ import annotations

from typing import Any

from desktop.practice.errors import ApiError


class Slow(Exception):
    """A wrong secret: answered after a delay, and noted in the log."""

    def __init__(self, refusal: ApiError, event: int, user_id: str | None) -> None:
        super().__init__(event)
        self.refusal = refusal
        self.event = event
        self.user_id = user_id


def refusal(error: str, description: str, **more: Any) -> ApiError:
    """400 with an OAuth error."""
    return ApiError(400, {"error": error, "error_description": description, **more})


def wrong(message: str) -> ApiError:
    """A wrong password, code or key."""
    model = {
        "Message": message,
        "ValidationErrors": None,
        "ExceptionMessage": None,
        "ExceptionStackTrace": None,
        "InnerExceptionMessage": None,
        "Object": "error",
    }
    return refusal("invalid_grant", "invalid_username_or_password", ErrorModel=model)


def device_error(description: str) -> ApiError:
    """What is wrong with the device or its code."""
    return refusal(
        "device_error",
        description,
        ErrorModel={"Message": description.lower(), "Object": "error"},
    )
