"""The rules all formats share: from a draft to items that the server will take.

Nothing is dropped: a value that does not fit its place goes to a custom field, else to the notes,
and notes that do not fit are split into further secure notes.
"""

from __future__ import annotations

from typing import Final

from desktop.domain.enums import CipherType, FieldType
from desktop.domain.items import Item, ItemField, ItemUri, Verdict
from desktop.domain.limits import (
    ENC_CARD_IDENTITY_MAX,
    ENC_FIELD_NAME_MAX,
    ENC_FIELD_VALUE_MAX,
    ENC_NAME_MAX,
    ENC_NOTES_MAX,
    ENC_PASSWORD_MAX,
    ENC_SSH_KEY_MAX,
    ENC_TOTP_MAX,
    ENC_URI_MAX,
    ENC_USERNAME_MAX,
    encrypted_length,
)
from desktop.importers import reasons
from desktop.importers.draft import Draft
from desktop.importers.fitting import cut, fits, plain_limit, split_notes
from desktop.importers.values import read_totp, read_uri, uri_host

_NAME_BYTES: Final = plain_limit(ENC_NAME_MAX)
_ELLIPSIS: Final = "..."
_HISTORY_MAX: Final = 5
# All custom fields of an item together, encrypted: the server's 500,000 for a whole item is near.
_FIELDS_BUDGET: Final = 300_000


def finish(draft: Draft) -> tuple[Item, ...]:
    """The items of one draft: one, or more when its notes had to be split."""
    if draft.totp:
        _settle_totp(draft)
    if draft.uris:
        _settle_uris(draft)
    _settle_type(draft)
    _settle_name(draft)
    if draft.folder is not None and not fits(draft.folder, ENC_NAME_MAX):
        _shorten_folder(draft)
    _fit_values(draft)
    if draft.fields:
        _fit_fields(draft)
    return _with_notes(draft)


def _settle_totp(draft: Draft) -> None:
    totp = read_totp(draft.totp)
    if totp.state in ("invalid", "counter"):
        draft.add_field("TOTP", draft.totp, hidden=True)
        draft.totp = ""
        key = reasons.TOTP_INVALID if totp.state == "invalid" else reasons.TOTP_COUNTER
        draft.flag(Verdict.LOSSY, key)
        return
    draft.totp = totp.value
    if totp.state == "tidied":
        draft.flag(Verdict.FIXED, reasons.TOTP_TIDIED)
    if not fits(totp.value, ENC_TOTP_MAX):
        draft.add_field("TOTP", totp.value, hidden=True)
        draft.totp = ""
        draft.flag(Verdict.LOSSY, reasons.TOTP_TOO_LONG)


def _settle_uris(draft: Draft) -> None:
    kept: list[ItemUri] = []
    changed = {"scheme": 0, "android": 0}
    too_long = 0
    for entry in draft.uris:
        uri = read_uri(entry.uri)
        if uri.change:
            changed[uri.change] += 1
        if fits(uri.value, ENC_URI_MAX):
            kept.append(ItemUri(uri=uri.value, match=entry.match))
        else:
            draft.leftovers.append(("URI", entry.uri))
            too_long += 1
    draft.uris = kept
    if changed["scheme"]:
        draft.flag(Verdict.FIXED, reasons.URI_SCHEME_ADDED, count=changed["scheme"])
    if changed["android"]:
        draft.flag(Verdict.FIXED, reasons.URI_ANDROID, count=changed["android"])
    if too_long:
        draft.flag(Verdict.LOSSY, reasons.URI_TO_NOTES, count=too_long)


def _settle_type(draft: Draft) -> None:
    if draft.type is None:
        draft.type = CipherType.LOGIN
        if not (draft.username or draft.password or draft.totp or draft.uris):
            draft.type = CipherType.SECURE_NOTE
            draft.flag(Verdict.FIXED, reasons.BECAME_NOTE)
    if draft.type is CipherType.LOGIN:
        return
    draft.add_field("Username", draft.username, hidden=False)
    draft.add_field("Password", draft.password, hidden=True)
    draft.add_field("TOTP", draft.totp, hidden=True)
    for entry in draft.uris:
        draft.add_field("URI", entry.uri, hidden=False)
    draft.username = draft.password = draft.totp = ""
    draft.uris = []


def _settle_name(draft: Draft) -> None:
    if not draft.name.strip():
        hosts = (uri_host(entry.uri) for entry in draft.uris)
        made = next((host for host in hosts if host), "") or draft.username.strip()
        draft.name = made or f"(no name) row {draft.number}"
        draft.flag(Verdict.FIXED, reasons.NAME_MADE, name=draft.name)
    if not fits(draft.name, ENC_NAME_MAX):
        full = draft.name
        draft.name = cut(full, _NAME_BYTES - len(_ELLIPSIS))[0] + _ELLIPSIS
        draft.notes = f"{full}\n\n{draft.notes}" if draft.notes else full
        draft.flag(Verdict.FIXED, reasons.NAME_SHORTENED)


def _shorten_folder(draft: Draft) -> None:
    full = draft.folder or ""
    draft.leftovers.append(("Folder", full))
    draft.folder = cut(full, _NAME_BYTES - len(_ELLIPSIS))[0].rstrip("/ ") + _ELLIPSIS
    draft.flag(Verdict.FIXED, reasons.FOLDER_SHORTENED, folder=draft.folder)


def _fit_values(draft: Draft) -> None:
    if not fits(draft.username, ENC_USERNAME_MAX):
        _move(draft, "Username", draft.username, hidden=False)
        draft.username = ""
    if not fits(draft.password, ENC_PASSWORD_MAX):
        _move(draft, "Password", draft.password, hidden=True)
        draft.password = ""
    for part in (draft.card, draft.identity):
        for key, value in (part or {}).items():
            if part is not None and value is not None and not fits(value, ENC_CARD_IDENTITY_MAX):
                _move(draft, key, value, hidden=key in ("number", "code", "ssn"))
                part[key] = None
    if draft.ssh_key is not None:
        _fit_ssh_key(draft, draft.ssh_key)
    if draft.history:
        _fit_history(draft)


def _move(draft: Draft, name: str, value: str, *, hidden: bool) -> None:
    if fits(value, ENC_FIELD_VALUE_MAX) and not _multi_line(value):
        draft.add_field(name, value, hidden=hidden)
        draft.flag(Verdict.LOSSY, reasons.VALUE_MOVED, field=name, to="field")
    else:
        draft.leftovers.append((name, value))
        draft.flag(Verdict.LOSSY, reasons.VALUE_MOVED, field=name, to="notes")


def _fit_ssh_key(draft: Draft, parts: dict[str, str]) -> None:
    limits = {
        "privateKey": ENC_SSH_KEY_MAX,
        "publicKey": ENC_SSH_KEY_MAX,
        "keyFingerprint": ENC_NAME_MAX,
    }
    if all(fits(parts.get(key, ""), limit) for key, limit in limits.items()):
        return
    draft.type = CipherType.SECURE_NOTE
    draft.ssh_key = None
    draft.notes = "\n\n".join(text for text in (*parts.values(), draft.notes) if text)
    draft.flag(Verdict.LOSSY, reasons.SSH_KEY_TOO_LONG)


def _fit_history(draft: Draft) -> None:
    newest = sorted(draft.history, key=lambda entry: entry[1], reverse=True)
    draft.history = []
    moved = 0
    for password, used in newest:
        if len(draft.history) < _HISTORY_MAX and fits(password, ENC_PASSWORD_MAX):
            draft.history.append((password, used))
        else:
            draft.add_field(f"Old password {used}".strip(), password, hidden=True)
            moved += 1
    if moved:
        draft.flag(Verdict.LOSSY, reasons.HISTORY_SHORTENED, count=moved)


def _multi_line(text: str) -> bool:
    return "\n" in text or "\r" in text


def _fit_fields(draft: Draft) -> None:
    kept: list[ItemField] = []
    budget = _FIELDS_BUDGET
    for entry in draft.fields:
        value = entry.value or ""
        cost = encrypted_length(4 * len(value)) + encrypted_length(4 * len(entry.name))
        fitting = (
            fits(value, ENC_FIELD_VALUE_MAX)
            and fits(entry.name, ENC_FIELD_NAME_MAX)
            and (draft.own_fields or not _multi_line(value))
            and cost <= budget
        )
        if fitting or entry.type is FieldType.LINKED:
            kept.append(entry)
            budget -= cost
        else:
            draft.leftovers.append((entry.name, value))
            draft.flag(Verdict.FIXED, reasons.FIELD_TO_NOTES, field=entry.name)
    draft.fields = kept


def _with_notes(draft: Draft) -> tuple[Item, ...]:
    notes = draft.notes
    if draft.leftovers:
        lines = "\n".join(f"{label}: {value}" for label, value in draft.leftovers)
        gap = "\n\n" if notes else ""
        notes = f"{notes}{gap}--- imported from {draft.source} ---\n{lines}"
    if fits(notes, ENC_NOTES_MAX):
        return (_item(draft, notes),)
    parts, torn = split_notes(notes)
    draft.flag(Verdict.FIXED, reasons.NOTES_SPLIT, parts=len(parts))
    if torn:
        draft.flag(Verdict.LOSSY, reasons.BLOCK_SPLIT)
    return (_item(draft, parts[0]), *_further_notes(draft, parts))


def _further_notes(draft: Draft, parts: list[str]) -> list[Item]:
    items = []
    for number, part in enumerate(parts[1:], 2):
        suffix = f" (notes {number}/{len(parts)})"
        items.append(
            Item(
                type=CipherType.SECURE_NOTE,
                name=cut(draft.name, _NAME_BYTES - len(suffix))[0] + suffix,
                folder=draft.folder,
                extra_folders=draft.extra_folders,
                notes=part,
                reprompt=draft.reprompt,
            )
        )
    return items


def _item(draft: Draft, notes: str) -> Item:
    return Item(
        type=draft.type or CipherType.LOGIN,
        name=draft.name,
        folder=draft.folder,
        extra_folders=draft.extra_folders,
        notes=notes or None,
        favorite=draft.favorite,
        reprompt=draft.reprompt,
        username=draft.username or None,
        password=draft.password or None,
        totp=draft.totp or None,
        uris=tuple(draft.uris),
        fields=tuple(draft.fields),
        card=draft.card,
        identity=draft.identity,
        ssh_key=draft.ssh_key,
        password_history=tuple(draft.history),
    )
