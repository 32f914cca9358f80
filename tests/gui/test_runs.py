"""Runs in the window: listed, queued, paused, continued, decided about, saved, told of."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from contextlib import contextmanager
from uuid import uuid4

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QWidget

from desktop.domain.enums import PlanType, PolicyType, ProviderUserType
from desktop.domain.events import EventHub, RunEnded, RunProgressed
from desktop.domain.ids import RunId
from desktop.plans.plan import Plan
from desktop.plans.policies import PolicyAnswer
from desktop.plans.steps import CreateClient, Say
from desktop.views.dialogs import ConfirmDialog
from desktop.views.notices import LONG_S, UNSEEN_S, Notices
from desktop.views.pages.runs import RunsPage
from desktop.views.setup.owner_mail import OwnerMailDialog
from desktop.views.setup.run import RunView
from desktop.views.setup.run_dialogs import SendAgainDialog, SkipDialog
from desktop.views.setup.run_panels import ChoicePanel, ConflictPanel, UncertainPanel
from desktop.views.widgets.buttons import Button
from tests.gui import run_scenes as scenes
from tests.gui.desk import Gui, open_dialogs
from tests.gui.measure import text_of, visible
from tests.practice_process import PracticeHandle, practice_server

ALT = Qt.KeyboardModifier.AltModifier
CONTROL = Qt.KeyboardModifier.ControlModifier


async def runs_page(gui: Gui) -> RunsPage:
    await gui.show("runs")
    page = gui.shell.built("runs")
    assert isinstance(page, RunsPage)
    return page


async def entered(gui: Gui) -> RunsPage:
    await gui.open()
    await gui.enter()
    return await runs_page(gui)


async def opened(gui: Gui, run: RunId) -> RunView:
    """A run opened on its page, read and at rest."""
    view = (await runs_page(gui)).open_run(run)
    await gui.until("the run", lambda: view.state)
    await at_rest(gui, view)
    return view


async def at_rest(gui: Gui, view: RunView) -> None:
    await gui.until("the view to rest", lambda: not view.jobs.is_busy)
    await gui.hand.settle()


async def state_is(gui: Gui, view: RunView, *states: str) -> None:
    await gui.until(f"the state {states}", lambda: view.state in states)
    await at_rest(gui, view)


def button(root: QWidget, text: str) -> Button:
    """A visible button by its words, as a person finds it."""
    found = [one for one in root.findChildren(Button) if one.isVisible() and one.text() == text]
    assert len(found) == 1, f"{text}: {len(found)}"
    return found[0]


def groups_of(server: PracticeHandle, client: str) -> list[str]:
    """The names of a client's groups, as the server has them."""
    state = server.state()
    ids = [one["id"] for one in state["organizations"] if one["name"] == client]
    return sorted(one["name"] for one in state["groups"] if one["organizationId"] in ids)


def shortest_password(server: PracticeHandle, client: str) -> int | None:
    state = server.state()
    (organization,) = [one["id"] for one in state["organizations"] if one["name"] == client]
    for one in state["policies"]:
        if one["organizationId"] == organization and one["type"] == 1:
            data = one["data"] if isinstance(one["data"], dict) else json.loads(one["data"])
            return int(data["minLength"])
    return None


# --- the list ---------------------------------------------------------------------------------


def test_the_list_is_searched_filtered_opened_and_left_by_keyboard(gui: Gui, name: str) -> None:
    async def go() -> None:
        page = await entered(gui)
        desk = gui.desk
        client = await scenes.a_client(desk, name)
        draft = await desk.runs.start(scenes.plan_for(client, "Board"), draft=True)
        await desk.runs.start(scenes.plan_for(client, "Sales"))
        await gui.until("the rows", lambda: page.model.total_count == 3)
        await gui.shortcut(Qt.Key.Key_F, CONTROL)
        assert page.search.hasFocus()
        QTest.keyClicks(page.search, name.upper())
        page.search._announce()
        assert page.model.rowCount() == 3
        chip = page.states.chips["drafts"]
        chip.setFocus()
        QTest.keyClick(chip, Qt.Key.Key_Space)
        assert [one.run for one in page.model.visible_records()] == [draft]
        assert chip.accessibleName() == "Drafts, 1"
        page.table.setFocus()
        page.table.select_row(0)
        QTest.keyClick(page.table, Qt.Key.Key_Return)
        view = page.view_of(draft)
        assert view is not None
        await state_is(gui, view, "draft")
        assert view.isVisible()
        await gui.shortcut(Qt.Key.Key_Left, ALT)
        assert page.table.isVisible()
        assert page.table.hasFocus()
        assert page.view_of(draft) is None

    gui.run(go())


def test_where_there_is_no_room_one_chip_filters_for_all(gui: Gui, name: str) -> None:
    async def go() -> None:
        page = await entered(gui)
        await scenes.a_client(gui.desk, name)
        await gui.until("the row", lambda: page.model.total_count == 1)
        states = page.states
        assert not states.folded.isVisible()
        gui.window.resize(960, 600)
        await gui.hand.settle()
        assert states.folded.isVisible()
        assert not any(chip.isVisible() for chip in states.chips.values())
        states.chips["drafts"].toggle()
        assert page.model.rowCount() == 0
        assert states.folded.accessibleName() == "State: Drafts"
        QTest.keyClick(states.folded, Qt.Key.Key_Space)
        await gui.until("the menu", lambda: QApplication.activePopupWidget() is not None)
        menu = QApplication.activePopupWidget()
        assert isinstance(menu, QMenu)
        assert [one.text() for one in menu.actions() if one.isChecked()] == ["Drafts"]
        menu.close()
        await gui.hand.settle()
        states.folded.setFocus()
        QTest.keyClick(states.folded, Qt.Key.Key_Delete)
        assert page.model.rowCount() == 1

    gui.run(go())


def test_what_the_filters_show_is_exported_and_nothing_else(gui: Gui, name: str) -> None:
    async def go() -> None:
        page = await entered(gui)
        client = await scenes.a_client(gui.desk, name)
        await gui.desk.runs.start(scenes.plan_for(client, "Board"), draft=True)
        await gui.until("the rows", lambda: page.model.total_count == 2)
        page.states.choose("drafts")
        path = gui.folder / "runs.csv"
        await gui.hand.click(page.export)
        await gui.hand.choose_file(path)
        await gui.until("the file", path.is_file)
        with path.open(encoding="utf-8-sig") as file:
            head, *rows = list(csv.reader(file))
        assert head[:3] == ["Run", "Clients", "State"]
        assert [row[:5] for row in rows] == [[f"Add to {name}", name, "Draft", "0", "1"]]

    gui.run(go())


# --- at work ----------------------------------------------------------------------------------


def test_runs_wait_for_each_other_and_may_leave_the_queue(gui: Gui, name: str) -> None:
    async def go() -> None:
        page = await entered(gui)
        desk = gui.desk
        client = await scenes.a_client(desk, name)
        scenes.slow(gui.server, 0.4)
        first, second, third = [
            await desk.runs.start(scenes.plan_for(client, group)) for group in ("A", "B", "C")
        ]
        page.open_run(first, go=True)
        views = [page.open_run(run, go=True) for run in (second, third)]
        for view in views:
            await state_is_soon(gui, view, "queued")
            assert "Waits for" in view.head.note.label.full_text()
        assert not views[1].foot.resume.isVisible()
        await gui.hand.click(views[1].foot.unqueue)
        await state_is(gui, views[1], "interrupted")
        gui.server.script()
        await gui.until(
            "the two others",
            lambda: (
                {one.state for one in page.model.records() if one.run in {first, second}}
                == {"done"}
            ),
        )
        assert groups_of(gui.server, name) == ["A", "B"]
        view = await opened(gui, third)
        assert view.foot.resume.hasFocus()
        QTest.keyClick(view.foot.resume, Qt.Key.Key_Space)
        await state_is(gui, view, "done")
        assert groups_of(gui.server, name) == ["A", "B", "C"]

    gui.run(go())


async def state_is_soon(gui: Gui, view: RunView, state: str) -> None:
    """Without waiting for rest: its own work is under way."""
    await gui.until(f"the state {state}", lambda: view.state == state)
    await gui.hand.settle()


def test_a_run_is_paused_and_continued_and_nothing_is_made_twice(gui: Gui, name: str) -> None:
    async def go() -> None:
        await entered(gui)
        client = await scenes.a_client(gui.desk, name)
        scenes.slow(gui.server, 0.3)
        run = await gui.desk.runs.start(scenes.plan_for(client, "A", "B", "C", "D"))
        view = await opened(gui, run)
        view.go()
        await gui.until("a step", lambda: view.done_steps >= 1)
        await gui.hand.click(view.head.pause)
        await state_is(gui, view, "interrupted")
        gui.server.script()
        made = groups_of(gui.server, name)
        assert 1 <= len(made) < 4
        runs = gui.shell.sidebar.page("runs")
        await gui.until("the count", lambda: runs.accessibleName() == "Runs 1")
        await gui.hand.click(view.foot.resume)
        await state_is(gui, view, "done")
        assert groups_of(gui.server, name) == ["A", "B", "C", "D"]
        assert view.report_view.isVisible()

    gui.run(go())


def test_t55_cancelling_asks_first_and_takes_nothing_back(gui: Gui, name: str) -> None:
    async def go() -> None:
        await entered(gui)
        client = await scenes.a_client(gui.desk, name)
        scenes.slow(gui.server, 0.3)
        run = await gui.desk.runs.start(scenes.plan_for(client, *"ABCDEF"))
        view = await opened(gui, run)
        view.go()
        await gui.until("a step", lambda: view.done_steps >= 1)
        await gui.hand.click(view.foot.cancel)
        dialog = await gui.hand.dialog(ConfirmDialog)
        assert dialog.cancel_button is not None
        assert dialog.cancel_button.text() == "Keep it running"
        assert dialog.accept_button is not None
        await gui.hand.click(dialog.accept_button)
        await gui.until("the end", lambda: view.state == "cancelled")
        gui.server.script()
        await at_rest(gui, view)
        made = groups_of(gui.server, name)
        assert 1 <= len(made) < 6
        assert not view.foot.resume.isVisible()
        report = await gui.desk.runs.report(run)
        done = [step for step in report.steps if step.state == "DONE"]
        assert len(done) == len(made)

    gui.run(go())


def test_a_step_that_is_left_out_says_why_on_screen_and_in_the_file(gui: Gui, name: str) -> None:
    async def go() -> None:
        await entered(gui)
        client = await scenes.a_client(gui.desk, name)
        gui.server.script(
            {"method": "POST", "path": scenes.GROUPS, "do": "status", "status": 400, "times": 0}
        )
        run = await scenes.stopped(gui.desk, scenes.plan_for(client, "A", "B"))
        gui.server.script()
        view = await opened(gui, run)
        failed = [step for step in view.list.steps() if step.state == "failed"]
        assert len(failed) >= 1
        await gui.hand.click(button(view.list, "Skip…"))
        dialog = await gui.hand.dialog(SkipDialog)
        assert dialog.accept_button is not None
        assert dialog.accept_button.accessibleDescription() == "A reason is needed"
        await gui.hand.write(dialog.reason, "The client wants no second group")
        await gui.hand.enter()
        await gui.hand.gone(dialog)
        await state_is(gui, view, "done")
        assert len(groups_of(gui.server, name)) == 1
        assert any("wants no second" in text for text in told(view.report_view))
        path = gui.folder / "report.csv"
        await gui.hand.click(view.foot.save)
        await gui.hand.choose_file(path)
        await gui.until("the file", path.is_file)
        assert "The client wants no second group" in path.read_text("utf-8-sig")
        await at_rest(gui, view)
        assert "saved" in view.head.note.label.full_text()

    gui.run(go())


def told(root: QWidget) -> list[str]:
    """The words of every visible label."""
    isolates = str.maketrans("", "", "\u2068\u2069")
    return [text.translate(isolates) for text in map(text_of, visible(root)) if text]


def test_a_failed_step_is_tried_again_in_its_place(gui: Gui, name: str) -> None:
    async def go() -> None:
        await entered(gui)
        client = await scenes.a_client(gui.desk, name)
        gui.server.script({"method": "POST", "path": scenes.GROUPS, "do": "status", "status": 400})
        run = await scenes.stopped(gui.desk, scenes.plan_for(client, "A"))
        view = await opened(gui, run)
        retry = button(view.list, "Read again and retry")
        retry.setFocus()
        QTest.keyClick(retry, Qt.Key.Key_Space)
        await state_is(gui, view, "done")
        assert groups_of(gui.server, name) == ["A"]

    gui.run(go())


def test_giving_up_ends_the_run_the_count_and_the_card(gui: Gui, name: str) -> None:
    async def go() -> None:
        page = await entered(gui)
        client = await scenes.a_client(gui.desk, name)
        run = await gui.desk.runs.start(scenes.plan_for(client, "A"))
        gui.server.script({"method": "POST", "path": scenes.GROUPS, "do": "status", "status": 400})
        view = await opened(gui, run)
        await gui.hand.click(view.foot.resume)
        await state_is(gui, view, "failed")
        card = gui.shell.sidebar.run_card
        assert card.isVisible()
        assert "\u2039" not in card.accessibleName()
        assert name in card.accessibleName()
        await gui.hand.click(view.foot.give_up)
        dialog = await gui.hand.dialog(ConfirmDialog)
        assert dialog.accept_button is not None
        await gui.hand.click(dialog.accept_button)
        await gui.until("the list", page.table.isVisible)
        await gui.until(
            "the count", lambda: gui.shell.sidebar.page("runs").accessibleName() == "Runs"
        )
        assert not card.isVisible()
        assert [one.state for one in page.model.records() if one.run == run] == ["abandoned"]
        assert await gui.desk.runs.waiting() == ()

    gui.run(go())


def test_a_strip_offers_a_run_that_is_about_no_client(gui: Gui) -> None:
    async def go() -> None:
        await entered(gui)
        plan = gui.desk.staff.invite_plan(
            (f"kim.{uuid4().hex[:6]}@havenlicht.example",), ProviderUserType.SERVICE_USER
        )
        run = await gui.desk.runs.start(plan)
        gui.workplace._look_for_waiting()
        await gui.until("the strip", gui.shell._waiting.isVisible)
        words = gui.shell._waiting.accessibleName()
        assert "Invite members of the provider" in words
        assert "0 of 1" in words
        await gui.desk.runs.abandon(run)

    gui.run(go())


# --- before it begins -------------------------------------------------------------------------


def test_the_review_says_how_long_how_much_and_who_is_hit(gui: Gui) -> None:
    async def go() -> None:
        await gui.open()
        await gui.enter()
        setup = await gui.wizard("My Client's Organization")
        setup.answers.policies[PolicyType.MASTER_PASSWORD] = PolicyAnswer(
            enabled=True, data={"minLength": 16}
        )
        setup.answers.policies[PolicyType.TWO_STEP_LOGIN] = PolicyAnswer(enabled=True)
        await gui.to_step("review")
        words = "\n".join(told(setup.review))
        for part in ("Steps", "Requests", "Takes about", "Cannot be undone", "Who is affected"):
            assert part in words, part
        assert "olga.owner@first-client.example" in words
        assert "does not restore them" in words

    gui.run(go())


# --- what a person decides --------------------------------------------------------------------


async def conflict(gui: Gui, name: str) -> tuple[RunView, ConflictPanel]:
    """A plan for 16 characters meets 20 that somebody has set since."""
    await entered(gui)
    client = await scenes.a_client(gui.desk, name)
    run = await gui.desk.runs.start(scenes.plan_for(client, "A", shortest_password=16))
    await scenes.shortest_password(gui.desk, name, 20)
    view = await opened(gui, run)
    await gui.hand.click(view.foot.resume)
    await gui.until("the question", view.decisions.place.isVisible)
    await at_rest(gui, view)
    (panel,) = view.decisions.place.panels()
    assert isinstance(panel, ConflictPanel)
    return view, panel


def test_t54_a_change_of_someone_else_is_shown_and_never_overwritten(gui: Gui, name: str) -> None:
    async def go() -> None:
        view, panel = await conflict(gui, name)
        assert view.state == "failed"
        words = told(panel)
        for word in ("When planned", "On the server now", "This plan would set", "20", "16"):
            assert word in words, word
        assert shortest_password(gui.server, name) == 20
        # One place asks: neither the foot nor the row offers another way past it.
        assert not view.foot.resume.isVisible()
        assert not [one for one in told(view.list) if one == "Read again and retry"]
        panel.leave.setFocus()
        QTest.keyClick(panel.leave, Qt.Key.Key_Space)
        await state_is(gui, view, "done")
        assert shortest_password(gui.server, name) == 20
        assert groups_of(gui.server, name) == ["A"]

    gui.run(go())


def test_overwriting_is_a_choice_of_its_own(gui: Gui, name: str) -> None:
    async def go() -> None:
        view, panel = await conflict(gui, name)
        await gui.hand.click(panel.overwrite)
        await state_is(gui, view, "done")
        assert shortest_password(gui.server, name) == 16

    gui.run(go())


@pytest.mark.parametrize(("choice", "count"), [("use", 1), ("overwrite", 2)])
def test_a_group_of_that_name_by_now_is_asked_about(
    gui: Gui, name: str, choice: str, count: int
) -> None:
    async def go() -> None:
        await entered(gui)
        client = await scenes.a_client(gui.desk, name)
        run = await gui.desk.runs.start(scenes.plan_for(client, "A"))
        await scenes.done(gui.desk, scenes.plan_for(client, "A"))
        view = await opened(gui, run)
        await gui.hand.click(view.foot.resume)
        await gui.until("the question", view.decisions.place.isVisible)
        await at_rest(gui, view)
        (panel,) = view.decisions.place.panels()
        assert isinstance(panel, ChoicePanel)
        assert groups_of(gui.server, name) == ["A"]
        await gui.hand.click(panel.buttons[choice])
        await state_is(gui, view, "done")
        assert groups_of(gui.server, name) == ["A"] * count

    gui.run(go())


def test_t45_a_half_made_client_is_completed_by_one_click(gui: Gui, name: str) -> None:
    async def go() -> None:
        await entered(gui)
        step = CreateClient(
            key="client",
            name=name,
            owner_email=f"owner@{uuid4().hex[:8]}.example",
            plan=PlanType.ENTERPRISE_MONTHLY,
            seats=3,
            default_collection="Default collection",
        )
        title = Say("plan.setup_new", {"client": name})
        gui.server.script(
            {"path": "/api/providers/[^/]*/clients", "method": "POST", "do": "status",
             "status": 500, "step": 3},
        )  # fmt: skip
        run = await scenes.stopped(gui.desk, Plan(title=title, steps=(step,), client_name=name))
        gui.server.script()
        view = await opened(gui, run)
        assert view.foot.resume.text() == "Add what is missing"
        await gui.hand.click(view.foot.resume)
        # Seats that this server will not set by that request stay unclear: a person leaves them.
        await state_is(gui, view, "uncertain")
        assert view.head.problem.isVisible()
        await gui.hand.click(button(view.list, "Skip…"))
        dialog = await gui.hand.dialog(SkipDialog)
        await gui.hand.write(dialog.reason, "Support sets them")
        await gui.hand.enter()
        await gui.hand.gone(dialog)
        await at_rest(gui, view)
        await gui.hand.click(view.foot.resume)
        await state_is(gui, view, "done")
        state = gui.server.state()
        made = [one["id"] for one in state["organizations"] if one["name"] == name]
        assert len(made) == 1
        owners = [one for one in state["members"] if one["organizationId"] == made[0]]
        assert [one["email"] for one in owners] == [step.owner_email]

    gui.run(go())


# --- rows that nobody can trace ---------------------------------------------------------------


@pytest.fixture(scope="session")
def blind_server() -> Iterator[PracticeHandle]:
    """Lists no items to anybody."""
    with practice_server("--no-item-listing") as server:
        yield server


@contextmanager
def on(gui: Gui, server: PracticeHandle) -> Iterator[None]:
    usual, gui.server = gui.server, server
    try:
        yield
    finally:
        server.script()
        gui.server = usual


def imports(server: PracticeHandle) -> int:
    """How many deliveries were asked for."""
    return sum("import-organization" in one["path"] for one in server.requests())


async def uncertain(gui: Gui, name: str, chunks: int = 1) -> tuple[RunView, UncertainPanel]:
    await entered(gui)
    client = await scenes.a_client(gui.desk, name)
    run = await scenes.uncertain(gui.desk, gui.server, client, chunks)
    gui.server.script()
    view = await opened(gui, run)
    assert view.state == "uncertain"
    (panel,) = view.decisions.place.panels()
    assert isinstance(panel, UncertainPanel)
    return view, panel


def test_t43_rows_nobody_can_trace_are_named_and_sent_again_only_by_the_client_s_name(
    gui: Gui, blind_server: PracticeHandle, name: str
) -> None:
    async def go() -> None:
        view, panel = await uncertain(gui, name)
        sent = imports(gui.server)
        assert "Rows 1\u20132 of export.csv" in "\n".join(told(panel))
        assert not view.foot.resume.isVisible()
        (again,) = panel.again.values()
        await gui.hand.click(again)
        dialog = await gui.hand.dialog(SendAgainDialog)
        assert dialog.field is not None
        accept = dialog.accept_button
        assert accept is not None
        await gui.hand.write(dialog.field, name[:-1])
        assert not accept.isEnabled()
        assert accept.accessibleDescription() == "The name is not complete yet"
        await gui.hand.write(dialog.field, name[-1])
        await gui.hand.press(dialog.field, Qt.Key.Key_Return)
        assert dialog.isVisible(), "Enter sends nothing twice"
        await gui.hand.click(accept)
        await gui.hand.gone(dialog)
        await gui.until("the way on", view.foot.resume.isVisible)
        assert imports(gui.server) == sent, "nothing is sent before the run is continued"
        await gui.hand.click(view.foot.resume)
        await state_is(gui, view, "done")
        assert imports(gui.server) == sent + 1
        state = gui.server.state()
        (made,) = [one["id"] for one in state["organizations"] if one["name"] == name]
        items = [one for one in state["ciphers"] if one["organizationId"] == made]
        # Three rows; the two of the unclear chunk had arrived the first time.
        assert len(items) == 5

    with on(gui, blind_server):
        gui.run(go())


def test_what_is_not_sent_again_is_left_out_with_a_reason(
    gui: Gui, blind_server: PracticeHandle, name: str
) -> None:
    async def go() -> None:
        view, panel = await uncertain(gui, name)
        sent = imports(gui.server)
        (leave,) = panel.leave.values()
        await gui.hand.click(leave)
        dialog = await gui.hand.dialog(SkipDialog)
        await gui.hand.write(dialog.reason, "The owner found both")
        await gui.hand.enter()
        await gui.hand.gone(dialog)
        await gui.until("the way on", view.foot.resume.isVisible)
        await gui.hand.click(view.foot.resume)
        await state_is(gui, view, "done")
        assert imports(gui.server) == sent

    with on(gui, blind_server):
        gui.run(go())


def test_of_two_unclear_deliveries_the_other_stays_to_be_decided(
    gui: Gui, blind_server: PracticeHandle, name: str
) -> None:
    async def go() -> None:
        view, panel = await uncertain(gui, name, 2)
        assert len(panel.leave) == 2
        await gui.hand.click(next(iter(panel.leave.values())))
        dialog = await gui.hand.dialog(SkipDialog)
        await gui.hand.write(dialog.reason, "The owner found both")
        await gui.hand.enter()
        await gui.hand.gone(dialog)
        await gui.until("one left", lambda: len(panel_of(view).leave) == 1)
        await at_rest(gui, view)
        words = told(view.decisions.place)
        assert "Rows 3 of export.csv" in words
        assert "Rows 1\u20132 of export.csv" not in words
        assert not view.foot.resume.isVisible()

    with on(gui, blind_server):
        gui.run(go())


def panel_of(view: RunView) -> UncertainPanel:
    (panel,) = view.decisions.place.panels()
    assert isinstance(panel, UncertainPanel)
    return panel


def test_the_owner_s_mail_names_rows_and_collections_and_no_item(
    gui: Gui, blind_server: PracticeHandle, name: str
) -> None:
    async def go() -> None:
        _view, panel = await uncertain(gui, name)
        await gui.hand.click(panel.mail)
        dialog = await gui.hand.dialog(OwnerMailDialog)
        english = dialog.text.toPlainText()
        QTest.keyClick(dialog.language._group.button(0), Qt.Key.Key_Right)
        dialog.language.choose("nl")
        await gui.hand.click(button(dialog, "Copy the mail"))
        mail = QGuiApplication.clipboard().text()
        assert name in mail
        for text in (english, mail):
            assert "1\u20132" in text
            assert "Office" in text
            for item in ("Router", "Bank", "kan4rie", "anna"):
                assert item not in text

    with on(gui, blind_server):
        gui.run(go())


# --- notices of the system --------------------------------------------------------------------


class _Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.mark.usefixtures("qapp")
@pytest.mark.parametrize(
    ("seconds", "is_seen", "is_done", "is_told"),
    [
        (LONG_S - 1, True, True, False),
        (LONG_S, True, True, True),
        (UNSEEN_S - 1, False, True, False),
        (UNSEEN_S, False, True, True),
        (1, False, False, True),
        (1, True, False, False),
    ],
)
def test_t78_a_notice_tells_of_long_and_of_unseen_runs_and_names_nobody(
    seconds: float, is_seen: bool, is_done: bool, is_told: bool
) -> None:
    hub, clock, heard = EventHub(), _Clock(), list[tuple[str, str]]()
    window = QWidget()
    notices = Notices(
        hub,
        window,
        lambda title, text: heard.append((title, text)),
        clock=clock,
        is_watched=lambda: is_seen,
    )
    run = RunId(uuid4())
    hub.publish(RunProgressed(run, 1, 3, "collection.Secret client", "DONE"))
    clock.now = seconds
    hub.publish(RunProgressed(run, 2, 3, "group.Secret client", "DONE"))
    hub.publish(RunEnded(run, is_done))
    notices.close()
    window.deleteLater()
    assert bool(heard) == is_told
    for title, text in heard:
        assert "Secret" not in title + text
        assert text.startswith("3 of 3" if is_done else "2 of 3")


def test_a_run_of_the_window_is_told_of_without_its_client(gui: Gui, name: str) -> None:
    heard: list[tuple[str, str]] = []

    async def go() -> None:
        await entered(gui)
        client = await scenes.a_client(gui.desk, name)
        notices = gui.workplace._notices
        assert notices is not None
        clock = _Clock()
        notices._tell, notices._clock = (lambda title, text: heard.append((title, text))), clock
        scenes.slow(gui.server, 0.2)
        run = await gui.desk.runs.start(scenes.plan_for(client, "A", "B"))
        view = await opened(gui, run)
        view.go()
        await gui.until("a step", lambda: view.done_steps >= 1)
        clock.now = LONG_S
        await state_is(gui, view, "done")
        assert [title for title, _text in heard] == ["A run has ended"]
        assert name not in "".join(heard[0])

    gui.run(go())


def test_no_dialog_of_a_run_is_left_over(gui: Gui, name: str) -> None:
    """A lock closes the question about a run with everything else (T81)."""

    async def go() -> None:
        await entered(gui)
        client = await scenes.a_client(gui.desk, name)
        run = await gui.desk.runs.start(scenes.plan_for(client, "A"))
        view = await opened(gui, run)
        view.foot.give_up.click()
        await gui.hand.dialog(ConfirmDialog)
        gui.workplace.lock()
        await gui.until("the lock screen", lambda: gui.workplace.shell is None)
        assert open_dialogs() == []

    gui.run(go())
