"""No rule without a test, no test of a rule that is not written down."""

from __future__ import annotations

import ast
from pathlib import Path

from tests.contract.facts import RULES


def test_every_rule_has_a_test() -> None:
    tests = [
        node.name.removeprefix("test_rule_")
        for page in Path(__file__).parent.glob("test_rules_*.py")
        for node in ast.parse(page.read_text("utf-8")).body
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_rule_")
    ]
    assert sorted(tests) == sorted(rule.id for rule in RULES)
