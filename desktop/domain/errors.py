"""The tree of things that go wrong. Errors carry data; sentences live in `views.errors`."""

from __future__ import annotations


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


class UntrustedCertificate(ClavigerError):
    """TLS could not be verified; nothing was sent (T25)."""

    def __init__(self, host: str, reason: str) -> None:
        super().__init__(host, reason)
        self.host = host
        self.reason = reason


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
    """The master password (or the e-mail) is wrong."""


class TwoStepRequired(ClavigerError):
    """A second factor is asked for; `methods` are TwoFactorMethod numbers, in offered order."""

    def __init__(self, methods: tuple[int, ...]) -> None:
        super().__init__(methods)
        self.methods = methods


class WrongTwoStepCode(ClavigerError):
    """The two-step code was refused."""


class NewDeviceCodeRequired(ClavigerError):
    """The server mailed a code because it does not know this computer."""


class SignInUnsupported(ClavigerError):
    """The account needs a way to sign in that Claviger does not have. `what` is a key."""

    def __init__(self, what: str) -> None:
        super().__init__(what)
        self.what = what


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
    needs_password, unsupported, worker_died, timed_out, not_a_file, unreadable.
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
    """A run stopped at a step; it can be resumed."""

    def __init__(self, step_key: str, cause: ClavigerError) -> None:
        super().__init__(step_key, cause)
        self.step_key = step_key
        self.cause = cause
