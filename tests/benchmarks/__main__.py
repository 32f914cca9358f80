"""`python -m tests.benchmarks --json FILE [--only NAME] [--runs N]`: measures and says so.

The file holds one object: name -> value, unit, against, ratio, target, runs. Smaller is better;
`target` limits `ratio`, or `value` where there is no ratio. Figures are medians of at least seven
runs; of fewer where a run takes minutes by its clock or makes the same bytes each time. A peer is
measured in turns with us, on the same machine in the same minutes. Linux only: memory is read from
/proc. A missed target does not make the command fail: it measures, people judge. What could not be
measured does (the import needs the official client: `dev.py bw`).
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from tests.benchmarks import (
    filtering,
    history,
    importing,
    journaling,
    pacing,
    starting,
    syncing,
    unlocking,
)
from tests.benchmarks.figure import Figure, Suite
from tests.benchmarks.processes import ChildFailed
from tests.bw_client import BwError

SUITES: tuple[Suite, ...] = (
    *starting.SUITES,
    *unlocking.SUITES,
    *importing.SUITES,
    *filtering.SUITES,
    *pacing.SUITES,
    *syncing.SUITES,
    *history.SUITES,
    *journaling.SUITES,
)
RUNS = 7


def main(words: Sequence[str]) -> int:
    """Measure what was asked for, everything by default; 1 if some of it could not be measured."""
    names = [name for suite in SUITES for name in suite.names]
    parser = argparse.ArgumentParser(prog="tests.benchmarks", description=__doc__)
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.add_argument("--json", type=Path, required=True, help="where the figures go")
    parser.add_argument("--only", action="append", choices=names, help="this figure (repeatable)")
    parser.add_argument("--runs", type=int, default=RUNS, help=f"default {RUNS}")
    options = parser.parse_args(words)
    wanted = set(options.only or names)
    found: dict[str, Figure] = {}
    failed = False
    for suite in SUITES:
        if wanted.isdisjoint(suite.names):
            continue
        with tempfile.TemporaryDirectory(prefix="claviger-bench-") as folder:
            try:
                measured = suite.measure(options.runs, Path(folder))
            except (ChildFailed, BwError) as error:
                failed = True
                print(f"FAILED {', '.join(suite.names)}: {error}", file=sys.stderr, flush=True)
                continue
        for name, figure in measured.items():
            if name in wanted:
                found[name] = figure
                print(_line(name, figure), flush=True)
    options.json.parent.mkdir(parents=True, exist_ok=True)
    told = {name: figure.as_json() for name, figure in found.items()}
    options.json.write_text(json.dumps(told, indent=2) + "\n", "utf-8")
    missed = [name for name, figure in found.items() if not figure.holds]
    print(f"\n{len(found) - len(missed)} of {len(found)} within their targets", end="")
    print(f"; not: {', '.join(missed)}" if missed else "")
    return 1 if failed else 0


def _line(name: str, figure: Figure) -> str:
    """One figure as people read it."""
    mark = "ok    " if figure.holds else "MISSED"
    value = f"{figure.value:.1f} {figure.unit}"
    if figure.ratio is None:
        limit = f"at most {figure.target:g}"
    else:
        limit = f"{figure.ratio:.2f} x {figure.against}, at most {figure.target:g} x"
    note = f"\n{'':35}{figure.note}" if figure.note else ""
    return f"{mark} {name:<26}  {value:>16}  {limit}  ({figure.runs} runs){note}"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
