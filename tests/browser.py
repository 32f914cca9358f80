"""A person with a browser, as single sign-on needs one."""

from __future__ import annotations

import asyncio
import html
import re
import ssl
from collections.abc import Callable

import httpx

from tests.practice_process import PracticeHandle


class Browser:
    """What a person does in theirs: looks at the page, presses the link, comes back."""

    def __init__(self, server: PracticeHandle, email: str) -> None:
        # Not the default context: it obeys the environment, where traps may lie (T26).
        self._trust = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        self._trust.load_verify_locations(cafile=str(server.ca))
        self._email = email
        self.seen: list[str] = []
        self.shown: list[tuple[int, str]] = []
        self.tasks: list[asyncio.Task[None]] = []
        # What comes back, as it is to be handed over.
        self.change: Callable[[str], str] = lambda address: address

    def __call__(self, address: str) -> None:
        self.seen.append(address)
        self.tasks.append(asyncio.get_running_loop().create_task(self._walk(address)))

    async def _walk(self, address: str) -> None:
        async with httpx.AsyncClient(verify=self._trust, trust_env=False) as http:
            page = await http.get(address)
            pattern = rf'id="{re.escape(self._email)}" href="([^"]+)"'
            target = html.unescape(re.findall(pattern, page.text)[0])
            back = await http.get(httpx.URL(address).join(target))
            where = self.change(back.headers["location"])
            told = await http.get(where.replace("//localhost:", "//127.0.0.1:"))
            self.shown.append((told.status_code, told.text))
