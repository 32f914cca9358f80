"""What in the environment could lead traffic elsewhere, or open it, set to traps (T26)."""

from __future__ import annotations

import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from unittest.mock import patch

import pytest
import trustme

_PROXIES = ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY")
_BUNDLES = ("SSL_CERT_FILE", "REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE")


def variables(folder: Path, proxy: str) -> dict[str, str]:
    """Proxies, a log of TLS keys, other bundles of certificates, passwords for every host."""
    netrc = folder / "netrc"
    netrc.write_text("default login eve password secret\n")
    netrc.chmod(0o600)
    bundle = folder / "bundle.pem"
    trustme.CA().cert_pem.write_to_path(str(bundle))
    led = {name: proxy for upper in _PROXIES for name in (upper, upper.lower())}
    return {
        **led,
        **dict.fromkeys(_BUNDLES, str(bundle)),
        "SSL_CERT_DIR": str(folder),
        "SSLKEYLOGFILE": str(folder / "tls.log"),
        "NETRC": str(netrc),
        "NO_PROXY": "",
        "no_proxy": "",
    }


@contextmanager
def trapped(folder: Path) -> Iterator[None]:
    """While it lasts, whoever obeys the environment is caught: AssertionError at the end."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.setblocking(False)
        proxy = f"http://127.0.0.1:{listener.getsockname()[1]}"
        with patch.dict(os.environ, variables(folder, proxy)):
            yield
        with suppress(BlockingIOError):
            listener.accept()[0].close()
            raise AssertionError("somebody asked the proxy of the environment")
    if (folder / "tls.log").exists():
        raise AssertionError("somebody wrote down the keys of TLS")


@pytest.fixture(scope="package", autouse=True)
def t26(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Of a conftest: whoever obeys the environment falls into a trap; child processes too."""
    with trapped(tmp_path_factory.mktemp("traps")):
        yield
