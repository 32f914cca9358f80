"""Each format's sample, written from the format's description, item by item."""

from __future__ import annotations

import base64
import hashlib

import pytest

from desktop.domain.enums import CipherType, FieldType
from desktop.domain.errors import BadFile
from desktop.domain.items import ImportPreview, Item, ItemField, ItemUri, Verdict
from desktop.importers import reasons
from desktop.importers.registry import FORMATS, IMPORTERS, detect, read_file
from tests.importers.reading import (
    LASTPASS,
    items,
    keys,
    lastpass,
    login,
    read_sample,
    sample,
    table,
    verdicts,
)

OK, FIXED, LOSSY = Verdict.OK, Verdict.FIXED, Verdict.LOSSY
REJECTED, DOUBLE = Verdict.REJECTED, Verdict.DOUBLE


def fields(item: Item) -> dict[str, str | None]:
    return {field.name: field.value for field in item.fields}


def hidden(item: Item) -> set[str]:
    return {field.name for field in item.fields if field.type is FieldType.HIDDEN}


# --- LastPass ---------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def export() -> ImportPreview:
    return read_sample("lastpass.csv")


def test_lastpass_verdicts(export: ImportPreview) -> None:
    assert export.format == "lastpasscsv"
    assert export.confident
    assert verdicts(export) == [
        *(OK, OK, FIXED, FIXED, LOSSY, FIXED, OK, OK, OK, OK, DOUBLE, REJECTED)
    ]
    assert [keys(row) for row in export.rows] == [
        [],
        [],
        [reasons.FOLDER_CLEANED, reasons.TOTP_TIDIED],
        [reasons.URI_SCHEME_ADDED, reasons.NAME_MADE],
        [reasons.TOTP_INVALID],
        [reasons.BECAME_NOTE],
        [],
        [],
        [],
        [],
        [reasons.SAME_AS_ROW],
        [reasons.EMPTY_ROW],
    ]
    assert export.rows[10].reasons[0].facts == {"first": "1"}


def test_lastpass_login(export: ImportPreview) -> None:
    assert items(export)[0] == Item(
        type=CipherType.LOGIN,
        name="Portal",
        folder="Work/Finance",
        notes='First line\nSecond line with "quotes"',
        favorite=True,
        username="anna@example.com",
        password='p,a"ss w0rd ',
        totp="JBSWY3DPEHPK3PXP",
        uris=(ItemUri(uri="https://portal.example.com/login"),),
    )


def test_lastpass_folders_names_and_secrets(export: ImportPreview) -> None:
    door, shop, intranet, otp, bare = items(export)[1:6]
    assert (door.type, door.notes, door.folder) == (CipherType.SECURE_NOTE, "Door code 4711", None)
    assert (shop.folder, shop.totp) == ("Shared-Sales/North\u2215South", "JBSWY3DPEHPK3PXP")
    assert shop.password == "  leading"
    assert intranet.name == "intranet.example.com"
    assert intranet.uris[0].uri == "http://intranet.example.com"
    assert (otp.totp, otp.folder) == (None, None)
    assert otp.fields == (ItemField(name="TOTP", value="no secret 18!", type=FieldType.HIDDEN),)
    assert (bare.type, bare.name) == (CipherType.SECURE_NOTE, "Only a name")


def test_lastpass_typed_notes(export: ImportPreview) -> None:
    card, address, server, custom = items(export)[6:10]
    assert card.card == {
        "cardholderName": "A. de Vries",
        "brand": "Mastercard",
        "number": "5555000011112222",
        "code": "123",
        "expMonth": "6",
        "expYear": "2030",
    }
    assert card.notes == "Company card\nPIN at: the bank"
    assert fields(card) == {"Note type": "Credit Card", "Language": "en-US"}
    assert address.identity is not None
    assert address.identity["city"] == "Ede"
    assert address.identity["phone"] == "31201234567"
    assert fields(address)["Phone"] == '{"num":"31201234567","cc3l":"NLD"}'
    assert fields(address)["Birthday"] == "September,22,1980"
    assert address.notes == "Home: address"
    assert fields(server)["Password"] == "pass:with:colons"
    assert hidden(server) == {"Password"}
    assert hidden(custom) == {"Recovery code"}
    assert fields(custom)["Note type"] == "Custom_123456"


def _openssh(cipher: bytes = b"none", kind: bytes = b"ssh-ed25519") -> tuple[str, bytes]:
    def string(data: bytes) -> bytes:
        return len(data).to_bytes(4, "big") + data

    public = string(kind) + string(bytes(range(32)))
    body = b"openssh-key-v1\0" + string(cipher) + string(b"none") + string(b"")
    body += (1).to_bytes(4, "big") + string(public) + string(bytes(136))
    text = base64.encodebytes(body).decode().strip()
    key = f"-----BEGIN OPENSSH PRIVATE KEY-----\n{text}\n-----END OPENSSH PRIVATE KEY-----"
    return key, public


def test_lastpass_ssh_key_with_its_public_half() -> None:
    key, public = _openssh()
    body = f"NoteType:SSH Key\nLanguage:en\nPassphrase:hush\nPrivate Key:{key}\nHostname:h\nNotes:n"
    item = items(lastpass(login(url="http://sn", username="", password="", extra=body)))[0]
    digest = base64.b64encode(hashlib.sha256(public).digest()).decode().rstrip("=")
    assert item.type is CipherType.SSH_KEY
    assert item.ssh_key == {
        "privateKey": key,
        "publicKey": f"ssh-ed25519 {base64.b64encode(public).decode()}",
        "keyFingerprint": f"SHA256:{digest}",
    }
    assert hidden(item) == {"Passphrase"}
    assert item.notes == "n"


@pytest.mark.parametrize(
    "key",
    [
        _openssh(cipher=b"aes256-ctr")[0],
        _openssh(kind=b"ssh-dss")[0],
        "-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENC\n\nAA\n-----END RSA PRIVATE KEY-----",
        "-----BEGIN OPENSSH PRIVATE KEY-----\n!!!!\n-----END OPENSSH PRIVATE KEY-----",
    ],
)
def test_lastpass_ssh_key_that_clients_cannot_use_stays_whole(key: str) -> None:
    body = f"NoteType:SSH Key\nPassphrase:hush\nPrivate Key:{key}\nDate:x\nNotes:n"
    row = lastpass(login(url="http://sn", username="", password="", extra=body)).rows[0]
    item = row.items[0]
    assert (item.type, item.notes) == (CipherType.SECURE_NOTE, f"{key}\n\nn")
    assert keys(row) == [reasons.SSH_KEPT_AS_NOTE]
    assert hidden(item) == {"Passphrase"}


def test_lastpass_forms_make_an_identity_and_a_card() -> None:
    preview = read_sample("lastpass_forms.csv")
    assert verdicts(preview) == [OK, OK]
    person, card = preview.rows[0].items
    assert person.identity is not None
    assert person.identity["ssn"] == "123456789"
    assert person.notes == "Main profile"
    assert card.card == {
        "number": "4111111111111111",
        "cardholderName": "J de Boer",
        "code": "999",
        "expYear": "2031",
        "expMonth": "4",
    }
    assert len(preview.rows[1].items) == 1


def test_lastpass_page_is_unescaped_once() -> None:
    preview = read_sample("lastpass.html")
    first, note = items(preview)
    assert first.uris[0].uri == "https://a.example.com/?a=1&b=2"
    assert first.password == "R&D &lt;x>"
    assert note.notes == "two\nlines"


def test_lastpass_entities_decode_once_and_only_in_an_escaped_file() -> None:
    escaped = login(password="a&amp;lt;b&#39;&quot;", name="R&amp;D")
    row = lastpass(escaped, login(name="plain")).rows[0]
    assert row.items[0].password == "a&lt;b'\""
    assert row.items[0].name == "R&D"
    assert row.reasons[0].key == reasons.ENTITIES_DECODED
    assert row.reasons[0].facts == {"fields": "password, name", "count": "2"}
    lone = lastpass(escaped, login(url="https://example.com/?a=1&b=2"))
    assert lone.rows[0].items[0].password == "a&amp;lt;b&#39;&quot;"
    assert (lone.rows[0].verdict, keys(lone.rows[0])) == (OK, [reasons.ENTITIES_KEPT])
    chosen = lastpass(escaped, entities=False)
    assert chosen.rows[0].items[0].name == "R&amp;D"


def test_lastpass_rows_torn_by_unquoted_lines_are_glued() -> None:
    heading = ",".join(LASTPASS)
    data = (
        f"{heading}\n"
        "https://a.example,anna,pw,,first\nsecond\nthird,A,Work,0\n"
        "https://b.example,bert,pw,,,B,Work\n"
        "https://c.example,carl,pw,,,C,Work,0\n"
    ).encode()
    preview = read_file(data, "x.csv")
    assert [row.title for row in preview.rows] == ["A", "B", "C"]
    assert preview.rows[0].items[0].notes == "first\nsecond\nthird"
    assert keys(preview.rows[0]) == [reasons.LINES_GLUED]
    assert keys(preview.rows[1]) == [reasons.CELLS_MISSING]


def test_lastpass_without_totp_column_and_with_strange_ones() -> None:
    heading = [name for name in LASTPASS if name != "totp"]
    data = table(
        [*heading, "Security code", "Owner", "Owner"],
        [["https://a.example", "u", "p", "n", "A", "W", "0", "123", "me", "you"]],
        delimiter=";",
    )
    item = items(read_file(data, "x.csv"))[0]
    assert fields(item) == {"Security code": "123", "Owner": "me", "Owner (2)": "you"}
    assert hidden(item) == {"Security code"}


# --- Bitwarden --------------------------------------------------------------------------------


def test_bitwarden_person_csv() -> None:
    preview = read_sample("bitwarden_person.csv")
    assert preview.format == "bitwardencsv"
    assert verdicts(preview) == [FIXED, OK, OK]
    chirp, note, empty = items(preview)
    assert chirp.folder == "Social/Work"
    assert chirp.favorite
    assert [uri.uri for uri in chirp.uris] == [
        "https://chirp.example.com",
        "https://x.example.com/?a=1,2",
    ]
    assert fields(chirp) == {"API": "key: abc", "Recovery": "one\ntwo", "PIN": "1234"}
    assert hidden(chirp) == {"Recovery", "PIN"}
    assert keys(preview.rows[0]) == [reasons.FIELDS_REJOINED]
    assert chirp.password == "pass  word"
    assert (note.type, note.notes) == (CipherType.SECURE_NOTE, "Just text")
    assert (empty.type, empty.reprompt) == (CipherType.LOGIN, True)


def test_bitwarden_organization_csv_keeps_every_collection() -> None:
    shared, runbook = items(read_sample("bitwarden_org.csv"))
    assert (shared.folder, shared.extra_folders) == ("Finance", ("IT/Servers",))
    assert (runbook.folder, runbook.notes) == ("IT/Servers", "Restart: first")


def test_bitwarden_person_json() -> None:
    preview = read_sample("bitwarden_person.json")
    assert verdicts(preview) == [
        *(LOSSY, LOSSY, OK, OK, OK, LOSSY, LOSSY, REJECTED, FIXED, REJECTED, REJECTED, REJECTED)
    ]
    assert [keys(row) for row in preview.rows if row.reasons] == [
        [reasons.FIELD_TYPE_UNKNOWN],
        [reasons.FOLDER_UNKNOWN],
        [reasons.TYPE_BECAME_NOTE],
        [reasons.PASSKEY_AS_FIELD],
        [reasons.IN_TRASH],
        [reasons.ARCHIVED],
        [reasons.ITEM_UNREADABLE],
        [reasons.ITEM_UNREADABLE],
        [reasons.BAD_TEXT],
    ]
    assert preview.rows[-1].title == "Half \\ud83d"


def test_bitwarden_login_json_keeps_everything() -> None:
    chirp = items(read_sample("bitwarden_person.json"))[0]
    assert chirp == Item(
        type=CipherType.LOGIN,
        name="Chirp",
        folder="Social/Work",
        notes="Line one\nLine two",
        favorite=True,
        reprompt=True,
        username="anna",
        password=" p w ",
        totp="otpauth://totp/Chirp:anna?secret=JBSWY3DPEHPK3PXP&digits=8&period=60",
        uris=(
            ItemUri(uri="https://chirp.example.com", match=3),
            ItemUri(uri="androidapp://com.chirp"),
        ),
        fields=(
            ItemField(name="plain", value="text"),
            ItemField(name="PIN", value="12\n34", type=FieldType.HIDDEN),
            ItemField(name="yes", value="true", type=FieldType.BOOLEAN),
            ItemField(name="link", value=None, type=FieldType.LINKED, linked_id=100),
            ItemField(name="odd", value="kept", type=FieldType.HIDDEN),
        ),
        password_history=(
            ("old2", "2025-01-01T00:00:00.000Z"),
            ("old1", "2024-01-01T00:00:00.000Z"),
        ),
    )


def test_bitwarden_other_types_json() -> None:
    card, me, key, bank, passkey = items(read_sample("bitwarden_person.json"))[2:7]
    assert card.card is not None
    assert (card.card["expMonth"], card.card["code"]) == ("4", "999")
    assert fields(card) == {"pin": "1122"}
    assert (me.type, me.folder) == (CipherType.IDENTITY, "Private")
    assert key.ssh_key == {
        "privateKey": "PRIVATE",
        "publicKey": "ssh-ed25519 AAAA",
        "keyFingerprint": "SHA256:xyz",
    }
    assert bank.type is CipherType.SECURE_NOTE
    assert "NL00BANK0123456789" in str(fields(bank))
    assert hidden(passkey) == {"Passkey example.com"}
    assert "KEYVALUE" in str(fields(passkey))


def test_bitwarden_organization_json() -> None:
    preview = read_sample("bitwarden_org.json")
    shared, runbook = items(preview)
    assert verdicts(preview) == [OK, LOSSY]
    assert (shared.folder, shared.extra_folders) == ("Finance", ("IT/Servers",))
    assert runbook.folder == "IT/Servers"


@pytest.mark.parametrize(
    ("name", "code"),
    [("bitwarden_protected.json", "needs_password"), ("bitwarden_restricted.json", "encrypted")],
)
def test_bitwarden_encrypted_exports_say_so(name: str, code: str) -> None:
    with pytest.raises(BadFile) as caught:
        read_sample(name)
    assert caught.value.code == code


# --- Chrome -----------------------------------------------------------------------------------


def test_chrome() -> None:
    preview = read_sample("chrome.csv")
    assert preview.format == "chromecsv"
    assert preview.confident
    assert verdicts(preview) == [OK, FIXED, FIXED, DOUBLE]
    first, shop, app = items(preview)
    assert (first.password, first.notes) == ('p"w,', "A note")
    assert shop.name == "shop.example.com"
    assert app.uris[0].uri == "androidapp://com.example.app"


# --- telling them apart -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("lastpass.csv", "lastpasscsv"),
        ("lastpass_forms.csv", "lastpasscsv"),
        ("lastpass.html", "lastpasscsv"),
        ("bitwarden_person.csv", "bitwardencsv"),
        ("bitwarden_org.csv", "bitwardencsv"),
        ("bitwarden_person.json", "bitwardenjson"),
        ("bitwarden_org.json", "bitwardenjson"),
        ("bitwarden_protected.json", "bitwardenjson"),
        ("bitwarden_restricted.json", "bitwardenjson"),
        ("chrome.csv", "chromecsv"),
    ],
)
def test_content_alone_tells_the_format(name: str, key: str) -> None:
    found = detect(sample(name), "misleading.kdbx")
    assert (found.key, found.confident) == (key, True)
    assert found.candidates[0] == key


def test_an_uncertain_file_gives_candidates() -> None:
    found = detect(b"url,username,password,folder\nhttps://x.example,u,p,f\n")
    assert not found.confident
    assert "chromecsv" in found.candidates
    assert len(found.candidates) <= 3


def test_a_chosen_format_that_does_not_fit_names_what_is_missing() -> None:
    with pytest.raises(BadFile) as caught:
        read_file(b"a,b\n1,2\n", "x.csv", key="chromecsv")
    assert (caught.value.code, caught.value.line) == ("bad_header", 1)
    assert caught.value.detail == "missing: password, url"


def test_every_format_has_a_title_and_a_suffix() -> None:
    assert set(FORMATS) == {importer.key for importer in IMPORTERS}
    assert all(importer.title and importer.suffixes for importer in IMPORTERS)
