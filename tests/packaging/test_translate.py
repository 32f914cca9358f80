"""Stale and open texts are found; what is up to date is left alone."""

from __future__ import annotations

from pathlib import Path

import dev_environment
import dev_translate
import pytest

SOURCE = """
from PySide6.QtCore import QCoreApplication

def title() -> str:
    return QCoreApplication.translate("Pages", "Clients")
"""


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    views = tmp_path / "desktop" / "views"
    views.mkdir(parents=True)
    (views / "pages.py").write_text(SOURCE, "utf-8")
    monkeypatch.setattr(dev_translate, "ROOT", tmp_path)
    monkeypatch.setattr(dev_translate, "I18N", tmp_path / "i18n")
    return tmp_path


def test_open_new_and_vanished_texts_are_named(project: Path) -> None:
    dev_translate.update()
    dutch = project / "i18n" / "claviger_nl.ts"
    assert dev_translate.stale() == ["claviger_nl.ts: not translated: Pages: 'Clients'"]

    text = dutch.read_text("utf-8")
    text = text.replace(
        '<translation type="unfinished"></translation>', "<translation>K</translation>"
    )
    dutch.write_text(text, "utf-8")
    assert dev_translate.stale() == []

    page = project / "desktop" / "views" / "pages.py"
    page.write_text(SOURCE.replace("Clients", "Members"), "utf-8")
    assert dev_translate.stale() == [
        "claviger_nl.ts: gone: Pages: 'Clients'",
        "claviger_nl.ts: new: Pages: 'Members'",
    ]


COUNTED = """
from PySide6.QtCore import QCoreApplication
translate = QCoreApplication.translate

class Page(QWidget):
    def show(self, rows):
        translate("Words", "%Ln sent", None, len(rows))
        translate("Words", "%Ln kept", n=len(rows))
        self.tr("%Ln left", "", len(rows))
"""


def test_a_translation_names_what_its_source_names(project: Path) -> None:
    page = project / "desktop" / "views" / "pages.py"
    page.write_text(SOURCE.replace("Clients", "Open {client}"), "utf-8")
    dev_translate.update()
    dutch = project / "i18n" / "claviger_nl.ts"
    text = dutch.read_text("utf-8")
    wrong = text.replace('<translation type="unfinished">', "<translation>Open {klant}")
    dutch.write_text(wrong, "utf-8")
    assert dev_translate.stale() == ["claviger_nl.ts: not translated: Pages: 'Open {client}'"]


def test_every_counted_text_has_a_singular_and_a_plural(project: Path) -> None:
    """Lupdate alone leaves two of these out and marks none of `translate` as a plural."""
    (project / "desktop" / "views" / "pages.py").write_text(COUNTED, "utf-8")
    dev_translate.update()
    english = (project / "i18n" / "claviger_en.ts").read_text("utf-8")
    assert english.count('<message numerus="yes">') == 3
    assert english.count("<numerusform></numerusform>") == 6


def test_a_text_without_a_context_is_refused(project: Path) -> None:
    page = project / "desktop" / "views" / "pages.py"
    page.write_text("def title(widget):\n    return widget.tr('Clients')\n", "utf-8")
    with pytest.raises(dev_environment.Stop, match=r"pages\.py:2"):
        dev_translate.update()


def test_texts_are_compiled_when_they_are_newer(project: Path) -> None:
    dev_translate.update()
    dev_translate.compile_texts()
    compiled = project / "i18n" / "claviger_nl.qm"
    first = compiled.stat().st_mtime_ns
    dev_translate.compile_texts()
    assert compiled.stat().st_mtime_ns == first
