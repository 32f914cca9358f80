"""Comparing phrases: what is acknowledged is what is shown (T11, T13, T75)."""

from __future__ import annotations

from uuid import uuid4

import pytest
from PySide6.QtWidgets import QWidget

from desktop.domain.errors import Offline
from desktop.domain.events import ProviderMembersChanged
from desktop.services.confirm import Candidate
from desktop.views.pages.confirm import ConfirmDialog
from desktop.views.widgets.labels import Label
from tests.gui.desk import Gui


async def candidates(gui: Gui, *emails: str) -> tuple[Candidate, ...]:
    """People who accepted, in this order."""
    desk = gui.desk
    await desk.runs.execute(desk.staff.invite_plan(list(emails), desk.session.role))
    for email in emails:
        gui.server.accept(email)
    staff = {one.email: one for one in (await desk.staff.fetch()).data}
    return await desk.confirm.staff_candidates([staff[email] for email in emails])


def shown(dialog: ConfirmDialog) -> tuple[str, ...]:
    return tuple(dialog.tiles.words())


def test_t13_after_a_failure_the_first_person_is_shown_again(
    gui: Gui, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Else a click on the phrase of the last person would acknowledge the first one's key."""

    async def go() -> None:
        await gui.open()
        await gui.enter()
        tag = uuid4().hex[:8]
        two = await candidates(gui, f"differs.{tag}@x.example", f"matches.{tag}@x.example")
        differs, matches = two
        dialog = ConfirmDialog.for_staff(gui.desk, two, gui.window)
        asked: list[set[object]] = []
        make_plan = dialog._make_plan

        def recording(ids: set[object]) -> object:
            asked.append(set(ids))
            return make_plan(ids)  # type: ignore[arg-type]  # the dialog's own ids

        monkeypatch.setattr(dialog, "_make_plan", recording)

        async def offline(*_given: object) -> None:
            raise Offline("x.example")

        monkeypatch.setattr(gui.desk.runs, "execute", offline)
        assert shown(dialog) == differs.phrase
        dialog.differ.click()
        assert shown(dialog) == matches.phrase
        dialog.accept()
        await gui.until("the failure", lambda: not dialog.jobs.is_busy)
        assert asked == [{matches.member_id}]
        assert shown(dialog) == differs.phrase
        assert not dialog._problem.isHidden()
        dialog.differ.click()
        assert shown(dialog) == matches.phrase
        dialog.accept()
        await gui.until("the second failure", lambda: not dialog.jobs.is_busy)
        assert asked == [{matches.member_id}] * 2
        dialog.reject()
        dialog.deleteLater()
        gui.desk.hub.publish(ProviderMembersChanged())

    gui.run(go())


def test_t75_whoever_gets_a_key_is_told_of_whom_in_full(gui: Gui) -> None:
    def said(dialog: QWidget) -> str:
        return " ".join(label.full_text() for label in dialog.findChildren(Label))

    async def go() -> None:
        await gui.open()
        await gui.enter()
        await gui.clients_shown()
        desk = gui.desk
        host = desk.connection.web_vault.removeprefix("https://")
        client = gui.client("My Client's Organization").organization_id
        for dialog, identity in (
            (ConfirmDialog.for_staff(desk, (), gui.window), desk.session.provider_id),
            (ConfirmDialog.for_client(desk, client, (), gui.window), client),
        ):
            assert str(identity)[:8] in said(dialog)
            assert host in said(dialog)
            dialog.deleteLater()

    gui.run(go())
