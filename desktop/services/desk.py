"""One unlocked connection with all its services. After `lock` it is dead."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Sequence
from pathlib import Path
from typing import Final, Literal

import msgspec

from desktop.api.client import Api
from desktop.api.clock import Clock
from desktop.cache.store import Store
from desktop.crypto.cose import CoseKey
from desktop.crypto.kdf import derive_master_key, server_hash, stretch
from desktop.crypto.secret import KeyRegistry, SecretBytes
from desktop.crypto.user_key import unwrap_user_key
from desktop.domain.enums import TwoFactorMethod
from desktop.domain.errors import (
    AccountDowngraded,
    CannotDecrypt,
    ClavigerError,
    IdentityChanged,
    KdfWeakened,
    SaltDiffers,
    StorageFailed,
    TwoStepRequired,
    WrongPassword,
)
from desktop.domain.events import ConnectionStateChanged, EventHub, LockedNow
from desktop.domain.ids import OrganizationId
from desktop.domain.records import Kdf
from desktop.services import reports
from desktop.services.changes import Changes
from desktop.services.clients import Clients
from desktop.services.confirm import Confirmations
from desktop.services.imports import Imports
from desktop.services.link import API_KEY, REFRESH_TOKEN, REMEMBER_TOKEN, Link, Waits
from desktop.services.local_log import (
    LOCKED,
    REPORT_SAVED,
    SIGNED_IN,
    SIGNED_OUT,
    TABLE_SAVED,
    LocalLog,
)
from desktop.services.retention import Retention
from desktop.services.run import Runs
from desktop.services.run_types import RunReport
from desktop.services.scrub import scrub
from desktop.services.session import Session, is_weaker
from desktop.services.staff import Staff
from desktop.services.sync import Sync
from desktop.services.undo import Undoing
from desktop.services.workspace import Workspaces
from desktop.settings.connections import ConnectionRecord, ConnectionsFile

# How long a lock waits for a run to reach its safe point before it takes the keys away (T81).
SETTLE_S: Final = 0.3

Action = Literal["write", "create_client", "manage_members", "seats"]


class Desk:
    """What pages are given. `why_not` says what is greyed and why."""

    def __init__(
        self,
        *,
        record: ConnectionRecord,
        records: ConnectionsFile,
        registry: KeyRegistry,
        session: Session,
        store: Store,
        api: Api,
        waits: Waits,
        hub: EventHub,
        clock: Clock,
    ) -> None:
        self.connection = record
        self.hub = hub
        self.clock = clock
        self.session = session
        self._records = records
        self._registry = registry
        self._store = store
        self._api = api
        self._locked = False
        self.link = Link(
            api=api,
            session=session,
            snapshots=store.snapshots,
            secrets=store.secrets,
            journal=store.journal,
            ledger=store.ledger,
            hub=hub,
            clock=clock,
            read_only=store.read_only or store.journal.problem is not None,
        )
        self.clients = Clients(self.link)
        self.log = LocalLog(self.link, self.clients, record.id)
        self.staff = Staff(self.link)
        self.workspace = Workspaces(self.link, self.clients)
        self.confirm = Confirmations(self.link, self.clients)
        self.runs = Runs(self.link, self._note_waiting, self._name_of)
        self.undo = Undoing(self.link)
        self.imports = Imports(self.link, self.runs)
        self.sync = Sync(self.link, self.clients)
        self.changes = Changes(self.link, self.clients)
        self.retention = Retention(self.link, self.clients, self.log)
        waits.listener = self.runs.note_wait
        waits.quiet = self.sync.note_wait

    # --- state --------------------------------------------------------------------------------

    @property
    def is_locked(self) -> bool:
        return self._locked

    @property
    def online(self) -> bool:
        return self.link.online and not self.link.signed_out

    @property
    def read_only(self) -> bool:
        return self.link.read_only

    @property
    def network_cut(self) -> bool:
        """Practice: as if the cable were pulled."""
        return self._api.network_cut

    @network_cut.setter
    def network_cut(self, cut: bool) -> None:
        self._api.network_cut = cut
        if cut:
            self.link.set_online(False)

    def why_not(self, action: Action = "write") -> str | None:
        """The key of the reason an action is greyed; None where it is allowed."""
        reasons = (
            ("locked", self._locked),
            (f"journal_{self.link.journal.problem}", self.link.journal.problem is not None),
            ("read_only", self.read_only),
            ("signed_out", self.link.signed_out),
            ("offline", not self.link.online),
            ("suspended", not self.session.provider_enabled),
            ("service_user", action not in {"write", "seats"} and not self.session.is_admin),
        )
        return next((key for key, holds in reasons if holds), None)

    # --- session ------------------------------------------------------------------------------

    async def save_report(self, report: RunReport, path: Path, words: reports.Words) -> None:
        """Writes a report as its suffix says (.html, .csv, else text). Raises StorageFailed."""
        kinds: dict[str, reports.Kind] = {".html": "html", ".csv": "csv"}
        data = reports.render(report, words, kinds.get(path.suffix.lower(), "text"))
        await asyncio.to_thread(reports.save, path, data)
        await self.log.note(
            REPORT_SAVED, report.organization_id, run=str(report.run), kind=path.suffix.lower()
        )

    async def save_table(self, rows: Sequence[Sequence[str]], path: Path) -> None:
        """Writes rows for a spreadsheet, formulas defused; the first names the columns.

        Raises StorageFailed.
        """
        await asyncio.to_thread(reports.save, path, reports.table(rows))
        await self.log.note(TABLE_SAVED, rows=str(len(rows) - 1))

    async def connect(self) -> None:
        """Goes online: a fresh token, a fresh profile. Raises Offline, SignedOut, IdentityChanged.

        Also after "network back", and after a role has changed.
        """
        await self.link.ask(self._api.refresh())
        await self._fetch_profile()
        self.link.publish(ConnectionStateChanged(self.link.online))

    async def sign_in_again(self, password: str) -> None:
        """After SessionEnded, without losing anything open (T37). Errors as `SignIn`.

        A second step that was remembered here is answered without a question.
        """
        kept = await self.link.disk(self._store.secrets.get, REMEMBER_TOKEN)
        if kept is None:
            await self._sign_in(password, None)
            return
        try:
            await self._sign_in(password, (int(TwoFactorMethod.REMEMBER), kept.decode()))
        except TwoStepRequired:
            if not self.read_only:
                await self.link.disk(self._store.secrets.delete, REMEMBER_TOKEN)
            raise

    async def sign_in_again_with_code(self, password: str, method: int, code: str) -> None:
        """As `sign_in_again`, with the two-step code it asked for."""
        await self._sign_in(password, (method, code.strip()))

    async def send_email_code(self, password: str) -> None:
        """Has the code for `sign_in_again_with_code` mailed (method 1). Errors as `SignIn`."""
        master, _kdf = await self._derived(password)
        try:
            secret = server_hash(master, password)
        finally:
            self._registry.discard(master)
        await self.link.ask(self._api.send_email_code(self.connection.email, secret))

    async def _derived(self, password: str) -> tuple[SecretBytes, Kdf]:
        """The master key and what it was made with, once both are what this desk knows."""
        record = self.connection
        if record.kdf is None:
            raise WrongPassword
        prelogin = await self.link.ask(self._api.prelogin(record.email))
        if is_weaker(prelogin.kdf, record.kdf):
            raise KdfWeakened(record.kdf, prelogin.kdf)
        expected = record.salt or record.email
        salt = (prelogin.salt or record.email).strip().lower()
        if salt != expected:
            raise SaltDiffers(expected, salt)
        master = self._registry.add(
            await asyncio.to_thread(derive_master_key, password, salt, prelogin.kdf)
        )
        return master, prelogin.kdf

    async def _sign_in(self, password: str, two_factor: tuple[int, str] | None) -> None:
        record = self.connection
        master, kdf = await self._derived(password)
        try:
            secret = server_hash(master, password)
            answer = await self.link.ask(
                self._api.sign_in(record.email, secret, two_factor=two_factor)
            )
            self._check_user_key(master, answer.wrapped_user_key)
        finally:
            self._registry.discard(master)
        self.link.signed_out = False
        # A changed password re-wraps the same user key: the next unlock takes the new one.
        self.connection = msgspec.structs.replace(
            record, kdf=kdf, wrapped_user_key=answer.wrapped_user_key
        )
        await self._fetch_profile()
        # A full disk does not take away what was just achieved.
        with contextlib.suppress(StorageFailed):
            await self.log.note(SIGNED_IN)
        self.link.publish(ConnectionStateChanged(self.link.online))

    def _check_user_key(self, master: SecretBytes, wrapped: str) -> None:
        """Only a wrapping of the key in use is kept: with any other, journal and cache would never
        open again. Raises IdentityChanged; the tokens are dropped.
        """
        stretched = self._registry.add(stretch(master))
        try:
            found = self._registry.add(unwrap_user_key(stretched, wrapped))
        except CannotDecrypt:
            self._api.sign_out()
            raise IdentityChanged from None
        finally:
            self._registry.discard(stretched)
        is_same = found.matches(self.session.user_key)
        is_older = isinstance(self.session.user_key, CoseKey) and not isinstance(found, CoseKey)
        self._registry.discard(found)
        if is_older:
            self._api.sign_out()
            raise AccountDowngraded
        if not is_same:
            self._api.sign_out()
            raise IdentityChanged

    async def _fetch_profile(self) -> None:
        await self.link.fetch_profile()
        self.connection = msgspec.structs.replace(self.connection, last_sync=self.clock.now())
        if not self.read_only:
            await self.link.disk(self._records.put, self.connection)

    def _name_of(self, client: OrganizationId) -> str | None:
        found = self.clients.find(client)
        return None if found is None else found.organization_name

    async def _note_waiting(self, waiting: bool) -> None:
        """Whether a run waits is shown before the next unlock."""
        if waiting == self.connection.has_waiting_run or self.read_only:
            return
        self.connection = msgspec.structs.replace(self.connection, has_waiting_run=waiting)
        await self.link.disk(self._records.put, self.connection)

    # --- the end ------------------------------------------------------------------------------

    async def lock(self) -> None:
        """Keys wiped, nothing more sent or kept, files closed and checkpointed (T79, T81, T84).

        A run is paused at its next safe point; one that does not reach it in time is found in the
        journal as it stands and settled when it is resumed.
        """
        if self._locked:
            return
        self._locked = True
        self.retention.stop()
        await self.sync.settle_down()
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self.runs.settle_down(), SETTLE_S)
        # A disk that is busy or full does not keep the keys in memory.
        with contextlib.suppress(TimeoutError, StorageFailed):
            await asyncio.wait_for(self.log.note(LOCKED), SETTLE_S)
        self._registry.wipe()
        self.clients.forget()
        await self.link.disk(scrub)
        await asyncio.to_thread(scrub)
        scrub()
        await asyncio.to_thread(self.link.close)
        self.hub.publish(LockedNow())
        await self._api.close()
        await asyncio.to_thread(self._store.close)

    async def close(self) -> None:
        """The program ends: as lock."""
        await self.lock()

    async def sign_out(self) -> None:
        """Drops the tokens here; no endpoint revokes them (T41). Then lock."""
        self._api.sign_out()
        if not self.read_only:
            await self.link.disk(self._store.secrets.delete, REFRESH_TOKEN)
            await self.link.disk(self._store.secrets.delete, API_KEY)
            with contextlib.suppress(StorageFailed):
                await self.log.note(SIGNED_OUT)
        await self.lock()

    async def try_again(self) -> bool:
        """Offline: whether the server is back. Never raises for the network."""
        try:
            await self.connect()
        except ClavigerError:
            return False
        return True
