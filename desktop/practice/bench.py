"""`/practice/...` for tests: state, log, faults, clock, a lying server. Not the protocol."""

from __future__ import annotations

from typing import Any

import msgspec

from desktop.practice import keys
from desktop.practice.canaries import Canaries
from desktop.practice.db import new_id
from desktop.practice.errors import ApiError, error_body, not_found
from desktop.practice.inbox import practice_route
from desktop.practice.oracle import Oracle
from desktop.practice.web import Answer, Call, Route, done, reply

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
    "users": (
        "SELECT id, email, name,"
        " id IN (SELECT user_id FROM two_step_users) AS twoFactorEnabled FROM users"
    ),
}
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


class Bench:
    """What tests look at and turn."""

    def __init__(self, oracle: Oracle, canaries: Canaries) -> None:
        self._oracle = oracle
        self._canaries = canaries

    def routes(self) -> tuple[Route, ...]:
        """Its endpoints."""
        return (
            practice_route("GET", "state", state),
            practice_route("GET", "requests", requests),
            practice_route("DELETE", "requests", clear_requests),
            practice_route("POST", "script", load_script),
            practice_route("POST", "clock", advance),
            practice_route("POST", "keep", keep, manual=True),
            practice_route("POST", "put-back", put_back, manual=True),
            practice_route("POST", "sign-out", sign_out),
            practice_route("POST", "organization", change_organization),
            practice_route("POST", "user", self.change_user),
            practice_route("POST", "attacker", self.attacker),
            practice_route("POST", "canaries", self.begin),
            practice_route("POST", "watch", self.watch),
            practice_route("GET", "leaks", self.leaks),
            practice_route("DELETE", "leaks", self.forgive),
        )

    def change_user(self, call: Call) -> Answer:
        """`{"email", "kdf"?, "iterations"?, "publicKey"?, ...}`: a server that lies about somebody.

        `"attackerKey": true` puts a fresh public key in the place of theirs; the answer then holds
        both halves, and whatever clients wrap for it shows up among the leaks.
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
        self._oracle.hold(email, pair.pkcs8)
        call.world.db.run(_USER_CHANGES["publicKey"], pair.public, email)
        return reply({"publicKey": pair.public, "privateKey": keys.b64(pair.pkcs8)})

    def attacker(self, call: Call) -> Answer:
        """`{"name"}`: fresh keys of the attacker, whose use shows up among the leaks under `name`.

        → `publicKey`, `privateKey` (RSA) and `key` (64 bytes), in base64.
        """
        form = call.form()
        name = form.needed("name")
        form.check()
        pair, key = keys.new_pair(), keys.new_key()
        self._oracle.hold(name, pair.pkcs8)
        self._oracle.hold_key(name, key)
        return reply(
            {"publicKey": pair.public, "privateKey": keys.b64(pair.pkcs8), "key": keys.b64(key)}
        )

    def begin(self, _call: Call) -> Answer:
        """Look for the passwords and keys of everybody here in everything clients send."""
        self._canaries.begin()
        return done()

    def watch(self, call: Call) -> Answer:
        """`{name: secret in base64, ...}`: look for these in everything clients send."""
        for name, secret in msgspec.json.decode(call.body, type=dict[str, bytes]).items():
            self._oracle.watch(name, secret)
        return done()

    def leaks(self, _call: Call) -> Answer:
        """What the attacker's keys and the canaries found."""
        return reply({"leaks": self._oracle.leaks})

    def forgive(self, _call: Call) -> Answer:
        """Drop what was found: a test that meant it has looked. → what was dropped."""
        dropped, self._oracle.leaks = self._oracle.leaks, []
        return reply({"leaks": dropped})


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


def keep(call: Call) -> Answer:
    """Remember everything the server holds, for `put-back`."""
    call.world.db.keep()
    return done()


def put_back(call: Call) -> Answer:
    """Everything as it was at the last `keep`; 404 when nothing was kept."""
    if not call.world.db.put_back():
        raise not_found()
    return done()


def sign_out(call: Call) -> Answer:
    """`{"email"}`: a new security stamp, so every refresh token of the account is dead."""
    email = call.form().needed("email")
    if not call.world.db.run(
        "UPDATE users SET security_stamp = ? WHERE email = ?", new_id(), email.strip().lower()
    ):
        raise not_found()
    return done()


def change_organization(call: Call) -> Answer:
    """`{"id", "enabled"?, "maxCollections"?, "seats"?, "status"?}`: what only the portal, billing
    or the support do. `key` (as the provider's list tells it) and `publicKey`: a server that lies.
    """
    form = call.form()
    organization_id = form.guid("id")
    form.check()
    for key, sql in (
        ("enabled", "UPDATE organizations SET enabled = ? WHERE id = ?"),
        ("maxCollections", "UPDATE organizations SET max_collections = ? WHERE id = ?"),
        ("seats", "UPDATE organizations SET seats = ? WHERE id = ?"),
        ("status", "UPDATE organizations SET status = ? WHERE id = ?"),
        ("key", "UPDATE provider_organizations SET key = ? WHERE organization_id = ?"),
        ("publicKey", "UPDATE organizations SET public_key = ? WHERE id = ?"),
    ):
        if form.has(key):
            call.world.db.run(sql, form.raw(key), organization_id)
    return done()
