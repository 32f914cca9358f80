"""The faults of the matrix: how one request may go wrong, how often, and what the person does."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Final

# Seconds of the longest trouble, on the clock of both sides.
LONG_S: Final = 60.0


@dataclass(frozen=True)
class Fault:
    """One way for a request to go wrong. `rule` None: no connection comes about at all."""

    name: str
    rule: dict[str, Any] | None
    # The server carries the request out twice: what comes of it must be reported.
    doubles: bool = False


@dataclass(frozen=True)
class Dose:
    """How often it goes wrong."""

    name: str
    rule: dict[str, Any]
    times: int = 0


def _status(status: int, when: str = "before", **more: Any) -> dict[str, Any]:
    return {"when": when, "do": "status", "status": status, **more}


_CHALLENGE: Final = {"WWW-Authenticate": 'Bearer error="invalid_token"'}

FAULTS: Final = (
    Fault("refuse", None),
    Fault("reset-before", {"when": "before", "do": "reset"}),
    Fault("reset-headers", {"when": "after", "do": "reset_headers"}),
    Fault("reset-body", {"when": "after", "do": "reset_body"}),
    Fault("hang", {"when": "after", "do": "hang"}),
    Fault("429", _status(429, headers={"Retry-After": "2"})),
    Fault("503", _status(503, headers={"Retry-After": "2"})),
    Fault("500-before", _status(500, "commit")),
    Fault("500-after", _status(500, "after")),
    Fault("524-after", _status(524, "after", content_type="text/html", body="<p>timeout</p>")),
    Fault("empty", {"when": "after", "do": "empty"}),
    Fault("html", {"when": "after", "do": "html"}),
    Fault("truncated", {"when": "after", "do": "truncate"}),
    Fault("401", _status(401, headers=_CHALLENGE)),
    Fault("duplicate", {"when": "before", "do": "duplicate"}, doubles=True),
    # The same words where the server did nothing, or did it and then lost the line.
    Fault("reset-after", {"when": "after", "do": "reset"}),
    Fault("hang-before", {"when": "before", "do": "hang"}),
    Fault("empty-before", {"when": "before", "do": "empty"}),
    Fault("html-before", {"when": "before", "do": "html"}),
    Fault("truncated-before", {"when": "before", "do": "truncate"}),
    Fault("401-bare", _status(401)),
)
# Those the list of threats names; the others are their twins.
NAMED: Final = FAULTS[:15]
DOSES: Final = (
    Dose("once", {"times": 1}, times=1),
    Dose("twice", {"times": 2}, times=2),
    Dose("60s", {"for_s": LONG_S}),
)
MODES: Final = ("continue", "restart")


@dataclass
class Refusals:
    """Counts what is refused a connection; in a long outage everything is, from its first hit."""

    dose: Dose
    hits: int = 0
    until: float = field(default=0.0)

    def refuses(self, *, is_target: bool, now: float) -> bool:
        if self.dose.times:
            self.hits += is_target
            return is_target and self.hits <= self.dose.times
        if is_target and not self.until:
            self.until = now + LONG_S
        return now < self.until
