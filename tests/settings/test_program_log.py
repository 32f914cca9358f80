"""The program log holds what is allowed, and nothing else gets in (T91)."""

from __future__ import annotations

import ast
import itertools
import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from desktop.domain import diagnostics
from desktop.domain.diagnostics import EVENTS, FIELDS, Line, listen, note, note_bug, note_fact
from desktop.domain.errors import ClavigerError, ProfileUnsafe, Refused
from desktop.domain.events import ConnectionStateChanged, LockedNow, RunProgressed
from desktop.domain.ids import RunId
from desktop.settings.program_log import (
    CRASH_FILE,
    FILE_BYTES_MAX,
    FILES_MAX,
    LOG_FILE,
    LOG_FOLDER,
    ProgramLog,
    read_crashes,
    read_log,
)

ROOT = Path(__file__).resolve().parents[2]
DESKTOP = ROOT / "desktop"
CANARY = "Bakkerij-canary"
AT = datetime(2026, 12, 1, 9, 30, tzinfo=UTC)
posix = pytest.mark.skipif(sys.platform == "win32", reason="POSIX only")


@pytest.fixture(autouse=True)
def quiet() -> Iterator[None]:
    yield
    listen(None)


@pytest.fixture
def lines() -> list[Line]:
    heard: list[Line] = []
    listen(heard.append)
    return heard


def hostile() -> list[Any]:
    """What a mistake may hand to the log, each with the canary somewhere inside."""
    error = Refused(400, CANARY, {CANARY: [CANARY]})
    error.add_note(CANARY)
    error.__cause__ = ValueError(CANARY)
    texts = [
        CANARY, f"{CANARY}@example.com", f"2.{CANARY}|x|y", f"GET {CANARY}", f"Linux {CANARY}",
        f"/organizations/{CANARY}", f"organizations/{CANARY}?name={CANARY}#{CANARY}",
        f"1.2 {CANARY}", f"https://{CANARY}.example/{CANARY}", f"desktop.views:1 {CANARY} x",
        f"\n{CANARY}",
    ]  # fmt: skip
    mixed: list[Any] = [error, [CANARY], (CANARY,), {CANARY: CANARY}, CANARY.encode(), 10**30, -1]
    return [*texts, *mixed, None, type(CANARY, (Exception,), {})(CANARY), True, 2.5]


def test_t91_no_field_takes_what_is_not_its_own(lines: list[Line]) -> None:
    for event, name, value in itertools.product(EVENTS, FIELDS, hostile()):
        note(event, **{name: value})
    note(CANARY, status=1)
    note("request", **{CANARY: 1, "body": CANARY, "headers": {CANARY: CANARY}})
    assert len(lines) == len(EVENTS) * len(FIELDS) * len(hostile()) + 1
    told = json.dumps(lines)
    assert CANARY not in told
    assert "canary" not in told.casefold().replace("tests.settings.test_program_log", "")
    assert max(len(json.dumps(line)) for line in lines) < 2_000


def test_t91_what_is_allowed_is_told(lines: list[Line]) -> None:
    note("request", verb="PUT", path="organizations/6f2b/users/7c1a?x=y", status=429, ms=12)
    note("unlocked", is_reader=False, was_rebuilt=True, journal="damaged")
    note_fact(ConnectionStateChanged(online=False))
    note_fact(LockedNow())
    note_fact(RunProgressed(RunId(uuid4()), 1, 2, "step", "done"))
    assert lines == [
        {"event": "request", "verb": "PUT", "path": "organizations/*/users/*", "status": 429,
         "ms": 12},
        {"event": "unlocked", "is_reader": False, "was_rebuilt": True, "journal": "damaged"},
        {"event": "happened", "fact": "ConnectionStateChanged", "is_online": False},
        {"event": "happened", "fact": "LockedNow"},
    ]  # fmt: skip


def fail(secret: str) -> None:
    local = f"{secret} in a variable"
    try:
        raise KeyError(local)  # noqa: TRY301 - it is what the other came from
    except KeyError as error:
        raise Refused(400, secret) from error


def test_t91_an_exception_leaves_its_types_and_places_only(lines: list[Line]) -> None:
    try:
        fail(CANARY)
    except ClavigerError as error:
        note_bug("task", error)
    (line,) = lines
    assert line["error"] == ["desktop.domain.errors.Refused", "builtins.KeyError"]
    places = line["frames"]
    assert isinstance(places, list)
    assert [re.sub(r":\d+", "", place) for place in places] == [
        f"{__name__} test_t91_an_exception_leaves_its_types_and_places_only", f"{__name__} fail",
    ]  # fmt: skip
    assert CANARY not in json.dumps(line)


def test_t91_a_log_that_cannot_be_written_stops_nothing() -> None:
    def broken(line: Line) -> None:
        note("raised")  # a sink that is noted itself goes around once
        raise OSError(line)

    listen(broken)
    note("raised")


# --- the files -------------------------------------------------------------------------------


def moment() -> datetime:
    return AT


def test_t91_five_private_files_of_a_mebibyte(tmp_path: Path) -> None:
    assert (FILES_MAX, FILE_BYTES_MAX) == (5, 1024 * 1024)
    before = os.umask(0)
    try:
        log = ProgramLog.open(tmp_path, now=moment, bytes_max=1_000)
        for number in range(200):
            log.write({"event": "request", "status": number})
        log.flush()
    finally:
        os.umask(before)
    folder = tmp_path / LOG_FOLDER
    files = sorted(folder.iterdir())
    assert len(files) == FILES_MAX
    assert all(path.stat().st_size <= 1_000 for path in files)
    if sys.platform != "win32":
        assert {path.stat().st_mode & 0o777 for path in files} == {0o600}
        assert folder.stat().st_mode & 0o777 == 0o700
    told = [json.loads(line) for line in log.read()]
    assert told[0]["at"] == "2026-12-01T09:30:00.000+00:00"
    # The newest are there, without a hole and in their order.
    assert [one["status"] for one in told] == list(range(200 - len(told), 200))
    log.close()
    log.write({"event": "raised"})
    assert read_log(tmp_path) == [json.dumps(one, separators=(",", ":")).encode() for one in told]
    again = ProgramLog.open(tmp_path, now=moment, bytes_max=1_000)
    again.write({"event": "started"})
    assert json.loads(again.read()[-1])["event"] == "started"
    assert len(again.read()) == len(told) + 1
    again.close()


@posix
@pytest.mark.parametrize("name", [LOG_FOLDER, f"{LOG_FOLDER}/{LOG_FILE}"])
def test_t85_a_planted_symlink_gets_no_log(name: str, tmp_path: Path) -> None:
    target = tmp_path / "theirs"
    profile = tmp_path / "p"
    (profile / name).parent.mkdir(parents=True)
    if name == LOG_FOLDER:
        target.mkdir()
    else:
        target.write_bytes(b"theirs")
    (profile / name).symlink_to(target)
    with pytest.raises(ProfileUnsafe):
        ProgramLog.open(profile)
    assert target.is_dir() or target.read_bytes() == b"theirs"
    assert not target.is_dir() or list(target.iterdir()) == []


@posix
def test_t89_a_full_disk_costs_lines_and_nothing_else(tmp_path: Path) -> None:
    code = (
        "import resource, signal, sys\n"
        "from pathlib import Path\n"
        "from desktop.settings.program_log import ProgramLog\n"
        "log = ProgramLog.open(Path(sys.argv[1]))\n"
        "log.write({'event': 'started'}); log.flush()\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (0, resource.RLIM_INFINITY))\n"
        "log.write({'event': 'raised'})\n"
        "log.close()\n"
    )
    subprocess.run([sys.executable, "-c", code, str(tmp_path)], cwd=ROOT, check=True)
    assert [json.loads(line)["event"] for line in read_log(tmp_path)] == ["started"]


# --- what nobody caught ----------------------------------------------------------------------

# As the program runs, but with every library at its most talkative, and a bug in each place.
BUGS = """
import asyncio, logging, sys, threading, warnings
from pathlib import Path
from desktop.domain.diagnostics import listen
from desktop.settings.program_log import ProgramLog, catch_bugs, task_failed
canary, folder = sys.argv[1], Path(sys.argv[2])
logging.root.setLevel(1)
log = ProgramLog.open(folder)
listen(log.write)
catch_bugs()

class Late:
    def __del__(self):
        raise LookupError(canary)

def in_a_thread():
    raise ArithmeticError(canary)

async def in_a_task():
    raise ValueError(canary, {"name": canary})

async def work():
    asyncio.get_running_loop().set_exception_handler(task_failed)
    task = asyncio.get_running_loop().create_task(in_a_task(), name=canary)
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    del task
    thread = threading.Thread(target=in_a_thread, name=canary)
    thread.start()
    thread.join()
    late = Late()
    del late
    logging.getLogger("httpx").error("GET %s", canary)
    logging.getLogger(canary).critical(canary)

asyncio.run(work(), debug=True)
raise KeyError(canary)
"""


def test_t91_bugs_in_every_place_tell_nothing_they_were_given(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-X", "dev", "-c", BUGS, CANARY, str(tmp_path)],
        cwd=ROOT, capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert done.returncode == 1
    told = [json.loads(line) for line in read_log(tmp_path)]
    assert {(one["where"], one["error"][0]) for one in told} == {
        ("task", "builtins.ValueError"),
        ("thread", "builtins.ArithmeticError"),
        ("unraisable", "builtins.LookupError"),
        ("slot", "builtins.KeyError"),
    }
    # A developer reads the same at the terminal.
    assert "uncaught in a thread: builtins.ArithmeticError" in done.stderr
    assert CANARY not in done.stderr
    assert all(CANARY.encode() not in path.read_bytes() for path in tmp_path.rglob("*.*"))


@pytest.mark.crash
@posix
def test_t93_a_crash_says_where_and_holds_no_values(tmp_path: Path) -> None:
    code = (
        "import ctypes, sys; from pathlib import Path\n"
        "from desktop.settings.dumps import forbid_dumps\n"
        "from desktop.settings.program_log import ProgramLog\n"
        "def crash(secret):\n"
        "    local = [secret]\n"
        "    ctypes.string_at(0)\n"
        "forbid_dumps(); ProgramLog.open(Path(sys.argv[2])).catch_crashes(); crash(sys.argv[1])\n"
    )
    gone = subprocess.run(
        [sys.executable, "-c", code, CANARY, str(tmp_path)],
        cwd=ROOT, capture_output=True, timeout=60, check=False,
    )  # fmt: skip
    assert gone.returncode < 0
    told = read_crashes(tmp_path)
    assert told[0] == "Fatal Python error: Segmentation fault"
    assert "  <string>:6 crash" in told
    assert any(re.fullmatch(r"  __init__\.py:\d+ string_at", line) for line in told)
    written = (tmp_path / LOG_FOLDER / CRASH_FILE).read_text("utf-8")
    assert CANARY not in written
    # A path would name a person's folder: it stays on this computer.
    assert "/" in written
    assert not any("/" in line for line in told)


# --- what the program hands to it ------------------------------------------------------------


@cache
def calls() -> tuple[tuple[str, str, ast.Call], ...]:
    """Every call by name, where one of those may be that are asked for: where, what, the call."""
    texts = ((path, path.read_text("utf-8")) for path in sorted(DESKTOP.rglob("*.py")))
    return tuple(
        (f"{path.relative_to(ROOT)}:{node.lineno}", ast.unparse(node.func), node)
        for path, text in texts
        if re.search(r"\b(note|path|Order)\(", text)
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name | ast.Attribute)
    )


def calls_of(*names: str) -> list[tuple[str, ast.Call]]:
    return [(where, call) for where, name, call in calls() if name in names]


def test_t91_the_program_notes_known_events_with_known_fields() -> None:
    found = calls_of("note")
    assert len(found) > 5
    for where, call in found:
        event = call.args[0]
        assert isinstance(event, ast.Constant), where
        assert isinstance(event.value, str), where
        assert event.value in EVENTS, where
        named = {keyword.arg for keyword in call.keywords if keyword.arg is not None}
        assert named <= EVENTS[event.value], where


def test_t91_every_word_of_our_own_paths_is_told() -> None:
    """Else a new request would stand there as stars, which help nobody."""
    arguments = [one for _where, call in calls_of("path", "requests.path") for one in call.args]
    arguments += [call.args[1] for _where, call in calls_of("Order")]
    words = {
        word
        for one in arguments
        if isinstance(one, ast.Constant) and isinstance(one.value, str)
        for word in one.value.split("/")
        if not word.isdigit()
    }
    assert len(words) > 20
    assert words <= diagnostics._PATH_WORDS
