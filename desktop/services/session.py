"""An unlocked account: who is signed in, and the keys that hang on the user key (protocol 3.5)."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final
from uuid import UUID

from desktop.crypto.cose import CoseKey, security_version
from desktop.crypto.encstring import unwrap_key
from desktop.crypto.fingerprint import fingerprint_phrase, key_mark
from desktop.crypto.keys import SymmetricKey
from desktop.crypto.rsa import PrivateKey
from desktop.crypto.secret import KeyRegistry, Wipeable, clear
from desktop.crypto.user_key import UserKey, open_private_key
from desktop.domain.enums import (
    KdfType,
    OrganizationUserStatus,
    ProviderStatus,
    ProviderType,
    ProviderUserStatus,
    ProviderUserType,
)
from desktop.domain.errors import (
    AccountDowngraded,
    CannotDecrypt,
    IdentityChanged,
    Locked,
    NoProvider,
    SignInUnsupported,
)
from desktop.domain.ids import OrganizationId, ProviderId, UserId
from desktop.domain.records import (
    AccountKeys,
    Kdf,
    Profile,
    ProfileOrganization,
    ProfileProvider,
    ProviderClient,
)

# The version of account encryption that a V2 account signs.
_SIGNED_VERSION: Final = 2
# Rights of a custom role that make an organization worth managing from here.
MANAGING: Final = ("manageUsers", "manageGroups", "managePolicies", "editAnyCollection")


@dataclass(frozen=True)
class RunNeeds:
    """Whose keys the runs at work need: clients by id; those they make by the wrapped key, with the
    key itself where a run has it in use; `staff` where the provider's own key is handed on.
    """

    organizations: frozenset[OrganizationId] = frozenset()
    wrapped: frozenset[str] = frozenset()
    client_keys: Mapping[str, SymmetricKey] = field(default_factory=dict)
    staff: bool = False


class Session:
    """The keys of one account while it is unlocked. All of them are in `registry`.

    Organization keys are unwrapped when first asked for. Raises Locked once the registry is wiped.
    With a provider, only keys wrapped under the provider key are taken: it authenticates them,
    while anybody who knows the account's public key can wrap a key of their own for it (T10).
    Without one, the organizations that the account manages are its clients, and their keys come
    only in that unsigned form: what they are worth is what a person accepted of them.

    Raises NoProvider for an account that has neither.
    """

    def __init__(self, registry: KeyRegistry, user_key: UserKey, profile: Profile) -> None:
        self._registry = registry
        self._user_key = user_key
        self._private_key = registry.add(_private_key(user_key, profile))
        self._wrapped: dict[OrganizationId, str] = {}
        # As told last: the same, unless somebody changed it. The pins compare both (T09).
        self._listed: dict[OrganizationId, str] = {}
        self._links: dict[UUID, OrganizationId] = {}
        self.lists_told = 0
        self.on_created: Callable[[OrganizationId, str], None] = _nobody
        self._org_keys: dict[OrganizationId, SymmetricKey] = {}
        # Under a cover, the keys of the runs that go on, by their wrapping.
        self._kept: dict[str, SymmetricKey] = {}
        self._profile = profile
        self._provider = _provider_of(profile)
        self._provider_key: SymmetricKey | None = None
        # How the provider key in use came: not always as the server tells it now.
        self._provider_in_use = self.provider_wrapped
        if self._provider is not None:
            self._provider_key = registry.add(self._private_key.unwrap(self._provider_in_use))
        elif not any(is_managed(one) for one in profile.organizations):
            raise NoProvider
        self._learn_profile(profile)

    @property
    def profile(self) -> Profile:
        return self._profile

    @property
    def user_id(self) -> UserId:
        return self._profile.id

    @property
    def email(self) -> str:
        return self._profile.email

    @property
    def name(self) -> str | None:
        return self._profile.name

    @property
    def provider(self) -> ProfileProvider | None:
        """Whom the account works for; None where its own organizations are its clients."""
        return self._provider

    @property
    def provider_id(self) -> ProviderId:
        """Raises NoProvider."""
        return self._needed_provider().id

    @property
    def holder_id(self) -> ProviderId | UserId:
        """Whose list of clients it is: the provider's, or the person's own."""
        return self._profile.id if self._provider is None else self._provider.id

    @property
    def provider_name(self) -> str:
        """Empty without a provider."""
        return (self._provider.name or "") if self._provider is not None else ""

    @property
    def provider_enabled(self) -> bool:
        """True without a provider: nobody can suspend it."""
        return self._provider is None or self._provider.enabled

    @property
    def role(self) -> ProviderUserType:
        """Raises NoProvider."""
        return self._needed_provider().type

    @property
    def is_admin(self) -> bool:
        """Of the provider; False without one."""
        provider = self._provider
        return provider is not None and provider.type is ProviderUserType.PROVIDER_ADMIN

    @property
    def user_key(self) -> UserKey:
        return self._user_key

    @property
    def provider_key(self) -> SymmetricKey:
        """Raises NoProvider."""
        if self._provider_key is None:
            raise NoProvider
        return self._provider_key

    def _needed_provider(self) -> ProfileProvider:
        if self._provider is None:
            raise NoProvider
        return self._provider

    def org_key(self, organization: OrganizationId) -> SymmetricKey:
        """Raises CannotDecrypt where no key is known or it does not open."""
        key = self._org_keys.get(organization)
        if key is None:
            wrapped = self._wrapped.get(organization)
            if wrapped is None:
                raise CannotDecrypt
            try:
                key = self.unwrap_client_key(wrapped)
            except CannotDecrypt:
                told = self._listed.get(organization, wrapped)
                if told == wrapped:
                    raise
                # Reading goes on with what the server tells now; whether anything may be written
                # is for the pins to say (T09).
                key = self.unwrap_client_key(told)
            self._org_keys[organization] = key
        return key

    def adopt_key(self, organization: OrganizationId, wrapped: str) -> None:
        """Learns the wrapped key of a client made here: as journaled before it was made, or as
        listed once it was recognised by that key.
        """
        self._wrapped.setdefault(organization, wrapped)
        self._listed.setdefault(organization, wrapped)
        self.on_created(organization, wrapped)

    def unwrap_client_key(self, wrapped: str) -> SymmetricKey:
        """A client's key, registered: under the provider key, without a provider for the account.

        Raises CannotDecrypt for any other wrapping.
        """
        kept = self._kept.get(wrapped)
        if kept is not None:
            return kept
        if self._provider_key is None:
            return self._registry.add(self._private_key.unwrap(wrapped))
        return self._registry.add(unwrap_key(self._provider_key, wrapped))

    def is_wrapped(self, wrapped: str, key: SymmetricKey) -> bool:
        """Whether `wrapped` is this very key under the provider key; nothing of it is kept.

        Raises NoProvider.
        """
        kept = self._kept.get(wrapped)
        if kept is not None:
            return kept.matches(key)
        try:
            found = unwrap_key(self.provider_key, wrapped)
        except CannotDecrypt:
            return False
        try:
            return found.matches(key)
        finally:
            found.wipe()

    def keys_of(self, needs: RunNeeds) -> tuple[Wipeable, ...]:
        """What runs go on with while the window is covered: their organizations' keys, unwrapped
        beforehand, so that the keys above them can be wiped (T81). A key that does not open is
        left out.
        """
        # Those of runs in the queue too: nothing above them is left to open them with again.
        former = {one: key for one, key in self._kept.items() if one in needs.wrapped}
        self._kept = former | dict(needs.client_keys)
        for wrapped in needs.wrapped - self._kept.keys():
            with contextlib.suppress(CannotDecrypt, Locked):
                self._kept[wrapped] = self.unwrap_client_key(wrapped)
        found: list[Wipeable] = list(self._kept.values())
        for organization in needs.organizations:
            with contextlib.suppress(CannotDecrypt, Locked):
                found.append(self.org_key(organization))
        if needs.staff and self._provider_key is not None:
            found.append(self._provider_key)
        return tuple(found)

    def open_again(self, user_key: UserKey) -> None:
        """After a cover, with the user key of this account, registered already. Raises Locked."""
        private_key = self._registry.add(_private_key(user_key, self._profile))
        if self._provider is not None:
            self._provider_key = self._registry.add(private_key.unwrap(self._provider_in_use))
        self._user_key, self._private_key = user_key, private_key
        self._kept = {}
        self._org_keys = {one: key for one, key in self._org_keys.items() if not key.is_wiped}

    def new_key(self) -> SymmetricKey:
        """A fresh 64-byte key, registered for the lock."""
        return self._registry.add(SymmetricKey.generate())

    def learn(self, clients: Iterable[ProviderClient]) -> None:
        """Takes the wrapped keys a list of clients brings along."""
        for client in clients:
            if client.key:
                self._told(client.organization_id, client.key)
            if client.id is not None:
                self._links[client.id] = client.organization_id

    def is_member(self, organization: OrganizationId) -> bool:
        """A real member of the client, not only its provider's user."""
        return any(one.id == organization for one in self._profile.organizations)

    def may(self, organization: OrganizationId, *rights: str) -> bool:
        """Whether one of `rights` is within reach in a client: to a provider's user all are, else
        the role decides. For display only: the server has the last word (T22).
        """
        if self._provider is not None:
            return True
        own = next((one for one in self._profile.organizations if one.id == organization), None)
        return own is not None and own.may(*rights)

    def features(self, organization: OrganizationId) -> ProfileOrganization | None:
        """What the client's plan has switched on, as of the last profile."""
        return self._features.get(organization)

    def fingerprint(self) -> tuple[str, str, str, str, str]:
        """The account's own phrase, to read out to somebody who confirms it."""
        return fingerprint_phrase(str(self.user_id), self._private_key.public())

    def renew(self, profile: Profile) -> None:
        """Takes a newer profile of the same account. Raises IdentityChanged (T38), and NoProvider
        where the provider it worked for is gone. An account without one stays so until it is
        unlocked again.
        """
        if profile.id != self._profile.id:
            raise IdentityChanged
        if self._provider is not None:
            provider = _provider_of(profile, self._provider.id)
            if provider is None:
                raise NoProvider
            self._provider = provider
        self._profile = profile
        self._learn_profile(profile)

    def _learn_profile(self, profile: Profile) -> None:
        if self._provider is None:
            self._features = {one.id: one for one in profile.organizations}
            self._learn_keys(one for one in profile.organizations if is_managed(one))
            return
        # The provider's view of a client comes before the person's own.
        every = (*profile.organizations, *profile.provider_organizations)
        self._features = {one.id: one for one in every}
        mine = self._provider.id
        self._learn_keys(one for one in profile.provider_organizations if one.provider_id == mine)

    def _learn_keys(self, organizations: Iterable[ProfileOrganization]) -> None:
        for one in organizations:
            if one.key:
                self._told(one.id, one.key)

    # --- what the server tells, for whoever compares it with what was accepted ----------------

    def _told(self, organization: OrganizationId, wrapped: str) -> None:
        """The first key of a client stays the one in use; a later one is only noted (T09)."""
        self._wrapped.setdefault(organization, wrapped)
        if self._listed.get(organization) != wrapped:
            self._listed[organization] = wrapped
            self.lists_told += 1

    @property
    def listed(self) -> Mapping[OrganizationId, str]:
        """Wrapped keys of clients as the server told them last; `lists_told` counts changes."""
        return self._listed

    @property
    def provider_wrapped(self) -> str:
        """The provider key as the server told it last; empty without a provider."""
        return (self._provider.key or "") if self._provider is not None else ""

    def client_of(self, link: UUID) -> OrganizationId | None:
        """The client behind an id of the provider's list."""
        return self._links.get(link)

    def mark_of(self, wrapped: str) -> bytes | None:
        """The mark of a client's key; None where it does not open. Nothing of it is kept.

        Raises Locked, under a cover for all but the keys that runs go on with.
        """
        kept = self._kept.get(wrapped)
        if kept is not None:
            return key_mark(kept)
        provider_key = self._provider_key
        if provider_key is None:
            return self.mark_of_provider(wrapped)
        return _marked(lambda: unwrap_key(provider_key, wrapped))

    def mark_of_provider(self, wrapped: str) -> bytes | None:
        """As `mark_of`, for a key wrapped for the account itself."""
        return _marked(lambda: self._private_key.unwrap(wrapped))

    def keep_to(self, organization: OrganizationId, wrapped: str) -> None:
        """From now on a client is read with this key, whatever the server tells."""
        if self._wrapped.get(organization) != wrapped:
            self._wrapped[organization] = wrapped
            self._drop(organization)

    def keep_to_provider(self, wrapped: str) -> bool:
        """The same for the provider key; False where it does not open: then nothing changes."""
        if wrapped == self._provider_in_use:
            return True
        try:
            key = self._private_key.unwrap(wrapped)
        except CannotDecrypt:
            return False
        former, self._provider_key = self._provider_key, self._registry.add(key)
        self._provider_in_use = wrapped
        if former is not None:
            self._registry.discard(former)
        for organization in tuple(self._org_keys):
            self._drop(organization)
        return True

    def _drop(self, organization: OrganizationId) -> None:
        key = self._org_keys.pop(organization, None)
        if key is not None:
            self._registry.discard(key)


def _nobody(_organization: OrganizationId, _wrapped: str) -> None:
    """The listener nobody set."""


def _marked(unwrap: Callable[[], SymmetricKey]) -> bytes | None:
    try:
        key = unwrap()
    except CannotDecrypt:
        return None
    try:
        return key_mark(key)
    finally:
        key.wipe()


def is_managed(organization: ProfileOrganization) -> bool:
    """Whether an organization of the account's own is a client of its: as a confirmed owner or
    administrator, or in a custom role that manages people, groups, policies or collections.
    """
    return (
        organization.status is OrganizationUserStatus.CONFIRMED
        and organization.key is not None
        and organization.may(*MANAGING)
    )


def _private_key(user_key: UserKey, profile: Profile) -> PrivateKey:
    pair = profile.account_keys.public_key_encryption_key_pair if profile.account_keys else None
    wrapped = pair.wrapped_private_key if pair is not None else profile.private_key
    if wrapped is None:
        raise SignInUnsupported("no_private_key")
    _check_signed(user_key, profile.account_keys)
    der = open_private_key(user_key, wrapped)
    try:
        return PrivateKey.from_pkcs8(der, authenticated=True)
    finally:
        clear(der)


def _check_signed(user_key: UserKey, keys: AccountKeys | None) -> None:
    """A V2 account shows the state it signed, a V1 account shows none (T18)."""
    pair = keys.signature_key_pair if keys is not None else None
    state = keys.security_state if keys is not None else None
    if not isinstance(user_key, CoseKey):
        if pair is not None or state is not None:
            raise SignInUnsupported("account_v2")
        return
    if pair is None or state is None:
        raise AccountDowngraded
    wrapped, signed = pair.get("wrappedSigningKey"), state.get("securityState")
    if not isinstance(wrapped, str) or not isinstance(signed, str):
        raise SignInUnsupported("account_v2")
    if security_version(user_key, wrapped, signed) < _SIGNED_VERSION:
        raise AccountDowngraded


def _provider_of(profile: Profile, wanted: ProviderId | None = None) -> ProfileProvider | None:
    """The provider worked for: the one from before, else the best that confirmed this account:
    enabled before suspended, billable before not, then as the profile lists them; None if there is
    none. Resellers have no clients to manage (protocol 4.2).
    """
    usable = [
        one
        for one in profile.providers
        if one.status is ProviderUserStatus.CONFIRMED
        and one.provider_type is not ProviderType.RESELLER
        and one.key
        and (wanted is None or one.id == wanted)
    ]
    return max(
        usable,
        key=lambda one: (one.enabled, one.provider_status is ProviderStatus.BILLABLE),
        default=None,
    )


def is_weaker(given: Kdf, former: Kdf) -> bool:
    """Whether a set is cheaper to try out than the remembered one (T03)."""
    if given.kdf_type != former.kdf_type:
        return former.kdf_type is KdfType.ARGON2ID
    if given.kdf_type is KdfType.ARGON2ID:
        return (given.memory or 0) < (former.memory or 0) or given.iterations < former.iterations
    return given.iterations < former.iterations


def kdf_fact(kdf: Kdf) -> str:
    """A set of settings in one word of the local log: "PBKDF2 600000", "Argon2id 64 MiB 3 4"."""
    if kdf.kdf_type is KdfType.ARGON2ID:
        return f"Argon2id {kdf.memory} MiB {kdf.iterations} {kdf.parallelism}"
    return f"PBKDF2 {kdf.iterations}"
