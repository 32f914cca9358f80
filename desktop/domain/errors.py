"""The tree of things that go wrong. Errors carry data; sentences live in `views.errors`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from desktop.domain.ids import ConnectionId, RunId


class ClavigerError(Exception):
    """Root of every error a person may have to read."""


# --- network ---------------------------------------------------------------------------------


class Offline(ClavigerError):
    """No connection could be made; nothing was sent. `host` is where it was meant to go."""

    def __init__(self, host: str = "") -> None:
        super().__init__(host)
        self.host = host


class OutcomeUnknown(ClavigerError):
    """A request left, its answer is missing or worthless: the server may have acted (T43)."""

    def __init__(self, reason: str, status: int | None = None) -> None:
        super().__init__(reason)
        self.reason = reason
        self.status = status


class NotOurServer(OutcomeUnknown):
    """A 200 that is not the expected JSON: a sign-in page, a proxy, another program (T28)."""


class AnswerTooLarge(ClavigerError):
    """An answer crossed its limit while being decompressed (T27)."""

    def __init__(self, limit_bytes: int) -> None:
        super().__init__(limit_bytes)
        self.limit_bytes = limit_bytes


class ProxyFailed(Offline):
    """The proxy in between did not let a connection through; nothing was sent (T26).

    `proxy` is its address. `reason` is one of: unreachable, refused (it said no), sign_in (it wants
    a name and a password), unsupported (a kind of proxy that Claviger does not speak).
    """

    def __init__(self, host: str, proxy: str, reason: str) -> None:
        super().__init__(host)
        self.proxy = proxy
        self.reason = reason


class UntrustedCertificate(ClavigerError):
    """TLS could not be verified; nothing was sent (T25).

    With an authority that was accepted for the server, `known` is its fingerprint and `shown` that
    of the one the server shows now, empty where it showed none.
    """

    def __init__(self, host: str, reason: str, known: str = "", shown: str = "") -> None:
        super().__init__(host, reason)
        self.host = host
        self.reason = reason
        self.known = known
        self.shown = shown


class RateLimited(ClavigerError):
    """The server asks to wait."""

    def __init__(self, retry_after_s: float) -> None:
        super().__init__(retry_after_s)
        self.retry_after_s = retry_after_s


class Refused(ClavigerError):
    """The server understood and said no. `server_text` is untrusted: shown only as details."""

    def __init__(
        self, status: int, server_text: str = "", fields: dict[str, list[str]] | None = None
    ) -> None:
        super().__init__(status, server_text)
        self.status = status
        self.server_text = server_text
        self.fields = fields or {}


class NotAllowed(Refused):
    """The role of the signed-in person does not reach this (401 with a valid token, 403, 404)."""


class ServerFailed(OutcomeUnknown):
    """5xx on a read, or on a write whose outcome is unknown."""


# --- session ---------------------------------------------------------------------------------


class SignedOut(ClavigerError):
    """The session is over; sign in again. Window, forms and journal stay."""


class WrongPassword(ClavigerError):
    """The master password (or the e-mail) is wrong.

    A server says the same of an account it does not have: `elsewhere` is the other region of the
    cloud, "us" or "eu", where it may be; empty where there is none.
    """

    def __init__(self, elsewhere: str = "") -> None:
        super().__init__()
        self.elsewhere = elsewhere


class WrongPasswordOf(WrongPassword):
    """Of several typed passwords these did not open their connections."""

    def __init__(self, connections: frozenset[ConnectionId]) -> None:
        super().__init__()
        self.connections = connections


class TwoStepRequired(ClavigerError):
    """A second factor is asked for; `methods` are TwoFactorMethod numbers, in offered order."""

    def __init__(self, methods: tuple[int, ...]) -> None:
        super().__init__(methods)
        self.methods = methods


class TwoStepUnsupported(ClavigerError):
    """The second steps of this account need a browser at the vault's own address.

    `offered` are the account's TwoFactorMethod numbers, `working` those that Claviger can answer.
    `ways` are keys of what else lets the person in.
    """

    def __init__(
        self, offered: tuple[int, ...], working: tuple[int, ...], ways: tuple[str, ...] = ()
    ) -> None:
        super().__init__(offered, working, ways)
        self.offered = offered
        self.working = working
        self.ways = ways


class WrongTwoStepCode(ClavigerError):
    """The two-step code was refused."""


class NewDeviceCodeRequired(ClavigerError):
    """The server mailed a code because it does not know this computer."""


class MasterPasswordRequired(ClavigerError):
    """The server let the person in; the account's keys still need the master password."""


class WrongApiKey(ClavigerError):
    """The server does not take this API key, or it is none."""


class BrowserSignInFailed(ClavigerError):
    """Single sign-on did not come to its end.

    `reason` is one of: organization (not known there), ports (all taken), timeout, state (an answer
    to another question), denied, code (the server did not take it).
    """

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class ApprovalFailed(ClavigerError):
    """Another device did not let this one in.

    `reason` is one of: unknown_desk (never signed in here), unknown_device (the server does not
    know this computer), expired (nobody said yes in time), refused (by the server).
    """

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class SignInUnsupported(ClavigerError):
    """The account needs a way to sign in that Claviger does not have. `what` is a key.

    `ways` are keys of the ways out: browser, api_key, set_password, other_account, web_vault.
    `organization` is the identifier for single sign-on, where the server told it (untrusted text).
    """

    def __init__(self, what: str, ways: tuple[str, ...] = (), organization: str = "") -> None:
        super().__init__(what, ways)
        self.what = what
        self.ways = ways
        self.organization = organization


class ClientTooOld(ClavigerError):
    """The server wants a newer client than this one says it is."""


class AccountBlocked(ClavigerError):
    """The server knows the password and lets nobody in. `server_text` is untrusted details."""

    def __init__(self, server_text: str = "") -> None:
        super().__init__(server_text)
        self.server_text = server_text


class AccountDowngraded(ClavigerError):
    """An account once seen with signed keys (V2) answers without them: nothing was taken (T18)."""


class KdfOutOfBounds(ClavigerError):
    """Key derivation settings below the floor or above the ceiling (T01, T02)."""

    def __init__(self, name: str, value: object, low: int, high: int) -> None:
        super().__init__(name, value, low, high)
        self.name = name
        self.value = value
        self.low = low
        self.high = high


class SaltDiffers(ClavigerError):
    """The server names another salt than the typed e-mail (T04)."""

    def __init__(self, expected: str, given: str) -> None:
        super().__init__(expected, given)
        self.expected = expected
        self.given = given


class KdfWeakened(ClavigerError):
    """Key derivation is weaker than remembered for this account (T03). Both sets, as Kdf."""

    def __init__(self, remembered: object, given: object) -> None:
        super().__init__(remembered, given)
        self.remembered = remembered
        self.given = given


class IdentityChanged(ClavigerError):
    """After a refresh the account or server is another one; nothing was sent (T38)."""


class Locked(ClavigerError):
    """The keys are not in memory."""


class NoProvider(ClavigerError):
    """The account belongs to no confirmed provider."""


# --- crypto ----------------------------------------------------------------------------------


class CannotDecrypt(ClavigerError):
    """One error for every failure to open an encrypted value (T07)."""


class BadPublicKey(ClavigerError):
    """A public key breaks the limits (T14)."""


class KeyBlocked(ClavigerError):
    """A key is not the one that was accepted, or none was: nothing is sent (T09, T10, T12, T15).

    `kind` is organization, provider, user or recovery (an organization's key for account recovery);
    `reason` is new (nobody accepted it yet), changed, unreadable (it does not open any more),
    shared (another client has the same one) or unproved. `before` and `now` are short fingerprints.
    """

    def __init__(
        self,
        kind: str,
        identity: str,
        reason: str,
        *,
        name: str = "",
        before: str = "",
        now: str = "",
    ) -> None:
        super().__init__(kind, identity, reason)
        self.kind = kind
        self.identity = identity
        self.reason = reason
        self.name = name
        self.before = before
        self.now = now


# --- storage ---------------------------------------------------------------------------------


class StorageFailed(ClavigerError):
    """Disk full, read-only folder or I/O error; nothing was sent (T89)."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class ProfileInUse(ClavigerError):
    """Another Claviger holds this profile."""


class ProfileUnsafe(ClavigerError):
    """A symlink or foreign owner stands where the profile should be (T85)."""

    def __init__(self, path: str) -> None:
        super().__init__(path)
        self.path = path


# --- files -----------------------------------------------------------------------------------


class BadFile(ClavigerError):
    """A file cannot be read as what it claims to be.

    `code` is one of: empty, too_large, not_recognised, unterminated_quote, undecodable,
    bad_header, too_many_rows, too_many_columns, field_too_large, bad_json, encrypted,
    bad_archive, needs_password, unsupported, worker_died, timed_out, not_a_file, unreadable.
    `line` counts from 1 where known; `detail` is a short technical fact, shown as details.
    """

    def __init__(self, code: str, line: int | None = None, detail: str = "") -> None:
        super().__init__(code, line, detail)
        self.code = code
        self.line = line
        self.detail = detail


# --- plans -----------------------------------------------------------------------------------


class Conflict(ClavigerError):
    """The server changed since the plan was made; `what` names it."""

    def __init__(self, what: str) -> None:
        super().__init__(what)
        self.what = what


class ChangedSince(Conflict):
    """Somebody changed what a step sets since the plan was made; nothing was overwritten.

    `base` is what the plan saw, `now` what the server holds, `wanted` what the step would set; all
    in the form the step type describes, `now` None where the thing itself is gone. `step_key` names
    the step, whose choice "overwrite" sends it all the same.
    """

    def __init__(
        self,
        step_key: str,
        base: Mapping[str, Any],
        now: Mapping[str, Any] | None,
        wanted: Mapping[str, Any],
    ) -> None:
        super().__init__("changed_since")
        self.step_key = step_key
        self.base = base
        self.now = now
        self.wanted = wanted


class AlreadyThere(Conflict):
    """Somebody made what a step would make since the plan was made; no second one was made.

    `kind` is "collection" or "group". The choice "use" of `step_key` takes the one that is there,
    "overwrite" makes a second one of the same name.
    """

    def __init__(self, step_key: str, kind: str, name: str) -> None:
        super().__init__(name)
        self.step_key = step_key
        self.kind = kind
        self.name = name


class PlanInvalid(ClavigerError):
    """A plan cannot be run; `problems` are keys with their facts, all of them (T50)."""

    def __init__(self, problems: tuple[tuple[str, dict[str, str]], ...]) -> None:
        super().__init__(problems)
        self.problems = problems


class HalfMadeClient(Conflict):
    """The client exists but is not complete; `missing`: "owner", "seats", "status" (T45)."""

    def __init__(self, client_name: str, missing: tuple[str, ...]) -> None:
        super().__init__(client_name)
        self.client_name = client_name
        self.missing = missing


class Uncertain(Conflict):
    """Nobody can tell whether a step happened; it is never sent again by itself (T43)."""


class Shortfall(Conflict):
    """Read back, some items are not there; `rows` are their rows in the file (T49)."""

    def __init__(self, rows: tuple[int, ...]) -> None:
        super().__init__(str(len(rows)))
        self.rows = rows


class RunStopped(ClavigerError):
    """A run stopped at a step; it can be resumed. `others`: where else, for other clients."""

    def __init__(self, step_key: str, cause: ClavigerError) -> None:
        super().__init__(step_key, cause)
        self.step_key = step_key
        self.cause = cause
        self.others: tuple[RunStopped, ...] = ()


class RunUnfinished(ClavigerError):
    """Something that a run still needs was to be removed; `run` did not end, or is a draft."""

    def __init__(self, run: RunId) -> None:
        super().__init__(str(run))
        self.run = run


class WrongConfirmation(ClavigerError):
    """The name typed to confirm is not the name of what it is about; nothing was done."""
