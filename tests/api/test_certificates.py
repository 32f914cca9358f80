"""An authority that no system knows: what is shown of it, and what accepting it opens (T25)."""

from __future__ import annotations

import asyncio
import hashlib
import ssl
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import trustme

from desktop.api.certificates import authority_of, fingerprint, read_authority
from desktop.api.client import Api
from desktop.api.clock import SystemClock
from desktop.api.look import shown_authority
from desktop.api.proxy import DIRECT
from desktop.api.server import ServerAddress
from desktop.domain.authority import Authority
from desktop.domain.errors import BadFile, Offline, UntrustedCertificate
from tests.api.fake_server import DEVICE, server_context, tls_server

NOW = datetime.now(UTC)


def pem_of(authority: trustme.CA) -> str:
    return authority.cert_pem.bytes().decode()


def print_of(pem: str) -> str:
    """By another road than the program's."""
    digest = hashlib.sha256(ssl.PEM_cert_to_DER_cert(pem)).hexdigest().upper()
    return ":".join(digest[at : at + 2] for at in range(0, 64, 2))


def showing(leaf: trustme.LeafCert, above: Sequence[trustme.CA], folder: Path) -> ssl.SSLContext:
    """A server that shows its own certificate and these above it."""
    chain = folder / "chain.pem"
    own = leaf.cert_chain_pems[0].bytes()
    chain.write_bytes(own + b"".join(one.cert_pem.bytes() for one in above))
    key = folder / "key.pem"
    key.write_bytes(leaf.private_key_pem.bytes())
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(chain, key)
    return context


def looked(context: ssl.SSLContext) -> Authority | None:
    async def run() -> Authority | None:
        async with tls_server(context) as real:
            found = await shown_authority(real.address(None), DIRECT, SystemClock())
            assert real.heads == []
            return found

    return asyncio.run(run())


async def config_from(address: ServerAddress) -> str:
    api = Api(address, DEVICE)
    try:
        return (await api.config()).version
    finally:
        await api.close()


def answered(context: ssl.SSLContext, pem: str | None) -> str:
    async def run() -> str:
        async with tls_server(context) as real:
            return await config_from(real.address(None).under(pem))

    return asyncio.run(run())


def refused(context: ssl.SSLContext, pem: str) -> UntrustedCertificate:
    async def run() -> UntrustedCertificate:
        async with tls_server(context) as real:
            with pytest.raises(UntrustedCertificate) as caught:
                await config_from(real.address(None).under(pem))
            assert real.heads == []
            return caught.value

    return asyncio.run(run())


@pytest.mark.parametrize("version", [ssl.TLSVersion.TLSv1_2, ssl.TLSVersion.TLSv1_3])
def test_t25_looking_sends_nothing_and_tells_who_it_is(
    version: ssl.TLSVersion, tmp_path: Path
) -> None:
    root = trustme.CA(organization_name="Acme Private CA")
    context = showing(root.issue_cert("127.0.0.1"), [root], tmp_path)
    context.maximum_version = context.minimum_version = version
    found = looked(context)
    assert found is not None
    assert found.fingerprint == print_of(pem_of(root))
    assert "Acme Private CA" in found.subject
    assert found.not_before < NOW < found.not_after
    assert found.host.startswith("127.0.0.1:")
    assert (found.problem, found.is_lonely) == ("", False)
    assert fingerprint(found.pem) == found.fingerprint


def test_t25_looking_never_opens_a_line_even_to_a_trusted_server() -> None:
    """The handshake trusts nobody: no server at all gets as far as a request."""
    root = trustme.CA()

    async def run() -> None:
        async with tls_server(server_context(root.issue_cert("127.0.0.1"))) as real:
            for address in (real.address(None), real.address(None).under(pem_of(root))):
                assert await shown_authority(address, DIRECT, SystemClock()) is not None
            assert real.heads == []

    asyncio.run(run())


def test_t25_an_accepted_authority_opens_its_own_server_only(tmp_path: Path) -> None:
    root, other = trustme.CA(), trustme.CA()
    context = showing(root.issue_cert("127.0.0.1"), [root], tmp_path)
    assert answered(context, pem_of(root)) == "2026.8.0"
    refused(context, pem_of(other))
    # Nothing of it is left for a server that was not asked about.
    with pytest.raises(UntrustedCertificate):
        answered(context, None)


def test_t25_the_host_is_checked_under_an_accepted_authority() -> None:
    root = trustme.CA()
    error = refused(server_context(root.issue_cert("vault.example")), pem_of(root))
    assert "127.0.0.1" in error.reason
    old = root.issue_cert("127.0.0.1", not_after=NOW - timedelta(days=1))
    assert "expired" in refused(server_context(old), pem_of(root)).reason


def test_t25_a_changed_authority_stops_with_both_fingerprints(tmp_path: Path) -> None:
    known, now = trustme.CA(), trustme.CA()
    error = refused(showing(now.issue_cert("127.0.0.1"), [now], tmp_path), pem_of(known))
    assert error.known == print_of(pem_of(known))
    assert error.shown == print_of(pem_of(now))


@pytest.mark.parametrize("top", ["leaf", "middle", "root"])
def test_what_was_accepted_is_the_end_of_the_chain(top: str, tmp_path: Path) -> None:
    root = trustme.CA()
    middle = root.create_child_ca()
    leaf = middle.issue_cert("127.0.0.1")
    above = {"leaf": [], "middle": [middle], "root": [middle, root]}[top]
    context = showing(leaf, above, tmp_path)
    found = looked(context)
    assert found is not None
    assert found.is_lonely is (top == "leaf")
    assert answered(context, found.pem) == "2026.8.0"


def test_t25_a_stranger_cannot_show_a_known_authority_for_his_own(tmp_path: Path) -> None:
    """Whoever stands in between shows his own certificate, and the genuine authority above it."""
    genuine, stranger = trustme.CA(), trustme.CA()
    leaf = stranger.issue_cert("127.0.0.1")
    context = showing(leaf, [genuine], tmp_path)
    found = looked(context)
    assert found is not None
    assert found.fingerprint == print_of(leaf.cert_chain_pems[0].bytes().decode())
    refused(context, pem_of(genuine))


def test_a_useless_question_is_told_as_one(tmp_path: Path) -> None:
    root = trustme.CA()
    cases = {
        "expired": root.issue_cert("127.0.0.1", not_after=NOW - timedelta(days=1)),
        "host": root.issue_cert("vault.example"),
    }
    for problem, leaf in cases.items():
        found = looked(showing(leaf, [root], tmp_path))
        assert found is not None
        assert found.problem == problem
    assert authority_of([], "https://x.example", NOW) is None
    assert authority_of([b"no certificate"], "https://x.example", NOW) is None


@pytest.mark.parametrize(
    ("names", "host", "problem"),
    [
        (("vault.example",), "VAULT.example", ""),
        (("*.example.org",), "vault.example.org", ""),
        (("*.example.org",), "a.vault.example.org", "host"),
        (("127.0.0.1",), "127.0.0.1", ""),
        (("127.0.0.1",), "127.0.0.2", "host"),
        (("::1",), "[::1]", ""),
    ],
)
def test_names_are_compared_as_the_handshake_does(
    names: tuple[str, ...], host: str, problem: str
) -> None:
    leaf = trustme.CA().issue_cert(*names)
    der = ssl.PEM_cert_to_DER_cert(leaf.cert_chain_pems[0].bytes().decode())
    found = authority_of([der], f"https://{host}:8443/api", NOW)
    assert found is not None
    assert found.problem == problem


def test_a_file_brings_one_certificate() -> None:
    root, other = trustme.CA(), trustme.CA()
    pem = root.cert_pem.bytes()
    for data in (pem, b"\n" + pem, ssl.PEM_cert_to_DER_cert(pem.decode())):
        found = read_authority(data, NOW)
        assert (found.fingerprint, found.problem) == (print_of(pem.decode()), "")
        assert not found.is_lonely
    assert read_authority(root.issue_cert("x.example").cert_chain_pems[0].bytes(), NOW).is_lonely
    for data, code in (
        (b" \n", "empty"),
        (b"hello", "not_recognised"),
        (pem[:100], "not_recognised"),
        (pem + other.cert_pem.bytes(), "not_recognised"),
        (root.private_key_pem.bytes(), "not_recognised"),
    ):
        with pytest.raises(BadFile) as caught:
            read_authority(data, NOW)
        assert caught.value.code == code


def test_t25_the_cloud_has_no_private_authority() -> None:
    pem = pem_of(trustme.CA())
    for cloud in (ServerAddress.us(), ServerAddress.eu()):
        with pytest.raises(ValueError, match="cloud"):
            cloud.under(pem)
    own = ServerAddress.from_typed("vault.example")
    assert own.under(pem).under(None) == own


def test_nobody_there_is_no_certificate() -> None:
    async def run() -> None:
        address = ServerAddress.self_hosted("https://127.0.0.1:1")
        with pytest.raises(Offline):
            await shown_authority(address, DIRECT, SystemClock())

    asyncio.run(run())
