"""1Password 1PUX, and a single item copied as JSON; importers page 2.9.

Source: 1Password's description of the 1PUX format and exports of 2026. All accounts and vaults are
read; a vault is a folder here, tags are a field. Documents are counted, not imported.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from typing import Any, Final

from desktop.domain.enums import CipherType
from desktop.domain.errors import BadFile
from desktop.domain.items import ImportPreview, Verdict
from desktop.domain.limits import IMPORT_ROWS
from desktop.importers import reasons
from desktop.importers.archives import Archive, is_archive
from desktop.importers.book import Book
from desktop.importers.draft import SLASH, Draft
from desktop.importers.folders import split_path
from desktop.importers.formats import ReadOptions, SniffInput
from desktop.importers.json_values import decode, text_of
from desktop.importers.source import Source
from desktop.importers.sshkeys import read_ssh_key

KEY: Final = "1password1pux"
TITLE: Final = "1Password (1PUX)"
DATA: Final = "export.data"
ATTRIBUTES: Final = "export.attributes"
_CARD, _NOTE, _IDENTITY, _PASSWORD, _DOCUMENT = "002", "003", "004", "005", "006"
_SSH: Final = "114"
_IDENTITIES: Final = {
    _IDENTITY: "",
    "103": "licenseNumber",
    "106": "passportNumber",
    "108": "ssn",
}
_NAMES: Final = {
    "100": "Software license", "101": "Bank account", "102": "Database", "103": "Driver license",
    "104": "Outdoor license", "105": "Membership", "106": "Passport", "107": "Rewards",
    "108": "Social security number", "109": "Wireless router", "110": "Server",
    "111": "Email account", "112": "API credential", "113": "Medical record",
    "115": "Crypto wallet",
}  # fmt: skip
_CARD_IDS: Final = {
    "ccnum": "number", "cvv": "code", "cardholder": "cardholderName", "type": "brand",
}  # fmt: skip
# Codes of card makers, and what Bitwarden calls them.
_BRANDS: Final = {
    "mc": "Mastercard", "visa": "Visa", "amex": "Amex", "discover": "Discover",
    "diners": "Diners Club", "jcb": "JCB", "maestro": "Maestro", "unionpay": "UnionPay",
}  # fmt: skip
_IDENTITY_IDS: Final = {
    "firstname": "firstName", "initial": "middleName", "lastname": "lastName",
    "defphone": "phone", "company": "company", "email": "email", "username": "username",
}  # fmt: skip
_ADDRESS: Final = {
    "street": "address1", "city": "city", "state": "state", "zip": "postalCode",
    "country": "country",
}  # fmt: skip
_LOGIN_IDS: Final = {"username": "username", "password": "password", "credential": "password"}
_HIDDEN: Final = frozenset(("concealed", "creditCardNumber"))
_ONE_LINE: Final = re.compile(r"-----(BEGIN|END) ([A-Z ]+)-----")


def sniff(head: SniffInput) -> int:
    """0 to 100 for JSON; archives are told apart by their entries."""
    text = head.text.lstrip("\ufeff \t\r\n")
    if not text.startswith("{"):
        return 0
    if '"accounts"' in text and '"vaults"' in text:
        return 100
    return 90 if '"overview"' in text and '"details"' in text else 0


def holds(archive: Archive) -> bool:
    """Whether an archive is a 1PUX file."""
    return archive.has(DATA, ATTRIBUTES)


def read(data: bytes, options: ReadOptions) -> ImportPreview:
    """All items of all accounts and vaults. Raises BadFile."""
    if is_archive(data):
        archive = Archive(data)
        if not archive.has(DATA):
            raise BadFile("not_recognised", detail="no export.data")
        data = archive.read(DATA)
    try:
        root = decode(Source(data, options.encoding).utf8().decode())
    except (ValueError, RecursionError):
        raise BadFile("bad_json", None, "export.data cannot be read") from None
    book = Book(KEY, "1Password")
    for count, (vault, item) in enumerate(_items(root), 1):
        if count > IMPORT_ROWS:
            raise BadFile("too_many_rows", detail=f"more than {IMPORT_ROWS}")
        if not isinstance(item, dict):
            book.reject(reasons.ITEM_UNREADABLE, problem="not an object")
            continue
        _add(book, item, vault)
    return book.preview()


def _items(root: object) -> Iterator[tuple[str, object]]:
    """Each item with the name of its vault, led by its account's where there are several."""
    if isinstance(root, dict) and "accounts" not in root:
        yield "", root
        return
    accounts = _list(_dict(root).get("accounts"))
    for account in accounts:
        name = text_of(_dict(_dict(account).get("attrs")).get("accountName"))
        for vault in _list(_dict(account).get("vaults")):
            title = text_of(_dict(_dict(vault).get("attrs")).get("name"))
            parts = (name, title) if len(accounts) > 1 else (title,)
            place = "/".join(part.replace("/", SLASH) for part in parts if part.strip())
            for item in _list(_dict(vault).get("items")):
                # Some exports wrap each item once more.
                yield place, item.get("item", item) if isinstance(item, dict) else item


def _add(book: Book, item: dict[str, Any], vault: str) -> None:
    overview, details = _dict(item.get("overview")), _dict(item.get("details"))
    title = text_of(overview.get("title"))
    if item.get("trashed") is True:
        book.reject(reasons.IN_TRASH, title=title)
        return
    draft = book.draft()
    draft.name, draft.notes = title, text_of(details.get("notesPlain"))
    draft.folder = split_path(vault)
    # An index for sorting: whatever is not zero is a favourite.
    draft.favorite = item.get("favIndex") not in (None, 0, "0", "")
    _Filling(draft, text_of(item.get("categoryUuid"))).fill(overview, details)
    if item.get("state") == "archived":
        draft.add_field("Archived", "archived", hidden=False)
        draft.flag(Verdict.FIXED, reasons.ARCHIVED)
    book.add(draft)


class _Filling:
    """One item: what its category is made of, and fields for the rest."""

    def __init__(self, draft: Draft, category: str) -> None:
        self._draft = draft
        self._category = category
        self._card: dict[str, str | None] = {}
        self._identity: dict[str, str | None] = {}
        self._files = 0

    def fill(self, overview: Mapping[str, Any], details: Mapping[str, Any]) -> None:
        draft = self._draft
        self._uris(overview)
        self._login_fields(_list(details.get("loginFields")))
        if details.get("password"):
            self._password(text_of(details["password"]))
        for section in _list(details.get("sections")):
            self._section(_dict(section))
        tags = ", ".join(text_of(tag) for tag in _list(overview.get("tags")) if text_of(tag))
        draft.add_field("Tags", tags, hidden=False)
        for entry in _list(details.get("passwordHistory")):
            found = _dict(entry)
            if found.get("value"):
                draft.history.append((text_of(found["value"]), _moment(found.get("time"))))
        self._file("File", _dict(details.get("documentAttributes")))
        self._settle()

    def _file(self, label: str, content: Mapping[str, Any]) -> None:
        """An attachment stays behind; its name says what to look for."""
        if content.get("documentId") or content.get("fileName"):
            self._files += 1
            self._draft.add_field(label, text_of(content.get("fileName")), hidden=False)

    def _uris(self, overview: Mapping[str, Any]) -> None:
        seen: set[str] = set()
        urls = [text_of(_dict(one).get("url")) for one in _list(overview.get("urls"))]
        for url in (text_of(overview.get("url")), *urls):
            if url and url not in seen:
                seen.add(url)
                self._draft.add_uri(url)

    def _login_fields(self, fields: list[Any]) -> None:
        draft = self._draft
        for one in fields:
            field = _dict(one)
            value = _linked(field.get("value"))
            if not value:
                continue
            designation = field.get("designation")
            if designation == "username" and not draft.username:
                draft.username = value
            elif designation == "password" and not draft.password:
                draft.password = value
            elif field.get("fieldType") == "C":
                draft.add_field(text_of(field.get("name")) or "Field", "true", hidden=False)
            elif value not in (draft.username, draft.password):
                hidden = True if field.get("fieldType") == "P" else None
                label = text_of(field.get("name")) or text_of(field.get("id")) or "Field"
                draft.add_field(label, value, hidden=hidden)

    def _password(self, value: str) -> None:
        draft = self._draft
        if not draft.password:
            draft.password = value
        elif draft.password != value:
            draft.add_field("Password", value, hidden=True)

    def _section(self, section: Mapping[str, Any]) -> None:
        fields = [_dict(one) for one in _list(section.get("fields"))]
        titles = [text_of(one.get("title")) for one in fields]
        name = text_of(section.get("title"))
        for field, title in zip(fields, titles, strict=True):
            label = title or text_of(field.get("id")) or "Field"
            if name and (titles.count(title) > 1 or self._has(label)):
                label = f"{name}: {label}"
            if field.get("guarded") is True:
                self._draft.reprompt = True
            value = field.get("value")
            if isinstance(value, dict) and value:
                for kind, content in value.items():
                    self._field(text_of(field.get("id")), label, kind, content)
            elif value not in (None, {}, [], ""):
                self._draft.add_field(label, text_of(value))

    def _has(self, label: str) -> bool:
        return any(field.name == label for field in self._draft.fields)

    def _field(self, key: str, label: str, kind: str, content: object) -> None:
        if content in (None, "", [], {}):
            return
        if self._special(key, kind, label, content) or self._known(key, kind, content):
            return
        self._draft.add_field(
            label, _shown(kind, content), hidden=True if kind in _HIDDEN else None
        )

    @staticmethod
    def _is_address(key: str, kind: str) -> bool:
        """Servers keep their address as plain text under this id."""
        return kind == "url" or (key == "url" and kind == "string")

    def _special(self, key: str, kind: str, label: str, content: object) -> bool:
        """Kinds that have a place whatever the item is."""
        draft = self._draft
        if kind == "totp":
            if draft.totp:
                draft.add_field(label, text_of(content), hidden=True)
            else:
                draft.totp = text_of(content)
        elif self._is_address(key, kind) and self._category not in (_CARD, *_IDENTITIES):
            draft.add_uri(text_of(content))
        elif kind == "sshKey":
            self._ssh(label, _dict(content))
        elif kind == "file":
            self._file(label, _dict(content))
        elif kind == "address" and isinstance(content, dict) and self._takes_address():
            places = {place: text_of(content.get(key)) for key, place in _ADDRESS.items()}
            self._identity |= {key: value for key, value in places.items() if value}
        else:
            return False
        return True

    def _takes_address(self) -> bool:
        return self._category in _IDENTITIES and "address1" not in self._identity

    def _known(self, key: str, kind: str, content: object) -> bool:
        """Fields that the category has a place for, by their id: titles are translated."""
        value = _shown(kind, content)
        if self._category == _CARD:
            if key == "expiry" and isinstance(content, int) and "expMonth" not in self._card:
                self._card |= {"expMonth": str(content % 100), "expYear": str(content // 100)}
                return True
            if kind == "creditCardType":
                value = _BRANDS.get(value, value)
            return self._place(self._card, _CARD_IDS.get(key), value)
        if self._category in _IDENTITIES:
            place = _IDENTITY_IDS.get(key)
            if key == "number":
                place = _IDENTITIES[self._category]
            is_whole = key in ("fullname", "name") and self._category != _IDENTITY
            if is_whole and "firstName" not in self._identity:
                first, _, last = value.rpartition(" ")
                self._identity |= {"firstName": first or last, "lastName": last if first else None}
                return True
            return self._place(self._identity, place, value)
        place = _LOGIN_IDS.get(key)
        if place is None or getattr(self._draft, place):
            return False
        setattr(self._draft, place, value)
        return True

    @staticmethod
    def _place(into: dict[str, str | None], place: str | None, value: str) -> bool:
        if not place or place in into:
            return False
        into[place] = value
        return True

    def _ssh(self, label: str, content: Mapping[str, Any]) -> None:
        draft, more = self._draft, _dict(content.get("metadata"))
        private = _lines(text_of(more.get("privateKey")) or text_of(content.get("privateKey")))
        found = read_ssh_key(private)
        public = text_of(more.get("publicKey"))
        fingerprint = text_of(more.get("fingerprint"))
        if found is not None:
            public, fingerprint = found.public, found.fingerprint
            draft.ssh_key = {
                "privateKey": private, "publicKey": public, "keyFingerprint": fingerprint,
            }  # fmt: skip
            return
        # Another form than clients can use (PKCS#8): nothing of it is lost.
        draft.add_field(f"{label} (private)", private, hidden=True)
        draft.add_field(f"{label} (public)", public, hidden=False)
        draft.add_field(f"{label} (fingerprint)", fingerprint, hidden=False)
        draft.flag(Verdict.FIXED, reasons.SSH_KEPT_AS_NOTE)

    def _settle(self) -> None:
        draft, category = self._draft, self._category
        if category == _CARD:
            draft.type, draft.card = CipherType.CARD, self._given(self._card)
        elif category in _IDENTITIES:
            draft.type, draft.identity = CipherType.IDENTITY, self._given(self._identity)
        elif category in (_NOTE, _DOCUMENT):
            draft.type = CipherType.SECURE_NOTE
        elif category == _SSH and draft.ssh_key is not None:
            draft.type = CipherType.SSH_KEY
        elif category == _SSH:
            draft.type = CipherType.SECURE_NOTE
        if draft.ssh_key is not None and draft.type is not CipherType.SSH_KEY:
            draft.add_field("SSH private key", draft.ssh_key["privateKey"], hidden=True)
            draft.add_field("SSH public key", draft.ssh_key["publicKey"], hidden=False)
            draft.ssh_key = None
        if category in _NAMES:
            draft.add_field("Type", _NAMES[category], hidden=False)
        if self._files:
            draft.flag(Verdict.LOSSY, reasons.ATTACHMENTS_LEFT_OUT, count=self._files)

    @staticmethod
    def _given(parts: dict[str, str | None]) -> dict[str, str | None]:
        return {key: value for key, value in parts.items() if value}


# --- values -----------------------------------------------------------------------------------


def _dict(value: object) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else []


def _linked(value: object) -> str:
    """A linked alias stands as an object."""
    if isinstance(value, dict):
        return text_of(value.get("email_address") or value.get("string") or value)
    return text_of(value)


def _moment(value: object) -> str:
    """Seconds since 1970 in the form of the wire; whatever else it is, as it stands."""
    try:
        moment = datetime.fromtimestamp(int(text_of(value)), UTC)
    except (ValueError, OverflowError, OSError):
        return text_of(value)
    return moment.strftime("%Y-%m-%dT%H:%M:%S.000Z")


def _month(content: object) -> str:
    number = content if isinstance(content, int) else 0
    return f"{number // 100:04}-{number % 100:02}" if number > 100 else text_of(content)


def _email(content: object) -> str:
    return text_of(content.get("email_address")) if isinstance(content, dict) else text_of(content)


def _address(content: object) -> str:
    if not isinstance(content, dict):
        return text_of(content)
    return ", ".join(text_of(content[key]) for key in _ADDRESS if content.get(key))


_SHOWN: Final[dict[str, Callable[[object], str]]] = {
    "date": lambda content: _moment(content).partition("T")[0],
    "monthYear": _month,
    "email": _email,
    "address": _address,
}


def _shown(kind: str, content: object) -> str:
    return _SHOWN.get(kind, text_of)(content)


def _lines(key: str) -> str:
    """A PEM block on one line gets its line ends back."""
    if "\n" in key or "-----" not in key:
        return key
    parted = _ONE_LINE.sub(r"\n-----\1 \2-----\n", key).strip()
    head, *body, tail = parted.split("\n")
    return "\n".join((head, *"".join(body).split(), tail)) + "\n"
