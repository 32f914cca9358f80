"""Where the folders of a file go: to a collection that exists, or to a new one. Pure."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from desktop.domain.items import ImportPreview, Item

How = Literal["same", "similar", "new", "default"]


@dataclass(frozen=True)
class Placement:
    """One folder of the file and the collection path proposed for it.

    `folder` None stands for rows without a folder. `how`: "same" is an existing path letter for
    letter, "similar" an existing one that differs in case, form or outer blanks, "new" one that
    must be made (its parents too), "default" the chosen place of rows without a folder, whether
    it exists or not. `items` counts the items whose first place this is.
    """

    folder: str | None
    collection: str
    how: How
    items: int


def propose(preview: ImportPreview, existing: Sequence[str], default: str) -> tuple[Placement, ...]:
    """A placement per folder of the preview, in order of first sight, and for the loose rows."""
    counts: dict[str | None, int] = {}
    for item in _items(preview):
        counts[item.folder] = counts.get(item.folder, 0) + 1
        for extra in item.extra_folders:
            counts.setdefault(extra, 0)
    exact = frozenset(existing)
    similar: dict[str, str] = {}
    for path in existing:
        similar.setdefault(alike(path), path)
    # Two folders that only look alike, both new, stay two; one that exists is met by both.
    return tuple(
        _default(default, similar, exact, count)
        if folder is None
        else _place(folder, exact, similar, count)
        for folder, count in counts.items()
    )


def collections_of(item: Item, chosen: Mapping[str | None, str]) -> tuple[str, ...]:
    """The collection paths of one item under the choices made; at least one, each once."""
    folders: tuple[str | None, ...] = (item.folder, *item.extra_folders)
    return tuple(dict.fromkeys(chosen[folder] for folder in folders))


def missing(chosen: Iterable[str], existing: Iterable[str]) -> tuple[str, ...]:
    """The collection paths that must be made, parents before children; T46 makes them first."""
    have = set(existing)
    wanted: dict[str, None] = {}
    for path in chosen:
        parts = path.split("/")
        for depth in range(1, len(parts) + 1):
            part = "/".join(parts[:depth])
            if part not in have:
                wanted.setdefault(part)
    return tuple(wanted)


def alike(path: str) -> str:
    """A form in which paths that read the same are equal: NFC, no case, no outer blanks."""
    parts = (part.strip() for part in unicodedata.normalize("NFC", path).casefold().split("/"))
    return "/".join(parts)


def _place(folder: str, exact: frozenset[str], similar: Mapping[str, str], count: int) -> Placement:
    if folder in exact:
        return Placement(folder, folder, "same", count)
    near = similar.get(alike(folder))
    if near is not None:
        return Placement(folder, near, "similar", count)
    return Placement(folder, folder, "new", count)


def _default(
    default: str, similar: Mapping[str, str], exact: frozenset[str], count: int
) -> Placement:
    path = default if default in exact else similar.get(alike(default), default)
    return Placement(None, path, "default", count)


def _items(preview: ImportPreview) -> Iterable[Item]:
    return (item for row in preview.rows for item in row.items)
