"""Where a file is dropped or chosen: an open place, and the card of the file that was taken."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QDragEnterEvent,
    QDragLeaveEvent,
    QDropEvent,
    QKeyEvent,
    QMouseEvent,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.views.text import describe, name_aloud
from desktop.views.theme import color, u
from desktop.views.widgets.buttons import Button
from desktop.views.widgets.draw import fill_rounded, smooth_painter
from desktop.views.widgets.labels import IconMark, IconTile, Label
from desktop.views.widgets.layouts import column, row
from desktop.views.widgets.table import local_files


class FileDrop(QWidget):
    """A dashed place: drop a file, click, or press Enter to choose one."""

    dropped = Signal(object)
    """Path of the file."""
    asked = Signal()
    """The user wants to choose a file."""

    def __init__(
        self,
        text: str,
        hint: str = "",
        *,
        button: str = "",
        is_small: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._is_over = False
        self.setAcceptDrops(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setProperty("wants_ring", True)
        name_aloud(self, text)
        describe(self, hint)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        if is_small:
            self.setLayout(
                row(None, IconMark("file-down"), Label(text, "small", "text2"), None, gap=8)
            )
            self.setMinimumHeight(u(52))
            return
        title = Label(text, "medium")
        note = Label(hint, "small", "text2", wraps=True)
        for label in (title, note):
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        if not hint:
            note.hide()
        choose = Button(button, is_small=True)
        if not button:
            choose.hide()
        choose.clicked.connect(self.asked)
        self.setLayout(
            column(
                None,
                row(None, IconTile("file-down", side=44), None),
                title,
                note,
                row(None, choose, None),
                None,
                gap=8,
                margins=(24, 24, 24, 24),
            )
        )

    def sizeHint(self) -> QSize:
        return QSize(u(320), super().sizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = smooth_painter(self)
        box = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        if self._is_over:
            fill_rounded(painter, box, u(10), "accent_soft")
        painter.setBrush(Qt.BrushStyle.NoBrush)
        pen = QPen(color("accent" if self._is_over else "line2"), 1.5)
        pen.setDashPattern([4, 3])
        painter.setPen(pen)
        painter.drawRoundedRect(box, u(10), u(10))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self.asked.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space}:
            self.asked.emit()
        else:
            super().keyPressEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if local_files(event.mimeData().urls()):
            self._is_over = True
            self.update()
            event.acceptProposedAction()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self._is_over = False
        self.update()
        event.accept()

    def dropEvent(self, event: QDropEvent) -> None:
        self._is_over = False
        self.update()
        files: list[Path] = local_files(event.mimeData().urls())
        if files:
            event.acceptProposedAction()
            self.dropped.emit(files[0])


class FileCard(QWidget):
    """The file that was taken: its name, what it is, and the buttons for another one."""

    def __init__(
        self,
        name: str = "",
        facts: str = "",
        *buttons: QWidget,
        icon: str = "file-spreadsheet",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.name = Label(name, "medium")
        self.facts = Label(facts, "small", "text2")
        words = column(self.name, self.facts, gap=1)
        layout = row(IconMark(icon, "accent_text", 20), gap=14, margins=(16, 8, 12, 8))
        layout.addLayout(words, 1)
        for button in buttons:
            layout.addWidget(button)
        self.setLayout(layout)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_file(self, name: str, facts: str) -> None:
        self.name.set_text(name)
        self.facts.set_text(facts)

    def paintEvent(self, _event: QPaintEvent) -> None:
        fill_rounded(smooth_painter(self), self.rect().toRectF(), u(10), "surface", "line")
