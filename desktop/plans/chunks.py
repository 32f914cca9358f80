"""Cuts a file's items into requests, by exact encrypted size, before anything is encrypted."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from desktop.domain.items import ImportPreview, Item
from desktop.domain.limits import (
    ENC_CARD_IDENTITY_MAX,
    ENC_FIELD_NAME_MAX,
    ENC_FIELD_VALUE_MAX,
    ENC_NAME_MAX,
    ENC_NOTES_MAX,
    ENC_PASSWORD_MAX,
    ENC_SSH_KEY_MAX,
    ENC_TOTP_MAX,
    ENC_URI_MAX,
    ENC_USERNAME_MAX,
    IMPORT_CHUNK_BYTES,
    IMPORT_CHUNK_ITEMS,
    IMPORT_COLLECTIONS_MAX,
    encrypted_length,
)

# JSON around the values: keys, quotes, commas, nulls, dates; measured 430 for a login, rounded up.
ITEM_OVERHEAD: Final = 700
PART_OVERHEAD: Final = 80
CHECKSUM_LENGTH: Final = encrypted_length(44)
COLLECTION_BYTES: Final = 1_200


@dataclass(frozen=True)
class TooLong:
    """A value whose encrypted form the server refuses: source row and name of the field."""

    row: int
    field: str


@dataclass(frozen=True)
class Chunk:
    """Positions in the file's sequence of items, with their source rows."""

    positions: tuple[int, ...]
    rows: tuple[int, ...]

    @property
    def count(self) -> int:
        return len(self.rows)


@dataclass(frozen=True)
class Measured:
    """A file's items with their sizes on the wire: the slow part of cutting, done once a file."""

    preview: ImportPreview
    items: tuple[tuple[int, Item], ...]
    sizes: tuple[int, ...]
    too_long: tuple[TooLong, ...]


def items_of(preview: ImportPreview) -> Iterator[tuple[int, Item]]:
    """(source row, item) for everything that will be sent, in file order."""
    for row in preview.rows:
        for item in row.items:
            yield row.number, item


def measure(preview: ImportPreview) -> Measured:
    """About 4 us an item."""
    items = tuple(items_of(preview))
    sizes: list[int] = []
    too_long: list[TooLong] = []
    for row, item in items:
        size = ITEM_OVERHEAD
        for name, limit, length in _lengths(item):
            if length > limit:
                too_long.append(TooLong(row, name))
            size += length + PART_OVERHEAD
        sizes.append(size)
    return Measured(preview, items, tuple(sizes), tuple(sorted(too_long, key=_row)))


def _row(problem: TooLong) -> int:
    return problem.row


def cut(
    file: ImportPreview | Measured,
    *,
    max_items: int = IMPORT_CHUNK_ITEMS,
    max_bytes: int = IMPORT_CHUNK_BYTES,
    place: Callable[[Item], int] | None = None,
) -> tuple[tuple[Chunk, ...], tuple[TooLong, ...]]:
    """The chunks, and every value that is too long (T50: all of them, not the first).

    Items of one `place` stay together, else the order is the file's: a chunk that needs few
    collections need not wait for the others to be made.
    """
    measured = file if isinstance(file, Measured) else measure(file)
    numbered = list(enumerate(measured.items))
    if place is not None:
        numbered.sort(key=lambda one: place(one[1][1]))
    chunks: list[Chunk] = []
    chosen: list[tuple[int, int]] = []
    folders: set[str] = set()
    size = 0
    for position, (row, item) in numbered:
        item_size = measured.sizes[position]
        own = _folders(item)
        new_folders = sum(folder not in folders for folder in own)
        grown = size + item_size + new_folders * COLLECTION_BYTES
        full = len(chosen) >= max_items or len(folders) + new_folders > IMPORT_COLLECTIONS_MAX
        if chosen and (full or grown > max_bytes):
            chunks.append(_chunk(chosen))
            chosen, folders = [], set()
            grown = item_size + len(set(own)) * COLLECTION_BYTES
        chosen.append((position, row))
        folders.update(own)
        size = grown
    if chosen:
        chunks.append(_chunk(chosen))
    return tuple(chunks), measured.too_long


def _chunk(chosen: Sequence[tuple[int, int]]) -> Chunk:
    return Chunk(tuple(position for position, _row in chosen), tuple(row for _at, row in chosen))


def _folders(item: Item) -> Sequence[str]:
    return (item.folder or "", *item.extra_folders)


def _lengths(item: Item) -> Iterator[tuple[str, int, int]]:
    """(field, limit, encrypted length) of every value of an item."""
    yield "name", ENC_NAME_MAX, _length(item.name)
    if item.notes is not None:
        yield "notes", ENC_NOTES_MAX, _length(item.notes)
    if item.username is not None:
        yield "username", ENC_USERNAME_MAX, _length(item.username)
    if item.password is not None:
        yield "password", ENC_PASSWORD_MAX, _length(item.password)
    if item.totp is not None:
        yield "totp", ENC_TOTP_MAX, _length(item.totp)
    for uri in item.uris:
        yield "uri", ENC_URI_MAX, _length(uri.uri)
        yield "uri", ENC_URI_MAX, CHECKSUM_LENGTH
    for field in item.fields:
        yield "field_name", ENC_FIELD_NAME_MAX, _length(field.name)
        if field.value is not None:
            yield "field_value", ENC_FIELD_VALUE_MAX, _length(field.value)
    for password, _date in item.password_history:
        yield "password_history", ENC_PASSWORD_MAX, _length(password)
    yield from _typed_lengths(item)


def _typed_lengths(item: Item) -> Iterator[tuple[str, int, int]]:
    for part in (item.card, item.identity):
        for name, value in (part or {}).items():
            if value is not None:
                yield name, ENC_CARD_IDENTITY_MAX, _length(value)
    for name, key_text in (item.ssh_key or {}).items():
        yield name, ENC_SSH_KEY_MAX, _length(key_text)


def _length(text: str) -> int:
    # isascii is a flag look-up; most values need no copy to be measured.
    plain = len(text) if text.isascii() else len(text.encode("utf-8", "surrogatepass"))
    return encrypted_length(plain)
