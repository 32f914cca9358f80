"""One practice server per module, one for all that need several clients."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.end2end.fleet import fleet, stage
from tests.practice_process import PracticeHandle, practice_server

__all__ = ["fleet", "server", "stage"]


@pytest.fixture(scope="module")
def server() -> Iterator[PracticeHandle]:
    with practice_server() as handle:
        yield handle
