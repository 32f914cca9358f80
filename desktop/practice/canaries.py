"""What must never leave a client, learned from this server's people and data, for the oracle.

For tests: the server's own part never opens a key. What a client makes is learned when it is made.
"""

from __future__ import annotations

from desktop.practice import keys
from desktop.practice.oracle import Oracle
from desktop.practice.people import People, Person
from desktop.practice.world import World

# Of very many clients the first ones stand for all: each key costs time at every request.
CLIENT_KEYS_MAX = 48
_HALF = 32


class Canaries:
    """Passwords and keys of everybody who can sign in here, and of the clients they work for."""

    def __init__(self, world: World, folk: People, oracle: Oracle) -> None:
        self._world = world
        self._folk = folk
        self._oracle = oracle
        self._is_on = False
        self._known: tuple[object, ...] = ()
        self._clients: set[str] = set()

    def begin(self) -> None:
        """Search every request from now on."""
        self._is_on = True

    def learn(self) -> None:
        """Take in what has come since the last request."""
        if not self._is_on:
            return
        everybody = self._folk.everybody()
        newest = self._world.db.value("SELECT MAX(rowid) FROM provider_organizations")
        known = (newest, *((person.user_key, person.password) for person in everybody))
        if known == self._known:
            return
        self._known = known
        for person in everybody:
            self._oracle.watch(f"the password of {person.email}", person.password.encode())
            self._watch_key(f"the user key of {person.email}", person.key())
        for person in everybody:
            self._learn_provider(person)
            if self._world.is_vaultwarden:
                self._learn_own(person)

    def _learn_provider(self, person: Person) -> None:
        """What a person of the staff can open."""
        row = self._world.db.row(
            "SELECT u.wrapped_private_key, p.key, p.provider_id FROM users u"
            " JOIN provider_users p ON p.user_id = u.id WHERE u.email = ? AND p.key IS NOT NULL",
            person.email,
        )
        if row is None:
            return
        try:
            pkcs8 = keys.decrypt(person.key(), row["wrapped_private_key"])
            provider_key = keys.unwrap_with(pkcs8, row["key"])
        except (ValueError, TypeError):
            # A V2 account, or one whose keys a test spoiled: a colleague opens the same.
            return
        # The end of the structure is a part of the private half alone.
        self._oracle.watch(f"the private key of {person.email}", pkcs8[-_HALF:])
        self._watch_key("the provider key", provider_key)
        for client in self._world.db.rows(
            "SELECT organization_id, key FROM provider_organizations WHERE provider_id = ?",
            row["provider_id"],
        ):
            self._learn_client(provider_key, client["organization_id"], client["key"])

    def _learn_own(self, person: Person) -> None:
        """Without providers: the organizations that somebody is a member of."""
        for row in self._world.db.rows(
            "SELECT u.wrapped_private_key, m.key, m.organization_id FROM users u JOIN members m"
            " ON m.user_id = u.id WHERE u.email = ? AND m.key IS NOT NULL",
            person.email,
        ):
            client = row["organization_id"]
            if client in self._clients:
                continue
            self._clients.add(client)
            pkcs8 = keys.decrypt(person.key(), row["wrapped_private_key"])
            self._oracle.watch(f"the private key of {person.email}", pkcs8[-_HALF:])
            self._watch_key(f"the key of client {client}", keys.unwrap_with(pkcs8, row["key"]))

    def _learn_client(self, provider_key: bytes, client: str, wrapped: str) -> None:
        if client in self._clients or len(self._clients) >= CLIENT_KEYS_MAX:
            return
        self._clients.add(client)
        try:
            self._watch_key(f"the key of client {client}", keys.decrypt(provider_key, wrapped))
        except ValueError:
            # Wrapped under another key, as tests do.
            return

    def _watch_key(self, name: str, key: bytes) -> None:
        """By halves: one of them is as bad as both."""
        for half in (key[:_HALF], key[_HALF : 2 * _HALF]):
            self._oracle.watch(name, half)
