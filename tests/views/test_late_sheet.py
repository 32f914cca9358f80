"""A window that is dressed after it was built looks as if it had been dressed before."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from desktop.views.widgets.labels import Label
from desktop.views.widgets.layouts import ScrollPane

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = """
from desktop.views.start import StartPage
from desktop.views.theme import LIGHT, Theme, apply
from desktop.views.widgets.layouts import forget_sizes
from PySide6.QtWidgets import QApplication

def hints(page):
    return [form.sizeHint().toTuple() for form in (page.practice_form, page.sign_in_form)]

app = QApplication([])
apply(app, Theme(LIGHT), dresses=False)
late = StartPage("en")
apply(app, Theme(LIGHT))
forget_sizes(late)
early = StartPage("en")
forget_sizes(early)
assert hints(late) == hints(early), (hints(late), hints(early))
"""


def test_a_sheet_that_comes_late_changes_no_size() -> None:
    """In a process of its own: taking the sheet away would disturb the tests that follow."""
    env = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    words = [sys.executable, "-c", PROGRAM]
    assert subprocess.run(words, cwd=ROOT, env=env, timeout=30, check=False).returncode == 0


def test_a_label_measures_anew_when_its_text_changes(qtbot: QtBot) -> None:
    label = Label("One two three four five six seven", wraps=True)
    qtbot.addWidget(label)
    assert label.heightForWidth(1_000) < label.heightForWidth(60)
    tall, wide = label.heightForWidth(60), label.sizeHint().width()
    label.set_text("One")
    assert label.heightForWidth(60) < tall
    assert label.sizeHint().width() < wide


def test_a_scrolled_page_shows_the_background_through(qtbot: QtBot) -> None:
    content = QWidget()
    pane = ScrollPane(content)
    qtbot.addWidget(pane)
    assert not pane.viewport().autoFillBackground()
    assert content.parentWidget() is pane.viewport()
