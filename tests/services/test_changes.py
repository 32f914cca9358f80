"""What changed since: over several versions of every list, with names in place of ids."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path

from desktop.crypto.encstring import encrypt_text
from desktop.services.changes import CHANGE_KINDS, CHANGE_WORDINGS, Change
from desktop.services.desk import Desk
from desktop.services.keeping import MEMBERS
from tests.services.paper import Paper, PaperClient, Row, _access, desk_on


def told(changes: Sequence[Change]) -> list[tuple[str, dict[str, str]]]:
    """Keys and facts, without the client's name that each fact carries."""
    return [
        (
            one.what.key.removeprefix("change."),
            {k: v for k, v in one.what.facts.items() if k != "client"},
        )
        for one in changes
    ]


async def later(paper: Paper, desk: Desk, **passed: float) -> datetime:
    """Reads everything again after some time; when that was."""
    paper.clock.seconds += timedelta(**passed).total_seconds()
    result = await desk.sync.round()
    assert result.failed == 0
    return paper.clock.now()


def access(collection: Row, permission: str) -> Row:
    flags = {"manage": ("manage",), "view": ("readOnly",), "edit": ()}[permission]
    return _access(collection, *flags)


def test_every_kind_of_change_is_told_with_names(home: Path) -> None:
    async def work() -> None:
        paper = Paper(2)
        first, second = paper.clients
        office, banks = first.collections
        async with desk_on(paper, home / "p") as desk:
            await desk.link.fetch_profile()
            began = await later(paper, desk, minutes=1)
            assert await desk.changes.since(began) == ()
            # Day 1: people.
            anna, bram, chris = first.members
            group = first.groups[0]
            anna.update(type=0, twoFactorEnabled=True, groups=[group["id"]])
            bram.update(status=-1, collections=[access(banks, "view")])
            first.members.remove(chris)
            first.member("dora@example.com", type=2, status=0)
            day1 = await later(paper, desk, days=1)
            # Day 2: groups and collections.
            group.update(name="All", collections=[access(banks, "manage")])
            first.group("Sales")
            banks["name"] = encrypt_text(first.key, "Office/Money")
            office["name"] = encrypt_text(first.key, "Office")
            first.collection("Servers")
            day2 = await later(paper, desk, days=1)
            # Day 3: policies, of both.
            first.policies[0]["data"] = {"minLength": 14, "minComplexity": 4}
            first.policy(2)
            second.policies[0]["enabled"] = False
            day3 = await later(paper, desk, days=1)
            # Day 4: the provider's list.
            third = paper.add("Third")
            first.seats = 25
            first.plan = "Teams (Monthly)"
            second.name = "Second, renamed"
            third.enabled = False
            await desk.link.fetch_profile()
            day4 = await later(paper, desk, days=1)
            # Day 5: what was there goes.
            paper.remove(third)
            first.groups.pop()
            first.collections.pop()
            anna.update(twoFactorEnabled=False, groups=[], email="anna@new.example")
            second.policies[0]["enabled"] = True
            day5 = await later(paper, desk, days=1)

            changes = await desk.changes.since(began)
            assert [one.at for one in changes] == sorted((c.at for c in changes), reverse=True)
            assert {one.what.key for one in changes} <= set(CHANGE_WORDINGS)
            assert {one.kind for one in changes} == set(CHANGE_KINDS)
            of_day = {
                day: [one for one in changes if day - timedelta(hours=12) < one.at <= day]
                for day in (day1, day2, day3, day4, day5)
            }
            assert sum(map(len, of_day.values())) == len(changes)
            person = {"person": "anna@0.example"}
            # Whatever it was called then: everything has the name it is known by now.
            assert sorted(told(of_day[day1]), key=repr) == sorted(
                [
                    ("member_role", {**person, "before": "2", "after": "0"}),
                    ("member_two_step_on", person),
                    ("member_joined_group", {**person, "group": "All"}),
                    ("member_status", {"person": "bram@0.example", "before": "2", "after": "-1"}),
                    ("member_access", {"person": "bram@0.example", "collection": "Office/Money",
                                       "before": "none", "after": "view"}),
                    ("member_gone", {"person": "chris@0.example", "role": "2", "status": "2"}),
                    ("member_added", {"person": "dora@example.com", "role": "2", "status": "0"}),
                ],
                key=repr,
            )  # fmt: skip
            assert sorted(told(of_day[day2]), key=repr) == sorted(
                [
                    ("group_renamed", {"before": "Everyone", "after": "All"}),
                    ("group_access", {"group": "All", "collection": "Office",
                                      "before": "manage", "after": "none"}),
                    ("group_access", {"group": "All", "collection": "Office/Money",
                                      "before": "none", "after": "manage"}),
                    ("group_added", {"group": "Sales"}),
                    ("collection_renamed", {"before": "Office/Banks", "after": "Office/Money"}),
                    ("collection_added", {"collection": "Servers"}),
                ],
                key=repr,
            )  # fmt: skip
            assert sorted(told(of_day[day3]), key=repr) == sorted(
                [
                    ("policy_option", {"policy": "1", "option": "minLength",
                                       "before": "12", "after": "14"}),
                    ("policy_option", {"policy": "1", "option": "minComplexity",
                                       "before": "", "after": "4"}),
                    ("policy_on", {"policy": "2"}),
                    ("policy_off", {"policy": "1"}),
                ],
                key=repr,
            )  # fmt: skip
            assert sorted(told(of_day[day4]), key=repr) == sorted(
                [
                    ("client_added", {"plan": "Enterprise (Monthly)", "seats": "10"}),
                    ("client_seats", {"before": "10", "after": "25"}),
                    ("client_plan",
                     {"before": "Enterprise (Monthly)", "after": "Teams (Monthly)"}),
                    ("client_renamed", {"before": "Client 1", "after": "Second, renamed"}),
                ],
                key=repr,
            )  # fmt: skip
            person = {"person": "anna@new.example"}
            assert sorted(told(of_day[day5]), key=repr) == sorted(
                [
                    ("client_gone", {"plan": "Enterprise (Monthly)", "seats": "10"}),
                    ("group_gone", {"group": "Sales"}),
                    ("collection_gone", {"collection": "Servers"}),
                    ("member_two_step_off", person),
                    ("member_left_group", {**person, "group": "All"}),
                    ("member_email",
                     {"person": "anna@new.example", "before": "anna@0.example",
                      "after": "anna@new.example"}),
                    ("policy_on", {"policy": "1"}),
                ],
                key=repr,
            )  # fmt: skip
            # Each names its client as it is called now, and the gone one as it was.
            names = {one.client: one.client_name for one in changes}
            assert names == {
                first.id: "Client 0", second.id: "Second, renamed", third.id: "Third",
            }  # fmt: skip
            # Between two looks something happened: the span is told.
            for one in changes:
                assert one.not_before is not None
                assert one.not_before < one.at
            # Of one client, and since later.
            own = await desk.changes.since(began, second.id)
            assert {one.client for one in own} == {second.id}
            assert [one.what.key for one in own] == [
                "change.policy_on", "change.client_renamed", "change.policy_off",
            ]  # fmt: skip
            late = await desk.changes.since(day3)
            assert late == tuple(one for one in changes if one.at > day3)
            assert await desk.changes.since(day5) == ()

    asyncio.run(work())


def test_a_client_that_is_switched_off_is_told_of_the_profile(home: Path) -> None:
    async def work() -> None:
        paper = Paper(2)
        async with desk_on(paper, home / "p") as desk:
            await later(paper, desk, minutes=1)
            began = paper.clock.now()
            for enabled in (False, True):
                paper.clients[1].enabled = enabled
                await later(paper, desk, hours=2)
            changes = await desk.changes.since(began)
            assert [(one.what.key, one.client_name) for one in changes] == [
                ("change.client_resumed", "Client 1"),
                ("change.client_suspended", "Client 1"),
            ]

    asyncio.run(work())


def test_a_first_version_tells_nothing_and_old_names_outlive_what_they_named(
    home: Path,
) -> None:
    async def work() -> None:
        paper = Paper(1)
        (client,) = paper.clients
        before = paper.clock.now() - timedelta(days=30)
        async with desk_on(paper, home / "p") as desk:
            await later(paper, desk, minutes=1)
            # Nobody saw what was before the first look.
            assert await desk.changes.since(before) == ()
            secret = client.collection("Short-lived")
            client.members[0]["collections"] = [access(secret, "edit")]
            await later(paper, desk, days=1)
            client.members[0]["collections"] = []
            client.collections.remove(secret)
            await later(paper, desk, days=1)
            changes = told(await desk.changes.since(before))
            person = {"person": "anna@0.example", "collection": "Short-lived"}
            assert ("member_access", {**person, "before": "edit", "after": "none"}) in changes
            assert ("member_access", {**person, "before": "none", "after": "edit"}) in changes
            assert ("collection_gone", {"collection": "Short-lived"}) in changes

    asyncio.run(work())


def test_the_same_state_again_is_no_change_and_costs_nothing(home: Path) -> None:
    async def work() -> None:
        paper = Paper(2)
        async with desk_on(paper, home / "p") as desk:
            began = await later(paper, desk, minutes=1)
            for _day in range(3):
                await later(paper, desk, days=1)
            assert await desk.changes.since(began) == ()
            counts = desk.link.snapshots._database.row("SELECT count(*) FROM versions")
            assert counts == (0,)
            # Rows in another order are the same rows, although the body is another.
            paper.clients[0].members.reverse()
            await later(paper, desk, days=1)
            assert await desk.changes.since(began) == ()

    asyncio.run(work())


def test_many_versions_are_kept_as_differences_and_all_can_be_read(home: Path) -> None:
    async def work() -> None:
        paper = Paper(1)
        (client,) = paper.clients
        for number in range(200):
            client.member(f"person{number}@example.com", name=f"Somebody {number}")
        async with desk_on(paper, home / "p") as desk:
            began = await later(paper, desk, minutes=1)
            owner, snapshots = str(client.id), desk.link.snapshots
            sizes = []
            for week in range(52):
                _changed(client, week)
                await later(paper, desk, days=7)
                sizes.append(_stored(desk))
            formers = snapshots.history(MEMBERS, owner)
            assert len(formers) == 52
            assert all(snapshots.former(MEMBERS, owner, one.digest) for one in formers)
            # A week costs far less than the list, which is what the first one costs.
            assert (sizes[-1] - sizes[0]) / 51 < sizes[0] / 15
            changes = await desk.changes.since(began, client.id)
            assert len(changes) == 52
            names = [one.what.facts["person"] for one in reversed(changes)]
            assert names == [f"person{week}@example.com" for week in range(52)]
            # A damaged former body costs those that stand on it, and is counted.
            assert snapshots.damaged == 0

    asyncio.run(work())


def _changed(client: PaperClient, week: int) -> None:
    person = next(one for one in client.members if one["email"] == f"person{week}@example.com")
    person["twoFactorEnabled"] = True


def _stored(desk: Desk) -> int:
    found = desk.link.snapshots._database.row("SELECT sum(length(sealed)) FROM bodies")
    assert found is not None
    return int(found[0])
