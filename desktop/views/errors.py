"""Turns every typed error into a title, an explanation and one action. The only such place.

Raw text of a server appears as `details` only: plain, short, never as an instruction (T72).
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from enum import Enum, auto
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QLocale

from desktop.domain import errors
from desktop.domain.enums import KdfType
from desktop.domain.limits import SERVER_TEXT_SHOWN
from desktop.domain.records import Kdf
from desktop.domain.shown import shown, shown_lines

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
            return _plain(wording(error))
    return _unexpected(error)


def _plain(said: Explained) -> Explained:
    """Whatever others wrote is marked in the sentences and cut under the details (T72, T74)."""
    return replace(
        said,
        title=shown_lines(said.title),
        text=shown_lines(said.text),
        details=said.details[:SERVER_TEXT_SHOWN],
    )


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


def _proxy_failed(error: errors.ProxyFailed) -> Explained:
    said = {
        "sign_in": translate(
            "Errors", "It wants a name and a password, which Claviger does not keep for proxies."
        ),
        "unsupported": translate("Errors", "Claviger speaks HTTP proxies only."),
        "refused": translate("Errors", "It lets nothing through to {host}.").format(
            host=error.host
        ),
    }.get(error.reason, translate("Errors", "It does not answer."))
    return Explained(
        translate("Errors", "The proxy {proxy} is in the way.").format(proxy=error.proxy),
        said
        + " "
        + translate("Errors", "Nothing was sent. Choose another one, or none, in the settings."),
        Action.RETRY,
        error.host,
    )


def _untrusted(error: errors.UntrustedCertificate) -> Explained:
    if error.known and error.shown and error.known != error.shown:
        return Explained(
            translate("Errors", "{host} shows another authority than the accepted one.").format(
                host=error.host
            ),
            translate(
                "Errors",
                "Nothing was sent. Accepted: {known}. Shown now: {shown}. If the administrator of "
                "the server replaced it, lock Claviger and sign in anew to compare and accept it.",
            ).format(known=error.known, shown=error.shown),
            Action.RETRY,
            error.reason[:SERVER_TEXT_SHOWN],
        )
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


def _wrong_password(error: errors.WrongPassword) -> Explained:
    match error.elsewhere:
        case "us":
            advice = translate("Errors", "The account may be on bitwarden.com: try that server.")
        case "eu":
            advice = translate("Errors", "The account may be on bitwarden.eu: try that server.")
        case _:
            advice = translate(
                "Errors", "Check the server too: an account lives on one server only."
            )
    return Explained(
        translate("Errors", "The e-mail address or master password is not right."), advice
    )


def _wrong_password_of(_error: errors.WrongPasswordOf) -> Explained:
    return Explained(
        translate("Errors", "One of the passwords does not open its connection."),
        translate("Errors", "Nothing was changed. Try again."),
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


def _two_step_unsupported(_error: errors.TwoStepUnsupported) -> Explained:
    return Explained(
        translate("Errors", "The second step of this account works in a browser only."),
        translate(
            "Errors",
            "Duo and passkeys cannot be answered here. Add an authenticator app, e-mail or a "
            "YubiKey as a further method in the web vault, or sign in with your API key.",
        ),
    )


def _password_required(_error: errors.MasterPasswordRequired) -> Explained:
    return Explained(
        translate("Errors", "You are signed in."),
        translate("Errors", "The master password now opens your keys. It is not sent."),
    )


def _wrong_api_key(_error: errors.WrongApiKey) -> Explained:
    return Explained(
        translate("Errors", "The server does not take this API key."),
        translate("Errors", "You find yours in the web vault, under Security, Keys."),
    )


# Evaluated late, after the translator is installed.
_BROWSER_ADVICE: dict[str, Callable[[], str]] = {
    "organization": lambda: translate(
        "Errors", "The server knows no organization with this identifier and single sign-on."
    ),
    "ports": lambda: translate(
        "Errors", "Other programs use the ports 8065 to 8070 of this computer. Close one of them."
    ),
    "timeout": lambda: translate("Errors", "The browser did not come back in time. Start again."),
    "state": lambda: translate(
        "Errors", "The browser brought the answer to another question. Start again."
    ),
    "denied": lambda: translate("Errors", "Your identity provider said no."),
    "code": lambda: translate("Errors", "The server did not take the answer. Start again."),
}


def _browser(error: errors.BrowserSignInFailed) -> Explained:
    advice = _BROWSER_ADVICE.get(error.reason)
    return Explained(
        translate("Errors", "Single sign-on did not come to its end."),
        advice() if advice else translate("Errors", "Nothing was changed."),
        Action.RETRY,
    )


_APPROVAL_ADVICE: dict[str, Callable[[], str]] = {
    "unknown_desk": lambda: translate(
        "Errors", "Sign in with the master password once; later another device can let you in."
    ),
    "unknown_device": lambda: translate(
        "Errors", "The server does not know this computer. Sign in with the master password."
    ),
    "expired": lambda: translate("Errors", "Nobody said yes within 15 minutes."),
    "refused": lambda: translate("Errors", "The server did not take the approval. Ask again."),
}


def _approval(error: errors.ApprovalFailed) -> Explained:
    advice = _APPROVAL_ADVICE.get(error.reason)
    return Explained(
        translate("Errors", "No other device let you in."),
        advice() if advice else translate("Errors", "Nothing was changed."),
        Action.RETRY,
    )


_UNSUPPORTED: dict[str, Callable[[], str]] = {
    "trusted_device": lambda: translate(
        "Errors",
        "Its keys are on trusted devices and it has no master password. Give it one in the web "
        "vault, or work with another account that has one.",
    ),
    "key_connector": lambda: translate(
        "Errors",
        "Its keys are with a key connector and it has no master password. Claviger sends no key "
        "there. Work with another account that has a master password.",
    ),
    "no_master_password": lambda: translate(
        "Errors", "It has no master password. Give it one in the web vault."
    ),
    "sso_required": lambda: translate(
        "Errors", "Its organization asks for single sign-on. Sign in by browser or with an API key."
    ),
    "captcha": lambda: translate("Errors", "The server asks for a captcha. Use your API key."),
    "legacy_key": lambda: translate(
        "Errors", "Its keys are of a very old kind. Sign in to the web vault once to renew them."
    ),
    "account_v2": lambda: translate(
        "Errors", "Its keys are half of the new and half of the old kind. Nothing was opened."
    ),
}


def _unsupported_sign_in(error: errors.SignInUnsupported) -> Explained:
    wording = _UNSUPPORTED.get(error.what)
    return Explained(
        translate("Errors", "This account uses a way to sign in that Claviger does not offer."),
        wording() if wording else translate("Errors", "Accounts with a master password work."),
        Action.NONE,
        error.what,
    )


def _client_too_old(_error: errors.ClientTooOld) -> Explained:
    return Explained(
        translate("Errors", "The server wants a newer program."),
        translate("Errors", "Install the newest Claviger; this account needs what it can do."),
    )


def _blocked(error: errors.AccountBlocked) -> Explained:
    return Explained(
        translate("Errors", "The server lets nobody in to this account."),
        translate("Errors", "Ask whoever runs the server. Its own words are in the details."),
        Action.NONE,
        error.server_text[:SERVER_TEXT_SHOWN],
    )


def _downgraded(_error: errors.AccountDowngraded) -> Explained:
    return Explained(
        translate("Errors", "The server answers with older keys than this account has."),
        translate(
            "Errors",
            "The account had signed keys before. Nothing was opened and nothing was sent. "
            "Ask whoever runs this server.",
        ),
    )


def _kdf(error: errors.KdfOutOfBounds) -> Explained:
    return Explained(
        translate("Errors", "The server asks for unsafe key settings."),
        translate(
            "Errors",
            "Nothing derived from your password was sent. {name} is {value}; "
            "it must lie between {low} and {high}.",
        ).format(
            name=error.name, value=shown(str(error.value), 40), low=error.low, high=error.high
        ),
    )


def _salt(error: errors.SaltDiffers) -> Explained:
    return Explained(
        translate("Errors", "The server uses another salt than your e-mail address."),
        translate(
            "Errors", "Nothing was sent. Expected {expected}, the server says {given}."
        ).format(expected=shown(error.expected, 80), given=shown(error.given, 80)),
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
        translate("Errors", "This account has no clients to work on."),
        translate(
            "Errors",
            "It belongs to no provider and manages no organization. Ask a provider admin or the "
            "owner of an organization to invite and confirm you, then sign in again.",
        ),
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


def _key_blocked(error: errors.KeyBlocked) -> Explained:
    name = shown(error.name or error.identity[:8])
    title = _key_titles()[error.kind, error.reason if error.kind != "recovery" else "changed"]
    if error.kind == "recovery" and error.reason == "unproved":
        title = translate("Errors", "The key for account recovery of {name} cannot be checked.")
    if error.reason == "new":
        text = translate("Errors", "Nothing was sent. Accept the key under Settings, Keys.")
    else:
        text = translate("Errors", "Nothing was sent. See Settings, Keys, before you decide.")
    shown_as = "" if not error.before else f"{error.before} → {error.now or '?'}"
    return Explained(title.format(name=name), text, Action.NONE, shown_as)


def _key_titles() -> dict[tuple[str, str], str]:
    """By whose key it is and why it blocks."""
    return {
        ("organization", "new"): translate("Errors", "{name} is new on this computer."),
        ("organization", "changed"): translate("Errors", "The key of {name} has changed."),
        ("organization", "unreadable"): translate(
            "Errors", "The key of {name} does not open any more."
        ),
        ("organization", "shared"): translate("Errors", "Another client has the key of {name}."),
        ("provider", "new"): translate("Errors", "The keys of {name} were not accepted here yet."),
        ("provider", "changed"): translate("Errors", "The key of the provider {name} has changed."),
        ("provider", "unreadable"): translate(
            "Errors", "The key of the provider {name} does not open any more."
        ),
        ("user", "changed"): translate(
            "Errors", "The key of {name} is not the one whose phrase was compared."
        ),
        ("user", "unreadable"): translate(
            "Errors", "The key of {name} is not acceptable any more."
        ),
        ("recovery", "changed"): translate(
            "Errors", "The key for account recovery of {name} is not this client's."
        ),
    }


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
            path=shown(error.path)
        ),
    )


def _conflict(error: errors.Conflict) -> Explained:
    return Explained(
        translate("Errors", "Someone changed this in the meantime."),
        translate("Errors", "Nothing was overwritten: {what}. Reload and look again.").format(
            what=shown(error.what)
        ),
        Action.RETRY,
    )


def _already_there(error: errors.AlreadyThere) -> Explained:
    name = shown(error.name)
    if error.kind == "group":
        title = translate("Errors", "Someone made the group {name} in the meantime.")
    else:
        title = translate("Errors", "Someone made the collection {name} in the meantime.")
    return Explained(
        title.format(name=name),
        translate("Errors", "No second one was made. Use the one that is there, or add another."),
        Action.RETRY,
    )


def _plan_invalid(error: errors.PlanInvalid) -> Explained:
    return Explained(
        translate("Errors", "The plan is not complete."),
        translate("Errors", "Nothing was sent. Points to correct: {count}.").format(
            count=_number(len(error.problems))
        ),
    )


def _changed_since(_error: errors.ChangedSince) -> Explained:
    return Explained(
        translate("Errors", "Someone changed this since the plan was made."),
        translate("Errors", "Nothing was overwritten. Compare what is there with what you wanted."),
        Action.RETRY,
    )


def _wrong_confirmation(_error: errors.WrongConfirmation) -> Explained:
    return Explained(
        translate("Errors", "The typed name is another one."),
        translate("Errors", "Nothing was done. Type the name as it is shown."),
    )


def _run_unfinished(_error: errors.RunUnfinished) -> Explained:
    return Explained(
        translate("Errors", "A run or a draft for this client has not ended yet."),
        translate("Errors", "Nothing was removed. Finish it, give it up or discard it first."),
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
    "bad_archive": lambda: translate(
        "Errors", "The archive is damaged, or not of the kind its name says."
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
    errors.ProxyFailed: _proxy_failed,
    errors.UntrustedCertificate: _untrusted,
    errors.RateLimited: _rate_limited,
    errors.Refused: _refused,
    errors.NotAllowed: _not_allowed,
    errors.SignedOut: _signed_out,
    errors.WrongPassword: _wrong_password,
    errors.WrongPasswordOf: _wrong_password_of,
    errors.TwoStepRequired: _two_step,
    errors.WrongTwoStepCode: _wrong_two_step,
    errors.TwoStepUnsupported: _two_step_unsupported,
    errors.MasterPasswordRequired: _password_required,
    errors.WrongApiKey: _wrong_api_key,
    errors.BrowserSignInFailed: _browser,
    errors.ApprovalFailed: _approval,
    errors.ClientTooOld: _client_too_old,
    errors.AccountBlocked: _blocked,
    errors.AccountDowngraded: _downgraded,
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
    errors.KeyBlocked: _key_blocked,
    errors.StorageFailed: _storage,
    errors.ProfileInUse: _in_use,
    errors.ProfileUnsafe: _unsafe,
    errors.BadFile: _bad_file,
    errors.Conflict: _conflict,
    errors.AlreadyThere: _already_there,
    errors.ChangedSince: _changed_since,
    errors.WrongConfirmation: _wrong_confirmation,
    errors.PlanInvalid: _plan_invalid,
    errors.RunStopped: _run_stopped,
    errors.RunUnfinished: _run_unfinished,
}
