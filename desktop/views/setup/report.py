"""The report of a run: its words, and the view that shows them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QLocale
from PySide6.QtWidgets import QWidget

from desktop.domain.items import Verdict
from desktop.plans.steps import Say
from desktop.services.run_types import DONE, SKIPPED
from desktop.views.setup.review import clear
from desktop.views.setup.run_states import state_text
from desktop.views.setup.run_steps import left_out_text
from desktop.views.text import SafeText, sentence
from desktop.views.theme import u
from desktop.views.widgets.cards import Card, Facts
from desktop.views.widgets.labels import CountPill, IconText, Label
from desktop.views.widgets.layouts import ScrollPane, column, holder
from desktop.views.wording import (
    reason_sentence,
    reasons_text,
    say,
    verdict_look,
    verdict_name,
)

if TYPE_CHECKING:
    from desktop.services.run_types import ImportReport, RunReport

translate = QCoreApplication.translate
_LISTED = 50
# Steps that the figures tell of.
_COUNTED = frozenset(
    {
        "create_collection",
        "create_group",
        "put_policy",
        "import_items",
        "verify_import",
        "invite_members",
    }
)


def report_words(key: str, facts: dict[str, str]) -> str:
    """Sentences for a saved report, by the keys `services.reports` uses."""
    part, _dot, rest = key.partition(".")
    match part:
        case "verdict":
            return verdict_name(Verdict(rest))
        case "reason":
            return reason_sentence(rest, facts)
        case "state":
            return state_text(rest.lower()) if rest.islower() else _step_state(rest)
        case "report":
            return _report_heading(rest, facts)
        case "left_out":
            return _for_a_file(left_out_text(facts))
    return _for_a_file(say(Say(key, facts)))


def _for_a_file(text: str) -> str:
    # A file needs no isolates: they are for lines that mix directions on screen.
    return text.replace("\u2068", "").replace("\u2069", "")


def _step_state(state: str) -> str:
    words = {
        "DONE": translate("Run", "done"),
        "FAILED": translate("Run", "failed"),
        "SKIPPED": translate("Run", "skipped"),
        "UNKNOWN": translate("Run", "uncertain"),
        "SENT": translate("Run", "sent"),
    }
    return words.get(state, translate("Run", "not done"))


def _report_heading(key: str, facts: dict[str, str]) -> str:
    words = {
        "summary": translate("Run", "Summary"),
        "steps": translate("Run", "Steps"),
        "rows": translate("Run", "Rows with a remark"),
        "missing": translate("Run", "Rows not found on the server"),
        "uncertain": translate("Run", "Rows of which nobody can tell whether they arrived"),
        "verified": translate(
            "Run", "Rows in the file: {rows}. Items sent: {sent}; all were read back."
        ),
        "not_verified": translate(
            "Run", "Rows in the file: {rows}. Items sent: {sent}; read back: {read_back}."
        ),
    }
    return words.get(key, key).format_map(facts)


def verdict_summary(imported: ImportReport) -> str:
    """ "1,200 rows: 1,196 ready, 2 adjusted, 1 loses something, 1 left out"."""
    number = QLocale().toString
    counts = imported.counts
    left_out = counts.get(Verdict.REJECTED, 0) + counts.get(Verdict.DOUBLE, 0)
    parts = [
        translate("Run", "{count} ready").format(count=number(counts.get(Verdict.OK, 0))),
        translate("Run", "{count} adjusted").format(count=number(counts.get(Verdict.FIXED, 0))),
        translate("Run", "{count} loses something").format(
            count=number(counts.get(Verdict.LOSSY, 0))
        )
        if counts.get(Verdict.LOSSY, 0) == 1
        else translate("Run", "{count} lose something").format(
            count=number(counts.get(Verdict.LOSSY, 0))
        ),
        translate("Run", "{count} left out").format(count=number(left_out)),
    ]
    rows = translate("Run", "%Ln row(s)", None, imported.rows)
    return f"{rows}: {', '.join(parts)}"


class ReportView(QWidget):
    """What a run brought about; every row that is not simply ready with its reason."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._body = column(gap=14)
        page = holder(column(holder(self._body), None, margins=(24, 4, 24, 24)))
        page.setMaximumWidth(u(1_240))
        self.setLayout(column(ScrollPane(page)))

    def show_report(self, report: RunReport) -> None:
        clear(self._body)
        if not report.steps:
            gone = self.tr(
                "This client was forgotten on this computer, and what the run did there with it."
            )
            self._body.addWidget(IconText("eraser", gone, "text2", wraps=True))
        if report.imported is not None:
            self._body.addWidget(self._import_card(report.imported))
        self._add_made(report)
        if report.notes:
            notes = Card(self.tr("Worth knowing"))
            for what in report.notes:
                notes.body.addWidget(IconText("info", say(what), "text2", wraps=True))
            self._body.addWidget(notes)
        self._add_left_out(report)
        if report.already:
            there = Card(self.tr("Was there already"), _pill(len(report.already)))
            for what in report.already[:_LISTED]:
                there.body.addWidget(IconText("circle-check", say(what), "text2", wraps=True))
            self._add_rest(there, len(report.already))
            self._body.addWidget(there)

    def _add_made(self, report: RunReport) -> None:
        """Figures of what there is now; for a run that only changed or took away, its steps."""
        number = QLocale().toString
        facts = Facts()
        made = report.made
        figures = (
            ("collections", self.tr("Collections created")),
            ("groups", self.tr("Groups created")),
            ("policies", self.tr("Policies set")),
            ("invitations", self.tr("Invitations sent")),
            ("items_read_back", self.tr("Items read back from the server")),
        )
        if any(made.get(key, 0) for key, _title in figures):
            for key, title in figures:
                if made.get(key, 0):
                    facts.add(title, number(made[key]))
            done = Card(self.tr("What was made"))
            done.body.addWidget(facts)
            self._body.addWidget(done)
        others = [one for one in report.steps if one.state == DONE and one.kind not in _COUNTED]
        if others:
            changed = Card(self.tr("What was done"), _pill(len(others)))
            for one in others[:_LISTED]:
                changed.body.addWidget(IconText("circle-check", say(one.say), "text2", wraps=True))
            self._add_rest(changed, len(others))
            self._body.addWidget(changed)

    def _add_left_out(self, report: RunReport) -> None:
        skipped = [one for one in report.steps if one.state == SKIPPED]
        if not skipped:
            return
        card = Card(self.tr("Left out"), _pill(len(skipped)))
        for one in skipped[:_LISTED]:
            why = left_out_text(one.facts)
            text = SafeText(f"{say(one.say)}. {why}" if why else say(one.say))
            card.body.addWidget(IconText("circle-minus", text, "text2", wraps=True))
        self._add_rest(card, len(skipped))
        self._body.addWidget(card)

    def _add_rest(self, card: Card, count: int) -> None:
        if count > _LISTED:
            rest = self.tr("%Ln more in the saved report", "", count - _LISTED)
            card.body.addWidget(Label(rest, "body", "text2"))

    def _import_card(self, imported: ImportReport) -> Card:
        card = Card(sentence(self.tr("Import of {file}"), file=imported.file_name))
        summary = Label(verdict_summary(imported), "strong", wraps=True)
        summary.setObjectName("report_summary")
        card.body.addWidget(summary)
        icon, tone, text = (
            ("circle-check", "ok", self.tr("Everything sent was read back from the server."))
            if imported.verified
            else ("triangle-alert", "warn", self.tr("Not everything could be read back."))
        )
        card.body.addWidget(IconText(icon, text, tone, wraps=True))
        for listed in imported.listed[:_LISTED]:
            icon, tone = verdict_look(listed.verdict)
            why = reasons_text(listed.reasons)
            line = SafeText(
                self.tr("Row {row}, {verdict}: {why}").format(
                    row=QLocale().toString(listed.number),
                    verdict=verdict_name(listed.verdict).lower(),
                    why=why,
                )
            )
            card.body.addWidget(IconText(icon, line, tone, wraps=True))
        self._add_rest(card, len(imported.listed))
        return card


def _pill(count: int) -> CountPill:
    return CountPill(QLocale().toString(count))
