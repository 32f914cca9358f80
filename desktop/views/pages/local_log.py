"""The local log: who did and read what from this desk, each entry chained to the one before."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QCoreApplication, QDate, QLocale
from PySide6.QtWidgets import QWidget

from desktop.models.timeline import Day, Entry, TimelineModel
from desktop.views.dialogs import ask_save_file
from desktop.views.errors import explain
from desktop.views.log_words import log_look, log_sentence
from desktop.views.pages.page import PageWidget
from desktop.views.pages.periods import PeriodChip, day_text
from desktop.views.text import sentence
from desktop.views.widgets.buttons import Button
from desktop.views.widgets.cards import EmptyState
from desktop.views.widgets.fields import SearchField
from desktop.views.widgets.labels import IconMark, Label
from desktop.views.widgets.layouts import Pane, row
from desktop.views.widgets.timeline import Timeline, day_words

if TYPE_CHECKING:
    from desktop.domain.errors import ClavigerError
    from desktop.services.desk import Desk
    from desktop.services.local_log import LogExport, LogLine
    from desktop.settings.preferences import PreferencesFile

translate = QCoreApplication.translate
_LINK_SHOWN = 16


def _count_text(day: Day) -> str:
    if day.shown == day.total:
        return translate("LocalLog", "%Ln entry(s)", None, day.total)
    text = translate("LocalLog", "{shown} of %Ln entry(s)", None, day.total)
    return text.format(shown=QLocale().toString(day.shown))


class LocalLogPage(PageWidget):
    """A page under the settings. It reads the journal and asks no server."""

    def __init__(
        self, desk: Desk, preferences: PreferencesFile, parent: QWidget | None = None
    ) -> None:
        super().__init__(desk, preferences, parent)
        self._has_loaded = False
        back = Button(self.tr("Settings"), "ghost", icon="arrow-left", is_small=True)
        back.setObjectName("back_to_settings")
        back.clicked.connect(partial(self.page_asked.emit, "settings"))
        self.export_button = Button(self.tr("Export the log…"), icon="download")
        self.export_button.setObjectName("export_log")
        self.export_button.clicked.connect(self._ask_where)
        self.add_header(self.tr("Local log"), back, self.export_button)
        self.search = SearchField(self.tr("Search the log"), "Ctrl F")
        self.period = PeriodChip("month")
        pane = Pane("bg")
        pane.setLayout(row(self.search, self.period, None, gap=10, margins=(24, 4, 24, 10)))
        self.body.addWidget(pane)
        self.model = TimelineModel(day_words(_count_text), self)
        self.timeline = Timeline(self.model, self.tr("Local log"))
        self.timeline.show_columns(clients=True, notes=True)
        self.timeline.opened.connect(self._open)
        self.body.addWidget(self.timeline, 1)
        self.body.addWidget(self._foot())
        self.search.searched.connect(self._filter)
        self.period.changed.connect(self._choose_period)

    def _foot(self) -> QWidget:
        pane = Pane("surface", "t")
        text = Label(
            self.tr(
                "Each entry is tied to the one before it. Check an exported log anywhere with:"
            ),
            "small",
            "text2",
        )
        command = Label("claviger verify-log FILE", "mono_small", "text2", is_selectable=True)
        pane.setLayout(row(IconMark("link"), text, command, None, gap=10, margins=(24, 9, 24, 9)))
        return pane

    # --- data -------------------------------------------------------------------------------

    def refresh(self) -> None:
        self.timeline.set_loading(True)
        self.jobs.start(self.desk.log.entries(), self._show, self._read_failed)

    def _show(self, lines: tuple[LogLine, ...]) -> None:
        self.timeline.set_loading(False)
        self._has_loaded = True
        self.model.replace([self._entry(line) for line in lines])
        self._choose_period()

    def _entry(self, line: LogLine) -> Entry:
        icon, tone = log_look(line.what)
        return Entry(
            key=str(line.number),
            at=line.at,
            text=log_sentence(line.what, line.facts),
            icon=icon,
            tone=tone,
            client_key=str(line.client or ""),
            client=line.client_name or str(line.client or "")[:8],
            note=self._person(line),
            record=line,
        )

    def _person(self, line: LogLine) -> str:
        session = self.desk.session
        if str(line.person) == str(session.user_id):
            return session.name or session.email
        return str(line.person or "")[:8]

    def _read_failed(self, error: ClavigerError) -> None:
        self.timeline.set_loading(False)
        if not self._has_loaded:
            explained = explain(error)
            self.timeline.set_placeholder(
                EmptyState("circle-alert", explained.title, explained.text, tone="warn")
            )
        self.show_error(error)

    # --- filters ----------------------------------------------------------------------------

    def _filter(self, text: str) -> None:
        self.model.set_filter(text)
        self._fill_place()

    def _choose_period(self) -> None:
        since = self.period.since
        self.model.set_predicate(lambda entry: entry.at >= since)
        self._fill_place()

    def _fill_place(self) -> None:
        is_empty = self.model.rowCount() == 0
        self.timeline.set_placeholder(self._placeholder() if is_empty else None)

    def _placeholder(self) -> EmptyState | None:
        if not self._has_loaded:
            return None
        if self.search.text():
            clear = Button(self.tr("Clear the search"))
            clear.clicked.connect(self.search.clear)
            return EmptyState(
                "search-x",
                sentence(self.tr("No entry matches “{words}”"), words=self.search.text()),
                self.tr("What was done, clients and people were searched."),
                clear,
            )
        day = day_text(self.period.first_day)
        return EmptyState(
            "scroll-text",
            sentence(self.tr("Nothing was noted since {day}"), day=day),
            self.tr("Sign-ins, openings, runs and exports of this desk show up here."),
        )

    def focus_search(self) -> None:
        self.search.setFocus()
        self.search.selectAll()

    def _open(self, entry: Entry) -> None:
        client: Any = entry.record.client
        if client is not None and self.desk.clients.find(client) is not None:
            self.open_client.emit(client)

    # --- export -----------------------------------------------------------------------------

    def _ask_where(self) -> None:
        today = QDate.currentDate().toString("yyyy-MM-dd")
        asked = ask_save_file(
            self.window(),
            self.tr("Export the local log"),
            f"claviger-log-{today}.jsonl",
            self.tr("Logs (*.jsonl)"),
            "jsonl",
        )
        self.jobs.start(asked, self._export)

    def _export(self, path: Path | None) -> None:
        if path is not None:
            self.jobs.start(self.desk.log.export(path), self._exported)

    def _exported(self, done: LogExport) -> None:
        text = self.tr(
            "Exported %Ln record(s); last link {link}. Check it with: claviger verify-log FILE",
            "",
            done.records,
        )
        self.toast.emit(text.format(link=done.last_link[:_LINK_SHOWN]))
        self.refresh()
