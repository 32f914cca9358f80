"""Two windows that practise do not share one provider's data."""

from __future__ import annotations

from pathlib import Path

from desktop.app import practice_place
from desktop.settings.profile import ProfileFolder


def test_a_second_window_practises_in_a_place_of_its_own(tmp_path: Path) -> None:
    usual = tmp_path / "practice"
    first = practice_place(usual)
    second = practice_place(usual)
    assert first.path == usual
    assert not first.read_only
    assert second.path != usual
    assert not second.read_only
    second.erase()
    assert usual.is_dir()
    first.close()
    with ProfileFolder.open(usual) as again:
        assert not again.read_only
