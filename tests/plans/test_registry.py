"""Every step type says what it is, how it is recognised and how it is undone."""

from __future__ import annotations

import re
from typing import Any, get_args

import pytest

from desktop.domain.allowance import PUBLISHED
from desktop.plans import steps
from desktop.plans.estimate import estimate_steps
from desktop.plans.plan import Plan
from desktop.plans.registry import IRREVERSIBLE_WORDINGS, STEP_TYPES, UNDO_WORDINGS, wording_keys
from desktop.plans.removed import removed_by
from desktop.plans.steps import (
    AnyStep,
    Budget,
    CreateCollection,
    Inverse,
    PlanStep,
    Recogniser,
    Ref,
    Say,
    VerifyImport,
)
from desktop.plans.undo import Undo, undo_plan
from desktop.services.handler import Handler
from desktop.services.handlers import HANDLERS
from tests.plans.every_step import EXAMPLES, present, settled

DECLARED = {"WORDING": str, "BUDGET": Budget, "RECOGNISER": Recogniser, "INVERSE": Inverse}
# What an undo plan has for each kind of inverse.
UNDONE_BY: dict[Inverse, str | None] = {
    Inverse.DELETE: "delete_",
    Inverse.REMOVE: "remove_",
    Inverse.CREATE: "create_",
    Inverse.PUT_BACK: "",
    Inverse.IRREVERSIBLE: None,
    Inverse.NOT_NEEDED: None,
}


def problems(kind: type[PlanStep]) -> list[str]:
    """What a step type lacks, in words; empty for a complete one."""
    found = [
        name
        for name, wanted in DECLARED.items()
        if not isinstance(getattr(kind, name, None), wanted)
    ]
    if "WORDING" not in found and kind.WORDING not in wording_keys():
        found.append("wording not registered")
    if kind.endpoint is PlanStep.endpoint:
        found.append("endpoint")
    if kind.facts is PlanStep.facts:
        found.append("facts")
    handler = HANDLERS.get(kind)
    if kind is VerifyImport:
        return found if handler is None else [*found, "it writes nothing"]
    found += [
        f"handler.{name}"
        for name in ("prepare", "recognise")
        if handler is None or getattr(type(handler), name) is getattr(Handler, name)
    ]
    is_read = getattr(kind, "INVERSE", None) in {Inverse.PUT_BACK, Inverse.DELETE, Inverse.REMOVE}
    if is_read and (handler is None or type(handler).present is Handler.present):
        found.append("handler.present")
    return found


@pytest.mark.parametrize("kind", STEP_TYPES)
def test_a_step_type_is_complete(kind: type[PlanStep]) -> None:
    assert problems(kind) == []


@pytest.mark.parametrize(
    "name", ["WORDING", "BUDGET", "RECOGNISER", "INVERSE", "endpoint", "handler.recognise"]
)
def test_each_thing_that_may_be_missing_is_missed(name: str) -> None:
    """The test above finds each gap: a type without it, and a whole one beside."""
    whole: dict[str, Any] = {
        "WORDING": "step.create_group",
        "BUDGET": Budget.WRITE,
        "RECOGNISER": Recogniser.NOTHING,
        "INVERSE": Inverse.IRREVERSIBLE,
        "endpoint": property(lambda _self: "POST groups"),
        "facts": property(lambda _self: {}),
    }
    methods: dict[str, Any] = {f"handler.{one}": one for one in ("prepare", "recognise")}

    def gaps(without: str) -> list[str]:
        kind: Any = type("NewStep", (PlanStep,), {k: v for k, v in whole.items() if k != without})
        own = {one: lambda _self: None for key, one in methods.items() if key != without}
        HANDLERS[kind] = type("HandleNew", (Handler,), own)()
        try:
            return problems(kind)
        finally:
            del HANDLERS[kind]

    assert gaps("") == []
    assert gaps(name) == [name]


def test_no_step_type_is_forgotten() -> None:
    defined = {
        one
        for one in vars(steps).values()
        if isinstance(one, type) and issubclass(one, PlanStep) and one is not PlanStep
    }
    assert set(STEP_TYPES) == defined == set(get_args(steps.AnyStep)) == set(EXAMPLES)
    assert len({kind.WORDING for kind in STEP_TYPES}) == len(STEP_TYPES)
    assert len(set(wording_keys())) == len(wording_keys())
    assert set(HANDLERS) == set(STEP_TYPES) - {VerifyImport}


@pytest.mark.parametrize("step", EXAMPLES.values(), ids=lambda step: type(step).__name__)
def test_a_step_counts_under_a_published_limit(step: AnyStep) -> None:
    verb, _, path = step.endpoint.partition(" ")
    assert step.BUDGET in PUBLISHED
    assert (verb == "GET") == (step.BUDGET is Budget.READ)
    assert verb in {"GET", "POST", "PUT", "DELETE"}
    assert re.fullmatch(r"[\w/?=.@#-]+", path), path
    assert ("invite" in path and "organizations" in path) == (step.BUDGET is Budget.INVITE)
    assert ("import" in path) == (step.BUDGET is Budget.IMPORT)
    cost = estimate_steps([step])
    assert cost.writes == (step.BUDGET is not Budget.READ)
    assert cost.requests == 1 + step.reads + len(step.shared)
    assert cost.seconds > 0
    assert all(isinstance(fact, str) for fact in step.facts.values())


@pytest.mark.parametrize("step", EXAMPLES.values(), ids=lambda step: type(step).__name__)
def test_what_undoes_a_step_is_what_it_declares(step: AnyStep) -> None:
    """A plan that takes it back, or the words for what stays; never nothing at all."""
    undo = undone(step)
    inverse = UNDONE_BY[step.INVERSE]
    if inverse is None:
        assert not undo.plan.steps
    else:
        (back,) = undo.plan.steps
        kind = str(type(back).__struct_config__.tag)
        assert kind.startswith(inverse or str(type(step).__struct_config__.tag))
    if step.INVERSE is Inverse.IRREVERSIBLE:
        assert undo.not_undone
        assert {say.key for say in Plan(title=Say("t"), steps=(step,)).irreversible}
    assert {one.reason.key for one in undo.not_undone} <= set(UNDO_WORDINGS)
    said = {say.key for say in Plan(title=Say("t"), steps=(step,)).irreversible}
    assert said <= set(IRREVERSIBLE_WORDINGS)


@pytest.mark.parametrize("step", EXAMPLES.values(), ids=lambda step: type(step).__name__)
def test_a_step_recognised_by_absence_says_what_it_removes(step: AnyStep) -> None:
    removed = removed_by(step)
    assert (removed is not None) == (step.RECOGNISER is Recogniser.ABSENCE)
    if removed is not None:
        assert removed.ids


def undone(step: AnyStep) -> Undo:
    return undo_plan([settled(step)], {step.key: present(step)}, title=Say("plan.setup_existing"))


def test_a_plan_refuses_doubles_and_needs_that_come_later() -> None:
    def step(key: str, *needs: str) -> CreateCollection:
        return CreateCollection(key=key, needs=needs, client=Ref("@client"), path=key)

    for wrong in ((step("a"), step("a")), (step("a", "b"), step("b"))):
        with pytest.raises(ValueError, match=r"a"):
            Plan(title=Say("t"), steps=wrong).check()
    Plan(title=Say("t"), steps=(step("a"), step("b", "a"))).check()
