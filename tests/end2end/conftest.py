"""One practice server per module, one for all that need several clients."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.end2end.fleet import fleet, stage
from tests.guard import t96
from tests.practice_process import (
    PASSWORDS,
    PracticeHandle,
    assert_nothing_leaked,
    practice_server,
)
from tests.sweep import Sweep, listening, swept
from tests.traps import t26

__all__ = ["fleet", "server", "stage", "t26", "t96"]


@pytest.fixture(autouse=True)
def t16() -> Iterator[None]:
    """The oracle looks at all that every test sends, and names the test."""
    yield
    assert_nothing_leaked()


@pytest.fixture(scope="package", autouse=True)
def t100(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sweep]:
    """After all tests of this folder: no secret lies anywhere, names only where allowed."""
    with listening() as heard:
        sweep = Sweep(heard, PASSWORDS)
        yield sweep
    assert swept(sweep, tmp_path_factory.getbasetemp()) == []


@pytest.fixture(autouse=True)
def t84(request: pytest.FixtureRequest, t100: Sweep) -> Iterator[None]:
    """After each test: the same of the folder it worked in, so that the failure names the test."""
    asked = "tmp_path" in request.fixturenames
    folder = request.getfixturevalue("tmp_path") if asked else None
    yield
    if folder is not None:
        assert t100.folder(folder) == []


@pytest.fixture(scope="module")
def server() -> Iterator[PracticeHandle]:
    with practice_server() as handle:
        yield handle
