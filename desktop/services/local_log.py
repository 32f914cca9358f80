"""The local log: who did or read what from this desk. It holds ids; names are put in on reading.

Its lines lie in the journal, sealed and chained. An exported log is a file that anybody can check
without a key (`cache.logfile`), and which names clients for the person who asked for it.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final
from uuid import UUID

import msgspec

from desktop import __version__
from desktop.cache.journal import LogRecord
from desktop.cache.logfile import JOURNAL, WHOLE, LogWriter
from desktop.domain.ids import ConnectionId, OrganizationId
from desktop.services.clients import Clients
from desktop.services.link import Link, LogEntry
from desktop.services.reports import save

SIGNED_IN: Final = "signed_in"
UNLOCKED: Final = "unlocked"
UNLOCKED_BY_LINK: Final = "unlocked_by_link"
LINKED: Final = "linked"
UNLINKED: Final = "unlinked"
OPENS_OTHER: Final = "opens_other"
OPENS_NO_MORE: Final = "opens_no_more"
LINKS_ENDED: Final = "links_ended"
LOCKED: Final = "locked"
SIGNED_OUT: Final = "signed_out"
REPORT_SAVED: Final = "report_saved"
TABLE_SAVED: Final = "table_saved"
SUPPORT_SAVED: Final = "support_saved"
LOG_EXPORTED: Final = "log_exported"
KDF_ACCEPTED: Final = "kdf_accepted"
SALT_ACCEPTED: Final = "salt_accepted"
AUTHORITY_ACCEPTED: Final = "authority_accepted"
CLIENT_FORGOTTEN: Final = "client_forgotten"

_ENTRY: Final = msgspec.json.Decoder(LogEntry)


@dataclass(frozen=True)
class LogLine:
    """One line. `client_name` is "" for a client that is not known any more, or none at all."""

    number: int
    at: datetime
    what: str
    client: OrganizationId | None
    client_name: str
    person: UUID | None
    facts: dict[str, str]


@dataclass(frozen=True)
class LogExport:
    """A written log. Whoever notes `last_link` (hex) finds out if the whole file was replaced."""

    records: int
    last_link: str


class LocalLog:
    """Writes nothing on a desk that only reads."""

    def __init__(self, link: Link, clients: Clients, connection: ConnectionId) -> None:
        self._link = link
        self._clients = clients
        self._connection = connection

    async def note(self, what: str, client: OrganizationId | None = None, **facts: str) -> None:
        """As `Link.note`."""
        await self._link.note(what, client, **facts)

    async def entries(self, limit: int | None = None) -> tuple[LogLine, ...]:
        """Newest first; the newest `limit` only if given."""
        return tuple(reversed(await self._lines(limit)))

    async def export(self, path: Path) -> LogExport:
        """Writes all lines, oldest first, whole or not at all. Raises StorageFailed.

        The log then says that it was exported, and with which last link.
        """
        lines = await self._lines(None)
        journal = self._link.journal
        head: dict[str, Any] = {
            "program": __version__,
            "connection": str(self._connection),
            "server": self._link.api.server.api,
            "account": self._link.session.email,
            "exported": _time(self._link.clock.now()),
            # A file can be whole although what it was made from was not.
            JOURNAL: journal.problem or WHOLE,
        }
        if journal.first_bad_entry is not None:
            head["first_bad_entry"] = journal.first_bad_entry
        data, done = await asyncio.to_thread(_written, head, lines)
        await asyncio.to_thread(save, path, data)
        await self.note(LOG_EXPORTED, records=str(done.records), link=done.last_link)
        return done

    async def _lines(self, limit: int | None) -> list[LogLine]:
        link = self._link
        if not self._clients.all():
            await self._clients.cached()
        records = await link.disk(link.journal.log_records, limit=limit)
        return [self._line(record) for record in records]

    def _line(self, record: LogRecord) -> LogLine:
        try:
            entry = _ENTRY.decode(record.facts)
        except msgspec.MsgspecError:
            # Of a damaged journal, which is reported as a whole (T57), or of a newer version.
            entry = LogEntry(record.kind)
        known = self._clients.find(entry.client) if entry.client is not None else None
        return LogLine(
            number=record.number,
            at=record.at,
            what=record.kind,
            client=entry.client,
            client_name=known.organization_name if known is not None else "",
            person=entry.person,
            facts=entry.facts,
        )


def _written(head: dict[str, Any], lines: Iterable[LogLine]) -> tuple[bytes, LogExport]:
    writer = LogWriter()
    parts = [writer.head(head)]
    parts += [writer.record(_record(line)) for line in lines]
    parts.append(writer.end())
    return b"".join(parts), LogExport(writer.records, writer.link.hex())


def _record(line: LogLine) -> dict[str, Any]:
    return {
        "entry": line.number,
        "at": _time(line.at),
        "what": line.what,
        "client": str(line.client) if line.client is not None else None,
        "client_name": line.client_name,
        "person": str(line.person) if line.person is not None else None,
        "facts": line.facts,
    }


def _time(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
