"""Archives made to hurt: refused with a typed error, and nothing is written (T61)."""

from __future__ import annotations

import contextlib
import os
import struct
import tempfile
import zipfile
import zlib
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.domain.errors import BadFile
from desktop.domain.limits import IMPORT_ARCHIVE_ENTRIES, MIB
from desktop.importers import archives
from desktop.importers.archives import Archive
from desktop.importers.registry import read_file
from tests.importers.reading import sample

STORED, DEFLATED, LZMA, ODD = 0, 8, 14, 99
LINK = 0o120777 << 16
CSV = b"name,url,username,password\nA,https://a.example,u,p\n"


class Entry(NamedTuple):
    """One entry as it is told twice: before its data, and in the list at the end.

    None: the truth. `at` is the offset that the list gives.
    """

    name: str
    data: bytes = CSV
    method: int = DEFLATED
    flags: int = 0
    attributes: int = 0
    size: int | None = None
    packed_size: int | None = None
    crc: int | None = None
    local_name: str | None = None
    raw: bytes | None = None
    at: int | None = None


def crafted(entries: Sequence[Entry], *, count: int | None = None, before: bytes = b"") -> bytes:
    body, listed = bytearray(before), bytearray()
    for one in entries:
        at = len(body) if one.at is None else one.at
        packed = _packed(one)
        numbers = (
            zlib.crc32(one.data) if one.crc is None else one.crc,
            len(packed) if one.packed_size is None else one.packed_size,
            len(one.data) if one.size is None else one.size,
        )
        name = one.name.encode()
        local = name if one.local_name is None else one.local_name.encode()
        common = (20, one.flags | 0x800, one.method, 0, 0x21, *numbers)
        body += struct.pack("<4s5H3I2H", b"PK\x03\x04", *common, len(local), 0) + local + packed
        more = (len(name), 0, 0, 0, 0, one.attributes, at)
        listed += struct.pack("<4s6H3I5H2I", b"PK\x01\x02", 0x0314, *common, *more) + name
    number = min(len(entries) if count is None else count, 0xFFFF)
    sizes = (len(listed), len(body))
    end = struct.pack("<4s4H2IH", b"PK\x05\x06", 0, 0, number, number, *sizes, 0)
    return bytes(body + listed) + end


def _packed(one: Entry) -> bytes:
    if one.raw is not None:
        return one.raw
    if one.method != DEFLATED:
        return one.data
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    return packer.compress(one.data) + packer.flush()


GOOD = crafted([Entry("a.csv")])
MANY = [Entry(f"{n}.bin", b"", STORED) for n in range(IMPORT_ARCHIVE_ENTRIES - 1)]
ONE_PUX = [Entry("export.attributes", b"{}"), Entry("export.data", b'{"accounts":[]}')]


class Hostile(NamedTuple):
    name: str
    data: bytes | Callable[[], bytes]
    code: str
    detail: str = ""


ARCHIVES = (
    Hostile(
        "two entries of one name",
        crafted([*ONE_PUX, ONE_PUX[1]]),
        "bad_archive",
        "two entries of one name",
    ),
    Hostile(
        "a link",
        crafted([Entry("a.csv", b"/etc/passwd", STORED, attributes=LINK)]),
        "bad_archive",
        "an entry is a link",
    ),
    Hostile("encrypted", crafted([Entry("a.csv", flags=1)]), "needs_password"),
    Hostile(
        "a second entry within the first",
        crafted([Entry("a.csv", CSV * 50, STORED), Entry("b.bin", CSV, at=60)]),
        "bad_archive",
        "entries overlap",
    ),
    Hostile(
        "many entries that share their data",
        crafted([Entry(f"{n}.bin", CSV, at=0) for n in range(30)]),
        "bad_archive",
        "entries overlap",
    ),
    Hostile(
        "too many entries",
        crafted([Entry("a.csv"), *MANY, Entry("b.bin", b"", STORED)]),
        "bad_archive",
        "more than 2000 entries",
    ),
    Hostile(
        "a bomb of zeros",
        lambda: crafted([Entry("a.csv", bytes(8 * MIB))]),
        "bad_archive",
        "packed tighter than any export is",
    ),
    Hostile(
        "a bomb that says it is small",
        lambda: crafted([Entry("a.csv", bytes(8 * MIB), size=100)]),
        "bad_archive",
    ),
    Hostile(
        "smaller than it is",
        crafted([Entry("a.csv", CSV * 9, size=len(CSV))]),
        "bad_archive",
        "an entry cannot be unpacked",
    ),
    Hostile(
        "another checksum",
        crafted([Entry("a.csv", crc=1)]),
        "bad_archive",
        "an entry cannot be unpacked",
    ),
    Hostile(
        "an archive within",
        crafted([Entry("a.csv", GOOD)]),
        "bad_archive",
        "an archive within an archive",
    ),
    Hostile(
        "an archive as export.data",
        crafted([ONE_PUX[0], Entry("export.data", GOOD)]),
        "bad_archive",
        "an archive within an archive",
    ),
    Hostile(
        "packed by LZMA",
        crafted([Entry("a.csv", method=LZMA)]),
        "bad_archive",
        "packed in a way that is not supported",
    ),
    Hostile(
        "packed by nobody knows what",
        crafted([Entry("a.csv", method=ODD)]),
        "bad_archive",
        "packed in a way that is not supported",
    ),
    Hostile(
        "another name before the data",
        crafted([Entry("a.csv", local_name="b.csv")]),
        "bad_archive",
        "an entry cannot be unpacked",
    ),
    Hostile("a list cut short", GOOD[:-30], "bad_archive", "the list of its entries"),
    Hostile("only the beginning", GOOD[:40], "bad_archive"),
    Hostile("only the magic", b"PK\x03\x04", "bad_archive"),
    Hostile(
        "a list that is not there",
        GOOD[:-6] + struct.pack("<I", 0xFFFFFFF0) + bytes(2),
        "bad_archive",
    ),
    Hostile(
        "an absurd size",
        crafted([Entry("a.csv", b"", STORED, size=0xFFFFFFF0, packed_size=0xFFFFFFF0)]),
        "bad_archive",
    ),
    Hostile("an offset beyond the end", crafted([Entry("a.csv", at=0x7FFFFFFF)]), "bad_archive"),
    Hostile(
        "data that are not packed",
        crafted([Entry("a.csv", raw=b"\xff" * 60)]),
        "bad_archive",
        "an entry cannot be unpacked",
    ),
    Hostile("data before the archive", b"MZ\x90\x00" + bytes(60) + GOOD, "not_recognised"),
    Hostile("no entries", crafted([]), "unsupported", "zip"),
    Hostile("folders only", crafted([Entry("a/", b"", STORED)]), "unsupported", "zip"),
    Hostile("strangers only", crafted([Entry("a.exe"), Entry("b.png")]), "unsupported", "zip"),
    Hostile("several tables", crafted([Entry("a.csv"), Entry("b.csv")]), "unsupported", "zip"),
    Hostile("a workbook", crafted([Entry("xl/workbook.xml", b"<x/>")]), "unsupported", "xlsx"),
    Hostile("a name in other case", crafted([Entry("Export.Data"), Entry("export.attributes")]),
            "unsupported", "zip"),
    Hostile("no export.data", crafted([ONE_PUX[0]]), "unsupported", "zip"),
    Hostile(
        "export.data that is not UTF-8",
        crafted([ONE_PUX[0], Entry("export.data", b'{"accounts":["\xff"]}')]),
        "undecodable",
    ),
    Hostile(
        "export.data of deep lists",
        crafted([ONE_PUX[0], Entry("export.data", b"[" * 100_000)]),
        "bad_json",
    ),
)  # fmt: skip


@pytest.fixture
def nowhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A tree in whose depth the process stands, with its temporary files beside it."""
    deep = tmp_path / "a" / "b" / "c"
    deep.mkdir(parents=True)
    monkeypatch.chdir(deep)
    monkeypatch.setattr(tempfile, "tempdir", str(deep))
    return tmp_path


def _tree(path: Path) -> list[str]:
    return sorted(name for _, folders, files in os.walk(path) for name in (*folders, *files))


@pytest.mark.parametrize("case", ARCHIVES, ids=[case.name for case in ARCHIVES])
def test_t61_a_crafted_archive_is_refused(case: Hostile, nowhere: Path) -> None:
    data = case.data if isinstance(case.data, bytes) else case.data()
    with pytest.raises(BadFile) as caught:
        read_file(data, "x.zip")
    assert caught.value.code == case.code
    assert case.detail in caught.value.detail
    assert _tree(nowhere) == ["a", "b", "c"]


PATHS = (
    *("../../evil.csv", "..\\..\\evil.csv", "/evil.csv", "C:\\evil.csv", "\\\\h\\s\\evil.csv"),
    *("CON.csv", "a/./../../evil.csv", "nul\0.exe.csv", "trailing. .csv", "x" * 60_000 + ".csv"),
)


@pytest.mark.parametrize("name", PATHS, ids=range(len(PATHS)))
def test_t61_a_name_never_becomes_a_path(name: str, nowhere: Path) -> None:
    data = crafted([Entry(name)])
    if "\0" in name:
        # The library cuts such a name; whatever is read then, it is read into memory.
        with pytest.raises(BadFile):
            read_file(data, "x.zip")
    else:
        [row] = read_file(data, "x.zip").rows
        assert row.items[0].password == "p"
    assert _tree(nowhere) == ["a", "b", "c"]
    assert not Path("/evil.csv").exists()


def test_t61_real_bytes_are_counted_over_all_entries(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archives, "IMPORT_ARCHIVE_BYTES", MIB)
    half = os.urandom(600 * 1024)
    archive = Archive(crafted([Entry("a.csv", half), Entry("b.csv", half)]))
    assert archive.read("a.csv") == half
    with pytest.raises(BadFile) as caught:
        archive.read("b.csv")
    assert (caught.value.code, caught.value.detail) == (
        "bad_archive",
        "larger than allowed when unpacked",
    )


def test_t61_a_flood_of_entries_is_not_even_listed(monkeypatch: pytest.MonkeyPatch) -> None:
    flood = crafted([Entry("a.csv", b"", STORED)]) + b"PK\x01\x02" * 10 * IMPORT_ARCHIVE_ENTRIES
    monkeypatch.delattr(zipfile, "ZipFile")
    with pytest.raises(BadFile) as caught:
        Archive(flood)
    assert caught.value.detail == "more than 2000 entries"


def test_t61_at_the_limits_all_is_read() -> None:
    assert len(read_file(crafted([Entry("a.csv"), *MANY]), "x.zip").rows) == 1
    # Below 1 MiB nothing is a bomb: a short export of empty cells packs well.
    assert Archive(crafted([Entry("a.csv", bytes(MIB))])).read("a.csv") == bytes(MIB)


def test_t61_an_entry_unread_costs_nothing() -> None:
    bomb = Entry("files/photo.bin", bytes(16 * MIB))
    data = crafted([Entry("export.data", sample("onepux.json")), ONE_PUX[0], bomb])
    assert len(read_file(data, "x.zip").rows) == 12


@settings(max_examples=150, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 2**16), st.binary(max_size=4)), max_size=6))
def test_t61_damage_anywhere_is_a_typed_error(patches: list[tuple[int, bytes]]) -> None:
    data = bytearray(
        crafted([Entry("a.csv"), Entry("b.bin", CSV * 5, STORED), Entry("c/", b"", 0)])
    )
    for place, piece in patches:
        at = place % len(data)
        data[at : at + len(piece)] = piece
    # Whatever it is, no other error comes out.
    with contextlib.suppress(BadFile):
        assert read_file(bytes(data), "x.zip").rows
