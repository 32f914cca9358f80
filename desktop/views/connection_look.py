"""How a connection is told from the others: its name, its colour, and what state it is in."""

from __future__ import annotations

import zlib
from collections import Counter
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final, Literal

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QColor

from desktop.views.moments import clock_time, moment_text
from desktop.views.text import SafeText, sentence
from desktop.views.theme import current

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from desktop.domain.ids import ConnectionId
    from desktop.settings.connections import ConnectionRecord

translate = QCoreApplication.translate
CLOUD_HOSTS: Final = {
    "vault.bitwarden.com": "bitwarden.com",
    "vault.bitwarden.eu": "bitwarden.eu",
}
State = Literal["open", "offline", "signed_out", "locked"]

# Hues in degrees by the name that is kept. Teal and red are left out: they would read as chosen or
# as danger, and amber dots mean that someone must act.
HUES: Final[dict[str, int]] = {
    "blue": 222,
    "violet": 266,
    "pink": 318,
    "green": 128,
    "olive": 74,
    "brown": 26,
}
COLOUR_NAMES: Final[dict[str, Callable[[], str]]] = {
    "blue": lambda: translate("Connections", "Blue"),
    "violet": lambda: translate("Connections", "Violet"),
    "pink": lambda: translate("Connections", "Pink"),
    "green": lambda: translate("Connections", "Green"),
    "olive": lambda: translate("Connections", "Olive"),
    "brown": lambda: translate("Connections", "Brown"),
}


def host_of(web_vault: str) -> str:
    """As people know a server: without scheme and path; the cloud by its own name."""
    host = web_vault.removeprefix("https://").split("/")[0]
    return CLOUD_HOSTS.get(host, host)


def connection_names(records: Iterable[ConnectionRecord]) -> dict[ConnectionId, str]:
    """What each is called; two of one name get their server, and their account if need be."""
    everyone = tuple(records)
    plain = {one.id: one.label or one.email for one in everyone}
    with_server = {one.id: f"{plain[one.id]} · {host_of(one.web_vault)}" for one in everyone}
    plain_count = Counter(name.casefold() for name in plain.values())
    server_count = Counter(name.casefold() for name in with_server.values())
    names = {}
    for one in everyone:
        if plain_count[plain[one.id].casefold()] == 1:
            names[one.id] = plain[one.id]
        elif server_count[with_server[one.id].casefold()] == 1:
            names[one.id] = with_server[one.id]
        else:
            names[one.id] = f"{plain[one.id]} · {one.email}"
    return names


def connection_colours(records: Iterable[ConnectionRecord]) -> dict[ConnectionId, str]:
    """Names of `HUES`: the one that was chosen, else one that no other has while there are any."""
    everyone = tuple(records)
    taken = {one.colour for one in everyone if one.colour in HUES}
    found = {}
    for one in everyone:
        if one.colour in HUES:
            found[one.id] = one.colour
            continue
        start = zlib.crc32(one.id.bytes) % len(HUES)
        turn = [*HUES][start:] + [*HUES][:start]
        found[one.id] = next((name for name in turn if name not in taken), turn[0])
        taken.add(found[one.id])
    return found


def dot_colour(name: str, *, on_petrol: bool = False) -> str:
    """The fill of a dot in the current theme, as `#RRGGBB`; petrol is dark in every theme."""
    hue = HUES.get(name, HUES["blue"]) / 360
    if on_petrol or current().tokens.is_dark:
        return QColor.fromHslF(hue, 0.48, 0.66).name()
    return QColor.fromHslF(hue, 0.52, 0.46).name()


def last_seen_text(moment: datetime | None) -> str:
    """When its data were read last: the time of today, else the day too; empty if never."""
    if moment is None:
        return ""
    is_today = moment.astimezone().date() == datetime.now(UTC).astimezone().date()
    return clock_time(moment) if is_today else moment_text(moment)


def locked_text(name: str, last: datetime | None) -> str:
    """One sentence for a connection whose rows are not there; `name` is marked already (T74)."""
    seen = last_seen_text(last)
    if not seen:
        return translate("Connections", "{connection}: locked.").format(connection=name)
    return translate("Connections", "{connection}: locked, last seen {time}.").format(
        connection=name, time=seen
    )


def waiting_text(name: str) -> SafeText:
    """A run of a locked connection was interrupted."""
    return sentence(
        translate("Connections", "A run of {connection} waits: unlock to see it."), connection=name
    )


def state_text(state: State) -> str:
    """The word beside a connection."""
    match state:
        case "locked":
            return translate("Connections", "Locked")
        case "signed_out":
            return translate("Connections", "Signed out")
        case "offline":
            return translate("Connections", "No connection")
        case _:
            return translate("Connections", "Connected")
