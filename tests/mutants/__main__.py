"""Every protection taken away in turn: `dev.py mutants`.

    python -m tests.mutants               all of them, two at a time
    python -m tests.mutants T01 "T09 a"   those whose name begins so

Exit 1 when the main job fails under a mutant, or no test named after its property notices it.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path
from queue import SimpleQueue
from typing import Final

from tests.mutants.mutants import Mutant, Verdict, copy, read, try_mutant

AT_ONCE: Final = 2


def chosen(beginnings: Sequence[str]) -> tuple[Mutant, ...]:
    """The mutants whose name begins with one of these; all for none."""
    every = read()
    if not beginnings:
        return every
    return tuple(one for one in every if one.name.startswith(tuple(beginnings)))


def try_all(mutants: Sequence[Mutant], at_once: int = AT_ONCE) -> list[Verdict]:
    """A copy of the tree for each that is tried at the same time. Prints as they end."""
    folders: SimpleQueue[Path] = SimpleQueue()

    def one(mutant: Mutant) -> Verdict:
        folder = folders.get()
        try:
            verdict = try_mutant(mutant, folder)
        finally:
            folders.put(folder)
        print(verdict, flush=True)
        return verdict

    with ExitStack() as copies, ThreadPoolExecutor(at_once) as pool:
        for _ in range(at_once):
            folders.put(copies.enter_context(copy()))
        return list(pool.map(one, mutants))


def main(words: Sequence[str]) -> int:
    """Tries the chosen mutants and counts; see the module's text."""
    parser = argparse.ArgumentParser(prog="dev.py mutants", description=__doc__)
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.add_argument("mutants", nargs="*", help="beginnings of names, such as T01")
    parser.add_argument("--at-once", type=int, default=AT_ONCE, help="so many side by side")
    options = parser.parse_args(list(words))
    began = time.perf_counter()
    verdicts = try_all(chosen(options.mutants), options.at_once)
    caught = sum(one.is_caught for one in verdicts)
    properties = len({one.mutant.threat for one in verdicts})
    seconds = time.perf_counter() - began
    print(f"{caught} of {len(verdicts)} mutants caught, {properties} properties, {seconds:.0f} s")
    return 0 if verdicts and caught == len(verdicts) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
