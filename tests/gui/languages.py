"""A language that is 40 % longer than English, to see what does not fit or was never translated."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QTranslator

MARK = "¤"
_MORE = "langere wóórden érbij ter proef van het passen in elke hoek "


class Pseudo(QTranslator):
    """Answers every text with itself, a mark and 40 % more; `{names}` and `%n` stay."""

    def translate(
        self,
        context: bytes | str,
        source_text: bytes | str,
        disambiguation: bytes | str | None = None,
        n: int = -1,
    ) -> str:
        del context, disambiguation, n
        text = source_text.decode() if isinstance(source_text, bytes) else source_text
        if not any(letter.isalpha() for letter in text):
            return text
        more = max(2, round(len(text) * 0.4) - 1)
        tail = (_MORE * (more // len(_MORE) + 1))[:more]
        # A single word grows in one piece: it cannot be broken over two lines.
        return f"{text}{MARK}{tail.strip()}" if " " not in text else f"{text} {tail.strip()}{MARK}"

    def isEmpty(self) -> bool:  # noqa: N802 - Qt's name
        return False


def speak_pseudo(app: QCoreApplication) -> Pseudo:
    """Over whatever language is installed."""
    made = Pseudo(app)
    app.installTranslator(made)
    return made
