"""Calls, answers and routes: the small frame every endpoint module is written in."""

from __future__ import annotations

import html
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import msgspec
from starlette.routing import compile_path

from desktop.practice.errors import invalid_token, not_found
from desktop.practice.forms import Form, guid
from desktop.practice.tokens import Principal

if TYPE_CHECKING:
    from desktop.practice.world import World

JSON_TYPE = "application/json; charset=utf-8"
_encoder = msgspec.json.Encoder()


@dataclass
class Answer:
    """What goes back: status, body, content type (None with an empty body)."""

    status: int = 200
    body: bytes = b""
    content_type: str | None = None
    headers: dict[str, str] = field(default_factory=dict)


def reply(value: object, status: int = 200) -> Answer:
    """A JSON answer."""
    return Answer(status, _encoder.encode(value), JSON_TYPE)


def listing(entries: list[Any], token: str | None = None) -> Answer:
    """The usual list wrapper."""
    return reply({"data": entries, "continuationToken": token, "object": "list"})


def done() -> Answer:
    """200 with an empty body."""
    return Answer()


@dataclass
class Call:
    """One request on its way through a handler."""

    world: World
    method: str
    path: str
    query: Mapping[str, str]
    headers: Mapping[str, str]
    body: bytes
    params: dict[str, str] = field(default_factory=dict)
    token: Principal | None = None
    at_step: Callable[[int], None] = lambda _number: None
    duplicate: bool = False
    drop_items: int = 0

    @property
    def who(self) -> Principal:
        """The caller; 401 when nobody signed in."""
        if self.token is None:
            raise invalid_token()
        return self.token

    def id(self, name: str) -> str:
        """A GUID of the path; 404 when it is none."""
        found = guid(self.params[name])
        if found is None:
            raise not_found()
        return found

    def form(self) -> Form:
        """The JSON body."""
        return Form.parse(self.body)

    def asked(self, name: str) -> str | None:
        """A query value, its name matched without case."""
        for key, value in self.query.items():
            if key.lower() == name.lower():
                return value
        return None

    def asked_flag(self, name: str) -> bool:
        return (self.asked(name) or "").lower() == "true"


Handler = Callable[[Call], Answer | Awaitable[Answer]]


@dataclass(frozen=True)
class Route:
    """One endpoint. `manual`: async, and opens its own transactions."""

    method: str
    path: str
    handler: Handler
    anonymous: bool = False
    manual: bool = False


class Router:
    """Finds the route of a request; the first whose method and path fit."""

    def __init__(self, routes: tuple[Route, ...]) -> None:
        self._routes = [(compile_path(route.path)[0], route) for route in routes]

    def find(self, method: str, path: str) -> tuple[Route, dict[str, str]] | int:
        """The route and its path values, else the status: 404, or 405 for another verb."""
        status = 404
        for pattern, route in self._routes:
            match = pattern.match(path)
            if match is None:
                continue
            if route.method == method:
                return route, match.groupdict()
            status = 405
        return status


def shown(name: str | None) -> str | None:
    """A name on its way out: entities are decoded, whoever put them in."""
    return None if name is None else html.unescape(name)
