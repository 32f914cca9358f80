"""Sessions and outcomes: one renewal, one identity, and what is known after a failure."""

from __future__ import annotations

import asyncio
import base64
import json
import ssl
import threading
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

import httpx
import pytest

from desktop.api import answers, requests
from desktop.api.client import Api
from desktop.api.requests import PreparedRequest
from desktop.api.tokens import AccessToken, http_date
from desktop.domain.errors import (
    ClavigerError,
    IdentityChanged,
    NotAllowed,
    NotOurServer,
    Offline,
    OutcomeUnknown,
    Refused,
    ServerFailed,
    SignedOut,
    UntrustedCertificate,
)
from desktop.domain.ids import OrganizationId, ProviderId
from tests.api.fake_server import (
    HTML,
    OTHER,
    SIGN_IN_FIELDS,
    USER,
    Answer,
    FakeClock,
    FakeServer,
    answer,
    jwt,
    listed,
    make_api,
)

PROVIDER = ProviderId(UUID("44444444-4444-4444-8444-444444444444"))
CLIENT = OrganizationId(UUID("55555555-5555-4555-8555-555555555555"))
CLIENTS = f"/api/providers/{PROVIDER}/organizations"
TOKEN = "/identity/connect/token"
WRITE = PreparedRequest("POST", "x", b'{"a":1}')
CHALLENGE = {"WWW-Authenticate": 'Bearer error="invalid_token"'}


async def outcome(api: Api, request: PreparedRequest = WRITE) -> ClavigerError | bytes:
    try:
        return await api.send(request)
    except ClavigerError as error:
        return error


def after(*answers: Answer, path: str = "x") -> tuple[ClavigerError | bytes, FakeServer]:
    """What one write comes to when the server answers so."""

    async def run() -> tuple[ClavigerError | bytes, FakeServer]:
        server = FakeServer()
        server.on("POST", f"/api/{path}", *answers)
        return await outcome(make_api(server)), server

    return asyncio.run(run())


def fails(error: Exception) -> Callable[[httpx.Request], Exception]:
    return lambda _request: error


# --- headers ----------------------------------------------------------------------------------


def test_headers_of_a_request() -> None:
    async def run() -> None:
        server = FakeServer()
        server.on("POST", "/api/x", answer(200))
        await make_api(server).send(WRITE)
        headers = server.seen[-1].headers
        assert headers["authorization"].startswith("Bearer ")
        assert headers["bitwarden-client-name"] == "desktop"
        assert headers["bitwarden-client-version"] == "2026.8.0"
        assert headers["device-type"] == "8"
        assert headers["device-identifier"] == "33333333-3333-4333-8333-333333333333"
        assert headers["content-type"] == "application/json; charset=utf-8"
        assert headers["accept-encoding"] == "gzip"
        assert headers["user-agent"].startswith("Claviger/")
        assert server.bodies[-1] == b'{"a":1}'

    asyncio.run(run())


# --- T28 --------------------------------------------------------------------------------------

FOREIGN_BODIES: list[bytes] = [
    HTML,
    b"",
    b" \r\n",
    b"<html>",
    b"\n<?xml version='1.0'?>",
    b"OK",
    b"null",
    b"true",
    b"17",
    b'"text"',
    b"[]",
    b"[[]]",
    b"[{}]",
    b'{"data":null}',
    b'{"data":{}}',
    b'{"data":"x"}',
    b'{"data":[1]}',
    b'{"data":[null]}',
    b'{"data":[{}]}',
    b'{"data":[{"id":"x"}]}',
    b'{"data":[',
    b'{"data":[]',
    b'{"data":[]} trailing',
    b'{"Data":[{}]}',
    b"{",
    b"}",
    b'{"object":"list","data":[{"id":"\xff"}]}',
    b"\x1f\x8b\x08",
    b"\x00" * 40,
    b"jsonp({})",
]
# Each endpoint is asked with every body.
READS: dict[str, tuple[str, Callable[[Api], Any]]] = {
    "clients": (CLIENTS, lambda api: api.clients(PROVIDER)),
    "members": (f"/api/organizations/{CLIENT}/users", lambda api: api.members(CLIENT)),
    "collections": (
        f"/api/organizations/{CLIENT}/collections",
        lambda api: api.collections(CLIENT),
    ),
    "details": (
        f"/api/organizations/{CLIENT}/collections/details",
        lambda api: api.collection_details(CLIENT),
    ),
    "groups": (f"/api/organizations/{CLIENT}/groups/details", lambda api: api.groups(CLIENT)),
    "policies": (f"/api/organizations/{CLIENT}/policies", lambda api: api.policies(CLIENT)),
    "staff": (f"/api/providers/{PROVIDER}/users", lambda api: api.provider_members(PROVIDER)),
    "items": ("/api/ciphers/organization-details", lambda api: api.organization_items(CLIENT)),
    "profile": ("/api/accounts/profile", lambda api: api.profile()),
}
# An empty list, wherever one is due, is a good answer.
EMPTY_LIST = b'{"data":[]}'


@pytest.mark.parametrize("name", READS)
def test_t28_foreign_bodies_are_never_no_data(name: str) -> None:
    path, read = READS[name]

    async def run() -> None:
        server = FakeServer()
        api = make_api(server)
        for body in FOREIGN_BODIES:
            server.on("GET", path, lambda _r, body=body: answer(200, body))
            with pytest.raises(NotOurServer):
                await read(api)
            assert api.is_signed_in
        assert server.issued == 1
        if name != "profile":
            server.on("GET", path, lambda _r: answer(200, EMPTY_LIST))
            assert await read(api) == ()

    asyncio.run(run())


def test_t28_page_with_an_error_status_is_no_refusal() -> None:
    for status in (200, 401, 403, 404, 407):
        error, _ = after(lambda _r, status=status: answer(status, HTML))
        assert isinstance(error, NotOurServer)
        assert error.status == status


# --- T32 --------------------------------------------------------------------------------------

HOSTILE_IDS = [
    "../../accounts",
    "..%2f..%2faccounts",
    "",
    " ",
    ".",
    "a09726a0-9590-49d1-a5f5-afe300b6a515/../..",
    "a09726a0-9590-49d1-a5f5-afe300b6a515?x=1",
    "a09726a0-9590-49d1-a5f5-afe300b6a515#x",
    "a09726a0-9590-49d1-a5f5-afe300b6a515\r\nHost: evil",
    "a09726a0-9590-49d1-a5f5-afe300b6a51",
    "a09726a0-9590-49d1-a5f5-afe300b6a5155",
    "{a09726a0-9590-49d1-a5f5-afe300b6a515}",
    "urn:uuid:a09726a0-9590-49d1-a5f5-afe300b6a515",
    "g09726a0-9590-49d1-a5f5-afe300b6a515",
    "\u0661" * 32,
    "https://evil.example",
    "//evil.example",
    "null",
    "0",
    "' OR 1=1 --",
]


@pytest.mark.parametrize("hostile", HOSTILE_IDS)
def test_t32_hostile_ids_end_at_the_door(hostile: str) -> None:
    client = {
        "id": str(USER),
        "providerId": str(PROVIDER),
        "organizationId": str(CLIENT),
        "organizationName": "Acme",
    }

    async def run() -> None:
        server = FakeServer()
        api = make_api(server)
        for field in ("id", "providerId", "organizationId"):
            body = listed({**client, field: hostile})
            server.on("GET", CLIENTS, lambda _r, body=body: answer(200, body))
            with pytest.raises(NotOurServer):
                await api.clients(PROVIDER)
        bad: Any = hostile
        if hostile not in ("null", "0"):
            # Those two are harmless words to a path.
            with pytest.raises(ValueError, match="word"):
                requests.collections(bad)
        with pytest.raises(ValueError, match="path"):
            PreparedRequest("GET", f"organizations/{hostile}/../x")

    asyncio.run(run())


# --- T33 --------------------------------------------------------------------------------------


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308, 304])
def test_t33_redirects_are_not_followed(status: int) -> None:
    async def run() -> None:
        server = FakeServer()
        moved = {"Location": "https://evil.example/api/x"}
        server.on("GET", CLIENTS, lambda _r: answer(status, b"", moved))
        server.on("POST", "/api/x", lambda _r: answer(status, b"", moved))
        api = make_api(server)
        with pytest.raises(NotOurServer):
            await api.clients(PROVIDER)
        error = await outcome(api)
        assert isinstance(error, NotOurServer)
        # FakeServer fails the test for any other host.
        assert {request.url.host for request in server.seen} == {"vault.example"}

    asyncio.run(run())


def test_t33_announced_addresses_are_ignored() -> None:
    async def run() -> None:
        server = FakeServer()
        places = {
            name: f"https://{name}.evil.example"
            for name in ("vault", "api", "identity", "notifications", "sso")
        }
        server.on("GET", "/api/config", lambda _r: answer(200, {"environment": places}))
        server.on("GET", CLIENTS, lambda _r: answer(200, listed()))
        api = make_api(server)
        await api.config()
        assert await api.clients(PROVIDER) == ()
        assert "authorization" not in server.seen[0].headers
        assert {request.url.host for request in server.seen} == {"vault.example"}

    asyncio.run(run())


# --- T35 --------------------------------------------------------------------------------------


def client_row(at: int) -> dict[str, object]:
    return {
        "id": str(UUID(int=at + 1)),
        "providerId": str(PROVIDER),
        "organizationId": str(UUID(int=at + 1)),
        "organizationName": f"Client {at}",
    }


def test_t35_pages_are_followed_to_their_end() -> None:
    async def run() -> None:
        server = FakeServer()

        def page(request: httpx.Request) -> httpx.Response:
            at = int(request.url.params.get("continuationToken", "p0+/=&")[1])
            following = f"p{at + 1}+/=&" if at < 4 else None
            return answer(200, listed(client_row(at), token=following))

        server.on("GET", CLIENTS, page)
        found = await make_api(server).clients(PROVIDER)
        assert [client.organization_name for client in found] == [f"Client {n}" for n in range(5)]

    asyncio.run(run())


def test_t35_repeated_token_stops() -> None:
    async def run() -> None:
        server = FakeServer()
        server.on("GET", CLIENTS, lambda _r: answer(200, listed(client_row(1), token="again")))
        with pytest.raises(NotOurServer):
            await make_api(server).clients(PROVIDER)
        assert server.count(CLIENTS) == 2

    asyncio.run(run())


def test_t35_endless_pages_stop() -> None:
    async def run() -> None:
        server = FakeServer()
        server.on("GET", CLIENTS, lambda _r: answer(200, listed(token=f"token{len(server.seen)}")))
        with pytest.raises(NotOurServer):
            await make_api(server).clients(PROVIDER)
        assert server.count(CLIENTS) == 1_000

    asyncio.run(run())


# --- T36 to T39 -------------------------------------------------------------------------------


def strict_about_tokens(server: FakeServer, path: str) -> set[str]:
    """Refuses the tokens in the returned set, as a server that checks them."""
    dead: set[str] = set()

    def handle(request: httpx.Request) -> httpx.Response:
        if request.headers["authorization"] in dead:
            return answer(401, b"", {**CHALLENGE, **server.dated()})
        return answer(200, listed())

    server.on("GET", path, handle)
    return dead


def test_t36_fifty_requests_meet_expiry_and_renew_once() -> None:
    async def run() -> None:
        server = FakeServer()
        dead = strict_about_tokens(server, CLIENTS)
        api = make_api(server)
        await api.clients(PROVIDER)
        assert server.issued == 1
        dead.add(server.seen[-1].headers["authorization"])
        found = await asyncio.gather(*(api.clients(PROVIDER) for _ in range(50)))
        assert found == [()] * 50
        assert server.issued == 2

    asyncio.run(run())


def test_t36_start_with_a_kept_session_renews_once() -> None:
    async def run() -> None:
        server = FakeServer()
        server.on("GET", CLIENTS, lambda _r: answer(200, listed()))
        api = make_api(server)
        await asyncio.gather(*(api.clients(PROVIDER) for _ in range(20)))
        assert server.issued == 1

    asyncio.run(run())


def test_t36_cancelled_caller_leaves_the_renewal_to_the_others() -> None:
    async def run() -> None:
        server = FakeServer()
        gate = asyncio.Event()

        async def slow(_request: httpx.Request) -> httpx.Response:
            await gate.wait()
            return server.tokens()

        server.on("POST", TOKEN, slow)
        server.on("GET", CLIENTS, lambda _r: answer(200, listed()))
        api = make_api(server)
        first, second = (asyncio.create_task(api.clients(PROVIDER)) for _ in range(2))
        await server.first_request.wait()
        first.cancel()
        gate.set()
        assert await second == ()
        with pytest.raises(asyncio.CancelledError):
            await first
        assert server.count(TOKEN) == 1

    asyncio.run(run())


def test_t36_write_is_repeated_after_a_challenge_only() -> None:
    refused = answer(401, b"", CHALLENGE)
    done, server = after(refused, answer(200))
    assert (done, server.count("/api/x"), server.issued) == (b"", 2, 2)


def test_t36_write_after_a_bare_401_of_a_dead_token_is_settled_first() -> None:
    async def run() -> None:
        server = FakeServer()

        def expired(_request: httpx.Request) -> httpx.Response:
            server.clock.seconds += 4_000
            return answer(401, b"", server.dated())

        server.on("POST", "/api/x", expired, answer(200))
        api = make_api(server)
        error = await outcome(api)
        assert isinstance(error, OutcomeUnknown)
        assert (server.count("/api/x"), server.issued) == (1, 2)
        assert await outcome(api) == b""

    asyncio.run(run())


@pytest.mark.parametrize("status", [400, 401])
def test_t37_dead_session_stops_everything_quietly(status: int) -> None:
    async def run() -> None:
        server = FakeServer()
        server.on("POST", TOKEN, lambda _r: answer(status, {"error": "invalid_grant"}))
        api = make_api(server)
        for _ in range(3):
            with pytest.raises(SignedOut):
                await api.clients(PROVIDER)
            assert isinstance(await outcome(api), SignedOut)
        assert server.count(TOKEN) == 1
        assert server.count(CLIENTS) == server.count("/api/x") == 0
        assert not api.is_signed_in
        # One sign-in later the same object goes on.
        server.on("POST", TOKEN, lambda _r: server.tokens(**SIGN_IN_FIELDS))
        server.on("POST", "/api/x", answer(200))
        await api.sign_in("person@example.com", "hash")
        assert await outcome(api) == b""

    asyncio.run(run())


@pytest.mark.parametrize(
    "trouble",
    [
        answer(500),
        answer(502, HTML),
        answer(200, HTML),
        httpx.ConnectError("no"),
        httpx.ReadError("no"),
    ],
)
def test_t37_trouble_while_renewing_is_no_sign_out(trouble: Any) -> None:
    async def run() -> None:
        server = FakeServer()
        server.on("POST", TOKEN, trouble, lambda _r: server.tokens())
        server.on("GET", CLIENTS, lambda _r: answer(200, listed()))
        api = make_api(server)
        with pytest.raises((ServerFailed, NotOurServer, Offline)):
            await api.clients(PROVIDER)
        assert api.is_signed_in
        assert await api.clients(PROVIDER) == ()

    asyncio.run(run())


def test_t37_401_with_a_living_token_is_the_role() -> None:
    """Provider and billing calls refuse so: it must never look like the end of the session."""

    async def run() -> None:
        server = FakeServer()
        words = {"object": "error", "message": "Service users cannot purchase seats."}
        for body in (words, b""):
            server.on("POST", "/api/x", lambda _r, b=body: answer(401, b, server.dated()))
            api = make_api(server)
            error = await outcome(api)
            assert type(error) is NotAllowed
            assert error.status == 401
            assert api.is_signed_in

    asyncio.run(run())


def test_t37_fresh_token_refused_again_is_the_end() -> None:
    async def run() -> None:
        server = FakeServer()
        server.on("GET", CLIENTS, lambda _r: answer(401, b"", CHALLENGE))
        api = make_api(server)
        with pytest.raises(SignedOut):
            await api.clients(PROVIDER)
        assert (server.issued, server.count(CLIENTS)) == (2, 2)

    asyncio.run(run())


def test_t38_another_account_after_a_renewal_sends_nothing() -> None:
    async def run() -> None:
        server = FakeServer(user=OTHER)
        server.on("GET", CLIENTS, lambda _r: answer(200, listed()))
        api = make_api(server)
        with pytest.raises(IdentityChanged):
            await api.clients(PROVIDER)
        assert isinstance(await outcome(api), SignedOut)
        assert server.count(CLIENTS) == server.count("/api/x") == 0
        assert api.user_id == USER

    asyncio.run(run())


def test_t38_another_account_after_a_new_sign_in_sends_nothing() -> None:
    async def run() -> None:
        server = FakeServer()
        row = [lambda _r: server.tokens(), lambda _r: server.tokens(OTHER, **SIGN_IN_FIELDS)]
        server.on("POST", TOKEN, *row)
        server.on("POST", "/api/x", answer(200))
        api = make_api(server)
        assert await outcome(api) == b""
        with pytest.raises(IdentityChanged):
            await api.sign_in("person@example.com", "hash")
        assert isinstance(await outcome(api), SignedOut)

    asyncio.run(run())


@pytest.mark.parametrize(
    "token",
    ["", "a.b", "a.b.c", "a..c", "e30.e30.e30", "eyJ9.eyJzdWIiOiIxIn0.x", "a.b.c.d"],
)
def test_t38_token_that_names_nobody_is_refused(token: str) -> None:
    async def run() -> None:
        server = FakeServer()
        server.on("POST", TOKEN, lambda _r: answer(200, {"access_token": token, "expires_in": 9}))
        with pytest.raises(NotOurServer):
            await make_api(server).clients(PROVIDER)

    asyncio.run(run())


@pytest.mark.parametrize("hours", [-24, 0, 24])
def test_t39_wrong_wall_clock_costs_no_renewal(hours: int) -> None:
    async def run() -> None:
        server = FakeServer(clock=FakeClock(timedelta(hours=hours)))
        server.on("GET", CLIENTS, lambda _r: answer(200, listed()))
        api = make_api(server)
        for _ in range(50):
            await api.clients(PROVIDER)
            server.clock.seconds += 60
        # 50 minutes of a token that lives 60.
        assert server.issued == 1
        server.clock.seconds += 11 * 60
        await api.clients(PROVIDER)
        assert server.issued == 2

    asyncio.run(run())


def test_t39_sleep_that_stops_our_clock_costs_one_renewal() -> None:
    """The computer slept two hours: the monotonic clock did not move, the server's did."""

    async def run() -> None:
        server = FakeServer()

        def checked(request: httpx.Request) -> httpx.Response:
            if request.headers["authorization"] == first[0]:
                # Bare: only the Date tells that the token is over.
                return answer(401, b"", server.dated())
            return answer(200, listed())

        server.on("GET", CLIENTS, lambda _r: answer(200, listed()))
        api = make_api(server)
        await api.clients(PROVIDER)
        first = [server.seen[-1].headers["authorization"]]
        server.ahead = timedelta(hours=2)
        server.on("GET", CLIENTS, checked)
        for _ in range(5):
            assert await api.clients(PROVIDER) == ()
        assert server.issued == 2

    asyncio.run(run())


def test_t39_jump_of_the_monotonic_clock_costs_one_renewal() -> None:
    async def run() -> None:
        server = FakeServer()
        server.on("GET", CLIENTS, lambda _r: answer(200, listed()))
        api = make_api(server)
        await api.clients(PROVIDER)
        server.clock.seconds += 86_400
        for _ in range(5):
            await api.clients(PROVIDER)
        assert server.issued == 2

    asyncio.run(run())


# --- T43 --------------------------------------------------------------------------------------

UNCLEAR: dict[str, Answer] = {
    "timeout": fails(httpx.ReadTimeout("late")),
    "write timeout": fails(httpx.WriteTimeout("late")),
    "reset": fails(httpx.ReadError("reset")),
    "closed": fails(httpx.RemoteProtocolError("Server disconnected")),
    "write error": fails(httpx.WriteError("reset")),
    "500": answer(500, {"message": "An unhandled server error has occurred."}),
    "502": answer(502, HTML),
    "503": answer(503),
    "503 with Retry-After": answer(503, b"", {"Retry-After": "1"}),
    "504": answer(504),
    "524": answer(524, HTML),
    "408": answer(408),
    "page": answer(200, HTML),
    "empty page": answer(200, b"", {"Content-Type": "text/html"}),
    "text": answer(200, b"done"),
    "truncated": answer(200, b'{"id":"5'),
    "deep": answer(200, b"[" * 70 + b"]" * 70),
    "redirect": answer(302, b"", {"Location": "/login"}),
    "encoding": answer(200, b"{}", {"Content-Encoding": "br"}),
    "too large": answer(200, b'"' + b"x" * 5_000_000 + b'"'),
}


@pytest.mark.parametrize("name", UNCLEAR)
def test_t43_unclear_outcomes_are_said_and_not_repeated(name: str) -> None:
    error, server = after(UNCLEAR[name])
    assert isinstance(error, OutcomeUnknown), error
    assert server.count("/api/x") == 1


CLEAR: dict[str, tuple[Answer, type[ClavigerError], int]] = {
    "no connection": (fails(httpx.ConnectError("refused")), Offline, 1),
    "no connection in time": (fails(httpx.ConnectTimeout("late")), Offline, 1),
    "no free connection": (fails(httpx.PoolTimeout("late")), Offline, 1),
    "400": (answer(400, {"message": "Too many seats."}), Refused, 1),
    "402": (answer(402, {"message": "Pay."}), Refused, 1),
    "403": (answer(403), NotAllowed, 1),
    "404": (answer(404, {"message": "Resource not found."}), NotAllowed, 1),
    "409": (answer(409), Refused, 1),
    "413": (answer(413), Refused, 1),
    "422": (answer(422), Refused, 1),
}


@pytest.mark.parametrize("name", CLEAR)
def test_t43_clear_refusals_are_no_unknown_outcome(name: str) -> None:
    given, kind, count = CLEAR[name]
    error, server = after(given)
    assert type(error) is kind
    assert server.count("/api/x") == count


def test_t43_certificate_fault_behind_a_connection_error() -> None:
    fault = httpx.ConnectError("tls")
    fault.__cause__ = ssl.SSLCertVerificationError("certificate verify failed")
    error, _ = after(fails(fault))
    assert isinstance(error, UntrustedCertificate)


def test_t43_cancelled_write_is_unclear() -> None:
    async def run() -> None:
        server = FakeServer()
        arrived = asyncio.Event()

        async def hang(_request: httpx.Request) -> httpx.Response:
            arrived.set()
            await asyncio.Event().wait()
            raise AssertionError

        server.on("POST", "/api/x", hang)
        server.on("GET", CLIENTS, hang)
        api = make_api(server)
        task: asyncio.Task[Any] = asyncio.create_task(api.send(WRITE))
        await arrived.wait()
        task.cancel()
        with pytest.raises(OutcomeUnknown):
            await task
        arrived.clear()
        task = asyncio.create_task(api.clients(PROVIDER))
        await arrived.wait()
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task

    asyncio.run(run())


def test_t43_cancellation_that_surfaces_as_a_connection_error() -> None:
    """httpx once turned a cancelled request into a ConnectError: after it left, still unclear."""

    async def run() -> None:
        server = FakeServer()
        arrived = asyncio.Event()

        async def disguised(_request: httpx.Request) -> httpx.Response:
            arrived.set()
            try:
                await asyncio.Event().wait()
            except asyncio.CancelledError:
                raise httpx.ReadError("cancelled") from None
            raise AssertionError

        server.on("POST", "/api/x", disguised)
        api = make_api(server)
        task = asyncio.create_task(api.send(WRITE))
        await arrived.wait()
        task.cancel()
        with pytest.raises(OutcomeUnknown):
            await task

    asyncio.run(run())


def test_t43_429_is_waited_out_because_nothing_happened() -> None:
    done, server = after(answer(429, b"", {"Retry-After": "2"}), answer(200))
    assert done == b""
    assert server.count("/api/x") == 2


def test_good_write_gives_its_body() -> None:
    assert after(answer(200))[0] == b""
    assert after(answer(204))[0] == b""
    assert after(answer(200, {"id": "x"}))[0] == b'{"id": "x"}'


# --- the rest ---------------------------------------------------------------------------------


def test_broken_read_is_asked_once_more() -> None:
    async def run() -> None:
        server = FakeServer()
        server.on("GET", CLIENTS, fails(httpx.ReadError("reset")), answer(200, listed()))
        api = make_api(server)
        assert await api.clients(PROVIDER) == ()
        server.on("GET", CLIENTS, fails(httpx.ReadError("reset")))
        with pytest.raises(Offline) as caught:
            await api.clients(PROVIDER)
        assert type(caught.value) is Offline
        assert server.count(CLIENTS) == 4
        server.on("GET", CLIENTS, fails(httpx.ReadTimeout("late")))
        with pytest.raises(Offline):
            await api.clients(PROVIDER)
        assert server.count(CLIENTS) == 5

    asyncio.run(run())


def test_cut_network_sends_nothing_and_comes_back() -> None:
    async def run() -> None:
        server = FakeServer()
        server.on("GET", CLIENTS, lambda _r: answer(200, listed()))
        api = make_api(server)
        api.network_cut = True
        for call in (api.clients(PROVIDER), api.send(WRITE), api.config(), api.sign_in("a", "b")):
            with pytest.raises(Offline) as caught:
                await call
            assert caught.value.host == "vault.example"
        assert server.seen == []
        api.network_cut = False
        assert api.network_cut is False
        assert await api.clients(PROVIDER) == ()

    asyncio.run(run())


def test_t72_words_of_the_server_are_cut_and_kept_apart() -> None:
    long = "<b>" + "x" * 10_000
    bodies: list[dict[str, object]] = [
        {"object": "error", "message": long, "validationErrors": {"Name": [long, 7], long: long}},
        {"ErrorModel": {"Message": long, "ValidationErrors": {"Name": [long]}}},
        {"title": long, "errors": {"Name": [{"type": "x", "detail": long}]}},
        {"error_description": long},
        {"message": ["not", "text"], "errors": ["odd"]},
        {"validationErrors": {str(n): ["x"] * 100 for n in range(5_000)}},
    ]
    for body in bodies:
        error, _ = after(lambda _r, b=body: answer(400, b))
        assert type(error) is Refused
        assert len(error.server_text) <= 300
        assert len(error.fields) <= 100
        for name, words in error.fields.items():
            assert len(name) <= 300
            assert all(len(word) <= 300 for word in words)


def test_fields_of_a_refusal() -> None:
    body = {"message": "The model state is invalid.", "validationErrors": {"Name": ["Too long."]}}
    error, _ = after(answer(400, body))
    assert isinstance(error, Refused)
    assert (error.server_text, error.fields) == (body["message"], {"Name": ["Too long."]})
    for odd in (b"\xff\xfe", b"[]", b"x", b"", b"[" * 90, b'{"message":' + b"9" * 30 + b"}"):
        error, _ = after(lambda _r, b=odd: answer(400, b))
        assert isinstance(error, Refused)
        assert (error.server_text, error.fields) == ("", {})


def test_refresh_and_sign_out() -> None:
    async def run() -> None:
        server = FakeServer()
        api = make_api(server)
        await api.refresh()
        await api.refresh()
        assert server.issued == 2
        assert server.forms()[-1] == {
            "grant_type": "refresh_token",
            "client_id": "desktop",
            "refresh_token": "refresh-1",
        }
        api.sign_out()
        assert (api.refresh_token, api.is_signed_in) == (None, False)
        with pytest.raises(SignedOut):
            await api.refresh()

    asyncio.run(run())


def test_new_refresh_token_is_kept() -> None:
    async def run() -> None:
        server = FakeServer()
        server.on("POST", TOKEN, lambda _r: server.tokens(refresh_token=f"r{len(server.seen)}"))
        api = make_api(server)
        await api.refresh()
        assert api.refresh_token == "r1"
        await api.refresh()
        assert server.forms()[-1]["refresh_token"] == "r1"

    asyncio.run(run())


def test_t34_large_lists_are_read_off_the_loop() -> None:
    async def run() -> None:
        server = FakeServer()
        raw = json.dumps(listed(*(client_row(at) for at in range(2_000)))).encode()
        assert len(raw) > 262_144
        threads: set[str] = set()

        def read(body: bytes) -> int:
            threads.add(threading.current_thread().name)
            return len(answers.provider_clients(body))

        server.on("GET", CLIENTS, lambda _r: answer(200, raw))
        api = make_api(server)
        path = requests.provider_clients(PROVIDER)
        assert await api._read(path, read) == 2_000
        assert threads
        assert threading.main_thread().name not in threads

    asyncio.run(run())


def test_token_without_an_end_is_refused() -> None:
    clock = FakeClock()
    far = jwt(USER, clock.true_now).split(".")
    payload = json.dumps({"sub": str(USER), "exp": 10**15}).encode()
    far[1] = base64.urlsafe_b64encode(payload).rstrip(b"=").decode()
    with pytest.raises(NotOurServer):
        AccessToken.received(".".join(far), 60, None, clock)
    with pytest.raises(NotOurServer):
        AccessToken.received("a.!!!!!.c", 60, None, clock)
    token = AccessToken.received(jwt(USER, clock.true_now), 100, None, clock)
    assert (token.is_stale(clock), repr(token)) == (False, "<AccessToken: secret>")
    clock.seconds += 91
    assert token.is_stale(clock)


@pytest.mark.parametrize("text", [None, "", "now", "Sun, 22 Nov 2026 09:00:42"])
def test_broken_date_is_no_date(text: str | None) -> None:
    assert http_date(text) is None


def test_close_ends_a_renewal_in_flight() -> None:
    async def run() -> None:
        server = FakeServer()

        async def hang(_request: httpx.Request) -> httpx.Response:
            await asyncio.Event().wait()
            raise AssertionError

        server.on("POST", TOKEN, hang)
        api = make_api(server)
        task = asyncio.create_task(api.clients(PROVIDER))
        await server.first_request.wait()
        await api.close()
        with pytest.raises((asyncio.CancelledError, ClavigerError)):
            await task
        assert not api.is_signed_in

    asyncio.run(run())
