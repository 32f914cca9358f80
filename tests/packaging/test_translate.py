"""Stale and open texts are found; what is up to date is left alone."""

from __future__ import annotations

from pathlib import Path

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


def test_texts_are_compiled_when_they_are_newer(project: Path) -> None:
    dev_translate.update()
    dev_translate.compile_texts()
    compiled = project / "i18n" / "claviger_nl.qm"
    first = compiled.stat().st_mtime_ns
    dev_translate.compile_texts()
    assert compiled.stat().st_mtime_ns == first
