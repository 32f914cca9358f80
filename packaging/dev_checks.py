"""What stands beside the tests: lint, format, types, rooms and translations, side by side."""

from __future__ import annotations

import subprocess
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from dev_environment import ROOT, child_environment, say, tool

PATHS = ("desktop", "tests", "packaging")


def _run(name: str, command: list[str | Path]) -> tuple[str, bool, str, float]:
    begin = time.monotonic()
    words = [str(word) for word in command]
    done = subprocess.run(
        words, cwd=ROOT, env=child_environment(), capture_output=True, text=True, check=False
    )
    ok = done.returncode == 0
    return name, ok, (done.stdout + done.stderr).strip(), time.monotonic() - begin


def check() -> list[str]:
    """Run all checks, print a line each and the words of those that fail; give their names."""
    dev = Path(__file__).with_name("dev.py")
    python = tool("python")
    checks: list[tuple[str, list[str | Path]]] = [
        ("types (mypy --strict)", [tool("mypy"), "--no-error-summary"]),
        ("lint (ruff check)", [tool("ruff"), "check", "--quiet", *PATHS]),
        ("format (ruff format)", [tool("ruff"), "format", "--check", "--quiet", *PATHS]),
        ("rooms (import-linter)", [tool("lint-imports"), "--no-cache"]),
        ("translations (lupdate)", [python, dev, "translate", "--check"]),
    ]
    failed: list[str] = []
    with ThreadPoolExecutor(max_workers=2) as pool:
        for name, ok, output, seconds in pool.map(lambda pair: _run(*pair), checks):
            say(f"{'ok    ' if ok else 'FAILED'} {name}, {seconds:.1f} s")
            if not ok:
                failed.append(name)
                say(output)
    return failed
