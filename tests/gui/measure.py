"""Measures what is visible: which words are cut, which controls say nothing, which text is markup.

Painted words are seen where all of them pass, in `draw_text`; labels and fields of Qt are measured
one by one. A cut word is in order only with an ellipsis and a tooltip that says the rest.
"""

from __future__ import annotations

import html
import re
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from types import UnionType
from typing import Any

import pytest
from PySide6.QtCore import QEvent, QPoint, QRect, Qt
from PySide6.QtGui import QFontMetrics, QHelpEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QListWidget,
    QPlainTextEdit,
    QToolTip,
    QWidget,
)

from desktop.views.theme import text_width
from desktop.views.widgets import draw
from desktop.views.widgets.buttons import Button
from desktop.views.widgets.fields import CheckBox, Radio
from desktop.views.widgets.labels import Badge, Label
from desktop.views.widgets.tabs import CountTabs

SLACK = 1
Seen = list[QWidget]


@dataclass(frozen=True)
class Painted:
    """One line as it went to the painter."""

    widget: QWidget
    text: str
    room: QRect
    is_cut: bool


@dataclass
class Recorder:
    """What `draw_text` was asked to draw since `lines` was emptied."""

    lines: list[Painted] = field(default_factory=list)

    def note(self, painter: QPainter, room: QRect, text: str, role: str, tabular: bool) -> None:
        device = painter.device()
        if text and isinstance(device, QWidget):
            wide = text_width(text, role, tabular=tabular)
            self.lines.append(Painted(device, text, QRect(room), wide > room.width() + SLACK))


def watch_painting(patch: pytest.MonkeyPatch) -> Recorder:
    """Looks on while the widgets draw; what they draw stays the same."""
    seen = Recorder()
    real = draw.draw_text

    def looked_at(
        painter: QPainter,
        rect: QRect,
        text: str,
        token: str,
        role: str = "body",
        *,
        align: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft,
        tabular: bool = False,
    ) -> int:
        seen.note(painter, rect, text, role, tabular)
        return real(painter, rect, text, token, role, align=align, tabular=tabular)

    for name, module in list(sys.modules.items()):
        if name.startswith("desktop.views") and getattr(module, "draw_text", None) is real:
            patch.setattr(module, "draw_text", looked_at)
    return seen


# --- the tree ---------------------------------------------------------------------------------


def visible(root: QWidget) -> Seen:
    """`root` and everything on it that can be seen now."""
    return [root] * root.isVisible() + [
        widget
        for widget in root.findChildren(QWidget)
        if widget.isVisible() and not _is_foreign(widget) and not widget.visibleRegion().isEmpty()
    ]


def _is_foreign(widget: QWidget) -> bool:
    """Inner parts of Qt's own widgets, and other windows."""
    return widget.isWindow() or widget.objectName().startswith("qt_")


def where(widget: QWidget) -> str:
    """A short path for people: the widget and the two named things around it."""
    names: list[str] = []
    at: QWidget | None = widget
    while at is not None and len(names) < 4:
        name = type(at).__name__
        if name not in {"QWidget", "QStackedWidget", "Pane"}:
            names.append(f"{name}#{at.objectName()}" if at.objectName() else name)
        at = at.parentWidget()
    return " < ".join(names)


def text_of(widget: QWidget) -> str:
    """The words a widget shows, of those that hold them themselves."""
    match widget:
        case Label() | Button() | CheckBox() | Radio():
            return widget.full_text()
        case QLabel():
            return widget.text()
        case Badge():
            return widget.accessibleName()
        case QComboBox():
            return widget.currentText()
        case QAbstractButton():
            return widget.text().replace("&&", "&") or widget.accessibleName()
        case _:
            return ""


def tip_at(widget: QWidget, spot: QPoint) -> str:
    """What a person reads who rests the mouse there; markup and escapes removed."""
    QToolTip.hideText()
    event = QHelpEvent(QEvent.Type.ToolTip, spot, widget.mapToGlobal(spot))
    QApplication.sendEvent(widget, event)
    told = QToolTip.text()
    QToolTip.hideText()
    return plain(told)


def plain(markup: str) -> str:
    return html.unescape(re.sub(r"<br>", "\n", re.sub(r"</?span>", "", markup)))


# --- cut words --------------------------------------------------------------------------------


def cut_painted(lines: list[Painted]) -> Iterator[str]:
    """Painted lines that are elided and say the rest nowhere, or that leave their widget."""
    for line in lines:
        if not line.widget.isVisible():
            continue
        if line.is_cut:
            spot = line.room.center()
            told = tip_at(line.widget, spot)
            if not told:
                yield f"cut without a tooltip: {line.text!r} in {where(line.widget)}"
        elif not _height_fits(line):
            yield f"no room in height: {line.text!r} in {where(line.widget)}"


def _height_fits(line: Painted) -> bool:
    box = line.widget.rect().adjusted(-SLACK, -SLACK, SLACK, SLACK)
    middle = line.room.center()
    return box.contains(middle) or isinstance(line.widget.parentWidget(), QAbstractScrollArea)


def cut_words(seen: Seen) -> Iterator[str]:
    """Words of labels, buttons and fields that do not fit and say the rest nowhere."""
    for widget in seen:
        problem = _problem(widget)
        if problem:
            yield f"{problem} in {where(widget)}"
        if text_of(widget) and (over := _outside(widget)):
            yield f"{text_of(widget)!r} reaches out of {over}: {where(widget)}"


def _problem(widget: QWidget) -> str:
    for kind, look in _LOOKS:
        if isinstance(widget, kind):
            return look(widget)
    return ""


def _label(label: Label) -> str:
    text = label.full_text()
    if not text:
        return ""
    if label.wordWrap():
        return _wrapped(label, text)
    if label.height() + SLACK < QFontMetrics(label.font()).height():
        return f"too low for {text!r}"
    if label.is_elided and text not in plain(label.toolTip()):
        return f"cut without a tooltip: {text!r}"
    return ""


def _wrapped(label: Label, text: str) -> str:
    measures = QFontMetrics(label.font())
    if label.heightForWidth(label.width()) > label.height() + SLACK:
        return f"too low for {text!r}"
    longest = max(text.split(), key=measures.horizontalAdvance)
    if measures.horizontalAdvance(longest) > label.width() + SLACK:
        return f"a word is wider than the place: {longest!r}"
    return ""


def _plain_label(label: QLabel) -> str:
    if not label.text() or label.width() + SLACK >= label.sizeHint().width():
        return ""
    return "" if label.toolTip() or label.wordWrap() else f"cut without a tooltip: {label.text()!r}"


def _sized(widget: QWidget) -> str:
    if widget.width() + SLACK >= widget.sizeHint().width():
        return ""
    return "" if widget.toolTip() else f"cut without a tooltip: {text_of(widget)!r}"


def _combo(box: QComboBox) -> str:
    wide = box.fontMetrics().horizontalAdvance(box.currentText())
    room = box.width() - 2 * box.fontMetrics().height()
    if wide <= room:
        return ""
    return "" if box.toolTip() else f"cut without a tooltip: {box.currentText()!r}"


def _placeholder(edit: QLineEdit) -> str:
    text = edit.placeholderText()
    if edit.text() or not text:
        return ""
    margins = edit.textMargins()
    room = edit.width() - margins.left() - margins.right() - edit.fontMetrics().height()
    if edit.fontMetrics().horizontalAdvance(text) <= room:
        return ""
    return "" if edit.toolTip() else f"cut without a tooltip: {text!r}"


def _paper(edit: QPlainTextEdit) -> str:
    if edit.toPlainText():
        return ""
    room = edit.viewport().width() - 2 * round(edit.document().documentMargin())
    lines = edit.placeholderText().split("\n")
    measures = edit.fontMetrics()
    rows = sum(-(-measures.horizontalAdvance(line) // max(1, room)) or 1 for line in lines)
    if rows * measures.height() <= edit.viewport().height():
        return ""
    return f"the hint has no room: {edit.placeholderText()!r}"


def _list(box: QListWidget) -> str:
    measures = box.fontMetrics()
    for number in range(box.count()):
        item = box.item(number)
        too_wide = measures.horizontalAdvance(item.text()) > box.viewport().width() - 8
        if too_wide and not item.toolTip() and not item.isHidden():
            return f"cut without a tooltip: {item.text()!r}"
    return ""


def _tabs(tabs: CountTabs) -> str:
    last = tabs.tabRect(tabs.count() - 1)
    first = tabs.tabRect(0)
    if last.right() <= tabs.width() + SLACK and first.left() >= 0:
        return ""
    return f"the tabs need {last.right()} of {tabs.width()}"


_LOOKS: tuple[tuple[type | UnionType, Callable[[Any], str]], ...] = (
    (Label, _label),
    (QLabel, _plain_label),
    (Button | CheckBox | Radio | Badge, _sized),
    (QComboBox, _combo),
    (QLineEdit, _placeholder),
    (QPlainTextEdit, _paper),
    (QListWidget, _list),
    (CountTabs, _tabs),
)


def _outside(widget: QWidget) -> str:
    """The ancestor that cuts a widget off, unless a scroll bar brings it into view."""
    at = widget.parentWidget()
    while at is not None and not widget.isWindow():
        spot = QRect(widget.mapTo(at, QPoint(0, 0)), widget.size())
        room = at.rect().adjusted(-SLACK, -SLACK, SLACK, SLACK)
        area = at.parentWidget()
        if isinstance(area, QAbstractScrollArea) and area.viewport() is at:
            is_in = spot.left() >= room.left() and spot.right() <= room.right()
            return "" if is_in else where(area)
        if not room.contains(spot):
            return where(at)
        if at.isWindow():
            return ""
        at = at.parentWidget()
    return ""


def overlapping(seen: Seen) -> Iterator[str]:
    """Neighbours on one parent whose words lie over each other."""
    by_parent: dict[int, list[QWidget]] = {}
    for widget in seen:
        parent = widget.parentWidget()
        if parent is not None and text_of(widget) and not isinstance(parent, QAbstractButton):
            by_parent.setdefault(id(parent), []).append(widget)
    for group in by_parent.values():
        for number, one in enumerate(group):
            for other in group[number + 1 :]:
                common = one.geometry().intersected(other.geometry())
                if common.width() > SLACK + 1 and common.height() > SLACK + 1:
                    yield f"{text_of(one)!r} lies over {text_of(other)!r} in {where(one)}"


def elided(seen: Seen, lines: list[Painted]) -> set[str]:
    """Words that end in an ellipsis of ours, tooltip or not."""
    found = {str(line.text) for line in lines if line.is_cut and line.widget.isVisible()}
    for widget in seen:
        if isinstance(widget, Label | Button) and widget.is_elided:
            found.add(str(widget.full_text()))
    return found


def shown_texts(seen: Seen, lines: list[Painted]) -> set[str]:
    """Every visible word, of widgets and of painters."""
    found = {text_of(widget) for widget in seen}
    found |= {line.text for line in lines if line.widget.isVisible()}
    for widget in seen:
        if isinstance(widget, QLineEdit | QPlainTextEdit):
            found.add(widget.placeholderText())
        if isinstance(widget, QListWidget):
            found |= {widget.item(number).text() for number in range(widget.count())}
    # Plain strings: what was marked as safe cannot be written down.
    return {str(text) for text in found if text.strip()}


def spoken_texts(seen: Seen) -> Iterator[tuple[QWidget, str]]:
    """Names and descriptions for screen readers, and tooltips as they are stored."""
    for widget in seen:
        for text in (widget.accessibleName(), widget.accessibleDescription(), widget.toolTip()):
            if text:
                yield widget, text
