"""What happens to one desk is not done to another."""

from __future__ import annotations

from desktop.domain.events import LockedNow
from tests.gui.desk import Gui


def test_t81_the_end_of_a_former_desk_does_not_put_away_the_present_one(gui: Gui) -> None:
    """Every desk of a window tells its lock over one hub; a slow one may end late."""

    async def go() -> None:
        await gui.open()
        await gui.enter()
        former = gui.desk
        gui.workplace.lock()
        await gui.until("the lock screen", lambda: gui.workplace.shell is None)
        await gui.enter()
        assert gui.desk is not former
        gui.desk.hub.publish(LockedNow())
        gui.workplace._leave(former)
        await gui.hand.settle()
        assert gui.workplace.shell is not None
        assert gui.workplace.desk is gui.desk
        assert not gui.desk.is_locked

    gui.run(go())
