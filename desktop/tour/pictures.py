"""Pictures of the window with its dialog, one file per screen, and contact sheets of them."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QRect, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPixmap
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from desktop.views.theme import font

SHEET_BYTES_MAX = 2_000_000
_COLUMNS = 4
_GAP = 16
_CAPTION = 26


def picture(window: QWidget) -> QPixmap:
    """The window as a person sees it, with the dialog that stands over it."""
    whole = window.grab()
    for dialog in QApplication.topLevelWidgets():
        if isinstance(dialog, QDialog) and dialog.isVisible():
            shot = dialog.grab()
            painter = QPainter(whole)
            x = (window.width() - dialog.width()) // 2
            y = max(40, (window.height() - dialog.height()) // 3)
            painter.fillRect(
                QRect(x - 1, y - 1, dialog.width() + 2, dialog.height() + 2), QColor(0, 0, 0, 60)
            )
            painter.drawPixmap(x, y, shot)
            painter.end()
    return whole


@dataclass
class Album:
    """Keeps every screen of one look: a file each, and all of them on one contact sheet."""

    folder: Path
    language: str
    appearance: str
    shots: list[tuple[str, QImage]] = field(default_factory=list)

    def take(self, window: QWidget, name: str) -> None:
        """Writes `<nn>-<name>-<language>-<theme>.png`."""
        shot = picture(window)
        file = f"{len(self.shots) + 1:02}-{name}-{self.language}-{self.appearance}.png"
        shot.save(str(self.folder / file))
        self.shots.append((name, shot.toImage()))

    def sheet(self) -> Path:
        """The contact sheet, under 2 MB."""
        path = self.folder / f"sheet-{self.language}-{self.appearance}.png"
        width = 420
        while True:
            data = _png(_sheet(self.shots, width, is_dark=self.appearance == "dark"))
            if len(data) < SHEET_BYTES_MAX or width < 120:
                break
            width = int(width * 0.85)
        path.write_bytes(data)
        return path


def _sheet(shots: list[tuple[str, QImage]], width: int, *, is_dark: bool) -> QImage:
    thumbs = [
        (name, image.scaledToWidth(width, Qt.TransformationMode.SmoothTransformation))
        for name, image in shots
    ]
    height = max(thumb.height() for _name, thumb in thumbs)
    rows = -(-len(thumbs) // _COLUMNS)
    whole = QImage(
        _GAP + _COLUMNS * (width + _GAP),
        _GAP + rows * (height + _CAPTION + _GAP),
        QImage.Format.Format_RGB32,
    )
    whole.fill(QColor("#0B0E0F") if is_dark else QColor("#D5DCDC"))
    painter = QPainter(whole)
    painter.setFont(font("small"))
    painter.setPen(QColor("#E6ECEC") if is_dark else QColor("#141D1E"))
    for number, (name, thumb) in enumerate(thumbs):
        thumb.setDevicePixelRatio(1.0)
        x = _GAP + number % _COLUMNS * (width + _GAP)
        y = _GAP + number // _COLUMNS * (height + _CAPTION + _GAP)
        painter.drawText(QRect(x, y, width, _CAPTION), Qt.AlignmentFlag.AlignVCenter, name)
        painter.drawImage(x, y + _CAPTION, thumb)
    painter.end()
    return whole


def _png(image: QImage) -> bytes:
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]  # the stubs say bytes, Qt wants str
    return bytes(data.data())
