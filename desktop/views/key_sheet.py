"""The accepted keys on paper, for the safe: fingerprints, never keys.

Drawn line by line, a page at a time, so that the window goes on between two pages.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication, QLocale, QPointF, QRectF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPageSize, QPainter, QPen
from PySide6.QtPrintSupport import QPrinter

from desktop.views.key_words import how_text, kind_text, name_text
from desktop.views.moments import local_time, moment_text
from desktop.views.text import shown
from desktop.views.theme.fonts import sized_font

if TYPE_CHECKING:
    from datetime import datetime

    from desktop.services.pins import PinLine

translate = QCoreApplication.translate
# Parts of the page's width: whose, name, fingerprint, since when and how.
_COLUMNS: Final = (0.14, 0.26, 0.31, 0.29)
_POINTS: Final = 8.5
_MARGIN_MM: Final = 15.0
_MM_PER_INCH: Final = 25.4


@dataclass(frozen=True)
class Sheet:
    """What stands on the paper: whose keys, of when, and the lines."""

    provider: str
    account: str
    server: str
    at: datetime
    lines: Sequence[PinLine]


def new_printer() -> QPrinter:
    """For A4 upright; a dialog chooses the rest."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    printer.setDocName("Claviger keys")
    return printer


async def print_sheet(printer: QPrinter, sheet: Sheet) -> int:
    """How many pages were printed; 0 where the printer does not begin."""
    painter = QPainter()
    if not painter.begin(printer):
        return 0
    try:
        return await _Press(printer, painter, sheet).run()
    finally:
        painter.end()


class _Press:
    def __init__(self, printer: QPrinter, painter: QPainter, sheet: Sheet) -> None:
        self._printer, self._painter, self._sheet = printer, painter, sheet
        scale = printer.resolution() / 72
        self._plain = sized_font(_POINTS * scale, 400)
        self._strong = sized_font(_POINTS * scale, 600)
        self._title = sized_font(_POINTS * 1.8 * scale, 600)
        self._mono = sized_font(_POINTS * scale, 400, mono=True)
        self._row = QFontMetricsF(self._plain).height() * 1.75
        margin = _MARGIN_MM / _MM_PER_INCH * printer.resolution()
        page = printer.pageLayout().paintRectPixels(printer.resolution()).toRectF()
        self._area = QRectF(margin, margin, page.width() - 2 * margin, page.height() - 2 * margin)
        self._y = 0.0

    async def run(self) -> int:
        lines = [one for one in self._sheet.lines if one.at is not None]
        self._head()
        pages, left = 1, list(lines)
        while left:
            if self._y + 2 * self._row > self._area.bottom():
                self._foot(pages)
                self._printer.newPage()
                pages += 1
                # The window goes on between two pages.
                await asyncio.sleep(0)
                self._y = self._area.top()
                self._captions()
            self._line(left.pop(0))
        self._foot(pages)
        return pages

    def _head(self) -> None:
        sheet, area = self._sheet, self._area
        self._y = area.top()
        self._text(translate("KeySheet", "Accepted keys"), self._title, 0.0, 1.0, 2.2)
        for name, value in (
            (translate("KeySheet", "Provider"), sheet.provider),
            (translate("KeySheet", "Account"), sheet.account),
            (translate("KeySheet", "Server"), sheet.server),
            (translate("KeySheet", "Printed"), moment_text(sheet.at)),
        ):
            if value:
                self._text(name, self._plain, 0.0, _COLUMNS[0], 0.0)
                self._text(value, self._strong, _COLUMNS[0], 1 - _COLUMNS[0])
        self._y += self._row / 2
        self._text(
            translate(
                "KeySheet",
                "These are fingerprints, no keys. Keep the sheet where no computer can change it, "
                "and compare it with Settings, Keys, when Claviger says that a key changed.",
            ),
            self._plain,
            0.0,
            1.0,
            2.4,
        )
        self._captions()

    def _captions(self) -> None:
        captions = (
            translate("KeySheet", "Whose"),
            translate("KeySheet", "Name"),
            translate("KeySheet", "Fingerprint"),
            translate("KeySheet", "Accepted"),
        )
        left = 0.0
        for caption, width in zip(captions, _COLUMNS, strict=True):
            self._text(caption, self._strong, left, width, 0.0)
            left += width
        self._y += self._row
        self._rule(1.2)

    def _line(self, line: PinLine) -> None:
        day = ""
        if line.at is not None:
            day = QLocale().toString(local_time(line.at).date(), "d MMM yyyy")
        accepted = ", ".join(part for part in (day, how_text(line)) if part)
        cells = (
            (kind_text(line), self._plain),
            (name_text(line), self._strong),
            (line.short, self._mono),
            (accepted, self._plain),
        )
        left = 0.0
        for (text, used), width in zip(cells, _COLUMNS, strict=True):
            self._text(text, used, left, width, 0.0)
            left += width
        self._y += self._row
        self._rule(0.4)

    def _foot(self, page: int) -> None:
        text = translate("KeySheet", "Page {number}").format(number=QLocale().toString(page))
        spot = QRectF(self._area.left(), self._area.bottom(), self._area.width(), self._row)
        self._painter.setFont(self._plain)
        self._painter.drawText(spot, int(Qt.AlignmentFlag.AlignRight), text)

    def _text(self, text: str, used: QFont, left: float, width: float, rows: float = 1.0) -> None:
        """Plain text in one cell; what is too long for one line ends in dots."""
        area, high = self._area, self._row * max(rows, 1.0)
        spot = QRectF(
            area.left() + left * area.width(), self._y, width * area.width() - self._row / 3, high
        )
        self._painter.setFont(used)
        flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        said = shown(text)
        if rows > 1.0:
            wraps = int(flags) | int(Qt.TextFlag.TextWordWrap)
            self._painter.drawText(spot, wraps, said)
        else:
            metrics = QFontMetricsF(used)
            short = metrics.elidedText(said, Qt.TextElideMode.ElideRight, spot.width())
            self._painter.drawText(spot, int(flags), short)
        self._y += self._row * rows

    def _rule(self, points: float) -> None:
        pen = QPen(Qt.GlobalColor.black)
        pen.setWidthF(points * self._printer.resolution() / 72 / 2)
        self._painter.setPen(pen)
        y = self._y
        self._painter.drawLine(QPointF(self._area.left(), y), QPointF(self._area.right(), y))
