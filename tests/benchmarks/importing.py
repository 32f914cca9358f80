"""A LastPass export of 10,000 rows into one client, against `bw import` of the same file into
another client of the same practice server (limits off).

Ours runs from the dropped file to "verified": the worker reads it, the plan is made, encrypted
and journaled, collections and items are sent, and everything is read back. The window is open
and signed in before. The client's own time covers its start, its sync and the import; it signs in
before and reads nothing back. The server's part is in both and told apart.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

from desktop.importers.sample import sample_lastpass_export
from tests.benchmarks.figure import Figure, Suite, spread
from tests.benchmarks.processes import Child, ChildFailed, environment, own, run
from tests.benchmarks.telling import processor_s
from tests.bw_client import MISSING, Bw, BwProgram, find_bw
from tests.practice_process import PracticeHandle, practice_server

ROWS = 10_000
WALL_RATIO = 0.4
MEMORY_RATIO = 0.5
PEER = "bw import lastpasscsv"
OURS = "Third Client's Organization"
THEIRS = "My Client's Organization"


@dataclass(frozen=True)
class Pass:
    """One import: wall seconds, peak memory, and the server's processor time within them."""

    seconds: float
    peak_mb: float
    server_s: float


class WatchedBw(Bw):
    """The client with its memory watched; `last` is how its last command went."""

    last: Child

    def _run(self, *words: str, env: dict[str, str] | None = None) -> str:
        if words[0] != "import":
            return super()._run(*words, env=env)
        session = {"BW_SESSION": self._session, **(env or {})}
        argv: list[str | Path] = [self._program.node, self._program.script, *words]
        self.last = run(argv, {**self._env, **session}, watched=True)
        return ""


def _their_pass(program: BwProgram, server: PracticeHandle, export: Path, home: Path) -> Pass:
    owner = server.account("client_owner", THEIRS)
    bw = WatchedBw(program, server.url, server.ca, home)
    bw.login(owner["email"], owner["password"])
    before = processor_s(server.process.pid)
    bw.import_file("lastpasscsv", export, _id_of(server.state(), THEIRS))
    server_s = processor_s(server.process.pid) - before
    _check_count(server, THEIRS)
    return Pass(bw.last.seconds, bw.last.peak_mb, server_s)


def _our_pass(
    server: PracticeHandle, export: Path, env: Mapping[str, str]
) -> tuple[Pass, dict[str, float]]:
    account = server.account("provider_admin")
    who = (server.url, server.ca, account["email"], account["password"])
    child = run(
        own("import_window", *who, OURS, export, str(server.process.pid)), env, watched=True
    )
    _check_count(server, OURS)
    said = child.said
    peak = max(child.peak_mb, said["peak_mb"])
    parts = {name: said[name] for name in said if name not in {"seconds", "peak_mb", "server_s"}}
    return Pass(said["seconds"], peak, said["server_s"]), parts


def _id_of(state: Mapping[str, Any], name: str) -> str:
    return next(str(one["id"]) for one in state["organizations"] if one["name"] == name)


def _check_count(server: PracticeHandle, name: str) -> None:
    state = server.state()
    mine = _id_of(state, name)
    found = sum(one["organizationId"] == mine for one in state["ciphers"])
    if found != ROWS:
        raise ChildFailed(f"{name} holds {found} items, not {ROWS}")


def _export() -> str:
    """The practice sample without its flaws, and with a folder for each row: into an organization
    the client imports nothing that has none.
    """
    rows = list(csv.reader(io.StringIO(sample_lastpass_export(ROWS, flaws=False).decode())))
    folder = rows[0].index("grouping")
    for row in rows[1:]:
        row[folder] = row[folder] or "Algemeen"
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(rows)
    return text.getvalue()


def _measure(runs: int, folder: Path) -> dict[str, Figure]:
    program = find_bw()
    if program is None:
        raise ChildFailed(MISSING)
    export = folder / "lastpass.csv"
    export.write_text(_export(), "utf-8")
    ours: list[Pass] = []
    theirs: list[Pass] = []
    parts: list[dict[str, float]] = []
    for turn in range(runs):
        # A new server each time: a fuller one would read back more from run to run.
        home = folder / f"home{turn}"
        home.mkdir()
        with practice_server(watched=False) as server:
            theirs.append(_their_pass(program, server, export, home / "bw"))
            mine, told = _our_pass(server, export, environment(home))
        ours.append(mine)
        parts.append(told)
    return _figures(ours, theirs, parts)


def _figures(
    ours: list[Pass], theirs: list[Pass], parts: list[dict[str, float]]
) -> dict[str, Figure]:
    mine, peer = _middle(ours), _middle(theirs)
    steps = ", ".join(f"{name} {median(one[name] for one in parts):.2f}" for name in parts[0])
    wall = mine.seconds / peer.seconds
    without = (mine.seconds - mine.server_s) / (peer.seconds - peer.server_s)
    spreads = [spread([one.seconds for one in passes], 2) for passes in (ours, theirs)]
    return {
        "import_10k_wall": Figure(
            mine.seconds,
            "s",
            WALL_RATIO,
            len(ours),
            PEER,
            wall,
            f"bw {peer.seconds:.2f} s; {spreads[0]}, bw {spreads[1]}; of these the practice "
            f"server's own {mine.server_s:.2f}, bw {peer.server_s:.2f}; without them "
            f"{without:.2f} x; ours: {steps}",
        ),
        "import_10k_memory": Figure(
            mine.peak_mb,
            "MB peak",
            MEMORY_RATIO,
            len(ours),
            PEER,
            mine.peak_mb / peer.peak_mb,
            f"bw {peer.peak_mb:.0f} MB; ours is window, services and import worker",
        ),
    }


def _middle(passes: list[Pass]) -> Pass:
    return Pass(
        median(one.seconds for one in passes),
        median(one.peak_mb for one in passes),
        median(one.server_s for one in passes),
    )


SUITES = (Suite(("import_10k_wall", "import_10k_memory"), _measure),)
