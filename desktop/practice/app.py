"""The ASGI application: reads a request, counts it, lets it go wrong when told to, answers."""

from __future__ import annotations

import asyncio
import inspect
import time
import traceback
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

from starlette.datastructures import QueryParams

from desktop.practice import (
    accounts,
    auth_requests,
    billing,
    clients,
    collections,
    confirmation,
    devices,
    events,
    faults,
    groups,
    identity,
    imports,
    members,
    organizations,
    policies,
    provider_members,
    second_steps,
    sso,
    vault,
    vaultwarden,
    vaultwarden_routes,
)
from desktop.practice.bench import Bench
from desktop.practice.canaries import Canaries
from desktop.practice.errors import ApiError, error_body, invalid_token, server_error
from desktop.practice.faults import Rule, StepFailed
from desktop.practice.inbox import Inbox
from desktop.practice.oracle import Oracle
from desktop.practice.people import People
from desktop.practice.request_log import Entry, told_headers
from desktop.practice.rewriting import rewritten
from desktop.practice.tokens import Principal, verify
from desktop.practice.ways import Ways
from desktop.practice.web import JSON_TYPE, Answer, Call, Route, Router, reply
from desktop.practice.world import World

#: the web server's own limit; the official source sets another only for files
MAX_BODY = 30_000_000
PAGE = b"<!doctype html><title>Just a moment...</title><p>Checking your browser.</p>"

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]

PROTOCOL: tuple[Route, ...] = tuple(
    route
    for module in (
        identity,
        second_steps,
        devices,
        sso,
        auth_requests,
        accounts,
        vault,
        imports,
        events,
        billing,
        clients,
        provider_members,
        collections,
        groups,
        members,
        confirmation,
        policies,
        organizations,
    )
    for route in module.ROUTES
)


class _Cut(Exception):
    """The connection is to break: before the answer, after its headers, or in its body."""

    def __init__(self, kind: str) -> None:
        super().__init__(kind)
        self.kind = kind


class _CommitFailed(Exception):
    """What the request did is rolled back."""


class PracticeApp:
    """One practice server as an ASGI application."""

    def __init__(self, world: World, folk: People) -> None:
        self._world = world
        self._oracle = Oracle()
        self._canaries = Canaries(world, folk, self._oracle)
        bench = Bench(self._oracle, self._canaries)
        practice = (*Inbox(folk).routes(), *Ways(folk).routes(), *bench.routes())
        protocol = vaultwarden_routes.routes(PROTOCOL) if world.is_vaultwarden else PROTOCOL
        self._router = Router((*practice, *protocol))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return
        started = time.perf_counter()
        headers = [
            (name.decode("latin-1").lower(), value.decode("latin-1"))
            for name, value in scope["headers"]
        ]
        body = await _read(receive)
        if body is None:
            return
        call = Call(
            self._world,
            scope["method"],
            scope["path"],
            QueryParams(scope["query_string"]),
            dict(headers),
            body,
        )
        exchange = _Exchange(call, receive, send)
        answer = Answer(413) if len(body) > MAX_BODY else await self._answer(exchange)
        if not call.path.startswith("/practice/"):
            self._note(exchange, scope, answer, headers, time.perf_counter() - started)
        await exchange.deliver(answer)

    def _note(
        self,
        exchange: _Exchange,
        scope: Scope,
        answer: Answer,
        headers: list[tuple[str, str]],
        seconds: float,
    ) -> None:
        call = exchange.call
        number = self._world.log.next_number()
        query = scope["query_string"].decode("latin-1")
        self._canaries.learn()
        told = dict(headers)
        self._oracle.look(number, call.method, call.path, call.body, told, query=query)
        self._world.log.add(
            Entry(
                number,
                self._world.clock.stamp(),
                call.method,
                call.path,
                query,
                told_headers(headers),
                len(call.body),
                answer.status if exchange.cut is None else 0,
                len(answer.body),
                round(seconds, 6),
                exchange.fault,
            ),
            call.body,
        )

    async def _answer(self, exchange: _Exchange) -> Answer:
        call = exchange.call
        rules: list[Rule] = []
        if not call.path.startswith("/practice/"):
            refused = self._world.limits.refuse(call.method, call.path)
            if refused is not None:
                return refused
            rules = self._world.faults.of(call.method, call.path)
        try:
            for rule in rules:
                if rule.when == "before" and rule.step is None:
                    spoiled = await exchange.spoil(rule, None)
                    if spoiled is not None:
                        return spoiled
            return await self._handled(exchange, rules)
        except _Cut as cut:
            exchange.cut = cut.kind
            return exchange.cut_answer or Answer()

    async def _handled(self, exchange: _Exchange, rules: list[Rule]) -> Answer:
        """Run the handler; spoil its commit or its answer when a rule says so."""
        call = exchange.call
        at_commit = next((one for one in rules if one.when == "commit" and one.step is None), None)
        call.at_step = _stepper(rules)
        try:
            answer = await self._run(call, rollback=at_commit is not None)
            if call.duplicate:
                await self._run(call, rollback=False)
        except _CommitFailed:
            spoiled = None if at_commit is None else await exchange.spoil(at_commit, None)
            return spoiled if spoiled is not None else _told(server_error())
        except StepFailed as failed:
            exchange.fault = failed.rule.do
            spoiled = await exchange.spoil(failed.rule, None)
            return spoiled if spoiled is not None else _told(server_error())
        for rule in rules:
            if rule.when == "after" and rule.step is None:
                spoiled = await exchange.spoil(rule, answer)
                answer = answer if spoiled is None else spoiled
        return answer

    async def _run(self, call: Call, *, rollback: bool) -> Answer:
        """The handler's answer, refusals and bugs included."""
        try:
            found = self._router.find(call.method, call.path)
            if isinstance(found, int):
                return self._not_there(found)
            route, call.params = found
            call.token = self._principal(call)
            if call.token is None and not route.anonymous:
                return self._refused(invalid_token())
            if route.manual:
                made = route.handler(call)
                return await made if inspect.isawaitable(made) else made
            return self._in_transaction(route, call, rollback=rollback)
        except ApiError as refusal:
            return self._refused(refusal)
        except (_CommitFailed, StepFailed):
            raise
        except Exception:  # one bad request must not end the server
            traceback.print_exc()
            return _told(server_error())

    def _not_there(self, status: int) -> Answer:
        if self._world.is_vaultwarden:
            return _told(vaultwarden.stopped(404))
        return Answer(status)

    def _refused(self, refusal: ApiError) -> Answer:
        return _told(vaultwarden.refused(refusal) if self._world.is_vaultwarden else refusal)

    def _in_transaction(self, route: Route, call: Call, *, rollback: bool) -> Answer:
        with self._world.db.transaction():
            made = route.handler(call)
            if inspect.isawaitable(made):
                raise TypeError("only manual routes may wait")
            if rollback:
                raise _CommitFailed
            return made

    def _principal(self, call: Call) -> Principal | None:
        scheme, _, token = call.headers.get("authorization", "").partition(" ")
        if scheme.lower() != "bearer":
            return None
        claims = verify(self._world.signing_key, token, self._world.clock.epoch())
        return None if claims is None else Principal.of(claims)


def _stepper(rules: list[Rule]) -> Callable[[int], None]:
    def at_step(number: int) -> None:
        for rule in rules:
            # A commit that fails as a whole leaves nothing of the steps before it.
            fails_whole = rule.when == "commit" and rule.step is None and number == 1
            if rule.step == number or fails_whole:
                raise StepFailed(rule)

    return at_step


def _told(refusal: ApiError) -> Answer:
    answer = Answer(refusal.status) if refusal.body is None else reply(refusal.body, refusal.status)
    answer.headers.update(refusal.headers)
    return answer


class _Exchange:
    """One request and its answer on the connection, faults included."""

    def __init__(self, call: Call, receive: Receive, send: Send) -> None:
        self.call = call
        self._receive = receive
        self._send = send
        self.cut: str | None = None
        self.cut_answer: Answer | None = None
        self.fault: str | None = None

    async def spoil(self, rule: Rule, answer: Answer | None) -> Answer | None:
        """Carry a rule out. None: go on as usual. `answer` is the true one, once there is one."""
        self.fault = rule.do
        clock = self.call.world.clock
        match rule.do:
            case "status":
                return _status(rule)
            case "reset" | "reset_headers" | "reset_body":
                self.cut_answer = answer or reply({"object": "list", "data": []})
                raise _Cut(rule.do)
            case "hang":
                await self._hang(rule.seconds)
                raise _Cut("reset")
            case "delay":
                await clock.sleep(rule.seconds or 0)
            case "html":
                return Answer(200, PAGE, "text/html; charset=utf-8")
            case "truncate":
                whole = answer.body if answer is not None and answer.body else b'{"object":"list"'
                return Answer(200, whole[: max(1, len(whole) // 2)], JSON_TYPE)
            case "empty":
                return Answer()
            case "duplicate":
                self.call.duplicate = True
            case "drop_items":
                self.call.drop_items = rule.count
            case "rewrite" if answer is not None:
                return Answer(
                    answer.status,
                    rewritten(answer.body, rule.edits),
                    answer.content_type,
                    answer.headers | rule.headers,
                )
        return None

    async def _hang(self, seconds: float | None) -> None:
        gone = asyncio.Event()

        async def watch() -> None:
            while (await self._receive())["type"] != "http.disconnect":
                pass
            gone.set()

        watching = asyncio.ensure_future(watch())
        try:
            await faults.hang(seconds, gone, self.call.world.clock)
        finally:
            watching.cancel()

    async def deliver(self, answer: Answer) -> None:
        """Send the answer, or as much of it as a cut allows."""
        if self.cut == "reset":
            self._abort()
            return
        await self._send(
            {
                "type": "http.response.start",
                "status": answer.status,
                "headers": [
                    (b"date", self.call.world.clock.http_date().encode()),
                    *_headers(answer, bodiless=self.cut is not None),
                ],
            }
        )
        if self.cut is None:
            await self._send({"type": "http.response.body", "body": answer.body})
            return
        if self.cut == "reset_body":
            half = answer.body[: len(answer.body) // 2]
            await self._send({"type": "http.response.body", "body": half, "more_body": True})
        # One turn of the loop lets the written bytes leave before the connection breaks.
        await asyncio.sleep(0.02)
        self._abort()

    def _abort(self) -> None:
        # uvicorn offers no way to break a connection; its cycle, whose method `send` is, holds the
        # transport (uvicorn 0.54, h11_impl.RequestResponseCycle).
        transport = getattr(getattr(self._send, "__self__", None), "transport", None)
        if transport is None:
            raise RuntimeError("this server cannot break a connection")
        transport.abort()


def _status(rule: Rule) -> Answer:
    if rule.body is None and rule.content_type is None:
        answer = reply(error_body("The practice server was told to refuse."), rule.status)
    elif isinstance(rule.body, str):
        answer = Answer(rule.status, rule.body.encode(), rule.content_type or "text/plain")
    else:
        answer = reply(rule.body, rule.status)
    answer.headers.update(rule.headers)
    return answer


def _headers(answer: Answer, *, bodiless: bool) -> list[tuple[bytes, bytes]]:
    length = max(len(answer.body), 2 if bodiless else 0)
    headers = [(b"content-length", str(length).encode())]
    if answer.content_type is not None:
        headers.append((b"content-type", answer.content_type.encode()))
    headers += [(name.lower().encode(), value.encode()) for name, value in answer.headers.items()]
    return headers


async def _read(receive: Receive) -> bytes | None:
    """The body, hardly more of it than is allowed; None when the client left meanwhile."""
    parts: list[bytes] = []
    size = 0
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            return None
        if size <= MAX_BODY:
            parts.append(message.get("body", b""))
            size += len(parts[-1])
        if not message.get("more_body"):
            return b"".join(parts)
