"""The process that reads foreign files: what it may do, how it ends, what comes back (T59)."""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
import sys
import time
import zipfile
from collections.abc import Sequence
from pathlib import Path

import pytest

from desktop.domain.errors import BadFile
from desktop.domain.items import ImportPreview, Verdict
from desktop.domain.limits import IMPORT_FILE_BYTES
from desktop.importers import client
from desktop.importers.client import preview_file
from desktop.importers.messages import End, Head, Rows, pack
from desktop.importers.registry import read_file
from desktop.importers.sample import sample_lastpass_export
from tests.importers.reading import SAMPLES, sample

ROOT = Path(__file__).resolve().parents[2]
WORKER = (sys.executable, "-m", "desktop.importers.worker")
posix = pytest.mark.skipif(os.name != "posix", reason="needs POSIX")


def run(path: Path, argv: Sequence[str] = WORKER, timeout_s: float = 60) -> ImportPreview:
    return asyncio.run(preview_file(path, argv=argv, timeout_s=timeout_s))


def refused(path: Path, argv: Sequence[str] = WORKER, timeout_s: float = 60) -> BadFile:
    with pytest.raises(BadFile) as caught:
        run(path, argv, timeout_s)
    return caught.value


def script(code: str) -> tuple[str, ...]:
    """A stand-in for the worker that first swallows its request."""
    return (sys.executable, "-c", f"import sys; sys.stdin.buffer.read(); {code}")


# --- what comes back --------------------------------------------------------------------------


def test_the_answer_is_the_preview(tmp_path: Path) -> None:
    data = sample_lastpass_export(1200)
    path = tmp_path / "export.csv"
    path.write_bytes(data)
    assert run(path) == read_file(data, "export.csv")


def test_the_program_itself_starts_the_worker() -> None:
    preview = asyncio.run(preview_file(SAMPLES / "chrome.csv"))
    assert preview.format == "chromecsv"


def test_paths_may_be_relative_and_odd(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("near.csv").write_bytes(sample("chrome.csv"))
    assert run(Path("near.csv")).format == "chromecsv"
    odd = Path("R&D \u202ecsv.\u4e2d")
    odd.write_bytes(sample("chrome.csv"))
    assert run(odd).file_name == odd.name


@pytest.mark.parametrize("name", ["hudu.csv", "nordpass.csv", "keeper.json", "onepux.json"])
def test_t59_further_formats_read_within_the_walls(name: str, tmp_path: Path) -> None:
    """Also packed, under a name in the old alphabet of archives, which is loaded when needed."""
    plain, archive = tmp_path / name, tmp_path / "packed.zip"
    plain.write_bytes(sample(name))
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr(f"caf\u00e9-{name}", sample(name))
    flagged = archive.read_bytes().replace("caf\u00e9".encode(), b"caf\x82_")
    archive.write_bytes(_without_utf8_flag(flagged))
    expected = read_file(sample(name), name).rows
    assert run(plain).rows == expected
    assert run(archive).rows == expected
    assert {path.name for path in tmp_path.iterdir()} == {name, "packed.zip"}


def _without_utf8_flag(data: bytes) -> bytes:
    """The same archive with names in code page 437."""
    local, listed = data.find(b"PK\x03\x04"), data.find(b"PK\x01\x02")
    changed = bytearray(data)
    changed[local + 7] &= 0xF7
    changed[listed + 9] &= 0xF7
    return bytes(changed)


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere names are Unicode")
def test_t77_a_file_name_that_is_no_text(tmp_path: Path) -> None:
    path = tmp_path / os.fsdecode(b"caf\xe9.csv")
    path.write_bytes(sample("chrome.csv"))
    assert run(path).file_name == "caf\\xe9.csv"


def test_choices_reach_the_worker(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_bytes("name,url,username,password\nA,https://a.example,Zoë,&amp;\n".encode("cp1252"))
    assert refused(path).code == "undecodable"
    chosen = asyncio.run(
        preview_file(path, format="lastpasscsv", encoding="windows-1252", decode_entities=True)
    )
    item = chosen.rows[0].items[0]
    assert (item.username, item.password, chosen.format) == ("Zoë", "&", "lastpasscsv")


def test_a_refusal_comes_back_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_bytes(sample("chrome.csv") + b'"open')
    error = refused(path)
    assert (error.code, error.line) == ("unterminated_quote", 6)


# --- what it may open -------------------------------------------------------------------------


@posix
def test_t59_only_a_regular_file_is_opened(tmp_path: Path) -> None:
    real = tmp_path / "real.csv"
    real.write_bytes(sample("chrome.csv"))
    link, pipe = tmp_path / "link.csv", tmp_path / "pipe.csv"
    link.symlink_to(real)
    os.mkfifo(pipe)
    for path in (link, pipe, tmp_path, Path("/dev/zero")):
        assert refused(path).code == "not_a_file"
    assert run(real).format == "chromecsv"
    if os.geteuid():
        real.chmod(0)
        assert refused(real).code == "unreadable"
    assert refused(tmp_path / "gone.csv").code == "unreadable"
    assert refused(tmp_path / "nul\0.csv").code == "unreadable"


def test_a_file_over_the_limit_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "large.csv"
    with path.open("wb") as file:
        file.truncate(IMPORT_FILE_BYTES + 1)
    assert refused(path).code == "too_large"


# --- what it may not do -----------------------------------------------------------------------

ATTEMPTS = {
    "socket": "__import__('socket').socket()",
    "connect": "__import__('socket').create_connection(('127.0.0.1', 9))",
    "lookup": "__import__('socket').getaddrinfo('localhost', 80)",
    "http": "__import__('urllib.request').request.urlopen('http://127.0.0.1:9/')",
    "subprocess": "__import__('subprocess').run([sys.executable, '-c', ''])",
    "system": "os.system('true')",
    "spawn": "os.posix_spawn('/bin/true', ['true'], {})",
    "exec": "os.execv('/bin/true', ['true'])",
    "fork": "os._exit(0) if os.fork() == 0 else None",
    "ctypes": "__import__('ctypes').CDLL(None)",
    "write": "open(other, 'w')",
    "append": "open(given, 'a')",
    "update": "open(given, 'r+')",
    "create": "os.open(other, os.O_CREAT | os.O_WRONLY)",
    "truncate given": "os.open(given, os.O_RDONLY | os.O_TRUNC)",
    "read another": "open(secret).read()",
    "read by number": "os.open(secret, os.O_RDONLY)",
    "read bytes path": "open(secret.encode(), 'rb')",
    "remove": "os.remove(given)",
    "rename": "os.rename(given, other)",
    "replace": "os.replace(given, other)",
    "folder": "os.mkdir(other)",
    "link": "os.symlink(given, other)",
    "mode": "os.chmod(given, 0)",
    "shorten": "os.truncate(given, 0)",
    "temporary": "__import__('tempfile').mkstemp(dir=os.path.dirname(given))",
    "copy": "__import__('shutil').copy(given, other)",
    "database": "__import__('sqlite3').connect(other)",
    "kill": "os.kill(os.getppid(), 9)",
    "environment": "os.putenv('A', 'b')",
    "limits": "__import__('resource').setrlimit(7, (1, 1))",
}
PROBE = """
import json, os, sys
from desktop.importers import confine
given, other, secret = sys.argv[1:4]
attempts = json.loads(sys.argv[4])
# Loaded before, so that it is the attempt that is refused and not the import.
import ctypes, resource, shutil, socket, sqlite3, subprocess, tempfile, urllib.request
confine.forbid(given)
for name, code in attempts.items():
    try:
        eval(code)
    except confine.Refused as error:
        attempts[name] = "refused"
    except BaseException as error:
        attempts[name] = repr(error)
    else:
        attempts[name] = "done"
attempts["read given"] = open(given, "rb").read().decode()
import xmlrpc.client, encodings.cp1252
attempts["import"] = "done"
sys.stdout.write(json.dumps(attempts))
"""


@posix
def test_t59_the_worker_reaches_nothing_but_its_file(tmp_path: Path) -> None:
    given, secret = tmp_path / "given.csv", tmp_path / "secret.txt"
    given.write_text("content")
    secret.write_text("hush")
    found = subprocess.run(
        [
            *(sys.executable, "-c", PROBE),
            *(str(given), str(tmp_path / "other"), str(secret), json.dumps(ATTEMPTS)),
        ],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    outcome = json.loads(found.stdout)
    assert {name: outcome[name] for name in ATTEMPTS} == dict.fromkeys(ATTEMPTS, "refused")
    assert outcome["read given"] == "content"
    assert outcome["import"] == "done"
    assert {path.name for path in tmp_path.iterdir()} == {"given.csv", "secret.txt"}


INSIDE = """
import os, sys
from desktop.importers import worker
real = worker.read_file
def read_file(*args, **kwargs):
    {attempt}
    return real(*args, **kwargs)
worker.read_file = read_file
sys.exit(worker.main())
"""


@posix
@pytest.mark.parametrize(
    "attempt",
    [
        "import socket; socket.socket()",
        "import subprocess; subprocess.run(['true'])",
        "open(os.environ['HERE'], 'w')",
        "import resource; assert 'x' * (2 << 30)",
        "import resource; resource.getrlimit(resource.RLIMIT_CPU)[1] == 120 and os.abort()",
    ],
    ids=["socket", "subprocess", "write", "memory", "time limit"],
)
def test_t59_walls_stand_before_the_file_is_read(
    attempt: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What a parser tries ends in a typed error, never in an answer; memory is bounded."""
    here = tmp_path / "here"
    monkeypatch.setenv("HERE", str(here))
    error = refused(SAMPLES / "chrome.csv", (sys.executable, "-c", INSIDE.format(attempt=attempt)))
    assert error.code in ("worker_died", "too_large")
    assert not here.exists()


def test_t59_the_worker_loads_no_network_no_window_and_no_keys() -> None:
    code = (
        "import sys, desktop.importers.worker;"
        "print([n for n in ('httpx', 'PySide6', 'cryptography', 'socket', 'ssl', 'asyncio',"
        " 'desktop.crypto', 'desktop.api', 'desktop.settings') if n in sys.modules])"
    )
    found = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert found.stdout.strip() == "[]"


# --- how it ends ------------------------------------------------------------------------------

HEAD = Head(format="x", confident=True, candidates=(), file_name="x", file_bytes=1)


@pytest.mark.parametrize(
    "code",
    [
        "sys.exit(3)",
        "sys.stdout.buffer.write(b'ab')",
        "sys.stdout.buffer.write(b'\\0\\0\\0\\x05hello')",
        "sys.stdout.buffer.write((2**32 - 1).to_bytes(4, 'big'))",
        f"sys.stdout.buffer.write({pack(HEAD)!r})",
        f"sys.stdout.buffer.write({pack(HEAD) + pack(End(rows=1))!r})",
        f"sys.stdout.buffer.write({pack(Rows(rows=()))!r})",
        f"sys.stdout.buffer.write({pack(HEAD) * 2!r})",
        "sys.stdout.write('Traceback: not what was asked for')",
        "import os; os.abort()",
    ],
)
def test_t59_a_dying_or_lying_worker_is_one_typed_error(code: str) -> None:
    assert refused(SAMPLES / "chrome.csv", script(code)).code == "worker_died"


def test_t59_an_endless_answer_is_cut_off(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(client, "ANSWER_BYTES", 100_000)
    endless = script(
        f"write = sys.stdout.buffer.write; write({pack(HEAD)!r})\n"
        f"while True: write({pack(Rows(rows=()))!r})"
    )
    assert refused(SAMPLES / "chrome.csv", endless).detail == "answer too large"


def test_a_program_that_is_not_there_is_a_typed_error(tmp_path: Path) -> None:
    missing = (str(tmp_path / "no-such-program"),)
    assert refused(SAMPLES / "chrome.csv", missing).code == "worker_died"


WAIT = "import socket, sys, threading; s = socket.create_connection(('127.0.0.1', {port})); "
WAIT += "threading.Event().wait()"


def test_t59_cancel_kills_the_worker_within_five_seconds() -> None:
    async def cancelled() -> None:
        started: asyncio.Future[asyncio.StreamReader] = asyncio.get_running_loop().create_future()

        def arrived(reader: asyncio.StreamReader, _writer: asyncio.StreamWriter) -> None:
            started.set_result(reader)

        server = await asyncio.start_server(arrived, "127.0.0.1", 0)
        async with server:
            port = server.sockets[0].getsockname()[1]
            argv = (sys.executable, "-c", WAIT.format(port=port))
            work = asyncio.create_task(preview_file(SAMPLES / "chrome.csv", argv=argv))
            reader = await asyncio.wait_for(started, 30)
            work.cancel()
            with pytest.raises(asyncio.CancelledError):
                await asyncio.wait_for(work, 5)
            # Its connection ends with the process: it is gone, not merely forgotten.
            with pytest.raises(asyncio.IncompleteReadError):
                await asyncio.wait_for(reader.readexactly(1), 5)

    asyncio.run(cancelled())


def test_t59_a_worker_that_hangs_is_killed_at_the_time_limit() -> None:
    started = time.monotonic()
    hung = (sys.executable, "-c", "import threading; threading.Event().wait()")
    error = refused(SAMPLES / "chrome.csv", hung, timeout_s=0.2)
    assert error.code == "timed_out"
    assert time.monotonic() - started < 5


@posix
def test_t59_used_up_processor_time_is_a_time_limit() -> None:
    spent = script("import os, signal; os.kill(os.getpid(), signal.SIGXCPU)")
    assert refused(SAMPLES / "chrome.csv", spent).code == "timed_out"


def test_ten_thousand_rows_take_little(tmp_path: Path) -> None:
    path = tmp_path / "large.csv"
    path.write_bytes(sample_lastpass_export(10_000))
    preview = run(path)
    assert preview.count(Verdict.OK) == 9_996
