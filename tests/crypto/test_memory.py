"""After a lock no key is left in the process, wherever libraries may have put it."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.skipif(
    not Path("/proc/self/mem").exists(), reason="memory is searched through /proc"
)
ROOT = Path(__file__).parents[2]


def probe(*arguments: str) -> dict[str, Any]:
    done = subprocess.run(
        [sys.executable, "-m", "tests.crypto.memory_probe", *arguments],
        cwd=ROOT,
        capture_output=True,
        check=True,
        timeout=120,
    )
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer


def test_t79_no_key_survives_the_lock() -> None:
    answer = probe()
    living = ("user", "provider", "client", "data")
    for name in living:
        assert answer["before"][f"{name} start"] >= 1, "the search finds a living key"
    assert answer["after"] == dict.fromkeys(answer["after"], 0)


def test_t79_the_search_catches_a_copy() -> None:
    answer = probe("leak")
    assert answer["kept"] == 1
    assert answer["after"]["data start"] >= 1
    assert answer["after"]["data end"] >= 1
