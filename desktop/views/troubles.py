"""Why something cannot be done now, over the pages: a strip for each kind of trouble there is."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication, QObject
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.views.reasons import reason_text
from desktop.views.strips import OfflineStrip
from desktop.views.text import SafeText, sentence

if TYPE_CHECKING:
    from desktop.services.desk import Desk
    from desktop.views.fleet import Fleet

translate = QCoreApplication.translate
# The most urgent first.
_KINDS: Final = ("signed_out", "offline", "journal_damaged", "journal_newer", "read_only")


def trouble_of(desk: Desk) -> str:
    """One of the kinds of trouble, or an empty text."""
    if desk.link.signed_out:
        return "signed_out"
    if not desk.online:
        return "offline"
    reason = desk.why_not()
    if reason in {"journal_damaged", "journal_newer"}:
        return reason
    return "read_only" if desk.read_only else ""


@dataclass(frozen=True)
class Ways:
    """The ways out: a session begins anew with one click, a line is tried again."""

    sign_in: Callable[[Desk], None]
    try_again: Callable[[], None]
    age: Callable[[Sequence[Desk]], str]


class Troubles(QObject):
    """The strips of all connections; with one connection there is one at most.

    A kind that several have is one strip that names them; the sessions that have ended are asked
    for one after the other.
    """

    def __init__(self, fleet: Fleet, ways: Ways, place: QVBoxLayout, parent: QWidget) -> None:
        super().__init__(parent)
        self._fleet = fleet
        self._ways = ways
        self._place = place
        self.strips = [OfflineStrip()]
        self._acts: list[Callable[[], None]] = [ways.try_again]
        self._add(self.strips[0])

    def _add(self, strip: OfflineStrip) -> None:
        number = self._place.count()
        strip.retry_asked.connect(partial(self._act, number))
        self._place.addWidget(strip)

    def _act(self, number: int) -> None:
        self._acts[number]()

    def show(self) -> None:
        """As the open connections stand now."""
        by_kind: dict[str, list[Desk]] = {}
        for desk in self._fleet.open:
            if kind := trouble_of(desk):
                by_kind.setdefault(kind, []).append(desk)
        kinds = [kind for kind in _KINDS if kind in by_kind]
        while len(self.strips) < len(kinds):
            self.strips.append(OfflineStrip())
            self._acts.append(self._ways.try_again)
            self._add(self.strips[-1])
        for number, kind in enumerate(kinds):
            self._say(number, kind, by_kind[kind])
        for strip in self.strips[len(kinds) :]:
            strip.hide()

    def _say(self, number: int, kind: str, desks: list[Desk]) -> None:
        strip = self.strips[number]
        self._acts[number] = self._ways.try_again
        match kind:
            case "signed_out":
                first = desks[0]
                self._acts[number] = lambda: self._ways.sign_in(first)
                text = translate(
                    "Shell", "The session has ended. Sign in again to go on; nothing is lost."
                )
                verb = translate("Shell", "Sign in again")
                strip.say(self._named(text, [first]), "log-in", verb)
            case "offline":
                text = translate(
                    "Shell",
                    "No connection. You see the last known state; what you plan is kept.",
                )
                strip.say(self._named(f"{text} {self._ways.age(desks)}.", desks))
            case "read_only":
                text = translate(
                    "Shell", "Another Claviger window is writing. This one only reads."
                )
                strip.say(text, "lock")
            case _:
                strip.say(self._named(reason_text(kind) or "", desks), "shield-alert")

    def _named(self, text: str, desks: Sequence[Desk]) -> str:
        """Of which connections, unless it is all of them that there are."""
        if not self._fleet.is_many or len(desks) == len(self._fleet.connections):
            return text
        names = ", ".join(self._fleet.name(desk.connection.id) for desk in desks)
        return sentence(
            translate("Connections", "{connection}: {text}"),
            connection=names,
            text=SafeText(text),
        )
