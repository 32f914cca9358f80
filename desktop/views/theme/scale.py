"""Sizes that outlive a change of the text size: remembered at 100 %, applied again."""

from __future__ import annotations

from typing import Final

from PySide6.QtWidgets import QApplication, QBoxLayout, QWidget

from desktop.views.theme.current import u

_LAYOUT: Final = "at_100"
_WIDTH: Final = "width_at_100"
_HEIGHT: Final = "height_at_100"


def keep_layout(layout: QBoxLayout, gap: int, margins: tuple[int, int, int, int]) -> None:
    """Spacing and margins in pixels at 100 %."""
    layout.setProperty(_LAYOUT, [gap, *margins])
    _lay_out(layout)


def keep_width(widget: QWidget, width: int) -> None:
    """A fixed width in pixels at 100 %."""
    widget.setProperty(_WIDTH, width)
    widget.setFixedWidth(u(width))


def keep_height(widget: QWidget, height: int) -> None:
    """A fixed height in pixels at 100 %."""
    widget.setProperty(_HEIGHT, height)
    widget.setFixedHeight(u(height))


def _lay_out(layout: QBoxLayout) -> None:
    kept = layout.property(_LAYOUT)
    if isinstance(kept, list) and len(kept) == 5:
        gap, left, top, right, bottom = (u(number) for number in kept)
        layout.setSpacing(gap)
        layout.setContentsMargins(left, top, right, bottom)


def rescale_all() -> None:
    """Applies every remembered size at the text size of now."""
    for widget in QApplication.allWidgets():
        if isinstance(width := widget.property(_WIDTH), int):
            widget.setFixedWidth(u(width))
        if isinstance(height := widget.property(_HEIGHT), int):
            widget.setFixedHeight(u(height))
        if (top := widget.layout()) is not None:
            for layout in (top, *top.findChildren(QBoxLayout)):
                if isinstance(layout, QBoxLayout):
                    _lay_out(layout)
