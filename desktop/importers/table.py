"""Delimited text, read strictly: own heading map, size caps, no swallowed lines (T63)."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from operator import itemgetter
from typing import Final, NamedTuple, TextIO

from desktop.domain.errors import BadFile
from desktop.domain.limits import IMPORT_COLUMNS, IMPORT_FIELD_BYTES, IMPORT_ROWS
from desktop.importers.source import Source

DELIMITERS: Final = (",", ";", "\t", "|")
# Invisible marks met in headings: zero-width characters, no-break space, byte order mark.
_SOFT: Final = re.compile(r"[\s_\-\u200b-\u200f\u2060\ufeff\u00a0]+")
_SEP_LINE: Final = re.compile(r"^\"?sep=(.)\"?\s*$", re.IGNORECASE)
_LINE_END: Final = re.compile(r"\r*\n|\r")
# At most this many physical lines are looked at to mend one row torn by line breaks.
_GLUE_LINES: Final = 100


class Row(NamedTuple):
    """One record: the physical line it starts on (from 1), its cells, how many lines were glued."""

    line: int
    cells: list[str]
    glued: int = 0


@dataclass(frozen=True)
class Heading:
    """The heading row: names as written (made unique), keys for comparing, the delimiter.

    `records` counts the rows up to and with it: 2 after Excel's `sep=` line.
    """

    names: tuple[str, ...]
    keys: tuple[str, ...]
    delimiter: str
    records: int


def heading_key(cell: str) -> str:
    """A heading without blanks, `_`, `-`, invisible marks and case."""
    return _SOFT.sub("", cell).casefold()


class Table:
    """A delimited file with a heading row. Raises BadFile from `__init__` and `rows`."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self.heading = read_heading(source.head())
        self.names = self.heading.names
        self.keys = self.heading.keys

    def picker(self, *keys: str) -> Callable[[list[str]], tuple[str, ...]]:
        """A function from the padded cells of a row to the cells of `keys`; "" where missing."""
        # Rows carry one empty cell past the heading's width, which stands for a missing column.
        blank = len(self.keys)
        at = [self.keys.index(key) if key in self.keys else blank for key in keys]
        return itemgetter(*at)

    def others(self, *known: str) -> tuple[tuple[int, str], ...]:
        """Index and name of each column that is not among `known`."""
        return tuple(
            (index, self.names[index]) for index, key in enumerate(self.keys) if key not in known
        )

    def rows(self, *, glue: bool = False) -> Iterator[Row]:
        """Every non-blank record after the heading, unpadded.

        `glue` mends rows torn by unquoted line breaks: short rows are joined to those below
        when their cells then fit the heading exactly.
        """
        rows = self._plain_rows()
        return _glued(rows, len(self.keys)) if glue else rows

    def _plain_rows(self) -> Iterator[Row]:
        count = 0
        width = len(self.keys)
        for row in _records(self._source.lines(), self.heading):
            if width > 1 and len(row.cells) == 1 and not row.cells[0].strip():
                continue
            count += 1
            _check_size(row, count)
            if count == 1 and width > 3 and len(row.cells) == 1:
                self._refuse_other_delimiter(row)
            yield row

    def _refuse_other_delimiter(self, row: Row) -> None:
        for other in DELIMITERS:
            if other != self.heading.delimiter and row.cells[0].count(other) >= len(self.keys) - 1:
                raise BadFile("bad_header", row.line, "rows use another delimiter than the heading")


class _Lines:
    """Feeds lines to csv and counts them; CR CR LF, met in real exports, is one line end."""

    def __init__(self, stream: TextIO) -> None:
        self._next = stream.__next__
        self._torn = False
        self.count = 0

    def __iter__(self) -> _Lines:
        return self

    def __next__(self) -> str:
        line = self._next()
        if not (self._torn and line == "\r\n"):
            self.count += 1
        self._torn = line[-1:] == "\r"
        return line if self.count > 1 else line.lstrip("\ufeff")


def rows_without_heading(source: Source, delimiter: str) -> Iterator[Row]:
    """Every non-blank record of a file that names no columns. Raises BadFile."""
    rows = _records(source.lines(), Heading((), (), delimiter, 0))
    for count, row in enumerate(rows, 1):
        _check_size(row, count)
        yield row


def _check_size(row: Row, count: int) -> None:
    if count > IMPORT_ROWS:
        raise BadFile("too_many_rows", row.line, f"more than {IMPORT_ROWS}")
    if len(row.cells) > IMPORT_COLUMNS:
        raise BadFile("too_many_columns", row.line, str(len(row.cells)))


def _records(stream: TextIO, heading: Heading) -> Iterator[Row]:
    """All records after the heading."""
    csv.field_size_limit(IMPORT_FIELD_BYTES)
    lines = _Lines(stream)
    reader = csv.reader(lines, delimiter=heading.delimiter, strict=True)
    to_skip = heading.records
    while True:
        start = lines.count + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise _typed(error, start) from None
        if not cells:
            continue
        if to_skip:
            to_skip -= any(cell.strip() for cell in cells)
            continue
        for cell in cells:
            if len(cell) * 4 > IMPORT_FIELD_BYTES and len(cell.encode()) > IMPORT_FIELD_BYTES:
                raise BadFile("field_too_large", start)
        yield Row(start, cells)


def _typed(error: csv.Error, line: int) -> BadFile:
    text = str(error)
    if text.startswith("field larger"):
        return BadFile("field_too_large", line)
    if text.startswith("unexpected end"):
        return BadFile("unterminated_quote", line, "the quote is never closed")
    if "expected after" in text:
        return BadFile("unterminated_quote", line, "text after a closing quote")
    return BadFile("unreadable", line, text[:100])


def read_heading(head: str) -> Heading:
    """The heading row of the first 256 KiB; the delimiter is judged on it alone."""
    lines = [line for line in _LINE_END.split(head.lstrip("\ufeff")) if line.strip()]
    said = _SEP_LINE.match(lines[0]) if lines else None
    records = 1 if said is None else 2
    if len(lines) < records:
        raise BadFile("empty", detail="no heading")
    line = lines[records - 1]
    delimiters = (said.group(1),) if said is not None else DELIMITERS
    cells, delimiter = max(
        ((_heading_cells(line, delimiter), delimiter) for delimiter in delimiters),
        key=lambda found: len(found[0]),
    )
    if len(cells) > IMPORT_COLUMNS:
        raise BadFile("too_many_columns", records, str(len(cells)))
    names, keys = _unique(cells)
    return Heading(names, keys, delimiter, records)


def _heading_cells(line: str, delimiter: str) -> list[str]:
    try:
        return next(csv.reader([line], delimiter=delimiter, strict=True), [])
    except csv.Error:
        return []


def _unique(cells: list[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    names: list[str] = []
    keys: list[str] = []
    seen: dict[str, int] = {}
    for number, cell in enumerate(cells, 1):
        name = cell.strip("\ufeff\u200b\u00a0 \t") or f"Column {number}"
        key = heading_key(name)
        seen[key] = seen.get(key, 0) + 1
        if seen[key] > 1:
            name, key = f"{name} ({seen[key]})", f"{key}({seen[key]})"
        names.append(name)
        keys.append(key)
    return tuple(names), tuple(keys)


def _glued(rows: Iterator[Row], width: int) -> Iterator[Row]:
    waiting: list[Row] = []
    for row in rows:
        waiting.append(row)
        while waiting:
            used, ready = _try_glue(waiting, width)
            if ready is None:
                break
            yield ready
            del waiting[:used]
    while waiting:
        used, ready = _try_glue(waiting, width, at_end=True)
        if ready is None:
            return
        yield ready
        del waiting[:used]


def _try_glue(rows: list[Row], width: int, *, at_end: bool = False) -> tuple[int, Row | None]:
    """The first row of `rows`, whole; None when more lines are needed to know."""
    first = rows[0]
    total = len(first.cells)
    if total >= width:
        return 1, first
    for used, row in enumerate(rows[1:], 2):
        total += len(row.cells) - 1
        if total > width or "://" in row.cells[0][:12]:
            return 1, first
        if total == width and len(row.cells) > 1:
            cells = list(first.cells)
            for torn in rows[1:used]:
                cells[-1] = f"{cells[-1]}\n{torn.cells[0]}"
                cells += torn.cells[1:]
            return used, Row(first.line, cells, used)
    if at_end or len(rows) > _GLUE_LINES:
        return 1, first
    return 0, None
