"""Request limits as the official cloud has them (`appsettings.json` of api and identity, 2026.8).

Counted per verb and path (`path`, as the official limiter's key is built), or for all paths of a
verb together (`verb`, the pessimistic reading), or not at all (`off`). Windows are fixed: they
start with the first request they count.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, field
from enum import StrEnum

from desktop.practice.clock import ServerClock
from desktop.practice.web import JSON_TYPE, Answer, reply

_MINUTE = 60.0
_HOUR = 3600.0


class Counting(StrEnum):
    """What shares a bucket."""

    PATH = "path"
    VERB = "verb"
    OFF = "off"


@dataclass(frozen=True)
class Rule:
    """At most `count` requests in `period_s` for the verbs and paths it fits."""

    verbs: tuple[str, ...]
    path: re.Pattern[str]
    count: int
    period_s: float
    name: str


_WRITES = ("POST", "PUT", "DELETE")


def _rule(verbs: tuple[str, ...], path: str, count: int, period_s: float, name: str) -> Rule:
    return Rule(verbs, re.compile(path), count, period_s, name)


_ANY = (*_WRITES, "GET", "PATCH", "HEAD", "OPTIONS")
_INVITE = r"/api/organizations/[^/]+/users/invite"
_REINVITE = r"/api/organizations/[^/]+/users/.*reinvite"
RULES = (
    _rule(_ANY, r"/identity/.*", 60, _MINUTE, "1m"),
    _rule(_ANY, r"/identity/.*", 5, 1.0, "1s"),
    _rule(("POST",), r"/identity/connect/token", 10, _MINUTE, "1m"),
    *(_rule((verb,), r"/api/.*", 60, _MINUTE, "1m") for verb in _WRITES),
    *(_rule((verb,), r"/api/.*", 5, 1.0, "1s") for verb in _WRITES),
    _rule(("GET",), r"/api/.*", 200, _MINUTE, "1m"),
    _rule(("POST",), r"/api/accounts/prelogin", 10, _MINUTE, "1m"),
    _rule(("POST",), r"/api/two-factor/send-email-login", 10, 10 * _MINUTE, "10m"),
    *(_rule(("POST",), path, 5, _MINUTE, "1m") for path in (_INVITE, _REINVITE)),
    *(_rule(("POST",), path, 300, 24 * _HOUR, "1d") for path in (_INVITE, _REINVITE)),
)


@dataclass
class _Window:
    ends: float
    used: int = 0


@dataclass
class Limits:
    """Counts requests and refuses what is too many."""

    clock: ServerClock
    counting: Counting = Counting.PATH
    _windows: dict[tuple[int, str, str], _Window] = field(default_factory=dict)

    def refuse(self, verb: str, path: str) -> Answer | None:
        """429 with Retry-After when a limit is met, else None and the request is counted."""
        if self.counting is Counting.OFF:
            return None
        now = self.clock.monotonic()
        worst: tuple[float, Rule] | None = None
        for number, rule in enumerate(RULES):
            if verb not in rule.verbs or not rule.path.fullmatch(path):
                continue
            key = (number, verb, path if self.counting is Counting.PATH else "")
            window = self._windows.get(key)
            if window is None or window.ends <= now:
                window = self._windows[key] = _Window(now + rule.period_s)
            window.used += 1
            wait = window.ends - now
            if window.used > rule.count and (worst is None or wait > worst[0]):
                worst = (wait, rule)
        return None if worst is None else _too_many(*worst)


def _too_many(wait_s: float, rule: Rule) -> Answer:
    answer = reply(
        {
            "message": f"Slow down! Too many requests. Try again in {rule.name}.",
            "validationErrors": None,
            "exceptionMessage": None,
            "exceptionStackTrace": None,
            "innerExceptionMessage": None,
            "object": "error",
        },
        429,
    )
    answer.content_type = JSON_TYPE
    answer.headers["Retry-After"] = str(max(1, math.ceil(wait_s)))
    return answer
