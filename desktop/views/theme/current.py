"""The theme in force: one immutable object, replaced whole when anything about it changes.

Painted widgets ask for it inside `paintEvent` and never keep a copy.
"""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtGui import QColor

from desktop.views.theme.tokens import LIGHT, Tokens


@dataclass(frozen=True)
class Theme:
    """Everything that decides the look of a frame. `scale` is the text size, 1.0 to 2.0."""

    tokens: Tokens = LIGHT
    scale: float = 1.0
    is_compact: bool = False
    reduces_motion: bool = False
    is_high_contrast: bool = False

    def color(self, name: str) -> QColor:
        """A colour by the name of its token."""
        return QColor(getattr(self.tokens, name))


class _Held:
    """The single place that knows which theme is current."""

    theme = Theme()


def current() -> Theme:
    """The theme to paint with now."""
    return _Held.theme


def hold(theme: Theme) -> None:
    """Makes `theme` current; only `apply` calls this."""
    _Held.theme = theme


def color(name: str) -> QColor:
    """A colour of the current theme by the name of its token."""
    return QColor(getattr(_Held.theme.tokens, name))


def u(pixels: float) -> int:
    """Logical pixels at 100 % text size to logical pixels now."""
    return round(pixels * _Held.theme.scale)


def row_height(*, has_second_line: bool = False) -> int:
    """Height of a table row in the chosen density."""
    if has_second_line:
        return u(48 if _Held.theme.is_compact else 56)
    return u(32 if _Held.theme.is_compact else 40)
