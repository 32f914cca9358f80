"""Any text at all goes through storage, search and export, and comes back as it was (T77).

Half a character is no text for a server, a disk or a keyboard, and reaches none of them; what is
exported and searched may hold one all the same, from the name of a file.
"""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from pathlib import Path
from uuid import UUID

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop.api import answers
from desktop.cache.store import Store
from desktop.domain.enums import PlanType
from desktop.domain.errors import NotOurServer
from desktop.domain.shown import folded, shown, shown_lines
from desktop.plans.plan import Plan, decode_plan, encode_plan
from desktop.plans.steps import CreateClient, Say
from desktop.services.reports import SUFFIXES, render, table
from tests.cache.desk import Desk, later
from tests.services.test_reports import REPORT, words

ODD = ("\x00", "\u0301", "a\u0301" * 40, "\u202e", "x\x00y\r\n", "\ufeff", "\U000e0041", "=1", "")
WHOLE = st.text(st.characters(codec="utf-8"), max_size=80) | st.sampled_from(ODD)
ANY = st.text(st.characters(), max_size=80) | st.sampled_from((*ODD, "\ud800", "\udfff\ud800x"))
OFTEN = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    desk = Desk(tmp_path)
    return desk.open()


def listed(name: str) -> bytes:
    """A provider's list of one client, as a server writes it."""
    row = {
        "id": str(UUID(int=1)), "providerId": str(UUID(int=2)), "organizationId": str(UUID(int=3)),
        "organizationName": name,
    }  # fmt: skip
    return msgspec.json.encode({"object": "list", "data": [row], "continuationToken": None})


@OFTEN
@given(names=st.lists(WHOLE, min_size=2, max_size=4))
def test_t77_any_name_is_kept_and_its_former_ones_too(names: list[str], store: Store) -> None:
    for minute, name in enumerate(names, 1):
        store.snapshots.put("clients", "any", listed(name), later(minute))
        kept = store.snapshots.get("clients", "any")
        assert kept is not None
        (client,) = answers.kept_clients(kept.payload)
        assert client.organization_name == name


@OFTEN
@given(name=WHOLE)
def test_t77_any_name_is_planned_and_journaled(name: str) -> None:
    step = CreateClient(
        key="client",
        name=name,
        owner_email=name,
        plan=PlanType.TEAMS_MONTHLY,
        seats=1,
        default_collection=name,
    )
    plan = Plan(title=Say("plan.setup_new", {"client": name}), steps=(step,), client_name=name)
    assert decode_plan(encode_plan(plan)) == plan


@OFTEN
@given(text=ANY)
def test_t77_any_text_is_searched_sorted_and_shown(text: str) -> None:
    assert folded(shown(text)) is not None
    for made in (shown(text), shown_lines(text)):
        made.encode()
    assert sorted([text, "b", folded(text)]) is not None


@OFTEN
@given(text=ANY)
def test_t77_any_text_is_exported_as_one_cell(text: str) -> None:
    made = table([["a", text, "c"]]).decode("utf-8-sig")
    (row,) = csv.reader(io.StringIO(made, newline=""))
    as_file = text.encode("utf-8", "replace").decode()
    assert row[0] == "a"
    assert row[2] == "c"
    assert row[1].removeprefix("'") == as_file.removeprefix("'")


@OFTEN
@given(text=ANY)
def test_t77_any_text_is_reported(text: str) -> None:
    report = replace(REPORT, title=Say("plan.setup_new", {"client": text}))
    for kind in SUFFIXES:
        assert render(report, words, kind).decode("utf-8-sig")


@pytest.mark.parametrize("half", [b"\\ud800", b"\\udfff\\ud800", b"\xed\xa0\x80"])
def test_t77_half_a_character_of_a_server_is_refused_and_nothing_is_kept(half: bytes) -> None:
    with pytest.raises(NotOurServer):
        answers.provider_clients(listed("NAME").replace(b"NAME", half))
