"""One walk through every screen and dialog in one look, and everything that was measured on it."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt
from PySide6.QtWidgets import QApplication, QDialog, QMainWindow, QMenu, QWidget

from tests.gui import measure
from tests.gui.controls import unnamed, unreachable, without_reason
from tests.gui.desk import Gui
from tests.gui.secrecy import masked, telling, unmasked
from tests.gui.survey import Survey

# Where to put a picture of every stop; nobody compares them, people look at them.
PICTURES = os.environ.get("CLAVIGER_GUI_PICTURES", "")


@dataclass
class Findings:
    """By name of the stop."""

    look: str
    cut: list[str] = field(default_factory=list)
    elided: set[str] = field(default_factory=set)
    texts: dict[str, set[str]] = field(default_factory=dict)
    unnamed: list[str] = field(default_factory=list)
    unreachable: list[str] = field(default_factory=list)
    without_reason: list[str] = field(default_factory=list)
    spoken: set[str] = field(default_factory=set)
    windows: set[str] = field(default_factory=set)
    told_secrets: list[str] = field(default_factory=list)
    fields: set[str] = field(default_factory=set)
    """What the masked fields are called."""


class Doorman(QObject):
    """Notes what becomes a window of its own, if only for a moment."""

    def __init__(self, seen: set[str]) -> None:
        super().__init__()
        self._seen = seen

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Show and isinstance(watched, QWidget):
            self._note(watched)
        return False

    def _note(self, widget: QWidget) -> None:
        is_ours = isinstance(widget, QDialog | QMenu | QMainWindow)
        if widget.isWindow() and not is_ours and widget.windowType() != Qt.WindowType.ToolTip:
            self._seen.add(measure.text_of(widget) or type(widget).__name__)


def look_around(gui: Gui, look: str) -> Findings:
    """`look` is a language, "en", "nl" or "pseudo", with " 2x" behind it for twice the size.

    Twice is the text size of 200 % in a window of twice the size: the factor of a screen cannot
    change in a process, and it changes no layout, while every size of ours has to follow this one.
    """
    found = Findings(look)
    language, _space, twice = look.partition(" ")
    size = (2560, 1600) if twice else (1280, 800)
    if twice:
        gui.prefer(text_size=200)
    with pytest.MonkeyPatch.context() as patch:
        recorder = measure.watch_painting(patch)

        def stop(name: str, window: QWidget) -> None:
            recorder.lines.clear()
            picture = window.grab()
            lines = list(recorder.lines)
            if PICTURES:
                file = f"{look}-{re.sub(r'[^a-z0-9]+', '-', name.casefold())}.png"
                picture.save(str(Path(PICTURES) / file))
            seen = measure.visible(window)
            for problem in (
                *measure.cut_painted(lines),
                *measure.cut_words(seen),
                *measure.overlapping(seen),
            ):
                found.cut.append(f"{name}: {problem}")
            found.elided |= measure.elided(seen, lines)
            found.texts[name] = measure.shown_texts(seen, lines)
            if look == "en":
                found.spoken |= {told for _widget, told in measure.spoken_texts(seen)}
                found.spoken.add(window.windowTitle())
                for box in masked(seen):
                    found.fields.add(box.accessibleName())
                    found.told_secrets += [f"{name}: {one}" for one in telling(box, window)]
                found.told_secrets += [f"{name}: {one}" for one in unmasked(seen)]
                found.unnamed += [f"{name}: {one}" for one in unnamed(seen)]
                found.unreachable += [f"{name}: {one}" for one in unreachable(seen)]
                found.without_reason += [f"{name}: {one}" for one in without_reason(seen)]

        async def walk() -> None:
            await gui.open(language, size)
            await Survey(gui, stop, look.replace(" ", "")).go()

        app = QCoreApplication.instance()
        doorman = Doorman(found.windows)
        if app is not None and look == "en":
            app.installEventFilter(doorman)
        # Every screen there is; a busy computer takes its time.
        gui.run(walk(), 300)
        if app is not None:
            app.removeEventFilter(doorman)
    QApplication.sendPostedEvents()
    return found
