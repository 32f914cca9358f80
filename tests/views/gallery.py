"""Draws every widget in its states: `python -m tests.views.gallery` writes build/gallery/*.png."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QImage, QRegion
from PySide6.QtWidgets import QApplication, QDialog, QMenu, QWidget

from desktop.views.theme import DARK, LIGHT, Theme, apply
from tests.views import gallery_pages

OUT = Path("build/gallery")


def shot(widget: QWidget, path: Path, ratio: float) -> None:
    """Renders a widget at a device pixel ratio into a PNG."""
    widget.ensurePolished()
    for _turn in range(10):
        QApplication.processEvents()
    size = widget.size() * ratio
    image = QImage(size, QImage.Format.Format_ARGB32_Premultiplied)
    image.setDevicePixelRatio(ratio)
    image.fill(Qt.GlobalColor.transparent)
    widget.render(
        image,
        QPoint(),
        QRegion(),
        QWidget.RenderFlag.DrawChildren | QWidget.RenderFlag.DrawWindowBackground,
    )
    image.save(str(path))


def main() -> None:
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    app = QApplication(sys.argv)
    OUT.mkdir(parents=True, exist_ok=True)
    wanted = sys.argv[1:]
    looks = [
        ("light", Theme(LIGHT), 1.0),
        ("dark", Theme(DARK), 1.0),
        ("light@2x", Theme(LIGHT), 2.0),
    ]
    looks.append(("150", Theme(LIGHT, scale=1.5), 1.0))
    pages: dict[str, Callable[[], QWidget]] = gallery_pages.PAGES
    for name, build in pages.items():
        for look, theme, ratio in looks:
            if wanted and f"{name}-{look}" not in wanted and name not in wanted:
                continue
            apply(app, theme)
            page = build()
            if page.isWindow() and not isinstance(page, QMenu | QDialog):
                page.resize(1280, 800)
            if isinstance(page, QMenu):
                page.resize(page.sizeHint())
            page.show()
            shot(page, OUT / f"{name}-{look}.png", ratio)
            page.close()
            page.deleteLater()
            QApplication.processEvents()


if __name__ == "__main__":
    main()
