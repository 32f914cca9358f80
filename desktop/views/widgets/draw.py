"""Drawing functions shared by widgets and delegates: they paint from the current theme's tokens."""

from __future__ import annotations

import math
import zlib
from typing import Final

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QLinearGradient, QPainter, QPainterPath, QPen
from PySide6.QtWidgets import QWidget

from desktop.domain.limits import SHOWN_LINE
from desktop.views.theme import color, current, font, metrics, paint_icon, sized_font, text_width, u

# Teal and red are left out: they would read as chosen or as danger.
_HUES: Final = (32, 50, 84, 112, 140, 224, 240, 262, 286, 318)
_TONES: Final = {
    "neutral": ("text2", "info_soft"),
    "ok": ("ok_text", "ok_soft"),
    "warn": ("warn_text", "warn_soft"),
    "bad": ("bad_text", "bad_soft"),
    "accent": ("accent_text", "accent_soft"),
}
_WARN_SHARE: Final = 0.9
# Flags as plain numbers: joining Qt's enums in Python costs more than drawing a short word.
_MIDDLE: Final = Qt.AlignmentFlag.AlignVCenter.value | Qt.TextFlag.TextSingleLine.value
_LINE_FLAGS: Final = {
    align: align.value | _MIDDLE
    for align in (
        Qt.AlignmentFlag.AlignLeft,
        Qt.AlignmentFlag.AlignRight,
        Qt.AlignmentFlag.AlignHCenter,
    )
}


def tone_tokens(tone: str) -> tuple[str, str]:
    """Token of the text and of the soft fill for a tone."""
    return _TONES.get(tone, _TONES["neutral"])


def text_token(tone: str) -> str:
    """Token for a word in a tone; any other name is a token already."""
    named = {"ok": "ok_text", "warn": "warn_text", "bad": "bad_text", "accent": "accent_text"}
    return named.get(tone, "text2" if tone == "neutral" else tone)


def smooth_painter(widget: QWidget) -> QPainter:
    """A painter with smooth edges; high contrast keeps them too."""
    painter = QPainter(widget)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    return painter


def fill_rounded(  # noqa: PLR0917 - a drawing function
    painter: QPainter,
    rect: QRectF,
    radius: float,
    fill: str | QColor | None,
    edge: str | QColor | None = None,
    width: float = 1.0,
) -> None:
    """A rounded box whose edge lies inside `rect`, so that one pixel stays one pixel."""
    box = QRectF(rect)
    if edge is not None:
        inset = width / 2
        box.adjust(inset, inset, -inset, -inset)
        painter.setPen(QPen(color(edge) if isinstance(edge, str) else edge, width))
    else:
        painter.setPen(Qt.PenStyle.NoPen)
    if fill is None:
        painter.setBrush(Qt.BrushStyle.NoBrush)
    else:
        painter.setBrush(color(fill) if isinstance(fill, str) else fill)
    painter.drawRoundedRect(box, radius, radius)


def focus_ring(painter: QPainter, rect: QRectF, radius: float) -> None:
    """The 2 px ring, inside `rect`."""
    fill_rounded(painter, rect, radius, None, "focus", 2.0)


def draw_text(
    painter: QPainter,
    rect: QRect,
    text: str,
    token: str,
    role: str = "body",
    *,
    align: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft,
    tabular: bool = False,
) -> int:
    """One line, elided at its end; returns the width it took."""
    wide = text_width(text, role, tabular=tabular)
    if wide > rect.width():
        measures = metrics(role, tabular=tabular)
        text = measures.elidedText(text, Qt.TextElideMode.ElideRight, rect.width())
        wide = min(text_width(text, role, tabular=tabular), rect.width())
    painter.setFont(font(role, tabular=tabular))
    painter.setPen(color(token))
    flags = _LINE_FLAGS.get(align) or (align.value | _MIDDLE)
    painter.drawText(rect, flags, text)
    return wide


def badge_width(text: str, *, has_icon: bool = False) -> int:
    """Width a badge needs for its text."""
    return metrics("caption").horizontalAdvance(text) + u(14) + (u(16) if has_icon else 0)


def draw_badge(
    painter: QPainter, rect: QRect, text: str, tone: str = "neutral", icon: str = ""
) -> None:
    """A badge that fills `rect`, which is 20 high."""
    ink, soft = tone_tokens(tone)
    fill_rounded(painter, QRectF(rect), u(5), soft)
    inside = rect.adjusted(u(7), 0, -u(7), 0)
    if icon:
        paint_icon(painter, icon, ink, inside.x(), rect.center().y() - u(6) + 1, 12)
        inside.adjust(u(16), 0, 0, 0)
    draw_text(painter, inside.adjusted(0, 0, 2, 0), text, ink, "caption")


def count_width(text: str) -> int:
    """Width a count pill needs for its text."""
    return max(u(20), metrics("caption").horizontalAdvance(text) + u(12))


def draw_count(painter: QPainter, rect: QRect, text: str, tone: str = "neutral") -> None:
    """A count in a pill."""
    ink, soft = tone_tokens(tone)
    fill_rounded(painter, QRectF(rect), rect.height() / 2, soft)
    draw_text(painter, rect, text, ink, "caption", align=Qt.AlignmentFlag.AlignHCenter)


def seat_tone(used: int, total: int) -> str:
    """Tone of a seat bar and of the number beside it: neutral, warn from 90 %, bad when full."""
    if not total:
        return "bad" if used else "neutral"
    if used >= total:
        return "bad"
    return "warn" if used / total >= _WARN_SHARE else "neutral"


def draw_bar(
    painter: QPainter, rect: QRectF, share: float, fill: str = "bar", track: str = "track"
) -> None:
    """A bar with full radius; even a small share shows as a dot of the bar's height."""
    radius = rect.height() / 2
    fill_rounded(painter, rect, radius, track)
    if share > 0:
        part = QRectF(rect)
        part.setWidth(max(rect.height(), rect.width() * min(1.0, share)))
        fill_rounded(painter, part, radius, fill)


def draw_seat_bar(painter: QPainter, rect: QRectF, used: int, total: int) -> None:
    """Seats used of seats assigned."""
    fills = {"neutral": "bar", "warn": "warn_fill", "bad": "bad_fill"}
    share = used / total if total else float(used > 0)
    draw_bar(painter, rect, share, fills[seat_tone(used, total)])


def initials(name: str) -> str:
    """Two letters: of the first and the next capitalised word, or the first two of one word."""
    start = name[:SHOWN_LINE].split("@", maxsplit=1)[0]  # never all of two million characters
    words = "".join(c if c.isalnum() else " " for c in start).split()
    if not words:
        return "?"
    if len(words) == 1:
        return words[0][:2].upper()
    # "van der" and their like are passed over when a capital follows.
    second = next((word for word in words[1:] if word[0].isupper() and len(word) > 1), words[1])
    return (words[0][0] + second[0]).upper()


def avatar_hue(key: str) -> int:
    """Hue in degrees, the same for an id on every computer."""
    return _HUES[zlib.crc32(key.encode("utf-8", "surrogatepass")) % len(_HUES)]


def draw_avatar(
    painter: QPainter, rect: QRectF, key: str, name: str, *, is_person: bool = False
) -> None:
    """Organizations are square, people round; the hue comes from the id."""
    hue = avatar_hue(key) / 360
    if current().tokens.is_dark:
        fill, ink = QColor.fromHslF(hue, 0.24, 0.26), QColor.fromHslF(hue, 0.43, 0.83)
    else:
        fill, ink = QColor.fromHslF(hue, 0.36, 0.85), QColor.fromHslF(hue, 0.47, 0.23)
    if current().is_high_contrast:
        fill, ink = color("surface"), color("text")
    side = rect.width()
    fill_rounded(painter, rect, side / 2 if is_person else side / 4, fill)
    painter.setFont(_avatar_font(side))
    painter.setPen(ink)
    painter.drawText(rect, int(Qt.AlignmentFlag.AlignCenter), initials(name))


_avatar_fonts: dict[float, QFont] = {}


def _avatar_font(side: float) -> QFont:
    if side not in _avatar_fonts:
        _avatar_fonts[side] = sized_font(side * 0.4, 600)
    return _avatar_fonts[side]


def draw_dot(painter: QPainter, area: QRect, fill: QColor | str, side: int = 8) -> None:
    """A dot of `side` logical pixels at the left of `area`, upright in its middle; `#RRGGBB`, a
    token, or a colour. Colour alone says nothing: a word stands beside it.
    """
    if isinstance(fill, str) and fill.startswith("#"):
        fill = color("text2") if current().is_high_contrast else QColor(fill)
    top = area.y() + (area.height() - u(side)) / 2
    fill_rounded(painter, QRectF(area.x(), top, u(side), u(side)), u(side) / 2, fill)


def draw_check(
    painter: QPainter, rect: QRectF, state: Qt.CheckState, *, enabled: bool = True
) -> None:
    """A checkbox of 16: empty, ticked or with a bar for some."""
    if state == Qt.CheckState.Unchecked:
        fill_rounded(
            painter,
            rect,
            u(4),
            "field_fill" if enabled else "sunken",
            "field" if enabled else "line2",
            1.25,
        )
        return
    fill_rounded(painter, rect, u(4), "accent" if enabled else "line2")
    pen = QPen(color("on"), u(2), Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    x, y, side = rect.x(), rect.y(), rect.width()
    if state == Qt.CheckState.PartiallyChecked:
        painter.drawLine(
            QPointF(x + side * 0.28, y + side / 2), QPointF(x + side * 0.72, y + side / 2)
        )
        return
    tick = QPainterPath(QPointF(x + side * 0.25, y + side * 0.52))
    tick.lineTo(x + side * 0.43, y + side * 0.70)
    tick.lineTo(x + side * 0.75, y + side * 0.32)
    painter.drawPath(tick)


def draw_radio(painter: QPainter, rect: QRectF, *, is_on: bool, enabled: bool = True) -> None:
    """A radio button of 16: chosen is a filled disc with a light middle."""
    if not is_on:
        edge = "field" if enabled else "line2"
        fill_rounded(painter, rect, rect.width() / 2, "field_fill", edge, 1.25)
        return
    fill_rounded(painter, rect, rect.width() / 2, "accent" if enabled else "line2")
    inner = rect.width() * 0.3
    fill_rounded(painter, rect.adjusted(inner, inner, -inner, -inner), inner, "on")


def draw_ring(painter: QPainter, rect: QRectF, turn: float) -> None:
    """A ring that works: a quarter arc over its track; `turn` is 0 to 1."""
    width = max(1.5, rect.width() / 7)
    box = rect.adjusted(width / 2, width / 2, -width / 2, -width / 2)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(color("accent_edge"), width))
    painter.drawEllipse(box)
    painter.setPen(
        QPen(color("accent_text"), width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap)
    )
    painter.drawArc(box, round((90 - 360 * turn) * 16), -110 * 16)


def draw_mark(painter: QPainter, rect: QRectF, *, has_tile: bool = True) -> None:
    """The mark on its 32 grid: a key whose bow is an open ring, closed by a brass dot."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.translate(rect.topLeft())
    painter.scale(rect.width() / 32, rect.height() / 32)
    if has_tile:
        blend = QLinearGradient(0, 0, 0, 32)
        blend.setColorAt(0, QColor("#117387"))
        blend.setColorAt(1, QColor("#0A4B5A"))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(blend)
        painter.drawRoundedRect(QRectF(0, 0, 32, 32), 7.5, 7.5)
    is_small = rect.width() <= 18
    ink = QColor("#FFFFFF") if has_tile else color("text")
    painter.setPen(
        QPen(ink, 3.1 if is_small else 2.7, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap)
    )
    painter.setBrush(Qt.BrushStyle.NoBrush)
    centre = QPointF(18.6, 13.4)
    start = _angle(centre, QPointF(19.28, 7.84))
    end = _angle(centre, QPointF(24.16, 12.72))
    sweep = (end - start) % 360
    bow = QRectF(centre.x() - 5.6, centre.y() - 5.6, 11.2, 11.2)
    painter.drawArc(bow, round(start * 16), round(sweep * 16))
    painter.drawLine(QPointF(14.64, 17.36), QPointF(8.2, 23.8))
    painter.drawLine(QPointF(8.33, 23.67), QPointF(10.58, 25.92))
    if not is_small:
        painter.drawLine(QPointF(11.29, 20.71), QPointF(13.24, 22.66))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor("#E9B44C"))
    painter.drawEllipse(QPointF(22.56, 9.44), 1.9, 1.9)
    painter.restore()


def _angle(centre: QPointF, point: QPointF) -> float:
    """Degrees as Qt counts them: from three o'clock, against the clock."""
    return math.degrees(math.atan2(centre.y() - point.y(), point.x() - centre.x())) % 360
