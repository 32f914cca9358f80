"""Colours that can be read, weights that differ, icons that are tinted, switches that take."""

# ruff: noqa: E501 - the list of pairs reads as a table

from __future__ import annotations

import re
import subprocess
import sys
import zipfile
from dataclasses import fields
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPalette
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.views.theme import (
    DARK,
    LIGHT,
    Theme,
    Tokens,
    apply,
    color,
    current,
    font,
    metrics,
    pixmap,
    row_height,
    system_theme,
    u,
)
from desktop.views.theme.icon_zip import IconZip
from desktop.views.theme.icons import svg_text
from desktop.views.theme.package_files import package_folder
from desktop.views.theme.palette import contrast_tokens
from desktop.views.theme.qss import style_sheet
from desktop.views.widgets.buttons import Button
from desktop.views.widgets.labels import Label

SHEETS = ("bg", "surface", "raised", "sidebar", "hover", "sel")
PAIRS = [
    *[(ink, back) for ink in ("text", "text2") for back in (*SHEETS, "plain", "press", "field_fill")],
    *[("text3", back) for back in ("bg", "surface", "raised", "sunken", "field_fill")],
    *[("accent_text", back) for back in ("bg", "surface", "accent_soft", "sel", "sidebar_chosen")],
    *[("on", back) for back in ("accent", "accent_hover", "accent_press", "danger", "danger_hover")],
    *[(f"{tone}_text", f"{tone}_soft") for tone in ("ok", "warn", "bad")],
    *[(f"{tone}_text", back) for tone in ("ok", "warn", "bad") for back in ("bg", "surface", "sel")],
    *[("text2", f"{tone}_soft") for tone in ("warn", "bad", "ok", "accent", "info")],
    *[(ink, back) for ink in ("on_petrol", "on_petrol2") for back in ("petrol_top", "petrol_bottom")],
    ("on_petrol", "toast"), ("toast_ok", "toast"), ("text", "sidebar_chosen"),
    ("text2", "info_soft"), ("text2", "sidebar_hover"), ("text", "sidebar_hover"),
]  # fmt: skip


def luminance(hex_colour: str) -> float:
    made = QColor(hex_colour)

    def linear(channel: float) -> float:
        return channel / 12.92 if channel <= 0.03928 else ((channel + 0.055) / 1.055) ** 2.4

    red, green, blue = (linear(c) for c in (made.redF(), made.greenF(), made.blueF()))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def ratio(tokens: Tokens, ink: str, back: str) -> float:
    """Contrast as WCAG 2.2 defines it."""
    one, two = luminance(getattr(tokens, ink)), luminance(getattr(tokens, back))
    return (max(one, two) + 0.05) / (min(one, two) + 0.05)


@pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=["light", "dark"])
def test_every_text_can_be_read_on_its_ground(tokens: Tokens) -> None:
    found = [(ink, back, round(ratio(tokens, ink, back), 2)) for ink, back in PAIRS]
    assert [pair for pair in found if pair[2] < 4.5] == []


@pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=["light", "dark"])
def test_focus_and_field_edges_are_seen(tokens: Tokens) -> None:
    grounds = ("bg", "surface", "raised", "sidebar", "sel")
    assert [g for g in grounds if ratio(tokens, "focus", g) < 3] == []
    assert ratio(tokens, "field", "field_fill") >= 2.9


def ink(role: str, text: str = "Hamburgefonstiv 12345") -> int:
    image = QImage(400, 40, QImage.Format.Format_Grayscale8)
    image.fill(Qt.GlobalColor.white)
    painter = QPainter(image)
    painter.setFont(font(role))
    painter.drawText(4, 28, text)
    painter.end()
    return sum(255 - image.pixelColor(x, y).red() for x in range(400) for y in range(40))


def test_weights_really_differ(qapp: QApplication) -> None:
    del qapp
    regular, medium, strong = ink("body"), ink("medium"), ink("strong")
    assert regular * 1.03 < medium
    assert medium * 1.03 < strong


def test_tabular_figures_are_equally_wide(qapp: QApplication) -> None:
    del qapp
    figures = metrics("body", tabular=True)
    assert len({figures.horizontalAdvance(str(n) * 4) for n in range(10)}) == 1
    assert metrics("mono").horizontalAdvance("iiii") == metrics("mono").horizontalAdvance("WWWW")


def test_fonts_are_the_packaged_ones(qapp: QApplication) -> None:
    del qapp
    assert font("body").family() == "Inter"
    assert font("mono").family() == "JetBrains Mono"


@pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=["light", "dark"])
def test_sheet_names_no_font_and_no_unknown_token(tokens: Tokens) -> None:
    sheet = style_sheet(Theme(tokens))
    assert "font" not in sheet
    assert "$" not in sheet
    assert "url(" not in sheet
    assert sheet.count("\n") < 150


def test_icons_are_tinted_and_sharp(qapp: QApplication) -> None:
    del qapp
    image = pixmap("check", "ok_text", 16, 2.0).toImage()
    assert image.width() == 32
    seen = {
        image.pixelColor(x, y).name()
        for x in range(32)
        for y in range(32)
        if image.pixelColor(x, y).alpha() == 255
    }
    assert seen == {QColor(LIGHT.ok_text).name()}


def test_icon_zip_reads_what_the_standard_library_reads() -> None:
    path = package_folder("justmyresource_lucide") / "icons.zip"
    mine = IconZip(path)
    with zipfile.ZipFile(path) as archive:
        for name in ("check.svg", "x.svg", "user-check.svg", *archive.namelist()[::97]):
            assert mine.read(name) == archive.read(name)
    with pytest.raises(KeyError):
        mine.read("heck.svg")


def test_every_icon_named_in_the_code_exists() -> None:
    named: set[str] = set()
    for path in Path("desktop/views").rglob("*.py"):
        text = path.read_text(encoding="utf-8")
        named |= set(re.findall(r'(?:icon|icon_name)=\s*"([a-z0-9-]+)"', text))
        named |= set(
            re.findall(r'(?:IconMark|IconTile|IconText|IconButton|pixmap)\(\s*"([a-z0-9-]+)"', text)
        )
        named |= set(re.findall(r'paint_icon\(\s*painter,\s*"([a-z0-9-]+)"', text))
    assert len(named) > 20
    for name in sorted(named):
        assert "<svg" in svg_text(name), name


def test_theme_switches_while_running(qtbot: QtBot, qapp: QApplication) -> None:
    label = Label("Name", "body", "text2")
    button = Button("Save", "primary")
    for widget in (label, button):
        qtbot.addWidget(widget)
        widget.show()
    before = button.sizeHint()
    light = button.grab().toImage().pixelColor(button.width() // 2, 3).name()
    apply(qapp, Theme(DARK, scale=1.5))
    qapp.processEvents()
    assert current().tokens is DARK
    assert label.palette().color(QPalette.ColorRole.WindowText).name() == DARK.text2.lower()
    assert label.font().pixelSize() == 20
    assert button.sizeHint().height() == round(before.height() * 1.5)
    dark = button.grab().toImage().pixelColor(button.width() // 2, 3).name()
    assert light != dark
    assert u(8) == 12
    assert row_height() == 60


def test_system_theme_clamps_text_size_and_takes_appearance(qapp: QApplication) -> None:
    assert system_theme(qapp, appearance="dark", scale=9).scale == 2.0
    assert system_theme(qapp, appearance="dark").tokens is DARK
    assert system_theme(qapp, appearance="light", scale=0.1).scale == 1.0


def test_high_contrast_drops_sheet_and_palette(qapp: QApplication) -> None:
    system = QPalette()
    system.setColor(QPalette.ColorRole.Window, QColor("black"))
    system.setColor(QPalette.ColorRole.WindowText, QColor("yellow"))
    tokens = contrast_tokens(system)
    assert {field.name for field in fields(tokens)} == {field.name for field in fields(LIGHT)}
    assert tokens.text == tokens.line == tokens.warn_text == "#ffff00"
    apply(qapp, Theme(tokens, is_high_contrast=True))
    assert qapp.styleSheet() == ""
    assert color("text") == QColor("yellow")


def test_theme_and_first_widgets_start_without_heavy_imports() -> None:
    code = (
        "import sys\n"
        "import desktop.views.theme, desktop.views.widgets.fields, desktop.views.widgets.cards\n"
        "heavy = {'httpx', 'keyring', 'sqlite_utils', 'asyncio', 'msgspec', 'cryptography'}\n"
        "print(sorted(heavy & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=True
    )
    assert done.stdout.strip() == "[]"
