"""The CSV files of a Dashlane export, one per kind; importers page 2.11.

Source: the layouts of `credentials.csv`, `payments.csv`, `ids.csv`, `personalInfo.csv` and
`securenotes.csv` as of 2026, the first with `otpSecret` or `otpUrl`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from desktop.domain.enums import CipherType
from desktop.domain.items import ImportPreview
from desktop.importers.book import Book, keep_others
from desktop.importers.columns import Columns
from desktop.importers.draft import Draft
from desktop.importers.folders import split_path
from desktop.importers.formats import ReadOptions, SniffInput
from desktop.importers.source import Source
from desktop.importers.table import Table

KEY: Final = "dashlanecsv"
TITLE: Final = "Dashlane (CSV)"
Row = dict[str, str]
_CREDENTIALS: Final = (
    *("username", "username2", "username3", "title", "password", "note", "url", "category"),
    *("otpsecret", "otpurl"),
)
_PAYMENTS: Final = (
    *("type", "accountname", "accountholder", "name", "ccnumber", "code", "expirationmonth"),
    *("expirationyear", "routingnumber", "accountnumber", "country", "issuingbank", "note"),
)
_IDS: Final = (*("type", "number", "name", "issuedate", "expirationdate", "placeofissue", "state"),)
_PERSONAL: Final = (
    *("type", "title", "firstname", "middlename", "lastname", "login", "dateofbirth"),
    *("placeofbirth", "email", "emailtype", "itemname", "phonenumber", "address", "country"),
    *("state", "city", "zip", "addressrecipient", "addressbuilding", "addressapartment"),
    *("addressfloor", "addressdoorcode", "jobtitle", "url"),
)
_NOTES: Final = ("title", "note", "category")
# The first two headings say which file it is.
_KINDS: Final[dict[tuple[str, ...], tuple[str, ...]]] = {
    ("username", "username2"): _CREDENTIALS,
    ("type", "accountname"): _PAYMENTS,
    ("type", "number"): _IDS,
    ("type", "title"): _PERSONAL,
    ("title", "note"): _NOTES,
}
_IDENTITY: Final = {
    "title": "title",
    "firstname": "firstName",
    "middlename": "middleName",
    "lastname": "lastName",
    "login": "username",
    "email": "email",
    "phonenumber": "phone",
    "address": "address1",
    "city": "city",
    "state": "state",
    "zip": "postalCode",
    "country": "country",
}
_ID_PLACES: Final = {
    "passport": "passportNumber",
    "license": "licenseNumber",
    "social_security": "ssn",
}
# How a field is called, where the heading alone would not be read easily.
_LABELS: Final = {
    "username2": "Username 2",
    "username3": "Username 3",
    "accountname": "Account name",
    "accountholder": "Account holder",
    "routingnumber": "Routing number",
    "accountnumber": "Account number",
    "issuingbank": "Issuing bank",
    "issuedate": "Issue date",
    "expirationdate": "Expiration date",
    "placeofissue": "Place of issue",
    "dateofbirth": "Date of birth",
    "placeofbirth": "Place of birth",
    "emailtype": "Email type",
    "itemname": "Item name",
    "jobtitle": "Job title",
    "ccnumber": "Card number",
    "addressrecipient": "Recipient",
    "addressbuilding": "Building",
    "addressapartment": "Apartment",
    "addressfloor": "Floor",
    "addressdoorcode": "Door code",
}


def sniff(head: SniffInput) -> int:
    """0 to 100: how surely the file is of this format."""
    known = _KINDS.get(head.keys[:2])
    if known is None:
        return 0
    strangers = sum(key not in known for key in head.keys)
    return max(40, 100 - 12 * strangers)


def read(data: bytes, options: ReadOptions) -> ImportPreview:
    """All rows of the file. Raises BadFile."""
    table = Table(Source(data, options.encoding))
    known = _KINDS.get(table.keys[:2])
    if known is None:
        options.require(table.keys, "username", "username2", "title", "password")
        known = _CREDENTIALS
    columns = Columns(table, {key: (key,) for key in known})
    others = columns.others()
    fill = _FILLS[known]
    book = Book(KEY, "Dashlane")
    for draft, cells in book.table_rows(table):
        row = dict.fromkeys(known, "") | columns.of(cells)
        fill(draft, row)
        keep_others(draft, cells, others)
        book.add(draft)
    return book.preview()


def _keep(draft: Draft, row: Row, keys: Sequence[str]) -> None:
    for key in keys:
        draft.add_field(_LABELS.get(key, key.capitalize()), row[key])


def _fill_login(draft: Draft, row: Row) -> None:
    draft.name, draft.notes = row["title"], row["note"]
    draft.username, draft.password = row["username"], row["password"]
    # An empty address of a one-time secret does not hide the secret beside it.
    draft.totp = row["otpurl"] or row["otpsecret"]
    if row["otpurl"] and row["otpsecret"] and row["otpsecret"] not in row["otpurl"]:
        draft.add_field("OTP secret", row["otpsecret"], hidden=True)
    draft.add_uri(row["url"])
    draft.folder = split_path(row["category"])
    _keep(draft, row, ("username2", "username3"))


def _fill_payment(draft: Draft, row: Row) -> None:
    draft.name, draft.notes = row["accountname"], row["note"]
    if row["type"].strip().casefold() == "bank":
        draft.type = CipherType.SECURE_NOTE
        _keep(draft, row, ("type", "accountholder", "name"))
        draft.add_field("Code", row["code"], hidden=True)
        _keep(draft, row, ("expirationmonth", "expirationyear"))
        draft.add_field(_LABELS["ccnumber"], row["ccnumber"], hidden=True)
    else:
        draft.type = CipherType.CARD
        holder = row["accountholder"] or row["name"]
        card = {
            "cardholderName": holder,
            "number": row["ccnumber"],
            "code": row["code"],
            "expMonth": row["expirationmonth"].lstrip("0"),
            "expYear": row["expirationyear"],
        }
        draft.card = {key: value for key, value in card.items() if value}
        if row["name"] != holder:
            _keep(draft, row, ("name",))
        if row["type"].strip().casefold() != "credit_card":
            _keep(draft, row, ("type",))
    for key in ("routingnumber", "accountnumber"):
        draft.add_field(_LABELS[key], row[key], hidden=key == "accountnumber")
    _keep(draft, row, ("country", "issuingbank"))


def _fill_id(draft: Draft, row: Row) -> None:
    kind = row["type"].strip().casefold()
    draft.type = CipherType.IDENTITY
    draft.name = " ".join(part for part in (row["type"], row["name"]) if part.strip())
    first, _, last = row["name"].strip().rpartition(" ")
    identity = {"firstName": first or last, "lastName": last if first else ""}
    place = _ID_PLACES.get(kind)
    if place is not None:
        identity[place] = row["number"]
    else:
        draft.add_field("Number", row["number"], hidden=True)
    identity["state"] = row["state"]
    draft.identity = {key: value for key, value in identity.items() if value}
    _keep(draft, row, ("type", "issuedate", "expirationdate", "placeofissue"))


def _fill_personal(draft: Draft, row: Row) -> None:
    draft.type = CipherType.IDENTITY
    names = (row["itemname"], f"{row['firstname']} {row['lastname']}".strip(), row["email"])
    more = (row["jobtitle"], row["phonenumber"], row["address"], row["url"])
    draft.name = next((name for name in (*names, *more) if name.strip()), "")
    identity = {target: row[key] for key, target in _IDENTITY.items()}
    if row["type"].strip().casefold() == "company":
        identity["company"] = row["itemname"]
    draft.identity = {key: value for key, value in identity.items() if value}
    _keep(draft, row, [key for key in _PERSONAL if key not in _IDENTITY and key != "itemname"])


def _fill_note(draft: Draft, row: Row) -> None:
    draft.type = CipherType.SECURE_NOTE
    draft.name, draft.notes = row["title"], row["note"]
    draft.folder = split_path(row["category"])


_FILLS: Final[dict[tuple[str, ...], Callable[[Draft, Row], None]]] = {
    _CREDENTIALS: _fill_login,
    _PAYMENTS: _fill_payment,
    _IDS: _fill_id,
    _PERSONAL: _fill_personal,
    _NOTES: _fill_note,
}
