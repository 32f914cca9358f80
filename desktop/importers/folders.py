"""Folder paths of foreign files in one form: parts separated by "/"."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from desktop.importers.draft import SLASH

_CONTROL: Final = re.compile(r"[\x00-\x1f\x7f-\x9f]")


@lru_cache(maxsize=4096)
def split_path(text: str, separator: str = "/") -> str | None:
    """The path with trimmed, non-empty parts; None when nothing is left of it.

    With another separator a "/" inside a part becomes a look-alike, so that it makes no level.
    Control characters, met in real exports, are removed.
    """
    parts = (_CONTROL.sub("", part).strip() for part in text.split(separator))
    if separator != "/":
        parts = (part.replace("/", SLASH) for part in parts)
    return "/".join(part for part in parts if part) or None
