"""All runs of all open connections in one table, newest first; one is opened in its place."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication, QTimer, Signal
from PySide6.QtWidgets import QMenu, QStackedWidget, QVBoxLayout, QWidget

from desktop.domain.events import Event, RunEnded, RunProgressed, RunsChanged
from desktop.models.column import Column, ColumnKind, menu_column
from desktop.models.merged import Merged
from desktop.models.table import RecordTableModel
from desktop.services.run_types import RunSummary
from desktop.views.dialogs import ask_save_file
from desktop.views.drafts import why_not_create
from desktop.views.fleet_parts import (
    ConnectionChip,
    connection_column,
    locked_run_line,
    save_rows,
    with_left_out,
)
from desktop.views.locked_lines import LockedLines
from desktop.views.pages.state_chips import StateChips
from desktop.views.pages.table_page import FleetTablePage
from desktop.views.reasons import reason_text
from desktop.views.setup.grouping import group_of as part_of
from desktop.views.setup.grouping import group_title
from desktop.views.setup.report import report_words
from desktop.views.setup.run import RunView
from desktop.views.setup.run_states import (
    GROUPS,
    Group,
    group_of,
    moment_text,
    summary_look,
    summary_text,
)
from desktop.views.text import sentence
from desktop.views.widgets.buttons import Button
from desktop.views.widgets.cards import EmptyState
from desktop.views.widgets.menus import Menu
from desktop.views.wording import say

if TYPE_CHECKING:
    from pathlib import Path

    from desktop.domain.errors import ClavigerError
    from desktop.domain.ids import ConnectionId, OrganizationId, RunId
    from desktop.services.desk import Desk
    from desktop.services.run_types import RunReport
    from desktop.settings.preferences import PreferencesFile
    from desktop.views.fleet import Fleet

translate = QCoreApplication.translate
_NAME_LEAST_OF_MANY: Final = 400


@dataclass(frozen=True, kw_only=True)
class RunRow(RunSummary):
    """A run and the connection whose journal holds it."""

    connection: ConnectionId

    @classmethod
    def of(cls, desk: Desk, run: RunSummary) -> RunRow:
        return cls(**vars(run), connection=desk.connection.id)


def clients_text(run: RunSummary) -> str:
    """The clients a run works on; none for one about the provider itself."""
    return ", ".join(run.clients)


def parts_text(run: RunSummary) -> str:
    """What a run is made of, for telling runs of one client apart: "Collections, Policies"."""
    parts = dict.fromkeys(part_of(kind) for kind in run.kinds)
    return ", ".join(group_title(part) for part in parts)


def run_columns(fleet: Fleet) -> tuple[Column[RunRow], ...]:
    """What, whose, its state, when it was made and when it last moved."""
    return (
        Column(
            "what",
            lambda: translate("RunsPage", "Run"),
            lambda r: say(r.title),
            kind=ColumnKind.NAME,
            width=0,
            second=parts_text,
        ),
        Column(
            "clients",
            lambda: translate("RunsPage", "Clients"),
            clients_text,
            width=190,
            drop=2,
        ),
        connection_column(fleet, lambda r: r.connection),
        Column(
            "state",
            lambda: translate("RunsPage", "State"),
            summary_text,
            kind=ColumnKind.STATUS,
            width=190,
            icon=lambda r: summary_look(r)[0],
            tone=lambda r: summary_look(r)[1],
        ),
        Column(
            "begun",
            lambda: translate("RunsPage", "Begun"),
            lambda r: moment_text(r.created),
            sort=lambda r: r.created,
            width=150,
            drop=1,
            is_searched=False,
        ),
        Column(
            "moved",
            lambda: translate("RunsPage", "Last moved"),
            lambda r: moment_text(r.changed),
            sort=lambda r: r.changed,
            width=150,
            drop=3,
            is_searched=False,
        ),
        menu_column(),
    )


class RunsPage(FleetTablePage):
    """The list, or the run that was opened from it; runs at work keep their view meanwhile."""

    run_progressed = Signal(object, object, str, float)  # RunId, title, state in words, share done
    report_read = Signal()
    sign_in_asked = Signal(object)  # Desk

    def __init__(
        self, fleet: Fleet, preferences: PreferencesFile, parent: QWidget | None = None
    ) -> None:
        super().__init__(fleet, preferences, parent)
        self._views: dict[RunId, tuple[Desk, RunView]] = {}
        self._runs: Merged[ConnectionId, RunRow] = Merged()
        self._old: set[ConnectionId] = set()
        self._faces = QStackedWidget()
        self._list_face = QWidget()
        self.body.addWidget(self._faces)
        self.body = QVBoxLayout(self._list_face)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(0)
        self._faces.addWidget(self._list_face)
        self.export = Button(self.tr("Export the list…"), icon="download")
        self.export.setObjectName("export_runs")
        self.export.clicked.connect(self._ask_export)
        self.add_header(self.tr("Runs"), self.export)
        self.states = StateChips()
        self.states.changed.connect(self._filter_rows)
        self.only = ConnectionChip(fleet)
        self.only.changed.connect(self._filter_rows)
        self.add_filter_row(self.tr("Search runs"), self.only, self.states)
        model: RecordTableModel[RunRow] = RecordTableModel(
            run_columns(fleet), lambda r: (r.connection, r.run), self
        )
        self.locked = LockedLines()
        self.locked.asked.connect(self.unlock_asked)
        self.add_table("runs", model, self.tr("Runs"), foot=self.locked)
        self.table.opened.connect(lambda run: self.open_run(run.run))
        self.table.menu_for = self.menu_of
        self._name_least = self.table.name_least
        if not model.sort_key:
            self.table.sort_by("begun", descending=True)
        # Many events of one moment are one reading.
        self._rereading = QTimer(self, singleShot=True, interval=60)
        self._rereading.timeout.connect(self._read_old)
        fleet.joined.connect(self._read)
        self.connections_changed()
        self.refresh()

    # --- data -------------------------------------------------------------------------------

    def refresh(self) -> None:
        """From the journals, so at any time; each time the page is shown too."""
        for desk in self.fleet.open:
            self._read(desk)

    def _read(self, desk: Desk) -> None:
        self.jobs.start(
            desk.runs.all(), partial(self._show, desk), partial(self._read_failed, desk)
        )

    def _read_failed(self, desk: Desk, error: ClavigerError) -> None:
        if not desk.is_locked:
            self.show_error(error)

    def _read_old(self) -> None:
        old, self._old = self._old, set()
        for desk in self.fleet.open:
            if desk.connection.id in old:
                self._read(desk)

    def _show(self, desk: Desk, runs: tuple[RunSummary, ...]) -> None:
        """The runs of one connection; those of the others stay as they were read."""
        if self.fleet.desk(desk.connection.id) is desk:
            self._runs.put(desk.connection.id, [RunRow.of(desk, run) for run in runs])
            self._runs.keep(one.id for one in self.fleet.connections)
            self._show_rows()

    def _show_rows(self) -> None:
        self.model.replace(self._runs.rows())
        self._count()
        self.rows_filtered()

    def heard(self, desk: Desk, event: Event) -> None:
        match event:
            case RunProgressed():
                self._move(desk, event)
            case RunsChanged() | RunEnded():
                self._old.add(desk.connection.id)
                self._rereading.start()

    def _move(self, desk: Desk, event: RunProgressed) -> None:
        """A run at work: its own row changes, the list is not read again."""
        runs = self._runs.part(desk.connection.id)
        moved = tuple(
            replace(one, state="running", done=event.done, total=event.total)
            if one.run == event.run
            else one
            for one in runs
        )
        if moved != runs:
            self._runs.put(desk.connection.id, moved)
            self.model.replace(self._runs.rows())
            self._count()

    def connections_changed(self) -> None:
        """Runs of one that was locked go, with what was opened of them."""
        opened = {one.id for one in self.fleet.connections if one.desk is not None}
        self.only.follow()
        self.locked.set_lines(
            [locked_run_line(one) for one in self.fleet.locked if one.record.has_waiting_run]
        )
        self._drop_closed(opened)
        if self.model.sort_key == "connection" and not self.fleet.is_many:
            self.table.sort_by("begun", descending=True)
        # With one column more the clients go first: the title names them.
        self.table.name_least = _NAME_LEAST_OF_MANY if self.fleet.is_many else self._name_least
        self.table.columns_changed()
        self._runs.keep(one.id for one in self.fleet.connections if one.id in opened)
        self._show_rows()

    def _count(self) -> None:
        counts = dict.fromkeys(GROUPS, 0)
        for one in self.model.records():
            counts[group_of(one.state)] += 1
        self.states.set_counts(counts)
        self.export.set_blocked(
            "" if self.model.total_count else self.tr("There is no run to export yet.")
        )

    @property
    def _has_loaded(self) -> bool:
        return all(self._runs.has(desk.connection.id) for desk in self.fleet.open)

    # --- filters ----------------------------------------------------------------------------

    def _filter_rows(self) -> None:
        states, connection = self.states.wanted(), self.only.chosen

        def holds(run: RunRow) -> bool:
            is_state = not states or group_of(run.state) in states
            return is_state and (connection is None or run.connection == connection)

        self.model.set_predicate(holds if states or connection else None)
        self.rows_filtered()

    def show_group(self, group: Group) -> None:
        """The list with one filter on, as a strip over the pages leads to it."""
        self._show_list()
        self.search.clear()
        self.states.choose(group)

    def _clear_filters(self) -> None:
        self.search.clear()
        self._filter("")
        self.states.clear()
        self.only.clear()

    def rows_filtered(self) -> None:
        shown, known = self.model.rowCount(), self.model.total_count
        if shown == known:
            caption = self.tr("%Ln run(s)", "", known)
        else:
            number = self.locale().toString
            caption = self.tr("{shown} of {all} runs").format(
                shown=number(shown), all=number(known)
            )
        self.totals.set_caption(with_left_out(caption, self.fleet))
        self.table.set_placeholder(None if shown else self._placeholder(known))

    def _placeholder(self, known: int) -> EmptyState | None:
        if known:
            clear = Button(self.tr("Show all runs"))
            clear.clicked.connect(self._clear_filters)
            words = self.search.text().strip()
            title = (
                sentence(self.tr("No run matches “{words}”"), words=words)
                if words
                else self.tr("No run in this state")
            )
            searched = self.tr("Titles, clients and states were searched.")
            if left_out := self.fleet.left_out():
                searched = self.tr("Titles, clients and states were searched in {count}.").format(
                    count=left_out
                )
            return EmptyState("search-x", title, searched, clear)
        if not self._has_loaded:
            return None
        begin = Button(self.tr("New client"), icon="plus")
        begin.set_blocked(why_not_create(self.fleet))
        begin.clicked.connect(lambda: self.set_up_asked.emit(None, None, None))
        return EmptyState(
            "circle-play",
            self.tr("No runs yet"),
            self.tr(
                "Every change is a run: planned, written down before it is sent, and read back."
            ),
            begin,
        )

    def focus_search(self) -> None:
        view = self._open_view()
        if view is not None:
            view.focus_search()
        else:
            super().focus_search()

    # --- one run ----------------------------------------------------------------------------

    def open_run(self, run: RunId, *, go: bool = False, desk: Desk | None = None) -> RunView:
        """Shows a run in the place of the list; `go` starts it. `desk`: whose it is, if it may
        not be listed yet.
        """
        found = self._views.get(run)
        view = found[1] if found is not None else self._made(run, desk or self._desk_of(run))
        self._faces.setCurrentWidget(view)
        self._drop_others(view)
        if go:
            view.go()
        return view

    def _desk_of(self, run: RunId) -> Desk:
        row = next((one for one in self.model.records() if one.run == run), None)
        desk = self.fleet.desk(row.connection) if row is not None else None
        return desk if desk is not None else self.fleet.chosen

    def _made(self, run: RunId, desk: Desk) -> RunView:
        view = RunView(desk, run, is_embedded=True)
        view.hidden.connect(self._show_list)
        view.left.connect(self._show_list)
        view.open_client.connect(partial(self._open_client, desk))
        view.report_read.connect(self.report_read)
        view.sign_in_asked.connect(partial(self.sign_in_asked.emit, desk))
        view.run_asked.connect(lambda other, go: self.open_run(other, go=go, desk=desk))
        view.progressed.connect(
            lambda title, state, share: self.run_progressed.emit(run, title, state, share)
        )
        self._views[run] = (desk, view)
        self._faces.addWidget(view)
        return view

    def _open_client(self, desk: Desk, client: OrganizationId) -> None:
        self.client_asked.emit(client, desk)

    def _open_view(self) -> RunView | None:
        found = self._faces.currentWidget()
        return found if isinstance(found, RunView) else None

    def view_of(self, run: RunId) -> RunView | None:
        """The view that holds a run, while there is one."""
        found = self._views.get(run)
        return None if found is None else found[1]

    def _show_list(self) -> None:
        self._faces.setCurrentWidget(self._list_face)
        self._drop_others(None)
        self.refresh()
        self.table.setFocus()

    def _drop_others(self, kept: RunView | None) -> None:
        """Views that nobody looks at go, but not under a run at work."""
        for run, (_desk, view) in tuple(self._views.items()):
            if view is not kept and not view.is_needed:
                self._drop(run, view)

    def _drop(self, run: RunId, view: RunView) -> None:
        del self._views[run]
        self._faces.removeWidget(view)
        view.deleteLater()

    def _drop_closed(self, opened: set[ConnectionId]) -> None:
        """Of a connection that was locked nothing stays, whether it is looked at or not."""
        for run, (desk, view) in tuple(self._views.items()):
            if desk.connection.id not in opened:
                if self._faces.currentWidget() is view:
                    self._faces.setCurrentWidget(self._list_face)
                self._drop(run, view)

    def session_back(self, desk: Desk) -> None:
        """Somebody signed in again: what stopped for it goes on (T37)."""
        for owner, view in tuple(self._views.values()):
            if owner is desk:
                view.session_back()

    # --- acting -----------------------------------------------------------------------------

    def menu_of(self, run: RunRow) -> QMenu:
        """What a row can do; what is decided with care is decided in the opened run."""
        menu = Menu(say(run.title), self)
        desk = self.fleet.desk(run.connection)
        if desk is None:
            return menu
        menu.add(self.tr("Open"), lambda: self.open_run(run.run), icon="folder-open")
        if run.state in {"interrupted", "failed"}:
            menu.add(
                self.tr("Continue the run"),
                lambda: self.open_run(run.run, go=True),
                icon="play",
                reason=_why_not_continue(desk),
            )
        if run.state == "running":
            menu.add(
                self.tr("Pause after this step"),
                lambda: desk.runs.pause(run.run),
                icon="pause",
            )
        if run.state == "queued":
            menu.add(
                self.tr("Take it off the queue"),
                lambda: desk.runs.pause(run.run),
                icon="circle-pause",
            )
        menu.addSeparator()
        reason = self.tr("A draft has no report yet.") if run.state == "draft" else ""
        menu.add(
            self.tr("Save the report…"),
            lambda: self._ask_report(desk, run.run),
            icon="download",
            reason=reason,
        )
        return menu

    def _ask_report(self, desk: Desk, run: RunId) -> None:
        asked = ask_save_file(
            self,
            self.tr("Save the report"),
            f"claviger-report-{str(run)[:8]}.html",
            self.tr("Web page (*.html);;Table (*.csv);;Text (*.txt)"),
            "html",
        )
        self.jobs.start(asked, partial(self._read_report, desk, run))

    def _read_report(self, desk: Desk, run: RunId, path: Path | None) -> None:
        if path is not None:
            self.jobs.start(
                desk.runs.report(run), lambda report: self._write_report(desk, report, path)
            )

    def _write_report(self, desk: Desk, report: RunReport, path: Path) -> None:
        self.jobs.start(
            desk.save_report(report, path, report_words),
            lambda _none: self.toast.emit(self.tr("The report was saved.")),
        )

    def _ask_export(self) -> None:
        asked = ask_save_file(
            self,
            self.tr("Export the list of runs"),
            "claviger-runs.csv",
            self.tr("Table (*.csv)"),
            "csv",
        )
        self.jobs.start(asked, self._export)

    def _export(self, path: Path | None) -> None:
        """What the filters show, in the order it is shown."""
        if path is None:
            return
        head = [
            self.tr("Run"),
            self.tr("Clients"),
            self.tr("State"),
            self.tr("Steps done"),
            self.tr("Steps"),
            self.tr("Begun"),
            self.tr("Last moved"),
        ]
        runs = self.model.visible_records()
        rows = [(run.connection, _cells(run)) for run in runs]
        self.jobs.start(
            save_rows(self.fleet, head, rows, path),
            lambda _none: self.toast.emit(self.tr("The list was saved.")),
        )


def _why_not_continue(desk: Desk) -> str:
    """A line that is down and a session that has ended are tried again by continuing."""
    key = desk.why_not("write")
    return "" if key in {"offline", "signed_out"} else reason_text(key) or ""


def _cells(run: RunSummary) -> tuple[str, ...]:
    """A row of the exported list; moments as ISO 8601, which every spreadsheet sorts."""
    return (
        _plain(say(run.title)),
        clients_text(run),
        summary_text(run),
        str(run.done),
        str(run.total),
        run.created.isoformat(timespec="seconds"),
        run.changed.isoformat(timespec="seconds"),
    )


def _plain(text: str) -> str:
    """A file needs no isolates: they are for lines that mix directions on screen."""
    return text.replace("\u2068", "").replace("\u2069", "")
