"""Every screen with names that want to be markup, shortcuts or direction marks (T70 to T78)."""

from __future__ import annotations

import socket
from collections.abc import Callable
from uuid import uuid4

import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QWidget

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
from tests.gui.trap import Trap
from tests.gui.watching import harm
from tests.hostile import HIDDEN, hostile, is_storable

MARKS = {one for name in hostile() for one in name if HIDDEN.match(one) and is_storable(one)}
COLLECTIONS = 40
"""Of so many collections each one's name holds a few of the hostile names; groups have the rest."""


def bundles(names: list[str], count: int, most: int) -> list[str]:
    """So many names that hold all of these between them, each at most `most` characters long."""
    made = [" ".join(names[at::count])[:most].strip() for at in range(count)]
    return list(dict.fromkeys(one for one in made if one))


async def make_hostile(gui: Gui, trap: Trap) -> str:
    """A client, its parts, people and a colleague, all named to do harm; returns its name."""
    tag = uuid4().hex[:6]
    markup = f'<img src="{trap.file_url}">R&D'
    owner, worker = f"owner.{tag}@x.example", f"worker.{tag}@x.example"
    gui.server.register(owner, name=f"{markup} &Delete")
    gui.server.register(worker, name="Bo\u202eb \u200bA&&B\n" * 40)
    names = [
        one
        for url in (trap.file_url, trap.web_url)
        for one in hostile(url)
        if is_storable(one) and "/" not in one and len(one) < 200
    ]
    answers = new_answers(pattern_words(), name=markup, owner_email=owner, seats=9)
    answers.collections = [
        "<img src=x>", "R&D", "A&&B/&Delete", "\u202egnp.exe", "lines\n" * 40,
        *bundles(names[::2], COLLECTIONS, 900),
    ]  # fmt: skip
    answers.groups = [markup, "R&D", "\u2067rtl\u200b", *bundles(names[1::2], COLLECTIONS, 90)]
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
        found, texts = harm(window, self.recorder)
        self.texts |= texts
        self.found += [f"{name}: {problem}" for problem in dict.fromkeys(found)]


class HostileSurvey(Survey):
    """The way in with a connection, an address and a server that are named to do harm."""

    label = '<img src="{probe}">R&D \u202eLtd'
    email = "a\u202e\u200b&<b>@havenlicht.example"
    host = "vault.\u2066example&\u2069\u2069"
    words = '<a href="{probe}">Install</a> \u202e&the update\n' * 40


def test_t70_t71_t73_t74_t76_hostile_names_do_nothing_on_any_screen(
    gui: Gui, trap: Trap, monkeypatch: pytest.MonkeyPatch
) -> None:
    watch = Watch(measure.watch_painting(monkeypatch))

    async def go() -> None:
        await gui.open()
        survey = HostileSurvey(gui, watch, f"h{uuid4().hex[:5]}")
        for field in ("label", "words"):
            setattr(survey, field, getattr(survey, field).replace("{probe}", trap.file_url))
        await survey._start()
        await gui.enter()
        survey.client = await make_hostile(gui, trap)
        await gui.desk.clients.fetch()
        await survey.pages()
        await gui.show("keys")
        await survey.at("keys")
        await gui.show("connections")
        await survey.at("connections")
        await RunStops(survey, f"<b>{uuid4().hex[:4]}</b> R&D \u202e&Delete").go()
        await survey.existing("<img src=x>&R&D \u202evsc.csv")

    gui.run(go(), 240)
    assert watch.found == []
    assert trap.sprung() == []
    # The names were there to be seen, as typed.
    everything = "\n".join(watch.texts)
    for part in ("<img src=", "R&D", "&Delete", "A&&B", "\u2039U+202E\u203a", "\u2039U+200B\u203a"):
        assert part in everything, part
    marks = {one for one in MARKS if f"\u2039U+{ord(one):04X}\u203a" in everything}
    assert len(marks) > 100


def test_t71_the_trap_notices_a_reader(trap: Trap) -> None:
    """Otherwise the tests of the window would prove nothing."""
    assert not QImage(str(trap.picture)).isNull()
    if trap.is_watching:
        assert trap.sprung() == ["the picture that a name asks for was opened"]
    host, port = trap.web_url.removeprefix("http://").split("/")[0].split(":")
    with socket.create_connection((host, int(port)), 5):
        assert trap.sprung() == ["the address that a name asks for was called"]
    assert trap.sprung() == []


def test_t78_no_secret_of_a_file_is_shown_or_read_aloud(
    findings: Callable[[str], Findings],
) -> None:
    seen = findings("en")
    told = set().union(*seen.texts.values()) | seen.spoken
    assert len(told) > 300
    for secret in SECRETS:
        assert not [text for text in told if secret in text]


def test_t78_what_is_typed_into_a_masked_field_is_told_to_nobody(
    findings: Callable[[str], Findings],
) -> None:
    seen = findings("en")
    assert seen.told_secrets == []
    # The walk met the fields that this is about.
    assert len(seen.fields) >= 2
    assert any("assword" in name for name in seen.fields)
