"""The provider's staff: who is in, who was invited, who waits for a key."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from desktop.domain.enums import ProviderUserStatus, ProviderUserType
from desktop.domain.events import Event, ProviderMembersChanged
from desktop.domain.records import ProviderMember
from desktop.models.column import (
    AvatarSpec,
    BadgeSpec,
    Column,
    ColumnKind,
    check_column,
    menu_column,
)
from desktop.models.table import RecordTableModel
from desktop.views.dialogs import ask, confirm, target_text
from desktop.views.pages.confirm import ConfirmDialog
from desktop.views.pages.member_dialogs import InviteDialog, RoleDialog
from desktop.views.pages.table_page import TablePage
from desktop.views.reasons import reason_text
from desktop.views.text import escaped, sentence
from desktop.views.widgets.buttons import Button
from desktop.views.widgets.cards import Banner, EmptyState
from desktop.views.widgets.layouts import Pane, column, holder, row
from desktop.views.widgets.menus import Menu
from desktop.views.widgets.tabs import CountTabs
from desktop.views.wording import staff_role

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from desktop.domain.errors import ClavigerError
    from desktop.plans.plan import Plan
    from desktop.services.aged import Aged
    from desktop.services.confirm import Candidate
    from desktop.services.desk import Desk
    from desktop.services.run_types import RunReport
    from desktop.settings.preferences import PreferencesFile

translate = QCoreApplication.translate

_STATUS_OF_TAB = {
    "invited": ProviderUserStatus.INVITED,
    "accepted": ProviderUserStatus.ACCEPTED,
}


def _badge(member: ProviderMember, my_email: str) -> BadgeSpec | None:
    match member.status:
        case ProviderUserStatus.INVITED:
            return BadgeSpec(translate("Members", "Invited"))
        case ProviderUserStatus.ACCEPTED:
            return BadgeSpec(translate("Members", "Needs confirmation"), "warn")
        case ProviderUserStatus.CONFIRMED:
            is_me = member.email.casefold() == my_email.casefold()
            return BadgeSpec(translate("Members", "You")) if is_me else None
        case _:
            number = int(member.status)
            return BadgeSpec(translate("Members", "Unknown ({number})").format(number=number))


def member_columns(my_email: str) -> tuple[Column[ProviderMember], ...]:
    """Tick, Name with e-mail and badge, Role, menu."""
    return (
        check_column(),
        Column(
            "name",
            lambda: translate("Members", "Name"),
            lambda m: m.name or m.email,
            kind=ColumnKind.NAME,
            width=0,
            second=lambda m: m.email if m.name else "",
            badge=lambda m: _badge(m, my_email),
            avatar=lambda m: AvatarSpec(str(m.id), m.name or m.email, is_person=True),
        ),
        Column(
            "role", lambda: translate("Members", "Role"), lambda m: staff_role(m.type), width=180
        ),
        menu_column(),
    )


class MembersPage(TablePage):
    """Provider admins only; a service user never gets this page."""

    def __init__(
        self, desk: Desk, preferences: PreferencesFile, parent: QWidget | None = None
    ) -> None:
        super().__init__(desk, preferences, parent)
        self.invite_button = Button(self.tr("Invite members…"), "primary", icon="user-plus")
        self.invite_button.clicked.connect(self._invite)
        self.add_header(self.tr("Members"), self.invite_button)
        self.banner = Banner("", icon="user-check")
        self.banner.acted.connect(self.confirm_waiting)
        self._banner_place = holder(column(self.banner, margins=(24, 0, 24, 8)))
        self._banner_place.hide()
        self.body.addWidget(self._banner_place)
        self.tabs = CountTabs(self.tr("Status"))
        for key, text in (
            ("all", self.tr("All")),
            ("invited", self.tr("Invited")),
            ("accepted", self.tr("Needs confirmation")),
        ):
            self.tabs.add(key, text, "0")
        self.tabs.chosen.connect(self._choose_tab)
        pane = Pane("bg")
        pane.setLayout(row(self.tabs, None, margins=(24, 0, 24, 0)))
        self.body.addWidget(pane)
        self.add_filter_row(self.tr("Search members"))
        model: RecordTableModel[ProviderMember] = RecordTableModel(
            member_columns(desk.session.email), lambda m: m.id, self
        )
        self.add_table("members", model, self.tr("Members"))
        self.table.menu_for = self.menu_of
        self.table.opened.connect(self._opened)
        self.table.delete_wanted.connect(self._remove)
        self.table.selection_changed.connect(self._show_selection)
        if not model.sort_key:
            self.table.sort_by("name")
        self._has_loaded = False
        self.jobs.start(desk.staff.cached(), self._show_cached)

    # --- data -------------------------------------------------------------------------------

    def refresh(self) -> None:
        if self.desk.online:
            self.table.set_loading(True)
            self.jobs.start(self.desk.staff.fetch(), self._show, self._load_failed)

    def heard(self, event: Event) -> None:
        if isinstance(event, ProviderMembersChanged):
            self.jobs.start(self.desk.staff.cached(), self._show_if_any)

    def _show_cached(self, cached: Aged[tuple[ProviderMember, ...]] | None) -> None:
        if cached is not None and not self._has_loaded:
            self._show(cached)

    def _show_if_any(self, cached: Aged[tuple[ProviderMember, ...]] | None) -> None:
        if cached is not None:
            self._show(cached)

    def _show(self, members: Aged[tuple[ProviderMember, ...]]) -> None:
        self._has_loaded = True
        self.table.set_loading(False)
        self.model.replace(members.data)
        self._count()
        self.rows_filtered()
        self._show_selection()

    def _load_failed(self, error: ClavigerError) -> None:
        self.table.set_loading(False)
        self.show_error(error)

    @property
    def waiting(self) -> tuple[ProviderMember, ...]:
        """Those who accepted and wait for the key."""
        return tuple(m for m in self.model.records() if m.status is ProviderUserStatus.ACCEPTED)

    def _count(self) -> None:
        members = self.model.records()
        number = self.locale().toString
        self.tabs.set_count("all", number(len(members)))
        for key, status in _STATUS_OF_TAB.items():
            count = sum(member.status is status for member in members)
            tone = "warn" if count and key == "accepted" else "neutral"
            self.tabs.set_count(key, number(count), tone)
        waiting = self.waiting
        self._banner_place.setVisible(bool(waiting))
        if waiting:
            names = ", ".join(member.name or member.email for member in waiting[:3])
            self.banner.set_content(
                self.tr("%Ln member(s) need(s) confirmation", "", len(waiting)),
                sentence(
                    self.tr("{names}: access starts after you have compared the phrase."),
                    names=names,
                ),
                self.tr("Compare phrase…"),
            )

    def _choose_tab(self, key: str) -> None:
        wanted = _STATUS_OF_TAB.get(key)
        self.model.set_predicate(None if wanted is None else lambda member: member.status is wanted)
        self.rows_filtered()

    def rows_filtered(self) -> None:
        shown, known = self.model.rowCount(), self.model.total_count
        self.totals.set_caption(
            self.tr("%Ln member(s)", "", known)
            if shown == known
            else self.tr("{shown} of {all} members").format(shown=shown, all=known)
        )
        if shown or not self._has_loaded:
            self.table.set_placeholder(None)
        else:
            self.table.set_placeholder(
                EmptyState(
                    "search-x",
                    self.tr("Nobody here"),
                    self.tr("No member matches this status and search."),
                )
            )

    # --- acting -----------------------------------------------------------------------------

    def update_rights(self) -> None:
        reason = reason_text(self.desk.why_not("manage_members")) or ""
        self.invite_button.set_blocked(reason)
        self.banner.button.set_blocked(reason)
        self._show_selection()

    def _why_not(self, members: Sequence[ProviderMember], wanted: ProviderUserStatus) -> str | None:
        reason = self.desk.why_not("manage_members")
        if reason is None and any(member.status is not wanted for member in members):
            reason = "not_invited" if wanted is ProviderUserStatus.INVITED else "not_accepted"
        return reason

    def _why_not_remove(self, members: Sequence[ProviderMember]) -> str | None:
        reason = self.desk.why_not("manage_members")
        if reason is not None:
            return reason
        gone = {member.id for member in members}
        me = self.desk.session.email.casefold()
        if any(member.email.casefold() == me for member in members):
            return "yourself"
        admins = [
            member
            for member in self.model.records()
            if member.type is ProviderUserType.PROVIDER_ADMIN
            and member.status is ProviderUserStatus.CONFIRMED
            and member.id not in gone
        ]
        return None if admins else "last_admin"

    def _offers(
        self, members: Sequence[ProviderMember]
    ) -> tuple[tuple[str, str, str, Callable[[], None]], ...]:
        """Resend, confirm, remove as (text, icon, reason, work), for a row or a selection."""

        def why(key: str | None) -> str:
            return reason_text(key) or ""

        return (
            (
                self.tr("Resend invitation"),
                "send",
                why(self._why_not(members, ProviderUserStatus.INVITED)),
                lambda: self._run(self.desk.staff.resend_plan(members)),
            ),
            (
                self.tr("Confirm…"),
                "user-check",
                why(self._why_not(members, ProviderUserStatus.ACCEPTED)),
                lambda: self._compare(members),
            ),
            (
                self.tr("Remove…"),
                "user-minus",
                why(self._why_not_remove(members)),
                lambda: self._remove(members),
            ),
        )

    def menu_of(self, member: ProviderMember) -> QMenu:
        menu = Menu(member.email, self)
        menu.add(
            self.tr("Change role…"),
            lambda: self._change_role(member),
            icon="user-cog",
            reason=reason_text(self.desk.why_not("manage_members")) or "",
        )
        for text, icon_name, reason, work in self._offers((member,)):
            is_danger = icon_name == "user-minus"
            if is_danger:
                menu.addSeparator()
            menu.add(text, work, icon=icon_name, reason=reason, is_danger=is_danger)
        return menu

    def _show_selection(self) -> None:
        chosen = self.table.selected_records()
        if not chosen:
            self.bar.set_selection("")
            return
        self.bar.set_selection(self.tr("%Ln selected", "", len(chosen)))
        actions = []
        for text, icon_name, reason, work in self._offers(chosen):
            action = QAction(escaped(text), self.bar)
            action.setData(icon_name)
            action.setEnabled(not reason)
            action.setStatusTip(reason)
            action.triggered.connect(work)
            actions.append(action)
        self.bar.set_actions(actions)

    def _opened(self, member: ProviderMember) -> None:
        if member.status is ProviderUserStatus.ACCEPTED:
            self._compare((member,))
        elif self.desk.why_not("manage_members") is None:
            self._change_role(member)

    def _invite(self) -> None:
        self.jobs.start(ask(InviteDialog(self.desk, self)), self._after_dialog)

    def _change_role(self, member: ProviderMember) -> None:
        self.jobs.start(ask(RoleDialog(self.desk, member, self)), self._after_dialog)

    def confirm_waiting(self) -> None:
        """The banner's button: everyone who accepted."""
        self._compare(self.waiting)

    def _compare(self, members: Sequence[ProviderMember]) -> None:
        self.jobs.start(
            self.desk.confirm.staff_candidates(members), self._show_candidates, self.show_error
        )

    def _show_candidates(self, candidates: tuple[Candidate, ...]) -> None:
        dialog = ConfirmDialog.for_staff(self.desk, candidates, self)
        self.jobs.start(ask(dialog), self._after_dialog)

    def _remove(self, members: Sequence[ProviderMember]) -> None:
        if not members or self._why_not_remove(members) is not None:
            return
        names = ", ".join(member.name or member.email for member in members[:5])
        question = confirm(
            self,
            sentence(self.tr("Remove {names} from the provider?"), names=names),
            accept=self.tr("Remove"),
            cancel=self.tr("Keep"),
            facts=(
                ("ban", self.tr("Access to all clients ends at once.")),
                ("user", self.tr("The person's own Bitwarden account stays.")),
            ),
            target=target_text(
                self.desk.session.provider_name,
                self.desk.session.provider_id,
                self.desk.connection.web_vault,
            ),
            icon="user-minus",
            is_danger=True,
        )
        self.jobs.start(question, lambda yes: self._removed(members, is_sure=yes))

    def _removed(self, members: Sequence[ProviderMember], *, is_sure: bool) -> None:
        if is_sure:
            self._run(self.desk.staff.remove_plan(members))

    def _run(self, plan: Plan) -> None:
        self.jobs.start(self.desk.runs.execute(plan), self._ran, self._ran_badly)

    def _ran(self, report: RunReport) -> None:
        done = sum(step.state == "DONE" for step in report.steps)
        self.toast.emit(self.tr("Done: %Ln step(s), read back from the server.", "", done))
        self.table.select_none()
        self.refresh()

    def _ran_badly(self, error: ClavigerError) -> None:
        self.show_error(error)
        self.refresh()

    def _after_dialog(self, accepted: bool) -> None:
        if accepted:
            self.table.select_none()
            self.refresh()
