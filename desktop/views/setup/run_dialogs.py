"""What a run asks before it goes on: why a step is left out, and whether to send once more."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication

from desktop.views.dialogs import ConfirmDialog, Dialog
from desktop.views.text import SafeText, sentence
from desktop.views.widgets.fields import FormField, TextField

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

translate = QCoreApplication.translate
REASON_MAX: Final = 200


class SkipDialog(Dialog):
    """Asks why; the answer is kept in the report."""

    def __init__(self, parent: QWidget, step: str, *, is_uncertain: bool = False) -> None:
        super().__init__(
            parent,
            translate("SkipDialog", "Why is this step left out?"),
            subtitle=sentence("{step}", step=step),
            icon="circle-minus",
            tone="warn",
        )
        consequence = (
            self.tr("Nothing is sent again. The report says that nobody could tell.")
            if is_uncertain
            else self.tr("The step is not sent. Steps that need it are not sent either.")
        )
        self.add_fact("info", consequence, "text2")
        self.reason = TextField(self.tr("Reason"), maximum=REASON_MAX)
        self.reason.textChanged.connect(self._check)
        self.body.addWidget(
            FormField(self.tr("Reason"), self.reason, hint=self.tr("Kept in the report."))
        )
        self.add_buttons(self.tr("Leave it out"), self.tr("Keep the step"))
        self.answer = ""
        self._check()
        self.reason.setFocus()

    def _check(self) -> None:
        text = self.reason.text().strip()
        if not text:
            self.set_blocked(self.tr("A reason is needed"))
        elif len(text) > REASON_MAX:
            self.set_blocked(self.tr("At most 200 characters"))
        else:
            self.set_blocked("")

    def accept(self) -> None:
        # Read now: the field is gone when whoever asked goes on.
        self.answer = self.reason.text().strip()
        super().accept()


class SendAgainDialog(ConfirmDialog):
    """Sending items a second time is the one act that can make doubles: the name is typed."""

    def __init__(self, parent: QWidget, client: str, rows: str, target: str) -> None:
        super().__init__(
            parent,
            sentence(translate("SendAgainDialog", "Send these rows to {name} again?"), name=client),
            accept=translate("SendAgainDialog", "Send again"),
            cancel=translate("SendAgainDialog", "Do not send"),
            subtitle=SafeText(translate("SendAgainDialog", "Rows {rows}").format(rows=rows)),
            facts=(
                (
                    "copy",
                    translate(
                        "SendAgainDialog",
                        "If the first delivery did arrive, its items are there twice.",
                    ),
                ),
                (
                    "folder-clock",
                    translate(
                        "SendAgainDialog",
                        "The second delivery also goes into a collection named with the date and "
                        "time. The owner can delete one delivery by it.",
                    ),
                ),
                (
                    "info",
                    translate("SendAgainDialog", "Nothing is sent before the run is continued."),
                ),
            ),
            target=target,
            typed=client,
            icon="send",
            is_danger=True,
        )

        self.answer = ""

    def accept(self) -> None:
        # Read now: the field is gone when whoever asked goes on.
        self.answer = self.field.text().strip() if self.field is not None else ""
        super().accept()
