"""What a year of changes takes on the disk: 200 clients with 50 members, one list of each client
changed every week.

The sealed file as it lies there, the present state included; nothing is compacted before, for only
forgetting a client does that.
"""

from __future__ import annotations

from pathlib import Path

from tests.benchmarks.figure import Figure, Suite
from tests.benchmarks.processes import environment, own, run
from tests.practice_process import practice_server

CLIENTS = 200
MEMBERS = 50
TARGET_MB = 20.0


def _measure(_runs: int, folder: Path) -> dict[str, Figure]:
    """Once: the same bytes each time."""
    home = folder / "home"
    home.mkdir()
    options = ("--scale", str(CLIENTS), "--members", str(MEMBERS), "--kdf-rounds", "5000")
    with practice_server(*options, watched=False) as server:
        account = server.account("provider_admin")
        who = (server.url, server.ca, account["email"], account["password"])
        said = run(own("year_of_changes", *who), environment(home)).said
    return {
        "history_year": Figure(
            said["grown_mb"],
            "MB",
            TARGET_MB,
            1,
            note=f"{said['versions']:,.0f} former versions, {said['raw_mb']:.0f} MB as they came; "
            f"the file had {said['before_mb']:.1f} MB before and would have "
            f"{said['after_mb']:.1f} MB compacted",
        )
    }


SUITES = (Suite(("history_year",), _measure),)
