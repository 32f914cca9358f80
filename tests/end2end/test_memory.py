"""After the lock of a desk that has really worked, no key is left in its process (T79)."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.end2end.stage import Account
from tests.practice_process import ROOT, PracticeHandle


@pytest.mark.skipif(not Path("/proc/self/mem").exists(), reason="memory is read through /proc")
def test_t79_no_key_of_a_session_survives_its_lock(server: PracticeHandle, tmp_path: Path) -> None:
    one = Account.of(server)
    done = subprocess.run(
        [sys.executable, "-m", "tests.end2end.memory_probe",
         one.url, one.ca, one.email, one.password, str(tmp_path / "p")],
        cwd=ROOT, capture_output=True, check=True, timeout=120,
    )  # fmt: skip
    found = json.loads(done.stdout)
    for name in ("user", "provider", "client", "data"):
        assert found["before"][f"{name} start"] >= 1, "the search finds a living key"
    print(found["evidence"])
    assert found["after"] == dict.fromkeys(found["after"], 0)
