"""After the lock of a desk that has really worked, no key is left in its process (T79)."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.end2end.memory_probe import complaints, probe
from tests.end2end.stage import Account
from tests.practice_process import PracticeHandle

LOCKS = 5


@pytest.mark.skipif(not Path("/proc/self/mem").exists(), reason="memory is read through /proc")
def test_t79_no_key_of_a_session_survives_its_lock(server: PracticeHandle, tmp_path: Path) -> None:
    """Five locks in one process: what one leaves behind, a later unlock may lay bare.

    As many processes as one likes, each with one: `dev.py faults --all`.
    """
    found = probe(Account.of(server), tmp_path / "p", LOCKS)
    assert len(found) == LOCKS
    kinds = {name.split()[0] for one in found for name in one["before"]}
    assert {"user", "provider", "SymmetricKey", "DataKey"} <= kinds
    print([one["evidence"] for one in found])
    assert [complaints(one) for one in found] == [[]] * LOCKS
