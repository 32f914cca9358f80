"""What stands under a table: the totals in its columns and the bar for selected rows."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QAction, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QSizePolicy, QWidget

from desktop.domain.shown import shown
from desktop.models.column import ColumnKind
from desktop.views.text import name_aloud
from desktop.views.theme import color, keep_height, u
from desktop.views.widgets.buttons import Button, IconButton
from desktop.views.widgets.cells import cell_inside
from desktop.views.widgets.draw import draw_text, smooth_painter
from desktop.views.widgets.labels import Label
from desktop.views.widgets.layouts import Pane
from desktop.views.widgets.table import RecordTable

_SHOWN_ACTIONS = 3


class TotalsRow(QWidget):
    """Sums of what the filter shows; columns give their figure through `Column.total`."""

    def __init__(self, table: RecordTable, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._table = table
        self._caption = ""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        table.horizontalHeader().sectionResized.connect(self._moved)
        table.record_model().rows_changed.connect(self._moved)

    def set_caption(self, text: str) -> None:
        """ "24 clients", or "3 of 24 clients" under a filter."""
        self._caption = shown(text)
        name_aloud(self, self._caption)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(u(200), u(40))

    def _moved(self) -> None:
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = smooth_painter(self)
        painter.fillRect(self.rect(), color("surface"))
        painter.fillRect(0, 0, self.width(), 1, color("line2"))
        model = self._table.record_model()
        header = self._table.horizontalHeader()
        last = len(model.columns) - 1
        for number, column in enumerate(model.columns):
            if header.isSectionHidden(number):
                continue
            x = header.sectionViewportPosition(number)
            section = QRect(x, 1, header.sectionSize(number), self.height() - 1)
            inside = cell_inside(section, column, is_first=number == 0, is_last=number == last)
            if column.kind == ColumnKind.NAME:
                draw_text(painter, inside, self._caption, "text", "strong")
            elif column.total is not None:
                is_right = column.kind == ColumnKind.NUMBER
                draw_text(
                    painter,
                    inside,
                    column.total(),
                    "text",
                    "strong",
                    align=Qt.AlignmentFlag.AlignRight if is_right else column.align,
                    tabular=is_right,
                )


class SelectionBar(Pane):
    """Docked between table and totals while rows are selected: count, sums, actions."""

    cleared = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("accent_soft", "t", "accent_edge", parent)
        keep_height(self, 48)
        self._count = Label("", "strong", "accent")
        self._sums = Label("", "small", "text2")
        clear = Button(self.tr("Clear selection"), "link", is_small=True)
        clear.clicked.connect(self.cleared)
        self._layout = QHBoxLayout(self)
        self._layout.setContentsMargins(u(54), 0, u(24), 0)
        self._layout.setSpacing(u(10))
        self._layout.addWidget(self._count)
        self._layout.addWidget(clear)
        self._layout.addWidget(self._sums)
        self._layout.addStretch(1)
        self._buttons: list[QWidget] = []
        self.hide()

    def set_selection(self, count_text: str, sums: str = "") -> None:
        """Shows the bar; an empty count hides it."""
        self._count.set_text(count_text)
        self._sums.set_text(sums)
        self.setVisible(bool(count_text))

    def set_actions(self, actions: Sequence[QAction]) -> None:
        """The first three as small buttons, the rest behind the dots; icons by `data()`."""
        for button in self._buttons:
            self._layout.removeWidget(button)
            button.deleteLater()
        self._buttons = []
        is_folded = len(actions) > _SHOWN_ACTIONS
        visible = actions[: _SHOWN_ACTIONS - 1] if is_folded else actions
        for action in visible:
            self._add(_ActionButton(action))
        if is_folded:
            more = IconButton("ellipsis", self.tr("More actions"), kind="plain", side=28)
            menu = QMenu(more)
            for action in actions[_SHOWN_ACTIONS - 1 :]:
                menu.addAction(action)
            more.clicked.connect(lambda: menu.popup(more.mapToGlobal(more.rect().bottomLeft())))
            self._add(more)

    def _add(self, widget: QWidget) -> None:
        self._layout.addWidget(widget)
        self._buttons.append(widget)


class _ActionButton(Button):
    """A small button that mirrors an action: text, enabled, reason."""

    def __init__(self, action: QAction, parent: QWidget | None = None) -> None:
        name = action.data()
        super().__init__(
            action.text().replace("&&", "&"),
            is_small=True,
            icon=name if isinstance(name, str) else "",
            parent=parent,
        )
        self._action = action
        self.clicked.connect(action.trigger)
        action.changed.connect(self._mirror)
        self._mirror()

    def _mirror(self) -> None:
        self.set_text(self._action.text().replace("&&", "&"))
        reason = self._action.statusTip()
        if self._action.isEnabled():
            self.set_blocked("")
        else:
            self.set_blocked(reason or self._action.text())
