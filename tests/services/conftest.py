"""One practice server for the tests that need a desk on it, and a home for the others."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.bench_faults.stage import bench_folder
from tests.end2end.fleet import fleet, stage

__all__ = ["fleet", "home", "stage"]


@pytest.fixture
def home() -> Iterator[Path]:
    """Where profiles cost little; nothing here measures the disk."""
    with bench_folder() as folder:
        yield folder
