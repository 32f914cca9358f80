"""Start page, sidebar, strips and ages without a server."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from desktop.domain.ids import RunId
from desktop.plans.steps import Say
from desktop.services.run_types import WaitingRun
from desktop.settings.preferences import PreferencesFile, WindowPlace
from desktop.settings.profile import ProfileFolder
from desktop.views.reasons import REASONS, reason_text
from desktop.views.shell import age_text
from desktop.views.sidebar import Sidebar
from desktop.views.start import StartPage
from desktop.views.start_parts import Known
from desktop.views.strips import OfflineStrip, PracticeRibbon, WaitingStrip
from desktop.views.window import Window

ALICE = Known("a", "Havenlicht IT", "alice@x.example", "vault.x.example", "12:30")
BOB = Known("b", "Beheer", "bob@y.example", "vault.y.example", waiting_run=True)


@pytest.fixture
def start(qtbot: QtBot) -> StartPage:
    page = StartPage("en")
    qtbot.addWidget(page)
    page.resize(1280, 800)
    page.show()
    return page


def test_a_new_desk_shows_three_cards_and_practice_first(start: StartPage) -> None:
    assert [card.isVisible() for card in start._cards.values()] == [True] * 3
    assert start._cards["practise"].isChecked()
    assert start.form() is start.practice_form


def test_a_known_desk_asks_for_the_password_of_the_last_account(start: StartPage) -> None:
    start.set_known((ALICE, BOB), "b")
    assert start.form() is start.unlock_form
    assert start._who.full_text() == "Beheer"
    assert "waits: unlock to see it" in start._footer.label.full_text()
    start.choose("a")
    assert start._who.full_text() == "Havenlicht IT"
    assert "12:30" in start._footer.label.full_text()


def test_another_account_is_one_click_away_and_back_leads_home(start: StartPage) -> None:
    start.set_known((ALICE,), "a")
    start.panel._other.click()
    assert start._cards["sign_in"].isVisible()
    step = QWidget()
    start.add_step(step)
    start.begin_steps()
    start.show_step(step)
    start.leave_steps()
    assert start._cards["sign_in"].isVisible()
    start.show_way_in()
    assert start.form() is start.unlock_form


def test_switching_accounts_forgets_what_was_typed(start: StartPage) -> None:
    start.set_known((ALICE, BOB), "a")
    start.unlock_password.setText("typed for alice")
    start.choose("b")
    assert start.unlock_password.text() == ""


def test_enter_submits_once_and_not_while_busy(start: StartPage, qtbot: QtBot) -> None:
    given: list[tuple[str, str]] = []
    start.unlock.connect(lambda key, password: given.append((key, password)))
    start.set_known((ALICE,), "a")
    QTest.keyClicks(start.unlock_password, "pw")
    QTest.keyClick(start.unlock_password, Qt.Key.Key_Return)
    assert given == [("a", "pw")]
    start.set_busy("Unlocking…")
    start.unlock_password.returnPressed.emit()
    assert given == [("a", "pw")]
    assert not start.unlock_form.button.isEnabled()
    start.show_wrong_password()
    assert start.unlock_form.button.isEnabled()
    assert start.unlock_password.text() == ""
    assert start._unlock_field.below_text() == "This password does not open the connection."
    QTest.keyClicks(start.unlock_password, "p")
    assert start._unlock_field.below_text() == ""


def test_a_question_s_safe_answer_has_the_focus(start: StartPage) -> None:
    given: list[bool] = []
    start.answered.connect(given.append)
    start.ask("Weaker settings?", "Nothing was sent.", "Use them")
    assert start._refuse.isDefault() or start._refuse.hasFocus()
    start._refuse.click()
    assert given == [False]


def test_secret_fields_are_emptied_after_use(start: StartPage) -> None:
    fields = (start.practice_password, start.password, start.unlock_password)
    for field in fields:
        field.setText("secret")
    start.forget_passwords()
    assert [field.text() for field in fields] == [""] * 3


def test_t73_a_hostile_account_is_shown_as_typed(start: StartPage) -> None:
    start.set_known((Known("x", "R&D <img src=x>\u202e", "a@b.example", "host"),), "x")
    assert start._who.full_text() == "R&D <img src=x>\u2039U+202E\u203a"
    item = start.panel.item("x")
    assert "<img" not in item.toolTip()


# --- sidebar ------------------------------------------------------------------------------------


@pytest.fixture
def sidebar(qtbot: QtBot) -> Sidebar:
    made = Sidebar("Havenlicht IT", "Practice server")
    qtbot.addWidget(made)
    for key, title in (("clients", "Clients"), ("members", "Members")):
        made.add_page(key, title, "users")
    made.resize(232, 800)
    made.show()
    return made


def test_an_open_client_is_listed_once_and_can_be_closed(sidebar: Sidebar) -> None:
    closed: list[str] = []
    sidebar.client_closed.connect(closed.append)
    sidebar.add_client("1", "Acme")
    sidebar.add_client("1", "Acme")
    item = sidebar._clients["1"]
    QTest.keyClick(item, Qt.Key.Key_Delete)
    assert closed == ["1"]
    sidebar.remove_client("1")
    assert not sidebar._open_title.isVisible()
    sidebar.remove_client("1")


def test_the_cross_of_a_client_closes_it_and_opens_nothing(sidebar: Sidebar) -> None:
    said: list[str] = []
    sidebar.client_closed.connect(lambda key: said.append(f"closed {key}"))
    sidebar.client_chosen.connect(lambda key: said.append(f"chosen {key}"))
    sidebar.add_client("1", "Acme")
    item = sidebar._clients["1"]
    item.resize(208, 32)
    QTest.mouseClick(item, Qt.MouseButton.LeftButton, pos=QPoint(item.width() - 10, 16))
    QTest.mouseClick(item, Qt.MouseButton.LeftButton, pos=QPoint(40, 16))
    assert said == ["closed 1", "chosen 1"]


def test_a_count_is_read_aloud_and_goes_with_zero(sidebar: Sidebar) -> None:
    item = sidebar.page("members")
    item.set_count(3, is_waiting=True)
    assert item.accessibleName() == "Members 3"
    item.set_count(0)
    assert item.accessibleName() == "Members"


def test_a_running_plan_says_how_far_it_is(sidebar: Sidebar) -> None:
    sidebar.run_card.set_progress("Set up Acme", "Step 3 of 41", 0.07)
    assert sidebar.run_card.isVisible()
    assert sidebar.run_card.accessibleName() == "Set up Acme, Step 3 of 41"


# --- strips -------------------------------------------------------------------------------------


def test_the_offline_strip_names_the_way_out(qtbot: QtBot) -> None:
    strip = OfflineStrip()
    qtbot.addWidget(strip)
    strip.say("No connection.")
    assert strip.text == "No connection."
    assert strip._button.full_text() == "Try again"
    strip.say("The session has ended.", "log-in", "Sign in again")
    assert strip._button.full_text() == "Sign in again"
    with qtbot.waitSignal(strip.retry_asked):
        strip._button.click()


def test_a_waiting_run_is_answered_once(qtbot: QtBot) -> None:
    strip = WaitingStrip()
    qtbot.addWidget(strip)
    answers: list[str] = []
    waiting = WaitingRun(
        RunId(UUID(int=1)), Say("plan.setup_new", {"client": "Acme"}), datetime.now(UTC), 3, 41,
        "interrupted", "setup", "Acme",
    )  # fmt: skip
    strip.offer(waiting, lambda _run: answers.append("go on"), lambda _run: answers.append("later"))
    assert "Acme" in strip._text.full_text()
    strip.continue_button.click()
    assert answers == ["go on"]
    assert strip.isHidden()
    strip.offer(waiting, lambda _run: answers.append("go on"), lambda _run: answers.append("later"))
    strip.later_button.click()
    assert answers == ["go on", "later"]
    assert strip.isHidden()


def test_the_ribbon_counts_mails_and_turns_its_verb(qtbot: QtBot) -> None:
    ribbon = PracticeRibbon()
    qtbot.addWidget(ribbon)
    ribbon.set_mails(3)
    assert ribbon.inbox.full_text().endswith("3")
    ribbon.set_mails(0)
    assert not ribbon.inbox.full_text().endswith("0")
    with qtbot.waitSignal(ribbon.cut_toggled) as cut:
        ribbon.cut.click()
    assert cut.args == [True]
    assert ribbon.cut.full_text() == "Restore the network"


# --- words --------------------------------------------------------------------------------------


def test_ages_are_told_in_words() -> None:
    now = datetime.now(UTC)
    assert age_text(None) == "Not synced yet"
    assert age_text(now) == "Synced just now"
    for age in (timedelta(minutes=5), timedelta(days=3), timedelta(days=400)):
        told = age_text(now - age)
        assert told.startswith("Synced ")
        assert told != "Synced just now"


def test_a_clock_that_was_set_back_is_no_accident() -> None:
    assert age_text(datetime.now(UTC) + timedelta(hours=3)) == "Synced just now"


def test_every_reason_is_a_sentence() -> None:
    assert reason_text(None) is None
    for key in REASONS:
        said = reason_text(key)
        assert said is not None
        assert said.endswith(".")
        assert "_" not in said
    assert reason_text("something new") == "Not possible at the moment."


# --- window -------------------------------------------------------------------------------------


def preferences(folder: Path) -> PreferencesFile:
    return PreferencesFile(ProfileFolder.open(folder), in_background=True)


def test_a_window_on_a_lost_screen_comes_back(qtbot: QtBot, tmp_path: Path) -> None:
    kept = preferences(tmp_path)
    kept.change(window=WindowPlace(x=9_000, y=9_000, width=1_000, height=700, maximized=False))
    window = Window(kept)
    qtbot.addWidget(window)
    assert (window.width(), window.height()) == (1_000, 700)
    assert any(s.geometry().intersects(window.geometry()) for s in QApplication.screens())


def test_a_screen_that_was_removed_is_gone(qtbot: QtBot, tmp_path: Path) -> None:
    window = Window(preferences(tmp_path))
    qtbot.addWidget(window)
    first, second = QWidget(), QWidget()
    window.show_screen(first)
    window.show_screen(second)
    assert window.screen_widget is second
    window.remove_screen(second)
    assert window.screen_widget is first


def test_the_window_asks_before_it_closes(qtbot: QtBot, tmp_path: Path) -> None:
    window = Window(preferences(tmp_path))
    qtbot.addWidget(window)
    window.show()
    with qtbot.waitSignal(window.closing):
        window.close()
    assert window.isVisible()
    window.let_close()
    assert not window.isVisible()


def test_a_right_click_on_a_client_in_the_sidebar_closes_nothing(sidebar: Sidebar) -> None:
    closed: list[str] = []
    sidebar.client_closed.connect(closed.append)
    sidebar.add_client("1", "Acme")
    item = sidebar._clients["1"]
    item.resize(208, 32)
    spot = QPointF(item.width() - 10, 16)
    for kind in (QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonRelease):
        right = Qt.MouseButton.RightButton
        event = QMouseEvent(kind, spot, spot, right, right, Qt.KeyboardModifier.NoModifier)
        QApplication.sendEvent(item, event)
    assert closed == []
