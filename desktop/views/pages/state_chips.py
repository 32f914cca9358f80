"""Which states of runs are listed: a chip for each, or one with a menu where there is no room."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.views.setup.run_states import GROUPS, Group, group_text
from desktop.views.theme import u
from desktop.views.widgets.buttons import Chip
from desktop.views.widgets.layouts import row
from desktop.views.widgets.menus import Menu

_GAP: Final = 10


class StateChips(QWidget):
    """None chosen means all. `changed` after every choice, not after new counts."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._is_folding = False
        self.chips: dict[Group, Chip] = {}
        for group in GROUPS:
            chip = Chip(group_text(group), is_toggle=True)
            chip.setObjectName(f"runs_{group}")
            chip.toggled.connect(lambda _on: self._chosen())
            self.chips[group] = chip
        self.folded = Chip(self.tr("State"))
        self.folded.setObjectName("runs_states")
        self.folded.cleared.connect(self.clear)
        self._menu = Menu(self.tr("State"), self)
        self._menu.aboutToShow.connect(self._fill_menu)
        self.folded.set_menu(self._menu)
        self.setLayout(row(*self.chips.values(), self.folded, None, gap=_GAP))
        self.folded.hide()
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._tell()

    def wanted(self) -> frozenset[Group]:
        """Empty: all of them."""
        return frozenset(group for group, chip in self.chips.items() if chip.isChecked())

    def choose(self, *wanted: Group) -> None:
        """Exactly these."""
        for group, chip in self.chips.items():
            chip.setChecked(group in wanted)

    def clear(self) -> None:
        self.choose()

    def set_counts(self, counts: Mapping[Group, int]) -> None:
        number = self.locale().toString
        for group, chip in self.chips.items():
            chip.set_count(number(counts[group]))
        self.updateGeometry()
        self._fold()

    # --- inside -----------------------------------------------------------------------------

    def _chosen(self) -> None:
        self._tell()
        self.changed.emit()

    def _tell(self) -> None:
        """The one chip says what the others would."""
        wanted = self.wanted()
        self.folded.set_value(", ".join(group_text(one) for one in GROUPS if one in wanted))

    def _fill_menu(self) -> None:
        """Made anew each time: lines that are kept are lost by the bindings now and then."""
        self._menu.clear()
        for group, chip in self.chips.items():
            self._menu.add(group_text(group), chip.toggle, checked=chip.isChecked())

    def _whole(self) -> int:
        wide = [chip.sizeHint().width() for chip in self.chips.values()]
        return sum(wide) + u(_GAP) * (len(wide) - 1)

    def sizeHint(self) -> QSize:
        return QSize(self._whole(), u(28))

    def minimumSizeHint(self) -> QSize:
        return QSize(min(self.folded.sizeHint().width(), u(180)), u(28))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fold()

    def _fold(self) -> None:
        """Words that are cut filter nothing anybody could name."""
        if self._is_folding:
            return
        # Showing a part lays out the page at once, which may come back here with another width.
        self._is_folding = True
        for _turn in range(2):
            is_narrow = self.width() < self._whole()
            if is_narrow == self.folded.isVisibleTo(self):
                break
            for chip in self.chips.values():
                chip.setVisible(not is_narrow)
            self.folded.setVisible(is_narrow)
        self._is_folding = False
