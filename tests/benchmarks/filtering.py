"""How long a keystroke in the search field blocks the loop: key, filter, new rows painted.

Every keystroke filters here, as if the field's delay had passed each time.
"""

from __future__ import annotations

from pathlib import Path
from statistics import median

from tests.benchmarks.figure import Figure, Suite, percentile
from tests.benchmarks.processes import environment, own, run

LIMITS_MS = {20_000: 16.0, 100_000: 40.0}


def _measured(rows: int, runs: int, folder: Path) -> dict[str, Figure]:
    found = [
        run(own("typing_window", str(rows)), environment(folder)).said for _ in range(runs + 1)
    ][1:]
    p95 = [percentile(one["blocked_ms"], 0.95) for one in found]
    keys = len(found[0]["blocked_ms"])
    middle = median(median(one["blocked_ms"]) for one in found)
    worst = median(max(one["blocked_ms"]) for one in found)
    computed = median(percentile(one["computed_ms"], 0.95) for one in found)
    floor = median(one["floor_ms"] for one in found)
    note = (
        f"{keys} keystrokes a run: median {middle:.1f}, worst {worst:.1f} ms; "
        f"of the p95 {computed:.1f} ms computing; a search alone {floor:.1f} ms"
    )
    name = f"filter_{rows // 1000}k"
    return {name: Figure(median(p95), "ms, p95", LIMITS_MS[rows], runs, note=note)}


def _few(runs: int, folder: Path) -> dict[str, Figure]:
    return _measured(20_000, runs, folder)


def _many(runs: int, folder: Path) -> dict[str, Figure]:
    return _measured(100_000, runs, folder)


SUITES = (Suite(("filter_20k",), _few), Suite(("filter_100k",), _many))
