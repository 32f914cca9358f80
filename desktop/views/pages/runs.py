"""All runs of this desk in one table, newest first, and one of them opened in its place."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QTimer, Signal
from PySide6.QtWidgets import QMenu, QStackedWidget, QVBoxLayout, QWidget

from desktop.domain.events import Event, RunEnded, RunProgressed, RunsChanged
from desktop.models.column import Column, ColumnKind, menu_column
from desktop.models.table import RecordTableModel
from desktop.services.run_types import RunSummary
from desktop.views.dialogs import ask_save_file
from desktop.views.drafts import why_not_prepare
from desktop.views.pages.state_chips import StateChips
from desktop.views.pages.table_page import TablePage
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

    from desktop.domain.ids import RunId
    from desktop.services.desk import Desk
    from desktop.services.run_types import RunReport
    from desktop.settings.preferences import PreferencesFile

translate = QCoreApplication.translate


def clients_text(run: RunSummary) -> str:
    """The clients a run works on; none for one about the provider itself."""
    return ", ".join(run.clients)


def parts_text(run: RunSummary) -> str:
    """What a run is made of, for telling runs of one client apart: "Collections, Policies"."""
    parts = dict.fromkeys(part_of(kind) for kind in run.kinds)
    return ", ".join(group_title(part) for part in parts)


def run_columns() -> tuple[Column[RunSummary], ...]:
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


class RunsPage(TablePage):
    """The list, or the run that was opened from it; runs at work keep their view meanwhile."""

    run_progressed = Signal(object, object, str, float)  # RunId, title, state in words, share done
    report_read = Signal()
    sign_in_asked = Signal()

    def __init__(
        self, desk: Desk, preferences: PreferencesFile, parent: QWidget | None = None
    ) -> None:
        super().__init__(desk, preferences, parent)
        self._views: dict[RunId, RunView] = {}
        self._has_loaded = False
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
        self.states.changed.connect(self._filter_groups)
        self.add_filter_row(self.tr("Search runs"), self.states)
        model: RecordTableModel[RunSummary] = RecordTableModel(run_columns(), lambda r: r.run, self)
        self.add_table("runs", model, self.tr("Runs"))
        self.table.opened.connect(lambda run: self.open_run(run.run))
        self.table.menu_for = self.menu_of
        if not model.sort_key:
            self.table.sort_by("begun", descending=True)
        # Many events of one moment are one reading.
        self._rereading = QTimer(self, singleShot=True, interval=60)
        self._rereading.timeout.connect(self.refresh)
        self.refresh()

    # --- data -------------------------------------------------------------------------------

    def refresh(self) -> None:
        """From the journal, so at any time; each time the page is shown too."""
        self.jobs.start(self.desk.runs.all(), self._show)

    def _show(self, runs: tuple[RunSummary, ...]) -> None:
        self._has_loaded = True
        self.model.replace(runs)
        self._count()
        self.rows_filtered()

    def heard(self, event: Event) -> None:
        match event:
            case RunProgressed():
                self._move(event)
            case RunsChanged() | RunEnded():
                self._rereading.start()

    def _move(self, event: RunProgressed) -> None:
        """A run at work: its own row changes, the list is not read again."""
        runs = self.model.records()
        moved = [
            replace(one, state="running", done=event.done, total=event.total)
            if one.run == event.run
            else one
            for one in runs
        ]
        if tuple(moved) != runs:
            self.model.replace(moved)
            self._count()

    def _count(self) -> None:
        counts = dict.fromkeys(GROUPS, 0)
        for one in self.model.records():
            counts[group_of(one.state)] += 1
        self.states.set_counts(counts)
        self.export.set_blocked(
            "" if self.model.total_count else self.tr("There is no run to export yet.")
        )

    # --- filters ----------------------------------------------------------------------------

    def _filter_groups(self) -> None:
        wanted = self.states.wanted()
        self.model.set_predicate((lambda run: group_of(run.state) in wanted) if wanted else None)
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

    def rows_filtered(self) -> None:
        shown, known = self.model.rowCount(), self.model.total_count
        if shown == known:
            caption = self.tr("%Ln run(s)", "", known)
        else:
            number = self.locale().toString
            caption = self.tr("{shown} of {all} runs").format(
                shown=number(shown), all=number(known)
            )
        self.totals.set_caption(caption)
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
            return EmptyState(
                "search-x", title, self.tr("Titles, clients and states were searched."), clear
            )
        if not self._has_loaded:
            return None
        begin = Button(self.tr("New client"), icon="plus")
        begin.set_blocked(why_not_prepare(self.desk, "create_client"))
        begin.clicked.connect(lambda: self.set_up.emit(None, None))
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

    def open_run(self, run: RunId, *, go: bool = False) -> RunView:
        """Shows a run in the place of the list; `go` starts it."""
        view = self._views.get(run)
        if view is None:
            view = self._made(run)
        self._faces.setCurrentWidget(view)
        self._drop_others(view)
        if go:
            view.go()
        return view

    def _made(self, run: RunId) -> RunView:
        view = RunView(self.desk, run, is_embedded=True)
        view.hidden.connect(self._show_list)
        view.left.connect(self._show_list)
        view.open_client.connect(self.open_client)
        view.report_read.connect(self.report_read)
        view.sign_in_asked.connect(self.sign_in_asked)
        view.run_asked.connect(lambda other, go: self.open_run(other, go=go))
        view.progressed.connect(
            lambda title, state, share: self.run_progressed.emit(run, title, state, share)
        )
        self._views[run] = view
        self._faces.addWidget(view)
        return view

    def _open_view(self) -> RunView | None:
        found = self._faces.currentWidget()
        return found if isinstance(found, RunView) else None

    def view_of(self, run: RunId) -> RunView | None:
        """The view that holds a run, while there is one."""
        return self._views.get(run)

    def _show_list(self) -> None:
        self._faces.setCurrentWidget(self._list_face)
        self._drop_others(None)
        self.refresh()
        self.table.setFocus()

    def _drop_others(self, kept: RunView | None) -> None:
        """Views that nobody looks at go, but not under a run at work."""
        for run, view in tuple(self._views.items()):
            if view is not kept and not view.is_needed:
                del self._views[run]
                self._faces.removeWidget(view)
                view.deleteLater()

    def session_back(self) -> None:
        """Somebody signed in again: what stopped for it goes on (T37)."""
        for view in tuple(self._views.values()):
            view.session_back()

    # --- acting -----------------------------------------------------------------------------

    def menu_of(self, run: RunSummary) -> QMenu:
        """What a row can do; what is decided with care is decided in the opened run."""
        menu = Menu(say(run.title), self)
        menu.add(self.tr("Open"), lambda: self.open_run(run.run), icon="folder-open")
        if run.state in {"interrupted", "failed"}:
            menu.add(
                self.tr("Continue the run"),
                lambda: self.open_run(run.run, go=True),
                icon="play",
                reason=self._why_not_continue(),
            )
        if run.state == "running":
            menu.add(
                self.tr("Pause after this step"),
                lambda: self.desk.runs.pause(run.run),
                icon="pause",
            )
        if run.state == "queued":
            menu.add(
                self.tr("Take it off the queue"),
                lambda: self.desk.runs.pause(run.run),
                icon="circle-pause",
            )
        menu.addSeparator()
        reason = self.tr("A draft has no report yet.") if run.state == "draft" else ""
        menu.add(
            self.tr("Save the report…"),
            lambda: self._ask_report(run.run),
            icon="download",
            reason=reason,
        )
        return menu

    def _why_not_continue(self) -> str:
        """A line that is down and a session that has ended are tried again by continuing."""
        key = self.desk.why_not("write")
        return "" if key in {"offline", "signed_out"} else reason_text(key) or ""

    def _ask_report(self, run: RunId) -> None:
        asked = ask_save_file(
            self,
            self.tr("Save the report"),
            f"claviger-report-{str(run)[:8]}.html",
            self.tr("Web page (*.html);;Table (*.csv);;Text (*.txt)"),
            "html",
        )
        self.jobs.start(asked, lambda path: self._read_report(run, path))

    def _read_report(self, run: RunId, path: Path | None) -> None:
        if path is not None:
            self.jobs.start(
                self.desk.runs.report(run), lambda report: self._write_report(report, path)
            )

    def _write_report(self, report: RunReport, path: Path) -> None:
        self.jobs.start(
            self.desk.save_report(report, path, report_words),
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
        head = (
            self.tr("Run"),
            self.tr("Clients"),
            self.tr("State"),
            self.tr("Steps done"),
            self.tr("Steps"),
            self.tr("Begun"),
            self.tr("Last moved"),
        )
        rows = [head, *(_cells(run) for run in self.model.visible_records())]
        self.jobs.start(
            self.desk.save_table(rows, path),
            lambda _none: self.toast.emit(self.tr("The list was saved.")),
        )


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
