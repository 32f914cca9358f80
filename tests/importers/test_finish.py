"""The rules all formats share: names, one-time secrets, addresses, lengths, doubles."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.domain import limits
from desktop.domain.enums import CipherType, FieldType
from desktop.domain.items import Item, Verdict
from desktop.domain.limits import NOTE_SPLIT_BYTES, encrypted_length
from desktop.importers import reasons
from desktop.importers.draft import Draft
from desktop.importers.finish import finish
from desktop.importers.fitting import cut, plain_limit, split_notes
from desktop.importers.values import looks_secret, read_totp, read_uri, uri_host
from tests.importers.reading import holds, keys, lastpass, login


@pytest.mark.parametrize(
    ("value", "kept", "state"),
    [
        ("JBSWY3DPEHPK3PXP", "JBSWY3DPEHPK3PXP", "same"),
        ("jbsw y3dp-ehpk 3pxp", "JBSWY3DPEHPK3PXP", "tidied"),
        ("MFRGGZDFMY======", "MFRGGZDFMY======", "same"),
        ("steam://JBSWY3DP", "steam://JBSWY3DP", "same"),
        ("otpauth://totp/a:b?secret=JBSWY3DP&issuer=a", None, "same"),
        ("otpauth://totp/a?issuer=x&secret=jbswy3dp&digits=8&period=60", None, "same"),
        (" otpauth://totp/a?secret=JBSWY3DP ", "otpauth://totp/a?secret=JBSWY3DP", "tidied"),
        ("otpauth://totp/a?secret=JBSWY3DP%3D%3D", None, "same"),
        ("otpauth://hotp/a?secret=JBSWY3DP&counter=1", None, "counter"),
        ("otpauth://totp/a?secret=1890", None, "invalid"),
        ("otpauth://totp/a", None, "invalid"),
        ("otpauth://totp/a?secret=JBSWY3DP&digits=1000000", None, "invalid"),
        ("otpauth://totp/a?secret=JBSWY3DP&period=0", None, "invalid"),
        ("JBSWY3DPEHPK3PX1", None, "invalid"),
        ("A", None, "invalid"),
        ("\uff21\uff22\uff23\uff24", None, "invalid"),
        ("abc\u00df", None, "invalid"),
        ("otpauth://totp/a?secret=abc\u00df", None, "invalid"),
    ],
)
def test_one_time_secrets(value: str, kept: str | None, state: str) -> None:
    assert read_totp(value) == (kept or value, state)


@pytest.mark.parametrize(
    ("value", "kept", "change"),
    [
        ("https://a.example/x y", "https://a.example/x y", ""),
        ("  https://a.example ", "https://a.example", ""),
        ("a.example", "http://a.example", "scheme"),
        ("10.0.0.1:8443/login", "http://10.0.0.1:8443/login", "scheme"),
        ("bücher.example", "http://bücher.example", "scheme"),
        ("javascript:alert(1)", "javascript:alert(1)", ""),
        ("some words. and more", "some words. and more", ""),
        ("intranet", "intranet", ""),
        ("android://aGE=@com.app/", "androidapp://com.app", "android"),
        ("android://nothing", "android://nothing", ""),
        ("anna@a.example", "anna@a.example", ""),
    ],
)
def test_addresses(value: str, kept: str, change: str) -> None:
    assert read_uri(value) == (kept, change)


def test_hosts() -> None:
    assert uri_host("https://user:pw@www.a.example:8443/x") == "a.example"
    assert uri_host("no uri") == ""


@pytest.mark.parametrize(
    "label", ["Password", "PIN", "pincode", "API key", "Recovery codes", "Wachtwoord", "token 2"]
)
def test_secret_labels(label: str) -> None:
    assert looks_secret(label)


@pytest.mark.parametrize("label", ["Owner", "Hostname", "Spinach", "Keyboard"])
def test_plain_labels(label: str) -> None:
    assert not looks_secret(label)


def test_names_are_made_up_in_order() -> None:
    made = lastpass(
        login(name="", url="https://www.host.example/x"),
        login(name=" ", url="", username="anna"),
        login(name="", url="", username="", password="pw"),
    )
    assert [row.items[0].name for row in made.rows] == ["host.example", "anna", "(no name) row 3"]
    assert all(keys(row) == [reasons.NAME_MADE] for row in made.rows)


def test_a_totp_alone_stays_a_login() -> None:
    row = lastpass(login(url="", username="", password="", totp="JBSWY3DP")).rows[0]
    assert row.items[0].type is CipherType.LOGIN


def test_values_of_a_login_on_a_note_become_fields() -> None:
    item = lastpass(login(url="http://sn", totp="JBSWY3DP")).rows[0].items[0]
    assert [(field.name, field.value, field.type) for field in item.fields] == [
        ("Username", "anna", FieldType.TEXT),
        ("Password", "pw", FieldType.HIDDEN),
        ("TOTP", "JBSWY3DP", FieldType.HIDDEN),
    ]


def test_doubles_name_the_first_row_and_only_whole_rows_count() -> None:
    rows = lastpass(
        login(), login(password="other"), login(), login(grouping="Elsewhere"), login(fav="1")
    )
    assert [row.verdict for row in rows.rows] == [
        *(Verdict.OK, Verdict.OK, Verdict.DOUBLE, Verdict.OK, Verdict.OK)
    ]
    assert rows.rows[2].reasons[0].facts == {"first": "1"}
    assert rows.rows[2].items == ()


# --- lengths ----------------------------------------------------------------------------------


def test_the_page_of_limits_in_bytes() -> None:
    assert plain_limit(1_000) == 687
    assert plain_limit(5_000) == 3_695
    assert plain_limit(10_000) == 7_439


def test_an_overlong_note_is_split_at_line_breaks() -> None:
    note = "".join(f"line {n} with some words\n" for n in range(900))
    row = lastpass(login(extra=note, grouping="Work", name="Server")).rows[0]
    assert row.verdict is Verdict.FIXED
    assert row.reasons[0].key == reasons.NOTES_SPLIT
    assert row.reasons[0].facts == {"parts": "4"}
    assert [item.name for item in row.items] == [
        "Server",
        "Server (notes 2/4)",
        "Server (notes 3/4)",
        "Server (notes 4/4)",
    ]
    assert [item.type for item in row.items] == [CipherType.LOGIN, *[CipherType.SECURE_NOTE] * 3]
    assert {item.folder for item in row.items} == {"Work"}
    assert "".join(item.notes or "" for item in row.items) == note
    assert all((item.notes or "").endswith("\n") for item in row.items)


def test_a_note_at_the_limit_is_left_alone() -> None:
    assert lastpass(login(extra="x" * 7_439)).rows[0].verdict is Verdict.OK
    assert len(lastpass(login(extra="x" * 7_440)).rows[0].items) == 2


def test_a_key_block_is_never_cut_when_it_fits() -> None:
    block = "-----BEGIN PRIVATE KEY-----\n" + "A" * 60 * 100 + "\n-----END PRIVATE KEY-----\n"
    note = "x" * 5_000 + "\n" + block + "y" * 5_000
    parts, torn = split_notes(note)
    assert not torn
    assert "".join(parts) == note
    assert any(block in part for part in parts)
    _, torn = split_notes(block.replace("A", "AA") + "\n" + note)
    assert torn


@pytest.mark.parametrize(
    ("column", "size", "key"),
    [
        ("name", 700, reasons.NAME_SHORTENED),
        ("username", 700, reasons.VALUE_MOVED),
        ("username", 4_000, reasons.VALUE_MOVED),
        ("password", 4_000, reasons.VALUE_MOVED),
        ("totp", 4_000, reasons.TOTP_TOO_LONG),
        ("grouping", 700, reasons.FOLDER_SHORTENED),
    ],
)
def test_an_overlong_value_moves_whole_and_blocks_nothing(column: str, size: int, key: str) -> None:
    row = lastpass(login(**{column: "A" * size})).rows[0]
    assert key in keys(row)
    assert holds(row, "A" * size)
    _assert_sendable(row.items)


def test_an_overlong_address_goes_to_the_notes() -> None:
    url = "https://a.example/" + "x" * 8_000
    row = lastpass(login(url=url)).rows[0]
    assert (row.verdict, reasons.URI_TO_NOTES in keys(row)) == (Verdict.LOSSY, True)
    assert holds(row, url)
    _assert_sendable(row.items)


def test_old_passwords_beyond_five_are_kept_as_hidden_fields() -> None:
    draft = Draft(1, "x", CipherType.LOGIN)
    draft.name = "n"
    draft.history = [(f"old{n}", f"2020-01-0{n}") for n in range(1, 8)]
    item = finish(draft)[0]
    assert [password for password, _ in item.password_history] == [
        *("old7", "old6", "old5", "old4", "old3")
    ]
    assert [(field.name, field.value) for field in item.fields] == [
        ("Old password 2020-01-02", "old2"),
        ("Old password 2020-01-01", "old1"),
    ]


def _assert_sendable(items: tuple[Item, ...]) -> None:
    """Every value of every item is within what the server takes, once encrypted."""
    for item in items:
        checks = [
            (item.name, limits.ENC_NAME_MAX),
            (item.folder, limits.ENC_NAME_MAX),
            (item.notes, limits.ENC_NOTES_MAX),
            (item.username, limits.ENC_USERNAME_MAX),
            (item.password, limits.ENC_PASSWORD_MAX),
            (item.totp, limits.ENC_TOTP_MAX),
            *((uri.uri, limits.ENC_URI_MAX) for uri in item.uris),
            *((field.name, limits.ENC_FIELD_NAME_MAX) for field in item.fields),
            *((field.value, limits.ENC_FIELD_VALUE_MAX) for field in item.fields),
            *((value, limits.ENC_CARD_IDENTITY_MAX) for value in (item.card or {}).values()),
            *((value, limits.ENC_CARD_IDENTITY_MAX) for value in (item.identity or {}).values()),
            *((value, limits.ENC_SSH_KEY_MAX) for value in (item.ssh_key or {}).values()),
            *((old, limits.ENC_PASSWORD_MAX) for old, _ in item.password_history),
        ]
        for value, most in checks:
            assert value is None or encrypted_length(len(value.encode())) <= most


LONG = st.builds(
    lambda text, times, tail: text * times + tail,
    st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=40),
    st.integers(0, 900),
    st.text(st.characters(exclude_categories=["Cs"]), max_size=5),
)


@settings(max_examples=40, deadline=None)
@given(st.sampled_from(list(CipherType)), st.lists(LONG, min_size=9, max_size=9))
def test_t50_whatever_the_lengths_all_of_it_can_be_sent(kind: CipherType, texts: list[str]) -> None:
    draft = Draft(1, "test", kind)
    draft.name, draft.notes, draft.username, draft.password, draft.folder = texts[:5]
    draft.add_uri(texts[5])
    draft.add_field(texts[6] or "f", texts[7])
    draft.card = {"number": texts[8]} if kind is CipherType.CARD else None
    draft.identity = {"title": texts[8]} if kind is CipherType.IDENTITY else None
    draft.ssh_key = {"privateKey": texts[8]} if kind is CipherType.SSH_KEY else None
    _assert_sendable(finish(draft))


@settings(max_examples=40, deadline=None)
@given(LONG)
def test_split_notes_joined_are_the_note(text: str) -> None:
    parts, _ = split_notes(text)
    assert "".join(parts) == text
    assert all(len(part.encode()) <= NOTE_SPLIT_BYTES for part in parts)


@given(st.text(st.characters(exclude_categories=["Cs"])), st.integers(4, 60))
def test_cut_parts_between_characters(text: str, size: int) -> None:
    head, rest = cut(text, size)
    assert head + rest == text
    assert len(head.encode()) <= size
    assert head or not text


def test_cut_keeps_an_accent_with_its_letter() -> None:
    assert cut("abe\u0301", 4) == ("ab", "e\u0301")
    assert cut("a👩\u200d💻", 9) == ("a", "👩\u200d💻")
