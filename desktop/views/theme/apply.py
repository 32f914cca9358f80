"""Puts a theme on the application, at start and again whenever a setting or the system changes."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QApplication, QWidget

from desktop.views.theme.current import Theme, current, hold
from desktop.views.theme.fonts import font
from desktop.views.theme.icons import clear_icons
from desktop.views.theme.palette import contrast_tokens, palette_of
from desktop.views.theme.qss import style_sheet
from desktop.views.theme.scale import rescale_all
from desktop.views.theme.tokens import DARK, LIGHT

_BASE = "claviger_base_style"


def system_theme(
    app: QApplication,
    *,
    appearance: str = "system",
    scale: float = 1.0,
    is_compact: bool = False,
    reduces_motion: bool = False,
) -> Theme:
    """The theme a user's settings and the system ask for; `appearance`: system, light or dark."""
    hints = app.styleHints()
    wants_dark = appearance == "dark" or (
        appearance != "light" and hints.colorScheme() == Qt.ColorScheme.Dark
    )
    contrast = hints.accessibility().contrastPreference()
    is_high = contrast == Qt.ContrastPreference.HighContrast
    if is_high:
        tokens = contrast_tokens(app.style().standardPalette())
    else:
        tokens = DARK if wants_dark else LIGHT
    return Theme(
        tokens=tokens,
        scale=max(1.0, min(2.0, scale)),
        is_compact=is_compact,
        reduces_motion=reduces_motion,
        is_high_contrast=is_high,
    )


def apply(app: QApplication, theme: Theme, *, dresses: bool = True) -> None:
    """Makes `theme` current and restyles every living widget; scroll and selection stay.

    `dresses` False leaves the style sheet for a second call: under a sheet each widget that gets
    a parent is polished again with all its children, which triples the time a window is built in.
    """
    is_same = current() == theme
    is_same_size = current().scale == theme.scale
    is_same_look = current().tokens is theme.tokens and is_same_size
    hold(theme)
    if not is_same_look:
        clear_icons()
    # A style sheet wraps the style and hides its name, so the base is remembered on the app.
    if app.property(_BASE) != "fusion":
        app.setStyle("Fusion")
        app.setProperty(_BASE, "fusion")
    app.setFont(font("body"))
    if theme.is_high_contrast:
        # The system rules: its palette, no sheet; layout and words stay.
        app.setPalette(QPalette())
        app.setStyleSheet("")
    else:
        app.setPalette(palette_of(theme.tokens))
        if dresses:
            app.setStyleSheet(style_sheet(theme))
    if not is_same_size:
        rescale_all()
    if not is_same:
        for widget in QApplication.allWidgets():
            widget.update()


def repolish(widget: QWidget) -> None:
    """Lets the style sheet see a property that changed after the widget was shown."""
    style = widget.style()
    style.unpolish(widget)
    style.polish(widget)
    widget.update()
