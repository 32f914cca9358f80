"""The system's own browser, for single sign-on; no other file opens it."""

from __future__ import annotations

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices


def open_in_browser(address: str) -> bool:
    """Whether a browser took the address. Only https with a host goes to it: other schemes start
    programs (T19, T33).
    """
    url = QUrl(address, QUrl.ParsingMode.StrictMode)
    is_page = url.isValid() and url.scheme() == "https" and bool(url.host())
    return is_page and QDesktopServices.openUrl(url)
