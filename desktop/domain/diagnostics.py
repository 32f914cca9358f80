"""What the program log may say: events and fields of a closed list, checked one by one (T91).

There is no level to raise and no text to put anything in: a value that does not have the form of
its field is left out, whoever wrote it. Names, addresses, ids, bodies and what exceptions were
given have no field here. Where the lines go is said by `listen`; nowhere until then.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Mapping
from types import TracebackType
from typing import Final

from desktop.domain.events import ConnectionStateChanged, Event, RunProgressed, SyncProgressed

Value = str | int | bool | list[str]
Line = dict[str, Value]
Sink = Callable[[Line], None]

FRAMES_MAX: Final = 40
_CAUSES_MAX: Final = 8
_INTEGER_MAX: Final = 10**12
# What parts of our own paths may be told; anything else there is an id, or somebody's name.
_PATH_WORDS: Final = frozenset(
    {
        "accounts", "api", "auth-requests", "authorize", "billing", "ciphers", "clients",
        "collections", "config", "confirm", "connect", "details", "events", "groups", "identity",
        "import-organization", "invite", "keys", "organization-details", "organizations",
        "password", "policies", "prelogin", "prevalidate", "profile", "providers", "public-key",
        "public-keys", "reinvite", "resend-new-device-otp", "reset-password-details", "response",
        "revision-date", "send-email-login", "sso", "subscription", "token", "two-factor",
        "two-factor-recover", "users",
    }
)  # fmt: skip
_TYPE: Final = re.compile(r"[A-Za-z_][A-Za-z0-9_.]{0,119}", re.ASCII)
_PLACE: Final = re.compile(
    r"[A-Za-z_][A-Za-z0-9_.]{0,119}:[0-9]{1,7} [A-Za-z0-9_.<>]{1,120}", re.ASCII
)
_NUMBERED: Final = re.compile(r"[0-9][0-9A-Za-z.+\-]{0,40}", re.ASCII)
_OTHER: Final = "other"


def kinds_of(error: object) -> list[str] | None:
    """The type of an exception and of those it came from, outermost first."""
    found: list[str] = []
    now = error if isinstance(error, BaseException) else None
    while now is not None and len(found) < _CAUSES_MAX:
        kind = f"{type(now).__module__}.{type(now).__qualname__}".replace("<locals>", "_")
        found.append(kind if _TYPE.fullmatch(kind) else _OTHER)
        now = now.__cause__ or (None if now.__suppress_context__ else now.__context__)
    return found or None


def places_of(trace: object) -> list[str] | None:
    """`module:line function` of each frame, outermost first; of a long one its innermost part.

    Modules, not files: a path begins with the name of a person's folder.
    """
    found: list[str] = []
    while isinstance(trace, TracebackType):
        module = trace.tb_frame.f_globals.get("__name__", "_")
        place = f"{module}:{trace.tb_lineno} {trace.tb_frame.f_code.co_name}"
        found.append(place if _PLACE.fullmatch(place) else _OTHER)
        trace = trace.tb_next
    return found[-FRAMES_MAX:] or None


def _count(value: object) -> int | None:
    if isinstance(value, bool) or not isinstance(value, int):
        return None
    return value if 0 <= value <= _INTEGER_MAX else None


def _truth(value: object) -> bool | None:
    return value if isinstance(value, bool) else None


def _version(value: object) -> str | None:
    return value if isinstance(value, str) and _NUMBERED.fullmatch(value) else None


def _path(value: object) -> str | None:
    """Our own words of a path, a star for everything else, nothing of a query."""
    if not isinstance(value, str):
        return None
    parts = re.split(r"[?#;]", value[:1_000])[0].strip("/").split("/")
    return "/".join(part if part in _PATH_WORDS else "*" for part in parts[:12])


def _one_of(*words: str) -> Callable[[object], str | None]:
    known = frozenset(words)

    def check(value: object) -> str | None:
        return value if isinstance(value, str) and value in known else None

    return check


FIELDS: Final[Mapping[str, Callable[[object], Value | None]]] = {
    "version": _version,
    "python": _version,
    "qt": _version,
    "release": _version,
    "system": _one_of("Linux", "Darwin", "Windows"),
    "machine": _one_of("x86_64", "AMD64", "arm64", "aarch64"),
    "verb": _one_of("GET", "POST", "PUT", "DELETE"),
    "path": _path,
    "status": _count,
    "ms": _count,
    "is_reader": _truth,
    "was_rebuilt": _truth,
    "is_online": _truth,
    "journal": _one_of("whole", "damaged", "newer"),
    "fact": _one_of(*(kind.__name__ for kind in Event.__subclasses__())),
    "error": kinds_of,
    "frames": places_of,
    "where": _one_of("task", "slot", "thread", "unraisable"),
}

EVENTS: Final[Mapping[str, frozenset[str]]] = {
    "started": frozenset({"version", "python", "qt", "system", "release", "machine"}),
    "ended": frozenset(),
    "raised": frozenset(),
    "unlocked": frozenset({"is_reader", "was_rebuilt", "journal"}),
    "happened": frozenset({"fact", "is_online"}),
    "request": frozenset({"verb", "path", "status", "ms"}),
    "request_failed": frozenset({"verb", "path", "error", "ms"}),
    "refused": frozenset({"error"}),
    "bug": frozenset({"where", "error", "frames"}),
}

_sinks: list[Sink] = []
_inside = threading.local()


def listen(sink: Sink | None) -> None:
    """Sends every line to `sink` from now on; None: nowhere. It gets its own dict each time."""
    _sinks[:] = [] if sink is None else [sink]


def note(event: str, **fields: object) -> None:
    """One line, if the event is known; fields and values that are not allowed are left out.

    Never raises: a log that cannot be written stops nothing.
    """
    allowed = EVENTS.get(event)
    # What a sink does may itself go wrong and be noted: once around is enough.
    if allowed is None or not _sinks or getattr(_inside, "busy", False):
        return
    line: Line = {"event": event}
    _inside.busy = True
    try:
        for name, value in fields.items():
            fit = FIELDS[name](value) if name in allowed else None
            if fit is not None:
                line[name] = fit
        _sinks[0](line)
    except Exception:  # noqa: S110 - there is nowhere left to tell it
        pass
    finally:
        _inside.busy = False


def note_fact(event: Event) -> None:
    """That something was announced, and whether the server is reached. A listener of a hub."""
    # These come by the second and say only that work goes on.
    if not isinstance(event, RunProgressed | SyncProgressed):
        is_online = event.online if isinstance(event, ConnectionStateChanged) else None
        note("happened", fact=type(event).__name__, is_online=is_online)


def note_bug(where: str, error: BaseException) -> None:
    """An exception nobody caught: its types and the places it passed, never what it was given."""
    note("bug", where=where, error=error, frames=error.__traceback__)
