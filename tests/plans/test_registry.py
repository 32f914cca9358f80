"""Every step type says what it is, how it is recognised and how it is undone."""

from __future__ import annotations

from typing import get_args

import pytest

from desktop.plans import steps
from desktop.plans.plan import Plan
from desktop.plans.registry import STEP_TYPES, wording_keys
from desktop.plans.steps import (
    Budget,
    CreateCollection,
    Inverse,
    PlanStep,
    Recogniser,
    Ref,
    Say,
    VerifyImport,
)
from desktop.services.handler import Handler
from desktop.services.handlers import HANDLERS


@pytest.mark.parametrize("kind", STEP_TYPES)
def test_a_step_type_is_complete(kind: type[PlanStep]) -> None:
    assert kind.WORDING.startswith("step.")
    assert isinstance(kind.BUDGET, Budget)
    assert isinstance(kind.RECOGNISER, Recogniser)
    assert isinstance(kind.INVERSE, Inverse)
    assert kind.endpoint is not PlanStep.endpoint
    assert kind.facts is not PlanStep.facts


def test_no_step_type_is_forgotten() -> None:
    defined = {
        one
        for one in vars(steps).values()
        if isinstance(one, type) and issubclass(one, PlanStep) and one is not PlanStep
    }
    assert set(STEP_TYPES) == defined == set(get_args(steps.AnyStep))
    assert len({kind.WORDING for kind in STEP_TYPES}) == len(STEP_TYPES)
    assert len(set(wording_keys())) == len(wording_keys())


def test_every_step_that_writes_has_a_handler_with_a_recogniser() -> None:
    assert set(HANDLERS) == set(STEP_TYPES) - {VerifyImport}
    for handler in HANDLERS.values():
        assert type(handler).recognise is not Handler.recognise
        assert type(handler).prepare is not Handler.prepare
        assert type(handler).settle is not Handler.settle


def test_a_plan_refuses_doubles_and_needs_that_come_later() -> None:
    def step(key: str, *needs: str) -> CreateCollection:
        return CreateCollection(key=key, needs=needs, client=Ref("@client"), path=key)

    for wrong in ((step("a"), step("a")), (step("a", "b"), step("b"))):
        with pytest.raises(ValueError, match=r"a"):
            Plan(title=Say("t"), steps=wrong).check()
    Plan(title=Say("t"), steps=(step("a"), step("b", "a"))).check()
