"""Every change has a sentence, an icon and values in words, whatever a server put into it."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import UUID

import pytest

from desktop.domain.ids import OrganizationId
from desktop.domain.shown import SafeText
from desktop.plans.steps import Say
from desktop.services.changes import CHANGE_KINDS, CHANGE_WORDINGS, Change
from desktop.views.change_words import (
    CHANGES,
    change_look,
    change_sentence,
    change_values,
    kind_name,
)
from desktop.views.theme.icons import svg_text

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
PLAIN = {
    "client": "Bakkerij",
    "person": "kim@client.example",
    "role": "2",
    "status": "0",
    "seats": "25",
    "plan": "Teams (Monthly)",
    "group": "Sales",
    "collection": "IT/Servers",
    "policy": "1",
    "option": "minLength",
    "before": "1",
    "after": "2",
}
# What a server may send where a number, a choice or a name is expected.
STRANGE = (
    "",
    "-",
    "--5",
    "9" * 30,
    "9" * 5_000,
    "-2147483649",
    "1e400",
    "١٢",
    "{before}",
    "%n",
    "null",
    '{"a": [1]}',
    "<b>R&D</b>",
    "\u202egnp.exe\u2066\n",
    "\ud800",
)


def change(key: str, **facts: str) -> Change:
    return Change(
        at=NOON,
        client=OrganizationId(UUID(int=7)),
        client_name=facts.get("client", "Bakkerij"),
        kind="members",
        what=Say(key, facts),
        before=facts.get("before"),
        after=facts.get("after"),
    )


def plain(text: str) -> str:
    return text.replace("\u2068", "").replace("\u2069", "")


def test_every_kind_of_change_is_worded_and_no_other() -> None:
    assert set(CHANGES) == set(CHANGE_WORDINGS)
    names = [kind_name(kind) for kind in CHANGE_KINDS]
    assert len(set(names)) == len(names)
    assert not set(names) & set(CHANGE_KINDS)


@pytest.mark.parametrize("key", CHANGE_WORDINGS)
def test_a_change_says_all_it_knows(key: str) -> None:
    one = change(key, **PLAIN)
    said = change_sentence(one)
    assert isinstance(said, SafeText)
    assert "?" not in said
    assert "{" not in said
    assert key not in said
    icon, tone = change_look(one)
    assert "<svg" in svg_text(icon)
    assert tone in {"neutral", "warn", "bad"}


@pytest.mark.parametrize("strange", STRANGE)
@pytest.mark.parametrize("key", CHANGE_WORDINGS)
def test_t30_t76_no_value_of_a_server_breaks_a_line(key: str, strange: str) -> None:
    """One client with odd data must not take the list of all clients away."""
    facts = dict.fromkeys(PLAIN, strange) | {"option": "uriMatchDetection"}
    for option in ("uriMatchDetection", "minLength", strange):
        one = change(key, **(facts | {"option": option}))
        said = change_sentence(one)
        change_values(one)
        assert "\n" not in said
        assert "\u202e" not in said
        assert len(said) < 2_000


def test_t74_a_name_cannot_leave_its_place_in_the_sentence() -> None:
    said = change_sentence(change("change.member_gone", person="kim\u2069\u202e is fine"))
    marks = "\u2039U+2069\u203a\u2039U+202E\u203a"
    assert said == f"\u2068kim{marks} is fine\u2069 is no longer a member"


def test_values_are_told_in_words() -> None:
    def values(key: str, before: str, after: str, **facts: str) -> tuple[str, str]:
        return change_values(change(key, before=before, after=after, **facts))

    assert values("change.member_role", "2", "0") == ("User", "Owner")
    assert values("change.member_status", "1", "2") == ("needs confirmation", "confirmed")
    assert values("change.client_seats", "", "310") == ("unlimited", "310")
    assert values("change.client_plan", "Teams (Monthly)", "Enterprise (Monthly)") == (
        "Teams",
        "Enterprise",
    )
    assert values("change.group_access", "none", "manage") == ("No access", "Manage collection")
    option = "change.policy_option"
    assert values(option, "", "14", option="minLength") == ("not set", "14")
    assert values(option, "false", "true", option="requireUpper") == ("no", "yes")
    assert values(option, "0", "3", option="uriMatchDetection") == ("Base domain", "Exact")
    assert change_values(change("change.group_added", group="Sales")) == ("", "")


def test_a_sentence_names_policies_and_options() -> None:
    said = change_sentence(
        change("change.policy_option", policy="1", option="minLength", before="8", after="14")
    )
    assert plain(said) == "Policy “Master password requirements”, Minimum length: 8 → 14"
    added = change("change.client_added", client="Bakkerij", plan="Teams (Monthly)", seats="250")
    assert plain(change_sentence(added)) == "Bakkerij was added: Teams, seats: 250"


def test_lost_access_is_red() -> None:
    assert change_look(change("change.member_status", before="2", after="-1"))[1] == "bad"
    assert change_look(change("change.member_status", before="1", after="2"))[1] == "neutral"
    assert change_look(change("change.client_gone", client="Bakkerij"))[1] == "bad"
    assert change_look(change("change.policy_off", policy="1"))[1] == "warn"


def test_a_key_of_a_newer_version_stands_for_itself() -> None:
    one = change("change.of_tomorrow", before="1", after="2")
    assert change_sentence(one) == "change.of_tomorrow"
    assert "<svg" in svg_text(change_look(one)[0])
