"""Shadows of floating things: blurred once per look, then stretched as nine patches."""

from __future__ import annotations

from functools import cache

from PySide6.QtCore import QMargins, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPixmap
from PySide6.QtWidgets import QGraphicsBlurEffect, QGraphicsPixmapItem, QGraphicsScene

from desktop.views.theme import current, u

_CORE = 24


@cache
def _blurred(blur: int, radius: int, alpha: int, ratio: float) -> QPixmap:
    """A rounded square with soft edges; `blur` pixels of room on every side."""
    side = 2 * blur + 2 * radius + _CORE
    sharp = QImage(
        round(side * ratio), round(side * ratio), QImage.Format.Format_ARGB32_Premultiplied
    )
    sharp.fill(Qt.GlobalColor.transparent)
    painter = QPainter(sharp)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.scale(ratio, ratio)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(8, 20, 22, alpha))
    box = QRectF(0, 0, side, side).adjusted(blur, blur, -blur, -blur)
    painter.drawRoundedRect(box, radius, radius)
    painter.end()
    scene = QGraphicsScene()
    item = QGraphicsPixmapItem(QPixmap.fromImage(sharp))
    effect = QGraphicsBlurEffect()
    effect.setBlurRadius(blur * ratio)
    item.setGraphicsEffect(effect)
    scene.addItem(item)
    soft = QImage(sharp.size(), QImage.Format.Format_ARGB32_Premultiplied)
    soft.fill(Qt.GlobalColor.transparent)
    painter = QPainter(soft)
    scene.render(painter, QRectF(soft.rect()), QRectF(sharp.rect()))
    painter.end()
    return QPixmap.fromImage(soft)


def draw_shadow(painter: QPainter, box: QRect, radius: int, *, is_dialog: bool = False) -> None:
    """Paints the shadow of `box`; it needs about `shadow_margin` of room around."""
    theme = current()
    if theme.is_high_contrast:
        return
    blur = u(31 if is_dialog else 20)
    drop = u(11 if is_dialog else 7)
    alpha = round(255 * (0.7 if theme.tokens.is_dark else 0.3))
    ratio = painter.device().devicePixelRatioF()
    image = _blurred(blur, radius, alpha, ratio)
    edge = blur + radius
    target = box.translated(0, drop).marginsAdded(QMargins(blur, blur, blur, blur))
    side = image.width() / ratio
    xs = (target.x(), target.x() + edge, target.right() + 1 - edge, target.right() + 1)
    ys = (target.y(), target.y() + edge, target.bottom() + 1 - edge, target.bottom() + 1)
    cuts = (0.0, float(edge), side - edge, side)
    for column in range(3):
        for row in range(3):
            part = QRectF(
                cuts[column] * ratio,
                cuts[row] * ratio,
                (cuts[column + 1] - cuts[column]) * ratio,
                (cuts[row + 1] - cuts[row]) * ratio,
            )
            spot = QRectF(xs[column], ys[row], xs[column + 1] - xs[column], ys[row + 1] - ys[row])
            if spot.width() > 0 and spot.height() > 0:
                painter.drawPixmap(spot, image, part)


def shadow_margin() -> int:
    """Room a floating thing keeps around itself for its shadow."""
    return u(24)
