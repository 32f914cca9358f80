"""Answers of the identity service: settings before sign-in, tokens, and the many ways to refuse.

Source: bitwarden/server 2026.8.0 `src/Identity`. Names arrive in mixed case; keys are folded first.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import msgspec

from desktop.api.link import Reply
from desktop.api.refusals import error_object, is_page, problem, server_words
from desktop.api.strict import convert, fold, load
from desktop.crypto.kdf import check_kdf
from desktop.domain.enums import KdfType, TwoFactorMethod
from desktop.domain.errors import (
    ClavigerError,
    NewDeviceCodeRequired,
    NotOurServer,
    Refused,
    SignInUnsupported,
    TwoStepRequired,
    WrongPassword,
    WrongTwoStepCode,
)
from desktop.domain.records import Kdf


@dataclass(frozen=True)
class Prelogin:
    """How to derive. `salt` None means the e-mail."""

    kdf: Kdf
    salt: str | None = None


@dataclass(frozen=True)
class TokenAnswer:
    """A sign-in that worked; the tokens themselves stay inside `Api`.

    `kdf` and `salt` are what the server says the keys were made with: compare them with what was
    used. All wrapped keys are EncStrings of type 2.
    """

    wrapped_user_key: str
    wrapped_private_key: str
    kdf: Kdf | None = None
    salt: str | None = None
    remember_token: str | None = None
    force_password_reset: bool = False

    def __repr__(self) -> str:
        return "<TokenAnswer>"


class TokenFields(msgspec.Struct, frozen=True, kw_only=True):
    """The token half of an answer. Keys are folded to lower case."""

    access_token: str
    expires_in: float = 0.0
    refresh_token: str | None = None


def read_prelogin(body: bytes) -> Prelogin:
    """Raises KdfOutOfBounds for unsafe settings (T01, T02), NotOurServer for another shape."""
    answer = _folded(body)
    settings = answer.get("kdfsettings")
    if not isinstance(settings, dict):
        settings = {
            "kdftype": answer.get("kdf"),
            "iterations": answer.get("kdfiterations"),
            "memory": answer.get("kdfmemory"),
            "parallelism": answer.get("kdfparallelism"),
        }
    kdf = _kdf(settings)
    check_kdf(kdf)
    salt = answer.get("salt")
    if salt is not None and not isinstance(salt, str):
        raise NotOurServer("shape")
    return Prelogin(kdf, salt)


def _kdf(settings: Mapping[str, Any]) -> Kdf:
    """As given, whatever it is: `check_kdf` judges every number, types included."""
    kind = settings.get("kdftype")
    if isinstance(kind, bool) or not isinstance(kind, int):
        raise NotOurServer("shape")
    iterations: Any = settings.get("iterations")
    return Kdf(
        kdf_type=KdfType(kind),
        iterations=iterations,
        memory=settings.get("memory"),
        parallelism=settings.get("parallelism"),
    )


def _folded(body: bytes) -> dict[str, Any]:
    answer = fold(load(body))
    if not isinstance(answer, dict):
        raise NotOurServer("shape")
    return answer


def read_tokens(body: bytes) -> TokenFields:
    """Raises NotOurServer where no access token is in it."""
    return convert(_folded(body), TokenFields)


def read_sign_in(body: bytes) -> TokenAnswer:
    """Raises SignInUnsupported for accounts whose keys Claviger cannot open (T17, T18)."""
    answer = _folded(body)
    options = _object(answer, "userdecryptionoptions")
    _refuse_foreign_ways(answer, options)
    unlock = _object(options, "masterpasswordunlock")
    pair = _object(_object(answer, "accountkeys"), "publickeyencryptionkeypair")
    user_key = _text(unlock, "masterkeyencrypteduserkey") or _text(answer, "key")
    private_key = _text(pair, "wrappedprivatekey") or _text(answer, "privatekey")
    if user_key is None or private_key is None:
        raise SignInUnsupported("no_account_keys")
    if not user_key.startswith("2."):
        # Type 0 has no MAC: the owner must migrate in the web vault first (T05).
        raise SignInUnsupported("legacy_key")
    if not private_key.startswith("2."):
        raise SignInUnsupported("account_v2")
    return TokenAnswer(
        wrapped_user_key=user_key,
        wrapped_private_key=private_key,
        kdf=_answered_kdf(answer, unlock),
        salt=_text(unlock, "salt"),
        remember_token=_text(answer, "twofactortoken"),
        force_password_reset=answer.get("forcepasswordreset") is True,
    )


def _answered_kdf(answer: dict[str, Any], unlock: dict[str, Any]) -> Kdf | None:
    settings = unlock.get("kdf")
    if isinstance(settings, dict):
        return _kdf(settings)
    if answer.get("kdf") is None:
        return None
    return _kdf(
        {
            "kdftype": answer["kdf"],
            "iterations": answer.get("kdfiterations"),
            "memory": answer.get("kdfmemory"),
            "parallelism": answer.get("kdfparallelism"),
        }
    )


def _refuse_foreign_ways(answer: dict[str, Any], options: dict[str, Any]) -> None:
    if answer.get("apiusekeyconnector") is True or options.get("keyconnectoroption"):
        raise SignInUnsupported("key_connector")
    if options.get("hasmasterpassword") is False:
        way = "trusted_device" if options.get("trusteddeviceoption") else "no_master_password"
        raise SignInUnsupported(way)
    if _object(answer, "accountkeys").get("signaturekeypair"):
        raise SignInUnsupported("account_v2")


def _object(answer: dict[str, Any], key: str) -> dict[str, Any]:
    value = answer.get(key)
    return value if isinstance(value, dict) else {}


def _text(answer: dict[str, Any], key: str) -> str | None:
    value = answer.get(key)
    return value if isinstance(value, str) and value else None


def sign_in_problem(
    reply: Reply, *, answered_method: int | None, answered_device: bool
) -> ClavigerError:
    """Why the token endpoint refused a password. `answered_*`: what the request had brought."""
    if reply.status != 400 or is_page(reply):
        return problem(reply, write=False)
    answer = error_object(reply.body)
    text, fields = server_words(reply.body)
    code = answer.get("error")
    told = f"{answer.get('error_description') or ''} {text}".casefold()
    providers = answer.get("twofactorproviders2")
    if isinstance(providers, dict) and providers:
        return TwoStepRequired(tuple(int(name) for name in providers if name.isdecimal()))
    if code == "device_error" and ("otp" in told or "verification required" in told):
        return WrongTwoStepCode() if "otp" in told else NewDeviceCodeRequired()
    for mark, way in _FOREIGN:
        if mark in told or mark == code or mark in answer:
            return SignInUnsupported(way)
    if code and code != "invalid_grant":
        return Refused(reply.status, text, fields)
    # Codes come after the password in the server's checks: it has been right before.
    wrong_code = answered_device or answered_method not in (None, TwoFactorMethod.REMEMBER)
    return WrongTwoStepCode() if wrong_code else WrongPassword()


# What says that an account needs another way in, and the key of that way.
_FOREIGN = (
    ("sso authentication is required", "sso_required"),
    ("version_header_missing", "client_too_old"),
    ("invalid_client_version", "client_too_old"),
    ("hcaptcha_sitekey", "captcha"),
)
