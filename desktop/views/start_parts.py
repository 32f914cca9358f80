"""The pieces of the first window: ways in, known connections, the dark panel, a form."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QEnterEvent, QLinearGradient, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QButtonGroup,
    QHBoxLayout,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from desktop import __version__
from desktop.views.connection_look import (
    CLOUD_HOSTS,
    connection_colours,
    dot_colour,
    host_of,
    last_seen_text,
)
from desktop.views.moments import short_moment
from desktop.views.text import explain, joined, name_aloud, shown
from desktop.views.theme import color, paint_icon, text_width, u
from desktop.views.widgets.bars import BusyRing, Mark
from desktop.views.widgets.buttons import Button, Segmented
from desktop.views.widgets.draw import (
    draw_dot,
    draw_text,
    fill_rounded,
    focus_ring,
    smooth_painter,
)
from desktop.views.widgets.fields import FormField, Select, TextField
from desktop.views.widgets.labels import IconText, Label
from desktop.views.widgets.layouts import ScrollPane, column, row

if TYPE_CHECKING:
    from collections.abc import Iterable

    from desktop.settings.connections import ConnectionRecord

PANEL_WIDTH = 336
FORM_WIDTH = 384


@dataclass(frozen=True)
class Known:
    """One connection of this desk, as the lock screen shows it. `colour` is a name of `HUES`;
    empty where there is nothing to tell apart.
    """

    key: str
    label: str
    email: str
    host: str
    last_seen: str = ""
    waiting_run: bool = False
    colour: str = ""
    icon: str = "cloud"
    seen_short: str = ""


def known_from(records: Iterable[ConnectionRecord]) -> tuple[Known, ...]:
    """Connections as the lock screen shows them, in the person's order."""
    everyone = tuple(records)
    colours = connection_colours(everyone) if len(everyone) > 1 else {}
    return tuple(
        Known(
            key=str(one.id),
            label=one.label or one.email,
            email=one.email,
            host=host_of(one.web_vault),
            last_seen=last_seen_text(one.last_sync),
            waiting_run=one.has_waiting_run,
            colour=colours.get(one.id, ""),
            icon=_icon_of(one),
            seen_short=short_moment(one.last_sync) if one.last_sync is not None else "",
        )
        for one in everyone
    )


def _icon_of(record: ConnectionRecord) -> str:
    if record.is_practice:
        return "graduation-cap"
    return "cloud" if host_of(record.web_vault) in CLOUD_HOSTS.values() else "server"


class WayIn(QAbstractButton):
    """One of the three cards: icon, title, one sentence; chosen has an accent edge."""

    def __init__(self, icon: str, title: str, text: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icon, self._title, self._sentence = icon, title, text
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        name_aloud(self, title)
        explain(self, text)
        # Three side by side are as high as the one with the most lines.
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._label = Label(title, "heading")
        self._text = Label(text, "small", "text2", wraps=True)
        for label in (self._label, self._text):
            label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setLayout(column(40, self._label, self._text, None, gap=4, margins=(16, 14, 16, 14)))

    def sizeHint(self) -> QSize:
        return QSize(u(220), u(148))

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = smooth_painter(self)
        box = QRectF(self.rect())
        chosen = self.isChecked()
        fill = "accent_soft" if chosen else "hover" if self.underMouse() else "surface"
        fill_rounded(painter, box, u(10), fill, "accent" if chosen else "line2", 2 if chosen else 1)
        if self.hasFocus():
            focus_ring(painter, box.adjusted(3, 3, -3, -3), u(8))
        paint_icon(painter, self._icon, "accent_text", u(16), u(18), 24)


class KnownItem(QAbstractButton):
    """One connection in the petrol panel: name and when it was read last, server and account."""

    def __init__(self, known: Known, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._known = known
        self._waits = self.tr("A run waits here.") if known.waiting_run else ""
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        seen = self.tr("Last seen {time}").format(time=known.last_seen) if known.last_seen else ""
        facts = (known.label, known.email, known.host, seen, self._waits)
        name_aloud(self, joined(*facts))
        explain(self, "\n".join(fact for fact in facts if fact))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(u(288), u(74 if self._waits else 56))

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = smooth_painter(self)
        box = QRectF(self.rect())
        if self.isChecked() or self.underMouse():
            veil = color("on_petrol")
            veil.setAlphaF(0.13 if self.isChecked() else 0.06)
            fill_rounded(painter, box, u(8), veil)
        if self.hasFocus():
            focus_ring(painter, box, u(8))
        paint_icon(painter, self._known.icon, "on_petrol2", u(14), u(19), 18)
        if self.isChecked():
            paint_icon(painter, "check", "brass", self.width() - u(28), u(20), 16)
        right = self.width() - u(36)
        wide = text_width(self._known.seen_short, "small") + 1
        time = QRect(right - wide, u(9), wide, u(20))
        draw_text(painter, time, self._known.seen_short, "on_petrol2", "small")
        left = u(44)
        if self._known.colour:
            dot = QRect(left, u(8), u(8), u(21))
            draw_dot(painter, dot, dot_colour(self._known.colour, on_petrol=True))
            left += u(15)
        name = QRect(left, u(8), time.x() - u(10) - left, u(20))
        draw_text(painter, name, shown(self._known.label), "on_petrol", "medium")
        below = QRect(u(44), u(27), right - u(44), u(20))
        place = joined(self._known.host, self._known.email, between=" · ")
        draw_text(painter, below, place, "on_petrol2", "small")
        if self._waits:
            below.translate(0, u(19))
            paint_icon(painter, "circle-pause", "brass", below.x(), below.y() + u(3), 14)
            below.adjust(u(20), 0, 0, 0)
            draw_text(painter, below, self._waits, "brass", "small")


class KnownList(ScrollPane):
    """As high as its connections, while there is room; they scroll where there is not."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        self._box = QWidget()
        self._lines = column(gap=4)
        self._box.setLayout(self._lines)
        super().__init__(self._box, parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
        self._group = QButtonGroup(self)
        self._items: dict[str, KnownItem] = {}

    def set_known(self, known: tuple[Known, ...], chosen: str) -> None:
        for item in self._items.values():
            self._group.removeButton(item)
            self._lines.removeWidget(item)
            item.hide()
            item.deleteLater()
        self._items.clear()
        for one in known:
            item = KnownItem(one, self._box)
            item.setChecked(one.key == chosen)
            item.clicked.connect(lambda _on, key=one.key: self.chosen.emit(key))
            self._group.addButton(item)
            self._items[one.key] = item
            self._lines.addWidget(item)
            item.show()
        self.updateGeometry()

    def item(self, key: str) -> KnownItem:
        return self._items[key]

    def sizeHint(self) -> QSize:
        return QSize(u(288), self._high())

    def minimumSizeHint(self) -> QSize:
        return QSize(u(120), min(self._high(), u(2 * 60)))

    def _high(self) -> int:
        highs = [item.sizeHint().height() for item in self._items.values()]
        return sum(highs) + u(4) * max(0, len(highs) - 1)


class PetrolSide(QWidget):
    """The dark ground at the left of every screen before the shell."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedWidth(u(PANEL_WIDTH))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        blend = QLinearGradient(0, 0, 0, self.height())
        blend.setColorAt(0, color("petrol_top"))
        blend.setColorAt(1, color("petrol_bottom"))
        painter.fillRect(self.rect(), blend)


class PetrolPanel(PetrolSide):
    """The dark side: mark, accounts, version and language."""

    chosen = Signal(str)
    other_asked = Signal()
    language_chosen = Signal(str)

    def __init__(self, language: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._list = KnownList()
        self._list.chosen.connect(self.chosen)
        self._title = Label(self.tr("Connections"), "caption", "on_petrol2")
        self._other = Button(self.tr("Add a connection"), "on_petrol", icon="plus")
        self._other.clicked.connect(self.other_asked)
        self._promise = Label(
            self.tr("One desk for all your Bitwarden clients."), "body", "on_petrol2", wraps=True
        )
        languages = Segmented(
            [("en", "English", ""), ("nl", "Nederlands", "")], self.tr("Language"), self
        )
        languages.choose(language)
        languages.chosen.connect(self.language_chosen)
        version = Label(
            self.tr("Version {number}").format(number=__version__), "small", "on_petrol2"
        )
        self.setLayout(
            column(
                row(Mark(36), Label("Claviger", "title", "on_petrol"), None, gap=12),
                12,
                self._promise,
                24,
                self._title,
                self._list,
                self._other,
                None,
                languages,
                4,
                version,
                gap=8,
                margins=(24, 28, 24, 24),
            )
        )
        self.set_known((), "")

    def set_known(self, known: tuple[Known, ...], chosen: str) -> None:
        self._list.set_known(known, chosen)
        for widget in (self._title, self._list, self._other):
            widget.setVisible(bool(known))
        self._promise.setVisible(not known)

    def item(self, key: str) -> KnownItem:
        """The line of a connection."""
        return self._list.item(key)


class PasswordForm(QWidget):
    """Fields, one message and one primary button; Enter anywhere submits."""

    submitted = Signal()

    def __init__(self, verb: str, *fields: FormField, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedWidth(u(FORM_WIDTH))
        self._fields = fields
        self._ways_out: list[Button] = []
        self.message = IconText("circle-alert", "", "bad", "small", wraps=True)
        self.message.hide()
        self.button = Button(verb, "primary")
        self.button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.button.clicked.connect(self.submitted)
        self.ring = BusyRing(self.tr("Working"))
        self.ring.hide()
        self.state = Label("", "small", "text2")
        self.setLayout(
            column(*fields, self.message, self.button, row(self.ring, self.state, None), gap=8)
        )
        for field in fields:
            self._submits(field)

    def add_field(self, field: FormField) -> None:
        """Below the others."""
        layout = self.layout()
        if isinstance(layout, QVBoxLayout):
            layout.insertWidget(layout.indexOf(self.message), field)
        self._fields = (*self._fields, field)
        self._submits(field)

    def add_way_out(self, link: Button) -> None:
        """Another thing to do, below; not while this form is at work."""
        layout = self.layout()
        if isinstance(layout, QVBoxLayout):
            layout.addLayout(row(link, None))
        self._ways_out.append(link)

    def _submits(self, field: FormField) -> None:
        if isinstance(field.field, TextField):
            field.field.returnPressed.connect(self._submit)

    def _submit(self) -> None:
        if self.button.isEnabled():
            self.submitted.emit()

    def set_busy(self, text: str) -> None:
        """A sentence while something works; empty when it is over."""
        self.ring.setVisible(bool(text))
        self.state.set_text(text)
        for button in (self.button, *self._ways_out):
            button.set_blocked(text)
        for field in self._fields:
            if isinstance(field.field, TextField | Select):
                field.field.set_blocked(text)

    def show_message(self, text: str, tone: str = "bad") -> None:
        icons = {"bad": "circle-alert", "warn": "triangle-alert", "text2": "info"}
        self.message.setVisible(bool(text))
        self.message.set_content(icons.get(tone, "info"), text, tone)
        explain(self.message, text)


def numbered(number: int, text: str) -> QHBoxLayout:
    """A step and its number; all steps begin on one line."""
    count = Label(f"{number}.", "medium", "text2")
    count.setFixedWidth(u(20))
    line = row(count, gap=4)
    line.setAlignment(count, Qt.AlignmentFlag.AlignTop)
    line.addWidget(Label(text, wraps=True), 1)
    return line
