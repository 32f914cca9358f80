"""Events by day: headings and lines in one list, newest first, filtered by words and a rule."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)

from desktop.domain.shown import folded, shown

AnyIndex = QModelIndex | QPersistentModelIndex
ENTRY_ROLE = int(Qt.ItemDataRole.UserRole)
_NO_PARENT = QModelIndex()
_DISPLAY = int(Qt.ItemDataRole.DisplayRole)
_ACCESSIBLE = int(Qt.ItemDataRole.AccessibleTextRole)
_NOTHING = Qt.ItemFlag.NoItemFlags
_CHOOSABLE = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
# Isolates of ours stand around names in a sentence; nobody types them.
_ISOLATES = str.maketrans("", "", "\u2068\u2069")
# Nor the signs of our own sentences; without them most lines are ASCII, which is quick to fold.
_TYPED = str.maketrans(
    {"→": ">", "“": '"', "”": '"', "\u00a0": " ", "\u2068": None, "\u2069": None}
)


@dataclass(frozen=True)
class Entry:
    """One line: when, a sentence, of which client. `at` is aware; `text` is marked already (T74).

    `note` stands at the far right, after a dot (`dot`, `#RRGGBB`) where there is one; `record` is
    what the page made the line of, `part` which of several lists it came from. `client` and `note`
    are as others wrote them and are marked where they are shown.
    """

    key: str
    at: datetime
    text: str
    icon: str = ""
    tone: str = "neutral"
    client_key: str = ""
    client: str = ""
    note: str = ""
    dot: str = ""
    record: Any = None
    part: Any = None

    @property
    def day(self) -> date:
        """The day on this computer's calendar."""
        return self.at.astimezone().date()


@dataclass(frozen=True)
class Day:
    """A heading: its date, how many of its lines are shown, and how many there are."""

    date: date
    shown: int
    total: int


@dataclass(frozen=True)
class DayWords:
    """How headings and times are written: the models have no sentences."""

    day: Callable[[date], str]
    count: Callable[[Day], str]
    time: Callable[[datetime], str]


def plain_text(sentence: str) -> str:
    """A sentence without the isolates around its names, for files and for searching."""
    return sentence.translate(_ISOLATES)


def _searched(text: str) -> str:
    """Search form; a path is found however it is typed."""
    return folded(text.translate(_TYPED)).replace(" / ", "/")


class TimelineModel(QAbstractListModel):
    """Rows are `Day`s and `Entry`s; days are not chosen and keys step over them."""

    rows_changed = Signal()

    def __init__(self, words: DayWords, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.words = words
        self._entries: list[Entry] = []
        self._texts: list[str] = []
        self._days: list[date] = []
        self._rows: list[Day | Entry] = []
        self._needle: tuple[str, ...] = ()
        self._predicate: Callable[[Entry], bool] | None = None

    # --- what views ask ---------------------------------------------------------------------

    def rowCount(self, parent: AnyIndex = _NO_PARENT) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: AnyIndex, role: int = _DISPLAY) -> Any:
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        if role == ENTRY_ROLE:
            return row
        if role in {_DISPLAY, _ACCESSIBLE}:
            return self._spoken(row)
        return None

    def flags(self, index: AnyIndex) -> Qt.ItemFlag:
        is_entry = index.isValid() and isinstance(self._rows[index.row()], Entry)
        return _CHOOSABLE if is_entry else _NOTHING

    def row(self, number: int) -> Day | Entry:
        return self._rows[number]

    def row_of(self, key: str) -> int:
        """The row of the line with this key, or -1."""
        for number, row in enumerate(self._rows):
            if isinstance(row, Entry) and row.key == key:
                return number
        return -1

    def first_entry(self) -> int:
        """The row of the newest line, or -1."""
        return next((n for n, row in enumerate(self._rows) if isinstance(row, Entry)), -1)

    def shown_entries(self) -> list[Entry]:
        return [row for row in self._rows if isinstance(row, Entry)]

    @property
    def total_count(self) -> int:
        return len(self._entries)

    # --- changes ----------------------------------------------------------------------------

    def replace(self, entries: Sequence[Entry]) -> None:
        """New lines in, the newest first."""
        self._entries = list(entries)
        self._texts = [_searched(f"{one.text}\n{one.client}\n{one.note}") for one in entries]
        self._days = [one.day for one in entries]
        self._show()

    def set_filter(self, text: str) -> None:
        """Shows the lines that hold every word of `text`, whatever its case and accents."""
        needle = tuple(_searched(text).split())
        if needle != self._needle:
            self._needle = needle
            self._show()

    def set_predicate(self, predicate: Callable[[Entry], bool] | None) -> None:
        self._predicate = predicate
        self._show()

    # --- inside -----------------------------------------------------------------------------

    def _spoken(self, row: Day | Entry) -> str:
        if isinstance(row, Day):
            return f"{self.words.day(row.date)}, {self.words.count(row)}"
        # Headings are passed over by keys: the day is told with each line.
        when = f"{self.words.day(row.day)} {self.words.time(row.at)}"
        parts = (row.text, shown(row.client), shown(row.note), when)
        return ", ".join(part for part in parts if part)

    def _holds(self, number: int) -> bool:
        entry, text = self._entries[number], self._texts[number]
        if self._predicate is not None and not self._predicate(entry):
            return False
        return all(word in text for word in self._needle)

    def _show(self) -> None:
        self.beginResetModel()
        self._rows = list(self._grouped())
        self.endResetModel()
        self.rows_changed.emit()

    def _grouped(self) -> Iterator[Day | Entry]:
        totals: dict[date, int] = {}
        kept: dict[date, list[Entry]] = {}
        for number, (entry, day) in enumerate(zip(self._entries, self._days, strict=True)):
            totals[day] = totals.get(day, 0) + 1
            if self._holds(number):
                kept.setdefault(day, []).append(entry)
        for day, entries in kept.items():
            yield Day(day, len(entries), totals[day])
            yield from entries
