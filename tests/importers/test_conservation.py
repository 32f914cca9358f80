"""Nothing vanishes (T66), nothing changes (T65), nothing crashes (T77), in every format."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.domain.items import ImportPreview, Verdict
from desktop.importers import reasons
from desktop.importers.formats import ReadOptions
from desktop.importers.registry import read_file
from desktop.importers.sample import sample_lastpass_export
from tests.importers.reading import (
    LASTPASS,
    holds,
    items,
    keys,
    lastpass,
    login,
    read_sample,
    table,
    words,
)

# All of Unicode but halves of characters, which no file in UTF-8 can hold.
TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)
WORD = TEXT.filter(lambda text: text.strip() != "")
BITWARDEN = (
    *("folder", "favorite", "type", "name", "notes", "fields", "reprompt"),
    *("login_uri", "login_username", "login_password", "login_totp"),
)
ENDS = st.sampled_from(["\n", "\r\n", "\r\r\n"])


@settings(max_examples=60, deadline=None)
@given(st.lists(TEXT, min_size=3, max_size=3), WORD, ENDS, st.sampled_from(",;\t|"))
def test_t65_lastpass_text_survives_byte_for_byte(
    texts: list[str], name: str, ends: str, delimiter: str
) -> None:
    username, password, extra = texts
    row = login(username=username, password=password, extra=extra, name=name)
    data = table(LASTPASS, [row], ends=ends, delimiter=delimiter)
    item = items(read_file(data, "x", options=ReadOptions(decode_entities=False)))[0]
    assert (item.username or "", item.password or "") == (username, password)
    assert (item.notes or "", item.name) == (extra, name)


@settings(max_examples=60, deadline=None)
@given(TEXT)
def test_t65_lastpass_notes_survive_byte_for_byte(extra: str) -> None:
    row = login(url="http://sn", username="", password="", extra=f"x{extra}")
    assert items(lastpass(row, entities=False))[0].notes == f"x{extra}"


@settings(max_examples=50, deadline=None)
@given(TEXT, TEXT)
def test_t65_escaped_files_decode_to_what_was_escaped(password: str, notes: str) -> None:
    row = login(password=_escape(password), extra=_escape(notes), name="a &amp; b")
    item = items(lastpass(row))[0]
    assert (item.password or "", item.notes or "") == (password, notes)


def _escape(text: str) -> str:
    for sign, entity in (("&", "amp"), ("<", "lt"), (">", "gt"), ('"', "quot"), ("'", "#39")):
        text = text.replace(sign, f"&{entity};")
    return text


@settings(max_examples=50, deadline=None)
@given(TEXT, TEXT, TEXT, WORD)
def test_t65_bitwarden_csv_text_survives_byte_for_byte(
    username: str, password: str, notes: str, name: str
) -> None:
    row = ["", "", "login", name, notes, "", "", "", username, password, ""]
    item = items(read_file(table(BITWARDEN, [row]), "x"))[0]
    assert (item.username or "", item.password or "") == (username, password)
    assert (item.notes or "", item.name) == (notes, name)


@settings(max_examples=50, deadline=None)
@given(TEXT, TEXT, TEXT, WORD)
def test_t65_chrome_text_survives_byte_for_byte(
    username: str, password: str, note: str, name: str
) -> None:
    row = [name, "https://a.example", username, password, note]
    data = table(("name", "url", "username", "password", "note"), [row])
    item = items(read_file(data, "x"))[0]
    assert (item.username or "", item.password or "") == (username, password)
    assert (item.notes or "", item.name) == (note, name)


@settings(max_examples=60, deadline=None)
@given(st.lists(TEXT, min_size=4, max_size=4), WORD, st.booleans())
def test_t65_bitwarden_json_text_survives_byte_for_byte(
    texts: list[str], name: str, ascii_only: bool
) -> None:
    username, password, notes, field = texts
    entry = {
        "type": 1,
        "name": name,
        "notes": notes,
        "fields": [{"name": "f", "value": field, "type": 1}],
        "login": {"username": username, "password": password},
    }
    item = items(_json([entry], ascii_only=ascii_only))[0]
    assert (item.username or "", item.password or "") == (username, password)
    assert (item.notes or "", item.name, item.fields[0].value) == (notes, name, field)


def _json(entries: list[Any], *, ascii_only: bool = False) -> ImportPreview:
    export = {"encrypted": False, "folders": [], "items": entries}
    return read_file(json.dumps(export, ensure_ascii=ascii_only).encode(), "x")


@settings(max_examples=50, deadline=None)
@given(st.lists(st.lists(TEXT, min_size=10, max_size=10), min_size=1, max_size=8))
def test_t66_every_cell_of_a_lastpass_file_is_somewhere(rows: list[list[str]]) -> None:
    data = table((*LASTPASS, "Owner", "Second secret"), rows)
    preview = read_file(data, "x", options=ReadOptions(decode_entities=False))
    # A row of ten empty cells is written as quotes, so that each is a row of the file.
    assert len(preview.rows) == len(rows)
    assert [row.number for row in preview.rows] == list(range(1, len(rows) + 1))
    for row, cells in zip(preview.rows, rows, strict=True):
        if row.verdict in (Verdict.REJECTED, Verdict.DOUBLE):
            assert row.reasons
            continue
        assert row.items
        url, username, password, totp, extra, name, _folder, _fav, owner, second = cells
        for cell in (username, password, extra, owner, second):
            assert holds(row, cell)
        assert holds(row, url.strip())
        assert holds(row, name.strip())
        assert holds(row, totp) or holds(row, "".join(totp.split()).replace("-", "").upper())


def _halves(size: int) -> st.SearchStrategy[str]:
    """Text with halves of characters, which JSON can spell as escapes; `st.text` makes none."""
    part = st.one_of(st.text(max_size=3), st.sampled_from(["\ud800", "\udbff", "\udc00", "\udfff"]))
    return st.lists(part, max_size=size).map("".join)


HALVES, SHORT_HALVES = _halves(8), _halves(3)


NOTE_TYPES = ("Credit Card", "Address", "SSH Key", "Server", "Custom_1", "Bank Account", "")
NOTE_KEYS = (
    *("Number", "Type", "Name on Card", "Expiration Date", "First Name", "Phone", "Title"),
    *("Password", "Private Key", "Passphrase", "Hostname", "Start Date", "Birthday", "Odd one"),
)
LINE = TEXT.map(lambda text: text.replace("\n", " ").replace("\r", " "))


@settings(max_examples=80, deadline=None)
@given(
    st.sampled_from(NOTE_TYPES),
    st.lists(st.tuples(st.sampled_from(NOTE_KEYS), LINE), max_size=6),
    st.lists(LINE, max_size=2),
    TEXT,
    st.sampled_from(["\n", "\r\n"]),
)
def test_t66_every_value_of_a_typed_note_is_somewhere(
    kind: str, pairs: list[tuple[str, str]], loose: list[str], notes: str, end: str
) -> None:
    lines = [f"NoteType:{kind}", *(f"{key}:{value}" for key, value in pairs), *loose]
    body = end.join([*lines, f"Notes:{notes}"])
    row = lastpass(login(url="http://sn", username="", password="", extra=body), entities=False)
    [only] = row.rows
    assert holds(only, kind)
    assert holds(only, notes)
    dates = {"Expiration Date", "Start Date", "Birthday"}
    for key, value in pairs:
        assert holds(only, value) or (key in dates and not value.strip(", ")) or key == "Type"
    for line in loose:
        # A line with a colon is a pair; its name goes when its value is empty.
        name, colon, value = line.partition(":")
        assert holds(only, value if colon else name)


def test_numbers_where_text_belongs_stay_as_written() -> None:
    entry = '{"type":1,"name":7,"login":{"password":1.10,"username":1e400}}'
    data = f'{{"encrypted":false,"items":[{entry}]}}'.encode()
    item = items(read_file(data, "x"))[0]
    assert (item.name, item.password, item.username) == ("7", "1.10", "1e400")


def _values() -> st.SearchStrategy[Any]:
    plain = st.one_of(st.none(), st.booleans(), st.integers(-(10**20), 10**20), SHORT_HALVES)
    return st.recursive(
        plain,
        lambda inner: st.one_of(
            st.lists(inner, max_size=3), st.dictionaries(SHORT_HALVES, inner, max_size=3)
        ),
        max_leaves=8,
    )


ENTRY = st.one_of(
    _values(),
    st.fixed_dictionaries(
        {},
        optional={
            key: _values()
            for key in (
                *("type", "name", "notes", "login", "card", "identity", "sshKey", "secureNote"),
                *("fields", "favorite", "reprompt", "passwordHistory", "collectionIds", "extra"),
                *("folderId", "deletedDate", "archivedDate", "attachments", "bankAccount"),
            )
        },
    ),
    st.fixed_dictionaries(
        {"name": SHORT_HALVES},
        optional={
            "login": st.dictionaries(
                st.sampled_from(["uris", "uri", "username", "password", "totp", "x"]), _values()
            ),
            "fields": st.lists(
                st.dictionaries(st.sampled_from(["name", "value", "type", "linkedId"]), _values()),
                max_size=3,
            ),
        },
    ),
)


@settings(max_examples=80, deadline=None)
@given(st.lists(ENTRY, min_size=1, max_size=4))
def test_t66_t77_any_json_item_gives_one_row(entries: list[Any]) -> None:
    preview = _json(entries, ascii_only=True)
    assert len(preview.rows) == len(entries)
    for row in preview.rows:
        assert row.reasons or row.items
        for word in words(row):
            word.encode()


@settings(max_examples=80, deadline=None)
@given(HALVES, HALVES, HALVES)
def test_t77_halves_of_characters_are_refused_by_row(name: str, password: str, notes: str) -> None:
    # Two halves that meet make one whole character.
    name, password, notes = json.loads(json.dumps([name, password, notes]))
    entries = [
        {"type": 1, "name": name, "notes": notes, "login": {"username": "u", "password": password}},
        {"type": 1, "name": "good", "login": {"username": "u", "password": "p"}},
    ]
    first, second = _json(entries, ascii_only=True).rows
    assert second.verdict is Verdict.OK
    try:
        (name + password + notes).encode()
    except UnicodeEncodeError:
        assert keys(first) == [reasons.BAD_TEXT]
        assert first.items == ()
    else:
        assert first.items[0].password == (password or None)
    first.title.encode()


def test_t77_control_and_bidi_characters_pass_unchanged() -> None:
    odd = "\0\x1b[31m\u202eevil\u202c\u200b\u0301\ufeff\U000e0041\x85"
    item = items(lastpass(login(name=odd, password=odd, extra=odd)))[0]
    assert (item.name, item.password, item.notes) == (odd, odd, odd)


SAMPLES = {
    "lastpass.csv": 12,
    "lastpass_forms.csv": 2,
    "lastpass.html": 2,
    "bitwarden_person.csv": 3,
    "bitwarden_org.csv": 2,
    "bitwarden_person.json": 12,
    "bitwarden_org.json": 2,
    "chrome.csv": 4,
}


@pytest.mark.parametrize(("name", "count"), SAMPLES.items())
def test_t66_rows_in_are_rows_out(name: str, count: int) -> None:
    preview = read_sample(name)
    assert len(preview.rows) == count
    assert sum(preview.count(verdict) for verdict in Verdict) == count
    for row in preview.rows:
        left_out = row.verdict in (Verdict.REJECTED, Verdict.DOUBLE)
        assert bool(row.items) is not left_out
        assert row.reasons or row.verdict is Verdict.OK
        assert {reason.key for reason in row.reasons} <= reasons.ALL


def test_cells_beyond_the_heading_are_kept() -> None:
    data = table(LASTPASS, [[*login(), "ninth", "", "eleventh"]])
    row = read_file(data, "x").rows[0]
    assert keys(row) == [reasons.CELLS_EXTRA]
    assert row.items[0].notes == (
        "--- imported from LastPass ---\nColumn 9: ninth\nColumn 11: eleventh"
    )


def test_the_practice_sample_is_what_the_report_says() -> None:
    data = sample_lastpass_export(1200)
    preview = read_file(data, "sample.csv")
    assert len(preview.rows) == 1200
    assert {verdict: preview.count(verdict) for verdict in Verdict} == {
        Verdict.OK: 1196,
        Verdict.FIXED: 2,
        Verdict.LOSSY: 1,
        Verdict.DOUBLE: 1,
        Verdict.REJECTED: 0,
    }
    assert [key for row in preview.rows for key in keys(row)] == [
        reasons.ENTITIES_DECODED,
        reasons.NOTES_SPLIT,
        reasons.TOTP_INVALID,
        reasons.SAME_AS_ROW,
    ]
    assert 8 <= len(preview.folders) <= 12
    assert data == sample_lastpass_export(1200)
    assert preview.item_count == 1201


def test_the_sample_without_flaws_is_all_ready() -> None:
    for rows in (20, 3000):
        preview = read_file(sample_lastpass_export(rows, flaws=False), "sample.csv")
        assert preview.count(Verdict.OK) == rows
