"""Start of the program to its first usable frame, against a bare PySide6 main window.

Both are fresh interpreters, measured in turns from before the process is made; the first of each
is not counted.
"""

from __future__ import annotations

from pathlib import Path
from statistics import median

from tests.benchmarks.figure import Figure, Suite, spread
from tests.benchmarks.processes import environment, own, run

PEER = "bare PySide6 QMainWindow"
RATIO = 1.5
MORE_MB = 35.0


def _new_desk(runs: int, folder: Path) -> dict[str, Figure]:
    return _measured("new", runs, folder)


def _known_desk(runs: int, folder: Path) -> dict[str, Figure]:
    run(own("known_desk"), environment(folder / "known"))
    return _measured("known", runs, folder)


def _measured(kind: str, runs: int, folder: Path) -> dict[str, Figure]:
    bare: list[tuple[float, float]] = []
    desk: list[tuple[float, float]] = []
    rest: list[float] = []
    # Starts are cheap and the noise of one is large: three times as many.
    for turn in range(3 * runs + 1):
        home = folder / ("known" if kind == "known" else f"new{turn}")
        home.mkdir(exist_ok=True)
        for command, into in ((own("bare_window"), bare), (own("desk_window", kind), desk)):
            child = run(command, environment(home))
            if turn:
                seconds = child.said["painted"] - child.started
                into.append((seconds * 1000, child.said["peak_mb"]))
                rest += [child.said["rest_ms"]] if "rest_ms" in child.said else []
    ours, floor = [one for one, _mb in desk], [one for one, _mb in bare]
    our_mb, floor_mb = median(mb for _ms, mb in desk), median(mb for _ms, mb in bare)
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
            f"bare {base:.0f} ms; {spread(ours)}, bare {spread(floor)}; "
            f"by the fastest {min(ours) / min(floor):.2f}; "
            f"importing the rest takes {median(rest):.0f} ms more",
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
