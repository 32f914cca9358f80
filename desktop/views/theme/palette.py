"""One QPalette from the tokens: what stock widgets and the platform's own dialogs fall back to."""

from __future__ import annotations

from dataclasses import fields

from PySide6.QtGui import QColor, QPalette

from desktop.views.theme.tokens import LIGHT, Tokens


def palette_of(tokens: Tokens) -> QPalette:
    """The palette of a theme, its disabled group included."""
    role = QPalette.ColorRole
    colours = {
        role.Window: tokens.bg,
        role.WindowText: tokens.text,
        role.Base: tokens.surface,
        role.AlternateBase: tokens.surface,
        role.Text: tokens.text,
        role.PlaceholderText: tokens.text3,
        role.Button: tokens.plain,
        role.ButtonText: tokens.text,
        role.BrightText: tokens.on,
        role.Highlight: tokens.accent,
        role.HighlightedText: tokens.on,
        role.Accent: tokens.accent,
        role.Link: tokens.accent_text,
        role.LinkVisited: tokens.accent_text,
        role.ToolTipBase: tokens.toast,
        role.ToolTipText: "#FFFFFF",
        role.Light: tokens.surface,
        role.Midlight: tokens.line,
        role.Mid: tokens.line2,
        role.Dark: tokens.field,
        role.Shadow: "#000000",
    }
    made = QPalette()
    for each, value in colours.items():
        made.setColor(each, QColor(value))
    for each in (role.WindowText, role.Text, role.ButtonText):
        made.setColor(QPalette.ColorGroup.Disabled, each, QColor(tokens.text3))
    for each in (role.Base, role.Button):
        made.setColor(QPalette.ColorGroup.Disabled, each, QColor(tokens.sunken))
    made.setColor(QPalette.ColorGroup.Disabled, role.Highlight, QColor(tokens.line2))
    return made


_SURFACES = {
    "bg",
    "surface",
    "raised",
    "sidebar",
    "sunken",
    "hover",
    "press",
    "sidebar_hover",
    "sidebar_chosen",
    "accent_soft",
    "ok_soft",
    "warn_soft",
    "bad_soft",
    "info_soft",
    "plain",
    "field_fill",
    "petrol_top",
    "petrol_bottom",
    "toast",
    "track",
}
_CHOSEN = {"sel", "accent", "accent_hover", "accent_press", "danger", "danger_hover"}


def contrast_tokens(system: QPalette) -> Tokens:
    """Tokens for a high-contrast system: its two colours and its highlight, nothing of ours."""
    back = system.color(QPalette.ColorRole.Window)
    values: dict[str, object] = {"is_dark": back.lightness() < 128}
    for field in fields(LIGHT):
        if field.name == "is_dark":
            continue
        if field.name in _SURFACES:
            values[field.name] = back.name()
        elif field.name in _CHOSEN:
            values[field.name] = system.color(QPalette.ColorRole.Highlight).name()
        elif field.name == "on":
            values[field.name] = system.color(QPalette.ColorRole.HighlightedText).name()
        else:
            values[field.name] = system.color(QPalette.ColorRole.WindowText).name()
    values["sel"] = back.name()  # rows keep their text colour; the box and ring show choice
    return Tokens(**values)  # type: ignore[arg-type]  # every field is filled above
