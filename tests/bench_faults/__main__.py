"""The fault matrix by hand: `dev.py faults`.

    python -m tests.bench_faults              the sample that a change must pass
    python -m tests.bench_faults --all        every cell
    python -m tests.bench_faults --case NAME  one cell again; also a part of names

Exit 1 when a cell ended in a double, a loss, a silent stop, stuck or in no typed error.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Final

from tests.bench_faults.matrix import BAD, GOOD
from tests.bench_faults.spread import PROCESSES, Wanted, chosen_seed, spread

JSON: Final = Path(__file__).parent.parent.parent / "build" / "faults.json"


def main(words: Sequence[str]) -> int:
    """Runs the cells and says what came of them; see the module's text."""
    options = _options(words)
    began = time.perf_counter()
    print(f"CLAVIGER_SEED={options.seed}", flush=True)
    wanted = Wanted(options.all, tuple(options.case), options.seed)
    outcomes = spread(wanted, options.processes)
    seconds = time.perf_counter() - began
    bad = [one for one in outcomes if one.is_bad]
    verdicts = Counter(one.verdict for one in outcomes)
    for one in bad:
        print(f"{one}\n    again: dev.py faults --case '{one.case}'")
    print("\n" + ", ".join(f"{verdicts[name]} {name}" for name in (*GOOD, *BAD)))
    endpoints = len({one.endpoint for one in outcomes})
    print(f"{len(outcomes)} cells at {endpoints} write endpoints in {seconds:.0f} s", flush=True)
    if options.json:
        told = {
            "seed": options.seed,
            "seconds": round(seconds, 1),
            "verdicts": dict(verdicts),
            "cells": [asdict(one) for one in outcomes],
        }
        options.json.parent.mkdir(parents=True, exist_ok=True)
        options.json.write_text(json.dumps(told, indent=1), "utf-8")
        print(f"Every outcome is in {options.json}")
    return 1 if bad or not outcomes else 0


def _options(words: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="dev.py faults", description=__doc__)
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.add_argument("--all", action="store_true", help="every cell, not the sample")
    parser.add_argument("--case", action="append", default=[], help="cells by name or part of it")
    parser.add_argument("--seed", type=int, default=chosen_seed(), help="which sample")
    parser.add_argument("--processes", type=int, default=PROCESSES, help="each with a server")
    parser.add_argument("--json", type=Path, default=JSON, help="where every outcome goes")
    return parser.parse_args(list(words))


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
