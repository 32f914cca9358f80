"""Archives that hold exports: which kind they are, and their files as one preview; page 1.3."""

from __future__ import annotations

import msgspec

from desktop.domain.errors import BadFile
from desktop.domain.items import ImportPreview, ImportRow, Reason, Verdict
from desktop.importers import bitwarden_json, dashlane, reasons
from desktop.importers.archives import Archive
from desktop.importers.draft import SEVERITY
from desktop.importers.formats import ReadOptions

BITWARDEN_ZIP = "bitwardenzip"
DASHLANE_ZIP = "dashlanezip"
_BITWARDEN = "data.json"
_ATTACHMENTS = "attachments/"
_DASHLANE = ("credentials.csv", "payments.csv", "ids.csv", "personalInfo.csv", "securenotes.csv")
_TITLE = 200
_WORKBOOK = "xl/workbook.xml"
_PASSWORDS = "passwords.csv"
_IT_GLUE = ("organizations.csv", "configurations.csv")
_SINGLE = (".csv", ".tsv", ".txt", ".json", ".xml", ".html", ".htm")


def holds_bitwarden(archive: Archive) -> bool:
    """A Bitwarden export with attachments."""
    return archive.has(_BITWARDEN)


def holds_dashlane(archive: Archive) -> bool:
    """Any of the files of a Dashlane export."""
    return any(archive.has(name) for name in _DASHLANE)


def holds_workbook(archive: Archive) -> bool:
    """A spreadsheet in disguise."""
    return archive.has(_WORKBOOK)


def only_file(archive: Archive) -> bytes | None:
    """The one file that could be an export; None where there are none or several.

    An account exported from IT Glue holds a table of each kind, and one of them is passwords.
    """
    names = [name for name in archive.names if name.lower().endswith(_SINGLE)]
    if len(names) > 1 and any(_last(name) in _IT_GLUE for name in names):
        names = [name for name in names if _last(name) == _PASSWORDS]
    return archive.read(names[0]) if len(names) == 1 else None


def _last(name: str) -> str:
    return name.rpartition("/")[2].lower()


def read_bitwarden(data: bytes, options: ReadOptions) -> ImportPreview:
    """The items of `data.json`; each attachment is counted at its item. Raises BadFile."""
    archive = Archive(data)
    if not archive.has(_BITWARDEN):
        raise BadFile("not_recognised", detail="no data.json")
    preview = bitwarden_json.read(archive.read(_BITWARDEN), options)
    files = sum(name.startswith(_ATTACHMENTS) for name in archive.names)
    told = sum(
        int(reason.facts.get("count", "0"))
        for row in preview.rows
        for reason in row.reasons
        if reason.key == reasons.ATTACHMENTS_LEFT_OUT
    )
    if files > told and preview.rows:
        preview = _with_reason(preview, files - told)
    return preview


def _with_reason(preview: ImportPreview, count: int) -> ImportPreview:
    """Attachments that no item names are said at the first one: a row has to carry it."""
    first = preview.rows[0]
    reason = Reason(key=reasons.ATTACHMENTS_LEFT_OUT, facts={"count": str(count)})
    verdict = first.verdict
    if first.items and SEVERITY.get(verdict, 2) < SEVERITY[Verdict.LOSSY]:
        verdict = Verdict.LOSSY
    changed = msgspec.structs.replace(first, verdict=verdict, reasons=(*first.reasons, reason))
    return msgspec.structs.replace(preview, rows=(changed, *preview.rows[1:]))


def read_dashlane(data: bytes, options: ReadOptions) -> ImportPreview:
    """All files of the export, one after the other, rows numbered through. Raises BadFile."""
    archive = Archive(data)
    rows: list[ImportRow] = []
    for name in _DASHLANE:
        if not archive.has(name):
            continue
        try:
            found = dashlane.read(archive.read(name), options).rows
        except BadFile as error:
            if error.code == "empty":
                # Kinds that a person has none of are there as headings only.
                continue
            raise BadFile(error.code, error.line, f"{name}: {error.detail}") from None
        rows += [_moved(row, len(rows)) for row in found]
    for name in archive.names:
        if name.lower().endswith(".csv") and name not in _DASHLANE:
            rows.append(_unknown(name, len(rows) + 1))
    if not rows:
        raise BadFile("empty", detail="no rows")
    return ImportPreview(format=DASHLANE_ZIP, confident=True, rows=tuple(rows))


def _unknown(name: str, number: int) -> ImportRow:
    """A table of a kind that is not known is listed: it does not vanish."""
    why = Reason(key=reasons.ITEM_UNREADABLE, facts={"problem": "a file of an unknown kind"})
    title = name.encode("utf-8", "backslashreplace").decode()[:_TITLE]
    return ImportRow(number=number, verdict=Verdict.REJECTED, reasons=(why,), title=title)


def _moved(row: ImportRow, by: int) -> ImportRow:
    """The row with the number it has behind `by` others."""
    why = tuple(
        Reason(key=one.key, facts={"first": str(int(one.facts["first"]) + by)})
        if one.key == reasons.SAME_AS_ROW
        else one
        for one in row.reasons
    )
    return msgspec.structs.replace(row, number=row.number + by, reasons=why)
