"""What a mutant is, and what a run of one says.

`mutants.toml` holds the list. A mutant changes at most five lines of one file so that one
protection is gone and everything else works: the whole main job still passes, and a test named
after the property fails. A mutant that the main job notices tells nothing about the test.
"""

from __future__ import annotations

import difflib
import os
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

import msgspec

ROOT: Final = Path(__file__).parent.parent.parent
LIST: Final = Path(__file__).with_name("mutants.toml")
MAIN_JOB: Final = "tests/end2end/test_main_job.py::test_the_whole_main_job"
MOST_LINES: Final = 5
# A protection against endless waiting may be the one that is gone.
DEADLINE_S: Final = 90.0
# What a copy needs to run the tests; the rest of the tree stays where it is.
_COPIED: Final = ("desktop", "tests", "resources", "packaging")
_FILES: Final = ("pyproject.toml", "README.md", "SECURITY.md", "ARCHITECTURE.md", "CHANGELOG.md")
_RESULT: Final = re.compile(r"^(tests/\S+?)(?:\[.*\])? (PASSED|FAILED|ERROR|SKIPPED|XFAIL)")


class Mutant(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One protection gone: `old`, found exactly once in `file`, becomes `new`.

    `tests` is the file, folder or test where tests named after `threat` are.
    """

    threat: str
    protection: str
    file: str
    old: str
    new: str
    tests: str

    @property
    def name(self) -> str:
        """The property and the protection: what a choice of mutants is made by."""
        return f"{self.threat} {self.protection}"

    @property
    def test_prefix(self) -> str:
        return f"test_{self.threat.lower()}_"

    def changed_lines(self) -> int:
        """Lines taken away or put in their place, the greater of both."""
        found = difflib.ndiff(self.old.splitlines(), self.new.splitlines())
        signs = [line[0] for line in found]
        return max(signs.count("-"), signs.count("+"))


class _List(msgspec.Struct, forbid_unknown_fields=True):
    mutant: list[Mutant]


class Verdict(msgspec.Struct, frozen=True):
    """What a mutant came to. It is caught when the main job passes and a named test fails, or never
    ends.
    """

    mutant: Mutant
    main_job: bool
    failed: tuple[str, ...]
    passed: int
    hung: bool
    said: str = ""

    @property
    def is_caught(self) -> bool:
        return self.main_job and bool(self.failed or self.hung)

    def __str__(self) -> str:
        if self.is_caught:
            how = "hangs" if self.hung else f"{len(self.failed)} failed"
            return f"caught   {self.mutant.name} ({how})"
        if not self.main_job:
            return f"BREAKS   {self.mutant.name}: the main job fails too\n{self.said}"
        return f"SURVIVES {self.mutant.name}: {self.passed} tests passed\n{self.said}"


def read() -> tuple[Mutant, ...]:
    """The list. Raises msgspec.ValidationError for an entry that is none."""
    return tuple(msgspec.convert(tomllib.loads(LIST.read_text("utf-8")), _List).mutant)


@contextmanager
def copy() -> Iterator[Path]:
    """A tree of its own to change files in."""
    with TemporaryDirectory(prefix="claviger-mutant-") as name:
        folder = Path(name)
        left_out = shutil.ignore_patterns("__pycache__", "*.pyc")
        for part in _COPIED:
            shutil.copytree(ROOT / part, folder / part, ignore=left_out)
        for file in _FILES:
            if (ROOT / file).exists():
                shutil.copy2(ROOT / file, folder / file)
        yield folder


def try_mutant(mutant: Mutant, folder: Path) -> Verdict:
    """Runs the main job and the named tests in `folder`, changed for as long as that takes."""
    path = folder / mutant.file
    whole = path.read_text("utf-8")
    if whole.count(mutant.old) != 1:
        raise ValueError(f"{mutant.name}: not found once in {mutant.file}")
    path.write_text(whole.replace(mutant.old, mutant.new), "utf-8")
    try:
        return _judge(mutant, folder)
    finally:
        path.write_text(whole, "utf-8")


def _judge(mutant: Mutant, folder: Path) -> Verdict:
    said, hung = _pytest(folder, mutant.tests, "-k", mutant.test_prefix)
    named = [(test, how) for test, how in _results(said) if mutant.test_prefix in test]
    job, job_hung = _pytest(folder, MAIN_JOB)
    is_done = (MAIN_JOB, "PASSED") in _results(job)
    return Verdict(
        mutant,
        main_job=is_done and not job_hung,
        failed=tuple(test for test, how in named if how in {"FAILED", "ERROR"}),
        passed=sum(how == "PASSED" for _test, how in named),
        hung=hung,
        said=(said if is_done else job)[-1_500:],
    )


def _pytest(folder: Path, *words: str) -> tuple[str, bool]:
    """What pytest said, and whether it had to be ended."""
    command = [sys.executable, "-B", "-m", "pytest", "-v", "--no-header", "--tb=line", "-rN"]
    command += ["-p", "no:cacheprovider", *words]
    # Without a display, and of the copy.
    env = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(folder)}
    try:
        done = subprocess.run(
            command,
            cwd=folder,
            env=env,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            check=False,
            timeout=DEADLINE_S,
        )
    except subprocess.TimeoutExpired as late:
        return (late.stdout or b"").decode("utf-8", "replace"), True
    return done.stdout.decode("utf-8", "replace"), False


def _results(said: str) -> list[tuple[str, str]]:
    """Each test that ended, and how."""
    found = (_RESULT.match(line) for line in said.splitlines())
    return [(one[1], one[2]) for one in found if one]
