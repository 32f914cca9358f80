"""`/practice/inbox` and the people who answer its mails. Not the protocol."""

from __future__ import annotations

import asyncio
import base64
import secrets
import sqlite3
from typing import Any

import msgspec

from desktop.domain.enums import OrganizationUserStatus
from desktop.practice import accounts, invitations, keys, people, provider_members
from desktop.practice.errors import ApiError, bad_request, error_body, not_found
from desktop.practice.people import People, Person
from desktop.practice.web import Answer, Call, Handler, Route, reply

_INVITATIONS = ("provider_invitation", "organization_invitation")


def practice_route(method: str, name: str, handler: Handler, *, manual: bool = False) -> Route:
    """An endpoint outside the protocol, open to whoever reaches this computer's port."""
    return Route(method, f"/practice/{name}", handler, anonymous=True, manual=manual)


class Inbox:
    """Plays invited people; the only endpoints that reach their passwords and keys."""

    def __init__(self, folk: People) -> None:
        self._folk = folk

    def routes(self) -> tuple[Route, ...]:
        return (
            practice_route("GET", "inbox", mails),
            practice_route("GET", "accounts", self.accounts),
            practice_route("POST", "register", self.register, manual=True),
            practice_route("POST", "accept", self.accept, manual=True),
        )

    def accounts(self, _call: Call) -> Answer:
        return reply(self._folk.told())

    async def register(self, call: Call) -> Answer:
        """`{email, name?, password?, totp?, argon2?}` → the account; 400: the address is taken."""
        form = call.form()
        email = form.needed("email", longest=256)
        form.check()
        if _user(call, email) is not None:
            raise bad_request("There is an account with this address already.")
        secret = base64.b32encode(secrets.token_bytes(20)).decode() if form.flag("totp") else None
        kdf = keys.ARGON2 if form.flag("argon2") else None
        person = self._folk.create(
            email,
            form.text("name") or _name_in(email),
            "played",
            password=form.text("password") or people.PASSWORD,
            totp_secret=secret,
            kdf=kdf,
        )
        await self._register(call, person)
        user = _user(call, email)
        return reply({**person.told(), "userId": None if user is None else user["id"]})

    async def _register(self, call: Call, person: Person) -> None:
        """Derive in threads, then store."""
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
                kdf=person.kdf.row,
                totp_secret=person.totp_secret,
            )
        self._folk.save()

    async def accept(self, call: Call) -> Answer:
        """`{mail}` (its id) or `{email}` (all open invitations of an address), `password?`,
        `name?`: register when needed, then accept. → the account and what was accepted."""
        form = call.form()
        mail_id, email = form.text("mail"), form.text("email")
        form.check()
        found = _open_invitations(call, mail_id, email)
        if not found:
            raise ApiError(404, error_body("There is no open invitation for this."))
        address = found[0]["recipient"]
        if _user(call, address) is None:
            person = self._folk.create(
                address,
                form.text("name") or _name_in(address),
                "played",
                password=form.text("password") or people.PASSWORD,
            )
            await self._register(call, person)
        with call.world.db.transaction():
            accepted = [self._accept(call, mail) for mail in found]
        known = self._folk.find(address)
        return reply({**({} if known is None else known.told()), "accepted": accepted})

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


def _name_in(email: str) -> str:
    """`tina.baker@...` → `Tina Baker`."""
    return email.partition("@")[0].replace(".", " ").title()


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
                "code": facts.get("code"),
                "open": _is_open(call, row["kind"], facts),
                "registered": _user(call, row["recipient"]) is not None,
            }
        )
    return reply({"mails": told})
