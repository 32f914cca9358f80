"""Start of the program to its first usable frame, against a bare PySide6 main window.

Both are fresh interpreters, measured in turns from before the process is made; the first of each
is not counted.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from statistics import median

from tests.benchmarks.figure import Figure, Suite, spread
from tests.benchmarks.processes import Child, environment, own, run

PEER = "bare PySide6 QMainWindow"
RATIO = 1.5
MORE_MB = 35.0


@dataclass(frozen=True)
class Start:
    """One start: wall time to the frame, processor time of it, peak memory, what comes after."""

    shown_ms: float
    computed_ms: float
    peak_mb: float
    rest_ms: float

    @classmethod
    def of(cls, child: Child) -> Start:
        said = child.said
        shown_ms = (said["painted"] - child.started) * 1000
        return cls(shown_ms, said["computed_ms"], said["peak_mb"], said.get("rest_ms", 0.0))


def _new_desk(runs: int, folder: Path) -> dict[str, Figure]:
    return _measured("new", runs, folder)


def _known_desk(runs: int, folder: Path) -> dict[str, Figure]:
    run(own("known_desk"), environment(folder / "known"))
    return _measured("known", runs, folder)


def _measured(kind: str, runs: int, folder: Path) -> dict[str, Figure]:
    bare: list[Start] = []
    desk: list[Start] = []
    # Starts are cheap and the noise of one is large: three times as many.
    for turn in range(3 * runs + 1):
        home = folder / ("known" if kind == "known" else f"new{turn}")
        home.mkdir(exist_ok=True)
        for command, into in ((own("bare_window"), bare), (own("desk_window", kind), desk)):
            child = run(command, environment(home))
            if turn:
                into.append(Start.of(child))
    ours, floor = [one.shown_ms for one in desk], [one.shown_ms for one in bare]
    our_mb, floor_mb = median(one.peak_mb for one in desk), median(one.peak_mb for one in bare)
    computed = median(one.computed_ms for one in desk), median(one.computed_ms for one in bare)
    value, base = median(ours), median(floor)
    name = f"start_{kind}_desk"
    return {
        name: Figure(
            value,
            "ms",
            RATIO,
            len(desk),
            PEER,
            value / base,
            f"bare {base:.0f} ms; {spread(ours)}, bare {spread(floor)}; of it computing "
            f"{computed[0]:.0f}, bare {computed[1]:.0f} ms ({computed[0] / computed[1]:.2f} x); "
            f"importing the rest takes {median(one.rest_ms for one in desk):.0f} ms more",
        ),
        f"{name}_memory": Figure(
            our_mb - floor_mb,
            "MB over its peak",
            MORE_MB,
            len(desk),
            PEER,
            note=f"{our_mb:.0f} MB, bare {floor_mb:.0f} MB",
        ),
    }


SUITES = (
    Suite(("start_new_desk", "start_new_desk_memory"), _new_desk),
    Suite(("start_known_desk", "start_known_desk_memory"), _known_desk),
)
