"""The list of mutants is true, and some of them are tried; `dev.py mutants` tries them all."""

from __future__ import annotations

import os
import random
import re
from pathlib import Path
from typing import Final

import pytest

from tests.mutants.mutants import MOST_LINES, ROOT, Mutant, copy, read, try_mutant

SAMPLE: Final = 2
MUTANTS: Final = read()
_NAMED_TEST: Final = re.compile(r"def test_(t\d{2,3})_")

# Properties whose tests look at the program as it stands, or that every end-to-end test is guarded
# by (T96): the main job itself would notice.
WITHOUT_MUTANTS: Final = frozenset({"T96", "T97", "T98"})
# What is no part of the program but a protection all the same: the sweep after the tests (T100).
NETS: Final = ("tests/sweep.py",)
# What the list must cover: sign-in and keys, transport, what is seen, the profile and the lock.
COVERED: Final = frozenset(
    f"T{number:02}"
    for number in (
        *(1, 2, 3, 4, 5, 6, 7, 8, 9, *range(10, 20), 22, 23, 24, *range(25, 42)),
        *(53, *range(70, 96), 100),
    )
)


def _tests_of(mutant: Mutant) -> str:
    """The text of the files where its tests may be."""
    path = ROOT / mutant.tests.partition("::")[0]
    files = [path] if path.is_file() else sorted(path.rglob("test_*.py"))
    return "\n".join(file.read_text("utf-8") for file in files)


@pytest.mark.parametrize("mutant", MUTANTS, ids=lambda one: one.name)
def test_a_mutant_is_small_and_fits(mutant: Mutant) -> None:
    assert mutant.changed_lines() <= MOST_LINES
    assert mutant.file.startswith("desktop/") or mutant.file in NETS
    assert (ROOT / mutant.file).read_text("utf-8").count(mutant.old) == 1
    assert f"def {mutant.test_prefix}" in _tests_of(mutant)


def test_names_differ() -> None:
    assert len({one.name for one in MUTANTS}) == len(MUTANTS)


def test_every_property_that_is_promised_has_a_mutant() -> None:
    assert {one.threat for one in MUTANTS} >= COVERED


def test_every_property_with_a_mutant_has_its_test() -> None:
    named = {
        found.upper()
        for file in Path(ROOT / "tests").rglob("test_*.py")
        for found in _NAMED_TEST.findall(file.read_text("utf-8"))
    }
    assert named >= COVERED | WITHOUT_MUTANTS


@pytest.mark.slow
def test_a_few_mutants_are_caught() -> None:
    """Which ones: by CLAVIGER_SEED, so that in time all have their turn."""
    chance = random.Random(os.environ.get("CLAVIGER_SEED", "0"))
    with copy() as folder:
        for mutant in chance.sample(MUTANTS, SAMPLE):
            verdict = try_mutant(mutant, folder)
            assert verdict.is_caught, str(verdict)
