"""Text that others wrote reaches the eye as plain text, marked, short, and never as a command."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from desktop.domain.limits import SHOWN_LINE
from desktop.domain.shown import folded
from desktop.views.dialogs import ConfirmDialog
from desktop.views.text import escaped, isolated, sentence, shown, shown_lines, tooltip
from desktop.views.widgets.buttons import Button, Chip, IconButton
from desktop.views.widgets.cards import Banner, EmptyState
from desktop.views.widgets.fields import CheckBox, FormField, TextField
from desktop.views.widgets.labels import Badge, IconText, Label
from desktop.views.widgets.menus import Menu
from desktop.views.widgets.tabs import CountTabs

HOSTILE = "<img src='file:///etc/claviger-probe'><b>R&D</b> &Delete"
HIDDEN = (
    *range(0x20), *range(0x7F, 0xA0), *range(0x200B, 0x2010), *range(0x202A, 0x202F),
    *range(0x2060, 0x2065), *range(0x2066, 0x206A), 0x061C, 0xFEFF, 0x2028, 0x2029, 0xAD,
    *range(0xE0000, 0xE0080), 0xD800, 0xDFFF,
)  # fmt: skip


def test_t70_labels_and_messages_are_plain_text(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    parts: list[QWidget] = [
        Label(HOSTILE),
        Label(HOSTILE, wraps=True),
        Banner(HOSTILE, HOSTILE, action=HOSTILE),
        EmptyState("info", HOSTILE, HOSTILE),
        FormField(HOSTILE, TextField(HOSTILE), hint=HOSTILE),
        IconText("info", HOSTILE),
        ConfirmDialog(
            window,
            HOSTILE,
            accept=HOSTILE,
            cancel="Keep",
            typed=HOSTILE,
            subtitle=HOSTILE,
            facts=[("info", HOSTILE)],
            target=HOSTILE,
        ),
    ]
    for part in parts:
        qtbot.addWidget(part)
        labels = [part] if isinstance(part, QLabel) else part.findChildren(QLabel)
        assert labels
        assert all(label.textFormat() == Qt.TextFormat.PlainText for label in labels)


def test_t70_tooltips_are_escaped_and_still_read_as_typed() -> None:
    made = tooltip(HOSTILE)
    assert "<img" not in made
    assert "&lt;img" in made
    assert made.startswith("<span>")  # otherwise Qt would show the escapes themselves


def test_t70_elided_widgets_put_escaped_text_in_tooltips(qtbot: QtBot) -> None:
    label = Label(HOSTILE * 3)
    qtbot.addWidget(label)
    label.resize(60, 20)
    label.show()
    assert "<img" not in label.toolTip()
    assert "&lt;img" in label.toolTip()


@pytest.mark.parametrize("name", ["R&D", "&Delete", "A&&B", "&"])
def test_t73_ampersands_show_as_typed(name: str, qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    menu = Menu("m", window)
    tabs = CountTabs("t", window)
    tabs.add("a", name)
    for text in (
        Button(name, parent=window).text(),
        Chip(name, parent=window).text(),
        CheckBox(name, parent=window).text(),
        menu.add(name).text(),
        tabs.tabText(0),
        escaped(name),
    ):
        assert text.replace("&&", "").count("&") == 0
        assert text.replace("&&", "&") == name
    for widget in window.findChildren(Button):
        assert widget.shortcut().isEmpty()
        assert widget.accessibleName() == name


def test_t74_hidden_characters_become_marks() -> None:
    for code in HIDDEN:
        made = shown(f"Acme{chr(code)}Ltd")
        assert chr(code) not in made, hex(code)
        assert f"\u2039U+{code:04X}\u203a" in made, hex(code)


def test_t74_widgets_show_and_speak_the_marks(qtbot: QtBot) -> None:
    name = "Acme\u202eexe"
    window = QWidget()
    qtbot.addWidget(window)
    button = Button(name, parent=window)
    badge = Badge(name, parent=window)
    icon = IconButton("x", name, parent=window)
    label = Label(name, parent=window)
    for spoken in (
        button.text(),
        button.accessibleName(),
        badge.accessibleName(),
        icon.accessibleName(),
        icon.toolTip(),
        label.text(),
    ):
        assert "\u202e" not in spoken
        assert "U+202E" in spoken


def test_t74_names_stand_in_isolates_and_cannot_break_out() -> None:
    made = sentence("Remove {name}? {count} stay.", name="Acme\u2069\u202e", count=3)
    assert made.startswith("Remove \u2068Acme")
    assert made.count("\u2069") == 1
    assert isolated("x") == "\u2068x\u2069"


def test_t74_our_own_isolates_are_not_marked_but_strange_ones_are(qtbot: QtBot) -> None:
    label = Label(sentence("Remove {name}?", name="Acme"))
    qtbot.addWidget(label)
    assert "U+2068" not in label.text()
    label.set_text("\u2068Acme\u2069")
    assert "U+2068" in label.text()


def test_t76_a_name_stays_one_line_of_limited_length(qtbot: QtBot) -> None:
    label = Label("line\n" * 500)
    qtbot.addWidget(label)
    assert label.sizeHint().height() < 40
    assert len(shown("a" * 2_000_000)) == SHOWN_LINE
    assert shown("a" * 2_000_000).endswith("\u2026")
    assert len(shown("\u202e" * 5_000)) <= SHOWN_LINE


def test_t76_longer_texts_have_few_lines() -> None:
    made = shown_lines("row\n" * 5_000)
    assert made.count("\n") <= 12
    assert len(made) <= 1_024


def test_t77_towers_of_marks_are_cut_and_lone_marks_get_a_circle() -> None:
    assert shown("a" + "\u0301" * 50).count("\u0301") == 4
    assert shown("\u0301x").startswith("\u25cc")


@settings(max_examples=150, deadline=None)
@given(st.text(st.characters(), max_size=300))
def test_t77_any_text_is_shown_without_surrogates(text: str) -> None:
    made = shown(text)
    made.encode()
    assert len(made) <= SHOWN_LINE
    assert "\n" not in made
    folded(text)
    tooltip(text)


def test_stored_text_without_tricks_is_shown_as_it_is() -> None:
    for name in (
        "Coöperatie Zorgboeren",
        "Harrow & Pike",
        "日本語",
        "O'Neill “x”",
        "żółć",
        "naïve",
    ):
        assert shown(name) == name
