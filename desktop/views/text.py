"""Plain-text helpers: whatever others wrote reaches a widget only through these (T70 to T77).

Tooltips, What's This, names for screen readers and window titles are set here and nowhere else.
"""

from __future__ import annotations

from PySide6.QtCore import QPoint
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QToolTip, QWidget

from desktop.domain import limits
from desktop.domain.shown import SafeText, isolated, shown, shown_lines

__all__ = [
    "SafeText",
    "describe",
    "entitle",
    "escaped",
    "explain",
    "isolated",
    "joined",
    "name_aloud",
    "sentence",
    "show_tip",
    "shown",
    "shown_lines",
    "tell",
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


def joined(*parts: str, between: str = ", ") -> SafeText:
    """Texts one after the other, each marked by itself; empty ones are left out."""
    return SafeText(between.join(shown(part) for part in parts if part))


def tell(widget: QWidget | QAction, text: str) -> None:
    """The tooltip; an empty text takes it away."""
    widget.setToolTip(tooltip(text))


def show_tip(spot: QPoint, text: str, widget: QWidget) -> None:
    """A tooltip now, at a place of the screen: of a cell or a line, which are no widgets."""
    QToolTip.showText(spot, tooltip(text), widget)


def name_aloud(widget: QWidget, text: str) -> None:
    """What a screen reader calls the widget."""
    widget.setAccessibleName(shown(text, limits.SHOWN_DETAIL))


def describe(widget: QWidget, text: str) -> None:
    """What a screen reader says after the name."""
    widget.setAccessibleDescription(shown_lines(text))


def entitle(window: QWidget, title: str) -> None:
    """The title of a window: other programs and the system read it, so it holds no secret (T78)."""
    window.setWindowTitle(shown(title))


def explain(widget: QWidget, text: str) -> None:
    """Says why a control is as it is: tooltip for the eye, description for a screen reader."""
    tell(widget, text)
    describe(widget, text)
