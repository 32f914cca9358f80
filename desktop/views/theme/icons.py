"""Lucide icons as tinted pixmaps, read one by one from the package's zip.

Source: Lucide 0.575 (ISC). Stroke widths follow the size, so that a row has one icon weight.
"""

from __future__ import annotations

from functools import cache
from typing import Final

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QGuiApplication, QIcon, QImage, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from desktop.views.theme.current import current, u
from desktop.views.theme.icon_zip import IconZip
from desktop.views.theme.package_files import package_folder

_PACKAGE: Final = "justmyresource_lucide"


@cache
def _zip() -> IconZip:
    return IconZip(package_folder(_PACKAGE) / "icons.zip")


@cache
def svg_text(name: str) -> str:
    """The SVG source of one icon. KeyError if there is none of that name."""
    return _zip().read(f"{name}.svg").decode()


def _stroke(size: float) -> float:
    if size >= 20:
        return 1.6
    return 1.75 if size >= 15 else 2.1


@cache
def _rendered(name: str, rgba: str, pixels: int, ratio: float, stroke: float) -> QPixmap:
    source = (
        svg_text(name)
        .replace("currentColor", rgba)
        .replace('stroke-width="2"', f'stroke-width="{stroke}"')
    )
    side = max(1, round(pixels * ratio))
    image = QImage(side, side, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    QSvgRenderer(QByteArray(source.encode())).render(painter, QRectF(0, 0, side, side))
    painter.end()
    image.setDevicePixelRatio(ratio)
    return QPixmap.fromImage(image)


def clear_icons() -> None:
    """Drops every rendered icon, after a change of theme or screen."""
    _rendered.cache_clear()


def pixmap(name: str, ink: str = "text2", size: float = 16, ratio: float = 0) -> QPixmap:
    """An icon in a token's colour, `size` pixels at 100 %; ratio 0 means the screen's."""
    made = QColor(getattr(current().tokens, ink))
    wanted = ratio or (QGuiApplication.primaryScreen().devicePixelRatio() or 1.0)
    return _rendered(name, made.name(), u(size), wanted, _stroke(size))


def paint_icon(  # noqa: PLR0917 - a drawing function
    painter: QPainter, name: str, token: str, x: float, y: float, size: float = 16
) -> None:
    """Draws an icon with its top left corner at (x, y), sharp at the device's ratio."""
    # The transform counts as well: rendering into an image scales the painter, not the device.
    ratio = max(painter.device().devicePixelRatioF(), painter.deviceTransform().m11())
    painter.drawPixmap(round(x), round(y), pixmap(name, token, size, ratio))


def icon(name: str, ink: str = "text2", size: float = 16) -> QIcon:
    """A QIcon for places that insist on one (actions, line edits): normal and disabled."""
    made = QIcon()
    for ratio in (1.0, 2.0, 3.0):
        made.addPixmap(pixmap(name, ink, size, ratio), QIcon.Mode.Normal)
        made.addPixmap(pixmap(name, ink, size, ratio), QIcon.Mode.Selected)
        made.addPixmap(pixmap(name, "text3", size, ratio), QIcon.Mode.Disabled)
    return made


def icon_size(size: float = 16) -> QSize:
    """The size to ask of an `icon`."""
    return QSize(u(size), u(size))
