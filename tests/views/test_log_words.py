"""Every entry of the local log has a sentence and an icon; what is not known yet is shown too."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from desktop.domain.shown import SafeText
from desktop.services import local_log
from desktop.views.log_words import LOGGED, log_look, log_sentence
from desktop.views.theme.icons import svg_text

FACTS = {
    "kind": ".html",
    "rows": "12",
    "records": "120",
    "link": "ab12" * 16,
    "run": "7",
    "keys": "9",
    "fingerprint": "aa11",
    "before": "bb22",
    "now": "cc33",
}


ENDS = ("interrupted", "failed", "uncertain", "cancelled", "done", "abandoned", "queued")


def constants(tree: ast.Module) -> dict[str, str]:
    """The named texts of a module."""
    return {
        node.target.id: node.value.value
        for node in tree.body
        if isinstance(node, ast.AnnAssign)
        and isinstance(node.target, ast.Name)
        and isinstance(node.value, ast.Constant)
        and isinstance(node.value.value, str)
    }


def noted() -> set[str]:
    """What the services note under a name that stands in the call itself, or in its module."""
    found = {f"run_{state}" for state in ENDS}
    for path in Path("desktop/services").glob("*.py"):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        named = constants(tree)
        for node in ast.walk(tree):
            if not isinstance(node, ast.Call) or not node.args:
                continue
            if not ast.unparse(node.func).endswith((".log", "._log", ".note", "._note")):
                continue
            for one in ast.walk(node.args[0]):
                if isinstance(one, ast.Constant) and isinstance(one.value, str):
                    found.add(one.value)
                elif isinstance(one, ast.Name) and one.id in named:
                    found.add(named[one.id])
    return found - {"run_"}


@pytest.mark.parametrize("what", sorted(LOGGED))
def test_an_entry_is_told(what: str) -> None:
    said = log_sentence(what, FACTS)
    assert isinstance(said, SafeText)
    assert "?" not in said
    assert "{" not in said
    icon, tone = log_look(what)
    assert "<svg" in svg_text(icon)
    assert tone in {"neutral", "warn", "bad"}


def test_everything_that_is_noted_has_its_sentence() -> None:
    tree = ast.parse(Path(str(local_log.__file__)).read_text(encoding="utf-8"))
    named = set(constants(tree).values())
    assert len(named) >= 8
    assert {"vault_accessed", "run_drafted", "step_skipped", "items_read_back"} <= noted()
    assert named | noted() == set(LOGGED)


def test_a_link_is_shortened_and_the_rest_of_the_facts_is_not() -> None:
    said = log_sentence("log_exported", FACTS)
    assert "ab12" * 4 in said
    assert "ab12" * 5 not in said
    assert "120" in said


def test_what_a_newer_version_noted_is_shown() -> None:
    said = log_sentence("of_tomorrow\u202e", {})
    assert "of_tomorrow\u2039U+202E\u203a" in said
    assert "<svg" in svg_text(log_look("of_tomorrow")[0])


def test_a_missing_fact_does_not_break_the_line() -> None:
    assert "?" in log_sentence("table_saved", {})
