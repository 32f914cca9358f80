"""Since when: a chip with the usual periods, and a question for any other day."""

from __future__ import annotations

from datetime import datetime
from functools import partial

from PySide6.QtCore import QCoreApplication, QDate, QLocale, Signal
from PySide6.QtWidgets import QWidget

from desktop.views.dialogs import Dialog, ask
from desktop.views.jobs import Jobs
from desktop.views.text import sentence
from desktop.views.widgets.buttons import Chip
from desktop.views.widgets.fields import FormField, TextField
from desktop.views.widgets.menus import Menu

translate = QCoreApplication.translate
DAYS = {"yesterday": 1, "week": 7, "month": 30}
_A_DAY = "a_day"


def period_name(key: str) -> str:
    """A usual period."""
    match key:
        case "yesterday":
            return translate("Period", "Since yesterday")
        case "week":
            return translate("Period", "Last 7 days")
        case _:
            return translate("Period", "Last 30 days")


def written_day(text: str) -> QDate:
    """A day as people write it here, or as 2026-11-22; invalid when it is neither."""
    for pattern in (QLocale().dateFormat(QLocale.FormatType.ShortFormat), "d-M-yyyy", "d/M/yyyy"):
        full = pattern if "yyyy" in pattern else pattern.replace("yy", "yyyy")
        found = QLocale().toDate(text.strip(), full)
        if found.isValid():
            return found
    return QDate.fromString(text.strip(), "yyyy-MM-dd")


def day_text(day: QDate) -> str:
    """A day in a chip or an empty state."""
    return QLocale().toString(day, "d MMMM yyyy")


class DayDialog(Dialog):
    """Asks for one day that is over or has begun; `day` is it."""

    def __init__(self, day: QDate, parent: QWidget) -> None:
        super().__init__(
            parent, translate("DayDialog", "Show what happened since"), icon="calendar"
        )
        self.day = day
        self.field = TextField(self.tr("Day"))
        self.form = FormField(self.tr("Day"), self.field, hint=self.tr("For example 2026-11-01"))
        self.body.addWidget(self.form)
        self.add_buttons(self.tr("Show"), self.tr("Cancel"))
        self.field.textChanged.connect(self._check)
        self.field.setText(day.toString("yyyy-MM-dd"))
        self.field.selectAll()

    def _check(self, text: str) -> None:
        self.day = written_day(text)
        problem = ""
        if not self.day.isValid():
            problem = self.tr("Write the day as year, month and day: 2026-11-01.")
        elif self.day > QDate.currentDate():
            problem = self.tr("That day is still to come.")
        self.form.set_problem(problem if text.strip() else "")
        self.set_blocked(self.tr("The day is not right yet") if problem else "")


class PeriodChip(Chip):
    """`changed` when another period is chosen; `since` is its first moment."""

    changed = Signal()

    def __init__(self, key: str = "week", parent: QWidget | None = None) -> None:
        super().__init__(period_name(key), icon="calendar", parent=parent)
        self.key = key
        self._day = QDate.currentDate()
        self._jobs = Jobs(self)
        self._offer()

    @property
    def since(self) -> datetime:
        """The beginning of the first day, on this computer's clock."""
        first = self.first_day
        return datetime(first.year(), first.month(), first.day()).astimezone()

    @property
    def first_day(self) -> QDate:
        if self.key == _A_DAY:
            return self._day
        return QDate.currentDate().addDays(-DAYS[self.key])

    @property
    def is_short(self) -> bool:
        """Whether a longer one of the usual periods is there to be chosen."""
        return self.first_day > QDate.currentDate().addDays(-max(DAYS.values()))

    def choose(self, key: str) -> None:
        """One of `DAYS`."""
        self.key = key
        self._show(period_name(key))

    def choose_day(self, day: QDate) -> None:
        self.key, self._day = _A_DAY, day
        self._show(sentence(self.tr("Since {day}"), day=day_text(day)))

    def _show(self, text: str) -> None:
        self.set_text(text)
        self._offer()
        self.changed.emit()

    def _offer(self) -> None:
        """A fresh menu: the tick stands at what is chosen."""
        if self._chip_menu is not None:
            self._chip_menu.deleteLater()
        menu = Menu(self.tr("Period"), self)
        for key in DAYS:
            menu.add(period_name(key), partial(self.choose, key), checked=key == self.key)
        menu.add(self.tr("Since a certain day…"), self._ask, checked=self.key == _A_DAY)
        self.set_menu(menu)

    def _ask(self) -> None:
        dialog = DayDialog(self.first_day, self.window())
        self._jobs.start(ask(dialog), lambda chosen: self._answered(dialog, chosen=chosen))

    def _answered(self, dialog: DayDialog, *, chosen: bool) -> None:
        if chosen:
            self.choose_day(dialog.day)
