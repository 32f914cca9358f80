"""A desk that knows 1,000 clients and 20,000 members: from Enter to the painted table, and what
it holds in memory once it has caught up with the server.
"""

from __future__ import annotations

from pathlib import Path
from statistics import median

from tests.benchmarks.figure import Figure, Suite, spread
from tests.benchmarks.processes import environment, own, run
from tests.practice_process import practice_server

CLIENTS = 1_000
MEMBERS = 21  # the three clients of the quick start have fewer
PAINT_MS = 150.0
RESIDENT_MB = 200.0
LOCK_MS = 500.0


def _measure(runs: int, folder: Path) -> dict[str, Figure]:
    home = folder / "home"
    home.mkdir()
    crowd = ("--scale", str(CLIENTS), "--members", str(MEMBERS))
    with practice_server(*crowd, watched=False) as server:
        env = environment(home)
        account = server.account("provider_admin")
        who = (server.url, server.ca, account["email"], account["password"])
        made = run(own("crowded_desk", *who), env).said
        found = [run(own("unlock_window", account["password"]), env).said for _ in range(runs + 1)]
    counted = found[1:]
    paint = [one["painted_ms"] - one["derived_ms"] for one in counted]
    lock = [one["locked_ms"] for one in counted]
    memory = [one["resident_mb"] for one in counted]
    derived = median(one["derived_ms"] for one in counted)
    computed = median(one["computed_ms"] for one in counted)
    known = f"{made['clients']:,} clients and {made['members']:,} members kept"
    return {
        "memory_after_unlock": Figure(
            median(memory),
            "MB resident",
            RESIDENT_MB,
            runs,
            note=f"{known}; {spread(memory)} after the first sync, "
            f"peak {median(one['peak_mb'] for one in counted):.0f}",
        ),
        "paint_1000_clients": Figure(
            median(paint),
            "ms beyond the derivation",
            PAINT_MS,
            runs,
            note=f"{spread(paint)}; of it {computed:.0f} ms computing on the loop; "
            f"the derivation itself {derived:.0f} ms",
        ),
        "lock_1000_clients": Figure(
            median(lock),
            "ms until the last key is gone",
            LOCK_MS,
            runs,
            note=f"{spread(lock)}; screens and rows gone after "
            f"{median(one['hidden_ms'] for one in counted):.0f} ms; "
            f"{median(one['keys'] for one in counted):,.0f} keys",
        ),
    }


SUITES = (Suite(("memory_after_unlock", "paint_1000_clients", "lock_1000_clients"), _measure),)
