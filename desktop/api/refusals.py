"""What an answer that is not a success means. Shapes: protocol of bitwarden/server 2026.8.0.

The server's words are untrusted: cut short, kept apart, never shown but as details (T72).
"""

from __future__ import annotations

import json
from typing import Any

from desktop.api.link import Reply
from desktop.api.strict import check_json
from desktop.domain.errors import (
    ClavigerError,
    NotAllowed,
    NotOurServer,
    OutcomeUnknown,
    Refused,
    ServerFailed,
)
from desktop.domain.limits import SERVER_TEXT_SHOWN

_FIELDS_MAX = 100


def is_page(reply: Reply) -> bool:
    """HTML: a proxy, a portal or a challenge speaks, not the server."""
    kind = reply.headers.get("content-type", "")
    return kind.startswith("text/html") or reply.body[:64].lstrip()[:1] == b"<"


def problem(reply: Reply, *, write: bool) -> ClavigerError:
    """The error of a reply outside 200-299. 429, and 401 of a dead token, are not decided here."""
    status = reply.status
    if status < 400:
        return NotOurServer("redirect" if 300 <= status < 400 else "status", status)
    if is_page(reply) and status < 500:
        return NotOurServer("html", status)
    text, fields = server_words(reply.body)
    if status >= 500:
        return ServerFailed(text, status)
    if status == 408:
        return OutcomeUnknown("timeout", status) if write else ServerFailed(text, status)
    kind = NotAllowed if status in (401, 403, 404) else Refused
    return kind(status, text, fields)


def server_words(body: bytes) -> tuple[str, dict[str, list[str]]]:
    """The message and the fields of an error body; empty where there is nothing readable."""
    answer = error_object(body)
    model = _lowered(answer.get("errormodel"))
    answer = {**model, **{key: value for key, value in answer.items() if value}}
    text = _first(answer, "message", "error_description", "title", "detail")
    found = answer.get("validationerrors") or answer.get("errors")
    return text[:SERVER_TEXT_SHOWN], _fields(found)


def error_object(body: bytes) -> dict[str, Any]:
    """An error body, its outermost keys in lower case; {} for anything but a JSON object."""
    try:
        check_json(body)
        # Not `strict.load`: a double key in an error is no reason to lose its status.
        answer = json.loads(body)
    except (ValueError, RecursionError, NotOurServer):
        return {}
    return _lowered(answer)


def _lowered(value: object) -> dict[str, Any]:
    return {key.lower(): one for key, one in value.items()} if isinstance(value, dict) else {}


def _first(answer: dict[str, Any], *keys: str) -> str:
    for key in keys:
        value = answer.get(key)
        if isinstance(value, str) and value:
            return value
    return ""


def _fields(found: object) -> dict[str, list[str]]:
    if not isinstance(found, dict):
        return {}
    fields: dict[str, list[str]] = {}
    for key, value in list(found.items())[:_FIELDS_MAX]:
        lines = value if isinstance(value, list) else [value]
        words = [one.get("detail", "") if isinstance(one, dict) else one for one in lines]
        fields[str(key)[:SERVER_TEXT_SHOWN]] = [
            word[:SERVER_TEXT_SHOWN] for word in words[:10] if isinstance(word, str)
        ]
    return fields
