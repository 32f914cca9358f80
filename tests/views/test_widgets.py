"""Widgets: names for screen readers, reasons, elision with tooltip, the keys of the table."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QItemSelectionModel, QMimeData, QModelIndex, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QAccessible, QAction, QDropEvent, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from desktop.models.column import (
    AvatarSpec,
    BadgeSpec,
    Column,
    ColumnKind,
    check_column,
    menu_column,
)
from desktop.models.matrix import MatrixColumn, MatrixModel, MatrixRow
from desktop.models.table import RecordTableModel
from desktop.models.tree import TreeModel, TreeRow
from desktop.views.theme import DARK, Theme, apply
from desktop.views.widgets.bars import Avatar, BusyRing, Mark, ProgressBar, SeatBar, SplitBar
from desktop.views.widgets.buttons import Button, Chip, IconButton, Segmented, Switch
from desktop.views.widgets.cards import AccessStrip, Banner, Card, EmptyState, Facts, Strip
from desktop.views.widgets.draw import avatar_hue, initials, seat_tone
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
from desktop.views.widgets.focus import FocusRing
from desktop.views.widgets.header import RecordHeader
from desktop.views.widgets.labels import Badge, CountPill, IconTile, KeyCap, Label
from desktop.views.widgets.matrix import MatrixView, permission_words
from desktop.views.widgets.menus import Menu
from desktop.views.widgets.phrase import FingerprintTiles
from desktop.views.widgets.rail import RailStep, StepRail, WayRail
from desktop.views.widgets.runlist import RunChoice, RunGroup, RunList, RunStep
from desktop.views.widgets.table import RecordTable, TableLayout, copied_cell, local_files
from desktop.views.widgets.tabs import CountTabs
from desktop.views.widgets.toast import ToastHost
from desktop.views.widgets.totals import SelectionBar, TotalsRow
from desktop.views.widgets.tree import CollectionTree, TreeEdit

DROPPED = "/home/someone/x.csv"
LONG = "Coöperatieve Vereniging van Zorgboeren in Midden-Brabant en de Kempen"


@dataclass(frozen=True)
class Person:
    number: int
    name: str
    seats: int = 3


def columns() -> tuple[Column[Person], ...]:
    return (
        check_column(),
        Column(
            "name", lambda: "Name", lambda p: p.name, kind=ColumnKind.NAME, width=0,
            avatar=lambda p: AvatarSpec(str(p.number), p.name, is_person=True),
            second=lambda p: f"{p.number}@x.example",
            badge=lambda p: BadgeSpec("You") if p.number == 1 else None,
        ),
        Column("bar", lambda: "Seats", lambda p: f"{p.seats} of 9", kind=ColumnKind.SEAT_BAR,
               amount=lambda p: (p.seats, 9), drop=2, width=90),
        Column("seats", lambda: "Used", lambda p: str(p.seats), kind=ColumnKind.NUMBER,
               sort=lambda p: p.seats, drop=1, width=80, total=lambda: "9"),
        Column("to", lambda: "Folder", lambda p: f"a to {p.name}", kind=ColumnKind.CHANGE,
               change=lambda p: ("a", p.name), width=160, drop=3),
        Column("state", lambda: "Status", lambda _p: "Ready", kind=ColumnKind.STATUS,
               icon=lambda _p: "circle-check", tone=lambda _p: "text2", width=120),
        menu_column(),
    )  # fmt: skip


PEOPLE = [Person(1, "Billy"), Person(2, "Ann", 9), Person(3, LONG, 1), Person(4, "=cmd()")]


def table_of(qtbot: QtBot, people: list[Person] | None = None) -> RecordTable:
    model = RecordTableModel(columns(), lambda p: p.number)
    model.replace(PEOPLE if people is None else people)
    table = RecordTable(model, "People", accepts_files=True)
    model.setParent(table)
    qtbot.addWidget(table)
    table.resize(1000, 400)
    table.show()
    return table


def parts() -> dict[str, Callable[[], QWidget]]:
    """Every widget a keyboard can reach, built as pages build it."""
    matrix = MatrixModel(permission_words())
    matrix.set_matrix([MatrixRow("a", "A")], [MatrixColumn("g", "G")], {})
    return {
        "Button": lambda: Button("Save"),
        "IconButton": lambda: IconButton("x", "Close"),
        "Chip": lambda: Chip("Plan", count="3", is_toggle=True),
        "Switch": lambda: Switch("Lock"),
        "Segmented": lambda: Segmented([("a", "Tree", ""), ("b", "Matrix", "")], "View"),
        "TextField": lambda: TextField("Name", maximum=50),
        "SearchField": lambda: SearchField("Search", "Ctrl F"),
        "NumberField": lambda: NumberField("Seats"),
        "CheckBox": lambda: CheckBox("On"),
        "Radio": lambda: Radio("Teams"),
        "Select": lambda: Select("Role", [("a", "Owner")]),
        "FormField": lambda: FormField("E-mail", QLineEdit()),
        "FingerprintTiles": lambda: FingerprintTiles(["a", "b", "c", "d", "e"]),
        "FileDrop": lambda: FileDrop("Drop a file", button="Choose…"),
        "FileCard": lambda: FileCard("x.csv", "3 rows", Button("Other…")),
        "TreeEdit": lambda: TreeEdit("Collections"),
        "CollectionTree": lambda: CollectionTree(TreeModel("Name"), "Collections"),
        "MatrixView": lambda: MatrixView(matrix, "Access"),
        "Banner": lambda: Banner("Waits", "text", action="Compare…"),
        "Strip": lambda: Strip("cloud-off", "Offline", action="Try again"),
        "AccessStrip": lambda: AccessStrip("Provider access", "text", "What this means"),
        "EmptyState": lambda: EmptyState("search-x", "Nothing", "text", Button("Clear")),
        "Card": lambda: Card("Report", Button("Save")),
    }


@pytest.mark.parametrize("name", list(parts()))
def test_everything_the_keyboard_reaches_has_a_name(name: str, qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    layout = QVBoxLayout(window)
    layout.addWidget(parts()[name]())
    window.show()
    for widget in window.findChildren(QWidget):
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.isVisible():
            spoken = QAccessible.queryAccessibleInterface(widget).text(QAccessible.Text.Name)
            inner = isinstance(widget, QLineEdit) and widget.objectName() == "qt_spinbox_lineedit"
            assert spoken or inner, widget


@pytest.mark.parametrize("name", list(parts()))
def test_everything_paints_in_dark_at_two_hundred_percent(
    name: str, qtbot: QtBot, qapp: QApplication
) -> None:
    apply(qapp, Theme(DARK, scale=2.0))
    widget = parts()[name]()
    qtbot.addWidget(widget)
    widget.resize(600, max(40, widget.sizeHint().height()))
    assert not widget.grab().isNull()


@pytest.mark.parametrize(
    "make",
    [
        lambda: Badge("Ready", "ok"), lambda: CountPill("7", "warn"), lambda: KeyCap("Ctrl"),
        lambda: SeatBar(3, 9), lambda: ProgressBar("Run"), lambda: SplitBar("Verdicts"),
        lambda: BusyRing("Working"), lambda: RunList("Steps"), lambda: StepRail("Steps"),
    ],
)  # fmt: skip
def test_pictures_speak_too(make: Callable[[], QWidget], qtbot: QtBot) -> None:
    widget = make()
    qtbot.addWidget(widget)
    assert widget.accessibleName()
    widget.grab()


def test_blocked_controls_say_why(qtbot: QtBot) -> None:
    for widget in (Button("Save"), Switch("Lock"), CheckBox("On"), Select("x"), TextField("y")):
        qtbot.addWidget(widget)
        widget.set_blocked("Changes need a connection")
        assert not widget.isEnabled()
        assert "Changes need a connection" in widget.toolTip()
        assert widget.accessibleDescription() == "Changes need a connection"
        widget.set_blocked("")
        assert widget.isEnabled()
        assert widget.accessibleDescription() == ""


def test_text_that_is_cut_is_told_in_a_tooltip(qtbot: QtBot) -> None:
    for widget in (Label(LONG), Button(LONG), Chip(LONG), CheckBox(LONG), Badge(LONG)):
        qtbot.addWidget(widget)
        widget.resize(widget.sizeHint())
        widget.show()
        assert LONG not in widget.toolTip()
        widget.resize(70, widget.height())
        assert LONG in widget.toolTip(), widget


def test_wrapped_label_takes_exactly_its_height(qtbot: QtBot) -> None:
    label = Label(LONG * 2, wraps=True)
    qtbot.addWidget(label)
    label.show()
    label.resize(150, 10)
    narrow = label.height()
    label.resize(900, 10)
    assert label.height() < narrow / 3


def test_search_waits_then_clears_with_escape(qtbot: QtBot) -> None:
    field = SearchField("Search", "Ctrl F", delay_ms=1)
    qtbot.addWidget(field)
    field.show()
    with qtbot.waitSignal(field.searched) as heard:
        QTest.keyClicks(field, "abc")
    assert heard.args == ["abc"]
    with qtbot.waitSignal(field.searched) as heard:
        QTest.keyClick(field, Qt.Key.Key_Escape)
    assert heard.args == [""]


def test_password_is_masked_and_never_told(qtbot: QtBot) -> None:
    field = TextField("Master password", is_password=True)
    qtbot.addWidget(field)
    field.setText("canary-secret")
    spoken = QAccessible.queryAccessibleInterface(field).text(QAccessible.Text.Value)
    assert "canary" not in spoken
    assert "canary" not in field.toolTip() + field.accessibleName() + field.displayText()


def test_form_field_puts_errors_where_the_hint_was(qtbot: QtBot) -> None:
    field = TextField("")
    form = FormField("Name", field, hint="Members see it.")
    qtbot.addWidget(form)
    form.resize(400, 100)
    form.show()
    before = form.height()
    form.set_problem("Too long")
    assert form.below_text() == "Too long"
    assert field.property("state") == "bad"
    assert field.accessibleDescription() == "Too long"
    assert form.height() == before
    form.clear_problem()
    assert form.below_text() == "Members see it."


def test_tabs_carry_counts_and_keys(qtbot: QtBot) -> None:
    tabs = CountTabs("Status")
    qtbot.addWidget(tabs)
    tabs.add("all", "All", "4")
    tabs.add("invited", "Invited", "0")
    with qtbot.waitSignal(tabs.chosen) as heard:
        QTest.keyClick(tabs, Qt.Key.Key_Right)
    assert heard.args == ["invited"]
    tabs.set_count("invited", "2")
    assert tabs.accessibleTabName(1) == "Invited, 2"
    tabs.grab()


def test_columns_sort_by_keyboard_and_heads_explain_themselves(qtbot: QtBot) -> None:
    table = table_of(qtbot)
    menu = table.sort_menu()
    texts = [action.text() for action in menu.actions()]
    assert texts == ["Name", "Seats", "Used", "Folder", "Status"]
    menu.actions()[2].trigger()
    assert table.record_model().sort_key == "seats"
    header = table.horizontalHeader()
    assert isinstance(header, RecordHeader)
    assert header.tip_of(3) == ""
    header.resizeSection(3, 44)
    assert header.tip_of(3) in {"", "Used"}


def test_chip_toggles_and_shows_its_value(qtbot: QtBot) -> None:
    chip = Chip("Kind")
    qtbot.addWidget(chip)
    chip.set_value("Access")
    assert chip.is_on
    assert chip.accessibleName() == "Kind: Access"
    with qtbot.waitSignal(chip.cleared):
        QTest.keyClick(chip, Qt.Key.Key_Delete)
    assert not chip.is_on
    chip.grab()


def test_segmented_and_switch_are_real_buttons(qtbot: QtBot) -> None:
    choice = Segmented([("a", "Tree", "list-tree"), ("b", "Matrix", "grid-3x3")], "View")
    qtbot.addWidget(choice)
    with qtbot.waitSignal(choice.chosen) as heard:
        choice._group.button(1).click()
    assert heard.args == ["b"]
    assert choice.key() == "b"


def test_seat_tones_and_avatars() -> None:
    assert [seat_tone(*pair) for pair in ((8, 10), (9, 10), (10, 10), (0, 0), (11, 10))] == [
        "neutral", "warn", "bad", "neutral", "bad",
    ]  # fmt: skip
    assert initials("Bakkerij van der Meulen") == "BM"
    assert initials("billy.warden@x.example") == "BW"
    assert initials("") == "?"
    assert avatar_hue("\ud800") == avatar_hue("\ud800")
    assert Avatar("1", "A").sizeHint() == Mark(24).sizeHint()


# --- the table ---------------------------------------------------------------------------


def test_enter_and_double_click_open(qtbot: QtBot) -> None:
    table = table_of(qtbot)
    table.select_row(1)
    with qtbot.waitSignal(table.opened) as heard:
        QTest.keyClick(table, Qt.Key.Key_Return)
    assert heard.args == [PEOPLE[1]]
    spot = table.visualRect(table.record_model().index(0, 1)).center()
    with qtbot.waitSignal(table.opened) as heard:
        QTest.mouseDClick(table.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    assert heard.args == [PEOPLE[0]]


def test_ticks_by_mouse_and_keys_leave_each_other_alone(qtbot: QtBot) -> None:
    table = table_of(qtbot)
    model = table.record_model()

    def click(row: int, column: int) -> None:
        spot = table.visualRect(model.index(row, column)).center()
        QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=spot)

    click(0, 0)
    click(2, 0)
    click(1, 1)  # a click on a name chooses nothing
    assert [p.number for p in table.selected_records()] == [1, 3]
    assert table.current_record() == PEOPLE[1]
    QTest.keyClick(table, Qt.Key.Key_Space)
    assert [p.number for p in table.selected_records()] == [1, 2, 3]
    QTest.keyClick(table, Qt.Key.Key_Down)
    assert table.selected_count() == 3
    assert table.horizontalHeader().property("objectName") is not None
    table._toggle_all()
    assert table.selected_count() == 4
    table._toggle_all()
    assert table.selected_count() == 0
    QTest.keyClick(table, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert table.selected_count() == 4
    QTest.keyClick(table, Qt.Key.Key_Escape)
    assert table.selected_count() == 0


def test_selection_of_all_rows_survives_new_records_and_filters(qtbot: QtBot) -> None:
    table = table_of(qtbot)
    table._toggle_all()
    table.record_model().replace([*PEOPLE[1:], Person(9, "New")])
    assert [p.number for p in table.selected_records()] == [2, 3, 4]
    table.record_model().set_filter("ann")
    assert [p.number for p in table.selected_records()] == [2]
    table.record_model().set_filter("")
    assert [p.number for p in table.selected_records()] == [2]


def test_hidden_rows_are_never_meant(qtbot: QtBot) -> None:
    table = table_of(qtbot)
    flag = QItemSelectionModel.SelectionFlag
    table.selectionModel().select(table.record_model().index(0, 0), flag.Select | flag.Rows)
    table.record_model().set_filter("ann")
    assert table.selected_records() == []
    assert table.target_records() in ([], [PEOPLE[1]])


def test_delete_and_menu_keys_name_their_rows(qtbot: QtBot) -> None:
    table = table_of(qtbot)
    table.select_row(1)
    with qtbot.waitSignal(table.delete_wanted) as heard:
        QTest.keyClick(table, Qt.Key.Key_Delete)
    assert heard.args == [[PEOPLE[1]]]
    asked: list[Any] = []
    table.menu_for = asked.append
    QTest.keyClick(table, Qt.Key.Key_F10, Qt.KeyboardModifier.ShiftModifier)
    QTest.keyClick(table, Qt.Key.Key_Menu)
    last = len(columns()) - 1
    spot = table.visualRect(table.record_model().index(0, last)).center()
    QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    assert asked == [PEOPLE[1], PEOPLE[1], PEOPLE[0]]


def test_t68_copied_rows_start_no_formula(qtbot: QtBot) -> None:
    table = table_of(qtbot)
    table.select_row(3)
    QTest.keyClick(table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    copied = QGuiApplication.clipboard().text()
    assert copied.startswith("'=cmd()\t")
    assert [copied_cell(t) for t in ("+1", "-1", "@a", "a=1")] == ["'+1", "'-1", "'@a", "a=1"]


def test_narrow_tables_drop_columns_by_priority(qtbot: QtBot) -> None:
    table = table_of(qtbot)

    def hidden() -> list[str]:
        return [c.key for n, c in enumerate(columns()) if table.isColumnHidden(n)]

    assert hidden() == []
    table.resize(700, 300)
    assert hidden() == ["to"]
    table.resize(500, 300)
    assert hidden() == ["bar", "seats", "to"]
    table.resize(1000, 300)
    assert hidden() == []


def test_layout_is_kept_and_restored(qtbot: QtBot) -> None:
    table = table_of(qtbot)
    table.restore_layout(TableLayout({"state": 200, "ghost": 9, "seats": -4}, "seats", True))
    assert table.columnWidth(5) == 200
    assert table.columnWidth(3) == 80
    assert table.column_layout() == TableLayout({"state": 200}, "seats", True)
    table.restore_layout(TableLayout({}, "ghost"))
    assert table.record_model().sort_key == "seats"


def test_an_empty_state_keeps_its_tile_whole_over_wrapped_words(qtbot: QtBot) -> None:
    place = QWidget()
    qtbot.addWidget(place)
    place.resize(1_000, 600)
    place.show()
    empty = EmptyState("history", "Nothing changed", "words " * 40, Button("Last 30 days"))
    empty.setParent(place)
    empty.setGeometry(place.rect())
    empty.show()
    QApplication.processEvents()
    tile = empty.findChild(IconTile)
    assert isinstance(tile, IconTile)
    assert tile.size() == tile.sizeHint()


def test_placeholder_stands_in_for_no_rows(qtbot: QtBot) -> None:
    table = table_of(qtbot)
    empty = EmptyState("search-x", "No hits")
    table.set_placeholder(empty)
    assert empty.isHidden()
    table.record_model().set_filter("nobody")
    assert not empty.isHidden()
    table.record_model().set_filter("")
    assert empty.isHidden()


def test_cut_cells_tell_their_text(qtbot: QtBot) -> None:
    table = table_of(qtbot, [Person(1, LONG)])
    table.resize(1400, 200)
    assert table.cut_text(table.record_model().index(0, 1)) == ""
    table.resize(700, 200)
    assert LONG in table.cut_text(table.record_model().index(0, 1))


def test_t76_a_hostile_row_stays_one_line(qtbot: QtBot) -> None:
    table = table_of(qtbot, [Person(1, "line\n" * 500), Person(2, "a" * 200_000)])
    assert table.rowHeight(0) == table.rowHeight(1) == 56
    assert not table.grab().isNull()


def test_t71_only_local_files_are_taken() -> None:
    urls = [
        QUrl.fromLocalFile(DROPPED), QUrl("http://evil.example/x.csv"),
        QUrl("file://evil/share/x.csv"), QUrl(""),
    ]  # fmt: skip
    assert local_files(urls) == [Path(DROPPED)]


def test_file_dropped_on_a_row_names_the_record(qtbot: QtBot) -> None:
    table = table_of(qtbot)
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(DROPPED)])
    spot = table.visualRect(table.record_model().index(1, 1)).center()
    event = QDropEvent(
        QPointF(spot),
        Qt.DropAction.CopyAction,
        mime,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    with qtbot.waitSignal(table.file_dropped) as heard:
        table.dropEvent(event)
    assert heard.args == [PEOPLE[1], Path(DROPPED)]


def test_rows_change_under_the_mouse_without_trouble(qtbot: QtBot) -> None:
    table = table_of(qtbot)
    spot = table.visualRect(table.record_model().index(3, 6)).center()
    QTest.mouseMove(table.viewport(), spot)
    table.record_model().replace(PEOPLE[:1])
    QTest.mouseMove(table.viewport(), spot + QPoint(1, 1))
    assert not table.grab().isNull()


def test_totals_and_selection_bar(qtbot: QtBot) -> None:
    table = table_of(qtbot)
    totals = TotalsRow(table)
    bar = SelectionBar()
    for widget in (totals, bar):
        qtbot.addWidget(widget)
        widget.resize(1000, 48)
    totals.set_caption("4 people")
    assert totals.accessibleName() == "4 people"
    actions = [QAction(text, bar) for text in ("R&&D", "Two", "Three", "Four")]
    actions[0].setEnabled(False)
    actions[0].setStatusTip("Changes need a connection")
    bar.set_actions(actions)
    bar.set_selection("3 selected", "9 seats")
    assert not bar.isHidden()
    buttons = [b for b in bar.findChildren(Button) if not isinstance(b, IconButton)]
    assert [b.full_text() for b in buttons][1:] == ["R&D", "Two"]
    assert "connection" in buttons[1].toolTip()
    assert not totals.grab().isNull()
    assert not bar.grab().isNull()


# --- trees, matrix, runs -----------------------------------------------------------------


def test_tree_edit_by_keyboard(qtbot: QtBot) -> None:
    edit = TreeEdit("Collections")
    qtbot.addWidget(edit)
    edit.resize(400, 400)
    edit.show()
    edit.set_paths(["A", "A/B", "C"])
    edit.tree.setCurrentIndex(edit.model.index_of("C"))
    with qtbot.waitSignal(edit.changed):
        QTest.keyClick(edit.tree, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert edit.paths() == ["C", "A", "A/B"]
    edit.tree.setCurrentIndex(edit.model.index_of("A/B"))
    QTest.keyClick(edit.tree, Qt.Key.Key_Delete)
    assert edit.paths() == ["C", "A"]
    edit.add_inside()
    assert len(edit.paths()) == 3
    assert not edit.grab().isNull()


def test_tree_shows_figures_and_warnings(qtbot: QtBot) -> None:
    model = TreeModel("Name", ["Groups", "People"])
    model.set_rows(
        [
            TreeRow("u", "Unassigned", icon="inbox", is_loose=True),
            TreeRow("1", "Sales", ("2", "12"), "Nobody manages it"),
        ]
    )
    tree = CollectionTree(model, "Collections")
    model.setParent(tree)
    qtbot.addWidget(tree)
    tree.resize(400, 200)
    tree.show()
    with qtbot.waitSignal(tree.chosen) as heard:
        tree.setCurrentIndex(model.index_of("1"))
    assert heard.args == ["1"]
    assert not tree.grab().isNull()


def test_matrix_keys_set_permissions(qtbot: QtBot) -> None:
    model = MatrixModel(permission_words())
    model.set_matrix([MatrixRow("a", "A"), MatrixRow("b", "B")], [MatrixColumn("g", "G")], {})
    view = MatrixView(model, "Access")
    model.setParent(view)
    qtbot.addWidget(view)
    view.resize(600, 300)
    view.show()
    view.setCurrentIndex(model.index(0, 1))
    for key, wanted in (("m", "manage"), ("e", "edit"), ("h", "edit_hidden"), ("v", "view")):
        QTest.keyClicks(view, key)
        assert model.permissions()["a", "g"] == wanted
    QTest.keyClicks(view, "0")
    assert model.permissions() == {}
    view.set_read_only(True)
    QTest.keyClicks(view, "m")
    assert model.permissions() == {}
    assert not view.grab().isNull()


def test_run_opens_what_runs_and_what_failed(qtbot: QtBot) -> None:
    runs = RunList("Steps")
    qtbot.addWidget(runs)
    runs.resize(600, 400)
    runs.show()
    pressed: list[str] = []
    done = RunGroup("c", "Collections", (RunStep("1", "Create A", "done"),))
    access = RunGroup("g", "Groups", (RunStep("2", "Create B"), RunStep("3", "Create C")))
    runs.set_groups([done, access], [RunChoice("Skip this step", pressed.append)])
    assert [box.head.isChecked() for box in runs._groups] == [False, False]
    runs.set_step(RunStep("2", "Create B", "now"))
    assert runs._groups[1].head.isChecked()
    runs.set_step(RunStep("2", "Create B", "failed", problem="It was renamed. Nothing changed."))
    button = next(b for b in runs.findChildren(Button) if b.full_text() == "Skip this step")
    button.click()
    assert pressed == ["2"]
    runs.set_step(RunStep("ghost", "?"))
    assert [step.state for step in runs.steps()] == ["done", "failed", "open"]
    assert not runs.grab().isNull()


def test_phrase_tiles_wrap_and_copy(qtbot: QtBot) -> None:
    tiles = FingerprintTiles(["turban", "deftly", "anime", "chatroom", "unselfish"])
    qtbot.addWidget(tiles)
    assert tiles.heightForWidth(700) < tiles.heightForWidth(300)
    tiles.copy()
    assert QGuiApplication.clipboard().text() == "turban-deftly-anime-chatroom-unselfish"
    assert "turban deftly" in tiles.accessibleName()


def test_rail_opens_only_what_was_seen(qtbot: QtBot) -> None:
    rail = StepRail("Steps")
    qtbot.addWidget(rail)
    rail.set_steps([RailStep("a", "Details", "", "done", True), RailStep("b", "Run", LONG, "now")])
    heard: list[str] = []
    rail.chosen.connect(heard.append)
    for item in rail._items:
        item.click()
    assert heard == ["a"]
    assert LONG in rail._items[1].toolTip()
    way = WayRail()
    qtbot.addWidget(way)
    way.set_steps([RailStep("i", "Invited", "today", "done"), RailStep("c", "Confirm", "", "warn")])
    assert way.accessibleName() == "Invited, today; Confirm"
    assert not way.grab().isNull()


def test_menu_lines_carry_reasons_and_plain_names(qtbot: QtBot) -> None:
    menu = Menu("Row")
    qtbot.addWidget(menu)
    done: list[str] = []
    menu.add("R&D", lambda: done.append("x"), icon="copy", key="F2").trigger()
    blocked = menu.add("Export…", print, reason="Only members can export")
    menu.add("Remove…", print, is_danger=True)
    assert done == ["x"]
    assert not blocked.isEnabled()
    assert "Only members" in blocked.statusTip()
    menu.resize(menu.sizeHint())
    assert not menu.grab().isNull()


def test_toast_says_one_thing_at_a_time(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(800, 600)
    window.show()
    host = ToastHost(window)
    done: list[int] = []
    host.say("First")
    host.say("Second", "View", lambda: done.append(1))
    assert host.text() == "Second"
    button = next(b for b in window.findChildren(Button) if b.full_text() == "View")
    button.click()
    assert done == [1]
    assert host.text() in {"", "Second"}


def test_focus_ring_follows_keys_only(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    first, second = Button("One"), Button("Two")
    layout = QVBoxLayout(window)
    layout.addWidget(first)
    layout.addWidget(second)
    ring = FocusRing(window)
    window.show()
    window.activateWindow()
    first.setFocus()
    ring._focus_changed(None, first)
    assert ring.isHidden()
    ring.show_for_keys(True)
    assert not ring.isHidden()
    assert ring.geometry().contains(first.geometry())
    second.move(20, 200)
    ring._focus_changed(first, second)
    assert ring.geometry().contains(second.geometry())
    ring.show_for_keys(False)
    assert ring.isHidden()


def test_facts_can_be_filled_again(qtbot: QtBot) -> None:
    facts = Facts()
    qtbot.addWidget(facts)
    facts.add("Requests", "43")
    facts.clear()
    label = facts.add("Requests", "44")
    assert label.full_text() == "44"
    assert label.accessibleDescription() == "Requests"


def test_unknown_rows_have_no_cut_text(qtbot: QtBot) -> None:
    table = table_of(qtbot, [])
    assert table.current_record() is None
    assert table.target_records() == []
    assert not table.record_model().index(0, 0).isValid()
    assert QModelIndex().row() == -1
