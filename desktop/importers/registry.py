"""All formats Claviger reads, and which one a file is, judged by its content alone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from desktop.domain.errors import BadFile
from desktop.domain.items import ImportPreview
from desktop.importers import (
    bitwarden_csv,
    bitwarden_json,
    bundles,
    chrome,
    dashlane,
    firefox,
    hudu,
    itglue,
    keepassxc_csv,
    keeper_csv,
    keeper_json,
    lastpass,
    nordpass,
    onepassword_csv,
    onepux,
    passportal,
    roboform,
    safari,
    zoho,
)
from desktop.importers.archives import Archive, is_archive
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
    holds: Callable[[Archive], bool] = lambda _archive: False


def _never(_head: SniffInput) -> int:
    """An archive is known by its entries, never by text."""
    return 0


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
    Importer(onepux.KEY, onepux.TITLE, (".1pux", ".json"), onepux.sniff, onepux.read, onepux.holds),
    Importer(
        bundles.DASHLANE_ZIP,
        "Dashlane (ZIP)",
        (".zip",),
        _never,
        bundles.read_dashlane,
        bundles.holds_dashlane,
    ),
    Importer(
        bundles.BITWARDEN_ZIP,
        "Bitwarden (ZIP)",
        (".zip",),
        _never,
        bundles.read_bitwarden,
        bundles.holds_bitwarden,
    ),
    Importer(keeper_json.KEY, keeper_json.TITLE, (".json",), keeper_json.sniff, keeper_json.read),
    *(
        Importer(one.KEY, one.TITLE, (".csv",), one.sniff, one.read)
        for one in (
            itglue,
            hudu,
            keeper_csv,
            keepassxc_csv,
            onepassword_csv,
            passportal,
            dashlane,
            chrome,
            firefox,
            safari,
            roboform,
            nordpass,
            zoho,
        )
    ),
)
BY_KEY: Final = {importer.key: importer for importer in IMPORTERS}
# For views: the name of each format by its key.
FORMATS: Final = {importer.key: importer.title for importer in IMPORTERS}

# Files people drop by mistake, known by their first bytes. The detail names what it is.
_REFUSED: Final = (
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
    """Raises BadFile: unsupported for known other kinds, not_recognised, bad_archive, and what
    Source raises.
    """
    if is_archive(data):
        return _detect_archive(data, name, encoding)
    for magic, kind in _REFUSED:
        if data.startswith(magic):
            raise BadFile("unsupported", detail=kind)
    head = _look(Source(data, encoding), name)
    scores = sorted(((importer.sniff(head), importer.key) for importer in IMPORTERS), reverse=True)
    candidates = tuple(key for score, key in scores if score >= CANDIDATE)[:3]
    if not candidates:
        raise BadFile("not_recognised")
    first, second = scores[0][0], scores[1][0]
    return Detection(candidates[0], first >= CONFIDENT and second < first, candidates)


def _detect_archive(data: bytes, name: str, encoding: str | None) -> Detection:
    """By the names of the entries; one file in an archive is that file."""
    archive = Archive(data)
    if bundles.holds_workbook(archive):
        raise BadFile("unsupported", detail="xlsx")
    key = next((importer.key for importer in IMPORTERS if importer.holds(archive)), None)
    if key is not None:
        return Detection(key, True, (key,))
    inner = bundles.only_file(archive)
    if inner is None:
        raise BadFile("unsupported", detail="zip")
    return detect(inner, name, encoding)


def _unpacked(data: bytes) -> bytes:
    """The one file of an archive that is no format itself; anything else as it is."""
    if not is_archive(data):
        return data
    archive = Archive(data)
    if any(importer.holds(archive) for importer in IMPORTERS):
        return data
    return bundles.only_file(archive) or data


def _look(source: Source, name: str) -> SniffInput:
    text = source.head()
    if text.lstrip("\ufeff \t\r\n")[:1] in ("{", "[", "<"):
        return SniffInput(name=name, text=text)
    return SniffInput(name=name, text=text, keys=read_heading(text).keys)


def read_file(
    data: bytes, name: str, *, key: str | None = None, options: ReadOptions | None = None
) -> ImportPreview:
    """Understand a whole file as `key`, or as what it is. Raises BadFile."""
    options = options or ReadOptions()
    found = detect(data, name, options.encoding) if key is None else Detection(key, True, (key,))
    if found.key not in BY_KEY:
        raise BadFile("not_recognised", detail="unknown format")
    preview = BY_KEY[found.key].read(_unpacked(data), options)
    return ImportPreview(
        format=found.key,
        confident=found.confident,
        candidates=found.candidates,
        file_name=name,
        file_bytes=len(data),
        rows=preview.rows,
    )
