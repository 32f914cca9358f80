"""Proxies: a real one in between, wrong ones, and where the choice comes from (T26)."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

import pytest
import trustme

from desktop.api.client import Api
from desktop.api.link import Call, Link
from desktop.api.proxy import DIRECT, Proxies, proxy_address
from desktop.api.server import ServerAddress
from desktop.domain.errors import Offline, OutcomeUnknown, ProxyFailed, UntrustedCertificate
from desktop.services.proxies import ChosenProxies
from desktop.settings.preferences import Preferences
from tests.api.fake_server import DEVICE, FakeClock, RealServer, server_context, tls_server


@dataclass
class RealProxy:
    """What a tunnelling proxy heard, and how it answers; a `status` other than 200 refuses."""

    port: int = 0
    status: str = "200 OK"
    heads: list[bytes] = field(default_factory=list)
    carried: int = 0

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"


@asynccontextmanager
async def tunnel(status: str = "200 OK") -> AsyncIterator[RealProxy]:
    """HTTP CONNECT on 127.0.0.1."""
    real = RealProxy(status=status)
    running: set[asyncio.Task[None]] = set()

    async def pump(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while data := await reader.read(65_536):
            real.carried += len(data)
            writer.write(data)
            await writer.drain()
        writer.close()

    async def handle(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = await reader.readuntil(b"\r\n\r\n")
        real.heads.append(head)
        if real.status != "200 OK":
            writer.write(f"HTTP/1.1 {real.status}\r\nContent-Length: 0\r\n\r\n".encode())
            await writer.drain()
            writer.close()
            return
        host, _, port = head.split()[1].decode().rpartition(":")
        there, back = await asyncio.open_connection(host, int(port))
        writer.write(b"HTTP/1.1 200 OK\r\n\r\n")
        both = (pump(reader, back), pump(there, writer))
        running.update(asyncio.ensure_future(one) for one in both)

    server = await asyncio.start_server(handle, "127.0.0.1", 0)
    real.port = server.sockets[0].getsockname()[1]
    try:
        yield real
    finally:
        server.close()
        for task in running:
            task.cancel()
        await asyncio.gather(*running, return_exceptions=True)


class Through:
    """Always the same one."""

    def __init__(self, proxy: str | None) -> None:
        self.proxy = proxy
        self.asked: list[str] = []

    async def find(self, url: str) -> str | None:
        self.asked.append(url)
        return self.proxy


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    return trustme.CA()


def trusted(real: RealServer, authority: trustme.CA) -> ServerAddress:
    return real.address(None).under(authority.cert_pem.bytes().decode())


async def config_from(address: ServerAddress, proxies: Proxies) -> str:
    api = Api(address, DEVICE, proxies=proxies)
    try:
        return (await api.config()).version
    finally:
        await api.close()


async def written(address: ServerAddress, proxies: Proxies) -> None:
    link = Link(address, proxies=proxies)
    try:
        await link.exchange(
            Call("POST", f"{address.api}/x", {}, content=b"{}", write=True, deadline_s=5)
        )
    finally:
        await link.close()


def test_a_proxy_carries_what_it_cannot_read(authority: trustme.CA) -> None:
    async def run() -> None:
        async with (
            tls_server(server_context(authority.issue_cert("127.0.0.1"))) as real,
            tunnel() as proxy,
        ):
            address = trusted(real, authority)
            through = Through(proxy.address)
            assert await config_from(address, through) == "2026.8.0"
            head = proxy.heads[0].decode()
            assert head.startswith(f"CONNECT 127.0.0.1:{real.port} ")
            # The way to it says nothing of who asks or what.
            assert "Bitwarden" not in head
            assert "/api" not in head
            assert len(real.heads) == 1
            assert proxy.carried > 0
            assert through.asked == [f"{address.api}/config"]

    asyncio.run(run())


def test_t25_a_proxy_cannot_answer_in_the_servers_place(authority: trustme.CA) -> None:
    """It opens the connection with a certificate of its own: nothing is sent."""

    async def run() -> None:
        stranger = trustme.CA()
        async with (
            tls_server(server_context(stranger.issue_cert("127.0.0.1"))) as eve,
            tunnel() as proxy,
        ):
            with pytest.raises(UntrustedCertificate):
                await config_from(trusted(eve, authority), Through(proxy.address))
            assert eve.heads == []

    asyncio.run(run())


@pytest.mark.parametrize(
    ("status", "reason"),
    [("407 Proxy Authentication Required", "sign_in"), ("403 Forbidden", "refused")],
)
def test_a_proxy_that_says_no_is_named(authority: trustme.CA, status: str, reason: str) -> None:
    async def run() -> None:
        async with (
            tls_server(server_context(authority.issue_cert("127.0.0.1"))) as real,
            tunnel(status) as proxy,
        ):
            address = trusted(real, authority)
            for ask in (config_from, written):
                with pytest.raises(ProxyFailed) as caught:
                    await ask(address, Through(proxy.address))
                assert caught.value.proxy == f"127.0.0.1:{proxy.port}"
                assert caught.value.reason == reason
                assert caught.value.host == f"127.0.0.1:{real.port}"
            assert real.heads == []

    asyncio.run(run())


def test_a_proxy_that_is_not_there_leaves_nothing_sent(authority: trustme.CA) -> None:
    """A write through it has surely not happened: nobody has to look for it."""

    async def run() -> None:
        async with tls_server(server_context(authority.issue_cert("127.0.0.1"))) as real:
            address = trusted(real, authority)
            for ask in (config_from, written):
                with pytest.raises(ProxyFailed) as caught:
                    await ask(address, Through("http://127.0.0.1:9"))
                assert caught.value.reason == "unreachable"
                assert isinstance(caught.value, Offline)
            assert real.heads == []

    asyncio.run(run())


def test_t43_a_write_that_left_through_a_proxy_is_unclear_all_the_same(
    authority: trustme.CA,
) -> None:
    async def run() -> None:
        async def slam(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            writer.transport.abort()

        async with (
            tls_server(server_context(authority.issue_cert("127.0.0.1")), slam) as real,
            tunnel() as proxy,
        ):
            with pytest.raises(OutcomeUnknown):
                await written(trusted(real, authority), Through(proxy.address))
            assert len(real.heads) == 1

    asyncio.run(run())


def test_each_server_may_have_another_proxy(authority: trustme.CA) -> None:
    async def run() -> None:
        leaf = authority.issue_cert("127.0.0.1", "localhost")
        async with tls_server(server_context(leaf)) as real, tunnel() as one, tunnel() as other:

            class ByHost:
                async def find(self, url: str) -> str | None:
                    return one.address if "127.0.0.1" in url else other.address

            pem = authority.cert_pem.bytes().decode()
            for host in ("127.0.0.1", "localhost"):
                address = real.address(None, host).under(pem)
                assert await config_from(address, ByHost()) == "2026.8.0"
            assert (len(one.heads), len(other.heads)) == (1, 1)

    asyncio.run(run())


# --- the choice -------------------------------------------------------------------------------

URL = "https://vault.example/api/accounts/profile"


def wishes(mode: str, address: str = "") -> Preferences:
    return Preferences(proxy=mode, proxy_address=address)  # type: ignore[arg-type]  # one of three


def chosen(mode: str, address: str = "", **more: object) -> ChosenProxies:
    return ChosenProxies(lambda: wishes(mode, address), **more)  # type: ignore[arg-type]


def test_none_and_manual_ask_nobody() -> None:
    def never(_url: str) -> str | None:
        raise AssertionError("the system was asked")

    async def run() -> None:
        assert await chosen("none", "http://p:1", system=never).find(URL) is None
        assert await chosen("manual", "http://p:1", system=never).find(URL) == "http://p:1"
        assert await chosen("manual", "", system=never).find(URL) is None
        assert await DIRECT.find(URL) is None

    asyncio.run(run())


def test_the_system_is_asked_once_for_each_server_and_told_no_more_than_that() -> None:
    asked: list[str] = []

    def system(url: str) -> str | None:
        asked.append(url)
        return "http://pac.example:8080" if "vault" in url else None

    async def run() -> None:
        clock = FakeClock()
        proxies = chosen("system", system=system, clock=clock)
        many = await asyncio.gather(*(proxies.find(f"{URL}?n={n}") for n in range(20)))
        assert set(many) == {"http://pac.example:8080"}
        assert await proxies.find("https://other.example/x") is None
        assert asked == ["https://vault.example/", "https://other.example/"]
        clock.seconds += 61
        await proxies.find(URL)
        assert asked[2:] == ["https://vault.example/"]

    asyncio.run(run())


def test_t26_a_script_that_hangs_holds_nobody_up() -> None:
    """Asked on a thread, waited for a while; what it says later is good for the next request."""
    go_on = threading.Event()

    def system(_url: str) -> str | None:
        go_on.wait(20)
        return "http://late.example:8080"

    class Quick(FakeClock):
        def real(self, seconds: float) -> float:
            assert seconds == 3.0
            return 0.02

    async def run() -> None:
        ticks = 0

        async def tick() -> None:
            nonlocal ticks
            while True:
                await asyncio.sleep(0.001)
                ticks += 1

        clock = Quick()
        proxies = chosen("system", system=system, clock=clock)
        ticking = asyncio.ensure_future(tick())
        assert await proxies.find(URL) is None
        assert ticks > 1
        # The next one does not wait again.
        assert await asyncio.wait_for(proxies.find(URL), 0.01) is None
        go_on.set()
        for _turn in range(2_000):
            if await proxies.find(URL) is not None:
                break
            await asyncio.sleep(0.005)
        assert await proxies.find(URL) == "http://late.example:8080"
        ticking.cancel()

    asyncio.run(run())


def test_a_kind_that_is_not_spoken_is_named() -> None:
    async def run() -> None:
        proxies = chosen("system", system=lambda _url: "socks5://socks.example:1080")
        with pytest.raises(ProxyFailed) as caught:
            await proxies.find(URL)
        assert caught.value.reason == "unsupported"
        assert caught.value.proxy == "socks.example:1080"
        assert caught.value.host == "vault.example"

    asyncio.run(run())


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        ("proxy.example:8080", "http://proxy.example:8080"),
        (" http://proxy.example:8080/ ", "http://proxy.example:8080"),
        ("https://[::1]:3128", "https://[::1]:3128"),
    ],
)
def test_an_address_as_people_type_it(typed: str, address: str) -> None:
    assert proxy_address(typed) == address
    Preferences(proxy_address=address)


@pytest.mark.parametrize(
    "typed",
    ["", "proxy.example", "proxy.example:0", "socks5://p:1080", "http://u:s@p:8080", "http://p:1/x",
     "http://p:99999", "p :8080"],
)  # fmt: skip
def test_what_is_no_address_of_a_proxy_is_refused(typed: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - also urllib's own, of the port
        proxy_address(typed)
