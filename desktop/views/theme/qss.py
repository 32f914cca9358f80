"""The one style sheet: boxes of the stock widgets. It never names a font (that loses the axis)."""

from __future__ import annotations

from string import Template
from typing import Final

from desktop.views.theme.current import Theme

_SHEET: Final = Template("""
QWidget#page, QScrollArea#page > QWidget > QWidget#page_body { background: $bg; }
QMainWindow, QDialog { background: $bg; }
QDialog#card_dialog { background: $raised; }
QLabel { background: transparent; color: $text; }
QLabel[tone="text2"] { color: $text2; }
QLabel[tone="text3"] { color: $text3; }
QLabel[tone="ok"] { color: $ok_text; }
QLabel[tone="warn"] { color: $warn_text; }
QLabel[tone="bad"] { color: $bad_text; }
QLabel[tone="accent"] { color: $accent_text; }
QLabel[tone="on_petrol"] { color: $on_petrol; }
QLabel[tone="on_petrol2"] { color: $on_petrol2; }
QLabel:disabled { color: $text3; }
QScrollArea, QAbstractScrollArea { background: transparent; border: none; }
QPushButton { background: $plain; color: $text; border: 1px solid $line2; border-radius: ${r7}px;
  padding: 0 ${p12}px; min-height: ${h30}px; }
QPushButton:hover { background: $hover; }
QPushButton:pressed { background: $press; }
QPushButton:disabled { background: $sunken; color: $text3; border-color: $line; }
QPushButton:default { background: $accent; color: $on; border-color: $accent; }
QPushButton[kind] { background: transparent; border: none; padding: 0; min-height: 0; }
QLineEdit, QPlainTextEdit { background: $field_fill; color: $text;
  border: 1px solid $field; border-radius: ${r7}px; padding: 0 ${p10}px; min-height: ${h30}px;
  selection-background-color: $accent; selection-color: $on; }
QPlainTextEdit { padding: ${p6}px ${p8}px; }
QLineEdit[small="true"] { min-height: ${h28}px; }
QLineEdit:focus, QPlainTextEdit:focus { border: 2px solid $focus;
  padding: 0 ${q10}px; min-height: ${g30}px; }
QPlainTextEdit:focus { padding: ${q6}px ${q8}px; }
QLineEdit[small="true"]:focus { min-height: ${g28}px; }
QLineEdit[state="warn"] { border-color: $warn_fill; }
QLineEdit[state="bad"], QPlainTextEdit[state="bad"] {
  border-color: $bad_fill; }
QLineEdit:disabled, QPlainTextEdit:disabled { background: $sunken;
  color: $text3; border: 1px solid $line; }
QLineEdit:read-only { background: $sunken; }
QTreeView QLineEdit, QTableView QLineEdit { min-height: 0; padding: 0 ${p4}px;
  border-radius: ${r5}px; }
QAbstractSpinBox QLineEdit, QAbstractSpinBox QLineEdit:focus { border: none; padding: 0;
  min-height: 0; background: transparent; }
QMenu { background: $raised; border: 1px solid $line2; border-radius: ${r9}px; padding: ${p5}px; }
QMenu::item { color: $text; padding: 0 ${p24}px 0 ${p12}px; height: ${h30}px;
  border-radius: ${r6}px; margin: 0; }
QMenu::item:selected { background: $sel; }
QMenu::item:disabled { color: $text3; }
QMenu::separator { height: 1px; background: $line; margin: ${p5}px ${p8}px; }
QMenu::icon { padding-left: ${p10}px; }
QToolTip { background: $toast; color: #FFFFFF; border: 1px solid $toast_edge;
  padding: ${p6}px ${p8}px; }
QAbstractItemView { background: $surface; border: none; outline: none; }
QAbstractItemView#on_bg { background: transparent; }
QScrollBar:vertical { background: transparent; width: 10px; margin: 0; }
QScrollBar:horizontal { background: transparent; height: 10px; margin: 0; }
QScrollBar::handle { background: $line2; border: 2px solid transparent; border-radius: 5px; }
QScrollBar::handle:vertical { min-height: ${p32}px; }
QScrollBar::handle:horizontal { min-width: ${p32}px; }
QScrollBar::handle:hover { background: $field; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QTableCornerButton::section { background: $surface; border: none; }
QHeaderView { background: $surface; border: none; }
QSplitter::handle { background: $line; }
QSplitter::handle:horizontal { width: 1px; }
QSplitter::handle:vertical { height: 1px; }
QComboBox QAbstractItemView { background: $raised; border: 1px solid $line2; color: $text;
  selection-background-color: $sel; selection-color: $text; padding: ${p4}px; }
QStatusBar { background: $bg; color: $text2; }
QMenuBar { background: $bg; color: $text; }
QMenuBar::item { padding: ${p4}px ${p8}px; border-radius: ${r5}px; background: transparent; }
QMenuBar::item:selected { background: $hover; }
""")


def style_sheet(theme: Theme) -> str:
    """The sheet for one theme; `p8` and its like are pixels at the theme's text size."""
    values: dict[str, str] = {
        name: str(value) for name, value in vars(theme.tokens).items() if name != "is_dark"
    }

    def pixels(number: float) -> str:
        return str(round(number * theme.scale))

    for number in (4, 5, 6, 8, 10, 12, 24, 32):
        values[f"p{number}"] = pixels(number)
    for number in (6, 8, 10):
        values[f"q{number}"] = str(round(number * theme.scale) - 1)
    for number in (5, 6, 7, 9):
        values[f"r{number}"] = pixels(number)
    for number in (28, 30):
        values[f"h{number}"] = pixels(number)
        values[f"g{number}"] = str(round(number * theme.scale) - 2)
    return _SHEET.substitute(values)
