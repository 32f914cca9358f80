"""A pytest plugin for the run without PySide6: proves it is absent, knows pytest-qt's options.

pytest-qt is absent too, and pytest refuses options in pyproject.toml that nobody declares.
"""

from __future__ import annotations

import importlib.util
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    """Declare what pytest-qt would have declared."""
    for name in ("qt_api", "qt_log_level_fail"):
        parser.addini(name, "belongs to pytest-qt, which is absent here")


def pytest_report_header() -> str:
    """Say so in the head of the report; refuse to run where the claim would be empty."""
    for name in ("PySide6", "shiboken6", "qasync"):
        if importlib.util.find_spec(name) is not None:
            raise RuntimeError(f"{name} can be imported: this run would prove nothing")
    return "PySide6 is not installed in this environment"
