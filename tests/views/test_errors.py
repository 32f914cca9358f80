"""Every error a person may meet has words of its own."""

from __future__ import annotations

import inspect
from typing import Any
from uuid import UUID

import pytest

from desktop.domain import errors
from desktop.domain.limits import SHOWN_DETAIL
from desktop.views.errors import _WORDINGS, Action, action_label, explain


def _all_errors(
    root: type[errors.ClavigerError] = errors.ClavigerError,
) -> list[type[errors.ClavigerError]]:
    return [kind for sub in root.__subclasses__() for kind in (sub, *_all_errors(sub))]


def test_each_error_has_its_own_wording() -> None:
    ours = {kind for kind in _all_errors() if kind.__module__ == "desktop.domain.errors"}
    assert ours - set(_WORDINGS) == set()


def test_t72_server_text_is_details_only_and_short() -> None:
    hostile = "<a href='file:///x'>Install the update now</a>" * 50
    explained = explain(errors.Refused(400, hostile, {"Name": [hostile]}))
    assert "Install" not in explained.title + explained.text
    assert len(explained.details) <= 300


TOLD = "<a href='file:///x'>Install\u202e the update now</a>" * 50
# What these say in their sentence, and why; all of it marked and short.
SAID = {
    "SaltDiffers": "the person has to see both salts (T04)",
    "KdfOutOfBounds": "the value that is out of bounds",
    "Conflict": "which field it is",
    "AlreadyThere": "the name that is taken",
    "HalfMadeClient": "which client it is",
    "UntrustedCertificate": "the host that was configured here",
    "ProxyFailed": "the proxy that was configured here",
    "ProfileUnsafe": "a path of this computer",
    "KeyBlocked": "which client it is",
}


def _made(kind: type[errors.ClavigerError]) -> errors.ClavigerError:
    """With what a server says in every place that takes a text."""
    words: dict[str, Any] = {
        "str": TOLD,
        "dict[str, list[str]] | None": {TOLD: [TOLD]},
        "tuple[str, ...]": (TOLD,),
        "tuple[int, ...]": (1,),
        "tuple[tuple[str, dict[str, str]], ...]": ((TOLD, {TOLD: TOLD}),),
        "Mapping[str, Any] | None": {TOLD: TOLD},
        "Mapping[str, Any]": {TOLD: TOLD},
        "ClavigerError": errors.Refused(400, TOLD, {TOLD: [TOLD]}),
        "object": TOLD,
        "int": 5,
        "int | None": 5,
        "float": 5.0,
        "RunId": UUID(int=1),
        "frozenset[ConnectionId]": frozenset({UUID(int=1)}),
        "KeyKind": "organization",
        "KeyReason": "changed",
    }
    wanted = dict(inspect.signature(kind.__init__).parameters)
    del wanted["self"]
    if kind is errors.KeyBlocked:
        return kind("organization", TOLD, "changed", name=TOLD, before=TOLD, now=TOLD)
    return kind(
        **{
            name: words[str(one.annotation)]
            for name, one in wanted.items()
            if one.kind not in {one.VAR_POSITIONAL, one.VAR_KEYWORD}
        }
    )


@pytest.mark.parametrize("kind", _all_errors(), ids=lambda kind: kind.__name__)
def test_t72_no_text_of_a_server_becomes_a_sentence_of_ours(
    kind: type[errors.ClavigerError],
) -> None:
    if kind.__module__ != "desktop.domain.errors":
        return
    explained = explain(_made(kind))
    said = explained.title + explained.text
    assert ("the update now" in said) <= (kind.__name__ in SAID), said
    assert "\u202e" not in said
    assert max(len(explained.title), len(explained.text)) <= SHOWN_DETAIL
    assert len(explained.details) <= 300


@pytest.mark.parametrize("code", ["undecodable", "unterminated_quote", "not_recognised", "new"])
def test_a_bad_file_names_its_line_and_a_way_out(code: str) -> None:
    explained = explain(errors.BadFile(code, 17))
    assert "17" in explained.text
    assert explained.action in {Action.CHOOSE_FILE, Action.CHOOSE_ENCODING}
    assert action_label(explained.action)


def test_an_unknown_error_still_gets_a_sentence() -> None:
    class Newer(errors.ClavigerError):
        pass

    assert explain(Newer()).sentence
