"""Clients that look alike, over several connections."""

from __future__ import annotations

from uuid import UUID

from desktop.domain.ids import OrganizationId
from desktop.domain.looks import KnownLooks

ACME, FAKE, OTHER = (OrganizationId(UUID(int=n)) for n in (1, 2, 3))


def test_t75_two_that_look_alike_are_both_told_whichever_connection_lists_them() -> None:
    looks = KnownLooks()
    looks.put("us", {ACME: "Acme", OTHER: "Bakkerij"})
    assert not looks.is_alike("us", ACME)
    looks.put("eu", {FAKE: "\N{CYRILLIC CAPITAL LETTER A}cme"})
    assert looks.is_alike("us", ACME)
    assert looks.is_alike("eu", FAKE)
    assert not looks.is_alike("us", OTHER)
    # Called otherwise, or locked: it is alike no more.
    looks.put("eu", {FAKE: "Brightwater"})
    assert not looks.is_alike("us", ACME)
    looks.put("eu", {FAKE: "acme"})
    assert looks.is_alike("us", ACME)
    looks.drop("eu")
    assert not looks.is_alike("us", ACME)
    assert not looks.is_alike("eu", FAKE)


def test_one_organization_that_two_connections_know_is_not_two() -> None:
    looks = KnownLooks()
    looks.put("us", {ACME: "Acme"})
    looks.put("desk", {ACME: "Acme"})
    assert not looks.is_alike("us", ACME)
    looks.drop("us")
    assert not looks.is_alike("desk", ACME)
    looks.put("us", {ACME: "Acme", FAKE: "ACME"})
    assert looks.is_alike("desk", ACME)
