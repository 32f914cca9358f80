"""The pages of the gallery."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QGridLayout, QMenu, QWidget

from desktop.views.theme import u
from desktop.views.widgets.bars import Avatar, BusyRing, Mark, ProgressBar, SeatBar, SplitBar
from desktop.views.widgets.buttons import Button, Chip, IconButton, Segmented, Switch
from desktop.views.widgets.draw import fill_rounded, smooth_painter
from desktop.views.widgets.fields import (
    CheckBox,
    FormField,
    NumberField,
    Radio,
    SearchField,
    Select,
    TextField,
)
from desktop.views.widgets.labels import Badge, CountPill, KeyCap, Label
from desktop.views.widgets.layouts import Pane, column, row
from desktop.views.widgets.tabs import CountTabs


class Sheet(QWidget):
    def paintEvent(self, _event: QPaintEvent) -> None:
        fill_rounded(smooth_painter(self), self.rect().toRectF(), u(10), "surface", "line")


class Swatch(QWidget):
    def __init__(self, token: str) -> None:
        super().__init__()
        self._token = token

    def sizeHint(self) -> QSize:
        return QSize(u(90), u(30))

    def paintEvent(self, _event: QPaintEvent) -> None:
        fill_rounded(smooth_painter(self), self.rect().toRectF(), u(6), self._token, "line2")


def sheet(title: str, *parts: object) -> QWidget:
    made = Sheet()
    layout = column(Label(title, "heading"), gap=10, margins=(18, 14, 18, 14))
    for part in parts:
        if isinstance(part, QWidget):
            layout.addWidget(part)
        else:
            layout.addLayout(part)  # type: ignore[arg-type]  # rows of the gallery
    layout.addStretch(1)
    made.setLayout(layout)
    return made


def parts_page() -> QWidget:
    page = Pane("bg")
    grid = QGridLayout(page)
    grid.setContentsMargins(20, 18, 20, 18)
    grid.setSpacing(14)
    off = Button("Disabled", "primary")
    off.set_blocked("Changes need a connection")
    menu = QMenu(page)
    menu.addAction("One")
    with_menu = Button("With menu")
    with_menu.setMenu(menu)
    grid.addWidget(
        sheet(
            "Buttons",
            row(Button("Primary", "primary"), Button("New client", "primary", icon="plus"), off, None),
            row(Button("Default"), Button("Export", icon="download"), with_menu, None),
            row(
                Button("Ghost", "ghost"), Button("Link", "link"),
                Button("Remove…", "danger_plain", icon="trash-2"), Button("Delete client", "danger"), None,
            ),
            row(
                Button("Small", is_small=True), Button("Small", "primary", is_small=True),
                IconButton("ellipsis", "More", kind="plain", side=28), IconButton("x", "Close", side=28),
                Segmented([("t", "Tree", "list-tree"), ("m", "Matrix", "grid-3x3")], "View"), None,
            ),
        ),
        0, 0,
    )
    bad = TextField("Bad", is_password=True)
    bad.setText("Cannot be used")
    bad.set_state("bad")
    warn = TextField("Warn", maximum=50)
    warn.setText("Needs another look")
    warn.set_state("warn")
    disabled = TextField("Off")
    disabled.setText("Off")
    disabled.set_blocked("Only Enterprise clients have this")
    some = CheckBox("Some")
    some.setTristate(True)
    some.setCheckState(Qt.CheckState.PartiallyChecked)
    on = CheckBox("On")
    on.setChecked(True)
    not_now = CheckBox("Not now")
    not_now.setChecked(True)
    not_now.set_blocked("Needs a plan")
    switches = [Switch("s") for _ in range(4)]
    switches[1].setChecked(True)
    switches[3].setChecked(True)
    switches[2].set_blocked("no")
    switches[3].set_blocked("no")
    radio = Radio("Teams")
    radio.setChecked(True)
    form = FormField("Organization name", TextField("n", maximum=50), hint="Members see this name.")
    problem = FormField("E-mail address", TextField("e"), hint="x", is_optional=True)
    problem.set_problem("This address is in your own domain. You can continue with it.", "warn")
    grid.addWidget(
        sheet(
            "Fields and choices",
            row(SearchField("Search clients", "Ctrl F"), TextField("x", placeholder="Placeholder")),
            row(warn, bad),
            row(disabled, Select("Choice", [("a", "Choice"), ("b", "Other")])),
            row(CheckBox("Off"), on, some, not_now, None, gap=16),
            row(*switches, Radio("Enterprise"), radio, NumberField("Seats"), None, gap=12),
            row(form, problem),
        ),
        1, 0,
    )
    grid.addWidget(
        sheet(
            "Mark and type",
            row(None, Mark(16), Mark(24), Mark(32), Mark(56), Mark(32, has_tile=False)),
            Label("Title 20 / 600", "title"), Label("Heading 15 / 600", "heading"),
            Label("Strong 13 / 600", "strong"), Label("Medium 13 / 500", "medium"),
            Label("Body 13 / 400, medium 500 for names"),
            Label("Small 12 / 400 for second lines", "small", "text2"),
            Label("Caption 11 / 500 for headers", "caption", "text2"),
            Label("turban-deftly-anime 0O1lI", "mono"),
        ),
        2, 0,
    )
    chip = Chip("Kind")
    chip.set_value("Access")
    plan = Chip("Plan")
    plan.set_menu(menu)
    few = Chip("Few seats left", icon="armchair", count="4", is_toggle=True)
    few.setChecked(True)
    tabs = CountTabs("Status")
    tabs.add("all", "All", "4")
    tabs.add("invited", "Invited", "1")
    tabs.add("needs", "Needs confirmation", "1", "warn")
    tabs.add("revoked", "Revoked", "0")
    grid.addWidget(
        sheet(
            "Chips, badges, tabs",
            row(plan, few, chip, Chip("Needs attention", icon="circle-alert", count="7", is_toggle=True), None),
            row(
                Badge("Enterprise"), Badge("Needs confirmation", "warn"), Badge("No seats", "bad"),
                Badge("Confirmed", "ok"), Badge("Adjusted", "accent", "wand-sparkles"), None,
            ),
            tabs,
            row(
                KeyCap("Ctrl"), KeyCap("K"), Avatar("1", "My Client", 24), Avatar("2", "Betty Warden", 28, is_person=True),
                Avatar("9", "Kees Bos", 36, is_person=True), CountPill("24"), CountPill("7", "warn"), BusyRing("Working"), None,
            ),
        ),
        0, 1,
    )
    progress = ProgressBar("Run")
    progress.setRange(0, 43)
    progress.setValue(23)
    split = SplitBar("Verdicts")
    split.set_parts([(1197, "ok_fill"), (41, "bar"), (34, "warn_fill"), (12, "bad_fill")])
    grid.addWidget(
        sheet("Bars", row(SeatBar(8, 15), SeatBar(23, 25), SeatBar(12, 12)), progress, split),
        1, 1,
    )
    names = ["text", "text2", "text3", "field", "line2", "line", "bg", "surface", "sidebar", "sunken",
             "hover", "sel", "accent", "accent_text", "accent_soft", "ok_fill", "warn_fill", "bad_fill"]
    swatches = QGridLayout()
    for number, name in enumerate(names):
        swatches.addLayout(
            column(Swatch(name), Label(name, "caption", "text2"), gap=4), number // 6, number % 6
        )
    grid.addWidget(sheet("Colour", swatches), 2, 1)
    return page


PAGES: dict[str, Callable[[], QWidget]] = {"00-parts": parts_page}
