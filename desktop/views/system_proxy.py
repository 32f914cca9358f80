"""The operating system's proxy for an address, PAC scripts included (T26).

The one file that asks Qt's network for it; `services.proxies` does so on a thread, and the call
lets the interpreter go on meanwhile. Only on Windows and macOS: elsewhere Qt reads environment
variables, which are not obeyed.
"""

from __future__ import annotations

from PySide6.QtCore import QUrl
from PySide6.QtNetwork import QNetworkProxyFactory

from desktop.settings.preferences import HAS_SYSTEM_PROXY

_HTTP = ("HttpProxy", "HttpCachingProxy")


def system_proxy(url: str) -> str | None:
    """The first one that the system names, None for a direct line. Blocks, maybe for seconds.

    A kind that is no HTTP proxy comes back under its own scheme ("socks5://host:port").
    """
    if not HAS_SYSTEM_PROXY:
        return None
    for found in QNetworkProxyFactory.systemProxyForQuery(QUrl(url)):
        kind, host, port = found.type().name, found.hostName(), found.port()
        if kind in _HTTP or kind == "Socks5Proxy":
            place = f"[{host}]" if ":" in host else host
            return f"{'http' if kind in _HTTP else 'socks5'}://{place}:{port}"
        if kind == "NoProxy":
            return None
    return None
