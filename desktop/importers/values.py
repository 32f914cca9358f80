"""Rules for single values: one-time secrets, addresses, labels that look secret."""

from __future__ import annotations

import re
from typing import Final, Literal, NamedTuple

_BASE32: Final = re.compile(r"[A-Z2-7]{2,}=*\Z")
_BLANKS: Final = re.compile(r"[\s\-]+")
_OTPAUTH: Final = re.compile(r"^otpauth://(totp|hotp)/[^?]*\?(.+)$", re.IGNORECASE | re.DOTALL)
_STEAM: Final = re.compile(r"^steam://([A-Za-z2-7]{2,}=*)$")
_HOST: Final = re.compile(
    r"^(?:(?:[^\W_](?:[\w-]*[^\W_])?\.)+[^\W\d_]{2,63}|(?:\d{1,3}\.){3}\d{1,3})\.?"
    r"(?::\d{1,5})?(?:[/?#]\S*)?$"
)
_HOST_LIKE: Final = 2_048
_ANDROID: Final = re.compile(r"^android://[^@/\s]*@([A-Za-z0-9_.]+)/?$")
_URI_HOST: Final = re.compile(r"^[A-Za-z][A-Za-z0-9+.\-]*://(?:[^@/?#\s]*@)?([^:/?#\s]+)")
_SECRET: Final = re.compile(
    r"pass(?:word|phrase|code|wd)|pwd|\bpin\b|pincode|secret|key\b|apikey|seed|token|recover"
    r"|protected|concealed|wachtwoord|kennwort|herstelcode|\bcvv|\bcvc|security code",
    re.IGNORECASE,
)

TotpState = Literal["same", "tidied", "invalid", "counter"]


class Totp(NamedTuple):
    """A one-time secret in the form clients accept, or the value as it was and why not."""

    value: str
    state: TotpState


def read_totp(value: str) -> Totp:
    """Accepts otpauth://totp, steam:// and bare base32; blanks, dashes and case are tidied."""
    trimmed = value.strip()
    found = _OTPAUTH.match(trimmed)
    if found is not None:
        return Totp(trimmed, _otpauth_state(found, changed=trimmed != value))
    if _STEAM.match(trimmed):
        return Totp(trimmed, "same" if trimmed == value else "tidied")
    bare = _BLANKS.sub("", value).upper()
    if value.isascii() and _BASE32.match(bare):
        return Totp(bare, "same" if bare == value else "tidied")
    return Totp(value, "invalid")


def _otpauth_state(found: re.Match[str], *, changed: bool) -> TotpState:
    if found.group(1).lower() == "hotp":
        return "counter"
    pairs = {
        name.lower(): text
        for name, _, text in (part.partition("=") for part in found.group(2).split("&"))
    }
    secret = _BLANKS.sub("", pairs.get("secret", "").replace("%3D", "=").replace("%20", ""))
    good = (
        secret.isascii()
        and _BASE32.match(secret.upper()) is not None
        and _within(pairs.get("digits", "6"), 4, 10)
        and _within(pairs.get("period", "30"), 1, 3600)
    )
    if not good:
        return "invalid"
    return "tidied" if changed else "same"


def _within(text: str, low: int, high: int) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 6 and low <= int(text) <= high


class Uri(NamedTuple):
    """An address and what was done to it."""

    value: str
    change: Literal["", "scheme", "android"] = ""


def read_uri(value: str) -> Uri:
    """Trimmed; `http://` only before a bare host, as the official importer does."""
    trimmed = value.strip()
    if "://" not in trimmed:
        if len(trimmed) <= _HOST_LIKE and _HOST.match(trimmed):
            return Uri(f"http://{trimmed}", "scheme")
        return Uri(trimmed)
    if trimmed.startswith("android://"):
        found = _ANDROID.match(trimmed)
        if found is not None:
            return Uri(f"androidapp://{found.group(1)}", "android")
    return Uri(trimmed)


def uri_host(uri: str) -> str:
    """The host without `www.`, "" where there is none."""
    found = _URI_HOST.match(uri)
    return found.group(1).removeprefix("www.") if found is not None else ""


def looks_secret(label: str) -> bool:
    """Whether a custom field of this name is shown masked."""
    return _SECRET.search(label) is not None
