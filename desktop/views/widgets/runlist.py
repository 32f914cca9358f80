"""The steps of a run in groups that fold, with ticks, rings and failures that open in place."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from PySide6.QtCore import QRect, QRectF, QSize, Qt, QTimer
from PySide6.QtGui import QHideEvent, QPaintEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from desktop.domain.shown import folded
from desktop.views.text import joined, name_aloud, sentence, shown, tell
from desktop.views.theme import color, current, metrics, paint_icon, u
from desktop.views.widgets.buttons import Button
from desktop.views.widgets.draw import draw_bar, draw_ring, draw_text, fill_rounded, smooth_painter
from desktop.views.widgets.labels import Label
from desktop.views.widgets.layouts import ScrollPane, column, row

_ROWS_SHOWN: Final = 200
# States under whose title something may stand.
_TELLING: Final = frozenset({"failed", "unknown", "skipped", "waiting"})
_FINISHED: Final = frozenset({"done", "skipped"})
# So few steps are all shown at once while nothing moves.
_FEW: Final = 12
_MARKS: Final = {
    "done": ("circle-check", "ok_text"),
    "failed": ("circle-x", "bad_text"),
    "unknown": ("circle-question-mark", "warn_text"),
    "skipped": ("circle-minus", "text3"),
    "waiting": ("hourglass", "warn_text"),
}


@dataclass(frozen=True)
class RunStep:
    """One step as shown. `state`: open, now, done, failed, unknown, skipped or waiting."""

    key: str
    title: str
    state: str = "open"
    note: str = ""
    """Right of the title: how long it took."""
    problem: str = ""
    """Under the title: what happened and what did not, or why the step was left out."""
    words: str = ""
    """More that a search finds: names and addresses the title does not say."""
    has_choices: bool = True
    """False: what becomes of it is decided elsewhere."""


@dataclass(frozen=True)
class RunGroup:
    """Steps that belong together, as "Collections"."""

    key: str
    title: str
    steps: tuple[RunStep, ...]


@dataclass(frozen=True)
class RunChoice:
    """A button under a step in one of `states`."""

    text: str
    do: Callable[[str], None]
    states: frozenset[str] = frozenset({"failed", "unknown"})


class _StepRow(QWidget):
    def __init__(self, step: RunStep, choices: Sequence[RunChoice], parent: QWidget) -> None:
        super().__init__(parent)
        self._step = step
        self._turn = 0.0
        self._clock = QTimer(self, interval=50)
        self._clock.timeout.connect(self._rotate)
        self._choices = choices
        self._below: QWidget | None = None
        self._shows: tuple[str, str, bool] | None = None
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(u(72), u(36), u(20), 0)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        self.setMinimumHeight(u(36))
        self.set_step(step)

    def set_step(self, step: RunStep) -> None:
        self._step = step
        name_aloud(self, joined(step.title, step.note, step.problem))
        tells = step.state in _TELLING and bool(step.problem)
        shows = (step.state, step.problem, step.has_choices) if tells else None
        if shows != self._shows:
            self._shows = shows
            self._tell_below()
        if step.state == "now" and not current().reduces_motion:
            self._clock.start()
        else:
            self._clock.stop()
        self.updateGeometry()
        self.update()

    def _tell_below(self) -> None:
        """What happened, and the buttons for this state; or nothing."""
        if self._below is not None:
            self._box.removeWidget(self._below)
            self._below.hide()
            self._below.deleteLater()
            self._below = None
            self._box.setContentsMargins(u(72), u(36), u(20), 0)
        if self._shows is None:
            return
        state, problem, has_choices = self._shows
        ink = "text" if state in {"failed", "unknown"} else "text2"
        lines = column(Label(problem, "small", ink, wraps=True), gap=10)
        buttons = []
        for choice in self._choices:
            if has_choices and state in choice.states:
                button = Button(choice.text, is_small=True)
                button.clicked.connect(lambda _on=False, it=choice: it.do(self._step.key))
                buttons.append(button)
        if buttons:
            lines.addLayout(row(*buttons, None))
        self._below = QWidget(self)
        self._below.setLayout(lines)
        self._box.addWidget(self._below)
        self._box.setContentsMargins(u(72), u(34), u(20), u(12))

    def _rotate(self) -> None:
        self._turn = (self._turn + 0.05) % 1
        self.update(0, 0, u(72), u(36))

    def hideEvent(self, event: QHideEvent) -> None:
        self._clock.stop()
        super().hideEvent(event)

    def sizeHint(self) -> QSize:
        return QSize(u(300), max(u(36), super().sizeHint().height()))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = smooth_painter(self)
        step = self._step
        if self._below is not None and step.state in {"failed", "unknown"}:
            painter.fillRect(
                self.rect(), color("bad_soft" if step.state == "failed" else "warn_soft")
            )
        painter.fillRect(u(72), self.height() - 1, self.width(), 1, color("line"))
        mark = QRectF(u(44), u(10), u(16), u(16))
        if step.state == "now":
            draw_ring(painter, mark.adjusted(1, 1, -1, -1), self._turn)
        elif step.state in _MARKS:
            name, ink = _MARKS[step.state]
            paint_icon(painter, name, ink, mark.x(), mark.y())
        else:
            fill_rounded(painter, mark.adjusted(1, 1, -1, -1), u(8), None, "field", 1.25)
        note = shown(step.note)
        wide = metrics("small", tabular=True).horizontalAdvance(note)
        right = self.width() - u(20)
        draw_text(
            painter,
            QRect(right - wide - 1, 0, wide + 2, u(36)),
            note,
            "text2",
            "small",
            tabular=True,
        )
        room = QRect(u(72), 0, right - wide - u(12) - u(72), u(36))
        is_loud = step.state in {"now", "failed", "unknown"}
        ink = "text2" if step.state in {"open", "skipped"} else "text"
        title = shown(step.title)
        role = "medium" if is_loud else "body"
        draw_text(painter, room, title, ink, role)
        is_cut = metrics(role).horizontalAdvance(title) > room.width()
        if bool(self.toolTip()) != is_cut:
            tell(self, step.title if is_cut else "")


class _GroupHead(QAbstractButton):
    def __init__(self, title: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._title, self._done, self._total, self._has_failed = shown(title), 0, 0, False
        self._count = ""
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_count(self, done: int, total: int, *, has_failed: bool) -> None:
        self._done, self._total, self._has_failed = done, total, has_failed
        self._count = self.tr("{done} of {total}").format(
            done=self.locale().toString(done), total=self.locale().toString(total)
        )
        name_aloud(self, joined(self._title, self._count))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(u(300), u(40))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = smooth_painter(self)
        if self.underMouse():
            painter.fillRect(self.rect(), color("hover"))
        painter.fillRect(0, self.height() - 1, self.width(), 1, color("line"))
        middle = self.height() / 2
        name = "chevron-down" if self.isChecked() else "chevron-right"
        paint_icon(painter, name, "text2", u(18), middle - u(7), 14)
        right = self.width() - u(20)
        wide = max(u(56), metrics("small").horizontalAdvance(self._count) + 2)
        draw_text(
            painter,
            QRect(right - wide, 0, wide, self.height()),
            self._count,
            "text2",
            "small",
            align=Qt.AlignmentFlag.AlignRight,
        )
        bar = QRectF(right - wide - u(24) - u(90), middle - u(2), u(90), u(4))
        share = self._done / self._total if self._total else 0.0
        fill = "bad_fill" if self._has_failed else "bar"
        if self._total and self._done == self._total:
            fill = "ok_fill"
        draw_bar(painter, bar, share, fill)
        room = QRect(u(46), 0, round(bar.x()) - u(58), self.height())
        draw_text(painter, room, self._title, "text", "strong")


class _GroupBox(QWidget):
    """A head and, once opened, its rows; the user's own folding is never undone."""

    def __init__(
        self, group: RunGroup, choices: Sequence[RunChoice], parent: QWidget, *, is_open: bool
    ) -> None:
        super().__init__(parent)
        self.group = group
        self._starts_open = is_open
        self._choices = choices
        self._rows: dict[str, _StepRow] = {}
        self._was_pressed = False
        self._words: tuple[str, ...] = ()
        self.head = _GroupHead(group.title, self)
        self._more = Label("", "small", "text2")
        self._more.setContentsMargins(u(72), u(8), u(20), u(8))
        self._more.hide()
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(0)
        self._box.addWidget(self.head)
        self._box.addWidget(self._more)
        self.head.toggled.connect(self._fold)
        self.head.clicked.connect(self._press)
        self._count()

    def _press(self) -> None:
        self._was_pressed = True

    @property
    def pressed(self) -> bool | None:
        """Open or closed by hand; None while nobody touched it."""
        return self.head.isChecked() if self._was_pressed else None

    def press_again(self, is_open: bool | None) -> None:
        """As a person left it before the steps were read anew."""
        if is_open is not None:
            self._was_pressed = True
            self.head.setChecked(is_open)

    def set_step(self, step: RunStep) -> None:
        steps = tuple(step if old.key == step.key else old for old in self.group.steps)
        self.group = replace(self.group, steps=steps)
        if step.key in self._rows:
            self._rows[step.key].set_step(step)
        self._count()

    def set_needle(self, words: Sequence[str]) -> bool:
        """Shows the steps that hold every word (folded); True if there is one, or no word."""
        self._words = tuple(words)
        hits = self._hits()
        self.setVisible(not words or bool(hits))
        if words and hits:
            self.head.setChecked(True)
            self._fill(hits)
        elif not words and not self._was_pressed:
            self._count()
        self._show_rows()
        return bool(hits) or not words

    def _hits(self) -> tuple[RunStep, ...]:
        if not self._words:
            return self.group.steps
        return tuple(
            step
            for step in self.group.steps
            if all(
                word in folded(f"{shown(step.title)} {step.problem} {step.words}")
                for word in self._words
            )
        )

    def _count(self) -> None:
        steps = self.group.steps
        done = sum(step.state in _FINISHED for step in steps)
        has_failed = any(step.state in {"failed", "unknown"} for step in steps)
        is_busy = any(step.state in {"now", "waiting"} for step in steps)
        self.head.show_count(done, len(steps), has_failed=has_failed)
        if not self._was_pressed and not self._words:
            self.head.setChecked(is_busy or has_failed or self._starts_open)

    def _fold(self, is_open: bool) -> None:
        if is_open:
            self._fill(self._hits())
        self._show_rows()

    def _fill(self, steps: Sequence[RunStep]) -> None:
        """Makes the rows of the first of `steps` that have none yet."""
        places = {step.key: at for at, step in enumerate(self.group.steps)}
        for step in steps[:_ROWS_SHOWN]:
            if step.key in self._rows:
                continue
            made = _StepRow(step, self._choices, self)
            before = sum(places[key] < places[step.key] for key in self._rows)
            self._rows[step.key] = made
            self._box.insertWidget(1 + before, made)

    def _show_rows(self) -> None:
        """Shows the rows of what is looked for, and how many more there are."""
        is_open = self.head.isChecked()
        hits = self._hits()
        visible = {step.key for step in hits[:_ROWS_SHOWN]} if is_open else set()
        for key, made in self._rows.items():
            made.setVisible(key in visible)
        hidden = len(hits) - _ROWS_SHOWN if is_open else 0
        if hidden > 0:
            self._more.set_text(self.tr("and %Ln more", "", hidden))
        self._more.setVisible(hidden > 0)

    def row(self, key: str) -> QWidget | None:
        return self._rows.get(key)


def _is_finished(group: RunGroup) -> bool:
    return all(step.state in _FINISHED for step in group.steps)


class RunList(QWidget):
    """Groups on a card. It follows the running step until the user scrolls."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        name_aloud(self, name)
        self._groups: list[_GroupBox] = []
        self._by_step: dict[str, _GroupBox] = {}
        self._is_followed = True
        self._words: tuple[str, ...] = ()
        self._none = Label("", "body", "text2", wraps=True)
        self._none.setContentsMargins(u(20), u(16), u(20), u(16))
        self._none.hide()
        self._content = QWidget()
        self._box = QVBoxLayout(self._content)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(0)
        self._box.addWidget(self._none)
        self._box.addStretch(1)
        self._scroll = ScrollPane(self._content)
        bar = self._scroll.verticalScrollBar()
        bar.actionTriggered.connect(self._stop_following)
        bar.sliderMoved.connect(self._stop_following)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(1, u(4), 1, u(4))
        outer.addWidget(self._scroll)

    def set_groups(
        self,
        groups: Sequence[RunGroup],
        choices: Sequence[RunChoice] = (),
        *,
        opens_all: bool = False,
    ) -> None:
        """The whole plan; `choices` are offered under every failed step. `opens_all`: groups that
        nothing has happened in too, unless there are more steps than are seen at a glance.
        """
        pressed = {box.group.key: box.pressed for box in self._groups}
        for box in self._groups:
            self._box.removeWidget(box)
            box.hide()
            box.deleteLater()
        is_open = opens_all and sum(len(group.steps) for group in groups) <= _FEW
        is_over = all(_is_finished(group) for group in groups)
        self._groups = [
            _GroupBox(
                group,
                choices,
                self._content,
                is_open=is_open and (is_over or not _is_finished(group)),
            )
            for group in groups
        ]
        self._by_step = {
            step.key: box
            for box, group in zip(self._groups, groups, strict=True)
            for step in group.steps
        }
        for number, box in enumerate(self._groups):
            box.press_again(pressed.get(box.group.key))
            self._box.insertWidget(number, box)
        if self._words:
            self._look()

    def set_filter(self, text: str) -> None:
        """Shows the steps that hold every word of `text`, whatever its case and accents."""
        words = tuple(folded(text.strip()).split())
        if words != self._words:
            self._words = words
            self._none.set_text(sentence(self.tr("No step holds “{words}”."), words=text.strip()))
            self._look()

    def _look(self) -> None:
        found = [box.set_needle(self._words) for box in self._groups]
        self._none.setVisible(bool(self._words) and not any(found))

    def set_step(self, step: RunStep) -> None:
        """One step moved on; unknown keys are ignored."""
        box = self._by_step.get(step.key)
        if box is None:
            return
        box.set_step(step)
        made = box.row(step.key)
        if self._is_followed and step.state == "now" and made is not None:
            self._scroll.ensureWidgetVisible(made, 0, u(60))

    def steps(self) -> tuple[RunStep, ...]:
        return tuple(step for box in self._groups for step in box.group.steps)

    def _stop_following(self) -> None:
        self._is_followed = False

    def paintEvent(self, _event: QPaintEvent) -> None:
        fill_rounded(smooth_painter(self), self.rect().toRectF(), u(10), "surface", "line")
