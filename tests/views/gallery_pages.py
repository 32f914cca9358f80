"""The pages of the gallery."""

# ruff: noqa: E501 - sample texts

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QItemSelectionModel, QSize, Qt
from PySide6.QtGui import QAction, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QMenu, QWidget

from desktop.models.column import AvatarSpec, Column, ColumnKind, check_column, menu_column
from desktop.models.matrix import MatrixColumn, MatrixModel, MatrixRow
from desktop.models.table import RecordTableModel
from desktop.plans.flow import Flow, Step
from desktop.views.dialogs import ConfirmDialog
from desktop.views.theme import u
from desktop.views.widgets.bars import Avatar, BusyRing, Mark, ProgressBar, SeatBar, SplitBar
from desktop.views.widgets.buttons import Button, Chip, IconButton, Segmented, Switch
from desktop.views.widgets.cards import (
    AccessStrip,
    Banner,
    Card,
    ChoiceCard,
    EmptyState,
    Facts,
    Strip,
)
from desktop.views.widgets.draw import fill_rounded, seat_tone, smooth_painter
from desktop.views.widgets.drop import FileCard, FileDrop
from desktop.views.widgets.fields import (
    CheckBox,
    FormField,
    NumberField,
    Radio,
    SearchField,
    Select,
    TextField,
)
from desktop.views.widgets.labels import Badge, CountPill, IconText, KeyCap, Label
from desktop.views.widgets.layouts import Line, Pane, column, holder, row
from desktop.views.widgets.matrix import MatrixView, permission_words
from desktop.views.widgets.menus import Menu
from desktop.views.widgets.phrase import FingerprintTiles
from desktop.views.widgets.runlist import RunChoice, RunGroup, RunList, RunStep
from desktop.views.widgets.table import RecordTable
from desktop.views.widgets.tabs import CountTabs
from desktop.views.widgets.toast import ToastHost
from desktop.views.widgets.totals import SelectionBar, TotalsRow
from desktop.views.widgets.tree import TreeEdit
from desktop.views.wizard import StepPage, WizardFrame


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
            row(
                Button("Primary", "primary"),
                Button("New client", "primary", icon="plus"),
                off,
                None,
            ),
            row(Button("Default"), Button("Export", icon="download"), with_menu, None),
            row(
                Button("Ghost", "ghost"),
                Button("Link", "link"),
                Button("Remove…", "danger_plain", icon="trash-2"),
                Button("Delete client", "danger"),
                None,
            ),
            row(
                Button("Small", is_small=True),
                Button("Small", "primary", is_small=True),
                IconButton("ellipsis", "More", kind="plain", side=28),
                IconButton("x", "Close", side=28),
                Segmented([("t", "Tree", "list-tree"), ("m", "Matrix", "grid-3x3")], "View"),
                None,
            ),
        ),
        0,
        0,
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
        1,
        0,
    )
    grid.addWidget(
        sheet(
            "Mark and type",
            row(None, Mark(16), Mark(24), Mark(32), Mark(56), Mark(32, has_tile=False)),
            Label("Title 20 / 600", "title"),
            Label("Heading 15 / 600", "heading"),
            Label("Strong 13 / 600", "strong"),
            Label("Medium 13 / 500", "medium"),
            Label("Body 13 / 400, medium 500 for names"),
            Label("Small 12 / 400 for second lines", "small", "text2"),
            Label("Caption 11 / 500 for headers", "caption", "text2"),
            Label("turban-deftly-anime 0O1lI", "mono"),
        ),
        2,
        0,
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
            row(
                plan,
                few,
                chip,
                Chip("Needs attention", icon="circle-alert", count="7", is_toggle=True),
                None,
            ),
            row(
                Badge("Enterprise"),
                Badge("Needs confirmation", "warn"),
                Badge("No seats", "bad"),
                Badge("Confirmed", "ok"),
                Badge("Adjusted", "accent", "wand-sparkles"),
                None,
            ),
            tabs,
            row(
                KeyCap("Ctrl"),
                KeyCap("K"),
                Avatar("1", "My Client", 24),
                Avatar("2", "Betty Warden", 28, is_person=True),
                Avatar("9", "Kees Bos", 36, is_person=True),
                CountPill("24"),
                CountPill("7", "warn"),
                BusyRing("Working"),
                None,
            ),
        ),
        0,
        1,
    )
    progress = ProgressBar("Run")
    progress.setRange(0, 43)
    progress.setValue(23)
    split = SplitBar("Verdicts")
    split.set_parts([(1197, "ok_fill"), (41, "bar"), (34, "warn_fill"), (12, "bad_fill")])
    grid.addWidget(
        sheet("Bars", row(SeatBar(8, 15), SeatBar(23, 25), SeatBar(12, 12)), progress, split),
        1,
        1,
    )
    names = [
        "text",
        "text2",
        "text3",
        "field",
        "line2",
        "line",
        "bg",
        "surface",
        "sidebar",
        "sunken",
        "hover",
        "sel",
        "accent",
        "accent_text",
        "accent_soft",
        "ok_fill",
        "warn_fill",
        "bad_fill",
    ]
    swatches = QGridLayout()
    for number, name in enumerate(names):
        swatches.addLayout(
            column(Swatch(name), Label(name, "caption", "text2"), gap=4), number // 6, number % 6
        )
    grid.addWidget(sheet("Colour", swatches), 2, 1)
    return page


@dataclass(frozen=True)
class Client:
    key: str
    name: str
    plan: str
    assigned: int
    used: int
    status: str
    tone: str
    icon: str


_R = ("Ready", "text2", "circle-check")
CLIENTS = [
    Client(
        "1",
        "Bakkerij van der Meulen & Zonen B.V.",
        "Teams",
        25,
        23,
        "2 to confirm",
        "warn",
        "user-check",
    ),
    Client("2", "Brightwater Marine Ltd", "Enterprise", 60, 41, *_R),
    Client(
        "3",
        "Coöperatieve Vereniging Zorgboeren Midden-Brabant en de Kempen",
        "Enterprise",
        140,
        128,
        "3 differences",
        "warn",
        "git-compare",
    ),
    Client("4", "Fenwick Accountancy", "Teams", 12, 12, "No seats left", "bad", "circle-alert"),
    Client(
        "5",
        "Harrow & Pike Solicitors LLP",
        "Enterprise",
        85,
        78,
        "3 to confirm",
        "warn",
        "user-check",
    ),
    Client("6", "Installatiebedrijf Van Rijn", "Teams", 30, 19, *_R),
    Client("7", "Logistiek Centrum Zuid B.V.", "Enterprise", 220, 187, *_R),
    Client(
        "8",
        "My Client's Organization",
        "Enterprise",
        15,
        1,
        "Set-up 3 of 7",
        "text2",
        "circle-dashed",
    ),
    Client("9", "Notariskantoor Hoekstra", "Enterprise", 18, 14, *_R),
    Client("10", "Oakfield Primary Trust", "Teams", 40, 0, "Suspended", "bad", "ban"),
    Client(
        "11",
        "Second Client's Organization",
        "Teams",
        20,
        1,
        "Set-up 5 of 7",
        "text2",
        "circle-dashed",
    ),
    Client(
        "12",
        "Stichting Openbaar Onderwijs Kennemerland-Zuid",
        "Enterprise",
        310,
        286,
        "1 to confirm",
        "warn",
        "user-check",
    ),
    Client("13", "Tandartspraktijk De Linde", "Teams", 9, 8, *_R),
    Client("14", "Evil \u202egpj.exe <img src='file:///x'>", "Teams", 9, 8, *_R),
]


def client_columns() -> tuple[Column[Client], ...]:
    right = Qt.AlignmentFlag.AlignRight
    return (
        check_column(),
        Column(
            "name",
            lambda: "Client",
            lambda c: c.name,
            kind=ColumnKind.NAME,
            width=0,
            avatar=lambda c: AvatarSpec(c.key, c.name),
        ),
        Column("plan", lambda: "Plan", lambda c: c.plan, width=90, drop=2),
        Column(
            "seats",
            lambda: "Seats",
            lambda c: f"{c.used} of {c.assigned}",
            kind=ColumnKind.SEAT_BAR,
            amount=lambda c: (c.used, c.assigned),
            width=92,
            drop=3,
            sort=lambda c: c.used / c.assigned,
        ),
        Column(
            "assigned",
            lambda: "Assigned",
            lambda c: str(c.assigned),
            kind=ColumnKind.NUMBER,
            align=right,
            width=76,
            drop=1,
            sort=lambda c: c.assigned,
            total=lambda: "1,248",
        ),
        Column(
            "used",
            lambda: "Used",
            lambda c: str(c.used),
            kind=ColumnKind.NUMBER,
            align=right,
            width=68,
            sort=lambda c: c.used,
            total=lambda: "1,031",
        ),
        Column(
            "left",
            lambda: "Remaining",
            lambda c: str(c.assigned - c.used),
            kind=ColumnKind.NUMBER,
            align=right,
            width=88,
            sort=lambda c: c.assigned - c.used,
            total=lambda: "217",
            tone=lambda c: {"neutral": ""}.get(
                seat_tone(c.used, c.assigned), seat_tone(c.used, c.assigned)
            ),
        ),
        Column(
            "status",
            lambda: "Status",
            lambda c: c.status,
            kind=ColumnKind.STATUS,
            icon=lambda c: c.icon,
            tone=lambda c: c.tone,
            width=140,
        ),
        menu_column(),
    )


def clients_page() -> QWidget:
    page = Pane("bg")
    model = RecordTableModel(client_columns(), lambda c: c.key, page)
    model.replace(CLIENTS)
    table = RecordTable(model, "Clients", parent=page)
    table.sort_by("name")
    totals = TotalsRow(table)
    totals.set_caption("24 clients")
    bar = SelectionBar()
    actions = []
    for text, name in (
        ("Change seats…", "armchair"),
        ("Set up…", "layers"),
        ("Export", "download"),
    ):
        action = QAction(text, page)
        action.setData(name)
        actions.append(action)
    bar.set_actions(actions)
    bar.set_selection("3 selected", "115 assigned, 104 used, 11 left")
    plan = Chip("Plan")
    plan.set_menu(QMenu(page))
    header = Pane("bg")
    header.setLayout(
        column(
            row(
                Label("Clients", "title"),
                None,
                Button("Export", icon="download"),
                Button("New client", "primary", icon="plus"),
                gap=10,
            ),
            row(
                SearchField("Search clients", "Ctrl F"),
                plan,
                Chip("Few seats left", icon="armchair", count="4", is_toggle=True),
                None,
                IconButton("columns-3", "Columns"),
            ),
            gap=14,
            margins=(24, 14, 24, 12),
        )
    )
    page.setLayout(column(header, table, bar, totals, gap=0))
    for number in (3, 4, 8):
        table.selectionModel().select(
            model.index(number, 0),
            QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows,
        )
    table.select_row(4)
    table._shows_ring = True
    table._delegate.hover_row, table._delegate.hover_column = 6, 8
    return page


def plan_panel() -> QWidget:
    facts = Facts()
    facts.add("New per month", "€ 15.00", "strong")
    facts.add("Requests", "43")
    facts.add("Takes about", "50 seconds")
    return holder(
        column(
            Label("The plan so far", "heading"),
            IconText("building-2", "Create the organization", "text"),
            IconText("mail", "Invite the owner", "text"),
            IconText("folder-tree", "9 collections, 5 groups", "text"),
            Line(),
            facts,
            Line(),
            IconText(
                "info",
                "A client cannot be created twice by accident: the plan recognises its own organization.",
                "text2",
                "small",
                wraps=True,
            ),
            None,
            gap=14,
            margins=(20, 30, 20, 20),
        )
    )


def wizard_page() -> QWidget:
    keys = ["details", "collections", "import", "policies", "access", "people", "review"]
    titles = dict(
        zip(
            keys,
            [
                "Details",
                "Collections",
                "Import",
                "Policies",
                "Groups and access",
                "People",
                "Review and run",
            ],
            strict=True,
        )
    )
    flow = Flow([Step(key, lambda _a: None) for key in keys], object())
    details = StepPage(
        "Who is the client?", "Nothing is created until you run the plan at the end."
    )
    name = TextField("n", maximum=50)
    name.setText("Notariskantoor Van den Bergh & Terpstra")
    mail = TextField("m")
    mail.setText("beheer@havenlicht.example")
    mail_form = FormField("E-mail address of the client owner", mail)
    mail_form.set_problem(
        "This address is in your own domain. The owner should work at the client, so that access does not depend on you alone. You can continue with it.",
        "warn",
    )
    seats = NumberField("Seats", 1)
    seats.setValue(24)
    cards = [ChoiceCard(), ChoiceCard()]
    for card, title, on in zip(cards, ("Teams", "Enterprise"), (False, True), strict=True):
        radio = Radio(title)
        radio.setChecked(on)
        card.set_on(on)
        card.body.addWidget(radio)
        for text in (
            "Adds policies, SSO, SCIM",
            "Adds custom roles, recovery",
            "21 paid seats free",
        ):
            card.body.addWidget(Label("      " + text, "small", "text2"))
    details.body.addWidget(Label("Plan", "medium"))
    details.body.addLayout(row(*cards, gap=12))
    details.body.addWidget(
        FormField("Organization name", name, hint="Members see this name in their vault.")
    )
    details.body.addWidget(mail_form)
    details.body.addLayout(
        row(
            FormField("Seats", seats, hint="3 are bought."),
            FormField("Your reference", TextField("r"), is_optional=True),
            gap=16,
        )
    )
    pages = {key: StepPage(titles[key]) for key in keys[2:]}
    tree = TreeEdit("Collections")
    tree.set_paths(
        [
            "Departments",
            "Departments/Finance",
            "Departments/IT",
            "Departments/IT/Break-glass",
            "Social media",
        ]
    )
    collections = StepPage(
        "Which collections?",
        "Edit the names, nest them, leave out what is not wanted.",
        is_filling=True,
    )
    collections.body.addWidget(tree)
    frame = WizardFrame(
        flow,
        {"details": details, "collections": collections, **pages},
        titles=titles,
        task="New client",
        subject="Notariskantoor Van den Bergh & Terpstra",
    )
    frame.set_note("collections", "9 from the pattern")
    frame.set_note("policies", "Enterprise only")
    frame.set_state("policies", "skipped")
    frame.set_state("people", "warn")
    frame.set_draft("Draft saved 08:14")
    frame.set_sentence("Nothing is sent yet")
    frame.set_plan(plan_panel())
    return frame


def tree_page() -> QWidget:
    frame = wizard_page()
    assert isinstance(frame, WizardFrame)
    frame.set_plan(None)
    frame.advance()
    tree = frame.findChildren(TreeEdit)[0]
    tree.tree.setCurrentIndex(tree.model.index_of("Departments/IT"))
    return frame


def run_page() -> QWidget:
    page = Pane("bg")
    runs = RunList("Steps")
    done = [RunStep(str(n), f"Create collection {n}", "done", "0.4 s") for n in range(9)]
    access = (
        RunStep("a", "Create group “Management”", "done", "0.4 s"),
        RunStep(
            "b",
            "Give “Sales” access to “Suppliers & licences”",
            "failed",
            "",
            "The collection was renamed by someone else in the meantime. Nothing was changed by this step.",
        ),
        RunStep("c", "Give “IT operations” access to 4 collections", "now", "now"),
        RunStep("d", "Give “Everyone” access to 3 collections"),
    )
    runs.set_groups(
        [
            RunGroup("c", "Collections", tuple(done)),
            RunGroup("g", "Groups and access", access),
            RunGroup("i", "Invitations", (RunStep("z", "Invite 9 people"),)),
        ],
        [RunChoice("Read again and retry", print), RunChoice("Skip this step", print)],
    )
    bar = ProgressBar("Run")
    bar.setRange(0, 43)
    bar.setValue(23)
    card = Card("Report", Button("Save as…", "ghost", icon="download", is_small=True))
    card.body.addWidget(Label("Cannot be undone", "caption", "text2"))
    card.body.addWidget(IconText("building-2", "Organization created, 24 seats assigned", "text2"))
    phrase = Card("Fingerprint phrase", Button("Copy", "ghost", icon="copy", is_small=True))
    phrase.body.addWidget(FingerprintTiles(["turban", "deftly", "anime", "chatroom", "unselfish"]))
    phrase.body.addWidget(
        IconText(
            "info",
            "Catherine finds the same five words under Settings, My account. Compare by phone or in person, not by mail.",
            "text2",
            "small",
            wraps=True,
        )
    )
    side = holder(
        column(
            card,
            phrase,
            FileDrop(
                "Drop the client's export here",
                "LastPass, Bitwarden or Chrome; it is read on this computer.",
                button="Choose a file…",
            ),
            None,
            gap=16,
        )
    )
    side.setFixedWidth(u(420))
    page.setLayout(
        column(
            row(
                Label("Setting up Notariskantoor Van den Bergh & Terpstra", "title"),
                None,
                Button("Pause after this step", icon="pause"),
            ),
            bar,
            row(
                Label("Step 23 of 43", "medium"),
                Label("about 40 seconds left", "body", "text2"),
                None,
            ),
            Banner(
                "One member waits for your confirmation",
                "Billy Warden accepted the invitation. Access starts after you have compared the fingerprint phrase.",
                action="Compare phrase…",
            ),
            AccessStrip(
                "Provider access",
                "You manage this client for Havenlicht IT. Vault items stay closed to you; structure, people and policies are open.",
                "What this means",
            ),
            FileCard(
                "wachtwoorden-export-2026-11.csv",
                "KeePass 2 (CSV) · 1,284 rows · 412 KB · read on this computer, nothing sent",
                Button("Other file…", is_small=True, icon="folder-open"),
            ),
            row(runs, side, gap=16),
            gap=10,
            margins=(24, 14, 24, 24),
        )
    )
    host = ToastHost(page)
    host.say("Invitation sent again to marleen@myclient.example", "View", lambda: None)
    return page


def matrix_page() -> QWidget:
    page = Pane("surface")
    model = MatrixModel(permission_words(), page)
    model.corner = "Collection"
    rows = [
        MatrixRow("d", "Departments"),
        MatrixRow("f", "Finance", 1),
        MatrixRow("i", "IT", 1),
        MatrixRow("b", "Break-glass", 2),
        MatrixRow("s", "Social media"),
        MatrixRow("x", "Suppliers & licences with renewal dates and a very long name"),
    ]
    groups = [
        MatrixColumn("m", "Management", "3 members"),
        MatrixColumn("f", "Finance team", "6 members"),
        MatrixColumn("i", "IT operations", "4 members"),
        MatrixColumn("e", "Everyone", "78 members"),
    ]
    model.set_matrix(
        rows,
        groups,
        {
            ("d", "m"): "manage",
            ("f", "m"): "manage",
            ("f", "f"): "manage",
            ("i", "i"): "manage",
            ("i", "m"): "view_hidden",
            ("b", "i"): "manage",
            ("s", "e"): "view",
            ("x", "f"): "edit_hidden",
        },
    )
    model.set_permission(model.index(4, 3), "edit")
    view = MatrixView(model, "Access")
    view.setCurrentIndex(model.index(3, 3))
    page.setLayout(column(view, gap=0))
    view.setFocus()
    return page


def empty_page() -> QWidget:
    page = Pane("bg")
    model: RecordTableModel[Client] = RecordTableModel(client_columns(), lambda c: c.key, page)
    table = RecordTable(model, "Clients")
    table.set_placeholder(
        EmptyState(
            "search-x",
            "No client matches “kapsalon”",
            "Names of all 24 clients were searched. Members and collections are found with Ctrl K.",
            Button("Clear search"),
            Button("Search everywhere", "ghost"),
        )
    )
    page.setLayout(
        column(
            Strip(
                "cloud-off",
                "You are offline",
                "You see what was known at 07:42, 18 minutes ago. Reading works, changing does not.",
                action="Try again",
            ),
            table,
            gap=0,
        )
    )
    return page


_kept: list[QWidget] = []


def dialog_page() -> QWidget:
    page = clients_page()
    dialog = ConfirmDialog(
        page,
        "Unlink Second Client's Organization?",
        accept="Unlink client",
        cancel="Keep client",
        subtitle="The client keeps existing, without Havenlicht IT.",
        icon="unlink",
        is_danger=True,
        typed="Second Client's Organization",
        target="Second Client's Organization · 3f2a9c1d · vault.example",
        facts=[
            (
                "receipt",
                "The client gets its own subscription. The first invoice is due in 30 days, and its owners are mailed to add a payment method.",
            ),
            ("shield-off", "Nobody at Havenlicht IT can open it any more, you included."),
        ],
    )
    _kept.append(page)
    return dialog


def menu_page() -> QWidget:
    menu = Menu("Row")
    menu.add("Open client", print, icon="external-link", key="Return")
    menu.addSeparator()
    menu.add("Change seats…", print, icon="armchair", key="S")
    menu.add("Rename…", print, icon="pencil", key="F2")
    menu.add(
        "Export vault…", print, icon="download", reason="Only members of the client can export"
    )
    menu.add("R&D & more", print, icon="copy")
    menu.addSeparator()
    menu.add("Unlink client…", print, icon="unlink", is_danger=True)
    menu.setActiveAction(menu.actions()[2])
    return menu


PAGES: dict[str, Callable[[], QWidget]] = {
    "00-parts": parts_page,
    "02-clients": clients_page,
    "06-wizard": wizard_page,
    "06b-tree": tree_page,
    "09-run": run_page,
    "05-matrix": matrix_page,
    "02-empty": empty_page,
    "14-dialog": dialog_page,
    "02-menu": menu_page,
}
