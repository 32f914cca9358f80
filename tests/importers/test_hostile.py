"""Files made to hurt: each ends in a BadFile with code and line, or in rows that are safe."""

from __future__ import annotations

import codecs
import contextlib
import json
import time
from collections.abc import Callable
from typing import NamedTuple

import pytest

from desktop.domain.errors import BadFile
from desktop.domain.items import Verdict
from desktop.domain.limits import IMPORT_COLUMNS, IMPORT_FIELD_BYTES, IMPORT_ROWS, JSON_DEPTH
from desktop.importers import reasons
from desktop.importers.formats import ReadOptions
from desktop.importers.registry import read_file
from desktop.importers.source import ENCODINGS, Source
from desktop.importers.table import Table, read_heading
from tests.importers.reading import items, keys, login, sample, table

HEAD = b"url,username,password,totp,extra,name,grouping,fav\n"
ROW = b"https://a.example,u,p,,n,A,W,0\n"


class Hostile(NamedTuple):
    name: str
    data: bytes | Callable[[], bytes]
    code: str
    line: int | None = None
    format: str | None = None


CSV = (
    Hostile(
        "open quote at the end", HEAD + ROW + b'https://b.example,u,"p', "unterminated_quote", 3
    ),
    Hostile("open quote swallows rows", HEAD + b'x,"u,p\n' + ROW * 50, "unterminated_quote", 2),
    Hostile(
        "open quote closed by a later one",
        HEAD + b'x,"u,p\n' + b'y,"v",q\n',
        "unterminated_quote",
        2,
    ),
    Hostile(
        "open quote in a note of many lines",
        HEAD + ROW * 3 + b'x,u,p,,"a\nb\nc',
        "unterminated_quote",
        5,
    ),
    Hostile("text after a quote", HEAD + b'x,"u"v,p,,,A,,0\n', "unterminated_quote", 2),
    Hostile("backslash quote", HEAD + b'x,"u\\"v",p,,,A,,0\n', "unterminated_quote", 2),
    Hostile(
        "line of a file with CR CR LF",
        HEAD.replace(b"\n", b"\r\r\n") + ROW.replace(b"\n", b"\r\r\n") + b'x,"u',
        "unterminated_quote",
        3,
    ),
    Hostile(
        "line of a file with CR",
        HEAD.replace(b"\n", b"\r") + ROW.replace(b"\n", b"\r") + b'x,"u',
        "unterminated_quote",
        3,
    ),
    Hostile(
        "a field over the cap",
        lambda: HEAD + b"x,u," + b"p" * (IMPORT_FIELD_BYTES + 1) + b",,,A,,0\n",
        "field_too_large",
        2,
    ),
    Hostile(
        "a wide field over the cap in bytes",
        lambda: HEAD + b"x,u," + "é".encode() * (IMPORT_FIELD_BYTES // 2 + 1) + b",,,A,,0\n",
        "field_too_large",
        2,
    ),
    Hostile(
        "a swallowed field over the cap",
        lambda: HEAD + b'x,"' + b"line\n" * (IMPORT_FIELD_BYTES // 5 + 2),
        "field_too_large",
        2,
    ),
    Hostile("too many cells", HEAD + b"," * IMPORT_COLUMNS + b"\n", "too_many_columns", 2),
    Hostile(
        "100,000 headings",
        b",".join([HEAD.strip(), *[b"x"] * 100_000]) + b"\n",
        "too_many_columns",
        1,
    ),
    Hostile("no rows", HEAD, "empty"),
    Hostile("nothing", b"", "empty"),
    Hostile("blank lines", b"\r\n \n\t\n", "empty"),
    Hostile("only NULs", bytes(5000), "empty"),
    Hostile("only a mark", codecs.BOM_UTF8, "empty"),
    Hostile("only a sep line", b"sep=;\n", "empty"),
    Hostile("an invoice", b"Date,Amount,Customer\n2026-01-01,10,A\n", "not_recognised"),
    Hostile("prose", b"Dear all,\nplease find attached\n", "not_recognised"),
    Hostile(
        "another delimiter in the rows", HEAD + b"https://a.example;u;p;;n;A;W;0\n", "bad_header", 2
    ),
    Hostile("a wrong choice of format", b"a,b\n1,2\n", "bad_header", 1, "bitwardencsv"),
    Hostile("an unknown format", HEAD + ROW, "not_recognised", None, "nonsense"),
    Hostile("a picture", b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20, "not_recognised"),
    Hostile("a ZIP called csv", b"PK\x03\x04" + bytes(100), "bad_archive"),
    Hostile("a KeePass file", b"\x03\xd9\xa2\x9a\x67\xfb\x4b\xb5" + bytes(100), "unsupported"),
    Hostile("a PDF", b"%PDF-1.7\n", "unsupported"),
    Hostile("a page without pre", b"<html><body>hello</body></html>", "not_recognised"),
)


def _json(**members: object) -> bytes:
    return json.dumps({"encrypted": False, "folders": [], **members}).encode()


JSON = (
    Hostile("nested arrays", b'{"encrypted":false,"items":' + b"[" * 100_000, "bad_json", 1),
    Hostile(
        "nested in an item", b'{"encrypted":false,"items":[{"a":' + b'{"b":' * 100, "bad_json", 1
    ),
    Hostile("items twice", b'{"encrypted":false,"items":[],\n"items":[]}', "bad_json", 2),
    Hostile("a key twice", b'{"encrypted":false,"encrypted":true,"items":[]}', "bad_json", 1),
    Hostile("items a string", _json(items="none"), "bad_json", 1),
    Hostile("items null", _json(items=None), "bad_json", 1),
    Hostile("items an object", _json(items={"a": 1}), "bad_json", 1),
    Hostile("items missing", _json(), "bad_json", 1, "bitwardenjson"),
    Hostile("no items", _json(items=[]), "empty"),
    Hostile("rubbish behind", _json(items=[]) + b"\n{}", "bad_json", 2),
    Hostile("words behind", _json(items=[]) + b" end", "bad_json", 1),
    Hostile("lines of JSON", b'{"items":1,"encrypted":false}\n\n{"items":2}\n', "bad_json", 1),
    Hostile("cut off", _json(items=[{"name": "x"}])[:-3], "bad_json", 1),
    Hostile("an open string", b'{"encrypted":false,"items":[{"name":"x', "bad_json", 1),
    Hostile("wrong brackets", b'{"encrypted":false,"items":[}]}', "bad_json", 1),
    Hostile("no comma", b'{"encrypted":false "items":[]}', "bad_json", 1),
    Hostile(
        "a giant string",
        lambda: _json(items=[{"name": "x" * (6 * IMPORT_FIELD_BYTES)}]),
        "field_too_large",
        1,
    ),
    Hostile("folders unreadable", b'{"encrypted":false,"folders":[NaN],"items":[{}]}', "bad_json"),
    Hostile("too many items", lambda: _json(items=[0] * (IMPORT_ROWS + 1)), "too_many_rows"),
    Hostile(
        "half a sign in UTF-8", b'{"encrypted":false,\n"items":[{"name":"\xff"}]}', "undecodable", 2
    ),
)


@pytest.mark.parametrize("case", CSV, ids=[case.name for case in CSV])
def test_t63_hostile_tables_are_refused_by_name_and_line(case: Hostile) -> None:
    _refused(case)


@pytest.mark.parametrize("case", JSON, ids=[case.name for case in JSON])
def test_hostile_json_is_refused_by_name_and_line(case: Hostile) -> None:
    _refused(case)


def _refused(case: Hostile) -> None:
    data = case.data if isinstance(case.data, bytes) else case.data()
    with pytest.raises(BadFile) as caught:
        read_file(data, "file", key=case.format)
    assert (caught.value.code, caught.value.line) == (case.code, case.line)
    assert b"Traceback" not in caught.value.detail.encode()


def test_t63_limits_hold_exactly() -> None:
    row = login(password="p" * IMPORT_FIELD_BYTES)
    assert len(read_file(table(_names(), [row]), "x").rows) == 1
    wide = [*_names(), *(f"extra {n}" for n in range(IMPORT_COLUMNS - 8))]
    assert len(read_file(table(wide, [[*login(), "v"]]), "x").rows) == 1
    rows = Table(Source(b"a,b\n" + b"1,2\n" * IMPORT_ROWS)).rows()
    assert sum(1 for _ in rows) == IMPORT_ROWS
    with pytest.raises(BadFile) as caught:
        sum(1 for _ in Table(Source(b"a,b\n" + b"1,2\n" * (IMPORT_ROWS + 1))).rows())
    assert (caught.value.code, caught.value.line) == ("too_many_rows", IMPORT_ROWS + 2)


def _names() -> list[str]:
    return HEAD.decode().strip().split(",")


@pytest.mark.parametrize(
    "ends", ["\n", "\r\n", "\r", "\r\r\n"], ids=["LF", "CR LF", "CR", "CR CR LF"]
)
def test_t63_line_ends_make_no_rows_and_no_change(ends: str) -> None:
    quoted = login(password="a\r\r\nb\u2028c\nd\re\x85f", extra="x\r\ny")
    for delimiter in ",;\t|":
        data = table(_names(), [quoted, login(name="second")], ends=ends, delimiter=delimiter)
        first, second = items(read_file(data, "x"))
        assert (first.password, first.notes) == ("a\r\r\nb\u2028c\nd\re\x85f", "x\r\ny")
        assert second.name == "second"


@pytest.mark.parametrize(
    "heading",
    [
        '\ufeff"url",username,password,totp,extra,name,grouping,fav',
        "\ufeff\ufeffurl,username,password,totp,extra,name,grouping,fav",
        " URL , User_Name ,Pass-word,TOTP,\u00a0extra\u200b,Name,GROUPING,Fav",
        "sep=;\nurl;username;password;totp;extra;name;grouping;fav",
        '"sep=|"\r\nurl|username|password|totp|extra|name|grouping|fav',
        "\n\nurl\tusername\tpassword\ttotp\textra\tname\tgrouping\tfav",
    ],
)
def test_t63_headings_are_recognised_in_disguise(heading: str) -> None:
    found = read_heading(heading)
    row = found.delimiter.join(login(password="it's"))
    preview = read_file(f"{heading}\n{row}\n".encode(), "x")
    assert preview.format == "lastpasscsv"
    assert items(preview)[0].password == "it's"


def test_t63_a_repeated_heading_and_empty_rows_are_listed() -> None:
    data = HEAD + ROW + HEAD + b",,,,,,,\n" + b"\n \n" + ROW.replace(b"A", b"B")
    preview = read_file(data, "x")
    assert [keys(row) for row in preview.rows] == [
        [],
        [reasons.HEADER_AGAIN],
        [reasons.EMPTY_ROW],
        [],
    ]
    assert [row.number for row in preview.rows] == [1, 2, 3, 4]


def test_formula_cells_are_text() -> None:
    data = table(_names(), [login(password="=cmd|' /C calc'!A0", name="@SUM(1)", username="+1")])
    item = items(read_file(data, "x"))[0]
    assert (item.password, item.name, item.username) == ("=cmd|' /C calc'!A0", "@SUM(1)", "+1")


# --- encodings --------------------------------------------------------------------------------


ENCODED = "https://a.example,Zoë,wachtwoord\u2013€,,naïve ☃,Café,Wérk,0\n"


@pytest.mark.parametrize(
    ("mark", "encoding"),
    [
        (b"", "utf-8"),
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
        (codecs.BOM_UTF32_LE, "utf-32-le"),
        (codecs.BOM_UTF32_BE, "utf-32-be"),
        (b"", "utf-16-le"),
        (b"", "utf-16-be"),
    ],
)
def test_t64_marked_and_unmarked_unicode(mark: bytes, encoding: str) -> None:
    data = mark + (HEAD.decode() + ENCODED).encode(encoding)
    item = items(read_file(data, "x"))[0]
    assert (item.username, item.password, item.name) == ("Zoë", "wachtwoord\u2013€", "Café")
    organization = mark + sample("bitwarden_org.json").decode().encode(encoding)
    assert len(read_file(organization, "x").rows) == 2


@pytest.mark.parametrize(
    "bad",
    [
        "Zoë".encode("cp1252"),
        "日本".encode("shift-jis"),
        b"\xc3",
        b"\xc0\xaf",
        b"\xed\xa0\x80",
        b"\xf5\x80\x80\x80",
        b"caf\xc3\xa9 \xe9",
    ],
    ids=["cp1252", "shift-jis", "truncated", "overlong", "surrogate", "beyond", "mixed"],
)
def test_t64_undecodable_files_stop_with_their_line(bad: bytes) -> None:
    for ends in (b"\n", b"\r\n", b"\r"):
        data = (HEAD + ROW * 3).replace(b"\n", ends) + b"https://b.example,u," + bad
        with pytest.raises(BadFile) as caught:
            read_file(data, "x")
        assert (caught.value.code, caught.value.line) == ("undecodable", 5)


def test_t64_the_line_is_right_far_into_a_file() -> None:
    data = HEAD + b'https://a.example,u,"p\np",,,A,,0\n' * 40_000 + "\u00e9".encode("cp1252")
    with pytest.raises(BadFile) as caught:
        read_file(data, "x")
    assert (caught.value.code, caught.value.line) == ("undecodable", 80_002)


def test_t64_half_a_character_of_utf16() -> None:
    data = codecs.BOM_UTF16_LE + (HEAD + ROW).decode().encode("utf-16-le") + b"\x00\xd8\n\x00"
    with pytest.raises(BadFile) as caught:
        read_file(data, "x")
    assert (caught.value.code, caught.value.line) == ("undecodable", 3)


@pytest.mark.parametrize("encoding", [name for name in ENCODINGS if not name.startswith("utf")])
def test_t64_the_chosen_encoding_is_used_and_is_strict(encoding: str) -> None:
    word = {"shift-jis": "日本", "windows-1251": "пароль"}.get(encoding, "Müller")
    data = (HEAD.decode() + f"https://a.example,u,{word},,,A,,0\n").encode(encoding)
    item = items(read_file(data, "x", options=ReadOptions(encoding=encoding)))[0]
    assert item.password == word


def test_t64_a_choice_cannot_replace_either() -> None:
    data = HEAD + b"https://a.example,u,\x81\x8d,,,A,,0\n"
    with pytest.raises(BadFile) as caught:
        read_file(data, "x", options=ReadOptions(encoding="windows-1252"))
    assert (caught.value.code, caught.value.line) == ("undecodable", 2)
    with pytest.raises(BadFile) as unknown:
        read_file(data, "x", options=ReadOptions(encoding="rot13"))
    assert unknown.value.code == "undecodable"


def test_t64_nul_is_a_character_like_any() -> None:
    item = items(read_file(HEAD + b"https://a.example,u,p\0w,,,A,,0\n", "x"))[0]
    assert item.password == "p\0w"


# --- JSON that is read ------------------------------------------------------------------------


def test_a_broken_item_spoils_only_itself() -> None:
    parts = [
        b'{"type":1,"name":"good","login":{"password":"p"}}',
        b'{"type":1,"name":NaN}',
        b'{"type":1,"login":{"password":"a","password":"b"}}',
        b"// comment",
        b"12",
        b'{"name":"\\ud800"}',
        b"",
        b'{"__proto__":{"a":1},"id":7,"type":"1","name":5,"login":{"username":12,"password":1e400}}',
        b'{"type":1,"name":"last","login":{"password":"q"},"fields":"odd","passwordHistory":{}}',
    ]
    data = b'\xef\xbb\xbf{"encrypted":false,"folders":{"a":1},"items":[' + b",".join(parts) + b"]}"
    preview = read_file(data, "x")
    verdicts = [row.verdict for row in preview.rows]
    assert len(verdicts) == len(parts)
    assert [verdict is Verdict.REJECTED for verdict in verdicts] == [
        *(False, True, True, True, True, True, True, False, False)
    ]


def test_json_deeper_than_the_limit_is_refused() -> None:
    def nested(depth: int) -> bytes:
        return _json(items=[{"name": "n", "x": json.loads("[" * depth + "1" + "]" * depth)}])

    assert len(read_file(nested(JSON_DEPTH - 3), "x").rows) == 1
    with pytest.raises(BadFile) as caught:
        read_file(nested(JSON_DEPTH - 2), "x")
    assert caught.value.detail == "nested too deep"


def test_unknown_folders_and_paths_of_many_levels() -> None:
    deep = "/".join(str(level) for level in range(200))
    folders = [{"id": n, "name": name} for n, name in enumerate([deep, "..", "a//b/", "/"])]
    listed = [{"type": 2, "name": "n", "notes": str(n), "folderId": n} for n in range(4)]
    preview = read_file(_json(folders=folders, items=listed), "x")
    first, *rest = items(preview)
    assert first.folder is not None
    assert first.folder.startswith("0/1/2/")
    assert deep in (first.notes or "")
    assert [item.folder for item in rest] == ["..", "a/b", None]
    assert keys(preview.rows[0]) == [reasons.FOLDER_SHORTENED]


# --- time -------------------------------------------------------------------------------------


BOMBS = (
    Hostile("identical rows", lambda: HEAD + ROW * 50_000, ""),
    Hostile("short rows", lambda: HEAD + b"x,y\n" * 50_000, ""),
    Hostile("escaped quotes", lambda: b'{"encrypted":false,"items":["' + b'\\"' * 500_000, ""),
    Hostile("ampersands", lambda: HEAD + b"x," + b"&" * 900_000 + b",p,,,A,,0\n", ""),
    Hostile(
        "begin without end",
        lambda: HEAD + b'x,u,p,,"' + b"-----BEGIN X-----\n" * 50_000 + b'",A,,0\n',
        "",
    ),
    Hostile("a host of dots", lambda: HEAD + b"a." * 400_000 + b",u,p,,,A,,0\n", ""),
    Hostile("a page of pre", lambda: b"<html>" + b"<pre " * 100_000, ""),
    Hostile(
        "accents", lambda: HEAD + b"x,u,p,,," + b"e" + "\u0301".encode() * 300_000 + b",,0\n", ""
    ),
)


@pytest.mark.parametrize("case", BOMBS, ids=[case.name for case in BOMBS])
def test_t63_no_file_takes_long(case: Hostile) -> None:
    data = case.data if isinstance(case.data, bytes) else case.data()
    started = time.process_time()
    with contextlib.suppress(BadFile):
        read_file(data, "x")
    assert time.process_time() - started < 20
