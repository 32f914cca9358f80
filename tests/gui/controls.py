"""What a keyboard and a screen reader need from a screen: names, a way there, reasons."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractSpinBox,
    QButtonGroup,
    QComboBox,
    QLineEdit,
    QWidget,
)

from tests.gui.measure import Seen, text_of, where


def _takes_focus(widget: QWidget) -> bool:
    return widget.isEnabled() and bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)


def controls(seen: Seen) -> Iterator[QWidget]:
    """Visible controls the keyboard is meant to reach."""
    for widget in seen:
        inner = isinstance(widget.parentWidget(), QAbstractSpinBox | QComboBox)
        if _takes_focus(widget) and not inner and widget.focusProxy() is None:
            yield widget


def unnamed(seen: Seen) -> Iterator[str]:
    for widget in controls(seen):
        spoken = QAccessible.queryAccessibleInterface(widget)
        if not spoken.text(QAccessible.Text.Name).strip():
            yield where(widget)


def tab_chain(root: QWidget) -> list[QWidget]:
    """Widgets in the order Tab visits them."""
    found: list[QWidget] = []
    window = root.window()
    at: QWidget | None = window.nextInFocusChain()
    while at is not None and at is not window and len(found) < 5_000:
        found.append(at)
        at = at.nextInFocusChain()
    return found


def unreachable(seen: Seen) -> Iterator[str]:
    """Controls outside the chain, and controls that only a mouse can press."""
    chain = {id(widget) for widget in tab_chain(seen[0])}
    for widget in controls(seen):
        if id(widget) not in chain:
            yield where(widget)
    for widget in seen:
        if isinstance(widget, QAbstractButton) and widget.isEnabled():
            is_inner = isinstance(widget.parentWidget(), QAbstractSpinBox | QLineEdit)
            if not (_takes_focus(widget) or is_inner or _is_mark(widget) or _by_arrows(widget)):
                yield f"only for the mouse: {text_of(widget)!r} {where(widget)}"


def _by_arrows(button: QAbstractButton) -> bool:
    """Of a group of which one is chosen Tab reaches that one, the arrows the others."""
    group: QButtonGroup | None = button.group()
    parent = button.parentWidget()
    others: list[QAbstractButton] = []
    if group is not None and group.exclusive():
        others = list(group.buttons())
    elif button.autoExclusive() and parent is not None:
        others = [one for one in parent.findChildren(QAbstractButton) if one.autoExclusive()]
    return any(_takes_focus(other) for other in others)


def _is_mark(widget: QWidget) -> bool:
    """Steps of a rail that cannot be opened yet show state and take no part."""
    return type(widget).__name__ == "_RailItem"


def without_reason(seen: Seen) -> Iterator[str]:
    """Greyed controls that do not say why to the eye and to the ear."""
    for widget in seen:
        if not isinstance(widget, QAbstractButton | QComboBox | QLineEdit | QAbstractSpinBox):
            continue
        if widget.isEnabled() or isinstance(widget.parentWidget(), QAbstractSpinBox):
            continue
        if not widget.toolTip() or not widget.accessibleDescription():
            yield f"{text_of(widget)!r} {where(widget)}"
