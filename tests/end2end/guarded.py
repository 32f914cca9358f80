"""A child process that does the whole job while everything it says and calls is written down.

`python -m tests.end2end.guarded URL CA EMAIL PASSWORD FOLDER` prints one JSON object: `contacts`,
all addresses that sockets were asked for; `logged`, all that was logged at the most verbose level;
`secrets`, what must be in no log, in clear; `keys`, hex of the keys that were in use.
"""

from __future__ import annotations

import asyncio
import json
import logging
import sys
import traceback
from collections.abc import Iterable
from pathlib import Path

CONTACTS: set[str] = set()
LOGGED: list[str] = []
_ASKED = {"socket.connect", "socket.sendto", "socket.getaddrinfo", "socket.gethostbyname"}


def _listen(event: str, given: tuple[object, ...]) -> None:
    if event in _ASKED:
        address = given[1] if event in {"socket.connect", "socket.sendto"} else given[:2]
        parts = address[:2] if isinstance(address, tuple) else (address,)
        CONTACTS.add(":".join(str(part) for part in parts))


sys.addaudithook(_listen)

# ruff: noqa: E402 - the listener stands before anything that could open a socket at import
from desktop.domain.diagnostics import listen, note_bug
from desktop.domain.errors import ClavigerError, Offline, WrongPassword
from desktop.domain.events import EventHub
from desktop.services.desk import Desk
from desktop.services.entrance import Entrance
from desktop.settings.profile import ProfileFolder
from desktop.settings.program_log import ProgramLog
from tests.end2end.stage import Account, FastClock, setup, signed_in

TAG = "guarded"


class _Everything(logging.Handler):
    def emit(self, record: logging.LogRecord) -> None:
        LOGGED.append(f"{record.getMessage()} {record.args!r} {record.__dict__!r}")
        if record.exc_info:
            LOGGED.append("".join(traceback.format_exception(*record.exc_info)))


def _note(error: BaseException) -> None:
    """What a crash report of this error would say."""
    LOGGED.append("".join(traceback.format_exception(error)) + repr(error))
    note_bug("task", error)


async def _work(account: Account, folder: Path) -> dict[str, object]:
    async with signed_in(account, folder) as desk:
        clients = (await desk.clients.fetch()).data
        await desk.staff.fetch()
        await desk.clients.seat_hints()
        await desk.workspace.open(clients[0].organization_id)
        plan, preview = setup(TAG)
        report = await desk.runs.execute(plan, preview=preview)
        assert report.is_done
        await desk.save_report(report, folder.parent / "report.html", lambda key, _facts: key)
        secrets, keys = _secrets(desk, account, [one.organization_name for one in clients])
        await _troubles(desk, account, folder)
    return {"secrets": secrets, "keys": keys}


def _secrets(desk: Desk, account: Account, names: Iterable[str]) -> tuple[list[str], list[str]]:
    session = desk.session
    clients = [one.organization_id for one in desk.clients.all()]
    keys = [session.user_key, session.provider_key, *map(session.org_key, clients)]
    secrets = [
        account.password, account.email, desk.link.api.refresh_token or "", *names,
        f"Client {TAG}", f"anna.{TAG}", "secret-7", "user7", "note 7", "Site 7", "Contracts",
    ]  # fmt: skip
    return secrets, [bytes(key.view()).hex() for key in keys]


async def _troubles(desk: Desk, account: Account, folder: Path) -> None:
    """Errors of each layer, as they would stand in a crash report."""
    desk.network_cut = True
    try:
        await desk.clients.fetch()
    except Offline as error:
        _note(error)
    desk.network_cut = False
    with ProfileFolder.open(folder) as profile:
        entrance = Entrance(profile, EventHub(), FastClock())
        try:
            await entrance.unlock(desk.connection.id, account.password + " no")
        except WrongPassword as error:
            _note(error)
    try:
        await desk.sign_in_again(account.password + " no")
    except ClavigerError as error:
        _note(error)
    try:
        desk.link.journal.prepare(desk.link.session.user_id, account.password, b"x")  # type: ignore[arg-type]  # a bug, on purpose
    except Exception as error:
        _note(error)


def main() -> None:
    """Everything, in the order of the module's text."""
    url, ca, email, password, folder = sys.argv[1:]
    logging.basicConfig(level=1, handlers=[_Everything()], force=True)
    for name in list(logging.root.manager.loggerDict):
        logging.getLogger(name).setLevel(1)
    account = Account(url, ca, email, password)
    log = ProgramLog.open(Path(folder).parent)
    listen(log.write)
    told = asyncio.run(_work(account, Path(folder)), debug=True)
    log.close()
    json.dump({"contacts": sorted(CONTACTS), "logged": LOGGED, **told}, sys.stdout)


if __name__ == "__main__":
    main()
