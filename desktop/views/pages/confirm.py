"""Handing a key to a person: the phrase, what to compare it with and why, then two clicks."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from desktop.views.clipboard import clipboard
from desktop.views.dialogs import Dialog, target_text
from desktop.views.errors import explain
from desktop.views.jobs import Jobs
from desktop.views.moments import moment_text
from desktop.views.setup.words import pattern_words
from desktop.views.text import sentence
from desktop.views.widgets.bars import Avatar
from desktop.views.widgets.buttons import Button
from desktop.views.widgets.labels import IconText, Label
from desktop.views.widgets.layouts import column, holder, row
from desktop.views.widgets.phrase import FingerprintTiles

if TYPE_CHECKING:
    from collections.abc import Callable

    from desktop.domain.errors import ClavigerError
    from desktop.domain.ids import OrganizationId
    from desktop.plans.plan import Plan
    from desktop.services.confirm import Candidate
    from desktop.services.desk import Desk
    from desktop.services.run_types import RunReport

translate = QCoreApplication.translate


class ConfirmDialog(Dialog):
    """One person after the other; each needs its own acknowledgement (T11, T13).

    `make_plan` gets the ids a person said match, and only those are confirmed.
    """

    def __init__(
        self,
        desk: Desk,
        candidates: tuple[Candidate, ...],
        place: str,
        make_plan: Callable[[set[UUID]], Plan],
        parent: QWidget,
        *,
        identity: UUID,
    ) -> None:
        super().__init__(
            parent,
            translate("ConfirmDialog", "Do the phrases match?"),
            subtitle=sentence(
                translate("ConfirmDialog", "Whoever is confirmed gets a key of {place}."),
                place=place,
            ),
            width=560,
        )
        target = target_text(place, identity, desk.connection.web_vault)
        self.body.addWidget(Label(target, "mono_small", "text2", wraps=True))
        self._desk = desk
        self._candidates = candidates
        self._make_plan = make_plan
        self._matched: set[UUID] = set()
        self._at = 0
        self.jobs = Jobs(self)
        self.tiles = FingerprintTiles(("",) * 5)
        self._avatar = Avatar("", "", 44, is_person=True)
        self._name = Label("", "title")
        self._email = Label("", "body", "text2")
        self._count = Label("", "body", "text2")
        copy = Button(self.tr("Copy"), "ghost", icon="copy", is_small=True)
        copy.clicked.connect(self._copy)
        self._why = IconText(
            "info",
            self.tr(
                "The person finds the same five words in Bitwarden under Settings, My account. "
                "Compare by phone or in person, not by mail: whoever reads the mail could answer "
                "it. Words that differ mean someone else's key."
            ),
            "text2",
            "small",
            wraps=True,
        )
        self._known = IconText("shield-check", "", "ok", wraps=True)
        self._known.hide()
        self._problem = IconText("circle-alert", "", "bad", wraps=True)
        self._problem.hide()
        self.body.addLayout(
            row(self._avatar, column(self._name, self._email, gap=2), None, self._count, gap=12)
        )
        self._phrase = holder(
            column(
                row(Label(self.tr("Fingerprint phrase"), "medium"), None, copy),
                self.tiles,
                self._why,
                gap=8,
            )
        )
        self.body.addWidget(self._phrase)
        self.body.addWidget(self._known)
        self.body.addWidget(self._problem)
        self.differ = Button(self.tr("They differ"))
        self.differ.setObjectName("phrases_differ")
        self.differ.setAutoDefault(False)
        self.differ.clicked.connect(self._skip)
        self.body.addLayout(row(self.differ, None))
        self.add_buttons(self.tr("Phrases match, confirm"), self.tr("Later"))
        if self.accept_button is not None:
            self.accept_button.setObjectName("phrases_match")
        self._show()

    @classmethod
    def for_staff(
        cls, desk: Desk, candidates: tuple[Candidate, ...], parent: QWidget
    ) -> ConfirmDialog:
        """The provider's own people: they get the provider key."""
        return cls(
            desk,
            candidates,
            desk.session.provider_name,
            lambda ids: desk.confirm.staff_plan(candidates, ids),
            parent,
            identity=desk.session.provider_id,
        )

    @classmethod
    def for_client(
        cls,
        desk: Desk,
        client: OrganizationId,
        candidates: tuple[Candidate, ...],
        parent: QWidget,
    ) -> ConfirmDialog:
        """A client's people: they get that client's key."""
        found = desk.clients.find(client)
        return cls(
            desk,
            candidates,
            found.organization_name if found is not None else str(client),
            lambda ids: desk.confirm.member_plan(
                client, candidates, ids, pattern_words()["my_items"]
            ),
            parent,
            identity=client,
        )

    def _show(self) -> None:
        if self._at >= len(self._candidates):
            self._finish()
            return
        person = self._candidates[self._at]
        self._avatar.set_avatar(str(person.member_id), person.name or person.email)
        self._name.set_text(person.name or person.email)
        self._email.set_text(person.email if person.name else "")
        several = len(self._candidates) > 1
        self._count.set_text(
            self.tr("{number} of {all}").format(number=self._at + 1, all=len(self._candidates))
            if several
            else ""
        )
        self.tiles.set_words(person.phrase)
        self._phrase.setVisible(person.problem is None)
        self._known.setVisible(person.known_since is not None)
        if person.known_since is not None:
            told = self.tr("The same key as on {time}, when its phrase was compared.")
            self._known.set_content(
                "shield-check", told.format(time=moment_text(person.known_since)), "ok"
            )
        self._problem.setVisible(person.problem is not None)
        match person.problem:
            case "no_key":
                self._problem.set_content(
                    "circle-alert",
                    self.tr("The server has no key for this person. Nobody is confirmed."),
                    "bad",
                )
            case "bad_key":
                self._problem.set_content(
                    "circle-alert",
                    self.tr("This person's key is not acceptable. Nobody is confirmed."),
                    "bad",
                )
            case "changed_key":
                self._problem.set_content(
                    "shield-alert",
                    sentence(
                        self.tr(
                            "This is not the key whose phrase was compared before. Then: {before}. "
                            "Now: {now}. Nobody is confirmed; see Settings, Keys."
                        ),
                        before="-".join(person.former),
                        now="-".join(person.phrase),
                    ),
                    "bad",
                )
        self.set_blocked("" if person.problem is None else self.tr("There is nothing to compare"))

    def _copy(self) -> None:
        clipboard().copy("-".join(self._candidates[self._at].phrase))

    def _skip(self) -> None:
        """Not confirmed; the next person is shown."""
        self._at += 1
        if self._at < len(self._candidates) or self._matched:
            self._show()
        else:
            self.reject()

    def accept(self) -> None:
        """The person said the phrases match."""
        if self._at < len(self._candidates):
            self._matched.add(self._candidates[self._at].member_id)
            self._at += 1
        self._show()

    def _finish(self) -> None:
        if not self._matched:
            self.reject()
            return
        self.set_blocked(self.tr("Waiting for the server…"))
        self.differ.setEnabled(False)
        plan = self._make_plan(self._matched)
        self.jobs.start(self._desk.runs.execute(plan), self._done, self._failed)

    def _done(self, _report: RunReport) -> None:
        self.done(self.DialogCode.Accepted)

    def _failed(self, error: ClavigerError) -> None:
        """Everybody is asked about again, from the first, whose phrase is shown again (T13)."""
        self._at = 0
        self._matched.clear()
        self.differ.setEnabled(True)
        self._show()
        self._problem.set_content("circle-alert", explain(error).sentence, "bad")
        self._problem.show()
