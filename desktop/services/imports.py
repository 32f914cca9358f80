"""Foreign files: understood in a process of their own, compared with what was imported before."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from desktop.domain.ids import OrganizationId, RunId
from desktop.domain.items import ImportPreview
from desktop.importers.client import preview_file
from desktop.importers.registry import FORMATS
from desktop.importers.sample import sample_lastpass_export
from desktop.services.ledger import marked
from desktop.services.link import Link
from desktop.services.reports import save
from desktop.services.run import Runs


@dataclass(frozen=True)
class ImportDone:
    """An import into a client that this desk has finished."""

    run: RunId
    when: datetime
    file_name: str
    items: int


class Imports:
    """Previews, and what was imported already."""

    def __init__(self, link: Link, runs: Runs) -> None:
        self._link = link
        self._runs = runs

    @property
    def formats(self) -> tuple[tuple[str, str], ...]:
        """(key, title) of every format."""
        return tuple(FORMATS.items())

    async def preview(
        self,
        path: Path,
        *,
        format: str | None = None,  # noqa: A002 - the word of the page
        encoding: str | None = None,
        decode_entities: bool | None = None,
        client: OrganizationId | None = None,
    ) -> ImportPreview:
        """What the file holds; rows imported into `client` before are doubles. Raises BadFile."""
        preview = await preview_file(
            path, format=format, encoding=encoding, decode_entities=decode_entities
        )
        self._link.check()
        return preview if client is None else await self.compare(preview, client)

    async def compare(self, preview: ImportPreview, client: OrganizationId) -> ImportPreview:
        """A preview made for no client yet, seen against one client's ledger."""
        return await marked(self._link, client, preview)

    async def done_before(self, client: OrganizationId) -> tuple[ImportDone, ...]:
        """Finished imports into a client, by this desk's own journal alone."""
        return tuple(
            ImportDone(
                run=report.run,
                when=report.ended or report.created,
                file_name=report.imported.file_name,
                items=report.imported.items_read_back,
            )
            for report in await self._runs.imports_of(client)
            if report.imported is not None
        )

    async def save_sample(self, path: Path) -> None:
        """Writes the sample beside the user's other files. Raises StorageFailed."""
        await self._link.disk(save, path, self.sample())

    @staticmethod
    def sample() -> bytes:
        """The practice export: 1,200 rows with four planted flaws."""
        return sample_lastpass_export()
