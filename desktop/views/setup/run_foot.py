"""The foot of a run: what can be done with it now, at most one of them the next step."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from desktop.views.setup.run_states import MOVING, NEEDS_SOMEBODY
from desktop.views.theme import u
from desktop.views.widgets.buttons import Button
from desktop.views.widgets.labels import Label
from desktop.views.widgets.layouts import Pane, row


class RunFoot(Pane):
    """Knows which button belongs to which state; whoever owns it connects them."""

    def __init__(self, *, is_embedded: bool, parent: QWidget | None = None) -> None:
        super().__init__("surface", "t", parent=parent)
        self._is_embedded = is_embedded
        self._words = Label(
            self.tr("You can work elsewhere meanwhile. The sidebar shows progress."),
            "body",
            "text2",
        )
        self.background = Button(self.tr("Continue in the background"))
        self.cancel = self._button("cancel_run", self.tr("Cancel the rest…"))
        self.unqueue = self._button("unqueue_run", self.tr("Take it off the queue"))
        self.give_up = self._button("give_up_run", self.tr("Give up the run…"))
        self.discard = self._button("discard_draft", self.tr("Discard the draft…"))
        self.undo = Button(self.tr("Undo this run…"), "ghost", icon="undo-2")
        self.undo.setObjectName("undo_run")
        self.check = Button(self.tr("Check against the server"), icon="refresh-cw")
        self.check.setObjectName("check_draft")
        self.start = Button(self.tr("Start"), "primary", icon="play")
        self.start.setObjectName("start_draft")
        self.resume = Button(self.tr("Continue the run"), "primary")
        self.resume.setObjectName("resume_run")
        self.save = Button(self.tr("Save the report…"), icon="download")
        self.save.setObjectName("save_report")
        self.open = Button(self.tr("Open the client"), "primary")
        self.open.setObjectName("open_made_client")
        self.close_button = Button(self.tr("Close"))
        self.setFixedHeight(u(64))
        self.setLayout(
            row(
                self._words,
                self.undo,
                self.discard,
                self.give_up,
                None,
                self.cancel,
                self.unqueue,
                self.background,
                self.close_button,
                self.save,
                self.check,
                self.start,
                self.resume,
                self.open,
                gap=8,
                margins=(24, 0, 24, 0),
            )
        )

    @staticmethod
    def _button(name: str, text: str) -> Button:
        made = Button(text, "ghost")
        made.setObjectName(name)
        return made

    def show_state(
        self, state: str, *, has_client: bool, can_undo: bool, must_decide: bool
    ) -> None:
        """`must_decide`: something above the steps waits for an answer first."""
        is_moving, is_draft = state in MOVING, state == "draft"
        is_stopped, is_over = state in NEEDS_SOMEBODY, bool(state) and not is_moving
        self._words.setVisible(is_moving)
        self.cancel.setVisible(state == "running")
        self.unqueue.setVisible(state == "queued")
        self.background.setVisible(is_moving and not self._is_embedded)
        for widget in (self.discard, self.check, self.start):
            widget.setVisible(is_draft)
        self.give_up.setVisible(is_stopped)
        self.resume.setVisible(is_stopped and not must_decide)
        self.close_button.setVisible(not is_moving and not self._is_embedded)
        self.save.setVisible(is_over and not is_draft)
        self.open.setVisible(state == "done" and has_client)
        self.undo.setVisible(not is_moving and can_undo)

    def set_rights(self, reason: str, stands: str, *, must_decide: bool) -> None:
        """`reason`: why nothing can be sent; `stands`: why not even the run itself can be moved."""
        for button in (self.check, self.undo):
            button.set_blocked(reason)
        undecided = self.tr("Decide first about what has changed.") if must_decide else ""
        self.start.set_blocked(reason or undecided)
        # A line that is down and a session that has ended are tried again by continuing.
        for button in (self.resume, self.give_up, self.discard):
            button.set_blocked(stands)

    def focus_way_on(self) -> None:
        for button in (self.resume, self.start, self.open):
            if button.isVisible() and button.isEnabled():
                button.setFocus()
                return
