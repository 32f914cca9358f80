"""Every error a person may meet has words of its own."""

from __future__ import annotations

import pytest

from desktop.domain import errors
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
