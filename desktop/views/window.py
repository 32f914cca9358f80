"""The one window: start page, shell or wizard, under the practice ribbon. Remembers its place."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
from PySide6.QtCore import QEvent, QPoint, QRect, Qt, Signal
from PySide6.QtGui import (
    QCloseEvent,
    QDragEnterEvent,
    QDropEvent,
    QGuiApplication,
    QPaintEvent,
)
from PySide6.QtWidgets import QApplication, QMainWindow, QStackedWidget, QWidget

from desktop.settings.preferences import WindowPlace
from desktop.views.text import entitle
from desktop.views.theme import u
from desktop.views.widgets.layouts import column, holder

if TYPE_CHECKING:
    from desktop.settings.preferences import PreferencesFile


class Window(QMainWindow):
    """Shows one screen at a time; what happens on it is none of its business."""

    painted = Signal()  # once, after the first frame
    closing = Signal()  # the window wants to close; whoever listens calls `let_close`
    dropped = Signal(object, object)  # Path, position in window coordinates
    activated = Signal()

    def __init__(self, preferences: PreferencesFile) -> None:
        super().__init__()
        self._preferences = preferences
        self._was_painted = False
        self._may_close = False
        entitle(self, "Claviger")
        self.setMinimumSize(960, 600)
        self.setAcceptDrops(True)
        self._screens = QStackedWidget()
        self._ribbon_place = column(gap=0)
        self.setCentralWidget(holder(column(self._ribbon_place, self._screens, gap=0)))
        self._restore_place()

    def show_screen(self, screen: QWidget) -> None:
        """Makes `screen` the visible one; it stays until removed."""
        if self._screens.indexOf(screen) < 0:
            self._screens.addWidget(screen)
        self._screens.setCurrentWidget(screen)
        screen.setFocus()

    def remove_screen(self, screen: QWidget) -> None:
        """Takes a screen away for good (T81: its decrypted rows go with it)."""
        self._screens.removeWidget(screen)
        screen.setParent(None)
        screen.deleteLater()

    @property
    def screen_widget(self) -> QWidget | None:
        return self._screens.currentWidget()

    def set_ribbon(self, ribbon: QWidget | None) -> None:
        while (item := self._ribbon_place.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.setParent(None)
                widget.deleteLater()
        if ribbon is not None:
            self._ribbon_place.addWidget(ribbon)

    def come_forward(self) -> None:
        """Somebody started the program again: this is the window they want to see (T53)."""
        self.setWindowState(self.windowState() & ~Qt.WindowState.WindowMinimized)
        self.show()
        self.raise_()
        self.activateWindow()
        # Where a program may not take the front itself, its entry in the task bar asks for it.
        QApplication.alert(self)

    def let_close(self) -> None:
        """The answer to `closing`: everything is put away, the window may go."""
        self._may_close = True
        self.close()

    # --- Qt ---------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._was_painted:
            self._was_painted = True
            self.painted.emit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.ActivationChange and self.isActiveWindow():
            self.activated.emit()

    def closeEvent(self, event: QCloseEvent) -> None:
        self._keep_place()
        if self._may_close:
            event.accept()
            return
        event.ignore()
        self.closing.emit()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if _files(event):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        files = _files(event)
        if files:
            event.acceptProposedAction()
            self.dropped.emit(files[0], event.position().toPoint())

    # --- place ------------------------------------------------------------------------------

    def _restore_place(self) -> None:
        place = self._preferences.get().window
        if place is None:
            self.resize(u(1280), u(800))
            return
        wanted = QRect(place.x, place.y, place.width, place.height)
        # A screen that is no longer there must not swallow the window.
        if any(screen.geometry().intersects(wanted) for screen in QGuiApplication.screens()):
            self.setGeometry(wanted)
        else:
            self.resize(place.width, place.height)
        if place.maximized:
            self.showMaximized()

    def _keep_place(self) -> None:
        box = self.normalGeometry() if self.isMaximized() else self.geometry()
        place = WindowPlace(
            x=box.x(),
            y=box.y(),
            width=box.width(),
            height=box.height(),
            maximized=self.isMaximized(),
        )
        if msgspec.structs.asdict(place) != _plain(self._preferences.get().window):
            self._preferences.change(window=place)


def _plain(place: WindowPlace | None) -> dict[str, object] | None:
    return None if place is None else msgspec.structs.asdict(place)


def _files(event: QDropEvent) -> list[Path]:
    """The local files of a drag; nothing is opened or followed here."""
    return [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]


def position_in(window: QWidget, target: QWidget, position: QPoint) -> QPoint:
    """`position` of `window` in the coordinates of `target`."""
    return target.mapFrom(window, position)
