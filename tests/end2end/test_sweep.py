"""The net has no holes: what it is made for, it finds (T84, T100)."""

from __future__ import annotations

import asyncio
import base64
import io
import json
import os
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import quote
from uuid import uuid4

import pytest

from desktop.domain.ids import ConnectionId
from desktop.services.practice import Practice
from desktop.settings.connections import CONNECTIONS_FILE
from desktop.settings.profile import ProfileFolder
from tests.end2end.stage import Account, signed_in
from tests.practice_process import PASSWORDS, PracticeHandle
from tests.sweep import Heard, Sweep, swept

KEY = bytes(range(7, 71))
TOKEN = "eyJhbGciOi.token-canary-0123456789.x_y-z"
PASSWORD = "Passw0rd-of-the-canary"


@pytest.fixture
def sweep() -> Sweep:
    return Sweep(Heard(keys={KEY, KEY[:32]}, tokens={TOKEN}), [PASSWORD, "short-pw"])


@pytest.fixture
def planted() -> Iterator[Path]:
    """Outside of what is swept in the end: what is planted here stays a secret of this test."""
    with tempfile.TemporaryDirectory() as folder:
        yield Path(folder)


def zipped(data: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("inner.txt", data)
    return out.getvalue()


SHAPES: dict[str, Callable[[bytes], bytes]] = {
    "as it is": bytes,
    "in base64": base64.b64encode,
    "in URL-safe base64": base64.urlsafe_b64encode,
    "in hex": lambda secret: secret.hex().encode(),
    "in a text of Python": lambda secret: repr(secret).encode(),
    "URL-encoded": lambda secret: quote(secret, safe="").encode(),
    "in a zip file": zipped,
}


@pytest.mark.parametrize(
    ("secret", "what"),
    [
        (KEY, "a key"), (KEY[32:], "a key"), (KEY[:32], "a key"), (TOKEN.encode(), "a token"),
        (PASSWORD.encode(), "a password"), (PASSWORD.encode("utf-16-le"), "a password"),
        (b"short-pw", "a password"),
    ],
    ids=["key", "half a key", "the other half", "token", "password", "utf-16", "short password"],
)  # fmt: skip
def test_t100_every_secret_is_found_in_every_shape_and_place(
    secret: bytes, what: str, sweep: Sweep, planted: Path
) -> None:
    for shape, shaped in SHAPES.items():
        for offset in range(9):
            # Before and behind it, odd lengths of something else.
            around = b"" if shape == "in a zip file" else bytes(offset)
            (planted / "file").write_bytes(around + shaped(secret) + os.urandom(offset))
            assert any(what in told for told in sweep.folder(planted)), (shape, offset)
    (planted / "file").write_bytes(os.urandom(100_000))
    assert sweep.folder(planted) == []


def test_t100_items_and_names_have_their_places(sweep: Sweep, planted: Path) -> None:
    (planted / "export.csv").write_bytes(b"url,username,password\nx,y,kan4rie-1\n")
    (planted / "report.html").write_text("<p>My Client's Organization, anna@bakery.example</p>")
    assert sweep.folder(planted) == []
    (planted / "report.html").write_text("kan4rie-1")
    (told,) = sweep.folder(planted)
    assert told == "report.html: the secret of an item, kan4rie"
    (planted / "report.html").unlink()
    with ProfileFolder.open(planted / "p") as profile:
        kept = profile.connection_folder(ConnectionId(uuid4()))
        for text in ("anna@bakery.example", "Havenlicht IT", "Client egress"):
            (kept / "journal.db-wal").write_bytes(os.urandom(501) + text.encode() + b"\0")
            assert len(sweep.folder(planted)) == 1, text
        (kept / "journal.db-wal").unlink()
        told_there = {"connections": [{"email": "me@msp.example", "label": "Havenlicht IT"}]}
        (profile.path / CONNECTIONS_FILE).write_text(json.dumps(told_there))
        assert sweep.folder(planted) == []
        told_there["connections"][0]["note"] = "anna@bakery.example"
        (profile.path / CONNECTIONS_FILE).write_text(json.dumps(told_there))
        assert len(sweep.folder(planted)) == 1


def test_t100_screens_tell_one_password_on_one_card(sweep: Sweep, planted: Path) -> None:
    """The practice account's, where it is to be typed; said aloud or elsewhere it is a leak."""
    file = planted / "findings-en.json"
    file.write_text(json.dumps({"texts": {"start: practise": [PASSWORD]}, "spoken": []}))
    assert sweep.folder(planted) == []
    file.write_text(json.dumps({"texts": {"start: locked": [PASSWORD]}, "spoken": []}))
    assert sweep.folder(planted) == ["findings-en.json: a password"]
    file.write_text(json.dumps({"texts": {}, "spoken": [TOKEN]}))
    assert sweep.folder(planted) == ["findings-en.json: a token"]


def test_t100_what_was_started_and_copied_is_looked_at(sweep: Sweep, tmp_path: Path) -> None:
    sweep.heard.started = [
        f"(['claviger', '{PASSWORD}'], {{}})",
        "(['x'], {'A': 'anna@bakery.example'})",
    ]
    sweep.heard.copied = [TOKEN, "My Client's Organization"]
    told = swept(sweep, tmp_path)
    assert [one.split(" in ")[0] for one in told] == [
        "a password",
        "b'anna@bakery.example'",
        "a token",
    ]


def test_t100_a_session_s_secrets_are_heard(
    t100: Sweep, server: PracticeHandle, tmp_path: Path
) -> None:
    async def work() -> None:
        account = Account.of(server)
        async with signed_in(account, tmp_path / "p") as desk:
            session = desk.session
            client = (await desk.clients.fetch()).data[0].organization_id
            for key in (session.user_key, session.provider_key, session.org_key(client)):
                assert bytes(key.view()) in t100.heard.keys
            assert desk.link.api.refresh_token in t100.heard.tokens
            assert account.password in PASSWORDS

    asyncio.run(work())


def test_t95_the_practice_server_of_the_program_is_started_without_secrets(
    t100: Sweep, tmp_path: Path
) -> None:
    async def work() -> None:
        practice = Practice(tmp_path / "practice")
        told = await practice.start()
        await practice.stop()
        t100.heard.tokens |= {one.password for one in told.accounts}

    before = len(t100.heard.started)
    asyncio.run(work())
    assert len(t100.heard.started) == before + 1
    assert "practice" in t100.heard.started[-1]
    assert t100.texts(t100.heard.started, names=False) == []
