"""What the tests of this room share: reading samples and looking into previews."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import msgspec

from desktop.domain.items import ImportPreview, ImportRow, Item, Verdict
from desktop.importers.formats import ReadOptions
from desktop.importers.registry import read_file

SAMPLES = Path(__file__).parent / "samples"
LASTPASS = ("url", "username", "password", "totp", "extra", "name", "grouping", "fav")


def sample(name: str) -> bytes:
    return (SAMPLES / name).read_bytes()


def read_sample(name: str) -> ImportPreview:
    return read_file(sample(name), name)


def table(
    heading: Sequence[str], rows: Iterable[Sequence[str]], *, ends: str = "\n", delimiter: str = ","
) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text, quoting=csv.QUOTE_ALL, lineterminator=ends, delimiter=delimiter)
    writer.writerow(heading)
    writer.writerows(rows)
    return text.getvalue().encode()


def lastpass(*rows: Sequence[str], entities: bool | None = None) -> ImportPreview:
    options = ReadOptions(decode_entities=entities)
    return read_file(table(LASTPASS, rows), "lastpass.csv", key="lastpasscsv", options=options)


def login(**cells: str) -> list[str]:
    """A LastPass row; what is not given is plain."""
    plain = {"url": "https://example.com", "username": "anna", "password": "pw", "name": "Example"}
    return [{**plain, **cells}.get(key, "") for key in LASTPASS]


def keys(row: ImportRow) -> list[str]:
    return [reason.key for reason in row.reasons]


def items(preview: ImportPreview) -> list[Item]:
    return [item for row in preview.rows for item in row.items]


def verdicts(preview: ImportPreview) -> list[Verdict]:
    return [row.verdict for row in preview.rows]


def words(value: object) -> Iterator[str]:
    """Every string inside records, tuples and dicts."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, msgspec.Struct):
        yield from words(msgspec.structs.asdict(value))
    elif isinstance(value, dict):
        yield from words(tuple(value.values()))
        yield from words(tuple(value))
    elif isinstance(value, tuple | list):
        for part in value:
            yield from words(part)


def holds(row: ImportRow, text: str) -> bool:
    """Whether `text` is somewhere in the items of the row, be it over several notes."""
    found = list(words(row.items))
    notes = "".join(item.notes or "" for item in row.items)
    return text in notes or any(text in word for word in found)
