"""The support bundle: how Claviger runs here, in one file that a person reads before it is sent.

It holds versions, settings, counts, the states of runs and the program's log. Names, e-mail
addresses, addresses of servers of one's own, ids and secrets have no place in it.
"""

from __future__ import annotations

import asyncio
import importlib.metadata
import io
import re
import zipfile
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC
from pathlib import Path
from typing import Any, Final

import msgspec

from desktop import __version__
from desktop.cache.journal import Journal, RunRecord
from desktop.domain.errors import ClavigerError
from desktop.services.desk import Desk
from desktop.services.desks import Desks
from desktop.services.entrance import address_of
from desktop.services.local_log import SUPPORT_SAVED
from desktop.services.reports import save
from desktop.settings.connections import ConnectionRecord
from desktop.settings.preferences import Preferences, PreferencesFile
from desktop.settings.program_log import read_crashes, read_log, system_facts

ABOUT_FILE: Final = "about.json"
LOG_FILE: Final = "program-log.jsonl"
CRASH_FILE: Final = "crashes.txt"
LINES_MAX: Final = 2_000
RUNS_MAX: Final = 100
_LIBRARIES: Final = (
    "PySide6-Essentials", "qasync", "httpx", "truststore", "cryptography", "pynacl", "cbor2",
    "msgspec", "sqlite-utils", "keyring",
)  # fmt: skip
# Kinds and states are words of our own; anything else in their place is not told.
_WORD: Final = re.compile(r"[A-Za-z_]{1,30}", re.ASCII)


@dataclass(frozen=True)
class SupportBundle:
    """Texts by the name of their file, in the order they are shown and saved."""

    files: Mapping[str, str]

    @property
    def text(self) -> str:
        """All of it, as it is saved: each file under its name."""
        parts = [f"[{name}]\n\n{text.rstrip()}\n" for name, text in self.files.items()]
        return "\n".join(parts)


async def gather(
    desks: Desks, preferences: PreferencesFile, seen: Mapping[str, str]
) -> SupportBundle:
    """Reads what there is; asks no server. What cannot be read is left out.

    `seen` is what only the window knows, as Qt's version.
    """
    connections = []
    for record in desks.records:
        told, desk = _connection(record), desks.desk(record.id)
        if desk is not None:
            told |= await _opened(desk)
        connections.append(told)
    about = {
        "claviger": __version__,
        "made": desks.entrance.clock.now().astimezone(UTC).isoformat(timespec="seconds"),
        "system": {**system_facts(), **seen},
        "libraries": _libraries(),
        "settings": _settings(preferences.get()),
        "connections": connections,
    }
    log, crashes = await asyncio.to_thread(_logged, preferences.folder)
    return SupportBundle(
        {
            ABOUT_FILE: msgspec.json.format(msgspec.json.encode(about), indent=2).decode() + "\n",
            LOG_FILE: log,
            CRASH_FILE: crashes,
        }
    )


def _logged(profile: Path) -> tuple[str, str]:
    """The newest lines of the program's log, and where it crashed."""
    lines = [line.decode("utf-8", "replace") for line in read_log(profile)[-LINES_MAX:]]
    crashes = read_crashes(profile)[-LINES_MAX:]
    return "".join(f"{one}\n" for one in lines), "".join(f"{one}\n" for one in crashes)


async def keep(bundle: SupportBundle, path: Path, desks: Desks) -> None:
    """Writes the bundle as one zip file, whole or not at all. Raises StorageFailed.

    The local log of every open connection says that it was made.
    """
    await asyncio.to_thread(save, path, _packed(bundle))
    for desk in desks.open:
        await desk.log.note(SUPPORT_SAVED)


def _packed(bundle: SupportBundle) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, text in bundle.files.items():
            # A fixed time: the bundle says itself when it was made.
            packed.writestr(zipfile.ZipInfo(name), text.encode(), zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _libraries() -> dict[str, str]:
    found = {}
    for name in _LIBRARIES:
        try:
            found[name] = importlib.metadata.version(name)
        except importlib.metadata.PackageNotFoundError:  # a bundle may leave its records out
            continue
    return found


def _settings(preferences: Preferences) -> dict[str, Any]:
    """They hold no name; which connection was used last is an id, and says nothing to anybody."""
    told: dict[str, Any] = msgspec.to_builtins(preferences)
    told.pop("last_connection", None)
    return told


def _connection(record: ConnectionRecord) -> dict[str, Any]:
    return {
        "server": _server(record),
        "own_authority": record.ca_pem is not None,
        "kdf": msgspec.to_builtins(record.kdf),
        "own_salt": record.salt is not None,
        "signed_keys": record.is_v2,
        "last_sync": record.last_sync,
        "run_waits": record.has_waiting_run,
        "state": "locked",
    }


def _server(record: ConnectionRecord) -> str:
    """The address of a server of one's own names somebody."""
    if record.is_practice:
        return "practice"
    address = address_of(record)
    if address.is_cloud:
        return "eu" if address.web_vault.endswith(".eu") else "us"
    return "self_hosted"


async def _opened(desk: Desk) -> dict[str, Any]:
    journal = desk.link.journal
    told: dict[str, Any] = {
        "state": "online" if desk.online else "offline",
        "writes_refused": desk.why_not(),
        "clients": len(desk.clients.all()),
        "journal": journal.problem or "whole",
        "journal_first_bad_entry": journal.first_bad_entry,
    }
    try:
        told["log_lines"] = len(await desk.link.disk(journal.log_records))
        told["runs"] = await desk.link.disk(_runs, journal)
    except ClavigerError as error:
        told["unread"] = type(error).__name__
    return told


def _runs(journal: Journal) -> list[dict[str, Any]]:
    newest = sorted(journal.runs(), key=lambda one: one.created, reverse=True)
    return [_run(journal, one) for one in newest[:RUNS_MAX]]


def _run(journal: Journal, run: RunRecord) -> dict[str, Any]:
    steps = Counter(_word(state) for state in journal.step_states(run.id).values())
    return {
        "kind": _word(run.kind),
        "state": _word(run.state),
        "created": run.created,
        "changed": run.changed,
        "steps": dict(steps),
    }


def _word(text: str) -> str:
    return text if _WORD.fullmatch(text) else "other"
