"""What happens to one desk is not done to another."""

from __future__ import annotations

from desktop.domain.events import LockedNow
from tests.gui.desk import Gui


def test_t81_the_end_of_a_former_desk_does_not_put_away_the_present_one(gui: Gui) -> None:
    """A slow lock may end when others are open already."""

    async def go() -> None:
        await gui.open()
        await gui.enter()
        former, fleet = gui.desk, gui.workplace.fleet
        assert fleet is not None
        gui.workplace.lock()
        await gui.until("the lock screen", lambda: gui.workplace.shell is None)
        await gui.enter()
        assert gui.desk is not former
        former.hub.publish(LockedNow())
        fleet.desks.hub.publish(LockedNow())
        gui.workplace._leave(fleet)
        await gui.hand.settle()
        assert gui.workplace.shell is not None
        assert gui.workplace.desk is gui.desk
        assert not gui.desk.is_locked

    gui.run(go())
