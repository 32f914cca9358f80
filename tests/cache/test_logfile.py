"""The exported log: every byte of it counts, and the verifier says where it is not whole."""

from __future__ import annotations

import bisect
import shutil
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.cache import verify
from desktop.cache.logfile import LogCheck, LogWriter, verify_bytes, verify_file
from desktop.domain.program import OWN_FOLDER
from tests.cache.desk import AT, CLIENT, Desk, begin_run

RECORDS = 60
WHATS = ("signed_in", "vault_accessed", "run_done", "log_exported")


def made(records: int = RECORDS) -> bytes:
    """A log as the program writes it, with names that try to break it."""
    writer = LogWriter()
    names = ("Contoso", "Café “Zürich”", 'a","link":"b', "line\nbreak\u2028\u202e", "\ud800 😀")
    lines = [writer.head({"program": "1.0", "account": "anna@example.org"})]
    for number in range(records):
        facts: dict[str, Any] = {"run": str(number)} if number % 2 else {}
        lines.append(
            writer.record(
                {
                    "entry": number * 3 + 1,
                    "at": f"2026-11-22T09:00:{number % 60:02}.000Z",
                    "what": WHATS[number % len(WHATS)],
                    "client": str(CLIENT),
                    "client_name": names[number % len(names)],
                    "facts": facts,
                }
            )
        )
    return b"".join([*lines, writer.end()])


LOG = made()
STARTS = [0, *(at + 1 for at, byte in enumerate(LOG[:-1]) if byte == 10)]
END_LINE = RECORDS + 1


def first_changed(other: bytes, since: int = 0) -> int:
    """The record that holds the first byte in which `other` differs; END_LINE + 1: after it all.

    `since`: up to there they are known to be equal.
    """
    at = since
    while at < min(len(LOG), len(other)) and LOG[at] == other[at]:
        at += 1
    return END_LINE + 1 if at == len(LOG) else bisect.bisect(STARTS, at) - 1


def check_bad(other: bytes, since: int = 0) -> None:
    check = verify_bytes(other)
    assert not check.ok
    assert check.first_bad == first_changed(other, since), other[:200]


def test_a_whole_log_is_whole() -> None:
    check = verify_bytes(LOG)
    assert check == LogCheck(ok=True, records=RECORDS, last_link=LOG[-67:-3].decode())
    assert verify_bytes(made(0)).records == 0
    assert LOG.count(b"\n") == RECORDS + 2
    assert all(byte >= 32 or byte == 10 for byte in LOG)


@pytest.mark.parametrize("how", ["change", "delete", "insert", "cut"])
def test_every_byte_of_an_exported_log_counts(how: str) -> None:
    for at in range(len(LOG)):
        if how == "change":
            check_bad(LOG[:at] + bytes([LOG[at] ^ (1 << at % 8)]) + LOG[at + 1 :], at)
        elif how == "delete":
            check_bad(LOG[:at] + LOG[at + 1 :], at)
        elif how == "insert":
            check_bad(LOG[:at] + b"0" + LOG[at:], at)
        elif at:  # of an empty file nobody can say that it was a log
            check_bad(LOG[:at], at)
    check_bad(LOG + b"\n")
    check_bad(LOG + b" ")


def test_every_line_of_an_exported_log_counts() -> None:
    lines = LOG.splitlines(keepends=True)
    for number in range(len(lines)):
        check_bad(b"".join(lines[:number] + lines[number + 1 :]))
        check_bad(b"".join(lines[: number + 1] + lines[number:]))
        for other in range(number + 1, len(lines)):
            swapped = lines.copy()
            swapped[number], swapped[other] = lines[other], lines[number]
            check_bad(b"".join(swapped))
    stranger = LogWriter()
    stranger.records = RECORDS
    check_bad(b"".join([*lines[:-1], stranger.record({}), stranger.end()]))


@settings(max_examples=300, deadline=None)
@given(
    edits=st.lists(
        st.tuples(
            st.integers(0, len(LOG)), st.integers(0, 300), st.binary(max_size=40)
        ),
        min_size=1,
        max_size=5,
    )
)  # fmt: skip
def test_whatever_is_edited_is_found(edits: list[tuple[int, int, bytes]]) -> None:
    other = LOG
    for at, gone, put in edits:
        other = other[:at] + put + other[at + gone :]
    if other == LOG:
        assert verify_bytes(other).ok
    else:
        check_bad(other)


def test_a_log_chained_anew_with_wrong_numbers_is_bad() -> None:
    for numbers, first_bad in (([1, 2, 4], 3), ([2, 3], 1), ([1, 1], 2)):
        writer = LogWriter()
        lines = [writer.head({})]
        for number in numbers:
            writer.records = number - 1
            lines.append(writer.record({}))
        assert verify_bytes(b"".join([*lines, writer.end()])).first_bad == first_bad
    writer = LogWriter()
    lines = [writer.head({}), writer.record({})]
    writer.records = 7
    assert verify_bytes(b"".join([*lines, writer.end()])).first_bad == 2


def test_the_command_names_the_first_bad_record(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "log.jsonl"
    at = STARTS[17] + 30
    cases = {
        LOG: (0, "60 records"),
        LOG[:at] + b"#" + LOG[at + 1 :]: (1, "number 17"),
        b"#" + LOG[1:]: (1, "head line (record 0)"),
        LOG[:-1]: (1, "end line (record 61)"),
        LOG[: STARTS[END_LINE]]: (1, "number 61: it is missing"),
        LOG + b"\n": (1, "number 62: something was added"),
        b"Dear diary\n" * 9: (2, "no log of Claviger"),
        b"": (2, "no log of Claviger"),
        b"\0" * 5_000: (2, "no log of Claviger"),
    }
    for data, (code, words) in cases.items():
        path.write_bytes(data)
        assert verify.main([str(path)]) == code
        assert words in capsys.readouterr().out
    newer = LogWriter()
    path.write_bytes(newer._line({"claviger_log": 2}) + newer.end())
    assert verify.main([str(path)]) == 2
    assert "newer version" in capsys.readouterr().out
    assert verify.main([str(tmp_path / "nothing")]) == 2
    assert verify.main([str(tmp_path)]) == 2
    assert verify.main([]) == 2
    assert verify.main(["--help"]) == 0


def forged(records: int) -> bytes:
    """A log of so many records, written anew from record 17 on."""
    lines = LOG.splitlines(keepends=True)[:17]
    writer = LogWriter()
    writer.link, writer.records = bytes.fromhex(lines[-1][-67:-3].decode()), 16
    lines += [writer.record({"what": "nothing"}) for _ in range(records - 16)]
    return b"".join([*lines, writer.end()])


def test_what_was_chained_anew_is_found_by_the_link_that_was_noted(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The honest limit: no key is needed to check, so none keeps anybody from writing it anew."""
    path = tmp_path / "log.jsonl"
    link = verify_bytes(LOG).last_link
    path.write_bytes(LOG)
    for noted in (link, link.upper(), link[:16]):
        assert verify.main([str(path), noted]) == 0
    for other in (forged(RECORDS), forged(30), made(0), made(RECORDS + 1)):
        path.write_bytes(other)
        assert verify.main([str(path)]) == 0
        capsys.readouterr()
        assert verify.main([str(path), link]) == 1
        assert "NOT the one that was noted" in capsys.readouterr().out
    # What is not whole in itself is named by its record, whatever was noted.
    path.write_bytes(LOG[: STARTS[40]])
    assert verify.main([str(path), link]) == 1
    assert "number 40: it is missing" in capsys.readouterr().out
    for no_link in ("", "abc", link[:15], link + "0", "g" * 16, "--all"):
        assert verify.main([str(path), no_link]) == 2
    assert verify.main([str(path), link, link]) == 2
    capsys.readouterr()
    verify.main(["--help"])
    assert "cannot show" in capsys.readouterr().out


def test_a_journal_without_its_end_is_found_by_the_link_that_was_noted(
    desk: Desk, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    store = desk.open()
    begin_run(store)
    early = verify_file(desk.journal_file).last_link
    for number in range(8):
        store.journal.log("opening", b"%d" % number, AT)
    late = verify_file(desk.journal_file).last_link
    store.close()
    # A journal goes on growing: a link of former times is somewhere in it.
    for noted in (early, late, late[:16]):
        assert verify.main([str(desk.journal_file), noted]) == 0
    copy = tmp_path / "journal.db"
    shutil.copyfile(desk.journal_file, copy)
    desk.sql(copy, "DELETE FROM entries WHERE number > 9", "DELETE FROM meta WHERE name = 'end'")
    assert verify.main([str(copy), early]) == 0
    assert verify.main([str(copy), late]) == 1
    assert "last entries were taken out" in capsys.readouterr().out
    # Whoever has the key finds it without: the last entry tells that its end was noted.
    shutil.copyfile(copy, desk.journal_file)
    opened = desk.open().journal
    assert (opened.problem, opened.first_bad_entry) == ("damaged", 10)


def test_the_head_of_a_log_tells_of_the_journal_it_was_made_from(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "log.jsonl"
    for said, is_told in (("whole", False), ("damaged", True), ("newer", True)):
        writer = LogWriter()
        path.write_bytes(writer.head({"journal": said}) + writer.end())
        assert verify_file(path).journal == said
        assert verify.main([str(path)]) == 0
        assert ("was not whole" in capsys.readouterr().out) is is_told
    for odd in ({}, {"journal": 7}, {"journal": None}):
        writer = LogWriter()
        assert verify_bytes(writer.head(odd) + writer.end()).journal == ""


def test_the_program_checks_a_log_without_the_rest_of_it(tmp_path: Path) -> None:
    path = tmp_path / "log.jsonl"
    path.write_bytes(LOG[:5_000] + b"?" + LOG[5_001:])
    done = subprocess.run(
        [sys.executable, "-m", "desktop", "verify-log", str(path)],
        cwd=OWN_FOLDER, capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (1, "")
    assert f"number {first_changed(path.read_bytes())}:" in done.stdout
    code = (
        "import sys; from desktop import __main__ as program;"
        f"program.main(['verify-log', {str(path)!r}]);"
        "heavy = ('PySide6', 'desktop.services', 'msgspec', 'cryptography', 'sqlite_utils');"
        "sys.exit(any(name.startswith(heavy) for name in sys.modules))"
    )
    light = subprocess.run([sys.executable, "-c", code], cwd=OWN_FOLDER, check=False)
    assert light.returncode == 0


def test_a_long_log_is_checked_fast(tmp_path: Path) -> None:
    path = tmp_path / "log.jsonl"
    path.write_bytes(made(20_000))
    begun = time.process_time()
    assert verify_file(path).records == 20_000
    assert time.process_time() - begun < 2


def test_a_journal_is_checked_without_its_key(
    desk: Desk, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    store = desk.open()
    begin_run(store)
    for number in range(8):
        store.journal.log("opening", b"%d" % number, AT)
    alive = verify_file(desk.journal_file)  # with its write-ahead log, while it is in use
    assert (alive.ok, alive.records, alive.kind) == (True, 11, "journal")
    store.close()
    assert verify_file(desk.journal_file) == alive
    copy = tmp_path / "journal.db"
    for change, first_bad in {
        "UPDATE entries SET body = x'00' WHERE number = 5": 5,
        "UPDATE entries SET head = x'00' WHERE number = 6": 6,
        "UPDATE entries SET head = NULL WHERE number = 6": 6,
        "UPDATE entries SET link = x'00' WHERE number = 7": 7,
        "DELETE FROM entries WHERE number = 4": 4,
        "DELETE FROM entries WHERE number = 11": 11,
        "DROP TABLE entries": 1,
    }.items():
        shutil.copyfile(desk.journal_file, copy)
        if "NULL" in change:
            desk.sql(copy, "PRAGMA writable_schema=ON",
                     "UPDATE sqlite_master SET sql = replace(sql, ' NOT NULL', '')")  # fmt: skip
        desk.sql(copy, change)
        check = verify_file(copy)
        assert (check.ok, check.first_bad) == (False, first_bad), change
    assert verify.main([str(copy)]) == 1
    assert "number 1" in capsys.readouterr().out
    desk.sql(copy, "PRAGMA application_id = 7")
    assert verify.main([str(copy)]) == 2
    copy.write_bytes(desk.journal_file.read_bytes()[:100])
    assert verify.main([str(copy)]) == 2
