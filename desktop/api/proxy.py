"""Which proxy a request goes through (T26): only what the person or the system set, per address.

The environment is never asked: its variables could send every request through somebody else.
"""

from __future__ import annotations

from typing import Final, Protocol
from urllib.parse import urlsplit

# What httpx speaks without another library.
SCHEMES: Final = ("http", "https")


class Proxies(Protocol):
    """Says where requests to an address go through."""

    async def find(self, url: str) -> str | None:
        """The proxy's address, None for a direct line. Raises ProxyFailed ("unsupported")."""


class Direct:
    """No proxy, whatever the address."""

    async def find(self, url: str) -> str | None:
        return None


DIRECT: Final = Direct()


def proxy_address(text: str) -> str:
    """What a person typed, as "http://host:port". Raises ValueError, also for a user name in it:
    it would be kept in clear.
    """
    typed = text.strip()
    parts = urlsplit(typed if "://" in typed else f"http://{typed}")
    if parts.scheme not in SCHEMES or not parts.hostname or parts.port is None or parts.port == 0:
        raise ValueError("not the address of a proxy")
    is_more = parts.path not in ("", "/") or parts.query or parts.fragment
    if is_more or parts.username is not None or parts.password is not None:
        raise ValueError("a proxy is a host and a port")
    if not typed.isprintable() or " " in typed or "\\" in typed:
        raise ValueError("not an address")
    host = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
    return f"{parts.scheme}://{host}:{parts.port}"
