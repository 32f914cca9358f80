"""The set-up through the window: bad answers are said where they are given, and nothing is lost."""

from __future__ import annotations

from pathlib import Path
from uuid import uuid4

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QWidget

from desktop.domain.enums import PlanType
from desktop.domain.items import Verdict
from desktop.views.dialogs import Dialog
from desktop.views.pages.client import ClientPage
from desktop.views.setup.run import RunScreen, RunView
from desktop.views.sign_in_again import SignInAgainDialog
from tests.gui.desk import Gui
from tests.gui.survey import EXPORT

FIRST = "My Client's Organization"
TEAMS = "Second Client's Organization"


def footer(gui: Gui) -> tuple[bool, str]:
    """Whether the wizard would go on, and why not."""
    frame = gui.setup.frame
    assert frame is not None
    button = frame.continue_button
    return button.isEnabled(), button.accessibleDescription()


async def fill(gui: Gui, tag: str, *, seats: int = 8) -> None:
    setup = gui.setup
    await gui.hand.write(setup.details.name, f"Client {tag}")
    await gui.hand.write(setup.details.owner, f"owner@{tag}.example")
    setup.details.seats.setValue(seats)
    await gui.hand.settle()


async def read(gui: Gui, data: bytes, name: str = "export.csv") -> Path:
    path = gui.folder / name
    path.write_bytes(data)
    gui.setup.files.read(path)
    return path


async def refusal(gui: Gui, data: bytes, name: str = "export.csv") -> str:
    """What is said about a file that cannot be taken."""
    problem = gui.setup.files._problem
    await read(gui, data, name)
    await gui.until("the answer", problem.isVisible)
    return problem.label.full_text()


async def started(gui: Gui) -> RunView:
    frame = gui.setup.frame
    assert frame is not None
    await gui.to_step("review")
    frame.advance()
    await gui.until("the run", lambda: gui.setup.run_view is not None)
    view = gui.setup.run_view
    assert view is not None
    return view


@pytest.fixture
def tag() -> str:
    return uuid4().hex[:8]


def test_a_client_from_nothing_to_a_filled_vault(gui: Gui, tag: str) -> None:
    async def go() -> None:
        await gui.open()
        await gui.enter()
        setup = await gui.wizard()
        assert setup.details.name.hasFocus()
        await fill(gui, tag)
        await gui.to_step("import")
        await read(gui, EXPORT.encode())
        await gui.until("the rehearsal", lambda: setup.answers.preview is not None)
        counts = setup.answers.preview
        assert counts is not None
        assert counts.count(Verdict.DOUBLE) == 1
        view = await started(gui)
        await gui.until("the report", view.foot.open.isVisible)
        assert view.report is not None
        assert view.report.made["items_read_back"] == 4
        await gui.hand.click(view.foot.open)
        await gui.until("the client", lambda: isinstance(gui.shell.page, ClientPage))
        collections = gui.client_page.table("collections")
        await gui.until("its collections", lambda: collections.rowCount() > 5)
        await gui.idle()
        shown = {row.name: row.groups for row in collections.records()}
        assert shown["Shared"]
        column = gui.client_page._collection_columns()[1]
        assert "?" not in "".join(column.text(row) for row in collections.records())

    gui.run(go())


def test_a_name_of_51_characters_is_said_at_the_field(gui: Gui, tag: str) -> None:
    async def go() -> None:
        await gui.open()
        await gui.enter()
        setup = await gui.wizard()
        await fill(gui, tag)
        setup.details.name.setText("x" * 50)
        assert footer(gui)[0]
        setup.details.name.setText("x" * 51)
        assert "50" in setup.details._name_field.below_text()
        allowed, reason = footer(gui)
        assert not allowed
        assert "51" in reason
        QTest.keyClick(setup.details.name, Qt.Key.Key_Return)
        assert setup.flow.step.key == "details"
        assert setup.details.name.text() == "x" * 51

    gui.run(go())


def test_no_seats_is_said_at_the_field(gui: Gui, tag: str) -> None:
    async def go() -> None:
        await gui.open()
        await gui.enter()
        setup = await gui.wizard()
        await fill(gui, tag, seats=0)
        assert "at least one seat" in setup.details._seats_field.below_text()
        assert not footer(gui)[0]
        setup.details.seats.setValue(1)
        assert footer(gui)[0]

    gui.run(go())


def test_an_untouched_form_blames_nobody(gui: Gui) -> None:
    async def go() -> None:
        await gui.open()
        await gui.enter()
        setup = await gui.wizard()
        await gui.idle()
        assert setup.details._name_field.below_text() == "Members see this name in their vault."
        allowed, reason = footer(gui)
        assert not allowed
        assert reason

    gui.run(go())


def test_more_invitations_than_seats_is_said(gui: Gui, tag: str) -> None:
    async def go() -> None:
        await gui.open()
        await gui.enter()
        setup = await gui.wizard()
        await fill(gui, tag, seats=2)
        await gui.to_step("people")
        people = "\n".join(f"person{n}@{tag}.example" for n in range(3))
        setup.people.text.setPlainText(people)
        await gui.hand.settle()
        assert "seats" in setup.people._field.below_text()
        allowed, reason = footer(gui)
        assert not allowed
        assert "seats" in reason
        assert setup.people.text.toPlainText() == people

    gui.run(go())


def test_a_file_that_is_no_export_is_said_and_may_be_replaced(gui: Gui, tag: str) -> None:
    async def go() -> None:
        await gui.open()
        await gui.enter()
        setup = await gui.wizard()
        await fill(gui, tag)
        await gui.to_step("import")
        said = await refusal(gui, b"Dear all,\nthe meeting is moved.\n", "letter.csv")
        assert "letter.csv" in said
        assert "export" in said
        said = await refusal(gui, b"", "empty.csv")
        assert "empty.csv" in said
        await read(gui, EXPORT.encode())
        await gui.until("the rehearsal", lambda: setup.answers.preview is not None)
        assert not setup.files._problem.isVisible()
        assert setup.details.name.text() == f"Client {tag}"

    gui.run(go())


def test_an_unterminated_quote_names_the_line(gui: Gui, tag: str) -> None:
    async def go() -> None:
        await gui.open()
        await gui.enter()
        setup = await gui.wizard()
        await fill(gui, tag)
        await gui.to_step("import")
        head = "url,username,password,totp,extra,name,grouping,fav\n"
        broken = head + 'https://a.example,anna,"pw,,note,Router,Office,0\n' * 3
        problem = setup.files._problem
        await read(gui, broken.encode())
        await gui.until(
            "an answer", lambda: problem.isVisible() or setup.answers.preview is not None
        )
        if setup.answers.preview is None:
            assert "quot" in problem.label.full_text().casefold()
        else:
            assert any(row.verdict is not Verdict.OK for row in setup.answers.preview.rows)

    gui.run(go())


def test_a_byte_of_another_encoding_lets_the_person_choose_it(gui: Gui, tag: str) -> None:
    async def go() -> None:
        await gui.open()
        await gui.enter()
        setup = await gui.wizard()
        await fill(gui, tag)
        await gui.to_step("import")
        text = EXPORT.replace("Coffee machine", "Café machine")
        await refusal(gui, text.encode("cp1252"))
        assert setup.files._encoding.isVisible()
        setup.files._encoding.choose("windows-1252")
        await gui.until("the rehearsal", lambda: setup.answers.preview is not None)
        preview = setup.answers.preview
        assert preview is not None
        assert "Café machine" in {row.title for row in preview.rows}

    gui.run(go())


def test_an_over_long_note_is_split_and_said_at_its_row(gui: Gui, tag: str) -> None:
    async def go() -> None:
        await gui.open()
        await gui.enter()
        setup = await gui.wizard()
        await fill(gui, tag)
        await gui.to_step("import")
        head = "url,username,password,totp,extra,name,grouping,fav\n"
        long = f'https://a.example,anna,pw,,"{"note " * 3_000}",Router,Office,0\n'
        await read(gui, (head + long).encode())
        await gui.until("the rehearsal", lambda: setup.answers.preview is not None)
        model = setup.files.model
        assert model.rowCount() == 1
        texts = [column.text(model.record(0)) for column in model.columns]
        assert "Adjusted" in texts
        assert any("note is too long" in text for text in texts)

    gui.run(go())


def test_teams_skips_policies_and_says_why(gui: Gui, tag: str) -> None:
    async def go() -> None:
        await gui.open()
        await gui.enter()
        setup = await gui.wizard()
        await fill(gui, tag)
        teams = next(c for c in setup.details._cards if c.plan is PlanType.TEAMS_MONTHLY)
        await gui.hand.click(teams.radio)
        frame = setup.frame
        assert frame is not None
        await gui.to_step("import")
        frame.advance()
        assert setup.flow.step.key == "policies"
        assert setup.policies._none.isVisible()
        assert "Enterprise" in setup.policies._none._text.full_text()
        states = {step.key: step.note for step in frame.rail.steps()}
        assert states["policies"] == "Not on Teams"
        await gui.to_step("review")

    gui.run(go())


async def dropped(gui: Gui, client: str) -> None:
    """The wizard stands for `client` and has read the file."""
    await gui.until("the questions", lambda: gui.workplace.wizard is not None)
    await gui.until("the frame", lambda: gui.setup.frame is not None)
    assert gui.setup.answers.client_name == client
    await gui.until("the file", lambda: gui.setup.answers.preview is not None)
    frame = gui.setup.frame
    assert frame is not None
    assert frame._subject.full_text() == client
    frame.cancelled.emit()
    question = await gui.hand.dialog(Dialog)
    assert question.accept_button is not None
    await gui.hand.click(question.accept_button)
    await gui.until("the shell again", lambda: gui.workplace.wizard is None)


def test_a_file_dropped_on_a_client_is_for_that_client(gui: Gui) -> None:
    async def go() -> None:
        path = gui.folder / "export.csv"
        path.write_text(EXPORT)
        await gui.open()
        await gui.enter()
        table = gui.clients.table
        row = next(
            n
            for n in range(gui.clients.model.rowCount())
            if gui.clients.model.record(n).name == TEAMS
        )
        area = table.visualRect(gui.clients.model.index(row, 1))
        await gui.drop(path, table.viewport(), area.center())
        await dropped(gui, TEAMS)
        page = await gui.open_client(FIRST)
        await gui.drop(path, page)
        await dropped(gui, FIRST)

    gui.run(go())


def test_a_file_dropped_anywhere_else_asks_for_whom(gui: Gui) -> None:
    async def go() -> None:
        path = gui.folder / "export.csv"
        path.write_text(EXPORT)
        await gui.open()
        await gui.enter()
        await gui.show("settings")
        await gui.drop(path, gui.shell.sidebar)
        dialog = await gui.hand.dialog(QDialog)
        await gui.hand.press(dialog, Qt.Key.Key_Escape)
        await gui.hand.gone(dialog)
        assert gui.workplace.wizard is None
        await gui.drop(path, gui.shell.page)
        await gui.hand.dialog(QDialog)
        await gui.hand.enter()
        await gui.until("the wizard", lambda: gui.workplace.wizard is not None)
        await gui.until("the file", lambda: gui.setup.answers.preview is not None)
        assert gui.setup.answers.is_new

    gui.run(go())


def test_t37_an_expired_session_in_mid_run_asks_once_and_goes_on(gui: Gui, tag: str) -> None:
    async def go() -> None:
        await gui.open()
        await gui.enter()
        setup = await gui.wizard()
        await fill(gui, tag)
        await gui.to_step("collections")
        account = gui.server.account("provider_admin")
        gui.server.post("sign-out", {"email": account["email"]})
        gui.server.advance(7_200)
        await gui.to_step("review")
        assert setup.answers.name == f"Client {tag}"
        frame = setup.frame
        assert frame is not None
        frame.advance()
        dialog = await gui.hand.dialog(SignInAgainDialog)
        await gui.hand.write(dialog.password, "wrong")
        await gui.hand.enter()
        await gui.until("the refusal", lambda: "not right" in dialog.field.below_text())
        await gui.hand.write(dialog.password, account["password"])
        await gui.hand.enter()
        await gui.hand.gone(dialog)
        await gui.until("the run", lambda: setup.run_view is not None)
        view = setup.run_view
        assert view is not None
        await gui.until("the report", view.foot.open.isVisible)
        assert view.report is not None
        assert view.report.client_name == f"Client {tag}"

    gui.run(go())


def test_an_interrupted_run_is_offered_at_the_next_start(gui: Gui, tag: str) -> None:
    async def go() -> None:
        await gui.open()
        await gui.enter(is_practice=False)
        await gui.wizard()
        await fill(gui, tag)
        groups = "/api/organizations/.*/groups"
        gui.server.script(
            {"method": "POST", "path": groups, "do": "delay", "seconds": 0.2, "times": 0}
        )
        view = await started(gui)
        await gui.until("half of it", lambda: view.done_steps >= 8)
        await gui.hand.click(view.head.pause)
        await gui.until("the pause", view.foot.resume.isVisible)
        gui.server.script()
        done = view.done_steps
        await gui.close()
        await gui.open()
        page = gui.workplace.start
        assert "waits: unlock to see it" in page._footer.label.full_text()
        await gui.hand.write(page.unlock_password, gui.server.account("provider_admin")["password"])
        await gui.hand.enter()
        await gui.clients_shown()
        strip = gui.shell._waiting
        await gui.until("the offer", strip.isVisible)
        assert f"Client {tag}" in strip._text.full_text()
        await gui.hand.click(strip.continue_button)
        screen: QWidget | None = gui.workplace.wizard
        assert isinstance(screen, RunScreen)
        await gui.until("its steps", lambda: screen.done_steps >= done)
        await gui.until("the connection", lambda: gui.desk.online)
        await gui.hand.click(screen.foot.resume)
        await gui.until("the report", screen.foot.open.isVisible)
        made = [o for o in gui.server.state()["organizations"] if o["name"] == f"Client {tag}"]
        assert len(made) == 1

    gui.run(go())


def test_leaving_asks_and_forgets_only_then(gui: Gui, tag: str) -> None:
    async def go() -> None:
        await gui.open()
        await gui.enter()
        setup = await gui.wizard()
        await fill(gui, tag)
        QTest.keyClick(setup.details.owner, Qt.Key.Key_Escape)
        question = await gui.hand.dialog(Dialog)
        assert question.cancel_button is not None
        await gui.hand.click(question.cancel_button)
        await gui.hand.gone(question)
        assert gui.setup.details.name.text() == f"Client {tag}"

    gui.run(go())
