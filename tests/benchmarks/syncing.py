"""Background rounds over 2,000 lists of clients, against the same requests by a bare httpx loop.

The server counts nothing and our ceiling for the host is lifted, so that what is left is work: the
round reads, checks, compares, seals and keeps; the loop reads and lets go. Both have as many
requests on the way, over TLS, to the same server; its own processor time is in both.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from statistics import median

from desktop.services.sync import LINES
from tests.benchmarks.figure import Figure, Suite, spread
from tests.benchmarks.processes import ChildFailed, environment, own, run
from tests.practice_process import PracticeHandle, practice_server

# A third of them have a plan without policies and so three lists: 2,000 as 500 clients with four.
CLIENTS = 546
MEMBERS = 50
LISTS = 2_000
RATIO = 1.5
MORE_MB = 100.0
PEER = "bare httpx loop"


@dataclass(frozen=True)
class Pass:
    """Two rounds and their floors: the first that keeps anything, and one that finds no change."""

    first_s: float
    first_floor_s: float
    again_s: float
    again_floor_s: float
    computed_s: float
    more_mb: float
    requests: tuple[int, int]


def _pass(server: PracticeHandle, folder: Path, turn: int) -> Pass:
    account = server.account("provider_admin")
    home, file = folder / f"home{turn}", folder / f"round{turn}.json"
    home.mkdir()
    who = (server.url, server.ca, account["email"], account["password"])
    env = environment(home)
    ours = run(own("sync_round", *who, file), env).said
    if ours["requests"][1] < LISTS:
        raise ChildFailed("a round left clients out")
    bare = run(own("bare_reads", server.ca, file, str(LINES)), env).said
    first, again = bare["seconds"]
    return Pass(
        first_s=ours["seconds"][0],
        first_floor_s=first,
        again_s=ours["seconds"][1],
        again_floor_s=again,
        computed_s=ours["computed_s"][1],
        more_mb=ours["more_mb"],
        requests=(int(ours["requests"][0]), int(ours["requests"][1])),
    )


def _measure(runs: int, folder: Path) -> dict[str, Figure]:
    options = ("--scale", str(CLIENTS), "--members", str(MEMBERS), "--kdf-rounds", "5000")
    with practice_server(*options, watched=False) as server:
        # The first one is not counted.
        found = [_pass(server, folder, turn) for turn in range(runs + 1)][1:]
    return _figures(found)


def _figures(found: list[Pass]) -> dict[str, Figure]:
    again, floor = median(one.again_s for one in found), median(one.again_floor_s for one in found)
    first, bare = median(one.first_s for one in found), median(one.first_floor_s for one in found)
    counts = found[0].requests
    ours = spread([one.again_s for one in found], 2)
    theirs = spread([one.again_floor_s for one in found], 2)
    return {
        "sync_2000_lists": Figure(
            again,
            "s",
            RATIO,
            len(found),
            PEER,
            again / floor,
            f"bare {floor:.2f} s; {ours}, bare {theirs}; {counts[1]} requests; of it "
            f"{median(one.computed_s for one in found):.2f} s computing",
        ),
        "sync_2000_lists_first": Figure(
            first,
            "s",
            RATIO,
            len(found),
            PEER,
            first / bare,
            f"bare {bare:.2f} s; {counts[0]} requests; all of it is new and kept",
        ),
        "sync_2000_lists_memory": Figure(
            max(one.more_mb for one in found),
            "MB more at most",
            MORE_MB,
            len(found),
            note=f"{CLIENTS} clients with {MEMBERS} members, both rounds",
        ),
    }


SUITES = (
    Suite(
        ("sync_2000_lists", "sync_2000_lists_first", "sync_2000_lists_memory"),
        _measure,
    ),
)
