"""Text reaches a widget by one way only: `views/text.py` and `views/widgets/labels.py` (T70, T71).

Qt guesses whether a text is markup in a label, a message box, a tooltip and a dozen more places,
and what it takes for markup may name files and servers to load. So nothing here makes those but
the two modules that have switched it off.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SETTERS = "desktop/views/text.py"
LABELS = "desktop/views/widgets/labels.py"

# Each of these reads markup by itself and has no place here.
GUESSING = {
    "QErrorMessage", "QInputDialog", "QMessageBox", "QProgressDialog", "QSplashScreen",
    "QStaticText", "QTextBrowser", "QTextDocument", "QTextEdit", "QWhatsThis", "QWizard",
    "QWizardPage", "QFormLayout", "QGroupBox", "QToolBox", "QStatusBar", "QMovie", "QImageReader",
    "QNetworkAccessManager", "QPicture", "QSvgWidget",
}  # fmt: skip
# What sets a text that Qt reads as markup or another program reads at all: name -> where it may be.
SETS = {
    "setToolTip": {SETTERS},
    "setWhatsThis": {SETTERS},
    "setAccessibleName": {SETTERS},
    "setAccessibleDescription": {SETTERS},
    "setWindowTitle": {SETTERS},
    "showText": {SETTERS},
    "setTextFormat": {LABELS},
    "setHtml": set(),
    "setMarkdown": set(),
    "setOpenExternalLinks": set(),
    "setOpenLinks": set(),
    "addResource": set(),
    "loadFromData": set(),
    "setWindowIconText": set(),
    "addItem": {"desktop/views/widgets/fields.py", "desktop/views/widgets/shadow.py"},
    "setItemText": set(),
    "insertItem": set(),
    "showMessage": {"desktop/views/notices.py"},
}
# What makes a picture, and where: of our own icons, of a shadow, of the window for the tour.
PICTURES = {
    "QIcon": {"desktop/views/theme/icons.py"},
    "QImage": {
        "desktop/views/theme/icons.py",
        "desktop/views/widgets/shadow.py",
        "desktop/tour/pictures.py",
    },
    "QPixmap": {"desktop/views/theme/icons.py", "desktop/views/widgets/shadow.py"},
    "QLabel": {LABELS},
}


# PySide takes properties as arguments of a constructor.
_AS_KEYWORDS = {"toolTip", "whatsThis", "accessibleName", "accessibleDescription", "windowTitle"}


@cache
def _trees() -> tuple[tuple[str, ast.Module], ...]:
    paths = sorted((ROOT / "desktop").rglob("*.py"))
    return tuple(
        (path.relative_to(ROOT).as_posix(), ast.parse(path.read_text("utf-8"))) for path in paths
    )


def _imported(node: ast.ImportFrom) -> Iterator[str]:
    if node.module is not None and node.module.startswith("PySide6"):
        for alias in node.names:
            if alias.name in GUESSING:
                yield f"imports {alias.name}"
            elif alias.name == "*":
                yield "imports everything"


def _problems(node: ast.AST, name: str) -> Iterator[str]:
    match node:
        case ast.ImportFrom():
            yield from _imported(node)
        case ast.Attribute(attr=str(used)) if used in GUESSING:
            yield f"names {used}"
        case ast.Call(func=ast.Attribute(attr=str(used))) if name not in SETS.get(used, {name}):
            yield f"{used}()"
        case ast.Call(func=ast.Name(id=str(made))) if name not in PICTURES.get(made, {name}):
            yield f"makes a {made}"
        case ast.ClassDef(bases=bases):
            for base in bases:
                if isinstance(base, ast.Name) and name not in PICTURES.get(base.id, {name}):
                    yield f"is a {base.id}"
        case ast.keyword(arg=str(used)) if used in _AS_KEYWORDS:
            yield f"sets {used} while making a widget"
        case _:
            pass


def _offences(name: str, tree: ast.Module) -> list[str]:
    return [
        f"{name}:{getattr(node, 'lineno', 0)}: {problem}"
        for node in ast.walk(tree)
        for problem in _problems(node, name)
    ]


def test_t70_t71_no_view_sets_a_text_that_qt_reads_as_markup_but_the_helper() -> None:
    assert [problem for name, tree in _trees() for problem in _offences(name, tree)] == []


def test_the_rule_sees_what_it_forbids() -> None:
    """Each kind of offence once: a rule that finds nothing proves nothing."""
    source = """
from PySide6.QtWidgets import QLabel, QMessageBox
class Tip(QLabel): ...
label = QLabel(name)
label.setToolTip(name)
QToolTip.showText(spot, name)
label = QWidget(toolTip=name)
picture = QPixmap(name)
box = QtWidgets.QMessageBox()
"""
    found = [one.split(": ", 1)[1] for one in _offences("desktop/views/x.py", ast.parse(source))]
    assert sorted(found) == [
        "imports QMessageBox",
        "is a QLabel",
        "makes a QLabel",
        "makes a QPixmap",
        "names QMessageBox",
        "setToolTip()",
        "sets toolTip while making a widget",
        "showText()",
    ]
