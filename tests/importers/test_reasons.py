"""The list of reasons is whole: no key twice, none that no rule gives."""

from __future__ import annotations

import re
from pathlib import Path

from desktop.importers import reasons

ROOM = Path(reasons.__file__).parent


def test_every_reason_is_given_somewhere() -> None:
    code = "".join(path.read_text() for path in ROOM.glob("*.py") if path.name != "reasons.py")
    given = set(re.findall(r"reasons\.([A-Z_]+)", code))
    named = {name for name in vars(reasons) if name.isupper() and name != "ALL"}
    assert given == named


def test_keys_are_unique_and_plain() -> None:
    names = [name for name in vars(reasons) if name.isupper() and name != "ALL"]
    assert len(reasons.ALL) == len(names)
    assert all(re.fullmatch(r"[a-z_]+", key) for key in reasons.ALL)
