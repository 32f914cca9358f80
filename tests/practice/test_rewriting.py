"""Answers that lie on request: one field, one way."""

from __future__ import annotations

import json
from typing import Any

import pytest

from desktop.practice.rewriting import Edit, rewritten
from tests.practice.wire import Desk
from tests.practice_process import PracticeHandle

SEALED = "2.aXY=|ZGF0YQ==|bWFj"


def changed(answer: Any, *edits: Edit) -> Any:
    return json.loads(rewritten(json.dumps(answer).encode(), list(edits)))


@pytest.mark.parametrize(
    ("edit", "wanted"),
    [
        (Edit("a.B.c", value=2), {"A": {"b": {"c": 2}}}),
        (Edit("a.b.new", value=[1]), {"A": {"b": {"c": 1, "new": [1]}}}),
        (Edit("a.b.c", "remove"), {"A": {"b": {}}}),
        (Edit("a.*.c", value=None), {"A": {"b": {"c": None}}}),
        (Edit("a.x.c", value=2), {"A": {"b": {"c": 1}}}),
        (Edit("a.b.c.d", value=2), {"A": {"b": {"c": 1}}}),
    ],
    ids=str,
)
def test_a_path_leads_to_a_field(edit: Edit, wanted: object) -> None:
    assert changed({"A": {"b": {"c": 1}}}, edit) == wanted


@pytest.mark.parametrize(
    ("how", "wanted"),
    [
        ("reverse", [3, 2, 1]), ("repeat", [1, 1, 2, 3]), ("drop", [2, 3]), ("add", [1, 2, 3, 4]),
    ],
)  # fmt: skip
def test_lists_lose_and_gain(how: str, wanted: object) -> None:
    assert changed({"data": [1, 2, 3]}, Edit("data", how, 4))["data"] == wanted
    assert changed({"data": "text"}, Edit("data", how, 4)) in ({"data": "text"},)


def test_elements_go_by_place() -> None:
    assert changed({"data": [1, 2, 3]}, Edit("data.1", "remove")) == {"data": [1, 3]}
    assert changed({"data": [1, 2, 3]}, Edit("data.*", "remove")) == {"data": []}


@pytest.mark.parametrize(
    ("kind", "wanted"),
    [
        ("0", "0.aXY=|ZGF0YQ=="), ("1", "1.aXY=|ZGF0YQ==|bWFj"), ("3", "3.ZGF0YQ=="),
        ("6", "6.ZGF0YQ==|bWFj"), ("9", "9.aXY=|ZGF0YQ==|bWFj"), ("", "aXY=|ZGF0YQ==|bWFj"),
    ],
)  # fmt: skip
def test_an_encstring_is_dressed_as_another_type(kind: str, wanted: str) -> None:
    assert changed({"key": SEALED}, Edit("key", "type", kind))["key"] == wanted
    assert changed({"key": None}, Edit("key", "type", kind))["key"] is None


def test_one_bit_flips_in_the_last_part() -> None:
    assert changed([SEALED, "4.ZGF0YQ==", "plain"], Edit("*", "flip")) == [
        "2.aXY=|ZGF0YQ==|bWFi", "4.ZGF0YA==", "plain",
    ]  # fmt: skip


def test_what_is_no_json_stays() -> None:
    assert rewritten(b"<html>", [Edit("a", value=1)]) == b"<html>"
    for bad in (("a", "explode"), ("", "set")):
        with pytest.raises(ValueError, match="unknown edit"):
            Edit(*bad)


def test_a_rule_rewrites_what_the_server_says(server: PracticeHandle, admin: Desk) -> None:
    lie = {"path": "name", "value": "Mallory"}
    rule = {"path": "/api/accounts/profile", "do": "rewrite", "when": "after", "edits": [lie]}
    server.script({**rule, "headers": {"x-lie": "1"}})
    answer = admin.ask("GET", "/accounts/profile")
    assert (answer.json()["name"], answer.headers["x-lie"]) == ("Mallory", "1")
    assert admin.get("/accounts/profile")["name"] != "Mallory"
    assert (
        server.http.post("/practice/script", json=[{**rule, "when": "before"}]).status_code == 400
    )
