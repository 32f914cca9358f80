"""What no screen may do with a name, asked of every widget that can be seen (T70, T73, T74, T76).

A name may not act as markup, give a widget a shortcut, hide a character, leave its isolates or take
more than its line; seen or read aloud makes no difference.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from PySide6.QtCore import QAbstractItemModel, QAbstractListModel, QModelIndex, Qt
from PySide6.QtGui import QAccessible, QKeySequence
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QComboBox,
    QLabel,
    QLineEdit,
    QListView,
    QMenu,
    QPlainTextEdit,
    QTabBar,
    QTableView,
    QTextEdit,
    QWidget,
)

from desktop.domain.limits import SHOWN_DETAIL, SHOWN_LINE
from tests.gui import measure
from tests.hostile import HIDDEN

_OURS = re.compile(r"</?span>|<br>")
_KINDS = (QAccessible.Text.Name, QAccessible.Text.Description)
_ROLES = (
    int(Qt.ItemDataRole.DisplayRole),
    int(Qt.ItemDataRole.AccessibleTextRole),
    int(Qt.ItemDataRole.AccessibleDescriptionRole),
    int(Qt.ItemDataRole.ToolTipRole),
)
_TALLEST_ROW = 60
_TALLEST_LABEL = 400
_FEW = 40
_NO_PARENT = QModelIndex()


def harm(window: QWidget, recorder: measure.Recorder) -> tuple[list[str], set[str]]:
    """Paints `window`; what is wrong on it, and every text it shows or tells."""
    recorder.lines.clear()
    window.grab()
    seen = measure.visible(window)
    told = [(widget, text) for widget in seen for text in spoken(widget)]
    told.append((window, window.windowTitle()))
    told += [(line.widget, line.text) for line in recorder.lines if line.widget.isVisible()]
    texts = measure.shown_texts(seen, recorder.lines)
    found = [*_markup(seen), *_shortcuts(seen), *_heights(seen)]
    found += [problem for text in texts for problem in _letters(text)]
    found += [
        f"{problem} of {measure.where(widget)}"
        for widget, text in told
        for problem in _letters(text)
    ]
    return found, texts | {text for _widget, text in told}


def spoken(widget: QWidget) -> Iterator[str]:
    """Names, descriptions and tooltips, of rows and cells too; not what stands in a field, where
    the stored text is what is edited."""
    reader = QAccessible.queryAccessibleInterface(widget)
    if reader is not None:
        yield from (reader.text(kind) for kind in _KINDS)
        if not isinstance(widget, QLineEdit | QPlainTextEdit):
            yield reader.text(QAccessible.Text.Value)
    yield widget.accessibleName()
    yield widget.accessibleDescription()
    yield measure.plain(widget.toolTip())
    if isinstance(widget, QTabBar):
        yield from (widget.accessibleTabName(number) for number in range(widget.count()))
    if isinstance(widget, QMenu):
        for action in widget.actions():
            yield from (measure.plain(action.toolTip()), action.statusTip())
    if isinstance(widget, QComboBox):
        yield from (widget.itemText(number) for number in range(widget.count()))
    if isinstance(widget, QAbstractItemView):
        yield from _cells(widget.model())


def _cells(model: QAbstractItemModel | None) -> Iterator[str]:
    if model is None:
        return
    # The columns of a list are private in Qt.
    columns = 1 if isinstance(model, QAbstractListModel) else model.columnCount(_NO_PARENT)
    for row in range(min(model.rowCount(_NO_PARENT), _FEW)):
        for column in range(columns):
            index = model.index(row, column)
            found: list[Any] = [model.data(index, role) for role in _ROLES]
            yield from (one for one in found if isinstance(one, str))
    for column in range(columns):
        head = model.headerData(column, Qt.Orientation.Horizontal)
        if isinstance(head, str):
            yield head


def _letters(text: str) -> Iterator[str]:
    if HIDDEN.search(text):
        yield f"hidden character in {text[:120]!r}"
    depth = 0
    for one in text:
        depth += (one == "\u2068") - (one == "\u2069")
        if depth < 0:
            break
    if depth and not text.endswith("\u2026"):
        yield f"a name leaves its isolates in {text[:120]!r}"
    if len(text) > SHOWN_DETAIL + SHOWN_LINE:
        yield f"{len(text)} characters at once: {text[:60]!r}"


def _markup(seen: measure.Seen) -> Iterator[str]:
    for widget in seen:
        if isinstance(widget, QLabel) and widget.textFormat() != Qt.TextFormat.PlainText:
            yield f"reads markup: {measure.where(widget)}"
        if isinstance(widget, QTextEdit):
            yield f"may show markup: {measure.where(widget)}"
        for told in (widget.toolTip(), widget.whatsThis()):
            if "<" in _OURS.sub("", told):
                yield f"markup in a tooltip: {told[:80]!r} {measure.where(widget)}"


def _shortcuts(seen: measure.Seen) -> Iterator[str]:
    for widget in seen:
        texts: list[str] = []
        if isinstance(widget, QAbstractButton):
            texts = [widget.text()]
        elif isinstance(widget, QMenu):
            texts = [action.text() for action in widget.actions()]
        elif isinstance(widget, QTabBar):
            texts = [widget.tabText(number) for number in range(widget.count())]
        elif isinstance(widget, QLabel) and widget.buddy() is not None:
            texts = [widget.text()]
        for text in texts:
            if not QKeySequence.mnemonic(text).isEmpty():
                yield f"a shortcut out of a name: {text!r}"


def _heights(seen: measure.Seen) -> Iterator[str]:
    for widget in seen:
        if isinstance(widget, QLabel) and widget.height() > _TALLEST_LABEL:
            yield f"{widget.height()} px high: {measure.where(widget)}"
        if isinstance(widget, QTableView) and widget.model() is not None:
            for row in range(min(widget.model().rowCount(), _FEW)):
                if widget.rowHeight(row) > _TALLEST_ROW:
                    yield f"a row of {widget.rowHeight(row)} px: {measure.where(widget)}"
        if isinstance(widget, QListView) and not isinstance(widget, QTableView):
            model = widget.model()
            for row in range(min(model.rowCount(_NO_PARENT), _FEW)):
                high = widget.visualRect(model.index(row, 0)).height()
                if high > _TALLEST_ROW:
                    yield f"a line of {high} px: {measure.where(widget)}"
