"""Runs as former versions journaled them: still read, reported, listed and taken back (T57)."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from uuid import UUID

import msgspec
import pytest

from desktop.domain.enums import PolicyType, ProviderUserType
from desktop.domain.ids import ProviderUserId, RunId
from desktop.plans.plan import Plan
from desktop.plans.registry import STEP_TYPES
from desktop.plans.steps import (
    AnyStep,
    CollectionAccess,
    CreateGroup,
    ImportItems,
    InviteMembers,
    InviteProviderMembers,
    ProviderPerson,
    PutPolicy,
    Ref,
    SetGroupAccess,
    SetProviderMemberRole,
    State,
    UpdateClient,
    ref_of,
)
from desktop.services.execution import Work, decoded, decoded_result
from desktop.services.handler import USED, states
from desktop.services.run_list import _OUTLINE
from desktop.services.run_report import report_of
from desktop.services.run_types import Prepared, Result, RunPayload, StepPayload
from desktop.services.undo import _former, _Past, _settled
from tests.plans.every_step import EVERY
from tests.plans.examples import CLIENT, GROUP, SALES

FORMATS = sorted((Path(__file__).parent / "formats").glob("run-*.msgpack"))


class _Kept(msgspec.Struct):
    """What the file of one format holds: as the journal would hand it out."""

    run: bytes
    step: bytes
    prepared: bytes
    result: bytes


class _Nowhere:
    """A context whose references are all ids."""

    def resolve(self, ref: Ref) -> UUID:
        return UUID(ref)


def prepared(**markers: str) -> Prepared:
    return Prepared(
        operation=UUID(int=5), method="PUT", path="p", body=b"", body_hash=b"", budget="write",
        deadline_s=1.0, markers=markers,
    )  # fmt: skip


@pytest.mark.parametrize("file", FORMATS, ids=lambda file: file.stem)
def test_t57_runs_of_former_versions_are_read_whole(file: Path) -> None:
    """One file per released version, with every kind of step it knew."""
    kept = msgspec.msgpack.decode(file.read_bytes(), type=_Kept)
    payload = msgspec.msgpack.decode(kept.run, type=RunPayload)
    known = {type(step) for step in payload.plan.steps}
    assert len(known) >= 15
    assert known <= set(STEP_TYPES)
    assert payload.client_key == "2.key"
    assert payload.plan.import_summary is not None
    assert payload.plan.import_summary.listed[0].title == "nothing"
    payload.plan.check()
    (chunk,) = [step for step in payload.plan.steps if isinstance(step, ImportItems)]
    assert (chunk.rows, chunk.relations) == ((1,), ((0, 0),))
    step = msgspec.msgpack.decode(kept.step, type=StepPayload).step
    assert isinstance(step, UpdateClient)
    # A plan that saw nothing is compared with nothing.
    assert step.base is None
    request, result = decoded(kept.prepared), decoded_result(kept.result)
    assert request is not None
    assert (request.body, request.markers, request.listed) == (b"{}", {"former": "[]"}, ("a",))
    assert result is not None
    assert (result.id, result.answered, result.problem) == (UUID(int=6), True, "Refused")
    works = [Work(step, "DONE", request, result) for step in payload.plan.steps]
    report = report_of(RunId(UUID(int=1)), payload, works, "done")
    assert len(report.steps) == len(payload.plan.steps)
    assert _OUTLINE.decode(kept.run).plan.client_name == "Acme"


def test_t57_every_kind_of_step_survives_the_journal() -> None:
    """What is written now is read again, field by field."""
    plan = Plan(
        title=EVERY[0].say,
        steps=tuple(msgspec.structs.replace(step, key=f"s.{n}") for n, step in enumerate(EVERY)),
    )
    again = msgspec.msgpack.decode(msgspec.msgpack.encode(plan), type=Plan)
    assert again == plan
    assert [type(step) for step in again.steps] == [type(step) for step in plan.steps]


ROLE = SetProviderMemberRole(
    key="s",
    person=ProviderPerson(member=ProviderUserId(UUID(int=7)), email="a@example.com"),
    role=ProviderUserType.PROVIDER_ADMIN,
)
RENAME = UpdateClient(key="s", client=ref_of(CLIENT), client_name="Acme", name="B")
SEATS = UpdateClient(key="s", client=ref_of(CLIENT), client_name="Acme", seats=9)
ACCESS = SetGroupAccess(
    key="s", client=ref_of(CLIENT), group=ref_of(GROUP), group_name="IT",
    collections=(CollectionAccess(collection=ref_of(SALES), permission="edit"),),
)  # fmt: skip


@pytest.mark.parametrize(
    ("step", "markers", "former"),
    [
        (ROLE, {"former": "1"}, {"role": 1}),
        (ROLE, {"former": "who knows"}, None),
        (RENAME, {"former_name": "A", "former_seats": "5"}, {"name": "A"}),
        (SEATS, {"former_name": "A", "former_seats": "5"}, {"seats": 5}),
        (SEATS, {"former_name": "A", "former_seats": ""}, {"seats": None}),
        (ACCESS, {"former": f'[{{"id":"{SALES}","readOnly":true}}]'}, {str(SALES): "view"}),
        (ACCESS, {"former": "[]"}, {str(SALES): "none"}),
        (ACCESS, {"former": "{broken"}, None),
        (PutPolicy(key="s", client=ref_of(CLIENT), type=PolicyType(1), enabled=True), {}, None),
        # As this version writes it.
        (RENAME, states({"name": "A"}, {"name": "B"}), {"name": "A"}),
    ],
)
def test_t57_what_was_there_before_is_read_from_former_markers(
    step: AnyStep, markers: dict[str, str], former: State | None
) -> None:
    assert _former(step, prepared(**markers)) == former
    assert _former(step, None) is None


@pytest.mark.parametrize(
    ("step", "markers", "ours"),
    [
        (ROLE, {}, {"role": 0}),
        (RENAME, {}, {"name": "B"}),
        (ACCESS, {}, {str(SALES): "edit"}),
        (RENAME, states({"name": "A"}, {"name": "C"}), {"name": "C"}),
    ],
)
def test_what_a_step_has_set_is_known_without_its_marker(
    step: AnyStep, markers: dict[str, str], ours: State
) -> None:
    context: Any = _Nowhere()
    past = _Past(step, "DONE", prepared(**markers), Result())
    assert _settled(past, context).ours == ours


def test_a_group_that_was_only_used_gets_its_access_back_and_is_not_deleted() -> None:
    step = CreateGroup(key="g", client=ref_of(CLIENT), name="IT", collections=ACCESS.collections)
    markers = {USED: str(GROUP), **states({str(SALES): "none"}, {str(SALES): "edit"})}
    context: Any = _Nowhere()
    past = _Past(step, "DONE", prepared(**markers), Result(id=GROUP, facts={USED: "group"}))
    settled = _settled(past, context)
    assert isinstance(settled.step, SetGroupAccess)
    assert (settled.step.group, settled.former, settled.acted) == (
        ref_of(GROUP), {str(SALES): "none"}, True,
    )  # fmt: skip
    # Found exactly as wanted: nothing was sent, so nothing goes back.
    idle = _settled(_Past(step, "DONE", None, Result(id=GROUP, facts={USED: "group"})), context)
    assert not idle.acted


@pytest.mark.parametrize("kind", [InviteMembers, InviteProviderMembers])
def test_only_those_a_run_has_invited_itself_are_its_own(kind: Any) -> None:
    more = {"client": ref_of(CLIENT)} if kind is InviteMembers else {}
    step = kind(key="i", emails=("a@example.com", "b@example.com"), **more)
    context: Any = _Nowhere()
    request = msgspec.structs.replace(prepared(), listed=("b@example.com",))
    assert _settled(_Past(step, "DONE", request, Result()), context).sent == ("b@example.com",)
    # A former version did not note whom; one that sent nothing has invited nobody.
    assert _settled(_Past(step, "DONE", prepared(), Result()), context).sent == step.emails
    assert _settled(_Past(step, "DONE", None, Result()), context).sent == ()
