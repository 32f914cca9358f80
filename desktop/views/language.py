"""English and Dutch: which language is shown, and the compiled texts behind it.

The `.ts` files lie in `resources/i18n`; `packaging/dev.py` compiles them to `.qm` beside them.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QLibraryInfo, QLocale, QTranslator

if TYPE_CHECKING:
    from PySide6.QtCore import QCoreApplication

LANGUAGES: Final = ("en", "nl")
_BUNDLE = getattr(sys, "_MEIPASS", None)
RESOURCES: Final = (
    Path(_BUNDLE) / "resources" if _BUNDLE else Path(__file__).parents[2] / "resources"
)


def system_language() -> str:
    """The first of the system's languages that we have, else English."""
    for name in QLocale.system().uiLanguages():
        code = name.replace("_", "-").split("-")[0].casefold()
        if code in LANGUAGES:
            return code
    return "en"


class Language:
    """Installs the translators of one language; replaces them as a whole when it changes."""

    def __init__(self, app: QCoreApplication, folder: Path = RESOURCES / "i18n") -> None:
        self._app = app
        self._folder = folder
        self._installed: list[QTranslator] = []
        self.code = ""

    def use(self, code: str) -> None:
        """Show `code` from now on. Windows that stand open must be built again."""
        for translator in self._installed:
            self._app.removeTranslator(translator)
        self._installed.clear()
        self.code = code if code in LANGUAGES else "en"
        # Dates, numbers and money follow the language, not the machine, so that a sentence and
        # the figures inside it agree.
        territory = QLocale.system().territory()
        language = QLocale.Language.Dutch if self.code == "nl" else QLocale.Language.English
        QLocale.setDefault(QLocale(language, territory))
        qt_texts = Path(QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath))
        self._load(qt_texts / f"qtbase_{self.code}.qm")
        self._load(self._folder / f"claviger_{self.code}.qm")

    def _load(self, path: Path) -> None:
        translator = QTranslator(self._app)
        if path.is_file() and translator.load(str(path)):
            self._app.installTranslator(translator)
            self._installed.append(translator)
