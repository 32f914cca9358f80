"""Addresses on their way to the system's browser."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject, QUrl, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QApplication

from desktop.views.browser import open_in_browser

SCHEMES = ("https", "http", "file", "smb", "ms-msdt", "javascript")


class System(QObject):
    """Takes whatever would have gone to a program of the system."""

    def __init__(self) -> None:
        super().__init__()
        self.opened: list[str] = []

    @Slot(QUrl)
    def take(self, url: QUrl) -> None:
        self.opened.append(url.toString())


@pytest.fixture
def system(qapp: QApplication) -> Iterator[System]:
    del qapp
    made = System()
    for scheme in SCHEMES:
        QDesktopServices.setUrlHandler(scheme, made, "take")  # type: ignore[arg-type]  # text
    yield made
    for scheme in SCHEMES:
        QDesktopServices.unsetUrlHandler(scheme)


def test_an_address_of_the_server_is_opened(system: System) -> None:
    address = "https://vault.example/identity/connect/authorize?state=a%2Bb&scope=api%20offline"
    assert open_in_browser(address)
    assert system.opened == [QUrl(address).toString()]


@pytest.mark.parametrize(
    "address",
    [
        "http://vault.example/",
        "file:///etc/passwd",
        "smb://attacker.example/share",
        "ms-msdt:/id",
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "data:text/html,<script>",
        "//attacker.example/share",
        "\\\\attacker.example\\share",
        " https://vault.example/",
        "https:///etc/passwd",
        "vault.example",
        "",
        "https://vault.example/a b%zz",
    ],
)
def test_t19_t33_nothing_but_https_reaches_the_system(address: str, system: System) -> None:
    assert not open_in_browser(address)
    assert system.opened == []
