"""T93: nobody finds keys in a dump of the process."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
LOOK = (
    "import ctypes, resource\n"
    "print(resource.getrlimit(resource.RLIMIT_CORE), ctypes.CDLL(None).prctl(3, 0, 0, 0, 0))\n"
)


def said(code: str) -> str:
    env = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, env=env, capture_output=True, text=True, check=True
    )
    return done.stdout.strip()


@pytest.mark.skipif(sys.platform != "linux", reason="asks Linux")
def test_t93_a_process_without_dumps() -> None:
    begin = "import resource; resource.setrlimit(resource.RLIMIT_CORE, (0, -1))\n"
    assert said(f"{begin}{LOOK}").endswith(" 1")
    forbidden = f"from desktop.settings.dumps import forbid_dumps; forbid_dumps()\n{LOOK}"
    assert said(forbidden) == "(0, 0) 0"


DIES = """
import os, resource, sys
from desktop.settings.dumps import forbid_dumps
child = os.fork()
if child == 0:
    hard = resource.getrlimit(resource.RLIMIT_CORE)[1]
    resource.setrlimit(resource.RLIMIT_CORE, (hard, hard))
    if sys.argv[1] == "forbid":
        forbid_dumps()
    os.abort()
print(os.WCOREDUMP(os.waitpid(child, 0)[1]))
"""

# One process of a user attaches to another of the same user, as a debugger does.
ATTACHES = """
import ctypes, os, signal, sys
from desktop.settings.dumps import forbid_dumps
libc = ctypes.CDLL(None, use_errno=True)
if os.geteuid() == 0:
    os.setuid(65534)
    libc.prctl(4, 1, 0, 0, 0)
ready, done = os.pipe(), os.pipe()
victim = os.fork()
if victim == 0:
    if sys.argv[1] == "forbid":
        forbid_dumps()
    os.write(ready[1], b"x")
    os.read(done[0], 1)
    os._exit(0)
os.read(ready[0], 1)
print(libc.ptrace(16, victim, None, None), flush=True)
os.kill(victim, signal.SIGKILL)
"""


def told(code: str, word: str, folder: Path) -> str:
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, "-c", code, word],
        cwd=folder, env=env, capture_output=True, text=True, check=True, timeout=60,
    )  # fmt: skip
    return done.stdout.strip()


@pytest.mark.crash
@pytest.mark.skipif(sys.platform != "linux", reason="asks Linux")
def test_t93_an_aborted_process_leaves_no_dump(tmp_path: Path) -> None:
    if told(DIES, "allow", tmp_path) != "True":
        pytest.skip("no process leaves a dump here")
    for dump in tmp_path.iterdir():
        dump.unlink()
    assert told(DIES, "forbid", tmp_path) == "False"
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(sys.platform != "linux", reason="asks Linux")
def test_t93_another_program_of_the_user_cannot_attach(tmp_path: Path) -> None:
    if told(ATTACHES, "allow", tmp_path) != "0":
        pytest.skip("no program may attach to another one here")
    assert told(ATTACHES, "forbid", tmp_path) == "-1"


@pytest.mark.skipif(sys.platform != "linux", reason="asks Linux")
def test_t93_the_window_forbids_them_before_anything_can_be_unlocked() -> None:
    pytest.importorskip("PySide6")
    work = (
        "from desktop import app\n"
        "try: app._work(None, None).send(None)\n"
        "except AttributeError: pass  # there is no front here to build on\n"
    )
    assert said(f"{work}{LOOK}") == "(0, 0) 0"


@pytest.mark.skipif(sys.platform != "linux" or os.geteuid() != 0, reason="needs another user to be")
def test_t93_another_program_of_the_user_cannot_read_the_memory() -> None:
    code = (
        "import os, sys\n"
        "from desktop.settings.dumps import forbid_dumps\n"
        "os.setuid(65534)\n"
        "if sys.argv[-1] == 'forbid': forbid_dumps()\n"
        "else:\n"
        "    import ctypes; ctypes.CDLL(None).prctl(4, 1, 0, 0, 0)\n"
        "down, up = os.pipe()\n"
        "child = os.fork()\n"
        "if child == 0:\n"
        "    try:\n"
        "        open(f'/proc/{os.getppid()}/mem', 'rb').close()\n"
        "    except OSError:\n"
        "        os._exit(1)\n"
        "    os._exit(0)\n"
        "print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))\n"
    )
    for word, refused in (("allow", "0"), ("forbid", "1")):
        done = subprocess.run(
            [sys.executable, "-c", code, word], cwd=ROOT, capture_output=True, text=True, check=True
        )
        assert done.stdout.strip() == refused, word
