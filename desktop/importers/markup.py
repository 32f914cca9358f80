"""Notes written as HTML, as text: only where nothing but the look of it is lost."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import Final

from desktop.domain.items import Verdict
from desktop.importers import reasons
from desktop.importers.draft import Draft

_TAG: Final = re.compile(r"</?[a-zA-Z][^<>]*>")
_ENTITY: Final = re.compile(r"&(?:[a-zA-Z]{2,8}|#\d{2,6}|#[xX][0-9a-fA-F]{2,5});")
_PLAIN: Final = frozenset({"b", "i", "u", "em", "strong", "span", "font", "code", "small", "body"})
_BREAKS: Final = frozenset({"p", "div", "pre", "ul", "ol", "h1", "h2", "h3", "h4", "h5", "h6"})
_LINES: Final = re.compile(r"\n{3,}")
# Attributes that only say how something looks.
_LOOKS: Final = frozenset(
    {"style", "class", "dir", "align", "color", "face", "size", "target", "rel"}
)


class _Unknown(Exception):
    """Something that text cannot say."""


class _Text(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self._link = ""
        self._linked = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "a":
            self._link = dict(attrs).get("href") or ""
            self._linked = len(self.parts)
            attrs = [one for one in attrs if one[0] != "href"]
        if any(name not in _LOOKS for name, _value in attrs):
            raise _Unknown
        if tag == "br":
            self.parts.append("\n")
        elif tag == "li":
            self.parts.append("\n- ")
        elif tag in _BREAKS:
            self._begin_line()
        elif tag not in _PLAIN and tag != "a":
            raise _Unknown

    def handle_endtag(self, tag: str) -> None:
        if tag == "a":
            shown = "".join(self.parts[self._linked :]).strip()
            if self._link and self._link.removeprefix("mailto:") != shown:
                self.parts.append(f" ({self._link})")
            self._link = ""
        elif tag in _BREAKS:
            self.parts.append("\n")

    def handle_data(self, data: str) -> None:
        self.parts.append(data)

    def handle_comment(self, data: str) -> None:
        raise _Unknown

    def handle_decl(self, decl: str) -> None:
        raise _Unknown

    def unknown_decl(self, data: str) -> None:
        raise _Unknown

    def handle_pi(self, data: str) -> None:
        raise _Unknown

    def _begin_line(self) -> None:
        if self.parts and not self.parts[-1].endswith("\n"):
            self.parts.append("\n")


def put_notes(draft: Draft, text: str) -> None:
    """The notes of a row that may be HTML: as text, or as they are where text would say less."""
    draft.notes = text
    if _TAG.search(text) is None:
        if _ENTITY.search(text) is not None and "<" not in text:
            draft.flag(Verdict.OK, reasons.ENTITIES_KEPT, count=1)
        return
    reader = _Text()
    try:
        reader.feed(text)
        reader.close()
    except _Unknown:
        draft.flag(Verdict.OK, reasons.MARKUP_KEPT)
        return
    plain = _LINES.sub("\n\n", "".join(reader.parts).replace("\u00a0", " ")).strip()
    draft.notes = plain
    draft.flag(Verdict.FIXED, reasons.MARKUP_TO_TEXT)
