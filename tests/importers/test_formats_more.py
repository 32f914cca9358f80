"""Each further format's sample, written from the format's description, item by item."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Mapping

import pytest

from desktop.domain.enums import CipherType, FieldType
from desktop.domain.errors import BadFile
from desktop.domain.items import ImportPreview, Item, ItemUri, Verdict
from desktop.importers import reasons
from desktop.importers.formats import SniffInput
from desktop.importers.registry import IMPORTERS, detect, read_file
from desktop.importers.source import Source
from desktop.importers.table import read_heading
from tests.importers.reading import items, keys, read_sample, sample, table, verdicts

OK, FIXED, LOSSY = Verdict.OK, Verdict.FIXED, Verdict.LOSSY
REJECTED, DOUBLE = Verdict.REJECTED, Verdict.DOUBLE
LOGIN, NOTE = CipherType.LOGIN, CipherType.SECURE_NOTE
CARD, IDENTITY = CipherType.CARD, CipherType.IDENTITY


def fields(item: Item) -> dict[str, str | None]:
    return {field.name: field.value for field in item.fields}


def hidden(item: Item) -> set[str]:
    return {field.name for field in item.fields if field.type is FieldType.HIDDEN}


def uris(item: Item) -> list[str]:
    return [uri.uri for uri in item.uris]


def why(preview: ImportPreview) -> list[list[str]]:
    return [keys(row) for row in preview.rows]


def packed(files: Mapping[str, bytes]) -> bytes:
    """A ZIP of these entries, as exports are packed."""
    body = io.BytesIO()
    with zipfile.ZipFile(body, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return body.getvalue()


# --- documentation tools of providers ---------------------------------------------------------


def test_itglue() -> None:
    preview = read_sample("itglue.csv")
    assert verdicts(preview) == [FIXED, OK, OK, FIXED, FIXED]
    assert why(preview) == [
        [reasons.MARKUP_TO_TEXT, reasons.TOTP_TIDIED],
        [],
        [],
        [reasons.ARCHIVED, reasons.URI_SCHEME_ADDED],
        [reasons.URI_SCHEME_ADDED],
    ]
    wall, first, second, old, mail = items(preview)
    assert wall == Item(
        type=LOGIN,
        name="Firewall admin",
        folder="Acme/Network",
        notes="Line one\nR&D\ntwo",
        username="admin",
        password='p,a"ss <b>&amp;  ',
        totp="JBSWY3DPEHPK3PXP",
        uris=(ItemUri(uri="https://fw.acme.example"),),
    )
    # Passwords of things repeat their name: the thing stands before it.
    assert [first.name, second.name] == ["SRV-01 - Local admin", "SRV-02 - Local admin"]
    assert fields(first) == {"Related to": "SRV-01 (Configuration)"}
    assert second.folder == "Beta\u2215North"
    assert second.notes == "Plain\r\ntwo lines, a < b"
    assert (old.password, fields(old)) == ("gone", {"Archived": "Yes"})
    assert (mail.name, mail.password) == ("Zoë\u2019s mail", "pässword\r\nwith a line")
    assert mail.folder == "Gämma/Cloud \u2215 Mail"


def test_one_organization_is_no_folder() -> None:
    heading = ("organization_name", "name", "username", "password", "OTP-Secret", "url", "notes")
    rows = [["Acme", "A", "u", "p", "", "", ""], ["Acme", "B", "u", "q", "", "", ""]]
    for item in items(read_file(table(heading, rows), "x")):
        assert (item.folder, fields(item)) == (None, {"Organization": "Acme"})


def test_hudu() -> None:
    preview = read_sample("hudu.csv")
    assert why(preview) == [
        [reasons.MARKUP_TO_TEXT, reasons.WAS_IN_PORTAL],
        [],
        [],
        [reasons.TOTP_INVALID],
    ]
    assert verdicts(preview) == [FIXED, OK, OK, LOSSY]
    domain, site, wifi, pin = items(preview)
    assert (domain.folder, domain.notes) == ("Acme/Servers", "First\nSecond <x>")
    assert (domain.username, domain.password) == ("ACME\\admin", 'p,w"1')
    assert fields(domain) == {"Type": "Domain", "Related to": "Asset 55", "In portal": "true"}
    assert (site.folder, site.password) == ("Acme", "&lt;raw&gt;")
    assert (wifi.folder, wifi.password) == ("Beta/Global\u2215Shared", "wifi  secret ")
    assert (pin.password, fields(pin)) == ("0012", {"TOTP": "not base32 1!"})
    assert hidden(pin) == {"TOTP"}


def test_hudu_with_headings_as_titles() -> None:
    preview = read_sample("hudu_titles.csv")
    assert (preview.format, preview.confident) == ("huducsv", True)
    first, second = items(preview)
    assert (first.folder, first.notes, fields(first)) == (
        "Acme/Portals",
        "Two\r\nlines",
        {"Type": "Web"},
    )
    assert (second.folder, second.password) == ("Beta", "pw2")


def test_passportal() -> None:
    preview = read_sample("passportal.csv")
    assert verdicts(preview) == [OK, FIXED, OK, FIXED]
    assert why(preview) == [[], [reasons.URI_SCHEME_ADDED], [], [reasons.NAME_MADE]]
    domain, router, branch, bare = items(preview)
    assert domain.name == "Domain Administrator - Head office"
    assert (domain.folder, domain.notes) == ("Acme/Servers", "one flat note")
    assert (domain.password, domain.totp) == ('p,w" 1 ', "JBSWY3DPEHPK3PXP")
    assert fields(domain) == {"Type": "Domain Administrator", "Expires": "Yes"}
    assert (router.name, router.password, router.folder) == ("Router", "geheim-ü", "Acme")
    assert branch.folder == "Beta/Servers"
    assert bare.name == "only@beta.example"


def test_passportal_of_ones_own() -> None:
    [bank] = items(read_sample("passportal_own.csv"))
    assert (bank.name, bank.folder) == ("Bank - Company account", "Money")
    assert fields(bank) == {"Type": "Bank"}


NOTES = {
    "<p>One</p><p>two</p>": "One\ntwo",
    "a<br>b<br/>c &amp;lt; d": "a\nb\nc &lt; d",
    '<a href="https://a.example">here</a>': "here (https://a.example)",
    "<ul><li>one</li><li>two</li></ul>": "- one\n- two",
    '<span style="color:red">x</span>': "x",
}
KEPT = (
    "<p>a</p><?secret one?>",
    "<p>a</p><![CDATA[secret]]>",
    "<p>a</p><!-- secret -->",
    '<img src="secret.png"><p>a</p>',
    '<p data-key="secret">a</p>',
    "<table><tr><td>a</td></tr></table>",
    "<p>a</p><script>secret</script>",
    "<!DOCTYPE secret><p>a</p>",
)


@pytest.mark.parametrize(("markup", "text"), NOTES.items())
def test_notes_in_html_become_text(markup: str, text: str) -> None:
    row = _note(markup).rows[0]
    assert ((row.items[0].notes or "").strip(), keys(row)) == (text, [reasons.MARKUP_TO_TEXT])


@pytest.mark.parametrize("markup", KEPT)
def test_notes_in_html_stay_where_text_would_say_less(markup: str) -> None:
    row = _note(markup).rows[0]
    assert (row.items[0].notes, keys(row)) == (markup, [reasons.MARKUP_KEPT])


@pytest.mark.parametrize(
    "text", ["a < b and c > d", "x &amp; y", "<p>a</p> <secret", "<p>a</p> &secret", "1 <2> 3"]
)
def test_notes_with_signs_of_html_lose_no_word(text: str) -> None:
    notes = _note(text).rows[0].items[0].notes or ""
    assert all(word in notes for word in text.replace("<p>a</p>", "a").split())


def _note(text: str) -> ImportPreview:
    heading = ("company_name", "name", "username", "password", "otp_secret", "description")
    return read_file(table(heading, [["", "N", "u", "p", "", text]]), "x", key="huducsv")


# --- browsers ---------------------------------------------------------------------------------


def test_firefox() -> None:
    preview = read_sample("firefox.csv")
    assert verdicts(preview) == [FIXED, FIXED, REJECTED, FIXED, DOUBLE]
    assert keys(preview.rows[2]) == [reasons.BROWSER_KEYS]
    site, router, other = items(preview)
    assert (site.name, site.password, uris(site)) == (
        "example.com",
        'p"w, ü ',
        ["https://www.example.com"],
    )
    assert fields(router) == {"HTTP realm": "Router, level 15"}
    assert fields(other) == {"Form action": "https://login.example.com"}
    assert "SYNC-KEY-SECRET" not in repr(preview)


@pytest.mark.parametrize("name", ["firefox_old.csv", "firefox_hostname.csv"])
def test_older_firefox(name: str) -> None:
    first, second = items(read_sample(name))
    assert (first.username, first.password) == ("anna", "first")
    assert second.password == "second"
    assert uris(first) == ["https://old.example.com"]


def test_safari() -> None:
    preview = read_sample("safari.csv")
    assert verdicts(preview) == [OK, OK, FIXED]
    shop, mail, bare = items(preview)
    assert (shop.name, shop.password) == ("shop.example.com (anna)", 'p"w,1')
    assert shop.notes == "First line\nsecond, line"
    assert (shop.totp or "").startswith("otpauth://totp/shop.example.com:anna?secret=JBSWY3DP")
    assert (mail.username, mail.password) == ("ünal@example.com", "' leading")
    assert bare.name == "bare.example.com"
    assert [item.password for item in items(read_sample("safari_old.csv"))] == ["old pw", "other"]


# --- password managers, as tables -------------------------------------------------------------


def test_keepassxc() -> None:
    preview = read_sample("keepassxc.csv")
    assert verdicts(preview) == [OK, OK, FIXED, FIXED, FIXED]
    web, top, untitled, note, empty = items(preview)
    assert (web.folder, web.notes, web.password) == (
        "Servers/Linux",
        "Line one\nline two",
        'p,"w ',
    )
    assert (web.totp or "").startswith("otpauth://totp/web01:root?secret=")
    assert uris(web) == ["ssh://web01.example"]
    assert (top.folder, top.name) == (None, "Top of the tree")
    assert (untitled.name, untitled.password) == ("untitled.example", "pw3")
    assert (note.type, note.notes) == (NOTE, "Grüße")
    assert (empty.type, empty.folder) == (NOTE, "Web")


def test_older_keepass() -> None:
    assert [item.folder for item in items(read_sample("keepassx.csv"))] == ["Bank", "Shop"]
    mail, shop = items(read_sample("keepass1.csv"))
    assert (mail.name, mail.username, mail.password) == ("Mail", "anna", "p,w")
    assert (mail.notes, uris(mail)) == ("Old\r\nnote", ["https://mail.example"])
    assert shop.password == "pw2"


def test_groups_without_a_common_root_stay_whole() -> None:
    heading = ("Group", "Title", "Username", "Password", "URL", "Notes")
    rows = [["A/x", "1", "u", "p", "", ""], ["B/x", "2", "u", "p", "", ""]]
    assert [item.folder for item in items(read_file(table(heading, rows), "x"))] == ["A/x", "B/x"]


def test_onepassword_8() -> None:
    preview = read_sample("onepassword8.csv")
    assert verdicts(preview) == [OK, FIXED, OK, FIXED]
    portal, old, bare, unnamed = items(preview)
    assert (portal.favorite, portal.notes, portal.password) == (True, "One\ntwo", 'p,"w')
    assert (portal.totp or "").startswith("otpauth://totp/Portal:anna?")
    assert fields(portal) == {"Tags": "movies;Work"}
    assert (fields(old), keys(preview.rows[1])) == ({"Archived": "true"}, [reasons.ARCHIVED])
    assert (bare.type, bare.password) == (LOGIN, "nur-pw")
    assert unnamed.name == "noname.example"


def test_dashlane_logins_and_notes() -> None:
    preview = read_sample("dashlane_credentials.csv")
    assert verdicts(preview) == [OK, OK, FIXED]
    portal, shop, title = items(preview)
    assert (portal.folder, portal.password, portal.notes) == ("Work/Web", 'p,"w', "Two words")
    assert (portal.totp or "").startswith("otpauth://")
    # The secret stands in one place only.
    assert fields(portal) == {"Username 2": "anna@example.com"}
    assert fields(shop) == {"Username 3": "third"}
    assert title.type is NOTE
    assert items(read_sample("dashlane_old_otp.csv"))[0].totp == "JBSWY3DPEHPK3PXP"
    door, unnamed = items(read_sample("dashlane_notes.csv"))
    assert (door.type, door.folder) == (NOTE, "Home")
    assert door.notes == "Code 4711, twice\nand again"
    assert (unnamed.name, unnamed.notes) == ("(no name) row 2", "no title")


def test_an_empty_otp_column_hides_nothing() -> None:
    heading = ("username", "username2", "title", "password", "url", "otpUrl", "otpSecret")
    data = table(heading, [["u", "", "T", "p", "", "", "JBSWY3DPEHPK3PXP"]])
    assert items(read_file(data, "x", key="dashlanecsv"))[0].totp == "JBSWY3DPEHPK3PXP"


def test_dashlane_payments_and_papers() -> None:
    card, bank = items(read_sample("dashlane_payments.csv"))
    assert (card.type, card.name, card.notes) == (CARD, "Travel card", "PIN at the bank")
    assert card.card == {
        "cardholderName": "A. de Vries",
        "number": "5555000011112222",
        "code": "012",
        "expMonth": "6",
        "expYear": "2030",
    }
    assert fields(card) == {"Country": "NL", "Issuing bank": "Some Bank"}
    assert (bank.type, bank.name) == (NOTE, "Current account")
    assert fields(bank)["Account holder"] == "J. de Boer"
    assert hidden(bank) == {"Account number"}
    papers = items(read_sample("dashlane_ids.csv"))
    assert all(paper.type is IDENTITY and paper.identity is not None for paper in papers)
    passport, licence, social, tax, own = papers
    assert passport.identity is not None
    assert passport.identity["passportNumber"] == "NX1234567"
    assert fields(passport)["Issue date"] == "2022-1-30"
    assert licence.identity is not None
    assert (licence.identity["licenseNumber"], licence.identity["state"]) == ("L-99", "Gelderland")
    assert social.identity is not None
    assert social.identity["ssn"] == "123-45-6789"
    assert (fields(tax)["Number"], fields(own)["Number"]) == ("TX-55", "ID-77")
    assert hidden(tax) == hidden(own) == {"Number"}


def test_dashlane_personal_data_is_not_folded_away() -> None:
    person, mail, home_mail, phone, home = items(read_sample("dashlane_personal.csv"))
    assert person.identity == {
        "title": "MRS",
        "firstName": "Anna",
        "middleName": "B.",
        "lastName": "de Vries",
        "username": "avries",
    }
    assert fields(person)["Date of birth"] == "1980-02-03"
    assert [one.identity and one.identity["email"] for one in (mail, home_mail)] == [
        "anna@example.com",
        "anna@home.example",
    ]
    assert phone.identity == {"phone": "+31 6 12345678"}
    assert home.identity is not None
    assert (home.identity["address1"], home.identity["postalCode"]) == ("Street 1", "6711")
    assert fields(home) == {
        "Type": "address",
        "Recipient": "Anna",
        "Building": "B2",
        "Apartment": "12",
        "Floor": "3",
        "Door code": "4711#",
    }


def test_roboform() -> None:
    preview = read_sample("roboform.csv")
    assert verdicts(preview) == [FIXED, FIXED, FIXED, OK, FIXED, FIXED]
    assert [keys(row)[:1] for row in preview.rows[:3]] == [[reasons.APOSTROPHE_REMOVED]] * 3
    portal, quoted, minus, bookmark, safenote, last = items(preview)
    assert (portal.folder, portal.notes, portal.password) == ("Work/Web", "Two\nlines", "@home")
    assert (portal.totp, fields(portal)) == ("JBSWY3DPEHPK3PXP", {"Branch": "=12,5"})
    # The host to match on is in the address already.
    assert uris(portal) == ["https://portal.example/login"]
    assert (quoted.username, quoted.password) == ("'quoted", "'plain")
    assert (minus.username, minus.password) == ("-user", "+pw")
    assert (bookmark.type, bookmark.folder) == (LOGIN, "Links")
    assert (safenote.type, safenote.notes) == (NOTE, "=SUM(1)\nsecond")
    assert (last.name, last.password) == ("last.example", "pw9")


def test_older_roboform() -> None:
    [portal] = items(read_sample("roboform_old.csv"))
    assert (portal.username, fields(portal)) == ("anna", {"Key": "a:b:c"})
    assert hidden(portal) == {"Key"}


def test_nordpass() -> None:
    preview = read_sample("nordpass.csv")
    assert verdicts(preview) == [REJECTED, OK, OK, OK, OK, FIXED, FIXED]
    assert keys(preview.rows[0]) == [reasons.FOLDER_ROW]
    assert keys(preview.rows[5]) == [reasons.CELL_UNREADABLE] * 2
    assert keys(preview.rows[6]) == [reasons.KIND_UNKNOWN, reasons.BECAME_NOTE]
    portal, card, me, door, broken, odd = items(preview)
    assert uris(portal) == ["https://portal.example", "https://alt.example", "https://alt2.example"]
    assert (portal.folder, portal.password) == ("Work/Web", 'p,"w ')
    assert (fields(portal), hidden(portal)) == ({"Recovery": "r-1", "Owner": "Zoë"}, {"Recovery"})
    assert card.card is not None
    assert (card.card["expMonth"], card.card["expYear"]) == ("6", "2030")
    assert [(field.name, field.value) for field in card.fields] == [
        ("zipcode", "6711"),
        ("PIN", "9876"),
    ]
    assert me.identity is not None
    assert (me.identity["firstName"], me.identity["lastName"]) == ("Anna B. de", "Vries")
    assert (me.identity["postalCode"], me.identity["address1"]) == ("6711", "Street 1")
    assert (door.type, door.notes) == (NOTE, "Code\n4711")
    assert fields(broken) == {"additional_urls": "[not json", "custom_fields": "{oops"}
    assert hidden(broken) == {"custom_fields"}
    assert fields(odd) == {"Type": "hologram", "K": "v"}


def test_nordpass_addresses_of_a_card_are_kept() -> None:
    heading = sample("nordpass.csv").decode().partition("\n")[0].split(",")
    cells = {"name": "N", "type": "credit_card", "cardnumber": "4", "additional_urls": '["u"]'}
    [card] = items(read_file(table(heading, [[cells.get(name, "") for name in heading]]), "x"))
    assert (card.type, fields(card)) == (CARD, {"additional_urls": '["u"]'})


def test_older_nordpass_without_types() -> None:
    preview = read_sample("nordpass_legacy.csv")
    assert verdicts(preview) == [REJECTED, OK, OK, OK, OK]
    assert [item.type for item in items(preview)] == [LOGIN, CARD, IDENTITY, NOTE]
    portal, card = items(preview)[:2]
    assert portal.folder == "Work"
    assert card.card is not None
    assert (card.card["expMonth"], card.card["expYear"]) == ("1", "2022")


def test_zoho() -> None:
    preview = read_sample("zoho.csv")
    assert verdicts(preview) == [OK, FIXED, OK]
    portal, server, names = items(preview)
    assert (portal.folder, portal.favorite, portal.totp) == ("Work", True, "JBSWY3DPEHPK3PXP")
    assert (portal.username, portal.password) == ("anna", 'p:w,"1')
    assert portal.notes == "A note\n\nMain site"
    assert fields(portal) == {
        "Tags": "web",
        "Classification": "Enterprise",
        "Type": "Web Account",
        "Recovery code": "r-1",
        "Owner": "Zoë",
    }
    assert hidden(portal) == {"Recovery code"}
    key = "-----BEGIN RSA PRIVATE KEY-----\nAAAA\n-----END RSA PRIVATE KEY-----"
    assert key in (server.notes or "")
    assert (names.username, names.password, fields(names)["name"]) == ("right", "pw3", "not me")
    assert items(read_sample("zoho_old.csv"))[0].folder == "Chamber one"


# --- Keeper -----------------------------------------------------------------------------------


def test_keeper_csv() -> None:
    preview = read_file(sample("keeper.csv"), "x", key="keepercsv")
    assert verdicts(preview) == [OK, FIXED, OK, FIXED, FIXED, OK]
    portal, router, both, note, bank, short = items(preview)
    assert (portal.folder, portal.password, portal.notes) == ("Work/Web", 'p,"w ', "Two\nlines")
    assert (fields(portal), hidden(portal)) == (
        {"Recovery code": "r-1", "Owner": "Zoë"},
        {"Recovery code"},
    )
    assert router.folder == "Network/Routers"
    assert (router.totp or "").startswith("otpauth://totp/R:root")
    assert preview.rows[1].reasons[0].facts == {"rights": "edit, reshare"}
    assert (both.folder, both.extra_folders) == ("Team", ("Private",))
    assert (note.type, note.name, note.folder) == (NOTE, "A/B test", None)
    assert fields(bank)["Bank Account"] == "Checking | 123456789 | 021000021"
    assert (short.username, short.password) == ("carl", "pw5")


def test_keeper_csv_with_a_heading_made_by_hand() -> None:
    preview = read_sample("keeper_heading.csv")
    assert keys(preview.rows[0]) == [reasons.HEADER_AGAIN]
    assert [item.folder for item in items(preview)] == ["Work", "Sales"]


def test_keeper_json() -> None:
    preview = read_sample("keeper.json")
    assert verdicts(preview) == [OK, FIXED, FIXED, OK, OK, OK, FIXED, FIXED, OK]
    portal, empty, card, door, me, server, key, bank, number = items(preview)
    assert (portal.folder, portal.extra_folders) == ("Work/Web", ("Network/Routers",))
    assert preview.rows[0].reasons[0].facts == {"rights": "edit, share"}
    assert (portal.totp or "").startswith("otpauth://totp/P:anna")
    assert fields(portal) == {
        "TOTP": "otpauth://totp/P:two?secret=GEZDGNBVGY3TQOJQ&issuer=P",
        "Owner": "Zoë",
        "Recovery": "r-1",
        "Plain label": "v",
    }
    assert hidden(portal) == {"TOTP", "Recovery"}
    assert uris(portal) == ["https://portal.example", "https://alt.example"]
    # A card without any field of a card.
    assert (empty.type, empty.name) == (NOTE, "Card")
    assert card.card == {
        "number": "5555000011112222",
        "code": "012",
        "expMonth": "6",
        "expYear": "2030",
        "cardholderName": "A. de Vries",
    }
    assert (card.folder, hidden(card)) == ("R\u2215D \\ lab", {"Pin code"})
    assert (door.notes, fields(door)["Date"]) == ("Code 4711\nbelow", "1969-12-31")
    assert me.identity == {
        "firstName": "Anna",
        "middleName": "B.",
        "lastName": "de Vries",
        "phone": "NL 612345678 12",
        "email": "anna@example.com",
    }
    assert fields(server)["Host"] == "10.0.0.1:22"
    assert hidden(server) == {"Pet?"}
    assert '{"b":1}' in fields(server).values()
    assert server.totp == "otpauth://totp/S:root?secret=JBSWY3DPEHPK3PXP"
    assert key.type is NOTE
    assert hidden(key) == {"Key pair private key", "passphrase"}
    assert "0123456789" in fields(bank).values()
    assert hidden(bank) == {"Bank account account number"}
    # Numbers stand as they are written, and what is new in the format stands too.
    assert (number.username, number.password) == ("7", "1.10")
    assert fields(number) == {"new_member": '{"a":"kept"}'}


# --- 1Password --------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def onepux() -> ImportPreview:
    return read_sample("onepux.json")


def test_1pux_verdicts(onepux: ImportPreview) -> None:
    assert verdicts(onepux) == [*(OK, OK, OK, OK, FIXED, REJECTED, OK, OK, FIXED, LOSSY, FIXED, OK)]
    assert [keys(row) for row in onepux.rows if row.reasons] == [
        [reasons.ARCHIVED],
        [reasons.IN_TRASH],
        [reasons.SSH_KEPT_AS_NOTE],
        [reasons.ATTACHMENTS_LEFT_OUT],
        [reasons.BECAME_NOTE],
    ]


def test_1pux_logins(onepux: ImportPreview) -> None:
    portal, alias, bare = items(onepux)[:3]
    assert (portal.folder, portal.favorite) == ("Acme/Private", True)
    assert (portal.username, portal.password) == ("anna", 'p,"w ')
    assert (portal.notes, portal.totp) == ("Two\nlines", "JBSWY3DPEHPK3PXP")
    assert uris(portal) == ["https://portal.example", "https://alt.example"]
    assert fields(portal) == {
        "remember": "true",
        "branch": "4711",
        "second": "GEZDGNBVGY3TQOJQ",
        "host": "one",
        "B: host": "two",
        "since": "2020-09-13",
        "until": "2030-06",
        "Tags": "movies, Work",
    }
    assert hidden(portal) == {"second", "B: host"}
    assert portal.password_history == (
        ("old2", "2019-02-12T19:33:20.000Z"),
        ("old1", "2017-07-14T02:40:00.000Z"),
    )
    assert (alias.username, alias.password) == ("alias@x.example", "pw2")
    assert (bare.type, bare.password) == (LOGIN, "pw3")


def test_1pux_other_categories(onepux: ImportPreview) -> None:
    card, door, me, server, key, contract, wallet, other = items(onepux)[3:]
    assert card.card == {
        "cardholderName": "A. de Vries",
        "brand": "Mastercard",
        "number": "5555000011112222",
        "code": "012",
        "expMonth": "6",
        "expYear": "2030",
    }
    assert hidden(card) == {"PIN"}
    assert (door.type, door.notes) == (NOTE, "Code 4711")
    assert me.folder == "Acme/Team\u2215IT"
    assert me.identity == {
        "firstName": "Anna",
        "middleName": "B.",
        "lastName": "de Vries",
        "address1": "Street 1",
        "city": "Ede",
        "state": "GE",
        "postalCode": "6711",
        "country": "nl",
        "phone": "+31 6 123",
        "email": "anna@example.com",
    }
    assert fields(me) == {"birth date": "1980-02-03"}
    assert (server.username, server.password, uris(server)) == ("root", "pw7", ["ssh://10.0.0.1"])
    assert (key.type, hidden(key)) == (NOTE, {"private key (private)"})
    assert (contract.notes, fields(contract)) == ("Signed", {"File": "contract.pdf"})
    assert (wallet.type, hidden(wallet)) == (NOTE, {"recovery phrase"})
    # The second account is read too, and an item without ids.
    assert (other.name, other.folder, other.password) == ("No ids", "Home/Family", "pw9")


def test_1pux_as_it_is_packed(onepux: ImportPreview) -> None:
    data = packed(
        {
            "export.attributes": b'{"version":3,"description":"","createdAt":1700000000}',
            "export.data": sample("onepux.json"),
            "files/doc1__contract.pdf": b"%PDF-1.7",
        }
    )
    found = read_file(data, "x.zip")
    assert (found.format, found.confident) == ("1password1pux", True)
    assert found.rows == onepux.rows


def test_1pux_a_single_item_copied_from_the_app() -> None:
    [single] = items(read_sample("onepux_single.json"))
    assert (single.name, single.username, single.password) == ("Single", "anna", "pw")


def test_1pux_numbers_stay_and_a_key_that_stands_twice_is_refused() -> None:
    entry = b'{"overview":{"title":"T"},"details":{"password":1.10}}'
    assert items(read_file(entry, "x"))[0].password == "1.10"
    twice = b'{"overview":{"title":"T"},"details":{"password":"a","password":"b"}}'
    with pytest.raises(BadFile) as caught:
        read_file(twice, "x")
    assert caught.value.code == "bad_json"


def test_1pux_a_guarded_field_asks_for_the_password_again() -> None:
    entry = json.loads(sample("onepux_single.json"))
    entry["details"]["sections"] = [
        {"title": "", "fields": [{"id": "x", "value": {"concealed": "s"}, "guarded": True}]}
    ]
    [single] = items(read_file(json.dumps(entry).encode(), "x"))
    assert single.reprompt


# --- bundles ----------------------------------------------------------------------------------

DASHLANE = {
    "credentials.csv": "dashlane_credentials.csv",
    "payments.csv": "dashlane_payments.csv",
    "ids.csv": "dashlane_ids.csv",
    "personalInfo.csv": "dashlane_personal.csv",
    "securenotes.csv": "dashlane_notes.csv",
}


def test_dashlane_zip_is_all_its_files() -> None:
    preview = read_file(packed({name: sample(of) for name, of in DASHLANE.items()}), "x.zip")
    parts = [read_sample(of) for of in DASHLANE.values()]
    assert preview.format == "dashlanezip"
    assert [row.number for row in preview.rows] == list(range(1, 18))
    assert verdicts(preview) == [verdict for part in parts for verdict in verdicts(part)]
    names = [item.name for part in parts for item in items(part)]
    # Its own number names a row without a name.
    assert [item.name for item in items(preview)][:-1] == names[:-1]


def test_dashlane_zip_of_some_files_and_of_headings_only() -> None:
    heading = sample("dashlane_notes.csv").splitlines()[0] + b"\n"
    files = {"securenotes.csv": heading, "payments.csv": sample("dashlane_payments.csv")}
    assert len(read_file(packed(files), "x.zip").rows) == 2


def test_dashlane_zip_lists_a_file_it_does_not_know() -> None:
    files = {"securenotes.csv": sample("dashlane_notes.csv"), "wifi.csv": b"ssid,password\nA,p\n"}
    row = read_file(packed(files), "x.zip").rows[-1]
    assert (row.verdict, row.title, row.number) == (REJECTED, "wifi.csv", 3)
    assert keys(row) == [reasons.ITEM_UNREADABLE]


def test_itglue_account_is_its_table_of_passwords() -> None:
    files = {
        "account/organizations.csv": b"id,name\n1,Acme\n",
        "account/configurations.csv": b"id,name\n1,SRV-01\n",
        "account/passwords.csv": sample("itglue.csv"),
    }
    preview = read_file(packed(files), "x.zip")
    assert (preview.format, preview.rows) == ("itgluecsv", read_sample("itglue.csv").rows)
    with pytest.raises(BadFile):
        read_file(packed({**files, "copy/passwords.csv": sample("itglue.csv")}), "x.zip")


def test_bitwarden_zip_counts_its_attachments() -> None:
    files = {
        "data.json": sample("bitwarden_org.json"),
        "attachments/0a1b/contract.pdf": b"%PDF-1.7",
        "attachments/0a1b/key.txt": b"secret",
    }
    preview = read_file(packed(files), "x.zip")
    assert preview.format == "bitwardenzip"
    left = [
        int(reason.facts["count"])
        for row in preview.rows
        for reason in row.reasons
        if reason.key == reasons.ATTACHMENTS_LEFT_OUT
    ]
    assert sum(left) == 2
    assert [item.name for item in items(preview)] == [
        item.name for item in items(read_sample("bitwarden_org.json"))
    ]


def test_the_one_file_in_a_zip_is_that_file() -> None:
    data = packed({"My export/Passwords.CSV": sample("itglue.csv"), "read me.pdf": b"%PDF-1.7"})
    preview = read_file(data, "x.zip")
    assert preview.format == "itgluecsv"
    assert preview.rows == read_sample("itglue.csv").rows


# --- telling them apart -----------------------------------------------------------------------

CONFIDENT = {
    "itglue.csv": "itgluecsv",
    "hudu.csv": "huducsv",
    "hudu_titles.csv": "huducsv",
    "passportal.csv": "passportalcsv",
    "passportal_own.csv": "passportalcsv",
    "firefox.csv": "firefoxcsv",
    "firefox_old.csv": "firefoxcsv",
    "firefox_hostname.csv": "firefoxcsv",
    "safari.csv": "safaricsv",
    "safari_old.csv": "safaricsv",
    "keepassxc.csv": "keepassxccsv",
    "keepassx.csv": "keepassxccsv",
    "keepass1.csv": "keepassxccsv",
    "onepassword8.csv": "1password8csv",
    "dashlane_credentials.csv": "dashlanecsv",
    "dashlane_old_otp.csv": "dashlanecsv",
    "dashlane_payments.csv": "dashlanecsv",
    "dashlane_ids.csv": "dashlanecsv",
    "dashlane_personal.csv": "dashlanecsv",
    "dashlane_notes.csv": "dashlanecsv",
    "roboform.csv": "roboformcsv",
    "roboform_old.csv": "roboformcsv",
    "nordpass.csv": "nordpasscsv",
    "nordpass_legacy.csv": "nordpasscsv",
    "zoho.csv": "zohovaultcsv",
    "zoho_old.csv": "zohovaultcsv",
    "keeper.json": "keeperjson",
    "onepux.json": "1password1pux",
    "onepux_single.json": "1password1pux",
    "lastpass.csv": "lastpasscsv",
    "lastpass_forms.csv": "lastpasscsv",
    "lastpass.html": "lastpasscsv",
    "bitwarden_person.csv": "bitwardencsv",
    "bitwarden_org.csv": "bitwardencsv",
    "bitwarden_person.json": "bitwardenjson",
    "bitwarden_org.json": "bitwardenjson",
    "chrome.csv": "chromecsv",
}


@pytest.mark.parametrize(("name", "key"), CONFIDENT.items())
def test_only_one_format_claims_a_sample(name: str, key: str) -> None:
    data = sample(name)
    found = detect(data, "misleading.kdbx")
    assert (found.key, found.confident) == (key, True)
    text = Source(data, None).head()
    is_table = text.lstrip("\ufeff \t\r\n")[:1] not in ("{", "[", "<")
    head = SniffInput(name="", text=text, keys=read_heading(text).keys if is_table else ())
    scores = {importer.key: importer.sniff(head) for importer in IMPORTERS}
    best = scores.pop(key)
    assert all(score < best for score in scores.values())


@pytest.mark.parametrize("name", ["keeper.csv", "keeper_heading.csv"])
def test_keeper_csv_is_a_guess_and_never_taken_unasked(name: str) -> None:
    found = detect(sample(name), "keeper.csv")
    assert (found.confident, found.candidates[0]) == (False, "keepercsv")


@pytest.mark.parametrize("delimiter", [";", "\t", "|"])
def test_a_heading_is_known_by_any_delimiter_and_spelling(delimiter: str) -> None:
    heading = ("Organization Name", " NAME ", "User-Name", "password", "otp secret", "url", "Notes")
    data = table(heading, [["A", "B", "c", "d", "", "", ""]], delimiter=delimiter)
    for encoding in ("utf-8-sig", "utf-16"):
        found = detect(data.decode().encode(encoding))
        assert (found.key, found.confident) == ("itgluecsv", True)


@pytest.mark.parametrize("name", sorted(set(CONFIDENT.values()) - {"lastpasscsv"}))
def test_a_format_chosen_for_another_file_says_what_is_missing(name: str) -> None:
    with pytest.raises(BadFile) as caught:
        read_file(b"a,b\n1,2\n", "x.csv", key=name)
    assert caught.value.code in ("bad_header", "bad_json")
