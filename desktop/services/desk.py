"""One unlocked connection with all its services. After `lock` it is dead."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final, Literal

import msgspec

from desktop.api.client import Api
from desktop.api.clock import Clock
from desktop.api.identity import TokenAnswer
from desktop.api.proofs import Proof
from desktop.cache.store import Store
from desktop.crypto.cose import CoseKey
from desktop.crypto.kdf import derive_master_key, server_hash, stretch
from desktop.crypto.seal import DataKey
from desktop.crypto.secret import KeyRegistry, SecretBytes
from desktop.crypto.user_key import UserKey, unwrap_user_key
from desktop.domain.diagnostics import note, note_fact
from desktop.domain.enums import TwoFactorMethod
from desktop.domain.errors import (
    AccountDowngraded,
    CannotDecrypt,
    ClavigerError,
    IdentityChanged,
    KdfWeakened,
    MasterPasswordRequired,
    SaltDiffers,
    StorageFailed,
    TwoStepRequired,
    WrongPassword,
)
from desktop.domain.events import ConnectionStateChanged, EventHub, LockedNow
from desktop.domain.ids import OrganizationId
from desktop.domain.records import Kdf
from desktop.services import reports
from desktop.services.browser_way import browser_proof
from desktop.services.changes import Changes
from desktop.services.clients import Clients
from desktop.services.confirm import Confirmations
from desktop.services.imports import Imports
from desktop.services.link import API_KEY, REFRESH_TOKEN, REMEMBER_TOKEN, Link, Waits
from desktop.services.linking import end_links, state_of
from desktop.services.local_log import (
    KDF_ACCEPTED,
    LINKS_ENDED,
    LOCKED,
    REPORT_SAVED,
    SALT_ACCEPTED,
    SIGNED_IN,
    SIGNED_OUT,
    TABLE_SAVED,
    UNLOCKED,
    LocalLog,
)
from desktop.services.lock_time import LockLimit, kept_limit
from desktop.services.pins import KeyCheck, KnownKeys
from desktop.services.retention import Retention
from desktop.services.run import Runs
from desktop.services.run_types import RunReport
from desktop.services.scrub import scrub
from desktop.services.session import Session, is_weaker, kdf_fact
from desktop.services.staff import Staff
from desktop.services.sync import Sync
from desktop.services.undo import Undoing
from desktop.services.workspace import Workspaces
from desktop.settings.connections import ConnectionRecord, ConnectionsFile

# How long a lock waits for runs to reach their safe points, then for the line in the local log,
# before it takes the last keys away: together within the 500 ms of T81.
SETTLE_S: Final = 0.3
NOTE_S: Final = 0.1
# How long runs go on under a cover at most.
COVER_MOST_S: Final = 4 * 3600.0

Action = Literal["write", "create_client", "manage_members", "seats", "rename"]
# What only a provider can do, whoever asks.
_PROVIDERS: Final = frozenset({"create_client", "manage_members", "seats", "rename"})
_ADMINS: Final = frozenset({"create_client", "manage_members"})


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
        known: KnownKeys | None = None,
    ) -> None:
        """`known`: the keys of the desk's other open connections."""
        self.connection = record
        self.hub = hub
        self.clock = clock
        self.session = session
        self._records = records
        self._registry = registry
        self._store = store
        self._api = api
        self._locked = False
        self._kdf_accepted: Kdf | None = None
        self._salt_accepted: str | None = None
        # What the last master key was derived with.
        self._salt_used: str | None = None
        # What the browser said, until a second step is answered too.
        self._proof: Proof | None = None
        self._is_locking = False
        self._lock_ended = asyncio.Event()
        self._covered = False
        self._cover_gone = asyncio.Event()
        self.lock_limit: LockLimit | None = None
        self.link = Link(
            api=api,
            session=session,
            snapshots=store.snapshots,
            secrets=store.secrets,
            journal=store.journal,
            ledger=store.ledger,
            pins=store.pins,
            known=known,
            hub=hub,
            clock=clock,
            read_only=store.read_only or store.journal.problem is not None,
        )
        self.pins = self.link.pins
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
        hub.subscribe(note_fact)
        note(
            "unlocked",
            is_reader=store.read_only,
            was_rebuilt=store.cache_was_rebuilt,
            journal=store.journal.problem or "whole",
        )

    # --- state --------------------------------------------------------------------------------

    @property
    def is_locked(self) -> bool:
        return self._locked

    @property
    def is_covered(self) -> bool:
        """Whether only runs go on here, until the password is typed again."""
        return self._covered

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

    async def read_lock_limit(self) -> None:
        """Brings `lock_limit` up to date with the policies kept here. Raises Locked."""
        self.lock_limit = await kept_limit(self.link)

    def why_not(self, action: Action = "write", client: OrganizationId | None = None) -> str | None:
        """The key of the reason an action is greyed, at one client if given; None where allowed.

        Keys that nobody accepted, or that changed, come before whatever passes by itself.
        """
        is_locked = self._locked or self._covered
        key = "" if is_locked else self._key_reason(client)
        reasons = (
            ("locked", is_locked),
            (f"journal_{self.link.journal.problem}", self.link.journal.problem is not None),
            ("read_only", self.read_only),
            ("no_provider", action in _PROVIDERS and self.session.provider is None),
            (key, bool(key)),
            ("signed_out", self.link.signed_out),
            ("offline", not self.link.online),
            ("suspended", not self.session.provider_enabled),
            ("service_user", action in _ADMINS and not self.session.is_admin),
        )
        return next((key for key, holds in reasons if holds), None)

    def _key_reason(self, client: OrganizationId | None) -> str:
        trouble = self.pins.trouble_of_provider()
        if trouble is not None:
            return f"provider_key_{trouble.reason}"
        trouble = self.pins.trouble(client) if client is not None else None
        return "" if trouble is None else f"key_{trouble.reason}"

    async def verify_keys(self) -> KeyCheck:
        """Compares every accepted key with what the server tells now. Errors as `connect`."""
        await self.link.fetch_profile()
        await self.clients.fetch()
        compared, gone = await self.pins.compare_people()
        await self.pins.review()
        return KeyCheck(self.pins.secret_keys + compared, gone, self.pins.troubled)

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
        """As the function of this name, of this connection alone."""
        await save_table({self: len(rows) - 1}, rows, path)

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

    async def sign_in_again_with_code(
        self, password: str | None, method: int, code: str, *, remember: bool = False
    ) -> None:
        """As `sign_in_again`, with the two-step code it asked for; None goes on with the browser's
        word. `remember`: this computer is not asked again for a while.
        """
        await self._sign_in(password, (method, code.strip()), remember=remember)

    async def sign_in_again_with_recovery_code(self, password: str | None, code: str) -> None:
        """In the place of a second step. It switches two-step login off for the whole account."""
        given = "".join(code.split()).lower()
        await self._sign_in(password, (int(TwoFactorMethod.RECOVERY_CODE), given))

    async def sign_in_again_in_browser(
        self, organization: str, open_browser: Callable[[str], object], *, page: str = ""
    ) -> None:
        """By single sign-on; the keys are open, so no password is asked for.

        Raises as `SignIn.with_browser`; MasterPasswordRequired where the password has changed.
        """
        self._proof = await browser_proof(
            self._api,
            self.connection.email,
            organization,
            open_browser,
            page=page,
            clock=self.clock,
        )
        await self._sign_in(None, None)

    async def send_email_code(self, password: str | None) -> None:
        """Has the code for `sign_in_again_with_code` mailed (method 1). Errors as `SignIn`."""
        if password is None:
            if self._proof is not None:
                await self.link.ask(self._api.send_code_for(self._proof))
            return
        master, _kdf = await self._derived(password)
        try:
            secret = server_hash(master, password)
        finally:
            self._registry.discard(master)
        await self.link.ask(self._api.send_email_code(self.connection.email, secret))

    def accept_kdf(self, kdf: Kdf) -> None:
        """The person saw both sets of KdfWeakened and goes on: sign in again once more."""
        self._kdf_accepted = kdf

    def accept_salt(self, salt: str) -> None:
        """The person saw both values of SaltDiffers and wants the server's."""
        self._salt_accepted = salt.strip().lower()

    async def _remember_accepted(self, before: ConnectionRecord) -> None:
        """What was taken against the advice is pinned, and in the local log (T03, T04)."""
        kdf, salt = self._kdf_accepted, self._salt_accepted
        self._kdf_accepted = self._salt_accepted = None
        with contextlib.suppress(StorageFailed):
            if kdf is not None and before.kdf is not None and self.connection.kdf == kdf:
                now = kdf_fact(kdf)
                await self.log.note(KDF_ACCEPTED, None, before=kdf_fact(before.kdf), now=now)
            # The server may have gone back to the known one: what unlocks is what was derived.
            if salt is not None and salt == self._salt_used:
                await self._remember(salt=salt if salt != before.email else None)
                await self.log.note(SALT_ACCEPTED)

    async def _derived(self, password: str) -> tuple[SecretBytes, Kdf]:
        """The master key and what it was made with, once both are what this desk knows."""
        record = self.connection
        if record.kdf is None:
            raise WrongPassword
        prelogin = await self.link.ask(self._api.prelogin(record.email))
        if is_weaker(prelogin.kdf, record.kdf) and prelogin.kdf != self._kdf_accepted:
            raise KdfWeakened(record.kdf, prelogin.kdf)
        expected = record.salt or record.email
        salt = (prelogin.salt or record.email).strip().lower()
        if salt not in {expected, self._salt_accepted}:
            raise SaltDiffers(expected, salt)
        master = self._registry.add(
            await asyncio.to_thread(derive_master_key, password, salt, prelogin.kdf)
        )
        self._salt_used = salt
        return master, prelogin.kdf

    async def _sign_in(
        self,
        password: str | None,
        two_factor: tuple[int, str] | None,
        *,
        remember: bool = False,
    ) -> None:
        kdf, answer = await self._answer(password, two_factor, remember=remember)
        record = self.connection
        self._proof = None
        self.link.signed_out = False
        # A changed password re-wraps the same user key: the next unlock takes the new one.
        await self._remember(kdf=kdf, wrapped_user_key=answer.wrapped_user_key)
        await self._remember_accepted(record)
        if state_of(self.connection) != state_of(record):
            await self._end_links()
        if answer.remember_token is not None and not self.read_only:
            token = answer.remember_token.encode()
            await self.link.disk(self._store.secrets.put, REMEMBER_TOKEN, token)
        await self._fetch_profile()
        # A full disk does not take away what was just achieved.
        with contextlib.suppress(StorageFailed):
            await self.log.note(SIGNED_IN)
        self.link.publish(ConnectionStateChanged(self.link.online))

    async def _answer(
        self, password: str | None, two_factor: tuple[int, str] | None, *, remember: bool
    ) -> tuple[Kdf | None, TokenAnswer]:
        """The server's answer, once it holds the user key that is in use."""
        proof, record = self._proof, self.connection
        if password is None:
            if proof is None:
                raise WrongPassword
            answer = await self.link.ask(
                self._api.sign_in_with(proof, two_factor=two_factor, remember=remember)
            )
            if answer.wrapped_user_key != record.wrapped_user_key:
                # Another wrapping: only the password can show whether it is of the same key.
                self._api.sign_out()
                raise MasterPasswordRequired
            return record.kdf, answer
        master, kdf = await self._derived(password)
        try:
            secret = server_hash(master, password)
            answer = await self.link.ask(
                self._api.sign_in(record.email, secret, two_factor=two_factor, remember=remember)
            )
            self._check_user_key(master, answer.wrapped_user_key)
        except IdentityChanged:
            await self._end_links()
            raise
        finally:
            self._registry.discard(master)
        return kdf, answer

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
        await self._remember(last_sync=self.clock.now())

    async def _remember(self, **fields: Any) -> None:
        """Keeps these fields of the connection; what a person set meanwhile stays as it is."""
        self.connection = msgspec.structs.replace(self.connection, **fields)
        if self.read_only:
            return
        kept = await self.link.disk(self._records.change, self.connection.id, **fields)
        if kept is None:
            await self.link.disk(self._records.put, self.connection)
        else:
            self.connection = kept

    async def _end_links(self) -> None:
        """A link ends with the password it was made with. A disk in trouble is no way round: what
        was linked does not fit any more.
        """
        if not self.read_only:
            with contextlib.suppress(StorageFailed):
                if await self.link.disk(end_links, self.link.secrets):
                    await self.log.note(LINKS_ENDED)

    def _name_of(self, client: OrganizationId) -> str | None:
        found = self.clients.find(client)
        return None if found is None else found.organization_name

    async def _note_waiting(self, waiting: bool) -> None:
        """Whether a run waits is shown before the next unlock."""
        if waiting != self.connection.has_waiting_run and not self.read_only:
            await self._remember(has_waiting_run=waiting)

    # --- the end ------------------------------------------------------------------------------

    def shut(self) -> None:
        """The lock begins, at once: rows go, runs are asked to stop, and no key is left but those
        that a run in flight needs to reach its safe point (T81). `lock` does the rest.
        """
        if self._locked:
            return
        self._locked = True
        self._covered = False
        self._cover_gone.set()
        self.runs.stop_all()
        self._put_away()

    async def lock(self) -> None:
        """Keys wiped, nothing more sent or kept, files closed and checkpointed (T79, T81, T84).

        A run is stopped at its next safe point; one that does not reach it in time is found in the
        journal as it stands and settled when it is resumed.
        """
        if self._is_locking:
            # Whoever asks second waits for the same end.
            await self._lock_ended.wait()
            return
        self._is_locking = True
        try:
            await self._lock()
        finally:
            self._lock_ended.set()

    async def _lock(self) -> None:
        self.shut()
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(SETTLE_S):
                await self.sync.settle_down()
                await self.runs.settle_down()
        # A disk that is busy or full does not keep the keys in memory.
        with contextlib.suppress(TimeoutError, StorageFailed):
            async with asyncio.timeout(NOTE_S):
                await self.log.note(LOCKED)
        self._registry.wipe()
        self._put_away()
        await self.link.disk(scrub)
        await asyncio.to_thread(scrub)
        scrub()
        await asyncio.to_thread(self.link.close)
        self.hub.publish(LockedNow())
        await self._api.close()
        await asyncio.to_thread(self._store.close)

    def cover(self) -> None:
        """Idle while a run is active: nothing is shown or listed any more, and of all keys those of
        the organizations in the active runs stay, with the data key that the journal is sealed
        with (T81). `uncover` opens the rest again; `until_runs_end` tells when to lock.
        """
        if self._locked:
            return
        if not self._covered:
            self._covered = True
            self._cover_gone = asyncio.Event()
        self.runs.set_free()
        self._put_away()

    async def uncover(self, user_key: UserKey) -> None:
        """Takes ownership of the account's user key. Raises Locked after a lock."""
        self.session.open_again(self._registry.add(user_key))
        self._covered = False
        self._cover_gone.set()
        with contextlib.suppress(StorageFailed):
            await self.log.note(UNLOCKED)

    async def until_runs_end(self) -> bool:
        """Under a cover: drops the keys of each run that ends. True after the last one, and after
        COVER_MOST_S; False once the cover is gone.
        """
        if self._covered:
            with contextlib.suppress(StorageFailed):
                await self.log.note(LOCKED)
        waits = [
            asyncio.ensure_future(one)
            for one in (
                self._cover_gone.wait(),
                self._let_runs_end(),
                self.clock.sleep(COVER_MOST_S),
            )
        ]
        try:
            await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for one in waits:
                one.cancel()
        return self._covered and not waits[0].done()

    async def _let_runs_end(self) -> None:
        while self._covered and self.runs.active:
            await self.runs.one_left()
            if self._covered:
                self._put_away()

    def _put_away(self) -> None:
        """Drops every decrypted row, and every key that no active run needs."""
        self.retention.stop()
        self.sync.stop()
        self.clients.forget()
        self.runs.forget()
        self.link.keeping.forget()
        sealing = (one for one in self._registry.secrets() if isinstance(one, DataKey))
        self._registry.keep_only((*sealing, *self.session.keys_of(self.runs.needs())))

    async def close(self) -> None:
        """The program ends: as lock."""
        await self.lock()

    async def sign_out(self) -> None:
        """Drops the tokens here; no endpoint revokes them (T41). Then lock.

        Raises StorageFailed where they stay on the disk; it is locked all the same.
        """
        self._api.sign_out()
        try:
            if not self.read_only:
                await self.link.disk(self._store.secrets.delete, REFRESH_TOKEN)
                await self.link.disk(self._store.secrets.delete, API_KEY)
                with contextlib.suppress(StorageFailed):
                    await self.log.note(SIGNED_OUT)
        finally:
            await self.lock()

    async def try_again(self) -> bool:
        """Offline: whether the server is back. Never raises for the network."""
        try:
            await self.connect()
        except ClavigerError:
            return False
        return True


async def save_table(owners: Mapping[Desk, int], rows: Sequence[Sequence[str]], path: Path) -> None:
    """Writes rows for a spreadsheet, formulas defused; the first names the columns.

    `owners` says how many rows are of which connection: each notes its own. Raises StorageFailed.
    """
    await asyncio.to_thread(reports.save, path, reports.table(rows))
    for desk, count in owners.items():
        await desk.log.note(TABLE_SAVED, rows=str(count))
