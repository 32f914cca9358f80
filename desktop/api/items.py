"""A client's items, read one by one: of a 500 MB answer only names and places are kept (T27).

`GET /ciphers/organization-details` is `{"object":"list","data":[{...},...],...}`; every element is
parsed when its last byte is there and dropped but for four facts.
"""

from __future__ import annotations

import codecs
import json
import re
from datetime import datetime
from enum import Enum, auto
from typing import Any, NoReturn
from uuid import UUID

import msgspec

from desktop.domain.errors import NotOurServer
from desktop.domain.ids import CipherId, CollectionId
from desktop.domain.limits import JSON_INTEGER_DIGITS, MIB
from desktop.domain.records import CipherMini

# One element's longest text; four fields of the greatest length fit many times.
_ELEMENT_CHARS = 16 * MIB
_SPACE = re.compile(r"[ \t\r\n]*")


class _State(Enum):
    """What must come next."""

    START = auto()
    KEY = auto()
    COLON = auto()
    VALUE = auto()
    AFTER_VALUE = auto()
    COLON_OF_DATA = auto()
    DATA = auto()
    FIRST = auto()
    ELEMENT = auto()
    AFTER_ELEMENT = auto()
    END = auto()


_PUNCTUATION: dict[_State, dict[str, _State]] = {
    _State.START: {"{": _State.KEY},
    _State.COLON: {":": _State.VALUE},
    _State.AFTER_VALUE: {",": _State.KEY, "}": _State.END},
    _State.COLON_OF_DATA: {":": _State.DATA},
    _State.DATA: {"[": _State.FIRST},
    _State.AFTER_ELEMENT: {",": _State.ELEMENT, "]": _State.AFTER_VALUE},
    _State.END: {},
}
_MISSING = object()


class ItemReader:
    """Fed with pieces of the body; `finish` gives the items. Raises NotOurServer from both."""

    def __init__(self) -> None:
        self._items: list[CipherMini] = []
        self._collections: dict[str, CollectionId] = {}
        self._decoder = codecs.getincrementaldecoder("utf-8")("strict")
        self._json = json.JSONDecoder(parse_int=_integer, parse_constant=_refuse)
        self._text = ""
        self._at = 0
        self._wanted = 0
        self._state = _State.START
        self._has_data = False

    def feed(self, piece: bytes) -> None:
        try:
            more = self._decoder.decode(piece)
        except UnicodeDecodeError:
            _refuse()
        self._text = self._text[self._at :] + more
        self._at = 0
        # An element that did not end in N characters is tried again at 1.5 N: linear in all.
        if len(self._text) >= self._wanted:
            self._wanted = 0
            while self._step():
                pass

    def finish(self) -> tuple[CipherMini, ...]:
        """Only a complete list counts: a cut answer is never "fewer items" (T28)."""
        self.feed(b" ")
        self._wanted = 0
        while self._step():
            pass
        if not self._has_data:
            raise NotOurServer("shape")
        if self._state is not _State.END or self._text[self._at :].strip(" \t\r\n"):
            raise NotOurServer("truncated")
        return tuple(self._items)

    def _step(self) -> bool:
        """One token further; False when more text is needed."""
        match = _SPACE.match(self._text, self._at)
        self._at = match.end() if match else self._at
        if self._at >= len(self._text):
            return False
        char = self._text[self._at]
        ways = _PUNCTUATION.get(self._state)
        if self._state is _State.FIRST and char == "]":
            ways = _PUNCTUATION[_State.AFTER_ELEMENT]
        if ways is None:
            return self._read(self._value())
        if char not in ways:
            raise NotOurServer("shape")
        self._at += 1
        self._state = ways[char]
        return True

    def _read(self, value: Any) -> bool:
        if value is _MISSING:
            return False
        if self._state is _State.KEY:
            self._state = _State.COLON_OF_DATA if value == "data" else _State.COLON
            self._has_data = self._has_data or value == "data"
        elif self._state is _State.VALUE:
            self._state = _State.AFTER_VALUE
        else:
            self._items.append(self._mini(value))
            self._state = _State.AFTER_ELEMENT
        return True

    def _value(self) -> Any:
        """The value at hand, or `_MISSING` while its end has not come."""
        try:
            value, end = self._json.raw_decode(self._text, self._at)
        except RecursionError:
            raise NotOurServer("depth") from None
        except json.JSONDecodeError:
            size = len(self._text) - self._at
            if size > _ELEMENT_CHARS:
                raise NotOurServer("string") from None
            self._wanted = size + size // 2
            return _MISSING
        # A number may go on in the next piece; only what follows it tells.
        if end >= len(self._text):
            return _MISSING
        self._at = end
        return value

    def _mini(self, value: Any) -> CipherMini:
        if not isinstance(value, dict):
            raise NotOurServer("shape")
        name = value.get("name") or ""
        places = value.get("collectionIds") or ()
        if not isinstance(name, str) or not name.isascii() or not isinstance(places, list | tuple):
            raise NotOurServer("shape")
        try:
            return CipherMini(
                id=CipherId(_id(value["id"])),
                name=name,
                collection_ids=tuple(self._place(place) for place in places),
                deleted_date=msgspec.convert(value.get("deletedDate"), datetime | None),
            )
        except (KeyError, ValueError, AttributeError, TypeError, msgspec.ValidationError):
            raise NotOurServer("shape") from None

    def _place(self, text: str) -> CollectionId:
        """One object per collection however many items lie in it."""
        known = self._collections.get(text)
        if known is None:
            known = self._collections[text] = CollectionId(_id(text))
        return known


def _id(text: object) -> UUID:
    """Raises msgspec.ValidationError for what Python alone takes: braces, URNs, other digits."""
    return msgspec.convert(text, UUID)


def _integer(digits: str) -> int:
    if len(digits.lstrip("-")) > JSON_INTEGER_DIGITS:
        raise NotOurServer("number")
    return int(digits)


def _refuse(_name: str = "") -> NoReturn:
    raise NotOurServer("shape") from None
