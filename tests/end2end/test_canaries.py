"""What must be nowhere: on the wire (T16, T96), in logs (T91), on the disk after a kill (T84)."""

from __future__ import annotations

import asyncio
import base64
import json
import multiprocessing
import os
import re
import signal
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from desktop.domain.enums import ProviderUserStatus
from desktop.settings.program_log import read_log
from tests.end2end import driver
from tests.end2end.driver import Death
from tests.end2end.stage import Account, outcome, setup, signed_in
from tests.practice_process import ROOT, PracticeHandle, practice_server
from tests.traps import variables


@dataclass(frozen=True)
class Heard:
    """The guarded run: what it did, and where its server is."""

    told: dict[str, Any]
    url: str
    stderr: str
    folder: Path


@pytest.fixture(scope="module")
def heard(server: PracticeHandle, tmp_path_factory: pytest.TempPathFactory) -> Heard:
    folder = tmp_path_factory.mktemp("guarded")
    one = Account.of(server)
    traps = folder / "traps"
    traps.mkdir()
    # Nobody listens there: who asks it is seen among the contacts.
    bent = variables(traps, "http://127.0.0.1:9")
    done = subprocess.run(
        [sys.executable, "-X", "dev", "-m", "tests.end2end.guarded",
         one.url, one.ca, one.email, one.password, str(folder / "p")],
        cwd=ROOT, capture_output=True, timeout=120, check=False,
        env={**os.environ, **bent},
    )  # fmt: skip
    stderr = done.stderr.decode()
    assert done.returncode == 0, stderr
    assert not (traps / "tls.log").exists()
    return Heard(json.loads(done.stdout), one.url, stderr, folder)


def test_t96_t26_only_the_configured_server_is_contacted(heard: Heard) -> None:
    assert heard.told["contacts"] == [urlsplit(heard.url).netloc]


def test_t91_nothing_secret_is_logged_at_the_most_verbose_level(heard: Heard) -> None:
    said = "\n".join((heard.stderr, *heard.told["logged"]))
    assert "httpcore" in said, "the libraries were heard"
    assert "WrongPassword" in said, "the errors were heard"
    found = [secret for secret in heard.told["secrets"] if secret and secret in said]
    keys = [bytes.fromhex(key) for key in heard.told["keys"]]
    forms = [form for key in keys for form in (key.hex(), base64.b64encode(key).decode(), str(key))]
    assert found == []
    assert [form for form in forms if form in said] == []


def test_t91_the_program_log_of_a_whole_run_names_nobody(heard: Heard) -> None:
    """Every request, every fact and every error is there, and no word of whom it was about."""
    lines = [json.loads(line) for line in read_log(heard.folder)]
    found = {one["event"] for one in lines}
    assert {"request", "unlocked", "happened", "bug"} <= found
    asked = {(one["verb"], one["path"]) for one in lines if one["event"] == "request"}
    assert ("POST", "providers/*/clients") in asked
    assert ("POST", "ciphers/import-organization") in asked
    assert all(path.replace("*", "").strip("/") for _verb, path in asked)
    errors = {one["error"][0] for one in lines if one["event"] == "bug"}
    assert "desktop.domain.errors.WrongPassword" in errors
    said = b"\n".join(read_log(heard.folder)).decode()
    keys = [bytes.fromhex(key) for key in heard.told["keys"]]
    forms = [form for key in keys for form in (key.hex(), base64.b64encode(key).decode(), str(key))]
    hidden = [*heard.told["secrets"], *forms, urlsplit(heard.url).netloc, str(Path.home())]
    assert [one for one in hidden if one and one in said] == []
    assert re.search(r"[0-9a-f]{8}-[0-9a-f]{4}|@|https?:", said) is None


def test_t84_no_key_lies_on_the_disk_in_any_form(heard: Heard) -> None:
    for key in (bytes.fromhex(key) for key in heard.told["keys"]):
        for form in (key, key[:32], key[32:], key.hex().encode(), base64.b64encode(key)):
            assert _holding(heard.folder, [form]) == []


def _holding(folder: Path, canaries: list[bytes]) -> list[tuple[str, bytes]]:
    return [
        (path.name, canary)
        for path in sorted(folder.rglob("*"))
        if path.is_file()
        for canary in canaries
        if canary in path.read_bytes()
    ]


@pytest.mark.crash
@pytest.mark.parametrize(
    "death", [Death("after:sent:client"), Death("after:sent:import.2")], ids=["client", "import"]
)
def test_t84_nothing_readable_lies_there_after_a_kill(
    death: Death, server: PracticeHandle, tmp_path: Path
) -> None:
    account, folder, tag = Account.of(server), tmp_path / "p", f"killed{len(death.edge)}"
    context = multiprocessing.get_context("spawn")
    child = context.Process(target=driver.run, args=(account, folder, tag, death))
    child.start()
    child.join(60)
    assert child.exitcode == -signal.SIGKILL
    canaries = [
        f"Client {tag}", f"owner.{tag}@", f"anna.{tag}@", "Sales/Contracts", "secret-7", "user7",
        "Site 7", "note 7", account.password, "My Client's Organization",
    ]  # fmt: skip
    assert list(folder.rglob("*-wal")), "killed in the middle, with its log still there"
    assert _holding(folder, [one.encode() for one in canaries]) == []

    async def tidy() -> None:
        async with signed_in(account, folder) as desk:
            for one in await desk.runs.waiting():
                await desk.runs.abandon(one.run)

    asyncio.run(tidy())


def test_t16_no_key_and_no_content_leaves(tmp_path: Path) -> None:
    """A server that reads everything learns nothing of what it should not."""

    async def work(server: PracticeHandle) -> None:
        async with signed_in(Account.of(server), tmp_path / "p") as desk:
            session = desk.session
            clients = (await desk.clients.fetch()).data
            watched = {
                "password": Account.of(server).password.encode(),
                "user key": bytes(session.user_key.view()),
                "half of it": bytes(session.user_key.view())[:32],
                "provider key": bytes(session.provider_key.view()),
                "client key": bytes(session.org_key(clients[0].organization_id).view()),
            }
            texts = ("secret-7", "user7@", "Site 7", "note 7", "Sales/Contracts", "Office\\Banks")
            server.watch(**watched, **{text: text.encode() for text in texts})
            plan, preview = setup("egress")
            assert (await desk.runs.execute(plan, preview=preview)).is_done
            assert outcome(server, desk, "egress")["items"]
            await desk.workspace.open((await desk.clients.fetch()).data[-1].organization_id)
            await desk.sign_in_again(Account.of(server).password)
            assert server.leaks() == []

    with practice_server() as server:
        asyncio.run(work(server))


def test_t16_t11_a_key_swapped_after_its_phrase_was_shown_gets_nothing(
    server: PracticeHandle, tmp_path: Path
) -> None:
    """The key that was looked at is the one that is used; a swapped one shows another phrase."""

    async def work() -> None:
        async with signed_in(Account.of(server), tmp_path / "p") as desk:
            for email in ("honest@example.com", "swapped@example.com"):
                plan = desk.staff.invite_plan([email], desk.session.role)
                await desk.runs.execute(plan)
                server.accept(email)
            staff = (await desk.staff.fetch()).data
            waiting = [one for one in staff if one.status is ProviderUserStatus.ACCEPTED]
            before = {one.email: one for one in await desk.confirm.staff_candidates(waiting)}
            for email in ("honest@example.com", "swapped@example.com"):
                server.post("user", {"email": email, "attackerKey": True})
            honest, swapped = before["honest@example.com"], before["swapped@example.com"]
            await desk.runs.execute(desk.confirm.staff_plan([honest], {honest.member_id}))
            assert server.leaks() == []
            # Looked at again, it is another phrase; only an accepted lie gets the key.
            after = {one.email: one for one in await desk.confirm.staff_candidates(waiting)}
            lie = after["swapped@example.com"]
            assert lie.phrase != swapped.phrase
            await desk.runs.execute(desk.confirm.staff_plan([lie], {lie.member_id}))
            (told,) = server.forgive()
            assert "swapped@example.com" in told["what"]

    asyncio.run(work())
