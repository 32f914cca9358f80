"""Three policies for each of 200 clients, against the time that the limits themselves allow.

The practice server counts as the official one does, per path, or all paths of a verb together. Its
clock and the program's run so many times as fast; a request then counts as 20 to 80 ms, as over a
real line. The floor is the same requests without latency or margin under the published limits and
our own ceiling (`policies`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from statistics import median
from typing import Any

import msgspec

from tests.benchmarks.figure import Figure, Suite, spread
from tests.benchmarks.policies import LEARNT_STEPS, LEFT_MIN_S, WANTED, floor_s, wrong_percent
from tests.benchmarks.processes import ChildFailed, environment, own, run
from tests.practice_process import PracticeHandle, practice_server

CLIENTS = 200
# A third of the seeded clients have a plan without policies.
SCALE = 303
# More would make a moment's stall of this computer a wait that no server makes.
FACTOR = 4.0
# The limits decide how long a run takes, and it takes minutes where all of a verb share one.
RUNS_MAX = {"path": 3, "verb": 1}
PEER = "the limits alone"
FLOOR_RATIOS = {
    "path": 1.15,
    # Nobody can know of such a server before its first refusal, and a refused request counts too:
    # 601 writes need a window more than 600.
    "verb": 1.2,
}
ESTIMATE_PERCENT = 15.0
REFUSED_PERCENT = 1.0
FIRST_MINUTE_S = 60.0


@dataclass(frozen=True)
class Pass:
    """One run. Seconds are the server's; `wrong_percent` is the worst of what was said to be left
    since LEARNT_STEPS, and `planned_percent` how far off the plan's own estimate was.
    """

    seconds: float
    floor_s: float
    requests: int
    refused: int
    refused_late: int
    wrong_percent: float
    planned_percent: float
    took_ms: float


def _measured(counting: str, runs: int, folder: Path) -> list[Pass]:
    found = []
    for turn in range(min(runs, RUNS_MAX[counting])):
        home = folder / f"{counting}{turn}"
        home.mkdir()
        options = ("--scale", str(SCALE), "--members", "3", "--kdf-rounds", "5000")
        pace = ("--rate-limits", counting, "--clock", str(FACTOR))
        # A new one each time: policies that stand already are not sent again.
        with practice_server(*options, *pace, watched=False) as server:
            found.append(_pass(server, counting, home))
    return found


def _pass(server: PracticeHandle, counting: str, home: Path) -> Pass:
    account = server.account("provider_admin")
    who = (server.url, server.ca, account["email"], account["password"])
    command = own("policies_run", *who, str(CLIENTS), str(FACTOR))
    said = run(command, environment(home)).said
    _check_state(server)
    requests = server.requests()
    refused = _refused_at(requests)
    seconds = said["seconds"]
    return Pass(
        seconds=seconds,
        floor_s=floor_s(CLIENTS, said["ceiling"], int(said["good"]), per_verb=counting == "verb"),
        requests=len(requests),
        refused=len(refused),
        refused_late=sum(at > FIRST_MINUTE_S for at in refused),
        wrong_percent=wrong_percent(said["done"], said["at"], said["left"], seconds),
        planned_percent=abs(said["planned_s"] - seconds) / seconds * 100,
        took_ms=said["write_s"] * 1000,
    )


def _check_state(server: PracticeHandle) -> None:
    """Every policy as wanted, and none set twice: what the server did, not what we say."""
    wanted = Counter(
        (int(kind), True, _text(data)) for kind, data in WANTED.items() for _ in range(CLIENTS)
    )
    stored = server.state()["policies"]
    found = Counter((one["type"], bool(one["enabled"]), _text(one["data"])) for one in stored)
    if found != wanted:
        raise ChildFailed(f"the policies are not as wanted: {found - wanted}, {wanted - found}")
    done = Counter(
        one["path"] for one in server.requests() if one["method"] == "PUT" and one["status"] == 200
    )
    if len(done) != sum(wanted.values()) or max(done.values()) > 1:
        raise ChildFailed(f"{len(done)} policies were set, one of them {max(done.values())} times")


def _text(data: Any) -> str:
    found = msgspec.json.decode(data) if isinstance(data, str) else data
    return msgspec.json.encode(found, order="deterministic").decode()


def _refused_at(requests: Iterable[dict[str, Any]]) -> list[float]:
    """When each 429 came, in seconds since the first write."""
    rows = [(datetime.fromisoformat(one["at"][:26]), one) for one in requests]
    first = min(at for at, one in rows if one["method"] == "PUT")
    return [(at - first).total_seconds() for at, one in rows if one["status"] == 429]


def _figures(counting: str, passes: list[Pass]) -> dict[str, Figure]:
    name = f"policies_per_{counting}"
    seconds, floor = median(one.seconds for one in passes), median(one.floor_s for one in passes)
    took = median(one.took_ms for one in passes)
    wall = f"limits alone {floor:.1f} s; {spread([one.seconds for one in passes], 1)}"
    told = [one.planned_percent for one in passes]
    return {
        name: Figure(
            seconds,
            "s",
            FLOOR_RATIOS[counting],
            len(passes),
            PEER,
            seconds / floor,
            f"{wall}; {passes[0].requests} requests, a write took {took:.0f} ms by its clock",
        ),
        f"{name}_refused": _refused(counting, passes),
        f"{name}_left": Figure(
            max(one.wrong_percent for one in passes),
            "% off at worst",
            ESTIMATE_PERCENT,
            len(passes),
            note=f"what is left, from step {LEARNT_STEPS} to the last {LEFT_MIN_S:.0f} s; "
            f"the plan's own estimate, of a server not known yet, was {spread(told)} % off",
        ),
    }


def _refused(counting: str, passes: list[Pass]) -> Figure:
    """None past the first minute where paths are counted. A server that counts per verb has windows
    of its own that only its refusals tell: few of them.
    """
    most = max(one.refused for one in passes)
    late = max(one.refused_late for one in passes)
    note = f"at most {most} of {passes[0].requests} requests refused, {late} past the first minute"
    if counting == "path":
        return Figure(late, "429 past a minute", 0.0, len(passes), note=note)
    share = most / passes[0].requests * 100
    return Figure(share, "% refused", REFUSED_PERCENT, len(passes), note=note)


def _per_path(runs: int, folder: Path) -> dict[str, Figure]:
    return _figures("path", _measured("path", runs, folder))


def _per_verb(runs: int, folder: Path) -> dict[str, Figure]:
    return _figures("verb", _measured("verb", runs, folder))


def _names(counting: str) -> tuple[str, ...]:
    name = f"policies_per_{counting}"
    return name, f"{name}_refused", f"{name}_left"


SUITES = (Suite(_names("path"), _per_path), Suite(_names("verb"), _per_verb))
