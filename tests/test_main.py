"""The program's arguments."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from desktop import __main__ as program
from desktop import __version__
from desktop.domain.program import OWN_FOLDER, own_command


def test_the_version_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    assert program.main(["--version"]) == 0
    assert capsys.readouterr().out == f"Claviger {__version__}\n"


def test_an_unknown_command_is_refused_with_the_known_ones(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert program.main(["fly"]) == 2
    said = capsys.readouterr().err
    assert "'fly'" in said
    assert "claviger tour" in said


@pytest.mark.parametrize("command", ["practice", "tour", "import-worker"])
def test_each_command_gets_the_rest(command: str, monkeypatch: pytest.MonkeyPatch) -> None:
    got: list[list[str]] = []

    def take(rest: list[str]) -> int:
        got.append(rest)
        return 7

    monkeypatch.setitem(program.COMMANDS, command, take)
    assert program.main([command, "--out", "x"]) == 7
    assert got == [["--out", "x"]]


def test_the_window_goes_on_after_its_first_frame(tmp_path: Path) -> None:
    """The loop that paints the first frame must end, or services and practice never start."""
    code = (
        "import sys\n"
        "from desktop import app\n"
        "def serve(_app, work):\n"
        "    work.close()\n"
        "    return 7\n"
        "app._serve = serve\n"
        "sys.exit(app.run_window())"
    )
    folders = ("HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME", "LOCALAPPDATA")
    env = {**os.environ, "QT_QPA_PLATFORM": "offscreen", **dict.fromkeys(folders, str(tmp_path))}
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=OWN_FOLDER, env=env, timeout=30, check=False
    )
    assert done.returncode == 7


def test_the_program_starts_itself_from_source_and_from_a_bundle(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert own_command("practice") == [sys.executable, "-m", "desktop", "practice"]
    assert (OWN_FOLDER / "desktop" / "__main__.py").is_file()
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "executable", str(Path("/opt/claviger/claviger")))
    assert own_command("import-worker") == ["/opt/claviger/claviger", "import-worker"]
