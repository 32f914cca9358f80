"""Inter and JetBrains Mono as variable fonts: one function makes every QFont.

Qt 6.11 renders weights asked by `setWeight` or QSS alike on some platforms, so the weight axis is
set instead; a font property in QSS would lose the axis again.
"""

from __future__ import annotations

from functools import cache, lru_cache
from typing import Final

from PySide6.QtGui import QFont, QFontDatabase, QFontMetrics

from desktop.views.theme.current import current
from desktop.views.theme.package_files import package_folder

# Role: pixels at 100 %, weight, letter spacing in percent.
_ROLES: Final[dict[str, tuple[int, int, float]]] = {
    "display": (22, 600, 98),
    "title": (20, 600, 98),
    "heading": (15, 600, 100),
    "strong": (13, 600, 100),
    "medium": (13, 500, 100),
    "body": (13, 400, 100),
    "small": (12, 400, 100),
    "small_medium": (12, 500, 100),
    "small_strong": (12, 600, 100),
    "caption": (11, 500, 100),
    "mono": (14, 500, 100),
    "mono_large": (19, 500, 100),
    "mono_small": (12, 400, 100),
}


@cache
def family(package: str, file: str) -> str:
    """Adds a font file on first use; the system's own family when the package is missing."""
    try:
        path = package_folder(package) / "files" / file
    except FileNotFoundError:
        return QFont().family()
    number = QFontDatabase.addApplicationFont(str(path))
    families = QFontDatabase.applicationFontFamilies(number) if number >= 0 else []
    return families[0] if families else QFont().family()


def sized_font(pixels: float, weight: int, *, mono: bool = False) -> QFont:
    """A font of any size, as avatars need; `pixels` is taken as it is, without the text scale."""
    name = (
        family("fontpkg_jetbrains_mono", "JetBrainsMono[wght].ttf")
        if mono
        else family("fontpkg_inter", "Inter[opsz,wght].ttf")
    )
    made = QFont(name)
    made.setPixelSize(max(6, round(pixels)))
    made.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    made.setVariableAxis(QFont.Tag("wght"), weight)
    return made


@cache
def _made(role: str, scale: float, tabular: bool) -> QFont:
    pixels, weight, spacing = _ROLES[role]
    made = sized_font(pixels * scale, weight, mono=role.startswith("mono"))
    if spacing != 100:
        made.setLetterSpacing(QFont.SpacingType.PercentageSpacing, spacing)
    if tabular:
        made.setFeature(QFont.Tag("tnum"), 1)
    return made


def font(role: str = "body", *, tabular: bool = False) -> QFont:
    """The font of a role at the current text size; `tabular` only where a number stands alone."""
    return QFont(_made(role, current().scale, tabular))


@lru_cache(maxsize=8_192)
def _width(text: str, role: str, scale: float, tabular: bool) -> int:
    return _metrics(role, scale, tabular).horizontalAdvance(text)


def text_width(text: str, role: str = "body", *, tabular: bool = False) -> int:
    """Width of a line; remembered, because scrolling asks for the same texts again and again."""
    return _width(text, role, current().scale, tabular)


def forget_texts() -> None:
    """Drops the remembered texts, names of clients among them; at the lock (T84)."""
    _width.cache_clear()


@cache
def _metrics(role: str, scale: float, tabular: bool) -> QFontMetrics:
    return QFontMetrics(_made(role, scale, tabular))


def metrics(role: str = "body", *, tabular: bool = False) -> QFontMetrics:
    """Measures of `font(role)`, cached because delegates ask thousands of times."""
    return _metrics(role, current().scale, tabular)
