"""Every test of the views starts from the light theme at 100 %."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication

from desktop.views.theme import LIGHT, Theme, apply, current


@pytest.fixture(autouse=True)
def light_theme(qapp: QApplication) -> None:
    """Applying a sheet costs time with every widget alive: only when a test changed it."""
    if not qapp.styleSheet() or current() != Theme(LIGHT):
        apply(qapp, Theme(LIGHT))
