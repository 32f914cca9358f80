"""Colours, fonts, icons and metrics of the look."""

from desktop.views.theme.apply import apply, repolish, system_theme
from desktop.views.theme.current import Theme, color, current, row_height, u
from desktop.views.theme.fonts import font, forget_texts, metrics, sized_font, text_width
from desktop.views.theme.icons import icon, icon_size, paint_icon, pixmap
from desktop.views.theme.scale import keep_height, keep_layout, keep_width
from desktop.views.theme.tokens import DARK, LIGHT, Tokens

__all__ = [
    "DARK",
    "LIGHT",
    "Theme",
    "Tokens",
    "apply",
    "color",
    "current",
    "font",
    "forget_texts",
    "icon",
    "icon_size",
    "keep_height",
    "keep_layout",
    "keep_width",
    "metrics",
    "paint_icon",
    "pixmap",
    "repolish",
    "row_height",
    "sized_font",
    "system_theme",
    "text_width",
    "u",
]
