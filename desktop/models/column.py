"""What one column of a table shows: plain data, so that a list of clients is a tuple of columns."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum, auto
from typing import Any, Generic, TypeVar

from PySide6.QtCore import Qt

Record = TypeVar("Record")


def _always() -> bool:
    return True


class ColumnKind(Enum):
    """How a delegate draws the cells of a column."""

    CHECK = auto()
    NAME = auto()
    TEXT = auto()
    NUMBER = auto()
    SEAT_BAR = auto()
    STATUS = auto()
    CHANGE = auto()
    MENU = auto()


@dataclass(frozen=True)
class AvatarSpec:
    """Letters and hue of an avatar; `key` decides the hue, people are round."""

    key: str
    name: str
    is_person: bool = False


@dataclass(frozen=True)
class BadgeSpec:
    """A badge beside a name; `tone` is neutral, ok, warn, bad or accent."""

    text: str
    tone: str = "neutral"


@dataclass(frozen=True)
class Column(Generic[Record]):
    """How one field of a record becomes one column.

    `text` must stand for the cell on its own: it is searched, copied and read aloud.
    `width` is in logical pixels at 100 %, 0 takes the rest. The higher `drop`, the sooner the
    column goes when the window is narrow; 0 never goes. `amount` is (used, total) of a seat bar;
    `dot` a colour `#RRGGBB` before the text, never without it. A column whose `is_there` says no is
    neither shown nor searched; whoever changes that tells the table.
    """

    key: str
    title: Callable[[], str]
    text: Callable[[Record], str]
    sort: Callable[[Record], Any] | None = None
    icon: Callable[[Record], str] | None = None
    align: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft
    kind: ColumnKind = ColumnKind.TEXT
    width: int = 120
    drop: int = 0
    second: Callable[[Record], str] | None = None
    badge: Callable[[Record], BadgeSpec | None] | None = None
    avatar: Callable[[Record], AvatarSpec] | None = None
    tone: Callable[[Record], str] | None = None
    amount: Callable[[Record], tuple[int, int]] | None = None
    change: Callable[[Record], tuple[str, str]] | None = None
    total: Callable[[], str] | None = None
    tooltip: Callable[[Record], str] | None = None
    long_title: Callable[[], str] | None = None
    dot: Callable[[Record], str] | None = None
    is_there: Callable[[], bool] = _always
    is_searched: bool = True
    is_sortable: bool = True


def check_column() -> Column[Any]:
    """The first column of a table whose rows can be selected."""
    return Column(
        key="check",
        title=str,
        text=lambda _record: "",
        kind=ColumnKind.CHECK,
        width=54,
        is_searched=False,
        is_sortable=False,
    )


def menu_column() -> Column[Any]:
    """The last column: three dots that open the row's menu."""
    return Column(
        key="menu",
        title=str,
        text=lambda _record: "",
        kind=ColumnKind.MENU,
        width=64,
        is_searched=False,
        is_sortable=False,
    )
