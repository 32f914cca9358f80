"""The practice server's SQLite file: one connection, one thread, one transaction per request."""

from __future__ import annotations

import sqlite3
import uuid
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

SCHEMA = """
CREATE TABLE IF NOT EXISTS meta (name TEXT PRIMARY KEY, value BLOB NOT NULL);
CREATE TABLE IF NOT EXISTS users (
  id TEXT PRIMARY KEY, email TEXT NOT NULL UNIQUE, name TEXT, salt TEXT NOT NULL,
  kdf INTEGER NOT NULL, iterations INTEGER NOT NULL, memory INTEGER, parallelism INTEGER,
  password_hash BLOB, password_salt BLOB, wrapped_user_key TEXT, public_key TEXT NOT NULL,
  wrapped_private_key TEXT NOT NULL, security_stamp TEXT NOT NULL, revised_ms INTEGER NOT NULL,
  created TEXT NOT NULL, totp_secret TEXT, user_key_id TEXT);
CREATE TABLE IF NOT EXISTS refresh_tokens (
  token_hash BLOB PRIMARY KEY, user_id TEXT NOT NULL, client_id TEXT NOT NULL,
  stamp TEXT NOT NULL, lifetime_s INTEGER NOT NULL, expires INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS remember_tokens (
  token_hash BLOB PRIMARY KEY, user_id TEXT NOT NULL, device TEXT NOT NULL,
  expires INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS second_steps (
  user_id TEXT NOT NULL, method INTEGER NOT NULL, secret TEXT NOT NULL,
  PRIMARY KEY (user_id, method)) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS users_totp ON users (id) WHERE totp_secret IS NOT NULL;
CREATE VIEW IF NOT EXISTS two_step_users AS SELECT id AS user_id FROM users
  WHERE totp_secret IS NOT NULL UNION SELECT user_id FROM second_steps;
CREATE TABLE IF NOT EXISTS mailed_codes (
  user_id TEXT NOT NULL, purpose TEXT NOT NULL, code TEXT NOT NULL, expires INTEGER NOT NULL,
  PRIMARY KEY (user_id, purpose)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS account_ways (
  user_id TEXT PRIMARY KEY, api_key TEXT NOT NULL, recovery_code TEXT NOT NULL,
  verify_devices INTEGER NOT NULL DEFAULT 0, sso_identifier TEXT,
  sso_required INTEGER NOT NULL DEFAULT 0, unlocking TEXT NOT NULL DEFAULT 'password',
  oldest_client TEXT);
CREATE TABLE IF NOT EXISTS account_signatures (
  user_id TEXT PRIMARY KEY, wrapped_signing_key TEXT NOT NULL, verifying_key TEXT NOT NULL,
  signed_public_key TEXT NOT NULL, security_state TEXT NOT NULL, version INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS auth_requests (
  id TEXT PRIMARY KEY, user_id TEXT NOT NULL, type INTEGER NOT NULL, public_key TEXT NOT NULL,
  device TEXT NOT NULL, device_type INTEGER NOT NULL, access_code TEXT NOT NULL,
  created TEXT NOT NULL, expires INTEGER NOT NULL, approved INTEGER, key TEXT, responded TEXT,
  used INTEGER NOT NULL DEFAULT 0);
CREATE TABLE IF NOT EXISTS authorization_codes (
  code_hash BLOB PRIMARY KEY, user_id TEXT NOT NULL, client_id TEXT NOT NULL,
  redirect_uri TEXT NOT NULL, challenge TEXT NOT NULL, expires INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS devices (
  id TEXT PRIMARY KEY, user_id TEXT NOT NULL, identifier TEXT NOT NULL, type INTEGER NOT NULL,
  name TEXT NOT NULL, created TEXT NOT NULL, UNIQUE (user_id, identifier));
CREATE TABLE IF NOT EXISTS providers (
  id TEXT PRIMARY KEY, name TEXT NOT NULL, business_name TEXT, billing_email TEXT NOT NULL,
  type INTEGER NOT NULL, status INTEGER NOT NULL, enabled INTEGER NOT NULL, created TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS provider_plans (
  provider_id TEXT NOT NULL, plan_type INTEGER NOT NULL, seat_minimum INTEGER NOT NULL,
  purchased INTEGER NOT NULL, allocated INTEGER NOT NULL, PRIMARY KEY (provider_id, plan_type));
CREATE TABLE IF NOT EXISTS provider_users (
  id TEXT PRIMARY KEY, provider_id TEXT NOT NULL, user_id TEXT, email TEXT, type INTEGER NOT NULL,
  status INTEGER NOT NULL, key TEXT, token TEXT, created TEXT NOT NULL, revised TEXT NOT NULL);
CREATE INDEX IF NOT EXISTS provider_users_provider ON provider_users (provider_id);
CREATE TABLE IF NOT EXISTS organizations (
  id TEXT PRIMARY KEY, name TEXT NOT NULL, billing_email TEXT NOT NULL, plan_type INTEGER NOT NULL,
  seats INTEGER, status INTEGER NOT NULL, enabled INTEGER NOT NULL, public_key TEXT,
  private_key TEXT, max_collections INTEGER, has_customer INTEGER NOT NULL DEFAULT 0,
  limit_collection_creation INTEGER NOT NULL DEFAULT 0,
  limit_collection_deletion INTEGER NOT NULL DEFAULT 0,
  limit_item_deletion INTEGER NOT NULL DEFAULT 0,
  allow_admin_access INTEGER NOT NULL DEFAULT 0, created TEXT NOT NULL, revised TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS provider_organizations (
  id TEXT PRIMARY KEY, provider_id TEXT NOT NULL, organization_id TEXT NOT NULL UNIQUE,
  key TEXT NOT NULL, created TEXT NOT NULL, revised TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS members (
  id TEXT PRIMARY KEY, organization_id TEXT NOT NULL, user_id TEXT, email TEXT,
  type INTEGER NOT NULL, status INTEGER NOT NULL, key TEXT, token TEXT, permissions TEXT,
  external_id TEXT, reset_password_key TEXT, created TEXT NOT NULL, revised TEXT NOT NULL,
  revocation_reason INTEGER);
CREATE INDEX IF NOT EXISTS members_organization ON members (organization_id);
CREATE INDEX IF NOT EXISTS members_user ON members (user_id);
CREATE TABLE IF NOT EXISTS collections (
  id TEXT PRIMARY KEY, organization_id TEXT NOT NULL, name TEXT NOT NULL, external_id TEXT,
  type INTEGER NOT NULL DEFAULT 0, default_user_email TEXT, created TEXT NOT NULL,
  revised TEXT NOT NULL);
CREATE INDEX IF NOT EXISTS collections_organization ON collections (organization_id);
CREATE TABLE IF NOT EXISTS collection_users (
  collection_id TEXT NOT NULL, member_id TEXT NOT NULL, read_only INTEGER NOT NULL,
  hide_passwords INTEGER NOT NULL, manage INTEGER NOT NULL,
  PRIMARY KEY (collection_id, member_id)) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS collection_users_member ON collection_users (member_id);
CREATE TABLE IF NOT EXISTS groups (
  id TEXT PRIMARY KEY, organization_id TEXT NOT NULL, name TEXT NOT NULL, external_id TEXT,
  created TEXT NOT NULL, revised TEXT NOT NULL);
CREATE INDEX IF NOT EXISTS groups_organization ON groups (organization_id);
CREATE TABLE IF NOT EXISTS group_users (
  group_id TEXT NOT NULL, member_id TEXT NOT NULL, PRIMARY KEY (group_id, member_id)) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS group_users_member ON group_users (member_id);
CREATE TABLE IF NOT EXISTS collection_groups (
  collection_id TEXT NOT NULL, group_id TEXT NOT NULL, read_only INTEGER NOT NULL,
  hide_passwords INTEGER NOT NULL, manage INTEGER NOT NULL,
  PRIMARY KEY (collection_id, group_id)) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS collection_groups_group ON collection_groups (group_id);
CREATE TABLE IF NOT EXISTS policies (
  id TEXT PRIMARY KEY, organization_id TEXT NOT NULL, type INTEGER NOT NULL,
  enabled INTEGER NOT NULL, data TEXT, created TEXT NOT NULL, revised TEXT NOT NULL,
  UNIQUE (organization_id, type));
CREATE TABLE IF NOT EXISTS ciphers (
  id TEXT PRIMARY KEY, organization_id TEXT, user_id TEXT, name TEXT, core BLOB NOT NULL,
  favorite INTEGER NOT NULL DEFAULT 0);
CREATE INDEX IF NOT EXISTS ciphers_organization ON ciphers (organization_id);
CREATE INDEX IF NOT EXISTS ciphers_user ON ciphers (user_id);
CREATE TABLE IF NOT EXISTS collection_ciphers (
  collection_id TEXT NOT NULL, cipher_id TEXT NOT NULL,
  PRIMARY KEY (cipher_id, collection_id)) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS collection_ciphers_collection ON collection_ciphers (collection_id);
CREATE TABLE IF NOT EXISTS events (
  number INTEGER PRIMARY KEY, type INTEGER NOT NULL, date TEXT NOT NULL, organization_id TEXT,
  provider_id TEXT, facts TEXT NOT NULL);
CREATE INDEX IF NOT EXISTS events_organization ON events (organization_id);
CREATE INDEX IF NOT EXISTS events_provider ON events (provider_id);
CREATE TABLE IF NOT EXISTS mails (
  id TEXT PRIMARY KEY, created TEXT NOT NULL, recipient TEXT NOT NULL, subject TEXT NOT NULL,
  kind TEXT NOT NULL, facts TEXT NOT NULL);
"""


def new_id() -> str:
    """A fresh GUID in the server's spelling."""
    return str(uuid.uuid4())


class Database:
    """Rows in, rows out. Every write happens inside `transaction`."""

    def __init__(self, path: Path) -> None:
        self._connection = sqlite3.connect(path, isolation_level=None)
        self._connection.row_factory = sqlite3.Row
        for pragma in ("journal_mode=WAL", "synchronous=NORMAL", "cache_size=-65536"):
            self._connection.execute(f"PRAGMA {pragma}")
        self._connection.executescript(SCHEMA)
        self._kept: sqlite3.Connection | None = None

    def close(self) -> None:
        self._connection.close()
        if self._kept is not None:
            self._kept.close()

    def keep(self) -> None:
        """Remember all rows as they are now, in memory."""
        if self._kept is None:
            self._kept = sqlite3.connect(":memory:")
        self._connection.backup(self._kept)

    def put_back(self) -> bool:
        """All rows as they were at `keep`, but whoever signed in since stays signed in.

        False when nothing was kept.
        """
        if self._kept is None:
            return False
        tokens = [tuple(row) for row in self.rows("SELECT * FROM refresh_tokens")]
        self._kept.backup(self._connection)
        self.many("INSERT OR REPLACE INTO refresh_tokens VALUES (?, ?, ?, ?, ?, ?)", tokens)
        return True

    def rows(self, sql: str, *values: object) -> list[sqlite3.Row]:
        return self._connection.execute(sql, values).fetchall()

    def row(self, sql: str, *values: object) -> sqlite3.Row | None:
        found: sqlite3.Row | None = self._connection.execute(sql, values).fetchone()
        return found

    def value(self, sql: str, *values: object) -> Any:
        found = self.row(sql, *values)
        return None if found is None else found[0]

    def run(self, sql: str, *values: object) -> int:
        """Execute and tell how many rows changed."""
        return self._connection.execute(sql, values).rowcount

    def many(self, sql: str, values: Iterable[tuple[object, ...]]) -> None:
        self._connection.executemany(sql, values)

    def commit_step(self) -> None:
        """Make what a step did durable although the request goes on (non-atomic endpoints)."""
        if self._connection.in_transaction:
            self._connection.execute("COMMIT")
            self._connection.execute("BEGIN")

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All of it or, when an exception passes, nothing since the last `commit_step`."""
        self._connection.execute("BEGIN")
        try:
            yield
        except BaseException:
            self._connection.execute("ROLLBACK")
            raise
        self._connection.execute("COMMIT")

    def meta(self, name: str) -> bytes | None:
        found = self.value("SELECT value FROM meta WHERE name = ?", name)
        return None if found is None else bytes(found)

    def set_meta(self, name: str, value: bytes) -> None:
        self.run("INSERT OR REPLACE INTO meta VALUES (?, ?)", name, value)
