"""One line over the pages while keys wait for a person: new ones, or an alarm (T09, T10)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from desktop.domain.events import ClientsChanged, Event, KeysChanged
from desktop.views.fleet_parts import of_connection
from desktop.views.key_words import name_text
from desktop.views.text import SafeText, name_aloud, sentence
from desktop.views.theme import color
from desktop.views.widgets.buttons import Button
from desktop.views.widgets.labels import IconMark, Label
from desktop.views.widgets.layouts import Snug, column, row

if TYPE_CHECKING:
    from desktop.services.desk import Desk
    from desktop.services.pins import PinLine
    from desktop.views.fleet import Fleet

translate = QCoreApplication.translate


class KeyStrip(Snug):
    """What is the matter, in two lines, and the way to the page of keys."""

    looked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icon = IconMark("shield-question-mark", "warn_text", 18)
        self._title = Label("", "strong", wraps=True)
        self._text = Label("", "body", "text2", wraps=True)
        self._ground = "warn_soft"
        self.button = Button("", is_small=True)
        self.button.setObjectName("look_at_keys")
        self.button.clicked.connect(self.looked)
        layout = row(self._icon, gap=10, margins=(24, 8, 24, 8))
        layout.addLayout(column(self._title, self._text, gap=1), 1)
        layout.addWidget(self.button)
        self.setLayout(layout)
        self.hide()

    def say(self, title: str, text: str, verb: str, *, is_alarm: bool) -> None:
        self._icon.set_icon(
            "shield-alert" if is_alarm else "shield-question-mark",
            "bad_text" if is_alarm else "warn_text",
        )
        self._ground = "bad_soft" if is_alarm else "warn_soft"
        self._title.set_text(title)
        self._text.set_text(text)
        self.button.set_text(verb)
        name_aloud(self, self._title.full_text())
        self.show()
        self.update()

    @property
    def text(self) -> str:
        return f"{self._title.full_text()} {self._text.full_text()}"

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), color(self._ground))
        painter.fillRect(0, self.height() - 1, self.width(), 1, color("line"))


class KeyNews(QObject):
    """Follows the keys of all open connections; an alarm comes before what is merely new."""

    asked = Signal(object)  # Desk

    def __init__(self, fleet: Fleet) -> None:
        super().__init__()
        self._fleet = fleet
        self.strip = KeyStrip()
        # Goes with the strip, which the shell owns.
        self.setParent(self.strip)
        self._desk: Desk | None = None
        self.strip.looked.connect(self._look)
        fleet.happened.connect(self._heard)
        fleet.changed.connect(self.show_first)
        self.show_first()

    def _heard(self, _desk: Desk, event: Event) -> None:
        if isinstance(event, KeysChanged | ClientsChanged):
            self.show_first()

    def _look(self) -> None:
        if self._desk is not None:
            self.asked.emit(self._desk)

    def show_first(self) -> None:
        """The strip follows what waits now."""
        waiting = [
            (desk, [one for one in desk.pins.waiting() if _waits(one)])
            for desk in self._fleet.open
            if not desk.is_locked and not desk.is_covered
        ]
        waiting = [(desk, lines) for desk, lines in waiting if lines]
        waiting.sort(key=lambda pair: all(one.state == "new" for one in pair[1]))
        if not waiting:
            self._desk = None
            self.strip.hide()
            return
        desk, lines = waiting[0]
        self._desk = desk
        alarms = [one for one in lines if one.state != "new"]
        title = _alarm(alarms) if alarms else _new(lines, is_first=desk.pins.is_first_sight)
        self.strip.say(
            of_connection(title, self._fleet, desk.connection.id),
            translate("KeyNews", "Nothing is written there; reading goes on.")
            if alarms
            else translate("KeyNews", "Nothing is written there until you accept their keys."),
            translate("KeyNews", "Look…"),
            is_alarm=bool(alarms),
        )


def _waits(line: PinLine) -> bool:
    """Whether somebody has to look; one that never opened is of no use and no news."""
    return line.state != "trusted" and not (line.at is None and line.state == "unreadable")


def _alarm(lines: list[PinLine]) -> str:
    first = lines[0]
    name = name_text(first)
    match first.state:
        case "changed":
            text = sentence(translate("KeyNews", "The key of {name} has changed."), name=name)
        case "unreadable":
            text = sentence(
                translate("KeyNews", "The key of {name} does not open any more."), name=name
            )
        case _:
            text = sentence(
                translate("KeyNews", "{name} has the same key as another client."), name=name
            )
    if len(lines) == 1:
        return text
    more = translate("KeyNews", "%Ln more key(s) to look at.", None, len(lines) - 1)
    return SafeText(f"{text} {more}")


def _new(lines: list[PinLine], *, is_first: bool) -> str:
    clients = [one for one in lines if one.kind == "organization"]
    if is_first or len(clients) != 1:
        return translate("KeyNews", "%Ln client(s) are new on this computer.", None, len(clients))
    return sentence(
        translate("KeyNews", "{name} is new on this computer."), name=name_text(clients[0])
    )
