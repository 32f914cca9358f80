"""The mail that asks a client's owner to look for items whose arrival nobody else may look up."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication, QDateTime, QLocale, QTranslator
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from desktop.views.clipboard import clipboard
from desktop.views.dialogs import Dialog
from desktop.views.language import RESOURCES
from desktop.views.text import name_aloud, shown
from desktop.views.theme import font, u
from desktop.views.widgets.buttons import Segmented
from desktop.views.widgets.layouts import column, holder, row

if TYPE_CHECKING:
    from datetime import datetime

    from desktop.services.run_types import UncertainChunk

Translate = Callable[[str, str], str]
_LOCALES: Final = {"en": QLocale.Language.English, "nl": QLocale.Language.Dutch}


def row_ranges(rows: Iterable[int], locale: QLocale | None = None) -> str:
    """Row numbers as people write them: "2-51, 60"."""
    number = (locale or QLocale()).toString
    ordered = sorted(set(rows))
    parts: list[tuple[int, int]] = []
    for one in ordered:
        if parts and one == parts[-1][1] + 1:
            parts[-1] = (parts[-1][0], one)
        else:
            parts.append((one, one))
    return ", ".join(
        number(first) if first == last else f"{number(first)}\u2013{number(last)}"
        for first, last in parts
    )


def spoken_language() -> str:
    """The window's language as a code."""
    return "nl" if QLocale().language() == QLocale.Language.Dutch else "en"


def translate_into(code: str) -> Translate:
    """Texts in `code`, whichever language the window speaks."""
    if code == spoken_language():
        return QCoreApplication.translate
    translator = QTranslator()
    has_texts = translator.load(str(RESOURCES / "i18n" / f"claviger_{code}.qm"))

    def translated(context: str, text: str) -> str:
        found = translator.translate(context, text) if has_texts else None
        return found or text

    return translated if code != "en" else lambda _context, text: text


def mail_text(
    client: str, file: str, chunks: Sequence[UncertainChunk], dated: str, code: str
) -> str:
    """The whole mail, subject first. `dated` is the collection a second delivery also went into,
    empty as long as nothing was sent again. Row numbers and paths only: no names of items.
    """
    translate = translate_into(code)
    locale = QLocale(_LOCALES[code], QLocale.system().territory())
    names = {"client": shown(client), "file": shown(file), "dated": shown(dated)}
    # Each template is filled once: a name may hold braces of its own.
    lines = [
        translate("OwnerMail", "Subject: Are these rows in the vault of {client}?").format(**names),
        "",
        translate("OwnerMail", "Hello,"),
        "",
        translate(
            "OwnerMail",
            "We sent a part of the file {file} to your organization {client} in Bitwarden. The "
            "connection broke before the answer came, so we do not know whether it arrived. As "
            "your provider we may not look at your items: can you look?",
        ).format(**names),
        "",
    ]
    lines += [
        translate("OwnerMail", "- Rows {rows}, sent {when}, into: {collections}").format(
            rows=row_ranges(chunk.rows, locale),
            when=_when(chunk.sent, locale),
            collections="; ".join(map(shown, chunk.collections)) or "\u2013",
        )
        for chunk in chunks
    ]
    lines += [
        "",
        translate(
            "OwnerMail",
            "Open the web vault as an owner, choose the Admin Console and then Collections, and "
            "look whether these collections hold the items of those rows. Tell us for each line "
            "whether all of them are there, none, or some.",
        ),
        "",
    ]
    again = (
        translate(
            "OwnerMail",
            "We have sent them a second time. That delivery is also in the collection “{dated}”. "
            "If items are there twice, select everything in that collection and delete it: the "
            "first delivery stays. Then delete the empty collection.",
        )
        if dated
        else translate(
            "OwnerMail",
            "If we send them again, that delivery also goes into a collection whose name is "
            "“Claviger” with the date and time. Should items then be there twice, you can delete "
            "that delivery as a whole.",
        )
    )
    return "\n".join([*lines, again.format(**names)]) + "\n"


def _when(sent: datetime | None, locale: QLocale) -> str:
    if sent is None:
        return "\u2013"
    moment = QDateTime.fromSecsSinceEpoch(int(sent.timestamp())).toLocalTime()
    return f"{locale.toString(moment, 'd MMMM yyyy')}, {locale.toString(moment, 'HH:mm')}"


class OwnerMailDialog(Dialog):
    """The mail in English or Dutch, ready for the clipboard. It is sent by a person, not by us."""

    def __init__(
        self,
        parent: QWidget,
        client: str,
        file: str,
        chunks: Sequence[UncertainChunk],
        dated: str = "",
    ) -> None:
        super().__init__(
            parent,
            QCoreApplication.translate("OwnerMailDialog", "Copy this mail for the owner?"),
            subtitle=QCoreApplication.translate(
                "OwnerMailDialog",
                "Only a member of the client can look. Send it from your own mail program.",
            ),
            icon="mail",
            width=560,
        )
        self._facts = (client, file, tuple(chunks), dated)
        self.language = Segmented(
            [("en", "English", ""), ("nl", "Nederlands", "")], self.tr("Language of the mail")
        )
        self.language.choose(spoken_language())
        self.language.chosen.connect(self._write)
        self.text = QPlainTextEdit()
        name_aloud(self.text, self.tr("The mail"))
        self.text.setReadOnly(True)
        self.text.setTabChangesFocus(True)
        self.text.setFont(font("body"))
        # The style sheet sets a least height of its own on the field itself.
        paper = holder(column(self.text))
        paper.setFixedHeight(u(340))
        self.body.addLayout(row(self.language, None))
        self.body.addWidget(paper)
        self.add_buttons(self.tr("Copy the mail"), self.tr("Close"))
        self._write(self.language.key())

    def _write(self, code: str) -> None:
        self.text.setPlainText(mail_text(*self._facts, code))

    def accept(self) -> None:
        clipboard().copy(self.text.toPlainText())
        super().accept()
