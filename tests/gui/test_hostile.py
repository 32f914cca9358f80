"""Every screen with names that want to be markup, shortcuts or direction marks (T70 to T78)."""

from __future__ import annotations

import os
import re
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from uuid import uuid4

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QKeySequence
from PySide6.QtWidgets import (
    QAbstractButton,
    QLabel,
    QMenu,
    QTabBar,
    QTableView,
    QTextEdit,
    QWidget,
)

from desktop.domain.enums import ProviderUserType
from desktop.plans.answers import default_matrix, new_answers
from desktop.plans.people import Person
from desktop.plans.setup import plan_setup
from desktop.views.setup.words import pattern_words
from tests.gui import measure
from tests.gui.desk import Gui
from tests.gui.findings import Findings
from tests.gui.run_stops import RunStops
from tests.gui.survey import SECRETS, Survey

# What `desktop.domain.shown` must have turned into visible marks; our own isolates are allowed.
HIDDEN = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2067\ufeff]"
)
RAW_MARKUP = re.compile(r"<(img|b|a|s)\b")


@pytest.fixture
def probe() -> Iterator[Path]:
    """A picture that nobody may look at; its time of access tells whether somebody did."""
    path = Path("/tmp") / f"clv{uuid4().hex[:4]}.png"  # noqa: S108 - short, to fit into a name
    image = QImage(2, 2, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.red)
    image.save(str(path))
    yield path
    path.unlink()


def untouched(path: Path) -> None:
    """Sets the time of access so far back that any reading moves it."""
    os.utime(path, (1_000_000_000, time.time()))


def was_read(path: Path) -> bool:
    return path.stat().st_atime > 1_000_000_001


async def make_hostile(gui: Gui, probe: Path) -> str:
    """A client, its parts, people and a colleague, all named to do harm; returns its name."""
    tag = uuid4().hex[:6]
    markup = f'<img src="file://{probe}">R&D'
    owner, worker = f"owner.{tag}@x.example", f"worker.{tag}@x.example"
    gui.server.register(owner, name=f"{markup} &Delete")
    gui.server.register(worker, name="Bo\u202eb \u200bA&&B\n" * 40)
    answers = new_answers(pattern_words(), name=markup, owner_email=owner, seats=9)
    answers.collections = ["<img src=x>", "R&D", "A&&B/&Delete", "\u202egnp.exe", "lines\n" * 40]
    answers.groups = [markup, "R&D", "\u2067rtl\u200b"]
    answers.matrix = default_matrix(answers)
    answers.people = [Person(worker, groups=("R&D",))]
    run = await gui.desk.runs.start(plan_setup(answers), None)
    await gui.desk.runs.run(run)
    gui.server.accept(owner)
    colleague = f"mal.{tag}@havenlicht.example"
    gui.server.register(colleague, name=f"{markup} \u202eevil & co")
    invite = gui.desk.staff.invite_plan((colleague,), ProviderUserType.SERVICE_USER)
    await gui.desk.runs.execute(invite)
    gui.server.accept(colleague)
    return markup


class Watch:
    """Looks at everything at every stop and keeps what it must not find."""

    def __init__(self, recorder: measure.Recorder) -> None:
        self.recorder = recorder
        self.found: list[str] = []
        self.texts: set[str] = set()

    def __call__(self, name: str, window: QWidget) -> None:
        self.recorder.lines.clear()
        window.grab()
        seen = measure.visible(window)
        texts = measure.shown_texts(seen, self.recorder.lines)
        self.texts |= texts
        for problem in (
            *_markup(seen),
            *_shortcuts(seen),
            *_heights(seen),
            *(f"hidden character in {text!r}" for text in texts if HIDDEN.search(text)),
        ):
            self.found.append(f"{name}: {problem}")


def _markup(seen: measure.Seen) -> Iterator[str]:
    for widget in seen:
        if isinstance(widget, QLabel) and widget.textFormat() != Qt.TextFormat.PlainText:
            yield f"reads markup: {measure.where(widget)}"
        if isinstance(widget, QTextEdit):
            yield f"may show markup: {measure.where(widget)}"
        if RAW_MARKUP.search(widget.toolTip()) or RAW_MARKUP.search(widget.whatsThis()):
            yield f"markup in a tooltip: {measure.where(widget)}"
        for told in (widget.accessibleName(), widget.accessibleDescription()):
            if HIDDEN.search(told):
                yield f"hidden character read aloud: {told!r}"


def _shortcuts(seen: measure.Seen) -> Iterator[str]:
    for widget in seen:
        texts: list[str] = []
        if isinstance(widget, QAbstractButton):
            texts = [widget.text()]
        elif isinstance(widget, QMenu):
            texts = [action.text() for action in widget.actions()]
        elif isinstance(widget, QTabBar):
            texts = [widget.tabText(number) for number in range(widget.count())]
        elif isinstance(widget, QLabel) and widget.buddy() is not None:
            texts = [widget.text()]
        for text in texts:
            if not QKeySequence.mnemonic(text).isEmpty():
                yield f"a shortcut out of a name: {text!r}"


def _heights(seen: measure.Seen) -> Iterator[str]:
    for widget in seen:
        if isinstance(widget, QLabel) and widget.height() > 400:
            yield f"{widget.height()} px high: {measure.where(widget)}"
        if isinstance(widget, QTableView) and widget.model() is not None:
            for row in range(widget.model().rowCount()):
                if widget.rowHeight(row) > 60:
                    yield f"a row of {widget.rowHeight(row)} px: {measure.where(widget)}"


def test_t70_t74_t76_hostile_names_do_nothing_on_any_screen(
    gui: Gui, probe: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    watch = Watch(measure.watch_painting(monkeypatch))

    async def go() -> None:
        await gui.open()
        await gui.enter()
        name = await make_hostile(gui, probe)
        await gui.desk.clients.fetch()
        untouched(probe)
        survey = Survey(gui, watch, f"h{uuid4().hex[:5]}", client=name)
        await survey.pages()
        await RunStops(survey, f"<b>{uuid4().hex[:4]}</b> R&D \u202e&Delete").go()
        await survey.existing("<img src=x>&R&D \u202evsc.csv")

    gui.run(go())
    assert watch.found == []
    assert not was_read(probe)
    # The names were there to be seen, as typed.
    everything = "\n".join(watch.texts)
    for part in ("<img src=", "R&D", "&Delete", "A&&B", "\u2039U+202E\u203a", "\u2039U+200B\u203a"):
        assert part in everything, part


def test_the_probe_notices_a_reader(probe: Path) -> None:
    """Otherwise the test above would prove nothing on a disk that keeps no times of access."""
    untouched(probe)
    if not QImage(str(probe)).isNull() and not was_read(probe):
        pytest.skip("this disk keeps no times of access")
    assert was_read(probe)


def test_t78_no_secret_of_a_file_is_shown_or_read_aloud(
    findings: Callable[[str], Findings],
) -> None:
    seen = findings("en")
    told = set().union(*seen.texts.values()) | seen.spoken
    assert len(told) > 300
    for secret in SECRETS:
        assert not [text for text in told if secret in text]
