"""How connections are told apart: names, colours, sentences, the column and the menu's notes."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication
from pytestqt.qtbot import QtBot

from desktop.domain.ids import ConnectionId
from desktop.models.column import Column, ColumnKind
from desktop.models.table import RecordTableModel
from desktop.settings.connections import ConnectionRecord
from desktop.views.connection_look import (
    HUES,
    connection_colours,
    connection_names,
    dot_colour,
    last_seen_text,
    locked_text,
)
from desktop.views.locked_lines import LockedLine, LockedLines
from desktop.views.theme import DARK, LIGHT, Theme, apply
from desktop.views.widgets.menus import Menu
from desktop.views.widgets.table import RecordTable


def record(number: int, label: str, host: str = "a.example", colour: str = "") -> ConnectionRecord:
    base = f"https://{host}"
    email = f"{number}@msp.example"
    return ConnectionRecord(
        id=ConnectionId(UUID(int=number)),
        label=label,
        api=base,
        identity=base,
        events=base,
        web_vault=base,
        device_id=UUID(int=9),
        email=email,
        colour=colour,
    )


def test_two_of_one_name_are_told_apart_by_server_and_then_by_account() -> None:
    records = (
        record(1, "Havenlicht"),
        record(2, "havenlicht", "b.example"),
        record(3, "Beheer"),
        record(4, "Beheer"),
        record(5, ""),
    )
    assert [*connection_names(records).values()] == [
        "Havenlicht · a.example",
        "havenlicht · b.example",
        "Beheer · 3@msp.example",
        "Beheer · 4@msp.example",
        "5@msp.example",
    ]


def test_a_colour_that_was_chosen_stays_and_the_others_differ_from_it() -> None:
    records = tuple(record(n, f"c{n}", colour="pink" if n == 3 else "") for n in range(1, 7))
    colours = connection_colours(records)
    assert colours[records[2].id] == "pink"
    assert len({*colours.values()}) == len(HUES) == 6
    # A seventh shares one; an unknown name of a newer version is none.
    more = connection_colours((*records, record(7, "c7", colour="ultraviolet")))
    assert {*more.values()} <= {*HUES}
    assert more[records[2].id] == "pink"


def test_a_dot_has_a_colour_of_its_own_in_each_theme(qapp: QApplication) -> None:
    seen: set[str] = set()
    try:
        for tokens in (LIGHT, DARK):
            apply(qapp, Theme(tokens))
            seen |= {dot_colour(name) for name in HUES}
    finally:
        apply(qapp, Theme(LIGHT))
    assert len(seen) == 2 * len(HUES)


def test_a_locked_connection_says_when_it_was_seen() -> None:
    now = datetime.now(UTC)
    assert locked_text("EU staff", None) == "EU staff: locked."
    assert f"last seen {last_seen_text(now)}." in locked_text("EU staff", now)
    assert len(last_seen_text(now - timedelta(days=3))) > len(last_seen_text(now))


# --- a column that is not always there -----------------------------------------------------------


@pytest.fixture
def many() -> list[bool]:
    return [False]


@pytest.fixture
def table(qtbot: QtBot, many: list[bool]) -> RecordTable:
    columns = (
        Column[str]("name", lambda: "Client", str, kind=ColumnKind.NAME, width=0),
        Column[str](
            "connection",
            lambda: "Connection",
            lambda _r: "EU staff",
            dot=lambda _r: "#123456",
            is_there=lambda: many[0],
        ),
    )
    model: RecordTableModel[str] = RecordTableModel(columns, lambda one: one)
    model.replace(["Acme", "Brightwater"])
    made = RecordTable(model, "Clients")
    qtbot.addWidget(made)
    made.resize(800, 300)
    made.show()
    return made


def test_a_column_that_is_not_there_is_neither_seen_nor_searched_nor_copied(
    table: RecordTable, many: list[bool]
) -> None:
    model = table.record_model()
    assert table.isColumnHidden(1)
    model.set_filter("staff")
    assert model.rowCount() == 0
    model.set_filter("")
    assert [action.text() for action in table.sort_menu().actions()] == ["Client"]
    many[0] = True
    table.columns_changed()
    assert not table.isColumnHidden(1)
    assert [action.text() for action in table.sort_menu().actions()] == ["Client", "Connection"]
    model.set_filter("staff")
    assert model.rowCount() == 2
    # Searched texts are made anew when it goes again.
    many[0] = False
    table.columns_changed()
    assert table.isColumnHidden(1)
    assert model.rowCount() == 0


# --- lines and notes ----------------------------------------------------------------------------


def test_a_locked_line_is_a_button_that_says_what_it_does(qtbot: QtBot) -> None:
    lines = LockedLines()
    qtbot.addWidget(lines)
    assert lines.isHidden()
    connection = ConnectionId(UUID(int=1))
    lines.set_lines([LockedLine(connection, "#123456", "EU staff: locked.", "Unlock")])
    lines.show()
    (line,) = lines.findChildren(QAbstractButton)
    assert line.accessibleName() == "EU staff: locked. Unlock"
    with qtbot.waitSignal(lines.asked) as told:
        QTest.keyClick(line, Qt.Key.Key_Space)
    assert told.args == [connection]
    lines.set_lines([])
    assert lines.isHidden()


def test_a_click_on_the_note_of_a_line_means_the_line(qtbot: QtBot) -> None:
    done: list[str] = []
    menu = Menu("Connections")
    qtbot.addWidget(menu)
    first = menu.add("US", lambda: done.append("US"), note="vault.example", dot="#123456")
    menu.add("EU", lambda: done.append("EU"), reason="Locked; unlock it first.")
    menu.popup(QPoint(20, 20))
    qtbot.waitUntil(menu.isVisible)
    notes = [one for one in menu.actions() if one.data() == "note"]
    # Under a line that is disabled the note does nothing either.
    QTest.mouseClick(menu, Qt.MouseButton.LeftButton, pos=menu.actionGeometry(notes[1]).center())
    assert done == []
    assert menu.isVisible()
    spot = menu.actionGeometry(notes[0]).center()
    QTest.mouseMove(menu, spot)
    qtbot.waitUntil(lambda: menu.activeAction() == first)
    QTest.mouseClick(menu, Qt.MouseButton.LeftButton, pos=spot)
    assert done == ["US"]
