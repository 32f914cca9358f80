"""The accepted keys of one connection: what they are, since when, and what is wrong with one."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QPageLayout
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QMenu, QWidget

from desktop.domain.events import ClientsChanged, ConnectionStateChanged, Event, KeysChanged
from desktop.models.column import AvatarSpec, Column, ColumnKind, menu_column
from desktop.models.table import RecordTableModel
from desktop.views.clipboard import clipboard
from desktop.views.dialogs import Dialog, ask
from desktop.views.errors import explain
from desktop.views.key_dialogs import AcceptKeysDialog, KeyDialog, back_dialog, changed_dialog
from desktop.views.key_sheet import Sheet, new_printer, print_sheet
from desktop.views.key_words import how_text, kind_text, name_text, state_look, state_text
from desktop.views.moments import moment_text
from desktop.views.pages.table_page import TablePage
from desktop.views.reasons import reason_text
from desktop.views.widgets.buttons import Button
from desktop.views.widgets.cards import EmptyState
from desktop.views.widgets.menus import Menu

if TYPE_CHECKING:
    from collections.abc import Callable

    from desktop.domain.errors import ClavigerError
    from desktop.services.desk import Desk
    from desktop.services.pins import KeyCheck, PinLine
    from desktop.settings.preferences import PreferencesFile

translate = QCoreApplication.translate


def key_columns() -> tuple[Column[PinLine], ...]:
    """Whose, fingerprint, state, since when and how."""
    return (
        Column(
            "name",
            lambda: translate("Keys", "Key of"),
            name_text,
            kind=ColumnKind.NAME,
            width=0,
            second=kind_text,
            avatar=lambda k: AvatarSpec(k.id, name_text(k), is_person=k.kind == "user"),
        ),
        Column(
            "fingerprint",
            lambda: translate("Keys", "Fingerprint"),
            lambda k: k.short,
            width=215,
            is_sortable=False,
        ),
        Column(
            "state",
            lambda: translate("Keys", "State"),
            state_text,
            kind=ColumnKind.STATUS,
            width=180,
            icon=lambda k: state_look(k)[0],
            tone=lambda k: state_look(k)[1],
            sort=lambda k: (k.state == "trusted", k.state),
        ),
        Column(
            "since",
            lambda: translate("Keys", "Accepted on"),
            lambda k: moment_text(k.at) if k.at is not None else "",
            sort=lambda k: k.at.timestamp() if k.at is not None else 0.0,
            width=145,
            drop=2,
            is_searched=False,
        ),
        Column("how", lambda: translate("Keys", "Accepted"), how_text, width=170, drop=1),
        menu_column(),
    )


class KeysPage(TablePage):
    """A page under the settings. Reading it asks no server; comparing does."""

    def __init__(
        self, desk: Desk, preferences: PreferencesFile, parent: QWidget | None = None
    ) -> None:
        super().__init__(desk, preferences, parent)
        back = Button(self.tr("Settings"), "ghost", icon="arrow-left", is_small=True)
        back.setObjectName("back_to_settings")
        back.clicked.connect(partial(self.page_asked.emit, "settings"))
        self.compare = Button(self.tr("Compare with the server"), icon="refresh-cw")
        self.compare.setObjectName("compare_keys")
        self.compare.clicked.connect(self._compare)
        self.print = Button(self.tr("Print for the safe…"), icon="printer")
        self.print.setObjectName("print_keys")
        self.print.clicked.connect(self._ask_printer)
        self.accept = Button("", "primary", icon="shield-check")
        self.accept.setObjectName("accept_new_keys")
        self.accept.clicked.connect(self._accept_all)
        self.add_header(self.tr("Keys"), back, self.print, self.compare, self.accept)
        self.add_filter_row(self.tr("Search keys"))
        model: RecordTableModel[PinLine] = RecordTableModel(
            key_columns(), lambda k: (k.kind, k.id), self
        )
        self.add_table("keys", model, self.tr("Keys"))
        self.table.opened.connect(self._open)
        self.table.menu_for = self.menu_of
        self.refresh()

    # --- data -------------------------------------------------------------------------------

    def refresh(self) -> None:
        """From what this desk knows; no server is asked."""
        if self.desk.is_locked:
            return
        self.model.replace(list(self.desk.pins.lines()))
        self._count()
        self.update_rights()

    def heard(self, event: Event) -> None:
        if isinstance(event, KeysChanged | ClientsChanged):
            self.refresh()
        elif isinstance(event, ConnectionStateChanged):
            self.update_rights()

    def _count(self) -> None:
        shown, known = self.model.rowCount(), len(self.model.records())
        self.totals.set_caption(
            self.tr("%Ln key(s)", "", known)
            if shown == known
            else self.tr("{shown} of {all} keys").format(shown=shown, all=known)
        )
        empty = EmptyState(
            "search-x", self.tr("No key here"), self.tr("No key matches this search.")
        )
        self.table.set_placeholder(None if shown else empty)

    def rows_filtered(self) -> None:
        self._count()

    def update_rights(self) -> None:
        """What needs the server, and what needs to be kept."""
        new = self.desk.pins.new()
        self.accept.setVisible(bool(new))
        self.accept.set_text(self.tr("Accept %Ln new key(s)…", "", len(new)))
        self.accept.set_blocked(self._why_not_decide())
        reason = self.desk.why_not()
        away = reason if reason in {"offline", "signed_out", "locked"} else None
        if away is None and not self.desk.online:
            away = "signed_out" if self.desk.link.signed_out else "offline"
        self.compare.set_blocked(reason_text(away) or "")

    def _why_not_decide(self) -> str:
        """A desk that only reads decides nothing: it could not keep it."""
        if not self.desk.read_only:
            return ""
        return reason_text(self.desk.why_not()) or ""

    # --- deciding ---------------------------------------------------------------------------

    def menu_of(self, line: PinLine) -> QMenu:
        """The row's menu; impossible lines stay and say why."""
        menu = Menu(name_text(line), self)
        decides = line.state != "trusted"
        menu.add(
            self.tr("Look…") if not decides else self.tr("Decide…"),
            partial(self._open, line),
            icon="key-round",
        )
        menu.add(
            self.tr("Copy the fingerprint"),
            lambda: clipboard().copy(line.short),
            icon="copy",
        )
        return menu

    def _open(self, line: PinLine) -> None:
        pins = self.desk.pins
        blocked = self._why_not_decide()
        if line.state == "new" and line.short and not blocked:
            self._accept((line,))
        elif (
            line.state in {"changed", "unreadable"}
            and not blocked
            and pins.is_back(line.kind, line.id)
        ):
            self._ask(back_dialog(self.desk, line, self), partial(self._lift, line))
        elif line.state == "changed" and not blocked:
            dialog = changed_dialog(self.desk, line, self)
            self._ask(dialog, lambda: self._take(line, dialog.typed_text))
        else:
            self._ask(KeyDialog(self.desk, line, self), lambda: None)

    def _ask(self, dialog: Dialog, then: Callable[[], object]) -> None:
        self.jobs.start(ask(dialog), partial(_then, then))

    def _accept_all(self) -> None:
        self._accept(self.desk.pins.new())

    def _accept(self, lines: tuple[PinLine, ...]) -> None:
        pins = self.desk.pins
        is_first = pins.is_first_sight
        # The provider's key stands behind every client's: the one is not accepted without it.
        lines = tuple({*(one for one in pins.new() if one.kind == "provider"), *lines})
        dialog = AcceptKeysDialog(self.desk, lines, self, is_first=is_first)
        self._ask(dialog, lambda: self._accept_now(lines, is_first=is_first))

    def _accept_now(self, lines: tuple[PinLine, ...], *, is_first: bool) -> None:
        work = self.desk.pins.accept_lines(lines, by="first" if is_first else "person")
        self.jobs.start(work, self._accepted)

    def _accepted(self, count: int) -> None:
        self.refresh()
        self.toast.emit(self.tr("%Ln key(s) accepted. A change will be an alarm.", "", count))

    def _take(self, line: PinLine, typed: str) -> None:
        work = self.desk.pins.accept_change(line.kind, line.id, typed, line.other)
        self.jobs.start(work, lambda _none: self._settled(self.tr("The new key is accepted.")))

    def _lift(self, line: PinLine) -> None:
        work = self.desk.pins.lift(line.kind, line.id)
        self.jobs.start(work, lambda _none: self._settled(self.tr("You have ended the alarm.")))

    def _settled(self, text: str) -> None:
        self.refresh()
        self.toast.emit(text)

    # --- comparing and printing -------------------------------------------------------------

    def _compare(self) -> None:
        self.compare.set_blocked(self.tr("Asking the server…"))
        self.jobs.start(self.desk.verify_keys(), self._compared, self._not_compared)

    def _compared(self, found: KeyCheck) -> None:
        self.refresh()
        if found.troubled:
            text = self.tr("%Ln key(s) need a look.", "", found.troubled)
        else:
            text = self.tr("%Ln key(s) compared: all as accepted.", "", found.compared)
        if found.gone:
            more = self.tr("The server has no key of %Ln person(s) any more.", "", found.gone)
            text = f"{text} {more}"
        self.toast.emit(text)

    def _not_compared(self, error: ClavigerError) -> None:
        self.update_rights()
        self.toast.emit(explain(error).sentence)

    def _ask_printer(self) -> None:
        printer = new_printer()
        dialog = QPrintDialog(printer, self.window())
        self.jobs.start(ask(dialog), partial(self._print_if, printer))

    def _print_if(self, printer: QPrinter, is_yes: bool) -> None:
        if is_yes:
            self.print_on(printer)

    def print_on(self, printer: QPrinter) -> None:
        """Prints what is accepted; a PDF is a printer too."""
        printer.setPageOrientation(QPageLayout.Orientation.Portrait)
        session, record = self.desk.session, self.desk.connection
        sheet = Sheet(
            provider=session.provider_name, account=session.email, server=record.web_vault,
            at=self.desk.clock.now(), lines=self.desk.pins.lines(),
        )  # fmt: skip
        self.jobs.start(print_sheet(printer, sheet), self._printed)

    def _printed(self, pages: int) -> None:
        if pages:
            self.toast.emit(self.tr("%Ln page(s) printed.", "", pages))
        else:
            self.toast.emit(self.tr("The printer did not begin. Nothing was printed."))


def _then(work: Callable[[], object], is_yes: bool) -> None:
    if is_yes:
        work()
