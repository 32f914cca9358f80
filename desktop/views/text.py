"""Plain-text helpers: whatever others wrote reaches a widget only through these (T70 to T77)."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from desktop.domain import limits
from desktop.domain.shown import SafeText, isolated, shown, shown_lines

__all__ = [
    "SafeText",
    "escaped",
    "explain",
    "isolated",
    "sentence",
    "shown",
    "shown_lines",
    "tooltip",
]


def escaped(text: str) -> str:
    """Text for a button, menu, tab or group box, where `&` would make a shortcut (T73)."""
    return shown(text).replace("&", "&&")


def sentence(template: str, **names: str | int) -> SafeText:
    """Fills a translated template; names are marked and isolated, numbers stay as they are.

    The result is marked as safe: widgets would otherwise show our own isolates as marks.
    """
    return SafeText(
        template.format(**{k: isolated(v) if isinstance(v, str) else v for k, v in names.items()})
    )


# The module `html` would load two thousand named entities at every start.
_MARKUP = str.maketrans(
    {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#x27;", "\n": "<br>"}
)


def tooltip(text: str, limit: int = limits.SHOWN_DETAIL) -> str:
    """Text for a tooltip or What's This, which read markup: escaped, and marked as markup (T70).

    The wrapping element matters: without it Qt would show the escapes themselves.
    """
    if not text:
        return ""
    return f"<span>{shown_lines(text, limit).translate(_MARKUP)}</span>"


def explain(widget: QWidget, text: str) -> None:
    """Says why a control is as it is: tooltip for the eye, description for a screen reader."""
    widget.setToolTip(tooltip(text))
    widget.setAccessibleDescription(shown_lines(text))
