"""One entry of the journal, against the same bytes written and fsynced on the same disk.

Measured in turns, entry by entry. What is more is sealing, chaining, the run's state in memory and
SQLite itself; a bare SQLite transaction of the same bytes (write-ahead, synchronous=FULL) is told
beside it.
"""

from __future__ import annotations

from pathlib import Path
from statistics import median

from tests.benchmarks.figure import Figure, Suite, spread
from tests.benchmarks.processes import environment, own, run

STEPS = 300
MORE_MS = 1.0


def _measure(runs: int, folder: Path) -> dict[str, Figure]:
    found = []
    for turn in range(runs + 1):
        home = folder / f"home{turn}"
        home.mkdir()
        found.append(run(own("journal_entries", str(STEPS)), environment(home)).said)
    counted = found[1:]
    ours, file, table = (
        [median(one[name]) for one in counted] for name in ("ours_ms", "file_ms", "table_ms")
    )
    more = [mine - floor for mine, floor in zip(ours, file, strict=True)]
    return {
        "journal_entry": Figure(
            median(more),
            "ms beyond fsync",
            MORE_MS,
            len(more),
            note=f"{spread(more, 2)}; an entry of {median(counted[0]['bytes']):.0f} bytes "
            f"{median(ours):.2f} ms, written and fsynced {median(file):.2f} ms, in a bare SQLite "
            f"transaction {median(table):.2f} ms",
        )
    }


SUITES = (Suite(("journal_entry",), _measure),)
