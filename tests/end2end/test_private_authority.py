"""A server under an authority of its own: judged once, kept, and stopped when it changes."""

from __future__ import annotations

import asyncio
import hashlib
import ssl
from collections.abc import Awaitable, Callable
from pathlib import Path

import msgspec
import pytest
import trustme

from desktop.domain.errors import BadFile, UntrustedCertificate
from desktop.domain.events import EventHub
from desktop.services.entrance import Entrance, SignIn, server_address
from desktop.services.local_log import AUTHORITY_ACCEPTED
from desktop.settings.profile import ProfileFolder
from tests.end2end.stage import FastClock
from tests.practice_process import PracticeHandle, practice_server


def print_of(pem: str) -> str:
    digest = hashlib.sha256(ssl.PEM_cert_to_DER_cert(pem)).hexdigest().upper()
    return ":".join(digest[at : at + 2] for at in range(0, 64, 2))


def with_entrance(folder: Path, work: Callable[[Entrance], Awaitable[None]]) -> None:
    async def run() -> None:
        with ProfileFolder.open(folder) as profile:
            await work(Entrance(profile, EventHub(), FastClock()))

    asyncio.run(run())


def begin(entrance: Entrance, server: PracticeHandle) -> tuple[SignIn, str]:
    """As an ordinary self-hosted server, of whose authority nobody has heard."""
    one = server.accounts[0]
    return entrance.begin(server_address(server.url), one["email"]), one["password"]


async def stopped(attempt: SignIn, password: str) -> UntrustedCertificate:
    with pytest.raises(UntrustedCertificate) as caught:
        await attempt.with_password(password)
    return caught.value


def test_t25_an_unknown_authority_is_judged_once_and_kept(
    server: PracticeHandle, tmp_path: Path
) -> None:
    async def first(entrance: Entrance) -> None:
        attempt, password = begin(entrance, server)
        asked = len(server.requests())
        assert attempt.may_trust
        assert (await stopped(attempt, password)).known == ""
        shown = await attempt.shown_authority()
        assert shown is not None
        # The practice server shows its own certificate alone; its authority comes as a file.
        assert shown.is_lonely
        authority = await attempt.authority_in(server.ca)
        assert authority.fingerprint == print_of(server.ca.read_text())
        assert len(server.requests()) == asked
        await attempt.trust(authority)
        desk = await attempt.with_password(password)
        noted = [one for one in await desk.log.entries() if one.what == AUTHORITY_ACCEPTED]
        assert [one.facts["now"] for one in noted] == [authority.fingerprint]
        await desk.lock()

    async def again(entrance: Entrance) -> None:
        record = entrance.connections()[0]
        assert record.ca_fingerprint == print_of(server.ca.read_text())
        assert record.trusted_ca is not None
        assert record.ca_path is None
        desk = await entrance.unlock(record.id, server.accounts[0]["password"])
        await desk.connect()
        await desk.clients.fetch()
        await desk.lock()
        # Another attempt for the same account and server is not asked again.
        attempt, password = begin(entrance, server)
        await (await attempt.with_password(password)).lock()
        # Elsewhere the system decides, as ever.
        other = entrance.begin(server_address(server.url), "dina@havenlicht.example")
        await stopped(other, password)
        await other.abandon()

    with_entrance(tmp_path / "p", first)
    with_entrance(tmp_path / "p", again)


def test_t25_a_changed_authority_stops_the_desk_with_both_fingerprints(tmp_path: Path) -> None:
    """Another server in its place: an open desk sends nothing, and a new sign-in asks first."""

    async def run() -> None:
        with ProfileFolder.open(tmp_path / "p") as profile:
            entrance = Entrance(profile, EventHub(), FastClock())
            with practice_server("--kdf-rounds", "6000") as genuine:
                attempt, password = begin(entrance, genuine)
                known = await attempt.authority_in(genuine.ca)
                await attempt.trust(known)
                desk = await attempt.with_password(password)
                port = genuine.url.rpartition(":")[2]
            with practice_server("--kdf-rounds", "6000", "--port", port) as stranger:
                with pytest.raises(UntrustedCertificate) as caught:
                    await desk.connect()
                assert caught.value.known == known.fingerprint
                assert caught.value.shown not in ("", known.fingerprint)
                await desk.lock()
                attempt, password = begin(entrance, stranger)
                error = await stopped(attempt, password)
                assert attempt.known_authority == error.known == known.fingerprint
                shown = await attempt.shown_authority()
                assert shown is not None
                assert shown.fingerprint == error.shown
                assert stranger.requests() == []
                await attempt.abandon()

    asyncio.run(run())


def test_t25_a_certificate_put_into_the_file_is_not_trusted(
    server: PracticeHandle, tmp_path: Path
) -> None:
    """Whoever writes to the profile gains no interception: the fingerprint must fit."""

    async def work(entrance: Entrance) -> None:
        attempt, password = begin(entrance, server)
        await attempt.trust(await attempt.authority_in(server.ca))
        await (await attempt.with_password(password)).lock()
        record = entrance.connections()[0]
        planted = trustme.CA().cert_pem.bytes().decode()
        entrance.records.put(msgspec.structs.replace(record, ca_pem=planted))
        changed = entrance.connections()[0]
        assert changed.trusted_ca is None
        attempt, password = begin(entrance, server)
        assert (await stopped(attempt, password)).known == ""
        assert attempt.known_authority == record.ca_fingerprint
        await attempt.abandon()

    with_entrance(tmp_path / "p", work)


def test_a_file_that_is_no_certificate_is_refused(server: PracticeHandle, tmp_path: Path) -> None:
    async def work(entrance: Entrance) -> None:
        attempt, _password = begin(entrance, server)
        (tmp_path / "note.txt").write_text("call the administrator")
        (tmp_path / "huge.pem").write_bytes(server.ca.read_bytes() + b"\0" * 10_000_000)
        for name, code in (
            ("note.txt", "not_recognised"),
            ("huge.pem", "too_large"),
            ("none.pem", "unreadable"),
        ):
            with pytest.raises(BadFile) as caught:
                await attempt.authority_in(tmp_path / name)
            assert caught.value.code == code
        await attempt.abandon()

    with_entrance(tmp_path / "p", work)
