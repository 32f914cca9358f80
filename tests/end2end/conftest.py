"""One practice server per module."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.practice_process import PracticeHandle, practice_server


@pytest.fixture(scope="module")
def server() -> Iterator[PracticeHandle]:
    with practice_server() as handle:
        yield handle
