"""A client with a past: a clock that can be set back, and edits that its history then tells of."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu

from desktop.domain.enums import PlanType, PolicyType
from desktop.domain.ids import OrganizationId
from desktop.models.timeline import Entry, TimelineModel, plain_text
from desktop.plans.plan import Plan
from desktop.plans.steps import (
    Access,
    AnyStep,
    CreateClient,
    CreateCollection,
    CreateGroup,
    InviteMembers,
    PutPolicy,
    RenameGroup,
    Say,
    ref_of,
    ref_to,
)
from desktop.services.sync import RoundResult
from desktop.views.widgets.buttons import Chip
from tests.end2end.stage import FastClock
from tests.gui.desk import Gui


class Calendar:
    """What day the desk believes it is; the window and the server keep today's."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.days_ago = 0.0
        monkeypatch.setattr(FastClock, "now", lambda _clock: self.now())

    def now(self) -> datetime:
        return datetime.now(UTC) - timedelta(days=self.days_ago)


class Client:
    """A client of one test. `people` were invited; the owner is `owner`."""

    def __init__(self, gui: Gui, name: str = "") -> None:
        self.gui = gui
        self.tag = uuid4().hex[:6]
        self.name = name or f"Bakkerij {self.tag}"
        self.owner = f"owner.{self.tag}@bakery.example"
        self.people = [f"p{number}.{self.tag}@bakery.example" for number in range(4)]

    @property
    def id(self) -> OrganizationId:
        return self.gui.client(self.name).organization_id

    async def make(self) -> None:
        """With a collection, a group and everybody invited; then everything is read once."""
        client = ref_to("client")
        owner = Access(permission="manage", owner=True)
        await self._run(
            CreateClient(
                key="client",
                name=self.name,
                owner_email=self.owner,
                plan=PlanType.ENTERPRISE_MONTHLY,
                seats=9,
                default_collection="Default collection",
            ),
            CreateCollection(
                key="collection", needs=("client",), client=client, path="IT/Servers",
                access=(owner,),
            ),
            CreateGroup(key="group", needs=("client",), client=client, name="Sales"),
            InviteMembers(
                key="invite", needs=("client",), client=client, emails=tuple(self.people)
            ),
        )  # fmt: skip
        await self.round()

    async def set_password_length(self, least: int, before: int | None = None) -> None:
        former = {"minLength": before} if before is not None else None
        await self._run(
            PutPolicy(
                key="policy",
                client=ref_of(self.id),
                type=PolicyType.MASTER_PASSWORD,
                enabled=True,
                data={"minLength": least},
                base={"enabled": before is not None, "data": former},
            )
        )

    async def rename_group(self, name: str, before: str = "Sales") -> None:
        known = await self.gui.desk.workspace.known(self.id)
        group = known.group_called(before)
        assert group is not None
        await self._run(
            RenameGroup(
                key="rename",
                client=ref_of(self.id),
                group=ref_of(group.id),
                before=before,
                name=name,
                base={"name": before},
            )
        )

    async def change_seats(self, seats: int) -> None:
        desk = self.gui.desk
        await desk.runs.execute(desk.clients.seats_plan(self.gui.client(self.name), seats))

    async def round(self) -> RoundResult:
        return await self.gui.desk.sync.round()

    async def _run(self, *steps: AnyStep) -> None:
        is_new = isinstance(steps[0], CreateClient)
        plan = Plan(
            title=Say("plan.setup_new" if is_new else "plan.setup_existing", {"client": self.name}),
            steps=steps,
            client=None if is_new else self.id,
            client_name=self.name,
        )
        plan.check()
        await self.gui.desk.runs.execute(plan)


def told(model: TimelineModel) -> list[str]:
    """The sentences that are shown, newest first."""
    return [plain_text(entry.text) for entry in model.shown_entries()]


def line(model: TimelineModel, part: str) -> Entry:
    """The only shown line with these words."""
    found = [one for one in model.shown_entries() if part in plain_text(one.text)]
    assert len(found) == 1, told(model)
    return found[0]


def open_menu() -> QMenu:
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    return menu


async def choose(gui: Gui, chip: Chip, text: str) -> None:
    """Picks a line of a chip's menu by keyboard."""
    chip.setFocus()
    QTest.keyClick(chip, Qt.Key.Key_Space)
    await gui.hand.settle()
    menu = open_menu()
    action = next(one for one in menu.actions() if one.text() == text)
    menu.setActiveAction(action)
    QTest.keyClick(menu, Qt.Key.Key_Return)
    await gui.idle()


@contextmanager
def asks_no_server(gui: Gui) -> Iterator[None]:
    """Whatever is done inside is answered by what is kept."""
    before = len(gui.server.requests())
    yield
    asked = [f"{one['method']} {one['path']}" for one in gui.server.requests()[before:]]
    assert asked == []
