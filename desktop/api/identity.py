"""Answers of the identity service: settings before sign-in, tokens, and the many ways to refuse.

Source: bitwarden/server 2026.8.0 `src/Identity`. Names arrive in mixed case; keys are folded first.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import msgspec

from desktop.api.link import Reply
from desktop.api.proofs import ApiKeyProof, Proof
from desktop.api.refusals import error_object, is_page, problem, server_words
from desktop.api.strict import convert, fold, load
from desktop.crypto.kdf import check_kdf
from desktop.domain.enums import KdfType, TwoFactorMethod
from desktop.domain.errors import (
    AccountBlocked,
    BrowserSignInFailed,
    ClavigerError,
    ClientTooOld,
    NewDeviceCodeRequired,
    NotOurServer,
    Refused,
    SignInUnsupported,
    TwoStepRequired,
    TwoStepUnsupported,
    WrongTwoStepCode,
)
from desktop.domain.records import Kdf

# What a person can answer here. Duo and passkeys are bound to the vault's own page; the recovery
# code works as well, but ends two-step login and is never among what is offered.
WORKING_METHODS = (
    TwoFactorMethod.AUTHENTICATOR,
    TwoFactorMethod.EMAIL,
    TwoFactorMethod.YUBIKEY,
)


@dataclass(frozen=True)
class Prelogin:
    """How to derive. `salt` None means the e-mail."""

    kdf: Kdf
    salt: str | None = None


@dataclass(frozen=True)
class TokenAnswer:
    """A sign-in that worked; the tokens themselves stay inside `Api`.

    `kdf` and `salt` are what the server says the keys were made with: compare them with what was
    used. The user key is an EncString of type 2, the private key of type 2 or, with `is_v2`, of 7.
    """

    wrapped_user_key: str
    wrapped_private_key: str
    kdf: Kdf | None = None
    salt: str | None = None
    remember_token: str | None = None
    force_password_reset: bool = False
    is_v2: bool = False

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
    """Raises SignInUnsupported for accounts whose keys Claviger cannot open (T17)."""
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
        raise SignInUnsupported("legacy_key", ("web_vault",))
    is_v2 = bool(_object(answer, "accountkeys").get("signaturekeypair"))
    if not private_key.startswith("7." if is_v2 else "2."):
        # Half of the one kind and half of the other (T18).
        raise SignInUnsupported("account_v2")
    return TokenAnswer(
        wrapped_user_key=user_key,
        wrapped_private_key=private_key,
        kdf=_answered_kdf(answer, unlock),
        salt=_text(unlock, "salt"),
        remember_token=_text(answer, "twofactortoken"),
        force_password_reset=answer.get("forcepasswordreset") is True,
        is_v2=is_v2,
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
        raise SignInUnsupported("key_connector", _WITHOUT_PASSWORD)
    if options.get("hasmasterpassword") is False:
        way = "trusted_device" if options.get("trusteddeviceoption") else "no_master_password"
        raise SignInUnsupported(way, _WITHOUT_PASSWORD)


def _object(answer: dict[str, Any], key: str) -> dict[str, Any]:
    value = answer.get(key)
    return value if isinstance(value, dict) else {}


def _text(answer: dict[str, Any], key: str) -> str | None:
    value = answer.get(key)
    return value if isinstance(value, str) and value else None


def challenge_session(reply: Reply) -> str | None:
    """What a challenge gives to somebody without a password, to have a code mailed."""
    return _text(error_object(reply.body), "ssoemail2fasessiontoken")


def sign_in_problem(
    reply: Reply, proof: Proof, *, answered_method: int | None, answered_device: bool
) -> ClavigerError:
    """Why the token endpoint refused. `answered_*`: what the request had brought beside `proof`."""
    if reply.status != 400 or is_page(reply):
        return problem(reply, write=False)
    answer = error_object(reply.body)
    text, fields = server_words(reply.body)
    code = answer.get("error")
    told = f"{answer.get('error_description') or ''} {text}".casefold()
    providers = answer.get("twofactorproviders2")
    if isinstance(providers, dict) and providers:
        return _second_step(providers)
    known = _told_refusal(answer, told, text) or _device_refusal(code, told, proof)
    if known is not None:
        return known
    by_key = isinstance(proof, ApiKeyProof) and code == "invalid_client"
    if code and code != "invalid_grant" and not by_key:
        return Refused(reply.status, text, fields)
    # Codes come after the password in the server's checks: it has been right before.
    if answered_device or answered_method not in (None, TwoFactorMethod.REMEMBER):
        return WrongTwoStepCode()
    return proof.refused()


def _told_refusal(answer: dict[str, Any], told: str, text: str) -> ClavigerError | None:
    """What the server says about the account or the client as such."""
    if answer.get("error") in ("version_header_missing", "invalid_client_version"):
        return ClientTooOld()
    if "sso authentication is required" in told:
        organization = _text(answer, "ssoorganizationidentifier") or ""
        return SignInUnsupported("sso_required", ("browser", "api_key"), organization)
    if "hcaptcha_sitekey" in answer:
        return SignInUnsupported("captcha", ("api_key",))
    return AccountBlocked(text) if any(mark in told for mark in _BLOCKED) else None


def _device_refusal(code: object, told: str, proof: Proof) -> ClavigerError | None:
    if code != "device_error":
        return None
    if "otp" in told:
        return WrongTwoStepCode()
    if "verification required" in told:
        return NewDeviceCodeRequired()
    return proof.refused() if "unknown device" in told else None


def _second_step(providers: dict[str, Any]) -> ClavigerError:
    offered = tuple(int(name) for name in providers if name.isdecimal())
    if any(method in WORKING_METHODS for method in offered):
        return TwoStepRequired(offered)
    return TwoStepUnsupported(offered, _WORKING, ("api_key",))


_WORKING = tuple(int(method) for method in WORKING_METHODS)
# An account without a master password: give it one, or work with an account that has one.
_WITHOUT_PASSWORD = ("set_password", "other_account")
# Official servers have no lock; Vaultwarden's administrators and very old accounts do.
_BLOCKED = ("user has been disabled", "legacy encryption without a userkey")


# --- single sign-on and other devices ---------------------------------------------------------


def read_sso_token(body: bytes) -> str:
    """The token that the page of single sign-on wants to see."""
    token = _text(_folded(body), "token")
    if token is None:
        raise NotOurServer("shape")
    return token


def sso_problem(error: Refused) -> ClavigerError:
    """Why no page is shown: an organization that is not known is a 400 there."""
    return BrowserSignInFailed("organization") if error.status == 400 else error


class AuthRequest(msgspec.Struct, frozen=True, kw_only=True):
    """A request to another device. Keys are folded to lower case. `key` is RSA-wrapped."""

    id: UUID
    requestapproved: bool = False
    responsedate: str | None = None
    key: str | None = None


def read_auth_request(body: bytes) -> AuthRequest:
    """Raises NotOurServer for another shape."""
    return convert(_folded(body), AuthRequest)
