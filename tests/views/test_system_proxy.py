"""The operating system's proxy, and where it must not be asked for (T26)."""

from __future__ import annotations

import sys

import pytest

from desktop.settings.preferences import HAS_SYSTEM_PROXY
from desktop.views import system_proxy

URL = "https://vault.example/"


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="Qt asks the system there")
def test_t26_where_the_setting_lives_in_the_environment_it_is_not_asked_for(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Qt would read these variables here."""
    for name in ("http_proxy", "https_proxy", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    assert not HAS_SYSTEM_PROXY
    assert system_proxy.system_proxy(URL) is None
    monkeypatch.setattr(system_proxy, "HAS_SYSTEM_PROXY", True)
    assert system_proxy.system_proxy(URL) == "http://127.0.0.1:9"


@pytest.mark.parametrize(
    ("variable", "said"),
    [
        ("", None),
        ("http://[::1]:3128", "http://[::1]:3128"),
        ("socks5://socks.example:1080", "socks5://socks.example:1080"),
    ],
)
@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="Qt asks the system there")
def test_every_kind_comes_back_under_its_own_scheme(
    variable: str, said: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(system_proxy, "HAS_SYSTEM_PROXY", True)
    for name in ("http_proxy", "all_proxy", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("https_proxy", variable)
    assert system_proxy.system_proxy(URL) == said
