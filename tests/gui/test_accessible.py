"""Names for screen readers, a way there by keyboard, and a reason wherever something is greyed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

from PySide6.QtGui import QShortcut

from tests.gui.desk import Gui
from tests.gui.findings import Findings


def test_every_control_has_a_name(findings: Callable[[str], Findings]) -> None:
    assert findings("en").unnamed == []


def test_every_control_is_reached_by_tab(findings: Callable[[str], Findings]) -> None:
    assert findings("en").unreachable == []


def test_every_disabled_control_says_why(findings: Callable[[str], Findings]) -> None:
    assert findings("en").without_reason == []


def test_nothing_flashes_up_as_a_window_of_its_own(
    findings: Callable[[str], Findings],
) -> None:
    """A part shown before it has a parent is a window for a moment, and takes the keyboard."""
    assert findings("en").windows == set()


def test_the_walk_meets_every_kind_of_screen(findings: Callable[[str], Findings]) -> None:
    """The tests above prove nothing about a screen the walk does not visit."""
    stops = set(findings("en").texts)
    assert len(stops) > 60
    for part in ("start:", "clients", "members", "client:", "wizard:", "run", "report", "confirm"):
        assert any(stop.startswith(part) for stop in stops), part


def test_no_two_shortcuts_are_equal(gui: Gui) -> None:
    async def look() -> None:
        await gui.open()
        await gui.enter()
        await gui.members_shown()
        await gui.open_client("My Client's Organization")
        keys = Counter(
            key.toString()
            for shortcut in gui.window.findChildren(QShortcut)
            for key in list(shortcut.keys())
        )
        assert keys.total() >= 8
        assert [key for key, count in keys.items() if count > 1] == []

    gui.run(look())
