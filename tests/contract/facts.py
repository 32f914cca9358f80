"""Reads `server_facts.toml` and compares answers with it.

Shapes: an `Endpoint` per path and a `Rule` per behaviour; key paths are written `a.b` and
`a[].b` (every element of the list `a`, which must have at least one).
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

FACTS = Path(__file__).with_name("server_facts.toml")
ENDPOINT_KEYS = {
    "name", "method", "path", "form", "who", "refused", "required", "status", "object",
    "item_object", "keys", "absent", "scalar", "empty_body", "silent", "source", "difference",
    "known",
}  # fmt: skip
RULE_KEYS = {"id", "text", "source", "difference"}


@dataclass(frozen=True, kw_only=True)
class Endpoint:
    """One line of the contract; the fields are explained at the head of the file."""

    name: str
    method: str
    path: str
    who: tuple[str, ...]
    refused: Mapping[str, int]
    required: tuple[str, ...]
    status: int
    keys: tuple[str, ...]
    absent: tuple[str, ...]
    wrapper: str | None
    item_wrapper: str | None
    scalar: str | None
    form: bool
    empty_body: bool
    difference: str | None
    known: frozenset[str]


@dataclass(frozen=True, kw_only=True)
class Rule:
    """One behaviour with a test of its own, `test_rule_<id>`."""

    id: str
    text: str
    difference: str | None


def _load() -> tuple[tuple[Endpoint, ...], tuple[Rule, ...], tuple[tuple[str, str], ...]]:
    raw = tomllib.loads(FACTS.read_text("utf-8"))
    endpoints = []
    for entry in raw["endpoint"]:
        unknown = set(entry) - ENDPOINT_KEYS
        if unknown or not entry["source"]:
            raise ValueError(f"{entry['name']}: {unknown or 'no source'}")
        endpoints.append(
            Endpoint(
                name=entry["name"],
                method=entry["method"],
                path=entry["path"],
                who=tuple(entry["who"]),
                refused=entry.get("refused", {}),
                required=tuple(entry.get("required", ())),
                status=entry["status"],
                keys=tuple(entry.get("keys", ())),
                absent=tuple(entry.get("absent", ())),
                wrapper=entry.get("object"),
                item_wrapper=entry.get("item_object"),
                scalar=entry.get("scalar"),
                form=entry.get("form", False),
                empty_body=entry.get("empty_body", False),
                difference=entry.get("difference"),
                known=frozenset(entry.get("known", ())),
            )
        )
    rules = []
    for entry in raw["rule"]:
        unknown = set(entry) - RULE_KEYS
        if unknown or not entry["source"]:
            raise ValueError(f"{entry['id']}: {unknown or 'no source'}")
        rules.append(Rule(id=entry["id"], text=entry["text"], difference=entry.get("difference")))
    absent = [(entry["what"], ask) for entry in raw["absent"] for ask in entry["asks"]]
    return tuple(endpoints), tuple(rules), tuple(absent)


ENDPOINTS, RULES, ABSENT = _load()


def missing_keys(answer: object, paths: tuple[str, ...]) -> list[str]:
    """Those of `paths` that `answer` does not have (an empty list has no elements to look into)."""
    return [path for path in paths if not all(_has(answer, path.split(".")))]


def _has(value: object, steps: list[str]) -> Iterator[bool]:
    if not steps:
        yield True
        return
    step, rest = steps[0], steps[1:]
    name = step.removesuffix("[]")
    if not isinstance(value, dict) or name not in value:
        yield False
        return
    inner = value[name]
    if not step.endswith("[]"):
        yield from _has(inner, rest)
    elif not isinstance(inner, list) or not inner:
        yield False
    else:
        for element in inner:
            yield from _has(element, rest)


def without(body: dict[str, Any], path: str) -> dict[str, Any]:
    """A copy of `body` without the member at `path` (`a.b`; a number is a position in a list)."""
    head, _, rest = path.partition(".")
    copy: dict[str, Any] = dict(body)
    if not rest:
        del copy[head]
        return copy
    inner = copy[head]
    if isinstance(inner, list):
        position, _, tail = rest.partition(".")
        copy[head] = [
            without(element, tail) if index == int(position) else element
            for index, element in enumerate(inner)
        ]
    else:
        copy[head] = without(inner, rest)
    return copy
