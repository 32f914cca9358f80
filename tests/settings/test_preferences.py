"""Preferences survive what people, disks and other versions do to the file."""

from __future__ import annotations

import dataclasses
import json
import threading
from pathlib import Path
from uuid import UUID

import msgspec
import pytest

from desktop.domain.errors import StorageFailed
from desktop.domain.ids import ConnectionId
from desktop.settings.files import DISK
from desktop.settings.preferences import (
    PREFERENCES_FILE,
    Preferences,
    PreferencesFile,
    TableLook,
    WindowPlace,
)
from desktop.settings.profile import ProfileFolder
from tests.settings.failing import FailingDisk

FULL = Preferences(
    language="nl",
    appearance="dark",
    text_size=150,
    window=WindowPlace(x=-20, y=10, width=1280, height=800, maximized=True),
    tables={"clients": TableLook(widths={"name": 300}, sort_column="seats", sort_descending=True)},
    splitters={"workspace": (300, 700)},
    last_connection=ConnectionId(UUID(int=7)),
    tips_done=("confirm_billy",),
)


def test_a_new_desk_has_defaults_and_no_file(tmp_path: Path) -> None:
    with ProfileFolder.open(tmp_path) as profile:
        assert PreferencesFile(profile).get() == Preferences()
        assert not (tmp_path / PREFERENCES_FILE).exists()


def test_what_is_saved_is_read(tmp_path: Path) -> None:
    with ProfileFolder.open(tmp_path) as profile:
        PreferencesFile(profile).save(FULL)
        assert PreferencesFile(profile).get() == FULL
        assert PreferencesFile(profile).change(text_size=100).text_size == 100
        assert PreferencesFile(profile).get() == msgspec.structs.replace(FULL, text_size=100)
    assert FULL.table("clients").widths == {"name": 300}
    assert FULL.table("members") == TableLook()


def test_keys_of_a_newer_version_are_kept(tmp_path: Path) -> None:
    path = tmp_path / PREFERENCES_FILE
    path.write_text(json.dumps({"future": {"a": 1}, "appearance": "sepia", "text_size": 125}))
    with ProfileFolder.open(tmp_path) as profile:
        file = PreferencesFile(profile)
        assert file.get() == Preferences(text_size=125)
        file.change(language="nl")
        kept = json.loads(path.read_text())
        assert kept["future"] == {"a": 1}
        assert kept["appearance"] == "sepia"
        assert kept["language"] == "nl"
        file.change(appearance="light")
        assert json.loads(path.read_text())["appearance"] == "light"


@pytest.mark.parametrize(
    "content",
    [b"", b"{", b"[1]", b"\xff\xfe", b"[" * 100_000, b'{"a": ' * 5_000, b'"' + b"x" * 2_000_000],
    ids=["empty", "cut", "list", "bytes", "deep", "deep objects", "huge"],
)
def test_a_broken_file_is_moved_aside(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / PREFERENCES_FILE
    path.write_bytes(content)
    with ProfileFolder.open(tmp_path) as profile:
        file = PreferencesFile(profile)
        assert file.get() == Preferences()
        file.save(FULL)
        assert PreferencesFile(profile).get() == FULL
    assert (tmp_path / "preferences.broken-1.json").read_bytes() == content


def test_one_bad_value_costs_only_itself(tmp_path: Path) -> None:
    (tmp_path / PREFERENCES_FILE).write_text(
        json.dumps({"text_size": 9_000, "window": {"x": "left"}, "language": "nl"})
    )
    with ProfileFolder.open(tmp_path) as profile:
        assert PreferencesFile(profile).get() == Preferences(language="nl")


@pytest.mark.parametrize("minutes", [0, -1, 61, 1_440])
def test_t82_the_window_cannot_be_told_to_lock_late_or_never(minutes: int, tmp_path: Path) -> None:
    """Neither by the program nor in the file, as an older version could write it."""
    with ProfileFolder.open(tmp_path) as profile:
        with pytest.raises(msgspec.ValidationError):
            PreferencesFile(profile).change(lock_after_min=minutes)
        (tmp_path / PREFERENCES_FILE).write_text(json.dumps({"lock_after_min": minutes}))
        assert PreferencesFile(profile).get().lock_after_min == 10


def test_t83_no_name_fits_into_the_preferences(tmp_path: Path) -> None:
    with ProfileFolder.open(tmp_path) as profile:
        file = PreferencesFile(profile)
        for bad in (
            {"tables": {"Contoso GmbH": TableLook()}},
            {"tips_done": ("someone@example.org",)},
            {"tables": {"clients": TableLook(order=("Contoso",))}},
            {"language": "Contoso"},
        ):
            with pytest.raises(msgspec.ValidationError):
                file.change(**bad)
        assert file.get() == Preferences()
        assert not (tmp_path / PREFERENCES_FILE).exists()


def test_t53_a_second_desk_changes_for_itself_only(tmp_path: Path) -> None:
    with ProfileFolder.open(tmp_path) as first, ProfileFolder.open(tmp_path) as second:
        PreferencesFile(first).save(FULL)
        reader = PreferencesFile(second)
        assert reader.change(text_size=75).text_size == 75
        assert reader.get().text_size == 75
        assert PreferencesFile(first).get() == FULL


def test_t89_a_full_disk_leaves_the_former_preferences(tmp_path: Path) -> None:
    with ProfileFolder.open(tmp_path) as profile:
        PreferencesFile(profile).save(FULL)
        failing = FailingDisk(2, 28)
        with pytest.raises(StorageFailed):
            PreferencesFile(profile, disk=failing.disk).change(text_size=75)
        assert PreferencesFile(profile).get() == FULL


def test_t34_a_slow_disk_keeps_nobody_waiting(tmp_path: Path) -> None:
    may_go, asked = threading.Event(), threading.Event()
    written: list[str] = []

    def slow(descriptor: int) -> None:
        asked.set()
        assert may_go.wait(20)
        DISK.sync(descriptor)

    def replace(made: str, path: str) -> None:
        written.append(Path(made).read_text())
        DISK.replace(made, path)

    disk = dataclasses.replace(DISK, sync=slow, replace=replace)
    with ProfileFolder.open(tmp_path) as profile:
        file = PreferencesFile(profile, disk=disk, in_background=True)
        assert file.change(text_size=75).text_size == 75
        assert asked.wait(20)
        for size in (80, 90, 125):
            file.change(text_size=size)
        assert file.get().text_size == 125
        assert not (tmp_path / PREFERENCES_FILE).exists()
        may_go.set()
        file.settle()
        assert PreferencesFile(profile).get().text_size == 125
    # The first one, and of those that came while it was under way only the newest.
    assert [json.loads(one)["text_size"] for one in written] == [75, 125]


def test_t89_in_the_background_a_full_disk_stops_nobody_and_the_next_change_is_kept(
    tmp_path: Path,
) -> None:
    with ProfileFolder.open(tmp_path) as profile:
        failing = FailingDisk(2, 28)
        file = PreferencesFile(profile, disk=failing.disk, in_background=True)
        assert file.change(text_size=75).text_size == 75
        file.settle()
        assert not (tmp_path / PREFERENCES_FILE).exists()
        assert file.get().text_size == 75
        file.change(language="nl")
        file.settle()
        assert PreferencesFile(profile).get() == Preferences(text_size=75, language="nl")
