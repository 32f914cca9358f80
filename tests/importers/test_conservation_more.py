"""Nothing vanishes (T66) and nothing changes (T65) in the further formats."""

from __future__ import annotations

import json
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, NamedTuple

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop.domain.items import ImportRow, Verdict
from desktop.importers import reasons
from desktop.importers.registry import read_file
from tests.importers.reading import holds, keys, read_sample, sample, table, words

# All of Unicode but halves of characters, and the signs that formats give a meaning to.
PLAIN = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
SIGNS = st.text(st.sampled_from("a'\"=+-@,;:|\\/#&$\n\r\t .x"), max_size=12)
TEXT = st.one_of(PLAIN, SIGNS)
LINE = TEXT.map(lambda text: text.replace("\n", " ").replace("\r", " "))


class Layout(NamedTuple):
    """A format's heading. Cells of `exact` columns survive as they are, of `loose` ones but for
    blanks at their ends; `fixed` ones hold one of these words and are not looked for.
    """

    key: str
    exact: tuple[str, ...]
    loose: tuple[str, ...] = ()
    fixed: Mapping[str, tuple[str, ...]] = MappingProxyType({})
    first: tuple[str, ...] = ()
    has_heading: bool = True

    @property
    def heading(self) -> tuple[str, ...]:
        rest = (*self.exact, *self.loose, *self.fixed)
        return (*self.first, *(name for name in rest if name not in self.first))


OWNERS = ("", "Acme", "Beta/North")
LAYOUTS = {
    "itglue": Layout(
        "itgluecsv",
        ("username", "password", "Owner", "Key"),
        ("name", "url", "otp_secret", "cached_resource_name", "resource_type"),
        {
            "organization": OWNERS,
            "password_category": ("", "Net", "a/b"),
            "archived": ("", "Yes", "no"),
        },
    ),
    "hudu": Layout(
        "huducsv",
        ("username", "password", "Owner"),
        ("name", "url", "otp_secret", "passwordable_type", "passwordable_id"),
        {"company_name": OWNERS, "password_type": ("", "Web"), "in_portal": ("", "true", "false")},
    ),
    "passportal": Layout(
        "passportalcsv",
        ("Username", "Password", "notes", "Owner"),
        ("Credential", "Description", "URL", "TOTP Secret"),
        {"Client Name": OWNERS, "Expires (Yes/No)": ("", "Yes"), "Folder (optional)": ("", "F")},
    ),
    "firefox": Layout(
        "firefoxcsv", ("username", "password", "Owner"), ("url", "httpRealm", "formActionOrigin")
    ),
    "safari": Layout(
        "safaricsv", ("Username", "Password", "Notes", "Owner"), ("Title", "URL", "OTPAuth")
    ),
    "keepassxc": Layout(
        "keepassxccsv",
        ("Username", "Password", "Notes", "Owner"),
        ("Title", "URL", "TOTP"),
        {"Group": ("", "Root/A", "Root/B/C")},
    ),
    "keepass 1": Layout(
        "keepassxccsv", ("Login Name", "Password", "Comments", "Owner"), ("Account", "Web Site")
    ),
    "1password 8": Layout(
        "1password8csv",
        ("Username", "Password", "Notes", "Owner"),
        ("Title", "Url", "OTPAuth", "Tags"),
        {"Favorite": ("true", "false"), "Archived": ("true", "false", "")},
    ),
    "dashlane logins": Layout(
        "dashlanecsv",
        ("username", "username2", "username3", "password", "note", "Owner"),
        ("title", "url", "otpSecret"),
        {"category": ("", "Work")},
        first=("username", "username2"),
    ),
    "dashlane payments": Layout(
        "dashlanecsv",
        (
            *("account_holder", "name", "cc_number", "code", "expiration_year", "routing_number"),
            *("account_number", "country", "issuing_bank", "note", "Owner"),
        ),
        ("account_name",),
        {"type": ("bank", "credit_card", "voucher"), "expiration_month": ("", "06", "12")},
        first=("type", "account_name"),
    ),
    "dashlane papers": Layout(
        "dashlanecsv",
        ("number", "issue_date", "expiration_date", "place_of_issue", "state", "Owner"),
        fixed={"type": ("passport", "license", "card", "tax_number"), "name": ("", "A. de Vries")},
        first=("type", "number"),
    ),
    "dashlane people": Layout(
        "dashlanecsv",
        (
            *("title", "first_name", "middle_name", "last_name", "login", "date_of_birth", "email"),
            *("email_type", "phone_number", "address", "city", "zip", "address_floor", "url"),
            *("job_title", "Owner"),
        ),
        ("item_name",),
        {"type": ("name", "email", "number", "address", "company", "website")},
        first=("type", "title"),
    ),
    "dashlane notes": Layout(
        "dashlanecsv", ("note", "Owner"), ("title",), first=("title", "note")
    ),
    "nordpass": Layout(
        "nordpasscsv",
        (
            *("username", "password", "note", "cardholdername", "cardnumber", "cvc", "pin"),
            *("zipcode", "phone_number", "email", "address1", "address2", "city", "Owner"),
        ),
        ("name", "url", "totp"),
        {
            "type": ("", "password", "note", "credit_card", "identity", "other"),
            "expirydate": ("", "06/2030", "soon"),
            "folder": ("", "Work"),
            "full_name": ("", "Anna de Vries"),
            "custom_fields": ("", "[]", '[{"label":"L","type":"hidden","value":"v"}]'),
        },
    ),
    "keeper": Layout(
        "keepercsv",
        ("Login", "Password", "Notes", "Value", "Value 2"),
        ("Title", "Website Address"),
        {
            "Folder": ("", "A\\B"),
            "Shared Folder": ("", "Team#edit"),
            "Name": ("Owner",),
            "Name 2": ("$text:Second",),
        },
        first=(
            *("Folder", "Title", "Login", "Password", "Website Address", "Notes"),
            *("Shared Folder", "Name", "Value", "Name 2", "Value 2"),
        ),
        has_heading=False,
    ),
}  # fmt: skip
LISTED = {reasons.EMPTY_ROW, reasons.FOLDER_ROW, reasons.HEADER_AGAIN, reasons.SAME_AS_ROW}


def stands(row: ImportRow, text: str) -> bool:
    """Whether `text` is a value of the row, byte for byte, or a part of its notes."""
    return text in set(words(row.items)) or text in "".join(i.notes or "" for i in row.items)


def _loosely(row: ImportRow, text: str) -> bool:
    bare = "".join(text.split()).replace("-", "").upper()
    return stands(row, text) or holds(row, text.strip()) or holds(row, bare)


@pytest.mark.parametrize("layout", LAYOUTS.values(), ids=LAYOUTS)
def test_t65_t66_every_cell_is_somewhere(layout: Layout) -> None:
    columns = {
        name: st.sampled_from(layout.fixed[name]) if name in layout.fixed else TEXT
        for name in layout.heading
    }
    rows = st.lists(st.tuples(*columns.values()), min_size=1, max_size=4)

    @settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(rows, st.sampled_from(["\n", "\r\n"]))
    def check(cells: list[tuple[str, ...]], ends: str) -> None:
        [heading, *rest] = [layout.heading, *cells]
        data = (
            table(heading, rest, ends=ends)
            if layout.has_heading
            else table(rest[0], rest[1:], ends=ends)
        )
        found = read_file(data, "x", key=layout.key).rows
        assert [row.number for row in found] == list(range(1, len(cells) + 1))
        for row, values in zip(found, cells, strict=True):
            _check(layout, row, dict(zip(layout.heading, values, strict=True)))

    check()


def _check(layout: Layout, row: ImportRow, cells: dict[str, str]) -> None:
    if row.verdict in (Verdict.REJECTED, Verdict.DOUBLE):
        assert set(keys(row)) <= LISTED
        return
    for name in layout.exact:
        assert stands(row, cells[name]), name
    for name in layout.loose:
        assert _loosely(row, cells[name]), name


PAIRS = st.lists(
    st.tuples(st.sampled_from(["Owner", "Key", "API token", "Port"]), LINE), max_size=4
)


@settings(max_examples=40, deadline=None)
@given(st.lists(LINE, min_size=2, max_size=2), PAIRS, PAIRS, TEXT, st.sampled_from(["\n", "\r\n"]))
def test_t65_t66_zoho_cells_of_lines(
    login: list[str],
    more: list[tuple[str, str]],
    custom: list[tuple[str, str]],
    notes: str,
    end: str,
) -> None:
    user, password = login
    secret = [("SecretType", "Web Account"), ("User Name", user), ("Password", password), *more]
    heading = ("Secret Name", "Secret URL", "SecretData", "Notes", "CustomData", "ChamberName")
    text, other = (end.join(f"{key}:{value}" for key, value in some) for some in (secret, custom))
    data = table(heading, [["N", "https://a.example", text, notes, other, "C"]])
    [row] = read_file(data, "x").rows
    [item] = row.items
    assert (item.username or "", item.password or "") == (user, password)
    for value in (notes, *(value for _, value in (*more, *custom))):
        assert stands(row, value)


GUARD = "'@+-="


@settings(max_examples=40, deadline=None)
@given(st.lists(TEXT, min_size=4, max_size=4), st.lists(LINE, max_size=3))
def test_t65_t66_roboform_cells_with_their_guard(cells: list[str], extra: list[str]) -> None:
    """What RoboForm guards on the way out stands as it was before."""

    def guarded(text: str) -> str:
        return f"'{text}" if text[:1] in GUARD and text else text

    login, password, note, name = cells
    heading = ("Name", "Url", "Login", "Pwd", "Note", "Folder", "RfFieldsV2")
    row = [
        guarded(name),
        "https://a.example",
        guarded(login),
        guarded(password),
        guarded(note),
        "/",
    ]
    fields = [f"F{n},,,txt,{guarded(value)}" for n, value in enumerate(extra)]
    quoted = [f'Q,,,pwd,"{guarded(login).replace(chr(34), chr(34) * 2)}"']
    [found] = read_file(table(heading, [[*row, *fields, *quoted]]), "x").rows
    for value in (login, password, note, *extra):
        assert stands(found, value)
    assert _loosely(found, name)


KINDS = ("login", "bankCard", "encryptedNotes", "contact", "sshKeys", "serverCredentials", "Own")


@settings(max_examples=50, deadline=None)
@given(st.sampled_from(KINDS), st.lists(TEXT, min_size=26, max_size=26), st.booleans())
def test_t65_t66_keeper_json(kind: str, texts: list[str], ascii_only: bool) -> None:
    one = iter(texts)
    strings = {key: next(one) for key in ("login", "password", "notes")}
    plain = {
        key: next(one) for key in ("$text:Owner:1", "$secret", "$pinCode", "Free", "$multiline")
    }
    dicts: dict[str, dict[str, str]] = {
        "$name": {key: next(one) for key in ("first", "middle", "last")},
        "$address": {key: next(one) for key in ("street1", "city", "zip", "state")},
        "$keyPair": {key: next(one) for key in ("publicKey", "privateKey")},
        "$bankAccount": {key: next(one) for key in ("accountType", "accountNumber")},
        "$paymentCard": {key: next(one) for key in ("cardNumber", "cardSecurityCode")},
        "$pamSettings": {"a": next(one)},
    }
    codes, question = [next(one), next(one)], [{"question": "Pet?", "answer": next(one)}]
    custom: dict[str, Any] = {
        **plain,
        **dicts,
        "$oneTimeCode": codes,
        "$securityQuestion": question,
    }
    record = {"title": "T", "$type": kind, **strings, "custom_fields": custom}
    data = json.dumps({"records": [record]}, ensure_ascii=ascii_only).encode()
    [row] = read_file(data, "x", key="keeperjson").rows
    for value in (*strings.values(), *plain.values(), question[0]["answer"]):
        assert stands(row, value)
    for part in dicts.values():
        for value in part.values():
            assert stands(row, value)
    assert all(_loosely(row, code) for code in codes)


CATEGORIES = ("001", "002", "003", "004", "005", "006", "103", "106", "110", "112", "114", "115")
FIELD_IDS = (
    "ccnum",
    "cvv",
    "firstname",
    "number",
    "username",
    "password",
    "credential",
    "x",
    "pin",
)


@settings(max_examples=50, deadline=None)
@given(
    st.sampled_from(CATEGORIES),
    st.lists(TEXT, min_size=8, max_size=8),
    st.lists(
        st.tuples(
            st.sampled_from(FIELD_IDS),
            st.sampled_from(["string", "concealed", "menu", "creditCardNumber", "phone", "new"]),
            TEXT,
            TEXT,
        ),
        max_size=5,
    ),
    st.booleans(),
)
def test_t65_t66_1pux(
    category: str, texts: list[str], fields: list[tuple[str, str, str, str]], ascii_only: bool
) -> None:
    user, password, other, notes, bare, old, first_code, second_code = texts
    section = [
        {"id": key, "title": title, "value": {kind: value}} for key, kind, title, value in fields
    ]
    section += [
        {"id": "c", "title": "c", "value": {"totp": code}} for code in (first_code, second_code)
    ]
    entry = {
        "categoryUuid": category,
        "overview": {"title": "T"},
        "details": {
            "loginFields": [
                {"value": user, "designation": "username"},
                {"value": password, "designation": "password"},
                {"value": other, "name": "other", "fieldType": "T"},
            ],
            "notesPlain": notes,
            "password": bare,
            "sections": [{"title": "S", "fields": section}],
            "passwordHistory": [{"value": old, "time": 1}],
        },
    }
    vaults = [{"attrs": {"name": "V"}, "items": [entry]}]
    data = json.dumps({"accounts": [{"attrs": {}, "vaults": vaults}]}, ensure_ascii=ascii_only)
    [row] = read_file(data.encode(), "x").rows
    for value in (user, password, other, notes, bare, old, *(value for *_, value in fields)):
        assert stands(row, value)
    assert _loosely(row, first_code)
    assert _loosely(row, second_code)


ANY = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(-(10**13), 10**13), st.text(max_size=3)),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3), st.dictionaries(st.text(max_size=3), inner, max_size=3)
    ),
    max_leaves=6,
)
KEEPER_KEYS = (
    *("title", "login", "password", "login_url", "notes", "$type", "folders", "references"),
    *("custom_fields", "last_modified", "new"),
)
CUSTOM = st.dictionaries(
    st.sampled_from(
        [
            *("$phone", "$host", "$name", "$address", "$paymentCard", "$keyPair", "$date:a:1"),
            *("$oneTimeCode", "$securityQuestion", "$fileRef", "$email", "$note", "$::", "$url"),
        ]
    ),
    ANY,
    max_size=4,
)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.dictionaries(st.sampled_from(KEEPER_KEYS), ANY), max_size=2), CUSTOM)
def test_t66_t77_any_keeper_record_gives_one_row(
    records: list[dict[str, Any]], custom: dict[str, Any]
) -> None:
    entries: list[Any] = [*records, {"title": "T", "$type": "contact", "custom_fields": custom}, 7]
    data = json.dumps({"records": entries}).encode()
    rows = read_file(data, "x", key="keeperjson").rows
    assert len(rows) == len(entries)
    assert all(row.items or row.reasons for row in rows)


ONE_KEYS = ("overview", "details", "categoryUuid", "state", "trashed", "favIndex")
DETAILS = ("loginFields", "notesPlain", "sections", "passwordHistory", "documentAttributes")


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.dictionaries(st.sampled_from(ONE_KEYS), ANY), max_size=2),
    st.dictionaries(st.sampled_from(DETAILS), ANY),
    st.sampled_from(CATEGORIES),
    st.sampled_from(["address", "date", "monthYear", "email", "sshKey", "file", "totp", "url"]),
    ANY,
)
def test_t66_t77_any_1pux_item_gives_one_row(
    entries: list[dict[str, Any]], details: dict[str, Any], category: str, kind: str, value: Any
) -> None:
    field = {"id": "expiry", "title": "t", "value": {kind: value}}
    typed = {"sections": [{"fields": [field]}]}
    some = [{"categoryUuid": category, "details": one} for one in (details, typed)]
    items: list[Any] = [*entries, *some, 7]
    data = json.dumps({"accounts": [{"vaults": [{"items": items}]}]}).encode()
    rows = read_file(data, "x").rows
    assert len(rows) == len(items)
    assert all(row.items or row.reasons for row in rows)


def test_t77_half_a_character_is_refused_by_row() -> None:
    record = {"title": "T", "password": "\ud800"}
    data = json.dumps({"records": [record, {"title": "good", "password": "p"}]}).encode()
    first, second = read_file(data, "x", key="keeperjson").rows
    assert (keys(first), second.verdict) == ([reasons.BAD_TEXT], Verdict.OK)


SAMPLES = {
    "itglue.csv": 5, "hudu.csv": 4, "hudu_titles.csv": 2, "passportal.csv": 4,
    "passportal_own.csv": 1, "firefox.csv": 5, "firefox_old.csv": 2, "firefox_hostname.csv": 2,
    "safari.csv": 3, "safari_old.csv": 2, "keepassxc.csv": 5, "keepassx.csv": 2,
    "keepass1.csv": 2, "onepassword8.csv": 4, "dashlane_credentials.csv": 3,
    "dashlane_payments.csv": 2, "dashlane_ids.csv": 5, "dashlane_personal.csv": 5,
    "dashlane_notes.csv": 2, "roboform.csv": 6, "roboform_old.csv": 1, "nordpass.csv": 7,
    "nordpass_legacy.csv": 5, "zoho.csv": 3, "zoho_old.csv": 1, "keeper.csv": 6,
    "keeper_heading.csv": 3, "keeper.json": 9, "onepux.json": 12, "onepux_single.json": 1,
}  # fmt: skip


@pytest.mark.parametrize(("name", "count"), SAMPLES.items())
def test_t66_rows_in_are_rows_out(name: str, count: int) -> None:
    key = "keepercsv" if name == "keeper.csv" else None
    preview = read_file(sample(name), name, key=key)
    assert [row.number for row in preview.rows] == list(range(1, count + 1))
    assert sum(preview.count(verdict) for verdict in Verdict) == count
    for row in preview.rows:
        left_out = row.verdict in (Verdict.REJECTED, Verdict.DOUBLE)
        assert bool(row.items) is not left_out
        assert row.reasons or row.verdict is Verdict.OK
        assert {reason.key for reason in row.reasons} <= reasons.ALL


def test_reading_twice_gives_the_same() -> None:
    assert read_sample("keeper.json") == read_sample("keeper.json")
