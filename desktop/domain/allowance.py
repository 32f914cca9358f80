"""How fast a server may be asked: what is published, and what was learnt of this one.

Limits: bitwarden/server 2026.8.0 `src/Api/appsettings.json` and `src/Identity/appsettings.json`,
counted per verb and path without its query.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

MINUTE_S: Final = 60.0
# (requests, seconds) by kind. Invitations also have a day's limit; the rest are published pairs.
PUBLISHED: Final[Mapping[str, tuple[tuple[int, float], ...]]] = {
    "read": ((200, MINUTE_S),),
    "write": ((60, MINUTE_S), (5, 1.0)),
    "import": ((60, MINUTE_S), (5, 1.0)),
    "invite": ((5, MINUTE_S), (300, 86_400.0)),
    "identity": ((60, MINUTE_S), (5, 1.0)),
    "prelogin": ((10, MINUTE_S),),
    # One less than published: wrong passwords must never run into the limit (T40).
    "token": ((9, MINUTE_S),),
}
# The server's windows and ours do not start together, and requests bunch up on their way.
MARGIN: Final = 1.05
CEILING_FIRST: Final = 5.0
CEILING_TOP: Final = 20.0
CEILING_BOTTOM: Final = 1.0
# Answers in a row that raise the ceiling by one request a second.
GOOD_ROW: Final = 20
# What the host's ceiling counts: every verb.
ALL: Final = "*"
# Clients that a run works on at the same time.
LANES: Final = 8


@dataclass(frozen=True)
class Allowance:
    """What one host is trusted with now; the defaults are what is assumed of a new one.

    `ceiling`: requests a second; `good`: good answers since it last rose. `per_verb`: the server
    counts all paths of a verb together. `read_s`, `write_s`: seconds until an answer; `jitter_s`:
    by how much they differ. `step_s`: our own work on a step. `recent`: ages in seconds of the last
    minute's requests, by verb and by verb and path; of the last second's under ALL.
    """

    ceiling: float = CEILING_FIRST
    good: int = 0
    per_verb: bool = False
    # Measured against the practice server and doubled for a real line.
    read_s: float = 0.15
    write_s: float = 0.25
    jitter_s: float = 0.0
    step_s: float = 0.02
    lanes: int = LANES
    recent: Mapping[str, tuple[float, ...]] = field(default_factory=dict)
