"""The proxy of each request: none, a fixed one, or what the operating system says (T26).

The system may run a script for every address (PAC) and take its time: it is asked off the loop,
once for each server at a time, and waited for so long only. What it said is good for a while.
"""

from __future__ import annotations

import asyncio
import contextlib
import threading
from collections.abc import Callable
from typing import Final
from urllib.parse import urlsplit

from desktop.api.clock import Clock, SystemClock
from desktop.api.proxy import SCHEMES, Proxies, proxy_address
from desktop.domain.errors import ProxyFailed
from desktop.settings.preferences import Preferences

LIMIT_S: Final = 3.0
GOOD_S: Final = 60.0

SystemProxy = Callable[[str], str | None]
"""Says what the system goes through to an address, None for a direct line. Blocks."""


def no_system(_url: str) -> str | None:
    """Where the system has no setting that may be obeyed."""
    return None


class ChosenProxies:
    """What the person chose in the settings, looked up anew for every request."""

    def __init__(
        self,
        preferences: Callable[[], Preferences],
        system: SystemProxy = no_system,
        clock: Clock | None = None,
    ) -> None:
        self._preferences = preferences
        self._system = system
        self._clock = clock if clock is not None else SystemClock()
        self._said: dict[str, tuple[float, str | None]] = {}
        self._asked: dict[str, asyncio.Future[None]] = {}

    async def find(self, url: str) -> str | None:
        """As `api.proxy.Proxies`."""
        wishes = self._preferences()
        match wishes.proxy:
            case "manual":
                return wishes.proxy_address or None
            case "system":
                return _spoken(url, await self._from_system(_place(url)))
            case _:
                return None

    async def _from_system(self, place: str) -> str | None:
        """What it says, or said last: a script that hangs holds nobody up for long."""
        kept = self._said.get(place)
        if kept is not None and self._clock.monotonic() - kept[0] < GOOD_S:
            return kept[1]
        asked = self._asked.get(place)
        if asked is None:
            asked = self._asked[place] = self._ask(place)
        try:
            await asyncio.wait_for(asyncio.shield(asked), self._clock.real(LIMIT_S))
        except TimeoutError:
            # What it brings later is good for those who come then.
            self._keep(place, kept[1] if kept is not None else None)
        return self._said[place][1]

    def _ask(self, place: str) -> asyncio.Future[None]:
        """A thread of its own, which a program that ends does not wait for."""
        loop = asyncio.get_running_loop()
        done: asyncio.Future[None] = loop.create_future()

        def told(said: str | None) -> None:
            self._asked.pop(place, None)
            self._keep(place, said)
            if not done.done():
                done.set_result(None)

        def ask() -> None:
            said = self._system(place)
            # The loop may have ended meanwhile.
            with contextlib.suppress(RuntimeError):
                loop.call_soon_threadsafe(told, said)

        threading.Thread(target=ask, name="claviger-proxy", daemon=True).start()
        return done

    def _keep(self, place: str, said: str | None) -> None:
        self._said[place] = (self._clock.monotonic(), said)


def _spoken(url: str, proxy: str | None) -> str | None:
    """Raises ProxyFailed for a kind that is not spoken here."""
    if proxy is not None and urlsplit(proxy).scheme not in SCHEMES:
        raise ProxyFailed(urlsplit(url).netloc, urlsplit(proxy).netloc, "unsupported")
    return proxy


def _place(url: str) -> str:
    """What the system is told: the server, not what is asked of it."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}/"


def typed_proxy(text: str) -> str:
    """What a person typed, as it is kept. Raises ValueError."""
    return proxy_address(text)


async def way_to(proxies: Proxies, url: str) -> str:
    """The host and port that requests to an address go through, empty for a direct line.

    Raises ProxyFailed.
    """
    found = await proxies.find(url)
    return "" if found is None else urlsplit(found).netloc
