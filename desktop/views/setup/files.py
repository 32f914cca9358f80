"""The client's export: dropped, understood, judged row by row, its folders placed."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QDateTime, QLocale, Signal
from PySide6.QtWidgets import QButtonGroup, QStackedWidget, QWidget

from desktop.domain.items import ImportRow, Verdict
from desktop.models.column import Column, ColumnKind
from desktop.models.table import RecordTableModel
from desktop.views.dialogs import Dialog, ask, ask_open_file
from desktop.views.errors import Action, explain
from desktop.views.jobs import Jobs
from desktop.views.setup.step import SetupPage
from desktop.views.text import SafeText, isolated, sentence, shown
from desktop.views.theme import u
from desktop.views.widgets.bars import BusyRing, SplitBar
from desktop.views.widgets.buttons import Button, Chip
from desktop.views.widgets.drop import FileCard, FileDrop
from desktop.views.widgets.fields import SearchField, Select
from desktop.views.widgets.labels import IconText, Label
from desktop.views.widgets.layouts import ScrollPane, column, holder, row
from desktop.views.widgets.table import RecordTable
from desktop.views.wording import reasons_text, verdict_look, verdict_name

if TYPE_CHECKING:
    import asyncio

    from desktop.domain.errors import ClavigerError
    from desktop.domain.items import ImportPreview
    from desktop.plans.answers import SetupAnswers
    from desktop.services.desk import Desk
    from desktop.services.imports import ImportDone

translate = QCoreApplication.translate

_FILLS = {
    Verdict.OK: "ok_fill",
    Verdict.FIXED: "accent",
    Verdict.LOSSY: "warn_fill",
    Verdict.DOUBLE: "field",
    Verdict.REJECTED: "bad_fill",
}
_ENCODINGS = (
    ("windows-1252", "Windows-1252"),
    ("cp850", "CP 850"),
    ("iso-8859-15", "ISO 8859-15"),
    ("mac-roman", "Mac Roman"),
    ("utf-16", "UTF-16"),
)


def _folder_change(answers: SetupAnswers, item: ImportRow) -> tuple[str, str]:
    before = item.folder or translate("ImportPage", "(no folder)")
    if not item.items:
        return before, translate("ImportPage", "left out")
    return before, answers.target_of(item.folder) or answers.default_collection


def _what_happens(item: ImportRow) -> str:
    return reasons_text(item.reasons)


def row_columns(answers: SetupAnswers) -> tuple[Column[ImportRow], ...]:
    """Row, Name with user name, Folder and its collection, Verdict, What happens."""
    return (
        Column(
            "row",
            lambda: translate("ImportPage", "Row"),
            lambda r: QLocale().toString(r.number),
            sort=lambda r: r.number,
            kind=ColumnKind.NUMBER,
            width=72,
        ),
        Column(
            "name",
            lambda: translate("ImportPage", "Name"),
            lambda r: r.title or translate("ImportPage", "(no name)"),
            kind=ColumnKind.NAME,
            width=0,
            second=lambda r: r.subtitle or translate("ImportPage", "no user name"),
        ),
        Column(
            "folder",
            lambda: translate("ImportPage", "Folder → collection"),
            lambda r: " → ".join(_folder_change(answers, r)),
            kind=ColumnKind.CHANGE,
            width=256,
            drop=1,
            change=lambda r: _folder_change(answers, r),
        ),
        Column(
            "verdict",
            lambda: translate("ImportPage", "Verdict"),
            lambda r: verdict_name(r.verdict),
            kind=ColumnKind.STATUS,
            width=172,
            icon=lambda r: verdict_look(r.verdict)[0],
            tone=lambda r: verdict_look(r.verdict)[1],
        ),
        Column(
            "happens",
            lambda: translate("ImportPage", "What happens"),
            _what_happens,
            width=280,
            drop=2,
            tooltip=_what_happens,
        ),
    )


class FoldersDialog(Dialog):
    """Each folder of the file with the collection it goes to."""

    def __init__(self, answers: SetupAnswers, parent: QWidget) -> None:
        super().__init__(
            parent,
            translate("FoldersDialog", "Which collection does each folder go to?"),
            subtitle=translate(
                "FoldersDialog", "A folder without a collection of its name gets a new one."
            ),
            width=600,
        )
        self._answers = answers
        self._choices: dict[str, Select] = {}
        preview = answers.preview
        folders = preview.folders if preview is not None else ()
        there = {known.path for known in answers.client.collections} if answers.client else set()
        paths = list(dict.fromkeys((*answers.collections, *sorted(there))))
        lines = []
        for folder in ("", *folders):
            options = [("", answers.default_collection)] if not folder else []
            if folder and folder not in paths:
                options.append((folder, sentence(self.tr("New: {name}"), name=folder)))
            options += [(path, path) for path in paths]
            choice = Select(folder or self.tr("(no folder)"), options)
            choice.choose(answers.target_of(folder or None))
            choice.setFixedWidth(u(270))
            self._choices[folder] = choice
            lines.append(row(Label(folder or self.tr("(no folder)")), None, choice, gap=12))
        pane = ScrollPane(holder(column(*lines, None, gap=6, margins=(0, 0, 10, 0))))
        pane.setFixedHeight(u(min(360, 44 * len(lines) + 8)))
        self.body.addWidget(pane)
        self.add_buttons(self.tr("Use these"), self.tr("Cancel"))

    def accept(self) -> None:
        for folder, choice in self._choices.items():
            if folder:
                self._answers.folder_to[folder] = choice.key()
            else:
                self._answers.no_folder_to = choice.key()
        super().accept()


class ImportPage(SetupPage):
    """Three faces: nothing dropped yet, reading, the rehearsal."""

    KEY = "import"
    subject_wanted = Signal()

    def __init__(self, desk: Desk, answers: SetupAnswers, parent: QWidget | None = None) -> None:
        super().__init__(answers, "", is_wide=True, parent=parent)
        self.title.set_text(self.tr("Fill the vault from a file"))
        self.subtitle.set_text(
            self.tr("Read on this computer; passwords are counted, never shown. You can skip this.")
        )
        self.subtitle.show()
        self._desk = desk
        self._path: Path | None = None
        self._read: asyncio.Task[ImportPreview] | None = None
        self.jobs = Jobs(self)
        self.drop = FileDrop(
            self.tr("Drop the client's export here"),
            self.tr("LastPass, Bitwarden (JSON or CSV), Chrome and its family"),
            button=self.tr("Choose a file…"),
        )
        self.drop.dropped.connect(self.read)
        self.drop.asked.connect(self._choose)
        self._problem = IconText("circle-alert", "", "bad", wraps=True)
        self._problem.hide()
        self._encoding = Select(
            self.tr("Encoding"), [("", self.tr("Choose the encoding…")), *_ENCODINGS]
        )
        self._encoding.hide()
        self._encoding.currentIndexChanged.connect(self._decode)
        self._before = column(gap=6)
        self._reading = BusyRing(self.tr("Reading the file"))
        self._faces = QStackedWidget()
        self._faces.addWidget(
            holder(
                column(
                    self.drop,
                    self._problem,
                    row(self._encoding, None),
                    self._before,
                    None,
                    gap=12,
                    margins=(24, 8, 24, 24),
                )
            )
        )
        self._faces.addWidget(
            holder(
                column(
                    row(self._reading, Label(self.tr("Reading the file…"), "body", "text2"), None),
                    None,
                    margins=(24, 16, 24, 24),
                )
            )
        )
        self._faces.addWidget(self._rehearsal())
        self.body.addWidget(self._faces)
        self.done_before: tuple[ImportDone, ...] = ()
        if answers.client is not None:
            self.jobs.start(desk.imports.done_before(answers.client.id), self._show_before)
        self.enter()

    def _rehearsal(self) -> QWidget:
        self._folders = Button(self.tr("Folders…"), icon="folder-tree", is_small=True)
        self._folders.clicked.connect(self._place)
        other = Button(self.tr("Other file…"), icon="folder-open", is_small=True)
        other.clicked.connect(self._choose)
        drop_it = Button(self.tr("Without a file"), "ghost", is_small=True)
        drop_it.clicked.connect(self._forget)
        self.card = FileCard("", "", self._folders, other, drop_it)
        self._bar = SplitBar(self.tr("Verdicts"))
        self._chips: dict[str, Chip] = {}
        group = QButtonGroup(self)
        group.setExclusive(True)
        chips = row(gap=8)
        for key in ("all", *(verdict.value for verdict in Verdict)):
            name = self.tr("All") if key == "all" else verdict_name(Verdict(key))
            icon_name = "" if key == "all" else verdict_look(Verdict(key))[0]
            chip = Chip(name, icon=icon_name, count="0", is_toggle=True)
            chip.setChecked(key == "all")
            chip.clicked.connect(lambda _on=False, one=key: self._filter(one))
            group.addButton(chip)
            self._chips[key] = chip
            chips.addWidget(chip)
        chips.addStretch(1)
        self.search = SearchField(self.tr("Search rows"), "Ctrl F")
        chips.addWidget(self.search)
        self.model: RecordTableModel[ImportRow] = RecordTableModel(
            row_columns(self.answers), lambda r: r.number, self
        )
        self.table = RecordTable(self.model, self.tr("Rows of the file"))
        self.search.searched.connect(self.model.set_filter)
        top = column(self.card, self._bar, gap=12, margins=(24, 0, 24, 0))
        chips.setContentsMargins(u(24), 0, u(24), 0)
        return holder(column(top, chips, self.table, gap=10))

    def _show_before(self, done: tuple[ImportDone, ...]) -> None:
        """What this desk imported into this client; items are not listed to find out."""
        self.done_before = done
        if not done:
            return
        self._before.addWidget(Label(self.tr("Imported from this computer before"), "medium"))
        for one in done[:5]:
            then = QDateTime.fromSecsSinceEpoch(int(one.when.timestamp()))
            line = sentence(
                self.tr("{file}, {when}: %Ln item(s)", "", one.items),
                file=one.file_name,
                when=QLocale().toString(then, QLocale.FormatType.ShortFormat),
            )
            self._before.addWidget(IconText("circle-check", line, "ok"))
        self.changed.emit()

    # --- reading ----------------------------------------------------------------------------

    def enter(self) -> None:
        preview = self.answers.preview
        if preview is None:
            self._faces.setCurrentIndex(0)
        else:
            self._show(preview)

    def read(self, path: Path, encoding: str = "") -> None:
        """Reads a file in the worker; what was there before stays until it is understood."""
        self._path = path
        self._problem.hide()
        self._faces.setCurrentIndex(1)
        client = self.answers.client.id if self.answers.client is not None else None
        if self._read is not None:
            # Of two files it is the later one, however long the earlier one takes.
            self._read.cancel()
        self._read = self.jobs.start(
            self._desk.imports.preview(path, encoding=encoding or None, client=client),
            self.take,
            self._refused,
        )

    def take(self, preview: ImportPreview) -> None:
        """The file is understood: its folders become collections unless mapped otherwise."""
        self.answers.preview = preview
        self._encoding.hide()
        self._encoding.setCurrentIndex(0)
        self._show(preview)
        self.changed.emit()

    def _refused(self, error: ClavigerError) -> None:
        explained = explain(error)
        self.answers.forget_file()
        name = isolated(self._path.name) if self._path is not None else ""
        said = SafeText(f"{name}: {shown(explained.sentence, 600)}")
        self._problem.set_content("circle-alert", said, "bad")
        self._problem.show()
        self._encoding.setVisible(explained.action is Action.CHOOSE_ENCODING)
        self._faces.setCurrentIndex(0)
        self.changed.emit()

    def _decode(self) -> None:
        if self._encoding.key() and self._path is not None:
            self.read(self._path, self._encoding.key())

    def _choose(self) -> None:
        asked = ask_open_file(
            self,
            self.tr("Choose the client's export"),
            self.tr("Exports (*.csv *.json *.txt *.html)"),
        )
        self.jobs.start(asked, self._chosen)

    def _chosen(self, path: Path | None) -> None:
        if path is not None:
            self.read(path)

    def forget(self) -> None:
        """Drops the file and all that was read of it."""
        if self._read is not None:
            self._read.cancel()
        self.answers.forget_file()
        self.model.replace(())

    def _forget(self) -> None:
        self.forget()
        self._faces.setCurrentIndex(0)
        self.changed.emit()

    # --- the rehearsal ----------------------------------------------------------------------

    def _show(self, preview: ImportPreview) -> None:
        number = QLocale().toString
        formats = dict(self._desk.imports.formats)
        size = QLocale().formattedDataSize(
            preview.file_bytes, 0, QLocale.DataSizeFormat.DataSizeSIFormat
        )
        facts = self.tr(
            "{format} · %Ln row(s) · {size} · nothing sent", "", len(preview.rows)
        ).format(format=formats.get(preview.format, preview.format), size=size)
        self.card.set_file(preview.file_name, facts)
        counts = {verdict: preview.count(verdict) for verdict in Verdict}
        self._bar.set_parts(
            [(counts[verdict], token) for verdict, token in _FILLS.items()],
            ", ".join(f"{verdict_name(v)} {number(n)}" for v, n in counts.items() if n),
        )
        self._chips["all"].set_count(number(len(preview.rows)))
        for verdict, count in counts.items():
            self._chips[verdict.value].set_count(number(count))
            self._chips[verdict.value].setVisible(bool(count))
        self._folders.set_text(self.tr("%Ln folder(s)…", "", len(preview.folders)))
        self.model.replace(preview.rows)
        self._faces.setCurrentIndex(2)

    def _filter(self, key: str) -> None:
        if key == "all":
            self.model.set_predicate(None)
        else:
            verdict = Verdict(key)
            self.model.set_predicate(lambda item: item.verdict is verdict)

    def _place(self) -> None:
        dialog = FoldersDialog(self.answers, self)
        self.jobs.start(ask(dialog), self._placed)

    def _placed(self, accepted: bool) -> None:
        if accepted and self.answers.preview is not None:
            self.model.retranslate()
            self.changed.emit()

    def sentence(self) -> str:
        """For the footer: how many rows go in, how many are listed."""
        preview = self.answers.preview
        if preview is None:
            return ""
        going = sum(bool(item.items) for item in preview.rows)
        number = QLocale().toString
        listed = len(preview.rows) - preview.count(Verdict.OK)
        return self.tr(
            "{going} of {all} rows go in; %Ln is/are listed in the report", "", listed
        ).format(going=number(going), all=number(len(preview.rows)))

    def note(self) -> str:
        preview = self.answers.preview
        return "" if preview is None else self.tr("%Ln row(s)", "", len(preview.rows))
