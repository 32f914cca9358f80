"""`claviger verify-log FILE`: whether a log or a journal is whole, in a sentence and a number."""

from __future__ import annotations

import re
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from desktop.cache.logfile import LINK_DIGITS_MIN, LogCheck, Reason, verify_file
from desktop.cache.logfile import WHOLE as WHOLE_JOURNAL

USAGE: Final = "usage: claviger verify-log FILE [LINK]\n"
HELP: Final = f"""\
{USAGE}
Checks a log that Claviger exported, or a journal, and names the first record that was changed,
moved, added, or is missing. Exit code: 0 whole, 1 not whole, 2 nothing was checked.

LINK is the last link as it was told when the log was exported, or {LINK_DIGITS_MIN} of its first
digits or more. The program's own local log keeps it as well.

What a check without LINK shows: any changed, missing or added byte, a cut off end too, since the
last line counts the records. What it cannot show: that somebody has written a log anew from some
record on, with links to match, or has taken the last entries out of a journal together with the
note of where it ends. No key is needed to check, so none prevents it. With LINK that is found.
What needs the key is checked by the program itself at each unlock: that no entry of the journal
lies with another run than its own, and that none was emptied by anybody else.
"""
WHOLE: Final = 0
BAD: Final = 1
NOT_CHECKED: Final = 2

_LINK: Final = re.compile(f"[0-9a-fA-F]{{{LINK_DIGITS_MIN},64}}")
_BAD: Final[dict[Reason, str]] = {
    "head": "The first bad record is the head line (record 0): it was changed.",
    "changed": "The first bad record is number {number}: it was changed, or it is not the one "
    "that belongs there.",
    "end": "The first bad record is the end line (record {number}): it was changed, or it is not "
    "the one that belongs there.",
    "end_missing": "The first bad record is number {number}: it is missing, and so is the rest of "
    "the log.",
    "after_end": "The first bad record is number {number}: something was added after the end.",
}
_NOT_CHECKED: Final[dict[Reason, str]] = {
    "unreadable": "The file cannot be read.",
    "not_a_log": "This is no log of Claviger.",
    "newer": "This log was made by a newer version of Claviger.",
}
_OTHER_LINK: Final = (
    "The log is NOT the one that was noted. It is whole in itself, but does not end in that link: "
    "it is another one, or it was written anew from some record on, or cut."
)
_OTHER_JOURNAL: Final = (
    "The journal is NOT the one that was noted. It is whole in itself, but does not hold that "
    "link: it is another one, or its last entries were taken out."
)


def main(words: Sequence[str]) -> int:
    """The exit code: 0 whole, 1 a bad record is named, 2 nothing was checked."""
    match words:
        case ["--help" | "-h"]:
            sys.stdout.write(HELP)
            return WHOLE
        case [str(name), *link] if not name.startswith("-") and _are_links(link):
            check = verify_file(Path(name), *link)
            sys.stdout.write(f"{sentence(check)}\n")
            if check.ok:
                return WHOLE
            return NOT_CHECKED if check.reason in _NOT_CHECKED else BAD
        case _:
            sys.stderr.write(USAGE)
            return NOT_CHECKED


def _are_links(words: Sequence[str]) -> bool:
    return len(words) <= 1 and all(_LINK.fullmatch(one) for one in words)


def sentence(check: LogCheck) -> str:
    """What a person reads."""
    if check.ok:
        thing = "The log" if check.kind == "log" else "The journal"
        return (
            f"{thing} is whole: {_counted(check.records)}, none changed, none missing.\n"
            f"Last link: {check.last_link}{_of_journal(check)}"
        )
    if check.reason == "other_link":
        told = _OTHER_LINK if check.kind == "log" else _OTHER_JOURNAL
        return f"{told}\nLast link: {check.last_link}"
    if check.first_bad is None:
        return _NOT_CHECKED[check.reason]
    before = _counted(check.records)
    stands = "stands" if check.records == 1 else "stand"
    return (
        f"The log is NOT whole. {_BAD[check.reason].format(number=check.first_bad)}\n"
        f"{before} before it {stands}; nothing after it is proven."
    )


def _of_journal(check: LogCheck) -> str:
    if check.journal in {"", WHOLE_JOURNAL}:
        return ""
    return "\nIts own head says that the journal it was made from was not whole."


def _counted(records: int) -> str:
    return "1 record" if records == 1 else f"{records} records"
