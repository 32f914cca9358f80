"""A bug in a slot of Qt, or in a task on the window's loop, tells nothing it was given (T91)."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

from desktop.settings.program_log import read_log

ROOT = Path(__file__).resolve().parents[2]
CANARY = "Bakkerij-canary"

# The program's own loop and its own way of beginning the log, with two bugs in place of a window.
BUGS = """
import asyncio, sys
from pathlib import Path
from types import SimpleNamespace
from PySide6.QtCore import QTimer
from desktop import app
from desktop.settings.profile import ProfileFolder
canary, folder = sys.argv[1], Path(sys.argv[2])

def slot():
    raise ValueError(canary)

async def task():
    raise LookupError({"name": canary})

async def work():
    front = SimpleNamespace(profile=ProfileFolder.open(folder))
    log = await app._begin_log(front)
    QTimer.singleShot(0, slot)
    asyncio.get_running_loop().create_task(task(), name=canary)
    await asyncio.sleep(0.05)
    await app._end_log(log)
    return 0

sys.exit(app._serve(app.application(), work()))
"""


def test_t91_bugs_of_the_window_leave_their_places_only(tmp_path: Path) -> None:
    env = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run(
        [sys.executable, "-X", "dev", "-c", BUGS, CANARY, str(tmp_path)],
        cwd=ROOT, env=env, capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    told = [json.loads(line) for line in read_log(tmp_path)]
    assert [one["event"] for one in told] == ["started", "bug", "bug", "ended"]
    assert {(one["where"], one["error"][0], one["frames"][-1].split()[1]) for one in told[1:3]} == {
        ("slot", "builtins.ValueError", "slot"),
        ("task", "builtins.LookupError", "task"),
    }
    assert told[0]["qt"].startswith("6.")
    assert CANARY not in done.stderr + done.stdout
    assert CANARY not in json.dumps(told)
