"""`/practice/...`: mails and the people who answer them, state, log, faults. Not the protocol."""

from __future__ import annotations

import asyncio
import base64
import secrets
import sqlite3
from typing import Any

import msgspec

from desktop.domain.enums import OrganizationUserStatus
from desktop.practice import accounts, invitations, keys, people, provider_members
from desktop.practice.db import new_id
from desktop.practice.errors import ApiError, bad_request, error_body, not_found
from desktop.practice.people import People, Person
from desktop.practice.web import Answer, Call, Route, done, reply

_INVITATIONS = ("provider_invitation", "organization_invitation")
_STATE = {
    "organizations": (
        "SELECT id, name, plan_type AS planType, seats, status, has_customer AS hasCustomer,"
        " limit_collection_creation AS limitCollectionCreation,"
        " limit_collection_deletion AS limitCollectionDeletion,"
        " limit_item_deletion AS limitItemDeletion,"
        " allow_admin_access AS allowAdminAccessToAllCollectionItems FROM organizations"
    ),
    "providerOrganizations": (
        "SELECT id, provider_id AS providerId, organization_id AS organizationId, key"
        " FROM provider_organizations"
    ),
    "providerMembers": (
        "SELECT p.id, p.provider_id AS providerId, p.user_id AS userId,"
        " COALESCE(u.email, p.email) AS email, p.type, p.status, p.key FROM provider_users p"
        " LEFT JOIN users u ON u.id = p.user_id"
    ),
    "members": (
        "SELECT m.id, m.organization_id AS organizationId, m.user_id AS userId,"
        " COALESCE(u.email, m.email) AS email, m.type, m.status, m.key FROM members m"
        " LEFT JOIN users u ON u.id = m.user_id"
    ),
    "collections": (
        "SELECT id, organization_id AS organizationId, name, external_id AS externalId, type"
        " FROM collections"
    ),
    "collectionUsers": (
        "SELECT collection_id AS collectionId, member_id AS memberId, read_only AS readOnly,"
        " hide_passwords AS hidePasswords, manage FROM collection_users"
    ),
    "collectionGroups": (
        "SELECT collection_id AS collectionId, group_id AS groupId, read_only AS readOnly,"
        " hide_passwords AS hidePasswords, manage FROM collection_groups"
    ),
    "groups": "SELECT id, organization_id AS organizationId, name FROM groups",
    "groupUsers": "SELECT group_id AS groupId, member_id AS memberId FROM group_users",
    "policies": ("SELECT organization_id AS organizationId, type, enabled, data FROM policies"),
    "ciphers": "SELECT id, organization_id AS organizationId, name FROM ciphers",
    "collectionCiphers": (
        "SELECT collection_id AS collectionId, cipher_id AS cipherId FROM collection_ciphers"
    ),
    "providerPlans": (
        "SELECT provider_id AS providerId, plan_type AS planType, seat_minimum AS seatMinimum,"
        " purchased, allocated FROM provider_plans"
    ),
    "events": (
        "SELECT type, date, organization_id AS organizationId, provider_id AS providerId, facts"
        " FROM events"
    ),
    "users": ("SELECT id, email, name, totp_secret IS NOT NULL AS twoFactorEnabled FROM users"),
}


class Inbox:
    """Plays invited people; the only endpoints that reach their passwords and keys."""

    def __init__(self, folk: People) -> None:
        self._folk = folk

    def routes(self) -> tuple[Route, ...]:
        def open_route(method: str, path: str, handler: Any, manual: bool = False) -> Route:
            return Route(method, f"/practice/{path}", handler, anonymous=True, manual=manual)

        return (
            open_route("GET", "inbox", mails),
            open_route("GET", "accounts", self.accounts),
            open_route("POST", "register", self.register, manual=True),
            open_route("POST", "accept", self.accept, manual=True),
            open_route("GET", "state", state),
            open_route("GET", "requests", requests),
            open_route("DELETE", "requests", clear_requests),
            open_route("POST", "script", load_script),
            open_route("POST", "clock", advance),
            open_route("POST", "sign-out", sign_out),
            open_route("POST", "organization", change_organization),
            open_route("POST", "user", change_user),
        )

    def accounts(self, _call: Call) -> Answer:
        return reply(self._folk.told())

    async def register(self, call: Call) -> Answer:
        """`{email, name?, password?, totp?}` → the account; 400 when the address is taken."""
        form = call.form()
        email = form.needed("email", longest=256)
        form.check()
        if _user(call, email) is not None:
            raise bad_request("There is an account with this address already.")
        secret = base64.b32encode(secrets.token_bytes(20)).decode() if form.flag("totp") else None
        person = await self._make(call, email, form.text("name"), form.text("password"), secret)
        user = _user(call, email)
        return reply({**person.told(), "userId": None if user is None else user["id"]})

    async def _make(
        self,
        call: Call,
        email: str,
        name: str | None,
        password: str | None,
        totp_secret: str | None = None,
    ) -> Person:
        given = name or email.partition("@")[0].replace(".", " ").title()
        person = self._folk.create(
            email, given, "played", password=password or people.PASSWORD, totp_secret=totp_secret
        )
        pair, prepared = await asyncio.gather(
            asyncio.to_thread(keys.new_pair), asyncio.to_thread(people.prepare, person)
        )
        with call.world.db.transaction():
            accounts.register(
                call.world,
                email=person.email,
                name=person.name,
                public_key=pair.public,
                wrapped_private_key=people.wrapped_private(person, pair),
                prepared=prepared,
                totp_secret=totp_secret,
            )
        self._folk.save()
        return person

    async def accept(self, call: Call) -> Answer:
        """`{mail}` (its id) or `{email}` (all open invitations of an address), `password?`,
        `name?`: register when needed, then accept. → the account and what was accepted."""
        form = call.form()
        mail_id, email = form.text("mail"), form.text("email")
        form.check()
        found = _open_invitations(call, mail_id, email)
        if not found:
            raise not_found("There is no open invitation for this.")
        address = found[0]["recipient"]
        if _user(call, address) is None:
            await self._make(call, address, form.text("name"), form.text("password"))
        with call.world.db.transaction():
            accepted = [self._accept(call, mail) for mail in found]
        person = self._folk.find(address)
        return reply({**({} if person is None else person.told()), "accepted": accepted})

    def _accept(self, call: Call, mail: dict[str, Any]) -> dict[str, Any]:
        user = _user(call, mail["recipient"])
        if user is None:
            raise not_found()
        facts = mail["facts"]
        if mail["kind"] == "provider_invitation":
            provider_members.accept_as(call.world, facts["memberId"], user, facts["token"])
        else:
            organization_id = facts["organizationId"]
            reset_key = None
            if invitations.enrols(call.world, organization_id):
                reset_key = self._reset_key(call, organization_id, mail["recipient"])
            invitations.accept_as(call.world, facts["memberId"], user, facts["token"], reset_key)
        return {"kind": mail["kind"], "memberId": facts["memberId"], "userId": user["id"]}

    def _reset_key(self, call: Call, organization_id: str, email: str) -> str | None:
        public = call.world.db.value(
            "SELECT public_key FROM organizations WHERE id = ?", organization_id
        )
        person = self._folk.find(email)
        return None if person is None else keys.wrap_for(public, person.key())


def _user(call: Call, email: str) -> sqlite3.Row | None:
    return call.world.db.row("SELECT * FROM users WHERE email = ?", email.strip().lower())


def _is_open(call: Call, kind: str, facts: dict[str, Any]) -> bool:
    if kind not in _INVITATIONS:
        return False
    sql = (
        "SELECT status FROM provider_users WHERE id = ?"
        if kind == "provider_invitation"
        else "SELECT status FROM members WHERE id = ?"
    )
    status = call.world.db.value(sql, facts["memberId"])
    return bool(status is not None and status == OrganizationUserStatus.INVITED)


def _open_invitations(call: Call, mail_id: str | None, email: str | None) -> list[dict[str, Any]]:
    """Open invitations, the newest mail of each."""
    found: dict[str, dict[str, Any]] = {}
    for row in call.world.db.rows("SELECT * FROM mails ORDER BY rowid DESC"):
        facts = msgspec.json.decode(row["facts"])
        wanted = row["id"] == mail_id or row["recipient"] == (email or "").strip().lower()
        if wanted and _is_open(call, row["kind"], facts):
            found.setdefault(facts["memberId"], {**dict(row), "facts": facts})
    return list(found.values())


def mails(call: Call) -> Answer:
    """All mails, oldest first; `open` tells an invitation that can still be accepted."""
    told = []
    for row in call.world.db.rows("SELECT * FROM mails ORDER BY rowid"):
        facts = msgspec.json.decode(row["facts"])
        told.append(
            {
                "id": row["id"],
                "created": row["created"],
                "to": row["recipient"],
                "subject": row["subject"],
                "kind": row["kind"],
                "providerId": facts.get("providerId"),
                "organizationId": facts.get("organizationId"),
                "memberId": facts.get("memberId"),
                "token": facts.get("token"),
                "open": _is_open(call, row["kind"], facts),
                "registered": _user(call, row["recipient"]) is not None,
            }
        )
    return reply({"mails": told})


def state(call: Call) -> Answer:
    """Everything tests compare, without keys of people: rows under the wire's names."""
    told: dict[str, Any] = {
        name: [dict(row) for row in call.world.db.rows(sql)] for name, sql in _STATE.items()
    }
    told["cipherCount"] = len(told["ciphers"])
    told["mails"] = [
        dict(row)
        for row in call.world.db.rows(
            'SELECT recipient AS "to", subject, kind, created FROM mails ORDER BY rowid'
        )
    ]
    return reply(told)


def requests(call: Call) -> Answer:
    """The newest requests, without bodies."""
    return reply({"count": call.world.log.count, "requests": call.world.log.entries()})


def clear_requests(call: Call) -> Answer:
    """Forget the log."""
    call.world.log.clear()
    return done()


def load_script(call: Call) -> Answer:
    """The body is a list of fault rules; an empty list ends all faults."""
    try:
        call.world.faults.load(call.body)
    except (ValueError, msgspec.MsgspecError) as problem:
        raise ApiError(400, error_body(str(problem))) from problem
    return done()


def advance(call: Call) -> Answer:
    """`{"advance": seconds}` moves the clock; → the server's date."""
    seconds = call.form().raw("advance")
    if isinstance(seconds, int | float) and seconds >= 0:
        call.world.clock.advance(seconds)
    return reply({"now": call.world.clock.stamp()})


def sign_out(call: Call) -> Answer:
    """`{"email"}`: a new security stamp, so every refresh token of the account is dead."""
    email = call.form().needed("email")
    if not call.world.db.run(
        "UPDATE users SET security_stamp = ? WHERE email = ?", new_id(), email.strip().lower()
    ):
        raise not_found()
    return done()


def change_organization(call: Call) -> Answer:
    """`{"id", "enabled"?, "maxCollections"?, "seats"?}`: what only the portal or billing do."""
    form = call.form()
    organization_id = form.guid("id")
    form.check()
    for key, sql in (
        ("enabled", "UPDATE organizations SET enabled = ? WHERE id = ?"),
        ("maxCollections", "UPDATE organizations SET max_collections = ? WHERE id = ?"),
        ("seats", "UPDATE organizations SET seats = ? WHERE id = ?"),
    ):
        if form.has(key):
            call.world.db.run(sql, form.raw(key), organization_id)
    return done()


_USER_CHANGES = {
    "kdf": "UPDATE users SET kdf = ? WHERE email = ?",
    "iterations": "UPDATE users SET iterations = ? WHERE email = ?",
    "memory": "UPDATE users SET memory = ? WHERE email = ?",
    "parallelism": "UPDATE users SET parallelism = ? WHERE email = ?",
    "salt": "UPDATE users SET salt = ? WHERE email = ?",
    "publicKey": "UPDATE users SET public_key = ? WHERE email = ?",
    "wrappedUserKey": "UPDATE users SET wrapped_user_key = ? WHERE email = ?",
    "wrappedPrivateKey": "UPDATE users SET wrapped_private_key = ? WHERE email = ?",
}


def change_user(call: Call) -> Answer:
    """`{"email", "kdf"?, "iterations"?, "publicKey"?, ...}`: a server that lies about somebody.

    `"attackerKey": true` puts a fresh public key in the place of theirs; the answer then holds
    both halves, so that a test can show what a confirmation would have given away.
    """
    form = call.form()
    email = form.needed("email").strip().lower()
    form.check()
    for key, sql in _USER_CHANGES.items():
        if form.has(key):
            call.world.db.run(sql, form.raw(key), email)
    if not form.flag("attackerKey"):
        return done()
    pair = keys.new_pair()
    call.world.db.run(_USER_CHANGES["publicKey"], pair.public, email)
    return reply({"publicKey": pair.public, "privateKey": keys.b64(pair.pkcs8)})
