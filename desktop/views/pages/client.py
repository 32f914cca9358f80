"""One client in the same window: collections, groups, members and policies."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QCoreApplication, QPoint
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QMenu, QStackedWidget, QWidget

from desktop.domain.enums import OrganizationUserStatus
from desktop.domain.events import ClientChanged, Event
from desktop.domain.ids import OrganizationId
from desktop.domain.records import Group, OrganizationMember, Policy
from desktop.models.column import AvatarSpec, BadgeSpec, Column, ColumnKind, menu_column
from desktop.models.table import RecordTableModel
from desktop.plans.policies import POLICY_OFFERS
from desktop.services.run_types import ENDED
from desktop.views.dialogs import ask, confirm, target_text
from desktop.views.drafts import why_not_prepare
from desktop.views.errors import explain
from desktop.views.fleet_parts import ConnectionMark
from desktop.views.pages.changes import ChangeList
from desktop.views.pages.confirm import ConfirmDialog
from desktop.views.pages.page import PageWidget
from desktop.views.reasons import reason_text
from desktop.views.text import explain as say_why
from desktop.views.text import sentence
from desktop.views.theme import u
from desktop.views.widgets.bars import Avatar
from desktop.views.widgets.buttons import Button, IconButton
from desktop.views.widgets.cards import AccessStrip, Banner, EmptyState
from desktop.views.widgets.fields import SearchField
from desktop.views.widgets.labels import Badge, Label
from desktop.views.widgets.layouts import Pane, column, holder, row
from desktop.views.widgets.menus import Menu
from desktop.views.widgets.table import RecordTable, local_files
from desktop.views.widgets.tabs import CountTabs
from desktop.views.wording import member_role, permission_name, policy_name

if TYPE_CHECKING:
    from collections.abc import Sequence

    from desktop.domain.errors import ClavigerError
    from desktop.services.confirm import Candidate
    from desktop.services.desk import Desk
    from desktop.services.run_types import RunSummary
    from desktop.services.workspace import ClientView, CollectionRow
    from desktop.settings.preferences import PreferencesFile

translate = QCoreApplication.translate


def member_badge(member: OrganizationMember) -> BadgeSpec | None:
    """Nothing for the normal state, a word for every other."""
    match member.status:
        case OrganizationUserStatus.CONFIRMED:
            return None
        case OrganizationUserStatus.ACCEPTED:
            return BadgeSpec(translate("ClientPage", "Needs confirmation"), "warn")
        case OrganizationUserStatus.INVITED:
            return BadgeSpec(translate("ClientPage", "Invited"))
        case OrganizationUserStatus.REVOKED:
            return BadgeSpec(translate("ClientPage", "Revoked"), "bad")
        case OrganizationUserStatus.STAGED:
            return BadgeSpec(translate("ClientPage", "Staged"))
        case _:
            number = int(member.status)
            return BadgeSpec(translate("ClientPage", "Unknown ({number})").format(number=number))


class ClientPage(PageWidget):
    """Opened from the cache, read anew while online; one page per open client."""

    def __init__(
        self,
        desk: Desk,
        preferences: PreferencesFile,
        client: OrganizationId,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(desk, preferences, parent)
        self.client = client
        self._view: ClientView | None = None
        self._groups: dict[str, str] = {}
        self.setAcceptDrops(True)
        found = desk.clients.find(client)
        self._name = Label(desk.clients.label(client), "title")
        self._plan = Badge(found.plan.replace("(Monthly)", "").strip() if found else "")
        self.key_badge = Badge()
        self.key_badge.setObjectName("key_badge")
        self.key_badge.hide()
        self.connection_mark = ConnectionMark()
        self._set_up = Button(self.tr("Set up…"), "primary", icon="list-checks")
        self._set_up.setObjectName("set_up_client")
        self._set_up.clicked.connect(lambda: self.set_up.emit(self.client, None))
        self.more = IconButton("ellipsis", self.tr("More about this client"), kind="plain")
        self.more.setObjectName("client_more")
        self.more.clicked.connect(self._ask_for_menu)
        head = Pane("bg")
        head.setLayout(
            row(
                Avatar(str(client), found.organization_name if found else "", 36),
                self._name,
                self._plan,
                self.key_badge,
                self.connection_mark,
                None,
                self.more,
                self._set_up,
                gap=12,
                margins=(24, 14, 24, 10),
            )
        )
        self.body.addWidget(head)
        strip = (
            AccessStrip(
                self.tr("Provider access"),
                self.tr("Vault items stay closed to you; structure, people and policies are open."),
            )
            if desk.session.provider is not None
            else AccessStrip(
                self.tr("Your own organization"),
                self.tr("You work here by your own role in it. Vault items are not listed."),
            )
        )
        self.body.addWidget(holder(column(strip, margins=(24, 0, 24, 8))))
        self.banner = Banner("", icon="user-check")
        self.banner.acted.connect(self._confirm_waiting)
        self._banner_place = holder(column(self.banner, margins=(24, 0, 24, 8)))
        self._banner_place.hide()
        self.body.addWidget(self._banner_place)
        self._build_lists()
        self.jobs.start(desk.workspace.cached(client), self._show_cached, lambda _error: None)

    # --- building ---------------------------------------------------------------------------

    def _build_lists(self) -> None:
        self.tabs = CountTabs(self.tr("Parts of this client"))
        self.search = SearchField(self.tr("Search"), "Ctrl F")
        self._stack = QStackedWidget()
        self._tables: dict[str, RecordTable] = {}
        for key, title, columns, key_of in (
            (
                "collections",
                self.tr("Collections"),
                self._collection_columns(),
                lambda c: c.id or "unassigned",
            ),
            ("groups", self.tr("Groups"), self._group_columns(), lambda g: g.id),
            ("members", self.tr("Members"), self._member_columns(), lambda m: m.id),
            ("policies", self.tr("Policies"), self._policy_columns(), lambda p: p.type),
        ):
            self.tabs.add(key, title, "")
            model: RecordTableModel[Any] = RecordTableModel(columns, key_of, self)
            table = RecordTable(model, title)
            table.setObjectName(f"client_{key}")
            self._tables[key] = table
            self._stack.addWidget(table)
        self.tabs.add("changes", self.tr("Changes"))
        self.changes = ChangeList(
            self.desk, self.preferences, self.jobs, self.client, search=self.search
        )
        self.changes.failed.connect(self.show_error)
        self.changes.settings_asked.connect(lambda: self.page_asked.emit("settings"))
        self._stack.addWidget(self.changes)
        self._tables["members"].menu_for = self._member_menu
        self._tables["members"].opened.connect(self._member_opened)
        self.tabs.chosen.connect(self._choose)
        self.search.searched.connect(self._filter)
        bar = Pane("bg")
        bar.setLayout(row(self.tabs, None, self.search, margins=(24, 0, 24, 6)))
        self.body.addWidget(bar)
        self.body.addWidget(self._stack, 1)

    def _collection_columns(self) -> tuple[Column[CollectionRow], ...]:
        return (
            Column(
                "name",
                lambda: translate("ClientPage", "Name"),
                self._collection_name,
                kind=ColumnKind.NAME,
                width=0,
                sort=lambda c: (c.id is not None, c.name.casefold()),
            ),
            Column(
                "groups",
                lambda: translate("ClientPage", "Groups"),
                lambda c: ", ".join(self._groups.get(str(g.id), "?") for g in c.groups),
                width=280,
                drop=1,
            ),
            Column(
                "permission",
                lambda: translate("ClientPage", "Permission"),
                lambda c: permission_name(c.my_permission),
                width=200,
            ),
            Column(
                "state",
                lambda: translate("ClientPage", "Remark"),
                self._collection_remark,
                kind=ColumnKind.STATUS,
                width=200,
                drop=2,
                icon=lambda c: "triangle-alert" if self._collection_remark(c) else "",
                tone=lambda _c: "warn",
            ),
        )

    @staticmethod
    def _collection_name(collection: CollectionRow) -> str:
        if collection.id is None:
            return translate("ClientPage", "Unassigned")
        if not collection.readable:
            return translate("ClientPage", "Cannot be read safely")
        return collection.name.replace("/", " / ")

    @staticmethod
    def _collection_remark(collection: CollectionRow) -> str:
        if collection.id is not None and collection.unmanaged:
            return translate("ClientPage", "Nobody manages it")
        return ""

    def _group_columns(self) -> tuple[Column[Group], ...]:
        return (
            Column(
                "name",
                lambda: translate("ClientPage", "Name"),
                lambda g: g.name,
                width=0,
                kind=ColumnKind.NAME,
            ),
            Column(
                "collections",
                lambda: translate("ClientPage", "Collections"),
                lambda g: self.locale().toString(len(g.collections)),
                sort=lambda g: len(g.collections),
                kind=ColumnKind.NUMBER,
                width=140,
            ),
        )

    def _member_columns(self) -> tuple[Column[OrganizationMember], ...]:
        return (
            Column(
                "name",
                lambda: translate("ClientPage", "Name"),
                lambda m: m.name or m.email,
                kind=ColumnKind.NAME,
                width=0,
                second=lambda m: m.email if m.name else "",
                badge=member_badge,
                avatar=lambda m: AvatarSpec(str(m.id), m.name or m.email, is_person=True),
            ),
            Column(
                "role",
                lambda: translate("ClientPage", "Role"),
                lambda m: member_role(m.type),
                width=140,
            ),
            Column(
                "groups",
                lambda: translate("ClientPage", "Groups"),
                lambda m: ", ".join(self._groups.get(str(g), "?") for g in m.groups),
                width=260,
                drop=1,
            ),
            Column(
                "two_step",
                lambda: translate("ClientPage", "Two-step login"),
                lambda m: translate("ClientPage", "On") if m.two_factor_enabled else "",
                kind=ColumnKind.STATUS,
                width=150,
                drop=2,
                icon=lambda m: "shield-check" if m.two_factor_enabled else "",
            ),
            menu_column(),
        )

    def _policy_columns(self) -> tuple[Column[Policy], ...]:
        return (
            Column(
                "name",
                lambda: translate("ClientPage", "Policy"),
                lambda p: policy_name(p.type),
                width=0,
                kind=ColumnKind.NAME,
            ),
            Column(
                "state",
                lambda: translate("ClientPage", "State"),
                lambda p: (
                    translate("ClientPage", "On") if p.enabled else translate("ClientPage", "Off")
                ),
                kind=ColumnKind.STATUS,
                width=160,
                icon=lambda p: "circle-check" if p.enabled else "circle",
                tone=lambda p: "ok" if p.enabled else "text2",
            ),
        )

    # --- data -------------------------------------------------------------------------------

    def table(self, key: str) -> RecordTableModel[Any]:
        """The rows of collections, groups, members or policies."""
        return self._tables[key].record_model()

    def refresh(self) -> None:
        if not self.desk.online:
            return
        for table in self._tables.values():
            table.set_loading(True)
        self.jobs.start(self.desk.workspace.open(self.client), self._show, self._load_failed)

    def _show_cached(self, view: ClientView | None) -> None:
        if view is not None and self._view is None:
            self._show(view)

    def _show(self, view: ClientView) -> None:
        self._view = view
        self._name.set_text(self.desk.clients.label(self.client) or view.client.organization_name)
        self._groups = {str(group.id): group.name for group in view.groups}
        stored = {policy.type: policy for policy in view.policies}
        offered = {offer.type for offer in POLICY_OFFERS}
        policies = [
            stored.get(kind) or Policy(organization_id=self.client, type=kind) for kind in offered
        ] + [policy for kind, policy in stored.items() if kind not in offered]
        features = self.desk.clients.features(self.client)
        has_policies = features.use_policies if features is not None else True
        has_policies = has_policies and "policies" not in view.hidden
        for key, records in (
            ("collections", view.collections),
            ("groups", view.groups),
            ("members", view.members),
            ("policies", policies if has_policies else ()),
        ):
            table = self._tables[key]
            table.set_loading(False)
            table.record_model().replace(records)
            table.set_placeholder(None if records else self._placeholder(key))
            real = [one for one in records if getattr(one, "id", "") is not None]
            self.tabs.set_count(key, self.locale().toString(len(real)) if real else "0")
        if has_policies:
            on = sum(policy.enabled for policy in policies)
            self.tabs.set_count("policies", self.locale().toString(on))
        self._show_waiting()

    def _placeholder(self, key: str) -> EmptyState:
        if self._view is not None and key in self._view.hidden:
            return EmptyState(
                "lock",
                self.tr("Not within your role"),
                self.tr("Your role in this organization does not reach this list."),
            )
        match key:
            case "policies":
                return EmptyState(
                    "shield-off",
                    self.tr("No policies on this plan"),
                    self.tr("Policies belong to the Enterprise plan."),
                )
            case "groups":
                return EmptyState(
                    "users", self.tr("No groups yet"), self.tr("“Set up…” makes groups and access.")
                )
            case "members":
                return EmptyState(
                    "user", self.tr("Nobody yet"), self.tr("“Set up…” invites people.")
                )
            case _:
                return EmptyState(
                    "folder", self.tr("No collections yet"), self.tr("“Set up…” makes them.")
                )

    def _load_failed(self, error: ClavigerError) -> None:
        for table in self._tables.values():
            table.set_loading(False)
        if self._view is None:
            explained = explain(error)
            for table in self._tables.values():
                table.set_placeholder(
                    EmptyState("cloud-off", explained.title, explained.text, tone="warn")
                )
        self.show_error(error)

    def heard(self, event: Event) -> None:
        if isinstance(event, ClientChanged) and event.client == self.client:
            self.jobs.start(self.desk.workspace.cached(self.client), self._show_if_any)

    def _show_if_any(self, view: ClientView | None) -> None:
        if view is not None:
            self._show(view)

    # --- people who wait --------------------------------------------------------------------

    @property
    def _waiting(self) -> tuple[OrganizationMember, ...]:
        members = self._view.members if self._view is not None else ()
        accepted = [m for m in members if m.status is OrganizationUserStatus.ACCEPTED]
        return tuple(sorted(accepted, key=lambda member: int(member.type)))

    def _show_waiting(self) -> None:
        waiting = self._waiting
        self._banner_place.setVisible(bool(waiting))
        if waiting:
            names = ", ".join(member.name or member.email for member in waiting[:3])
            self.banner.set_content(
                self.tr("%Ln person(s) wait(s) for confirmation", "", len(waiting)),
                sentence(
                    self.tr("{names}: access starts after you have compared the phrase."),
                    names=names,
                ),
                self.tr("Compare phrase…"),
            )
        self.update_rights()

    def _confirm_waiting(self) -> None:
        self._confirm(self._waiting)

    def _confirm(self, members: Sequence[OrganizationMember]) -> None:
        self.jobs.start(
            self.desk.confirm.member_candidates(self.client, members),
            self._compare,
            self.show_error,
        )

    def _compare(self, candidates: tuple[Candidate, ...]) -> None:
        dialog = ConfirmDialog.for_client(self.desk, self.client, candidates, self)
        self.jobs.start(ask(dialog), lambda _done: self.refresh())

    def _member_menu(self, member: OrganizationMember) -> QMenu:
        menu = Menu(member.email, self)
        reason = reason_text(self.desk.why_not("write", self.client))
        if reason is None and member.status is not OrganizationUserStatus.ACCEPTED:
            reason = reason_text("not_accepted")
        menu.add(
            self.tr("Confirm…"),
            lambda: self._confirm((member,)),
            icon="user-check",
            reason=reason or "",
        )
        return menu

    def _member_opened(self, member: OrganizationMember) -> None:
        if member.status is OrganizationUserStatus.ACCEPTED:
            self._confirm((member,))

    # --- forgetting -------------------------------------------------------------------------

    def _ask_for_menu(self) -> None:
        self.jobs.start(self.desk.runs.all(), self._show_menu)

    def _show_menu(self, runs: Sequence[RunSummary]) -> None:
        menu = self.menu(runs)
        menu.aboutToHide.connect(menu.deleteLater)
        corner = self.more.rect().bottomRight()
        spot = QPoint(corner.x() - menu.sizeHint().width(), corner.y() + u(4))
        menu.popup(self.more.mapToGlobal(spot))

    def menu(self, runs: Sequence[RunSummary]) -> Menu:
        """What else can be done with this client, as far as `runs` allow it."""
        menu = Menu(self._client_name, self)
        reason = self.desk.why_not("write")
        if reason != "locked" and not self.desk.read_only:
            # Nothing is sent: without a connection a client can be forgotten as well.
            is_busy = any(
                run.state not in ENDED and self._client_name in run.clients for run in runs
            )
            reason = "run_unfinished" if is_busy else None
        menu.add(
            self.tr("Forget this client…"),
            self._forget,
            icon="eraser",
            reason=reason_text(reason) or "",
            is_danger=True,
        )
        return menu

    @property
    def _client_name(self) -> str:
        found = self.desk.clients.find(self.client)
        return found.organization_name if found is not None else self._name.full_text()

    def _forget(self) -> None:
        name = self._client_name
        asked = confirm(
            self,
            sentence(self.tr("Forget {client} on this computer?"), client=name),
            subtitle=self.tr("The client on the server stays as it is."),
            accept=self.tr("Forget client"),
            cancel=self.tr("Keep client"),
            facts=(
                (
                    "eraser",
                    self.tr(
                        "What is kept of its collections, groups, members, policies and events "
                        "goes. It is not refreshed in the background until you open it again."
                    ),
                ),
                (
                    "history",
                    self.tr("What changed at this client until now can no longer be seen."),
                ),
                (
                    "copy",
                    self.tr(
                        "What was imported from here is forgotten: importing the same file again "
                        "finds no duplicates."
                    ),
                ),
                (
                    "scroll-text",
                    self.tr(
                        "Of its runs only ids, times and outcomes stay: no report, no undo. The "
                        "local log keeps the client's id, not its name."
                    ),
                ),
            ),
            target=target_text(name, self.client, self.desk.connection.web_vault),
            typed=name,
            icon="eraser",
            is_danger=True,
        )
        self.jobs.start(asked, self._forget_now)

    def _forget_now(self, is_sure: bool) -> None:
        if is_sure:
            self.jobs.start(self.desk.retention.forget_client(self.client), self._forgotten)

    def _forgotten(self, _none: object) -> None:
        self.toast.emit(
            sentence(self.tr("{client} is forgotten on this computer."), client=self._client_name)
        )
        self.close_asked.emit(self.client)

    # --- moving about -----------------------------------------------------------------------

    def _choose(self, key: str) -> None:
        chosen = self.changes if key == "changes" else self._tables[key]
        self._stack.setCurrentWidget(chosen)
        self._filter(self.search.text())

    def _filter(self, text: str) -> None:
        chosen = self._stack.currentWidget()
        if isinstance(chosen, RecordTable):
            chosen.record_model().set_filter(text)
        elif isinstance(chosen, ChangeList):
            chosen.set_filter(text)

    def focus_search(self) -> None:
        self.search.setFocus()
        self.search.selectAll()

    def update_rights(self) -> None:
        self._set_up.set_blocked(why_not_prepare(self.desk, client=self.client))
        reason = reason_text(self.desk.why_not("write", self.client))
        self.banner.button.set_blocked(reason or "")
        self._show_key()

    def _show_key(self) -> None:
        """What is read here is read with the accepted key; that another one is told is said."""
        trouble = None if self.desk.is_locked else self.desk.pins.trouble(self.client)
        self.key_badge.setVisible(trouble is not None)
        if trouble is not None:
            is_new = trouble.reason == "new"
            text = self.tr("New") if is_new else self.tr("Check the key")
            self.key_badge.set_badge(text, "warn" if is_new else "bad")
            kind = "provider_key" if trouble.kind == "provider" else "key"
            say_why(self.key_badge, reason_text(f"{kind}_{trouble.reason}") or "")

    def client_at(self, _position: QPoint) -> OrganizationId:
        return self.client

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if local_files(event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        files: list[Path] = local_files(event.mimeData().urls())
        if files:
            event.acceptProposedAction()
            self.set_up.emit(self.client, files[0])
