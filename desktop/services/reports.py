"""Reports as files. Words come from views; cells that look like formulas are defused (T68)."""

from __future__ import annotations

import csv
import html
import io
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import Final, Literal

from desktop.domain.errors import StorageFailed
from desktop.services.run_types import SKIPPED, RunReport

Words = Callable[[str, dict[str, str]], str]
Kind = Literal["html", "csv", "text"]

SUFFIXES: Final[dict[Kind, str]] = {"html": ".html", "csv": ".csv", "text": ".txt"}
_MARK: Final = b"\xef\xbb\xbf"
"""Makes spreadsheets read UTF-8."""
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")
_PAGE: Final = (
    '<!doctype html><html><head><meta charset="utf-8"><title>{title}</title><style>'
    "body{{font:14px sans-serif;margin:2em;max-width:60em}}table{{border-collapse:collapse}}"
    "td,th{{border-bottom:1px solid #ccc;padding:4px 12px 4px 0;text-align:left;"
    "vertical-align:top}}</style></head><body><h1>{title}</h1>{body}</body></html>"
)


def render(report: RunReport, words: Words, kind: Kind) -> bytes:
    """The report as a UTF-8 file. `words(key, facts)` gives the sentence for a key.

    Keys: those of the plan's steps and notes, `state.<state>`, `verdict.<verdict>`, importers'
    reasons as `reason.<key>`, `left_out` with the facts of a step that was skipped, and
    `report.summary`, `report.steps`, `report.rows`, `report.missing`, `report.uncertain`,
    `report.verified`, `report.not_verified`.
    """
    match kind:
        case "csv":
            return _MARK + _csv(report, words).encode("utf-8", "replace")
        case "html":
            return _html(report, words).encode("utf-8", "replace")
        case "text":
            return _text(report, words).encode("utf-8", "replace")


def table(rows: Iterable[Sequence[str]]) -> bytes:
    """Rows as a UTF-8 file for a spreadsheet; every cell is defused."""
    out = io.StringIO()
    csv.writer(out).writerows([defused(cell) for cell in row] for row in rows)
    return _MARK + out.getvalue().encode("utf-8", "replace")


def save(path: Path, data: bytes) -> None:
    """Whole or not at all, for the owner's eyes only (T69). Raises StorageFailed."""
    temporary = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        opened = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        try:
            with os.fdopen(opened, "wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            temporary.replace(path)
        except BaseException:
            temporary.unlink(missing_ok=True)
            raise
    except OSError as error:
        raise StorageFailed(error.strerror or "io") from error


def _sections(report: RunReport, words: Words) -> Iterator[tuple[str, list[list[str]]]]:
    """(heading, rows); a heading is a sentence already."""
    summary = [[words(f"state.{report.state}", {}), report.client_name]]
    imported = report.imported
    if imported is not None:
        facts = {
            "file": imported.file_name,
            "rows": str(imported.rows),
            "sent": str(imported.items_sent),
            "read_back": str(imported.items_read_back),
        }
        key = "report.verified" if imported.verified else "report.not_verified"
        summary.append([words(key, facts), ""])
        summary += [
            [words(f"verdict.{verdict.value}", {}), str(count)]
            for verdict, count in imported.counts.items()
        ]
    summary += [[words(note.key, note.facts), ""] for note in report.notes]
    yield words("report.summary", {}), summary
    yield (
        words("report.steps", {}),
        [
            [
                words(step.say.key, step.say.facts),
                words(f"state.{step.state}", {}),
                words("left_out", step.facts) if step.state == SKIPPED else "",
            ]
            for step in report.steps
        ],
    )
    if imported is not None and imported.listed:
        yield (
            words("report.rows", {}),
            [
                [
                    str(row.number),
                    row.title,
                    words(f"verdict.{row.verdict.value}", {}),
                    "; ".join(words(f"reason.{one.key}", one.facts) for one in row.reasons),
                ]
                for row in imported.listed
            ],
        )
    if report.uncertain:
        yield (
            words("report.uncertain", {}),
            [
                [", ".join(map(str, chunk.rows)), "; ".join(chunk.collections), _moment(chunk.sent)]
                for chunk in report.uncertain
            ],
        )
    if imported is not None and imported.missing_rows:
        yield (
            words("report.missing", {}),
            [[str(row)] for row in imported.missing_rows],
        )


def _moment(when: datetime | None) -> str:
    """As ISO 8601, which every spreadsheet sorts."""
    return when.isoformat(timespec="seconds") if when is not None else ""


def _csv(report: RunReport, words: Words) -> str:
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow([defused(words(report.title.key, report.title.facts))])
    for heading, rows in _sections(report, words):
        writer.writerow([])
        writer.writerow([defused(heading)])
        writer.writerows([[defused(cell) for cell in row] for row in rows])
    return out.getvalue()


def _html(report: RunReport, words: Words) -> str:
    parts = []
    for heading, rows in _sections(report, words):
        parts.append(f"<h2>{html.escape(heading)}</h2><table>")
        for row in rows:
            cells = "".join(f"<td>{html.escape(cell)}</td>" for cell in row)
            parts.append(f"<tr>{cells}</tr>")
        parts.append("</table>")
    title = html.escape(words(report.title.key, report.title.facts))
    return _PAGE.format(title=title, body="".join(parts))


def _text(report: RunReport, words: Words) -> str:
    lines = [words(report.title.key, report.title.facts), ""]
    for heading, rows in _sections(report, words):
        lines += [heading, "-" * len(heading)]
        lines += ["  ".join(cell.replace("\n", " ") for cell in row if cell) for row in rows]
        lines.append("")
    return "\n".join(lines)


def defused(cell: str) -> str:
    """A cell that a spreadsheet does not take for a formula (T68)."""
    return f"'{cell}" if cell.startswith(_FORMULA) else cell
