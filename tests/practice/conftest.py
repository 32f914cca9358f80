"""One practice server for the tests of this folder; each test makes what it needs on it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.practice.wire import Client, Desk, new_client
from tests.practice_process import PracticeHandle, practice_server


@pytest.fixture(scope="session")
def server() -> Iterator[PracticeHandle]:
    """Fifty times as fast as real time, so that refusals need not wait."""
    with practice_server("--clock", "50") as handle:
        yield handle


@pytest.fixture(scope="session")
def _admin(server: PracticeHandle) -> Desk:
    return Desk.of(server, server.account("provider_admin"))


@pytest.fixture(scope="session")
def _service(server: PracticeHandle) -> Desk:
    return Desk.of(server, server.account("service_user"))


@pytest.fixture
def admin(_admin: Desk) -> Desk:
    """The provider admin, with a token that is good."""
    _admin.renew()
    return _admin


@pytest.fixture
def service(_service: Desk) -> Desk:
    """The service user, with a token that is good."""
    _service.renew()
    return _service


@pytest.fixture(scope="session")
def client(_admin: Desk) -> Client:
    """A client of the tests, for what leaves no trace that matters."""
    _admin.renew()
    return new_client(_admin, name="Shared Test Client", seats=40)


@pytest.fixture(autouse=True)
def no_faults(request: pytest.FixtureRequest) -> Iterator[None]:
    """A script never outlives its test."""
    yield
    if "server" in request.fixturenames:
        handle: PracticeHandle = request.getfixturevalue("server")
        handle.script()
