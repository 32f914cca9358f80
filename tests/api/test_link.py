"""TLS, deadlines and broken lines, on real sockets."""

from __future__ import annotations

import asyncio
import os
import re
import ssl
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import trustme

import desktop
from desktop.api.client import Api
from desktop.api.link import Call, Dropped, Link
from desktop.api.requests import PreparedRequest
from desktop.api.server import ServerAddress
from desktop.api.tls import tls_context
from desktop.domain.errors import (
    ClavigerError,
    NotOurServer,
    Offline,
    OutcomeUnknown,
    UntrustedCertificate,
)
from tests.api.fake_server import DEVICE, RealServer, http, server_context, tls_server


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    return trustme.CA()


@pytest.fixture
def ca_path(authority: trustme.CA, tmp_path: Path) -> Path:
    path = tmp_path / "ca.pem"
    authority.cert_pem.write_to_path(str(path))
    return path


async def config_from(address: ServerAddress) -> str:
    api = Api(address, DEVICE)
    try:
        return (await api.config()).version
    finally:
        await api.close()


def test_private_authority_is_enough(authority: trustme.CA, ca_path: Path) -> None:
    async def run() -> None:
        async with tls_server(server_context(authority.issue_cert("127.0.0.1"))) as real:
            assert await config_from(real.address(ca_path)) == "2026.8.0"
            head = real.heads[0].decode()
            assert head.startswith("GET /api/config HTTP/1.1\r\n")
            assert "Bitwarden-Client-Version: 2026.8.0" in head
            assert "Accept-Encoding: gzip\r\n" in head
            assert "Authorization" not in head

    asyncio.run(run())


def refused(context: ssl.SSLContext, ca: Path | None) -> UntrustedCertificate:
    """Asks once and returns the refusal; nothing of a request may have arrived."""

    async def run() -> UntrustedCertificate:
        async with tls_server(context) as real:
            with pytest.raises(UntrustedCertificate) as caught:
                await config_from(real.address(ca))
            assert real.heads == []
            return caught.value

    return asyncio.run(run())


def test_t25_unknown_authority_is_refused(authority: trustme.CA, ca_path: Path) -> None:
    certificate = authority.issue_cert("127.0.0.1")
    assert refused(server_context(certificate), None).host.startswith("127.0.0.1:")
    stranger = trustme.CA().issue_cert("127.0.0.1")
    assert refused(server_context(stranger), ca_path).reason


def test_t25_self_signed_certificate_is_refused(authority: trustme.CA, tmp_path: Path) -> None:
    lonely = trustme.CA()
    path = tmp_path / "lonely.pem"
    lonely.cert_pem.write_to_path(str(path))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    lonely.private_key_pem.write_to_path(str(tmp_path / "key.pem"))
    context.load_cert_chain(path, tmp_path / "key.pem")
    assert refused(context, None).reason


def test_t25_wrong_host_is_refused(authority: trustme.CA, ca_path: Path) -> None:
    other = authority.issue_cert("vault.example", "127.0.0.2")
    assert "127.0.0.1" in refused(server_context(other), ca_path).reason


def test_t25_expired_certificate_is_refused(authority: trustme.CA, ca_path: Path) -> None:
    old = authority.issue_cert("127.0.0.1", not_after=datetime.now(UTC) - timedelta(days=1))
    assert "expired" in refused(server_context(old), ca_path).reason


@pytest.mark.filterwarnings("ignore:ssl.TLSVersion:DeprecationWarning")
def test_t25_old_tls_is_refused(authority: trustme.CA, ca_path: Path) -> None:
    context = server_context(authority.issue_cert("127.0.0.1"))
    context.set_ciphers("ALL:@SECLEVEL=0")
    context.minimum_version = ssl.TLSVersion.TLSv1
    context.maximum_version = ssl.TLSVersion.TLSv1_1
    refused(context, ca_path)
    ours = tls_context(ca_path)
    assert ours.minimum_version >= ssl.TLSVersion.TLSv1_2
    assert ours.verify_mode is ssl.CERT_REQUIRED
    assert ours.check_hostname


def test_t25_no_plain_http() -> None:
    for text in ("http://vault.example", "http://127.0.0.1:80", "ftp://x.example"):
        with pytest.raises(ValueError, match="https"):
            ServerAddress.from_typed(text)


def test_t25_t26_nothing_switches_verification_off() -> None:
    for path in Path(desktop.__file__).parent.rglob("*.py"):
        source = path.read_text(encoding="utf-8")
        assert not re.search(r"verify\s*=\s*False|CERT_NONE|check_hostname\s*=\s*False", source)
        # The default one obeys SSLKEYLOGFILE (T26); in words it may be named.
        assert "create_default_context" not in re.sub(r"`[^`]*`", "", source)


def test_t26_environment_is_ignored(
    authority: trustme.CA, ca_path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Proxy variables, key log, other bundles, .netrc: none of them is obeyed."""

    async def run() -> None:
        async with (
            tls_server(server_context(authority.issue_cert("127.0.0.1"))) as real,
            tls_server(None) as trap,
        ):
            for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"):
                monkeypatch.setenv(name, f"http://127.0.0.1:{trap.port}")
                monkeypatch.setenv(name.lower(), f"http://127.0.0.1:{trap.port}")
            monkeypatch.setenv("SSLKEYLOGFILE", str(tmp_path / "keys.log"))
            monkeypatch.setenv("NETRC", str(tmp_path / "netrc"))
            monkeypatch.setenv("HOME", str(tmp_path))
            for name in ("netrc", ".netrc"):
                (tmp_path / name).write_text("machine 127.0.0.1 login eve password secret\n")
                (tmp_path / name).chmod(0o600)
            assert await config_from(real.address(ca_path)) == "2026.8.0"
            assert trap.heads == []
            assert b"Authorization" not in real.heads[0]
            assert not (tmp_path / "keys.log").exists()

    asyncio.run(run())


def test_t26_other_bundles_are_ignored(
    authority: trustme.CA, ca_path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(ca_path))
    monkeypatch.setenv("SSL_CERT_DIR", str(tmp_path))
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(ca_path))
    refused(server_context(authority.issue_cert("127.0.0.1")), None)
    assert os.environ["SSL_CERT_FILE"]


# --- lines that break -------------------------------------------------------------------------


def with_server(
    authority: trustme.CA,
    ca_path: Path,
    talk: Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]],
    use: Callable[[Link, RealServer], Awaitable[None]],
) -> None:
    async def run() -> None:
        context = server_context(authority.issue_cert("127.0.0.1"))
        async with tls_server(context, talk) as real:
            link = Link(real.address(ca_path))
            try:
                await use(link, real)
            finally:
                await link.close()

    asyncio.run(run())


def call(real: RealServer, *, write: bool = False, deadline_s: float = 5.0) -> Call:
    return Call(
        "POST" if write else "GET",
        f"https://127.0.0.1:{real.port}/api/x",
        {},
        b"{}" if write else None,
        write,
        deadline_s,
    )


async def drip(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """One byte a moment: no single read ever times out."""
    writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n")
    for _ in range(100_000):
        writer.write(b" ")
        await writer.drain()
        await asyncio.sleep(0.02)


async def hang(reader: asyncio.StreamReader, _writer: asyncio.StreamWriter) -> None:
    await reader.read(1_000_000)
    await reader.read(1_000_000)


async def reset(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    writer.transport.abort()
    raise ConnectionResetError


async def reset_in_body(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{")
    await writer.drain()
    writer.transport.abort()
    raise ConnectionResetError


async def nonsense(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    writer.write(b"220 mail.example ESMTP\r\n\r\n")
    await writer.drain()
    raise ConnectionResetError


@pytest.mark.parametrize("talk", [drip, hang], ids=lambda one: one.__name__)
def test_t34_every_request_has_a_total_deadline(
    authority: trustme.CA, ca_path: Path, talk: Callable[..., Awaitable[None]]
) -> None:
    async def use(link: Link, real: RealServer) -> None:
        loop = asyncio.get_running_loop()
        for write, kind in ((False, Offline), (True, OutcomeUnknown)):
            start = loop.time()
            with pytest.raises(kind):
                await link.exchange(call(real, write=write, deadline_s=0.3))
            assert loop.time() - start < 2.0

    with_server(authority, ca_path, talk, use)


def test_t34_a_handshake_in_vain_is_no_bad_certificate(ca_path: Path) -> None:
    """A server that takes the connection and says nothing: too late, and nothing was sent."""

    async def run() -> None:
        # Without TLS it waits for the end of a head that never comes.
        async with tls_server(None) as real:
            link = Link(real.address(ca_path))
            for write in (False, True):
                with pytest.raises(Offline):
                    await link.exchange(call(real, write=write, deadline_s=0.3))
            await link.close()

    asyncio.run(run())


@pytest.mark.parametrize("write", [False, True])
def test_t34_requests_can_be_cancelled(
    authority: trustme.CA, ca_path: Path, *, write: bool
) -> None:
    async def use(link: Link, real: RealServer) -> None:
        task = asyncio.create_task(link.exchange(call(real, write=write)))
        await real.arrived.wait()
        task.cancel()
        # A write that had left is not "not done": T43.
        with pytest.raises(OutcomeUnknown if write else asyncio.CancelledError):
            await task

    with_server(authority, ca_path, hang, use)


@pytest.mark.parametrize("talk", [reset, reset_in_body, nonsense], ids=lambda one: one.__name__)
def test_t43_broken_line_after_sending(
    authority: trustme.CA, ca_path: Path, talk: Callable[..., Awaitable[None]]
) -> None:
    async def use(link: Link, real: RealServer) -> None:
        with pytest.raises(OutcomeUnknown):
            await link.exchange(call(real, write=True))
        assert len(real.heads) == 1
        with pytest.raises(Dropped):
            await link.exchange(call(real))

    with_server(authority, ca_path, talk, use)


def test_t43_refused_connection_sends_nothing() -> None:
    async def run() -> None:
        async with tls_server(None) as gone:
            address = gone.address(None)
        link = Link(address)
        for write in (False, True):
            with pytest.raises(Offline) as caught:
                await link.exchange(call(gone, write=write))
            assert type(caught.value) is Offline
            assert caught.value.host == f"127.0.0.1:{gone.port}"
        await link.close()

    asyncio.run(run())


def test_t43_refused_certificate_sends_nothing(authority: trustme.CA, tmp_path: Path) -> None:
    async def run() -> None:
        stranger = tmp_path / "stranger.pem"
        trustme.CA().cert_pem.write_to_path(str(stranger))
        async with tls_server(server_context(authority.issue_cert("127.0.0.1"))) as real:
            link = Link(real.address(stranger))
            with pytest.raises(UntrustedCertificate):
                await link.exchange(call(real, write=True))
            assert real.heads == []
            await link.close()

    asyncio.run(run())


def test_truncated_body_is_no_answer(authority: trustme.CA, ca_path: Path) -> None:
    async def cut(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        whole = http(b'{"object":"config","version":"2026.8.0"}')
        writer.write(whole[:-10])
        await writer.drain()
        writer.close()
        raise ConnectionResetError

    async def run() -> None:
        context = server_context(authority.issue_cert("127.0.0.1"))
        async with tls_server(context, cut) as real:
            with pytest.raises((Offline, NotOurServer)):
                await config_from(real.address(ca_path))
            # A read may be asked once more, not for ever.
            assert len(real.heads) == 2

    asyncio.run(run())


def test_unreadable_authority_is_told_at_once(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="No such file"):
        Api(ServerAddress.self_hosted("https://x.example", tmp_path / "none.pem"), DEVICE)


def test_cookies_are_neither_kept_nor_sent(authority: trustme.CA, ca_path: Path) -> None:
    async def say(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(http(b'{"version":"1"}', "HTTP/1.1 200 OK", "Set-Cookie: track=me"))
        await writer.drain()

    async def use(link: Link, real: RealServer) -> None:
        for _ in range(2):
            await link.exchange(call(real))
        assert all(b"ookie" not in head for head in real.heads)

    with_server(authority, ca_path, say, use)


def test_errors_are_of_our_own_tree() -> None:
    assert issubclass(Dropped, Offline)
    assert issubclass(UntrustedCertificate, ClavigerError)
    assert PreparedRequest("POST", "x").deadline_s == 120.0
