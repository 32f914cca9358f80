"""The exported local log: a text file in which any changed, missing or added byte is found.

One JSON object per line, each ending in its link (`chain.line_link`). The first line says what the
file is (record 0), the last how many records there are; both are linked like the others. Format 1.
`verify_file` also takes a journal: entries and bodies are compared with their chain, without a key.

What no key protects, anybody can chain anew: a log from any record on, a journal without its last
entries and the note of where it ended. Only a link that was noted elsewhere shows that.
"""

from __future__ import annotations

import contextlib
import hashlib
import io
import json
import os
import re
import sqlite3
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final, Literal
from urllib.parse import quote

from desktop.cache.chain import JOURNAL_NUMBER, NO_LINK, end_in, line_link, linked

FORMAT: Final = 1
MAGIC: Final = "claviger_log"
END: Final = "end"
JOURNAL: Final = "journal"
WHOLE: Final = "whole"
# So many hexadecimal digits of a link are enough to know it by: more than anybody can search for.
LINK_DIGITS_MIN: Final = 16
LINE_BYTES_MAX: Final = 4 * 1024 * 1024

_BEFORE_LINK: Final = b',"link":"'
_AFTER_LINK: Final = b'"}\n'
_HEX: Final = 64
_SUFFIX: Final = len(_BEFORE_LINK) + _HEX + len(_AFTER_LINK)
_HEAD: Final = b'{"%s":' % MAGIC.encode()
_END: Final = b'{"%s":' % END.encode()
_ANY_LINK: Final = re.compile(rb',"link":"[0-9a-f]{64}"\}')
_LOOKED_AT_BYTES: Final = 64 * 1024
_SQLITE: Final = b"SQLite format 3\0"

Reason = Literal[
    "", "head", "changed", "end", "end_missing", "after_end",
    "unreadable", "not_a_log", "newer", "other_link",
]  # fmt: skip


@dataclass(frozen=True)
class LogCheck:
    """What became of a check. `records` counts the good ones before the first bad one.

    `first_bad` counts lines from the head, which is 0, so the end line of 60 records is 61; in a
    journal it is the entry's number. None although not `ok`: the file was not checked at all, or
    it is whole in itself but not the one whose link was noted. `journal` is what the head of a log
    says of the journal it was made from, "" where it says nothing.
    """

    ok: bool
    records: int
    first_bad: int | None = None
    reason: Reason = ""
    kind: Literal["log", "journal"] = "log"
    last_link: str = ""
    journal: str = ""


class LogWriter:
    """Makes the lines of one file."""

    def __init__(self) -> None:
        self.link = NO_LINK
        self.records = 0

    def head(self, facts: Mapping[str, Any]) -> bytes:
        return self._line({MAGIC: FORMAT, **facts})

    def record(self, facts: Mapping[str, Any]) -> bytes:
        self.records += 1
        return self._line({"n": self.records, **facts})

    def end(self) -> bytes:
        return self._line({END: self.records})

    def _line(self, facts: Mapping[str, Any]) -> bytes:
        text = json.dumps(facts, ensure_ascii=False, separators=(",", ":"))
        body = _printable(text).encode()[:-1]
        self.link = line_link(self.link, body)
        return body + _BEFORE_LINK + self.link.hex().encode() + _AFTER_LINK


def _printable(text: str) -> str:
    """JSON in which nothing hides or breaks a line: such characters as escapes."""
    if text.isprintable():
        return text
    return "".join(one if one.isprintable() else json.dumps(one)[1:-1] for one in text)


def verify_file(path: Path, noted: str = "") -> LogCheck:
    """Checks an exported log or a journal. Never raises for what is in the file.

    `noted`: the last link as it was told once, or its first LINK_DIGITS_MIN digits or more. A log
    must end in it; a journal, which goes on growing, must hold it.
    """
    check, links = _checked(path)
    if not check.ok or not noted or any(one.startswith(noted.lower()) for one in links):
        return check
    return replace(check, ok=False, reason="other_link")


def _checked(path: Path) -> tuple[LogCheck, Collection[str]]:
    """With the links that may have been noted as the last one."""
    try:
        with path.open("rb") as file:
            begin = file.read(_LOOKED_AT_BYTES)
            if begin.startswith(_SQLITE):
                links: list[str] = []
                return _verify_journal(path, links), links
            if not (begin.startswith(_HEAD) or _ANY_LINK.search(begin)):
                return LogCheck(ok=False, records=0, reason="not_a_log"), ()
            file.seek(0)
            check = _verify_lines(iter(lambda: file.readline(LINE_BYTES_MAX), b""))
            return check, (check.last_link,)
    except OSError:
        return LogCheck(ok=False, records=0, reason="unreadable"), ()


def verify_bytes(data: bytes) -> LogCheck:
    """As `verify_file`, for the lines of an exported log in memory."""
    return _verify_lines(io.BytesIO(data))


def _verify_lines(lines: Iterable[bytes]) -> LogCheck:
    link = NO_LINK
    is_ended = False
    number = -1
    journal = ""
    for number, line in enumerate(lines):
        body = line[:-_SUFFIX]
        link = line_link(link, body)
        reason: Reason
        if is_ended:
            reason = "after_end"
        elif line[-_SUFFIX:] != _BEFORE_LINK + link.hex().encode() + _AFTER_LINK:
            reason = _reason(number, line)
        else:
            reason, is_ended = _placed(number, body)
        if reason:
            return _bad(number, reason)
        if number == 0:
            journal = _journal_in(body)
    if not is_ended:
        return _bad(number + 1, "end_missing")
    return LogCheck(ok=True, records=number - 1, last_link=link.hex(), journal=journal)


def _journal_in(head: bytes) -> str:
    """What the head line says of the journal behind the log."""
    try:
        said = json.loads(head + b"}").get(JOURNAL)
    except (ValueError, AttributeError):
        return ""
    return said if isinstance(said, str) else ""


def _placed(number: int, body: bytes) -> tuple[Reason, bool]:
    """What is wrong with a line whose link is right, and whether it is the last one."""
    if number == 0:
        is_known = body.split(b",", 1)[0] == _HEAD + b"%d" % FORMAT
        return ("" if is_known else "newer"), False
    if body.startswith(_END):
        return ("" if body == _END + b"%d" % (number - 1) else "end"), True
    return ("" if body.split(b",", 1)[0] == b'{"n":%d' % number else "changed"), False


def _reason(number: int, line: bytes) -> Reason:
    if number == 0:
        return "head"
    return "end" if line.startswith(_END) else "changed"


def _bad(number: int, reason: Reason) -> LogCheck:
    if reason == "newer":
        return LogCheck(ok=False, records=0, reason=reason)
    return LogCheck(ok=False, records=max(0, number - 1), first_bad=number, reason=reason)


def _verify_journal(path: Path, links: list[str]) -> LogCheck:
    # On a volume nobody writes to, SQLite must be told so: it could not make its index there.
    mode = "ro" if os.access(path.parent, os.W_OK) else "ro&immutable=1"
    try:
        conn = sqlite3.connect(f"file:{quote(str(path))}?mode={mode}", uri=True)
    except sqlite3.Error:
        return LogCheck(ok=False, records=0, reason="unreadable", kind="journal")
    with contextlib.closing(conn):
        try:
            conn.execute("PRAGMA trusted_schema=OFF")
            if conn.execute("PRAGMA application_id").fetchone()[0] != JOURNAL_NUMBER:
                return LogCheck(ok=False, records=0, reason="not_a_log", kind="journal")
        except sqlite3.Error:
            return LogCheck(ok=False, records=0, reason="unreadable", kind="journal")
        return _verify_entries(conn, links)


def _verify_entries(conn: sqlite3.Connection, links: list[str]) -> LogCheck:
    expected, link = 1, NO_LINK
    end: tuple[int, bytes] | None = None
    try:
        conn.execute("BEGIN")  # one state of the file, also while the program writes in it
        found = conn.execute("SELECT value FROM meta WHERE name = 'end'").fetchone()
        if found is not None:
            end = end_in(found[0])
        for number, head, body_hash, stored, body, is_log in conn.execute(
            "SELECT number, head, body_hash, link, body, run IS NULL FROM entries ORDER BY number"
        ):
            kinds = (type(head), type(body_hash), type(stored))
            if number != expected or kinds != (bytes, bytes, bytes):
                return _bad_entry(expected)
            link = linked(link, number, head, body_hash)
            # A body that was let go left its hash in the chain; one that is there must fit it. Of
            # the local log none is ever let go.
            if body is None:
                is_whole = not (is_log and body_hash)
            else:
                is_whole = hashlib.sha256(body).digest() == body_hash
            if link != stored or not is_whole:
                return _bad_entry(expected)
            if end is not None and end[0] == number and end[1] != link:
                return _bad_entry(expected)
            links.append(link.hex())
            expected += 1
    except (sqlite3.Error, TypeError, ValueError):
        return _bad_entry(expected)
    if end is not None and end[0] >= expected:
        return _bad_entry(expected)
    return LogCheck(ok=True, records=expected - 1, kind="journal", last_link=link.hex())


def _bad_entry(number: int) -> LogCheck:
    return LogCheck(
        ok=False, records=number - 1, first_bad=number, reason="changed", kind="journal"
    )
