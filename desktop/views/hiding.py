"""What the lock takes out of sight and out of memory besides keys and screens (T81)."""

from __future__ import annotations

import gc

from PySide6.QtCore import QAbstractItemModel
from PySide6.QtGui import QClipboard, QGuiApplication
from PySide6.QtWidgets import QApplication, QMenu, QToolTip, QWidget

from desktop.models.matrix import MatrixModel
from desktop.models.table import RecordTableModel
from desktop.models.timeline import TimelineModel
from desktop.models.tree import TreeModel
from desktop.views.clipboard import clipboard
from desktop.views.dialogs import open_dialogs
from desktop.views.theme import forget_texts

_MOST_POPUPS = 16


def close_questions(window: QWidget) -> None:
    """Dialogs, menus, lists that are dropped down and tooltips: they show names too."""
    for dialog in open_dialogs(window):
        dialog.reject()
    for menu in window.findChildren(QMenu):
        menu.close()
    for _popup in range(_MOST_POPUPS):
        popup = QApplication.activePopupWidget()
        if popup is None:
            break
        popup.close()
    QToolTip.hideText()


def clear_clipboard() -> None:
    """What this program has put there; what another one has put there since stays."""
    # Also where a manager of the desktop took it over and it only says what we said.
    clipboard().forget()
    board = QGuiApplication.clipboard()
    if board.ownsClipboard():
        board.clear()
    if board.supportsSelection() and board.ownsSelection():
        board.clear(QClipboard.Mode.Selection)


def wipe_models(screen: QWidget) -> None:
    """Rows and the texts they are searched by, at once: the screen itself goes in a moment."""
    for model in screen.findChildren(QAbstractItemModel):
        if isinstance(model, RecordTableModel):
            model.wipe()
        elif isinstance(model, TimelineModel):
            model.replace(())
        elif isinstance(model, TreeModel):
            model.set_rows(())
        elif isinstance(model, MatrixModel):
            model.set_matrix((), (), {})


def forget_rest() -> None:
    """After screens were removed: what was measured, and what only cycles still hold."""
    forget_texts()
    gc.collect()
