"""Asks the practice server for every endpoint of `server_facts.toml`, over HTTPS.

A check listed under `known` must fail, all others must hold: a difference that is gone has to
leave the list.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.contract.calls import MAKERS, Ask, prepare
from tests.contract.facts import ABSENT, ENDPOINTS, RULES, Endpoint, missing_keys, without
from tests.contract.stage import Stage
from tests.contract.wire import new_id

ALLOWED = [(point, role) for point in ENDPOINTS for role in point.who]
REFUSED = [(point, role) for point in ENDPOINTS for role in point.refused]
REQUIRED = [(point, name) for point in ENDPOINTS for name in point.required]
asks: dict[str, Ask] = {}


def name_of(case: object) -> str:
    return case.name if isinstance(case, Endpoint) else str(case)


def send(stage: Stage, point: Endpoint, role: str, ask: Ask) -> httpx.Response:
    path = point.path.format(**ask.fill)
    token = stage.roles[role].token
    return stage.wire.send(point.method, path, ask.body, token=token, form=point.form)


def kept(stage: Stage, point: Endpoint) -> Ask:
    """One good request for all refusals of an endpoint: what is refused uses nothing up.

    Only an invitation is made anew: another test may have invited the same person since.
    """
    if point.name not in asks or point.name.endswith("-accept"):
        asks[point.name] = prepare(point.name, stage, stage.roles[point.who[0]])
    return asks[point.name]


def hold(point: Endpoint, failed: dict[str, str], tried: set[str]) -> None:
    """Fails unless exactly the known ones of the checks `tried` failed."""
    wrong = {check: why for check, why in failed.items() if check not in point.known}
    gone = (point.known & tried) - set(failed)
    assert not wrong, f"{point.name}: {wrong}"
    assert not gone, f"{point.name}: these differences are no more: {gone}"


def body_of(answer: httpx.Response) -> Any:
    return answer.json() if answer.content else None


@pytest.mark.parametrize(("point", "role"), ALLOWED, ids=name_of)
def test_allowed(stage: Stage, point: Endpoint, role: str) -> None:
    ask = prepare(point.name, stage, stage.roles[role])
    answer = send(stage, point, role, ask)
    status = f"role:{role}"
    if answer.status_code != point.status:
        why = f"{answer.status_code} instead of {point.status}: {answer.text[:300]}"
        hold(point, {status: why}, {status})
        return
    failed: dict[str, str] = {}
    if point.empty_body:
        if answer.content:
            failed["empty_body"] = answer.text[:100]
        hold(point, failed, {status, "empty_body"})
        return
    body = body_of(answer)
    if point.scalar is not None:
        assert type(body).__name__ == point.scalar
        return
    failed |= dict.fromkeys((f"key:{path}" for path in missing_keys(body, point.keys)), "missing")
    for path in point.absent:
        if not missing_keys(body, (path,)):
            failed[f"key:{path}"] = "there"
    if point.wrapper is not None and body.get("object") != point.wrapper:
        failed["object"] = f"{body.get('object')!r} instead of {point.wrapper!r}"
    if point.item_wrapper is not None:
        items = {element.get("object") for element in body["data"]}
        if items != {point.item_wrapper}:
            failed["item_object"] = f"{items} instead of {point.item_wrapper!r}"
    tried = {status, "object", "item_object"} | {f"key:{path}" for path in point.keys}
    hold(point, failed, tried)


@pytest.mark.parametrize(("point", "role"), REFUSED, ids=name_of)
def test_refused(stage: Stage, point: Endpoint, role: str) -> None:
    answer = send(stage, point, role, kept(stage, point))
    check = f"role:{role}"
    wanted = point.refused[role]
    why = f"{answer.status_code} instead of {wanted}: {answer.text[:200]}"
    hold(point, {} if answer.status_code == wanted else {check: why}, {check})


@pytest.mark.parametrize(("point", "name"), REQUIRED, ids=name_of)
def test_required(stage: Stage, point: Endpoint, name: str) -> None:
    ask = kept(stage, point)
    answer = send(stage, point, point.who[0], Ask(ask.fill, without(ask.body, name)))
    check = f"required:{name}"
    why = f"{answer.status_code}: {answer.text[:200]}"
    hold(point, {} if answer.is_client_error else {check: why}, {check})


@pytest.mark.parametrize("ask", [ask for _, ask in ABSENT])
def test_absent(stage: Stage, ask: str) -> None:
    """What is listed as not built is not there, rather than there and unwatched."""
    method, _, path = ask.partition(" ")
    path = path.format(provider=stage.provider, org=stage.client.org, nobody=new_id())
    answer = stage.admin.send(method, path, {})
    assert answer.status_code in {404, 405}
    assert not answer.content, answer.text[:100]


def test_every_endpoint_has_a_request() -> None:
    assert {point.name for point in ENDPOINTS} == set(MAKERS)


def test_every_difference_is_written_down() -> None:
    page = Path(__file__).with_name("DIFFERENCES.md").read_text("utf-8")
    listed = [point.name for point in ENDPOINTS if point.difference]
    listed += [rule.id for rule in RULES if rule.difference]
    assert all(what in " ".join(page.split()) for what, _ in ABSENT)
    assert all(f"`{name}`" in page for name in listed)
    assert all(bool(point.known) == bool(point.difference) for point in ENDPOINTS)
