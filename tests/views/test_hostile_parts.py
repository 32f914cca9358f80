"""Two hundred hostile names on every part a screen is made of, seen and read aloud (T70 to T77).

The walk over the screens shows that names reach these parts; here every part gets every name.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from shiboken6 import delete

from desktop.models.column import AvatarSpec, BadgeSpec, Column, ColumnKind
from desktop.models.matrix import MatrixColumn, MatrixModel, MatrixRow
from desktop.models.table import RecordTableModel
from desktop.models.timeline import DayWords, Entry, TimelineModel
from desktop.models.tree import TreeModel, TreeRow
from desktop.views.dialogs import ConfirmDialog
from desktop.views.sidebar import (
    Identity,
    RunCard,
    SectionTitle,
    SidebarButton,
    SidebarItem,
    SyncLine,
)
from desktop.views.start_parts import Known, KnownItem, WayIn
from desktop.views.strips import HeldStrip, OfflineStrip
from desktop.views.text import explain, sentence
from desktop.views.widgets.bars import Avatar, BusyRing, ProgressBar, SplitBar
from desktop.views.widgets.buttons import Button, Chip, IconButton, Segmented, Switch
from desktop.views.widgets.cards import AccessStrip, Banner, Card, EmptyState, Facts, Strip
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
from desktop.views.widgets.matrix import MatrixView, permission_words
from desktop.views.widgets.menus import Menu
from desktop.views.widgets.rail import RailStep, StepRail, WayRail
from desktop.views.widgets.runlist import RunChoice, RunGroup, RunList, RunStep
from desktop.views.widgets.table import RecordTable
from desktop.views.widgets.tabs import CountTabs
from desktop.views.widgets.timeline import Timeline
from desktop.views.widgets.toast import ToastHost
from desktop.views.widgets.totals import SelectionBar, TotalsRow
from desktop.views.widgets.tree import CollectionTree
from tests.gui.measure import Recorder, watch_painting
from tests.gui.watching import harm
from tests.hostile import hostile

NOON = datetime(2026, 11, 22, 12, 30, tzinfo=UTC)
NAMES = hostile()
DAYS = DayWords(
    day=lambda day: f"{day:%d-%m}",
    count=lambda day: str(day.shown),
    time=lambda moment: f"{moment:%H:%M}",
)


@pytest.fixture(scope="module")
def recorder() -> Iterator[Recorder]:
    with pytest.MonkeyPatch.context() as patch:
        yield watch_painting(patch)


def words(name: str) -> list[QWidget]:
    """Labels, buttons, fields, cards and strips."""
    facts = Facts()
    facts.add(name, name)
    switch = Switch(name)
    explain(switch, name)
    chip = Chip(name)
    chip.set_value(name)
    blocked = Button(name, "primary")
    blocked.set_blocked(name)
    offline, held = OfflineStrip(), HeldStrip()
    offline.say(name)
    held.offer(name, name)
    field = FormField(name, TextField(name), hint=name)
    wrong = FormField(name, TextField(name))
    wrong.set_problem(name)
    tabs = CountTabs(name)
    tabs.add("a", name, "3")
    bar = SplitBar(name)
    bar.set_parts([(1, "ok_fill")], name)
    card = Card(name, Button(name))
    card.body.addWidget(Label(name, wraps=True))
    return [
        Label(name), Label(name, wraps=True), Label(sentence("Remove {name}?", name=name)),
        Badge(name), CountPill(name), KeyCap(name), IconText("info", name), card, facts, switch,
        IconText("info", name, wraps=True), Button(name), blocked, IconButton("x", name), chip,
        Segmented([("a", name, ""), ("b", name, "info")], name), CheckBox(name), Radio(name),
        field, wrong, SearchField(name), NumberField(name), tabs, bar, Avatar("k", name),
        Select(name, [("a", name), ("b", name)]), ProgressBar(name), BusyRing(name),
        Banner(name, name, action=name), Strip("info", name, name, action=name),
        AccessStrip(name, name, name), EmptyState("info", name, name, Button(name)),
        FileCard(name, name, Button(name)), FileDrop(name, name, button=name), offline, held,
    ]  # fmt: skip


def lists(name: str) -> list[QWidget]:
    """Tables, trees, matrices, timelines, runs, rails, and the parts of the frame around them."""
    table = RecordTable(_records(name), name)
    totals = TotalsRow(table)
    totals.set_caption(name)
    tree = TreeModel(name, [name])
    tree.set_rows([TreeRow("k", name, (name,), name)])
    matrix = MatrixModel(permission_words())
    matrix.corner = name
    matrix.set_matrix([MatrixRow("r", name)], [MatrixColumn("c", name, name)], {("r", "c"): "edit"})
    lines = TimelineModel(DAYS)
    said = sentence("The group {name} was made", name=name)
    lines.replace([Entry("e", NOON, said, client_key="c", client=name, note=name)])
    runs = RunList(name)
    steps = tuple(RunStep(one, name, one, name, name) for one in ("failed", "now", "open"))
    runs.set_groups([RunGroup("g", name, steps)], [RunChoice(name, print)])
    rail, way = StepRail(name), WayRail()
    rail.set_steps([RailStep("a", name, name, "now", can_open=True)])
    way.set_steps([RailStep("a", name, name, "warn")])
    card, line = RunCard(), SyncLine()
    card.set_progress(name, name, 0.4)
    line.set_state(name, is_online=False, tip=name)
    chosen = SelectionBar()
    chosen.set_selection(name, name)
    return [
        table, totals, CollectionTree(tree, name), MatrixView(matrix, name), runs, rail, way, card,
        Timeline(lines, name), line, chosen, SidebarItem(name, avatar_key="k", is_closable=True),
        Identity(name, name), SectionTitle(name), SidebarButton("settings", name),
        KnownItem(Known("k", name, name, name)), WayIn("info", name, name),
    ]  # fmt: skip


def _records(name: str) -> RecordTableModel[str]:
    model: RecordTableModel[str] = RecordTableModel(
        (
            Column(
                "name",
                lambda: name,
                str,
                kind=ColumnKind.NAME,
                width=0,
                second=str,
                badge=BadgeSpec,
                avatar=lambda one: AvatarSpec("k", one),
                total=lambda: name,
            ),
            Column("text", lambda: name, str, tooltip=str, width=90),
            Column("state", lambda: name, str, kind=ColumnKind.STATUS, icon=lambda _one: "info"),
            Column("new", lambda: name, str, kind=ColumnKind.CHANGE, change=lambda one: (one, one)),
        ),
        key_of=str,
    )
    model.replace([name])
    return model


def _window(parts: list[QWidget]) -> QWidget:
    window = QWidget()
    layout = QVBoxLayout(window)
    for part in parts:
        layout.addWidget(part)
    window.resize(700, 3_000)
    window.show()
    return window


@pytest.mark.parametrize("part", range(4))
def test_t70_t73_t74_t76_every_part_shows_every_name_and_obeys_none(
    part: int, qapp: QApplication, recorder: Recorder
) -> None:
    for name in NAMES[part::4]:
        for parts in (words, lists):
            window = _window(parts(name))
            found, _told = harm(window, recorder)
            assert found == [], repr(name[:80])
            # At once: thousands of parts left over would slow every test that follows.
            delete(window)


@pytest.mark.parametrize("part", range(4))
def test_t70_t73_t74_questions_menus_and_messages_too(
    part: int, qapp: QApplication, recorder: Recorder
) -> None:
    window = _window([])
    for name in NAMES[part::4]:
        asked = ConfirmDialog(
            window, name, accept=name, cancel=name, subtitle=name, facts=[("info", name)],
            target=name, typed=name, icon="info", is_danger=True,
        )  # fmt: skip
        asked.show()
        menu = Menu(name, window)
        menu.add(name, reason=name)
        menu.add(name, key="Ctrl+K", is_danger=True)
        menu.popup(window.pos())
        toasts = ToastHost(window)
        toasts.say(name, name, lambda: None)
        for one in (asked, menu, window):
            found, told = harm(one, recorder)
            assert found == [], repr(name[:80])
            assert "\n" not in one.windowTitle()
            assert any(told)
        toasts.clear()
        delete(toasts)
        delete(menu)
        delete(asked)
    delete(window)
