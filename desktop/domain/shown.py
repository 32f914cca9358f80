"""How text that others wrote is shown: hidden characters become visible marks, length has a limit.

The stored text never changes; only what a person or a screen reader gets is marked. Follows
Unicode Technical Report 36 (security considerations) and the list of the threat page, T74 to T77.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from desktop.domain import limits

# C0, DEL, C1, soft hyphen, invisible fillers, zero width, bidi controls, separators, invisible
# operators, byte order mark, interlinear marks, lone surrogates, tags and non-characters.
_HIDDEN: Final = re.compile(
    "[\x00-\x1f\x7f-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f"
    "\u2028-\u202e\u2060-\u206f\u2800\u3164\ufeff\uffa0\ufff9-\ufffb\ufffe\uffff\ud800-\udfff"
    "\U000e0000-\U000e0fff]"
)
_COMBINING_RUN_MAX: Final = 4
_ISOLATE: Final = "\u2068"
_POP_ISOLATE: Final = "\u2069"
_DOTTED_CIRCLE: Final = "\u25cc"


class SafeText(str):
    """Text that went through here already and may hold our own isolates; it is not marked again."""

    __slots__ = ()


def _mark(match: re.Match[str]) -> str:
    return f"\u2039U+{ord(match.group()):04X}\u203a"


def _tame_combining(text: str) -> str:
    """A mark without a letter gets a dotted circle; towers of marks end after four."""
    kept: list[str] = []
    run = 0
    for position, character in enumerate(text):
        if unicodedata.category(character) in {"Mn", "Me"}:
            run += 1
            if position == 0 or text[position - 1] == " ":
                kept.append(_DOTTED_CIRCLE)
            if run > _COMBINING_RUN_MAX:
                continue
        else:
            run = 0
        kept.append(character)
    return "".join(kept)


def shown(text: str, limit: int = limits.SHOWN_LINE) -> str:
    """One line of at most `limit` characters; a hidden one shows as `\u2039U+202E\u203a`."""
    if isinstance(text, SafeText) or (len(text) <= limit and text.isascii() and text.isprintable()):
        return text
    cut = text[: limit + 1]  # never look at a text of two million characters
    marked = _HIDDEN.sub(_mark, cut)
    if not marked.isascii():
        marked = _tame_combining(marked)
    if len(text) > limit or len(marked) > limit:
        marked = marked[: limit - 1] + "\u2026"
    return marked


def shown_lines(text: str, limit: int = limits.SHOWN_DETAIL, lines: int = 12) -> str:
    """Like `shown` for a longer text: line breaks stay, at most `lines` of them."""
    if isinstance(text, SafeText):
        return text
    parts = text[: limit + 1].replace("\r\n", "\n").split("\n")
    rows = [shown(part, limit) for part in parts[:lines]]
    joined = "\n".join(rows)
    if len(parts) > lines or len(text) > limit or len(joined) > limit:
        joined = joined[: limit - 1] + "\u2026"
    return joined


def without_hidden(text: str) -> str:
    """Without what nobody sees; for comparing, never for showing."""
    return _HIDDEN.sub("", text)


def isolated(text: str, limit: int = limits.SHOWN_LINE) -> str:
    """A name made safe to stand inside a sentence: shown, between first-strong isolates."""
    return f"{_ISOLATE}{shown(text, limit)}{_POP_ISOLATE}"


def folded(text: str) -> str:
    """Search form: no case and no accents, so that `cooper` finds `Co\u00f6peratie`.

    Of a text of millions of characters only what somebody could have read.
    """
    text = text[: limits.SEARCHED]
    if text.isascii():
        return text.lower()
    plain = unicodedata.normalize("NFKD", text)
    return "".join(c for c in plain if not unicodedata.combining(c)).casefold()
