"""Runs over many clients against a server that counts: limits slow them, nothing is done twice,
and what is said to be left is true. Server and program share one made-up clock.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import msgspec
import pytest

from desktop.plans.plan import Plan
from desktop.plans.steps import Access, CreateCollection, Say, ref_of
from desktop.practice.limits import Counting
from desktop.services import execution
from desktop.services.desk import Desk
from desktop.services.run_types import Progress
from tests.benchmarks.policies import WANTED, able, floor_s, policies, wrong_percent
from tests.virtual_practice import VirtualServer, run_virtually, virtual_server


@dataclass(frozen=True)
class Ran:
    """How a run went: its seconds, the worst of what it said to be left, when each 429 came."""

    seconds: float
    wrong_percent: float
    refused_at: list[float]
    requests: list[dict[str, Any]]

    def good(self, verb: str) -> Counter[str]:
        """How often the server did as it was asked, by path."""
        return Counter(
            one["path"] for one in self.requests if one["method"] == verb and one["status"] == 200
        )


@pytest.fixture(autouse=True)
def _reckoned_often(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is left is reckoned as often as its clock says, however busy this computer is."""
    monkeypatch.setattr(execution, "_LEFT_SHARE", 1e9)


async def _run(server: VirtualServer, desk: Desk, plan: Plan) -> Ran:
    told: list[tuple[int, float, float]] = []

    def note(progress: Progress) -> None:
        assert progress.left_s is not None
        told.append((progress.done, server.clock.monotonic(), progress.left_s))

    before = len(server.requests())
    began, date = server.clock.monotonic(), server.clock.now()
    report = await desk.runs.execute(plan, note)
    ended = server.clock.monotonic()
    assert report.is_done
    requests = server.requests()[before:]
    refused = [
        (datetime.fromisoformat(one["at"][:26] + "+00:00") - date).total_seconds()
        for one in requests
        if one["status"] == 429
    ]
    done, at, left = (list(column) for column in zip(*told, strict=True))
    return Ran(ended - began, wrong_percent(done, at, left, ended), refused, requests)


def _policies(folder: Path, clients: int, counting: Counting) -> tuple[Ran, float]:
    """Three policies each: how it went, and the seconds that the limits alone make of it."""

    async def work() -> tuple[Ran, float]:
        with virtual_server(folder, clients=clients * 3 // 2 + 3, counting=counting) as server:
            async with server.desk(folder / "home") as desk:
                plan = policies(able((await desk.clients.fetch()).data, clients))
                known = desk.link.api.allowance()
                ran = await _run(server, desk, plan)
            _check_stored(server.rows("SELECT type, enabled, data FROM policies"), clients)
        per_verb = counting is Counting.VERB
        return ran, floor_s(clients, known.ceiling, known.good, per_verb=per_verb)

    return run_virtually(work)


def _check_stored(rows: Sequence[dict[str, Any]], clients: int) -> None:
    """As wanted on the server, options and all."""
    stored = [
        (one["type"], bool(one["enabled"]), msgspec.json.decode(one["data"] or b"null"))
        for one in rows
    ]
    assert len(stored) == clients * len(WANTED)
    for kind, data in WANTED.items():
        assert stored.count((int(kind), True, data)) == clients


def test_t51_no_limit_per_path_is_met(tmp_path: Path) -> None:
    """Not one 429; no slower than our own ceiling makes it, and not faster."""
    clients = 200
    ran, floor = _policies(tmp_path, clients, Counting.PATH)
    assert ran.refused_at == []
    assert floor <= ran.seconds <= floor * 1.15
    assert ran.wrong_percent <= 15
    assert set(ran.good("PUT").values()) == {1}
    assert len(ran.good("PUT")) == clients * len(WANTED)


def test_t51_limits_per_verb_only_slow_a_run(tmp_path: Path) -> None:
    """A server that counts all paths of a verb together is known by its first refusal."""
    clients = 50
    ran, floor = _policies(tmp_path, clients, Counting.VERB)
    assert len(ran.refused_at) <= len(ran.requests) / 100
    assert max(ran.refused_at) < 60
    assert floor <= ran.seconds <= floor * 1.2
    assert ran.wrong_percent <= 15
    assert set(ran.good("PUT").values()) == {1}
    assert len(ran.good("PUT")) == clients * len(WANTED)


def test_t51_a_run_of_200_collections(tmp_path: Path) -> None:
    """All on one path, which takes 60 a minute: at most 1 % refused, each there once."""

    async def work() -> tuple[Ran, int]:
        with virtual_server(tmp_path, clients=0) as server:
            async with server.desk(tmp_path / "home") as desk:
                client = (await desk.clients.fetch()).data[0].organization_id
                owner = (Access(permission="manage", owner=True),)
                steps = tuple(
                    CreateCollection(
                        key=f"c{number}", client=ref_of(client), path=f"C{number}", access=owner
                    )
                    for number in range(200)
                )
                plan = Plan(title=Say("plan.setup_existing"), steps=steps, client=client)
                ran = await _run(server, desk, plan)
            rows = server.rows("SELECT 1 FROM collections WHERE external_id IS NOT NULL")
        return ran, len(rows)

    ran, made = run_virtually(work)
    assert made == 200
    assert len(ran.refused_at) <= len(ran.requests) / 100
    assert ran.wrong_percent <= 15
    assert 180 <= ran.seconds <= 180 * 1.15 + 15
