"""Turns every typed error into a title, an explanation and one action. The only such place.

Raw text of a server appears as `details` only: plain, short, never as an instruction (T72).
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import Enum, auto
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QLocale

from desktop.domain import errors
from desktop.domain.enums import KdfType
from desktop.domain.limits import SERVER_TEXT_SHOWN
from desktop.domain.records import Kdf
from desktop.domain.shown import shown

if TYPE_CHECKING:
    from collections.abc import Callable

translate = QCoreApplication.translate


class Action(Enum):
    """What a person can do about an error, as one button."""

    NONE = auto()
    RETRY = auto()
    SIGN_IN = auto()
    CHOOSE_FILE = auto()
    CHOOSE_ENCODING = auto()
    RESUME = auto()


@dataclass(frozen=True)
class Explained:
    """An error in words. `title` says what happened, `text` what did not and what to do."""

    title: str
    text: str
    action: Action = Action.NONE
    details: str = ""

    @property
    def sentence(self) -> str:
        """Both parts as one line, for places that have one."""
        return f"{self.title} {self.text}".strip()


def action_label(action: Action) -> str:
    """The button's verb; empty for NONE."""
    match action:
        case Action.RETRY:
            return translate("Errors", "Try again")
        case Action.SIGN_IN:
            return translate("Errors", "Sign in again")
        case Action.CHOOSE_FILE:
            return translate("Errors", "Choose another file…")
        case Action.CHOOSE_ENCODING:
            return translate("Errors", "Choose the encoding…")
        case Action.RESUME:
            return translate("Errors", "Continue the run")
        case Action.NONE:
            return ""


def explain(error: errors.ClavigerError) -> Explained:
    """The words for `error`; falls back on a plain sentence that names nothing internal."""
    for kind in type(error).__mro__:
        wording = _WORDINGS.get(kind)
        if wording is not None:
            return wording(error)
    return _unexpected(error)


def _number(value: float) -> str:
    return QLocale().toString(int(value))


def _unexpected(error: errors.ClavigerError) -> Explained:
    return Explained(
        translate("Errors", "Something went wrong."),
        translate("Errors", "Nothing was lost. Try again; if it happens again, restart Claviger."),
        Action.RETRY,
        type(error).__name__,
    )


def _offline(error: errors.Offline) -> Explained:
    return Explained(
        translate("Errors", "The server cannot be reached."),
        translate("Errors", "Nothing was sent. Check the connection and try again."),
        Action.RETRY,
        error.host,
    )


def _outcome_unknown(error: errors.OutcomeUnknown) -> Explained:
    return Explained(
        translate("Errors", "The server's answer did not arrive."),
        translate(
            "Errors",
            "Whether it acted is not known. Claviger looks before it sends anything again.",
        ),
        Action.RESUME,
        error.reason[:SERVER_TEXT_SHOWN],
    )


def _server_failed(error: errors.ServerFailed) -> Explained:
    return Explained(
        translate("Errors", "The server has a problem of its own."),
        translate("Errors", "What you see is the last known state. Try again in a while."),
        Action.RETRY,
        "" if error.status is None else str(error.status),
    )


def _not_our_server(error: errors.NotOurServer) -> Explained:
    return Explained(
        translate("Errors", "This is not a Bitwarden server, or a sign-in page is in between."),
        translate("Errors", "Nothing was changed. Check the address, or sign in to the network."),
        Action.RETRY,
        error.reason[:SERVER_TEXT_SHOWN],
    )


def _too_large(error: errors.AnswerTooLarge) -> Explained:
    return Explained(
        translate("Errors", "The server's answer is larger than it can be."),
        translate("Errors", "It was not read further than {megabytes} MB.").format(
            megabytes=_number(error.limit_bytes / 1024 / 1024)
        ),
        Action.RETRY,
    )


def _untrusted(error: errors.UntrustedCertificate) -> Explained:
    return Explained(
        translate("Errors", "The identity of {host} could not be verified.").format(
            host=error.host
        ),
        translate("Errors", "Nothing was sent. Ask whoever runs this server or this network."),
        Action.RETRY,
        error.reason[:SERVER_TEXT_SHOWN],
    )


def _rate_limited(error: errors.RateLimited) -> Explained:
    return Explained(
        translate("Errors", "The server asks to wait."),
        translate(
            "Errors",
            "Nothing was changed. Try again in %Ln second(s).",
            None,
            max(1, math.ceil(error.retry_after_s)),
        ),
        Action.RETRY,
    )


def _refused(error: errors.Refused) -> Explained:
    return Explained(
        translate("Errors", "The server refused this."),
        translate("Errors", "Nothing was changed. The server's own words are in the details."),
        Action.NONE,
        _server_words(error),
    )


def _not_allowed(error: errors.NotAllowed) -> Explained:
    return Explained(
        translate("Errors", "Your role does not allow this."),
        translate("Errors", "Nothing was changed. A provider admin can do it or change your role."),
        Action.NONE,
        _server_words(error),
    )


def _server_words(error: errors.Refused) -> str:
    parts = [error.server_text, *(text for texts in error.fields.values() for text in texts)]
    return " ".join(part for part in parts if part)[:SERVER_TEXT_SHOWN]


def _signed_out(_error: errors.SignedOut) -> Explained:
    return Explained(
        translate("Errors", "The session has ended."),
        translate("Errors", "What you typed is kept. Sign in again and go on."),
        Action.SIGN_IN,
    )


def _wrong_password(_error: errors.WrongPassword) -> Explained:
    return Explained(
        translate("Errors", "The e-mail address or master password is not right."),
        translate("Errors", "Check the server too: an account lives on one server only."),
    )


def _two_step(_error: errors.TwoStepRequired) -> Explained:
    return Explained(
        translate("Errors", "This account asks for a second step."),
        translate("Errors", "Type the code of your authenticator app."),
    )


def _wrong_two_step(_error: errors.WrongTwoStepCode) -> Explained:
    return Explained(
        translate("Errors", "The code is not right."),
        translate(
            "Errors",
            "Type the newest: an app's code changes every 30 seconds, "
            "and of several mails the last one counts.",
        ),
    )


def _new_device(_error: errors.NewDeviceCodeRequired) -> Explained:
    return Explained(
        translate("Errors", "The server does not know this computer."),
        translate("Errors", "Type the code that it has just mailed to you."),
    )


def _unsupported_sign_in(error: errors.SignInUnsupported) -> Explained:
    return Explained(
        translate("Errors", "This account uses a way to sign in that Claviger does not offer."),
        translate("Errors", "Accounts with a master password and an authenticator app work."),
        Action.NONE,
        error.what,
    )


def _kdf(error: errors.KdfOutOfBounds) -> Explained:
    return Explained(
        translate("Errors", "The server asks for unsafe key settings."),
        translate(
            "Errors",
            "Nothing derived from your password was sent. {name} is {value}; "
            "it must lie between {low} and {high}.",
        ).format(name=error.name, value=str(error.value)[:40], low=error.low, high=error.high),
    )


def _salt(error: errors.SaltDiffers) -> Explained:
    return Explained(
        translate("Errors", "The server uses another salt than your e-mail address."),
        translate(
            "Errors", "Nothing was sent. Expected {expected}, the server says {given}."
        ).format(expected=error.expected[:80], given=error.given[:80]),
    )


def _identity(_error: errors.IdentityChanged) -> Explained:
    return Explained(
        translate("Errors", "The server answers as another account."),
        translate("Errors", "Nothing was sent. Sign in again to be sure who you are."),
        Action.SIGN_IN,
    )


def _locked(_error: errors.Locked) -> Explained:
    return Explained(
        translate("Errors", "Claviger is locked."),
        translate("Errors", "Unlock it with the master password."),
    )


def _no_provider(_error: errors.NoProvider) -> Explained:
    return Explained(
        translate("Errors", "This account belongs to no provider."),
        translate("Errors", "Ask a provider admin to invite and confirm you, then sign in again."),
    )


def _cannot_decrypt(_error: errors.CannotDecrypt) -> Explained:
    return Explained(
        translate("Errors", "A value cannot be read safely."),
        translate("Errors", "It was not opened and not changed."),
    )


def _bad_public_key(_error: errors.BadPublicKey) -> Explained:
    return Explained(
        translate("Errors", "This person's public key is not acceptable."),
        translate("Errors", "Nobody was confirmed. The person can renew it in the web vault."),
    )


def _storage(error: errors.StorageFailed) -> Explained:
    return Explained(
        translate("Errors", "This computer could not write to disk."),
        translate("Errors", "Nothing was sent. Make space or check the folder's rights."),
        Action.RETRY,
        error.reason[:SERVER_TEXT_SHOWN],
    )


def _in_use(_error: errors.ProfileInUse) -> Explained:
    return Explained(
        translate("Errors", "Claviger is already open."),
        translate("Errors", "This window can read but not write."),
    )


def _unsafe(error: errors.ProfileUnsafe) -> Explained:
    return Explained(
        translate("Errors", "The folder of Claviger is not safe to use."),
        translate("Errors", "It is a link or belongs to someone else: {path}").format(
            path=error.path
        ),
    )


def _conflict(error: errors.Conflict) -> Explained:
    return Explained(
        translate("Errors", "Someone changed this in the meantime."),
        translate("Errors", "Nothing was overwritten: {what}. Reload and look again.").format(
            what=error.what
        ),
        Action.RETRY,
    )


def _plan_invalid(error: errors.PlanInvalid) -> Explained:
    return Explained(
        translate("Errors", "The plan is not complete."),
        translate("Errors", "Nothing was sent. Points to correct: {count}.").format(
            count=_number(len(error.problems))
        ),
    )


def _run_stopped(error: errors.RunStopped) -> Explained:
    cause = explain(error.cause)
    return Explained(
        translate("Errors", "The run stopped."),
        translate(
            "Errors", "{cause} You can continue where it stopped; nothing is sent twice."
        ).format(cause=cause.title),
        Action.RESUME,
        cause.details,
    )


# Evaluated late, after the translator is installed.
_FILE_TITLES: dict[str, Callable[[], str]] = {
    "empty": lambda: translate("Errors", "The file is empty."),
    "too_large": lambda: translate("Errors", "The file is larger than 100 MB."),
    "not_recognised": lambda: translate(
        "Errors", "This does not look like an export of a password manager."
    ),
    "unterminated_quote": lambda: translate(
        "Errors", "A quotation mark is opened and never closed."
    ),
    "undecodable": lambda: translate("Errors", "A character in the file cannot be read."),
    "bad_header": lambda: translate("Errors", "The first line does not name the expected columns."),
    "too_many_rows": lambda: translate("Errors", "The file has more than 200,000 rows."),
    "too_many_columns": lambda: translate("Errors", "The file has more than 1,000 columns."),
    "field_too_large": lambda: translate(
        "Errors", "A single value in the file is larger than 1 MB."
    ),
    "bad_json": lambda: translate("Errors", "The JSON in the file is damaged."),
    "encrypted": lambda: translate("Errors", "The file is encrypted."),
    "needs_password": lambda: translate("Errors", "The file is encrypted."),
    "timed_out": lambda: translate("Errors", "Reading the file took too long."),
    "worker_died": lambda: translate("Errors", "Reading the file failed."),
    "not_a_file": lambda: translate("Errors", "This is not an ordinary file."),
    "unreadable": lambda: translate("Errors", "The file cannot be opened."),
}


def _file_title(code: str) -> str:
    wording = _FILE_TITLES.get(code)
    return wording() if wording else translate("Errors", "The file cannot be read.")


def _file_advice(code: str) -> tuple[str, Action]:
    match code:
        case "undecodable":
            return (
                translate("Errors", "Nothing was guessed. Choose the encoding it was saved in."),
                Action.CHOOSE_ENCODING,
            )
        case "encrypted" | "needs_password":
            return (
                translate(
                    "Errors",
                    "Nothing was imported. Export it again without encryption; "
                    "delete it afterwards.",
                ),
                Action.CHOOSE_FILE,
            )
        case "unterminated_quote" | "bad_json" | "bad_header":
            return (
                translate(
                    "Errors",
                    "Nothing was imported. Export it again and do not open it in Excel first.",
                ),
                Action.CHOOSE_FILE,
            )
        case _:
            return (translate("Errors", "Nothing was imported."), Action.CHOOSE_FILE)


def _bad_file(error: errors.BadFile) -> Explained:
    advice, action = _file_advice(error.code)
    if error.line is not None:
        advice = translate("Errors", "Line {line}. {advice}").format(
            line=_number(error.line), advice=advice
        )
    return Explained(_file_title(error.code), advice, action, error.detail[:SERVER_TEXT_SHOWN])


def _weakened(error: errors.KdfWeakened) -> Explained:
    return Explained(
        translate("Errors", "The server asks for weaker key settings than before."),
        translate(
            "Errors",
            "That makes your password easier to guess for whoever asks. Nothing was sent. "
            "Before: {before}. Now: {now}.",
        ).format(before=_kdf_words(error.remembered), now=_kdf_words(error.given)),
    )


def _kdf_words(kdf: object) -> str:
    if not isinstance(kdf, Kdf):
        return ""
    if kdf.kdf_type is KdfType.ARGON2ID:
        return f"Argon2id, {kdf.memory} MiB, {kdf.iterations}"
    return f"PBKDF2, {QLocale().toString(kdf.iterations)}"


def _half_made(error: errors.HalfMadeClient) -> Explained:
    return Explained(
        translate("Errors", "{client} exists, but the server stopped halfway.").format(
            client=shown(error.client_name)
        ),
        translate("Errors", "It is not created again. Continue, and what is missing is added."),
        Action.RESUME,
        ", ".join(error.missing),
    )


def _uncertain(error: errors.Uncertain) -> Explained:
    return Explained(
        translate("Errors", "Nobody can tell whether this step happened."),
        translate("Errors", "It is not sent again by itself. Look on the server, then decide."),
        Action.NONE,
        error.what[:SERVER_TEXT_SHOWN],
    )


def _shortfall(error: errors.Shortfall) -> Explained:
    return Explained(
        translate("Errors", "Some rows are not in the vault."),
        translate("Errors", "The server accepted them but does not have them: {rows}.").format(
            rows=", ".join(_number(row) for row in error.rows[:20])
        ),
        Action.RESUME,
    )


# One line per error; the test over the error tree fails for a class without a wording of its own.
_WORDINGS: dict[type, Callable[..., Explained]] = {
    errors.Offline: _offline,
    errors.OutcomeUnknown: _outcome_unknown,
    errors.ServerFailed: _server_failed,
    errors.NotOurServer: _not_our_server,
    errors.AnswerTooLarge: _too_large,
    errors.UntrustedCertificate: _untrusted,
    errors.RateLimited: _rate_limited,
    errors.Refused: _refused,
    errors.NotAllowed: _not_allowed,
    errors.SignedOut: _signed_out,
    errors.WrongPassword: _wrong_password,
    errors.TwoStepRequired: _two_step,
    errors.WrongTwoStepCode: _wrong_two_step,
    errors.NewDeviceCodeRequired: _new_device,
    errors.SignInUnsupported: _unsupported_sign_in,
    errors.KdfOutOfBounds: _kdf,
    errors.SaltDiffers: _salt,
    errors.KdfWeakened: _weakened,
    errors.HalfMadeClient: _half_made,
    errors.Uncertain: _uncertain,
    errors.Shortfall: _shortfall,
    errors.IdentityChanged: _identity,
    errors.Locked: _locked,
    errors.NoProvider: _no_provider,
    errors.CannotDecrypt: _cannot_decrypt,
    errors.BadPublicKey: _bad_public_key,
    errors.StorageFailed: _storage,
    errors.ProfileInUse: _in_use,
    errors.ProfileUnsafe: _unsafe,
    errors.BadFile: _bad_file,
    errors.Conflict: _conflict,
    errors.PlanInvalid: _plan_invalid,
    errors.RunStopped: _run_stopped,
}
