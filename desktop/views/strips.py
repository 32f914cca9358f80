"""Strips over the page: practice over the whole window, offline over the page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QLinearGradient, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.views.text import sentence
from desktop.views.theme import color, u
from desktop.views.widgets.buttons import Button
from desktop.views.widgets.labels import IconMark, Label
from desktop.views.widgets.layouts import Pane, row

if TYPE_CHECKING:
    from collections.abc import Callable

    from desktop.domain.ids import RunId
    from desktop.services.run_types import WaitingRun


class PracticeRibbon(QWidget):
    """Says that nothing leaves this computer; holds the inbox and the cut of the network."""

    inbox_asked = Signal()
    cut_toggled = Signal(bool)
    real_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.inbox = Button(self.tr("Practice inbox"), "on_petrol", icon="inbox", is_small=True)
        self.inbox.clicked.connect(self.inbox_asked)
        self.cut = Button(self.tr("Cut the network"), "on_petrol", icon="unplug", is_small=True)
        self.cut.setCheckable(True)
        self.cut.toggled.connect(self._cut)
        self.real = Button(self.tr("Connect a real account…"), "on_petrol", is_small=True)
        self.real.clicked.connect(self.real_asked)
        text = Label(self.tr("Nothing leaves this computer."), "body", "on_petrol2")
        self.setLayout(
            row(
                IconMark("graduation-cap", "brass"),
                Label(self.tr("Practice"), "strong", "on_petrol"),
                text,
                None,
                self.inbox,
                self.cut,
                self.real,
                gap=10,
                margins=(24, 6, 24, 6),
            )
        )
        self.setFixedHeight(u(42))

    def set_mails(self, count: int) -> None:
        name = self.tr("Practice inbox")
        self.inbox.set_text(f"{name} {self.locale().toString(count)}" if count else name)

    def _cut(self, is_cut: bool) -> None:
        self.cut.set_text(self.tr("Restore the network") if is_cut else self.tr("Cut the network"))
        self.cut_toggled.emit(is_cut)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        blend = QLinearGradient(0, 0, self.width(), 0)
        blend.setColorAt(0, color("petrol_top"))
        blend.setColorAt(1, color("petrol_bottom"))
        painter.fillRect(self.rect(), blend)


class OfflineStrip(Pane):
    """One line: why writing is off, how old the picture is, one way out."""

    retry_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("warn_soft", "b", parent=parent)
        self._icon = IconMark("cloud-off", "warn_text")
        self._text = Label("", "body", "warn")
        self._button = Button(self.tr("Try again"), is_small=True)
        self._button.clicked.connect(self.retry_asked)
        self.setLayout(
            row(self._icon, self._text, None, self._button, gap=10, margins=(24, 4, 24, 4))
        )
        self.setFixedHeight(u(38))
        self.hide()

    def say(self, text: str, icon: str = "cloud-off", verb: str = "") -> None:
        self._icon.set_icon(icon)
        self._text.set_text(text)
        self._button.set_text(verb or self.tr("Try again"))
        self.setAccessibleName(text)
        self.show()

    @property
    def text(self) -> str:
        return self._text.full_text()


class WaitingStrip(Pane):
    """One line for a run that was interrupted: continue it, or leave it be."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("accent_soft", "b", parent=parent)
        self._text = Label("", "body")
        self._run: RunId | None = None
        self._go_on: Callable[[RunId], None] | None = None
        self._abandon: Callable[[RunId], None] | None = None
        self.continue_button = Button(self.tr("Continue the run"), is_small=True)
        self.continue_button.setObjectName("continue_run")
        self.continue_button.clicked.connect(lambda: self._answer(self._go_on))
        leave = Button(self.tr("Do not offer again"), "ghost", is_small=True)
        leave.clicked.connect(lambda: self._answer(self._abandon))
        self.setLayout(
            row(
                IconMark("circle-pause", "accent_text"),
                self._text,
                None,
                leave,
                self.continue_button,
                gap=10,
                margins=(24, 4, 24, 4),
            )
        )
        self.setFixedHeight(u(38))
        self.hide()

    def offer(
        self,
        waiting: WaitingRun,
        go_on: Callable[[RunId], None],
        abandon: Callable[[RunId], None],
    ) -> None:
        self._run, self._go_on, self._abandon = waiting.run, go_on, abandon
        self._text.set_text(
            sentence(
                self.tr("A run for {client} was interrupted at step {done} of {total}."),
                client=waiting.client_name,
                done=waiting.done,
                total=waiting.total,
            )
        )
        self.setAccessibleName(self._text.full_text())
        self.show()

    def _answer(self, work: Callable[[RunId], None] | None) -> None:
        self.hide()
        if work is not None and self._run is not None:
            work(self._run)
