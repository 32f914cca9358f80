"""Every visible text against its widget, on every screen, in English, Dutch and a longer language.

The walk is in `survey`, the measuring in `measure`. `CLAVIGER_GUI_PICTURES=folder` keeps a picture
of every stop, to look at.
"""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from desktop.views import reasons, wording
from tests.gui.findings import Findings
from tests.gui.languages import MARK

SLOW = pytest.mark.slow
LOOKS = (
    "en",
    "nl",
    "pseudo",
    "pseudo 2x",
    # Shorter than the one before, at the same size.
    pytest.param("en 2x", marks=SLOW),
    pytest.param("nl 2x", marks=SLOW),
)

# The same word in both languages, names of products and languages, and what a keyboard says.
PROPER = {
    "Claviger", "Enterprise", "Teams", "English", "Nederlands", "Code", "Server", "Provider",
    "Import", "Later", "Ctrl F", "https://", "bitwarden.com", "bitwarden.eu",
    "claviger verify-log FILE", "user.", "Details",
    "Single sign-on", "E-mail", "YubiKey", "Duo", "Passkey",
    "anna@example.com, user, Sales\nben@example.com, admin, Sales; Finance",
}  # fmt: skip
# What people, files and the practice server brought along.
DATA = re.compile(
    r".*(@|\.example|127\.0\.0\.1|\.csv|Havenlicht|Client's Organization|Bakkerij|Beheer).*"
    r"|(Alice|Billy|Dina|Olga|Peter) \w+|Router|Bank|Banks|Server|Servers|Coffee machine"
    r"|anna|ben|cora|dirk|Office( ?/ ?Banks)?|IT|IT / Servers|Finance|Management|Marketing|Support"
    r"|Default collection|[a-z]+(-\n?[a-z]+){4}|A name that is longer than fifty characters.*"
    # A certificate's fingerprint, and what a server said of an account it turned away.
    r"|([0-9A-F]{2}\s){31}[0-9A-F]{2}|User account is locked\."
    # Times of day, and days within the last week, as the system's language writes them.
    r"|(\w{2,3}\.?\s\d{1,2}\s\w{3,5}\.?\s)?\d{1,2}:\d\d(\s[AP]M)?",
    re.DOTALL,
)
_LEFT_OVER = re.compile(r"\{\w+\}|%L?n\b|\(s\)")
_WORD = re.compile(r"[^\W\d_]{2}")


def is_data(text: str, stop: str = "") -> bool:
    """Whether a text came from others. Words of a phrase stand alone in their tiles."""
    return bool(DATA.fullmatch(text)) or (stop == "confirm" and text.isalpha() and text.islower())


@pytest.mark.parametrize("look", LOOKS)
def test_every_text_fits_or_says_its_rest(look: str, findings: Callable[[str], Findings]) -> None:
    assert findings(look).cut == []


@pytest.mark.parametrize("look", ["en", "nl"])
def test_our_own_words_are_never_cut(look: str, findings: Callable[[str], Findings]) -> None:
    """A tooltip helps with names of any length; what we write ourselves has its room.

    The reasons of an import are sentences in a narrow place.
    """
    verdicts = re.compile(r".*(HTML|[Aa]uthenticator).*")
    cut = {t for t in findings(look).elided if not verdicts.match(t)}
    assert sorted(text for text in cut if not is_data(text)) == []


def test_no_text_is_its_own_key(findings: Callable[[str], Findings]) -> None:
    keys = {*wording.SAYINGS, *wording.PROBLEMS, *wording.REASONS, *reasons.REASONS}
    keys |= {"DONE", "FAILED", "PLANNED", "SKIPPED", "UNKNOWN", "view_hidden", "edit_hidden"}
    for look in ("en", "nl"):
        for stop, texts in findings(look).texts.items():
            assert not texts & keys, f"{look}, {stop}"
            assert not [t for t in texts if re.search(r"\{\w+\}|%L?n\b|\(s\)", t)], (
                f"{look}, {stop}"
            )


def test_dutch_says_it_in_dutch(findings: Callable[[str], Findings]) -> None:
    english, dutch = findings("en").texts, findings("nl").texts
    assert english.keys() == dutch.keys()
    same = {
        f"{stop}: {text}"
        for stop in english
        for text in english[stop] & dutch[stop]
        if _WORD.search(text) and text not in PROPER and not is_data(text, stop)
    }
    assert sorted(same) == []


def test_every_word_of_ours_goes_through_the_translator(
    findings: Callable[[str], Findings],
) -> None:
    missed = {
        f"{stop}: {text}"
        for stop, texts in findings("pseudo").texts.items()
        for text in texts
        if MARK not in text
        and _WORD.search(text)
        and text not in PROPER
        and not is_data(text, stop)
    }
    assert sorted(missed) == []
