"""Every key that a plan, a problem or an import row can carry has a sentence."""

from __future__ import annotations

import re
import string
from pathlib import Path

import pytest

from desktop.domain.enums import PolicyType
from desktop.domain.items import Verdict
from desktop.importers import reasons
from desktop.plans import problems
from desktop.plans.plan import Plan
from desktop.plans.registry import wording_keys
from desktop.plans.steps import AnyStep, Say
from desktop.views.wording import (
    PROBLEMS,
    REASONS,
    SAYINGS,
    policy_name,
    problem_text,
    say,
    verdict_name,
)
from tests.plans.every_step import EVERY


def test_every_saying_has_a_sentence() -> None:
    assert set(wording_keys()) - set(SAYINGS) == set()


def test_every_reason_has_a_sentence() -> None:
    assert reasons.ALL - set(REASONS) == set()


def test_every_problem_has_a_sentence() -> None:
    source = Path(problems.__file__).read_text("utf-8")
    keys = set(re.findall(r'Problem\(\s*"\w+",\s*"(\w+)"', source))
    assert len(keys) > 15
    assert keys - set(PROBLEMS) == set()


@pytest.mark.parametrize("key", sorted(SAYINGS))
def test_a_sentence_is_filled_whole(key: str) -> None:
    text = say(Say(key, dict.fromkeys(_FACTS, "7")))
    assert text
    assert text != key
    assert "{" not in text


@pytest.mark.parametrize("step", EVERY, ids=lambda step: type(step).__name__)
def test_each_step_is_said_with_its_own_facts(step: AnyStep) -> None:
    """Of a step type without wording, or with one that wants a fact the step does not have."""
    for what in (step.say, *Plan(title=Say("plan.undo"), steps=(step,)).irreversible):
        text = say(what)
        assert text != what.key
        assert "{" not in text


_FACTS = (
    "name",
    "seats",
    "plan",
    "email",
    "client",
    "collection",
    "group",
    "collections",
    "items",
    "rows",
    "number",
    "of",
    "policy",
    "enabled",
    "people",
    "emails",
    "role",
)


def test_t74_a_name_enters_a_sentence_isolated() -> None:
    text = say(Say("step.create_collection", {"collection": "a\u202eb"}))
    assert "\u202e" not in text
    assert "U+202E" in text


def test_an_unknown_policy_keeps_its_number() -> None:
    assert "99" in policy_name(PolicyType(99))


def test_unknown_keys_show_themselves_and_do_not_raise() -> None:
    assert problem_text("newer", {}) == "newer"


def test_verdicts_have_five_different_words() -> None:
    assert len({verdict_name(verdict) for verdict in Verdict}) == 5


def test_templates_name_only_facts_that_exist() -> None:
    for key, sentence in {**PROBLEMS, **REASONS}.items():
        text = sentence(dict.fromkeys(_FACT_NAMES, "7"))
        left = [field for _a, field, _b, _c in string.Formatter().parse(text) if field]
        assert not left, key


_FACT_NAMES = (
    *_FACTS,
    "length",
    "free",
    "row",
    "field",
    "needs",
    "parts",
    "count",
    "missing",
    "extra",
    "folder",
    "problem",
    "rights",
    "kind",
    "first",
)
