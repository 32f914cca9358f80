"""An unlocked account: who is signed in, and the keys that hang on the user key (protocol 3.5)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from desktop.crypto.cose import CoseKey, security_version
from desktop.crypto.encstring import unwrap_key
from desktop.crypto.fingerprint import fingerprint_phrase
from desktop.crypto.keys import SymmetricKey
from desktop.crypto.rsa import PrivateKey
from desktop.crypto.secret import KeyRegistry, clear
from desktop.crypto.user_key import UserKey, open_private_key
from desktop.domain.enums import (
    KdfType,
    ProviderStatus,
    ProviderType,
    ProviderUserStatus,
    ProviderUserType,
)
from desktop.domain.errors import (
    AccountDowngraded,
    CannotDecrypt,
    IdentityChanged,
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


class Session:
    """The keys of one account while it is unlocked. All of them are in `registry`.

    Organization keys are unwrapped when first asked for. Raises Locked once the registry is wiped.
    Only keys wrapped under the provider key are taken: it authenticates them, while anybody who
    knows the account's public key can wrap a key of their own for it (T10).
    """

    def __init__(self, registry: KeyRegistry, user_key: UserKey, profile: Profile) -> None:
        self._registry = registry
        self._user_key = user_key
        self._private_key = registry.add(_private_key(user_key, profile))
        self._wrapped: dict[OrganizationId, str] = {}
        self._org_keys: dict[OrganizationId, SymmetricKey] = {}
        self._profile = profile
        self._provider = _provider_of(profile)
        wrapped = self._provider.key or ""
        self._provider_key = registry.add(self._private_key.unwrap(wrapped))
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
    def provider_id(self) -> ProviderId:
        return self._provider.id

    @property
    def provider_name(self) -> str:
        return self._provider.name or ""

    @property
    def provider_enabled(self) -> bool:
        return self._provider.enabled

    @property
    def role(self) -> ProviderUserType:
        return self._provider.type

    @property
    def is_admin(self) -> bool:
        return self._provider.type is ProviderUserType.PROVIDER_ADMIN

    @property
    def user_key(self) -> UserKey:
        return self._user_key

    @property
    def provider_key(self) -> SymmetricKey:
        return self._provider_key

    def org_key(self, organization: OrganizationId) -> SymmetricKey:
        """Raises CannotDecrypt where no key is known or it does not open."""
        key = self._org_keys.get(organization)
        if key is None:
            wrapped = self._wrapped.get(organization)
            if wrapped is None:
                raise CannotDecrypt
            key = self.unwrap_client_key(wrapped)
            self._org_keys[organization] = key
        return key

    def adopt_key(self, organization: OrganizationId, wrapped: str) -> None:
        """Learns the wrapped key of a client, as journaled before it was made or as listed."""
        self._wrapped.setdefault(organization, wrapped)

    def unwrap_client_key(self, wrapped: str) -> SymmetricKey:
        """A client's key under the provider key, registered. Raises CannotDecrypt."""
        return self._registry.add(unwrap_key(self._provider_key, wrapped))

    def is_wrapped(self, wrapped: str, key: SymmetricKey) -> bool:
        """Whether `wrapped` is this very key under the provider key; nothing of it is kept."""
        try:
            found = unwrap_key(self._provider_key, wrapped)
        except CannotDecrypt:
            return False
        try:
            return found.matches(key)
        finally:
            found.wipe()

    def new_key(self) -> SymmetricKey:
        """A fresh 64-byte key, registered for the lock."""
        return self._registry.add(SymmetricKey.generate())

    def learn(self, clients: Iterable[ProviderClient]) -> None:
        """Takes the wrapped keys a list of clients brings along."""
        for client in clients:
            if client.key:
                self._wrapped.setdefault(client.organization_id, client.key)

    def is_member(self, organization: OrganizationId) -> bool:
        """A real member of the client, not only its provider's user."""
        return any(one.id == organization for one in self._profile.organizations)

    def features(self, organization: OrganizationId) -> ProfileOrganization | None:
        """What the client's plan has switched on, as of the last profile."""
        return self._features.get(organization)

    def fingerprint(self) -> tuple[str, str, str, str, str]:
        """The account's own phrase, to read out to somebody who confirms it."""
        return fingerprint_phrase(str(self.user_id), self._private_key.public())

    def renew(self, profile: Profile) -> None:
        """Takes a newer profile of the same account. Raises IdentityChanged (T38)."""
        if profile.id != self._profile.id:
            raise IdentityChanged
        provider = _provider_of(profile, self._provider.id)
        self._profile = profile
        self._provider = provider
        self._learn_profile(profile)

    def _learn_profile(self, profile: Profile) -> None:
        # The provider's view of a client comes before the person's own.
        every = (*profile.organizations, *profile.provider_organizations)
        self._features = {one.id: one for one in every}
        for one in profile.provider_organizations:
            if one.key and one.provider_id == self._provider.id:
                self._wrapped.setdefault(one.id, one.key)


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


def _provider_of(profile: Profile, wanted: ProviderId | None = None) -> ProfileProvider:
    """The provider worked for: the one from before, else the best that confirmed this account:
    enabled before suspended, billable before not, then as the profile lists them. Resellers have
    no clients to manage (protocol 4.2).
    """
    usable = [
        one
        for one in profile.providers
        if one.status is ProviderUserStatus.CONFIRMED
        and one.provider_type is not ProviderType.RESELLER
        and one.key
        and (wanted is None or one.id == wanted)
    ]
    if not usable:
        raise NoProvider
    return max(
        usable, key=lambda one: (one.enabled, one.provider_status is ProviderStatus.BILLABLE)
    )


def is_weaker(given: Kdf, former: Kdf) -> bool:
    """Whether a set is cheaper to try out than the remembered one (T03)."""
    if given.kdf_type != former.kdf_type:
        return former.kdf_type is KdfType.ARGON2ID
    if given.kdf_type is KdfType.ARGON2ID:
        return (given.memory or 0) < (former.memory or 0) or given.iterations < former.iterations
    return given.iterations < former.iterations
