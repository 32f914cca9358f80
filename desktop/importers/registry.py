"""All formats Claviger reads, and which one a file is, judged by its content alone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from desktop.domain.errors import BadFile
from desktop.domain.items import ImportPreview
from desktop.importers import bitwarden_csv, bitwarden_json, chrome, lastpass
from desktop.importers.formats import CANDIDATE, CONFIDENT, ReadOptions, SniffInput
from desktop.importers.source import Source
from desktop.importers.table import read_heading


@dataclass(frozen=True)
class Importer:
    """One format. `title` is a proper noun and stays untranslated; `suffixes` only hint."""

    key: str
    title: str
    suffixes: tuple[str, ...]
    sniff: Callable[[SniffInput], int]
    read: Callable[[bytes, ReadOptions], ImportPreview]


IMPORTERS: Final = (
    Importer(
        bitwarden_json.KEY,
        bitwarden_json.TITLE,
        (".json",),
        bitwarden_json.sniff,
        bitwarden_json.read,
    ),
    Importer(
        bitwarden_csv.KEY, bitwarden_csv.TITLE, (".csv",), bitwarden_csv.sniff, bitwarden_csv.read
    ),
    Importer(
        lastpass.KEY,
        lastpass.TITLE,
        (".csv", ".txt", ".html", ".htm"),
        lastpass.sniff,
        lastpass.read,
    ),
    Importer(chrome.KEY, chrome.TITLE, (".csv",), chrome.sniff, chrome.read),
)
BY_KEY: Final = {importer.key: importer for importer in IMPORTERS}
# For views: the name of each format by its key.
FORMATS: Final = {importer.key: importer.title for importer in IMPORTERS}

# Files people drop by mistake, known by their first bytes. The detail names what it is.
_REFUSED: Final = (
    (b"PK\x03\x04", "zip"),
    (b"PK\x05\x06", "zip"),
    (b"\x03\xd9\xa2\x9a", "kdbx"),
    (b"%PDF", "pdf"),
    (b"\xd0\xcf\x11\xe0", "xls"),
    (b"SQLite format 3\0", "sqlite"),
    (b"\x1f\x8b", "gzip"),
    (b"-----BEGIN PGP MESSAGE", "pgp"),
    (b"PWS3", "psafe3"),
)


@dataclass(frozen=True)
class Detection:
    """The best format, whether it is certain, and up to three candidates, best first."""

    key: str
    confident: bool
    candidates: tuple[str, ...]


def detect(data: bytes, name: str = "", encoding: str | None = None) -> Detection:
    """Raises BadFile: unsupported for known other kinds, not_recognised, and what Source raises."""
    for magic, kind in _REFUSED:
        if data.startswith(magic):
            raise BadFile("unsupported", detail=_zip_kind(data) if kind == "zip" else kind)
    head = _look(Source(data, encoding), name)
    scores = sorted(((importer.sniff(head), importer.key) for importer in IMPORTERS), reverse=True)
    candidates = tuple(key for score, key in scores if score >= CANDIDATE)[:3]
    if not candidates:
        raise BadFile("not_recognised")
    first, second = scores[0][0], scores[1][0]
    return Detection(candidates[0], first >= CONFIDENT and second < first, candidates)


def _look(source: Source, name: str) -> SniffInput:
    text = source.head()
    if text.lstrip("\ufeff \t\r\n")[:1] in ("{", "[", "<"):
        return SniffInput(name=name, text=text)
    return SniffInput(name=name, text=text, keys=read_heading(text).keys)


def _zip_kind(data: bytes) -> str:
    return "xlsx" if b"xl/workbook.xml" in data else "zip"


def read_file(
    data: bytes, name: str, *, key: str | None = None, options: ReadOptions | None = None
) -> ImportPreview:
    """Understand a whole file as `key`, or as what it is. Raises BadFile."""
    options = options or ReadOptions()
    found = detect(data, name, options.encoding) if key is None else Detection(key, True, (key,))
    if found.key not in BY_KEY:
        raise BadFile("not_recognised", detail="unknown format")
    preview = BY_KEY[found.key].read(data, options)
    return ImportPreview(
        format=found.key,
        confident=found.confident,
        candidates=found.candidates,
        file_name=name,
        file_bytes=len(data),
        rows=preview.rows,
    )
