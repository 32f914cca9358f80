"""Facts that services announce. Listeners subscribe through `models`; events ask for nothing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from desktop.domain.ids import OrganizationId, RunId


@dataclass(frozen=True)
class Event:
    """Base of all facts."""


@dataclass(frozen=True)
class ClientsChanged(Event):
    """The list of clients was fetched or changed."""


@dataclass(frozen=True)
class ProviderMembersChanged(Event):
    """The provider's staff list was fetched or changed."""


@dataclass(frozen=True)
class ClientChanged(Event):
    """Members, groups, collections or policies of one client changed."""

    client: OrganizationId


@dataclass(frozen=True)
class ConnectionStateChanged(Event):
    """The server became reachable or not. `online` False greys every write."""

    online: bool


@dataclass(frozen=True)
class SessionEnded(Event):
    """The tokens no longer work; one click signs in again."""


@dataclass(frozen=True)
class LockedNow(Event):
    """Keys and decrypted models are gone."""


@dataclass(frozen=True)
class ConnectionsChanged(Event):
    """An account was added, changed, moved, removed, opened or locked: lists of them are old."""


@dataclass(frozen=True)
class RunProgressed(Event):
    """A run moved: `done` of `total` steps, the current step's key, seconds waited for limits."""

    run: RunId
    done: int
    total: int
    step_key: str
    state: str
    waiting_s: float = 0.0


@dataclass(frozen=True)
class RunEnded(Event):
    """A run stopped moving: `is_done` when its last step is settled, `items` read back."""

    run: RunId
    is_done: bool
    items: int = 0


@dataclass(frozen=True)
class RunsChanged(Event):
    """A run was begun, queued, kept as a draft, ended or given up: lists of runs are old."""


@dataclass(frozen=True)
class SyncProgressed(Event):
    """The background round moved: `done` of `total` clients, seconds it waits for a limit now.

    `done` equals `total` at its end; both 0 when it was stopped.
    """

    done: int
    total: int
    waiting_s: float = 0.0


@dataclass(frozen=True)
class ListHeldBack(Event):
    """An answer would remove much of a list: the former one stays until a person decides (T21).

    `client` None is the provider itself.
    """

    kind: str
    client: OrganizationId | None
    before: int
    after: int


@dataclass(frozen=True)
class KeysChanged(Event):
    """What this desk knows of keys changed: some wait, were accepted or raise an alarm."""


class EventHub:
    """Delivers each event to every subscriber at once, in the order they subscribed."""

    def __init__(self) -> None:
        self._listeners: list[Callable[[Event], None]] = []

    def subscribe(self, listener: Callable[[Event], None]) -> Callable[[], None]:
        """Returns the call that ends the subscription."""
        self._listeners.append(listener)

        def unsubscribe() -> None:
            if listener in self._listeners:
                self._listeners.remove(listener)

        return unsubscribe

    def publish(self, event: Event) -> None:
        for listener in tuple(self._listeners):
            listener(event)
