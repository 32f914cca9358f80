"""Rails of steps: the wizard's at the left, and a small one for a person's way to access."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QVBoxLayout, QWidget

from desktop.views.text import escaped, joined, name_aloud, shown, tell
from desktop.views.theme import color, metrics, paint_icon, u
from desktop.views.widgets.draw import draw_text, fill_rounded, smooth_painter

_MARKS = {"done": ("check", "ok"), "warn": ("triangle-alert", "warn"), "skipped": ("minus", "info")}


@dataclass(frozen=True)
class RailStep:
    """One step as shown. `state` is done, now, open, warn or skipped."""

    key: str
    title: str
    note: str = ""
    state: str = "open"
    can_open: bool = False


def draw_step_mark(painter: QPainter, circle: QRectF, number: int, state: str) -> None:
    """The disc of a step: its number, a tick, a warning or a dash."""
    if state == "now":
        fill_rounded(painter, circle, circle.width() / 2, "accent")
        draw_text(
            painter,
            circle.toRect(),
            str(number),
            "on",
            "caption",
            align=Qt.AlignmentFlag.AlignHCenter,
        )
        return
    if state in _MARKS:
        name, tone = _MARKS[state]
        fill_rounded(painter, circle, circle.width() / 2, f"{tone}_soft")
        ink = "text2" if tone == "info" else f"{tone}_text"
        paint_icon(painter, name, ink, circle.center().x() - u(6), circle.center().y() - u(6), 12)
        return
    fill_rounded(painter, circle, circle.width() / 2, "surface", "line2", 1.25)
    draw_text(
        painter,
        circle.toRect(),
        str(number),
        "text2",
        "caption",
        align=Qt.AlignmentFlag.AlignHCenter,
    )


class _RailItem(QAbstractButton):
    def __init__(self, step: RailStep, number: int, *, is_last: bool, parent: QWidget) -> None:
        super().__init__(parent)
        self.step, self._number, self._is_last = step, number, is_last
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if step.can_open else Qt.FocusPolicy.NoFocus)
        self.show_step(step)

    def show_step(self, step: RailStep) -> None:
        self.step = step
        self.setText(escaped(step.title))
        name_aloud(self, joined(str(self._number), step.title, step.note))
        words = (shown(step.title), shown(step.note))
        widths = (
            metrics("medium").horizontalAdvance(words[0]),
            metrics("small").horizontalAdvance(words[1]),
        )
        is_cut = max(widths) > u(148)
        tell(self, joined(*words, between="\n") if is_cut else "")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if step.can_open else Qt.FocusPolicy.NoFocus)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(u(207), u(44))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = smooth_painter(self)
        step = self.step
        box = self.rect()
        is_now = step.state == "now"
        if is_now:
            fill_rounded(painter, box.toRectF(), u(8), "sidebar_chosen", "sidebar_edge")
        elif step.can_open and self.underMouse():
            fill_rounded(painter, box.toRectF(), u(8), "sidebar_hover")
        side = u(22)
        circle = QRectF(u(10), (box.height() - side) / 2, side, side)
        line = color("line2")
        middle = round(circle.center().x())
        if self._number > 1 and not is_now:
            painter.fillRect(middle, 0, 1, round(circle.top()) - u(2), line)
        if not self._is_last and not is_now:
            top = round(circle.bottom()) + u(2)
            painter.fillRect(middle, top, 1, box.height() - top, line)
        draw_step_mark(painter, circle, self._number, step.state)
        x = u(44)
        wide = box.width() - x - u(8)
        ink = "text" if step.state in {"now", "done", "warn"} else "text2"
        role = "medium" if is_now else "body"
        title, note = shown(step.title), shown(step.note)
        if not note:
            draw_text(painter, QRect(x, 0, wide, box.height()), title, ink, role)
            return
        high = metrics("body").height()
        low = metrics("small").height()
        top = (box.height() - high - low) // 2
        draw_text(painter, QRect(x, top, wide, high), title, ink, role)
        draw_text(painter, QRect(x, top + high - 1, wide, low), note, "text2", "small")


class StepRail(QWidget):
    """The steps of a task; steps that may be opened are buttons. `chosen` carries the key."""

    chosen = Signal(str)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        name_aloud(self, name)
        self._items: list[_RailItem] = []
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(0)

    def set_steps(self, steps: Sequence[RailStep]) -> None:
        """Same keys in the same order are updated in place, so that focus stays."""
        if [item.step.key for item in self._items] == [step.key for step in steps]:
            for item, step in zip(self._items, steps, strict=True):
                item.show_step(step)
            return
        for item in self._items:
            self._layout.removeWidget(item)
            item.hide()
            item.deleteLater()
        self._items = []
        for number, step in enumerate(steps, 1):
            item = _RailItem(step, number, is_last=number == len(steps), parent=self)
            item.clicked.connect(lambda _on=False, it=item: self._press(it))
            self._layout.addWidget(item)
            self._items.append(item)

    def steps(self) -> tuple[RailStep, ...]:
        return tuple(item.step for item in self._items)

    def _press(self, item: _RailItem) -> None:
        if item.step.can_open:
            self.chosen.emit(item.step.key)


class WayRail(QWidget):
    """A person's way: invited, accepted, confirm, access; two lines per stop, nothing to press."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._steps: tuple[RailStep, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_steps(self, steps: Sequence[RailStep]) -> None:
        self._steps = tuple(steps)
        name_aloud(self, joined(*(joined(one.title, one.note) for one in steps), between="; "))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(u(200), u(52) * len(self._steps))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = smooth_painter(self)
        for number, step in enumerate(self._steps):
            top = number * u(52)
            circle = QRectF(0, top + u(4), u(22), u(22))
            if number < len(self._steps) - 1:
                painter.fillRect(
                    round(circle.center().x()),
                    round(circle.bottom()) + u(3),
                    2,
                    u(22),
                    color("line2"),
                )
            if step.state == "warn":
                fill_rounded(painter, circle, u(11), "warn_soft")
                paint_icon(
                    painter, "user-check", "warn_text", circle.x() + u(5), circle.y() + u(5), 12
                )
            elif step.state == "open":
                fill_rounded(painter, circle.adjusted(1, 1, -1, -1), u(10), None, "line2", 1.5)
            else:
                draw_step_mark(painter, circle, number + 1, step.state)
            x = u(34)
            wide = self.width() - x
            draw_text(
                painter,
                QRect(x, top, wide, metrics("medium").height()),
                shown(step.title),
                "text",
                "medium",
            )
            draw_text(
                painter,
                QRect(x, top + u(18), wide, metrics("small").height()),
                shown(step.note),
                "text2",
                "small",
            )
