"""Faults on demand: a list of JSON rules says which request goes wrong, when and how.

A rule: `{"method": "POST", "path": "/api/providers/.*/clients", "nth": 1, "times": 1,
"when": "before" | "commit" | "after", "do": "status", ...}`. `path` is a regular expression that
must fit the whole path; `nth` (from 1) counts the requests that fit, `times` how many in a row are
hit (0: for ever), `for_s` hits everything that fits within so many server seconds of the first hit.

`when`: `before` the request is looked at, at its `commit` (what it did is rolled back), or `after`
it was committed. Creating a client is no single commit: `"step": 1..6` fails that inner step and
leaves the earlier ones standing; without it nothing is left.

`do`: `status` (with `status`, optional `body`, `content_type`, `headers`), `reset` (connection
cut), `reset_headers` (cut after the headers), `reset_body` (cut in the middle of the body), `hang`
(no answer for `seconds`, default for ever), `delay` (`seconds`, then as usual), `html` (200 with a
web page), `truncate` (JSON cut in half, complete as HTTP), `empty` (200 without a body),
`duplicate` (the request is carried out twice), `drop_items` (an import silently loses its first
`count` items), `rewrite` (a good answer is changed as `edits` say, see `rewriting`; only `after`).
"""

from __future__ import annotations

import asyncio
import re
from dataclasses import dataclass, field
from typing import Any

import msgspec

from desktop.practice.clock import ServerClock
from desktop.practice.rewriting import Edit

PHASES = ("before", "commit", "after")
DEEDS = (
    "status",
    "reset",
    "reset_headers",
    "reset_body",
    "hang",
    "delay",
    "html",
    "truncate",
    "empty",
    "duplicate",
    "drop_items",
    "rewrite",
)


class Rule(msgspec.Struct, forbid_unknown_fields=True):
    """One line of the script; see the module's text."""

    path: str
    do: str
    method: str | None = None
    nth: int = 1
    times: int = 1
    for_s: float | None = None
    when: str = "before"
    step: int | None = None
    status: int = 500
    body: Any = None
    content_type: str | None = None
    headers: dict[str, str] = {}
    seconds: float | None = None
    count: int = 1
    edits: list[Edit] = []

    def __post_init__(self) -> None:
        if self.do not in DEEDS or self.when not in PHASES:
            raise ValueError(f"unknown fault: do {self.do!r}, when {self.when!r}")
        if self.do == "rewrite" and self.when != "after":
            raise ValueError("only an answer that is there can be rewritten")


class StepFailed(Exception):
    """An inner step of a non-atomic request fails as the script says."""

    def __init__(self, rule: Rule) -> None:
        super().__init__(rule.step)
        self.rule = rule


@dataclass
class _Armed:
    rule: Rule
    pattern: re.Pattern[str]
    met: int = 0
    first_hit: float | None = None

    def hits(self, method: str, path: str, now: float) -> bool:
        """Count a request and tell whether it is to go wrong."""
        rule = self.rule
        if rule.method not in (None, method) or not self.pattern.fullmatch(path):
            return False
        self.met += 1
        if self.met < rule.nth:
            return False
        if rule.for_s is not None:
            self.first_hit = now if self.first_hit is None else self.first_hit
            return now - self.first_hit <= rule.for_s
        return rule.times == 0 or self.met < rule.nth + rule.times


@dataclass
class Faults:
    """The script in force."""

    clock: ServerClock
    _armed: list[_Armed] = field(default_factory=list)

    def load(self, text: bytes) -> None:
        """Replace the script; ValueError or msgspec.ValidationError when it is not one."""
        rules = msgspec.json.decode(text, type=list[Rule])
        self._armed = [_Armed(rule, re.compile(rule.path)) for rule in rules]

    def of(self, method: str, path: str) -> list[Rule]:
        """The rules that hit this request."""
        now = self.clock.monotonic()
        return [armed.rule for armed in self._armed if armed.hits(method, path, now)]


async def hang(seconds: float | None, gone: asyncio.Event, clock: ServerClock) -> None:
    """Say nothing for so many server seconds, or until the client leaves."""
    waiting = asyncio.ensure_future(gone.wait())
    try:
        await asyncio.wait([waiting], timeout=None if seconds is None else seconds / clock.factor)
    finally:
        waiting.cancel()
