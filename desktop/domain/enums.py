"""Numbers of the protocol as open enums: an unknown number is kept, never mapped to a default.

Source: bitwarden/server 2026.8.0, `src/Core/**/Enums` and `bitwarden_license`.
"""

from __future__ import annotations

from enum import IntEnum


class OpenIntEnum(IntEnum):
    """An IntEnum that keeps numbers it does not know as `UNKNOWN_<n>` members."""

    @classmethod
    def _missing_(cls, value: object) -> OpenIntEnum | None:
        if not isinstance(value, int) or isinstance(value, bool):
            return None
        member = int.__new__(cls, value)
        member._name_ = f"UNKNOWN_{value}"
        member._value_ = value
        return member

    @property
    def is_known(self) -> bool:
        return not self.name.startswith("UNKNOWN_")


class KdfType(OpenIntEnum):
    """How a master key is derived."""

    PBKDF2_SHA256 = 0
    ARGON2ID = 1


class DeviceType(OpenIntEnum):
    """The client kinds Claviger may claim to be, plus those met in event logs."""

    WINDOWS_DESKTOP = 6
    MACOS_DESKTOP = 7
    LINUX_DESKTOP = 8
    LINUX_CLI = 25


class TwoFactorMethod(OpenIntEnum):
    """Second factors a token request can be answered with."""

    AUTHENTICATOR = 0
    EMAIL = 1
    DUO = 2
    YUBIKEY = 3
    U2F = 4
    REMEMBER = 5
    ORGANIZATION_DUO = 6
    WEBAUTHN = 7
    RECOVERY_CODE = 8


class ProviderType(OpenIntEnum):
    """What kind of provider an account belongs to."""

    MSP = 0
    RESELLER = 1
    BUSINESS_UNIT = 2


class ProviderStatus(OpenIntEnum):
    """How far the set-up of a provider got."""

    PENDING = 0
    CREATED = 1
    BILLABLE = 2


class ProviderUserType(OpenIntEnum):
    """Roles inside a provider."""

    PROVIDER_ADMIN = 0
    SERVICE_USER = 1


class ProviderUserStatus(OpenIntEnum):
    """Where a provider member stands between invitation and confirmation."""

    INVITED = 0
    ACCEPTED = 1
    CONFIRMED = 2


class OrganizationUserType(OpenIntEnum):
    """Roles inside a client organization."""

    OWNER = 0
    ADMIN = 1
    USER = 2
    CUSTOM = 4


class OrganizationUserStatus(OpenIntEnum):
    """Where a member of a client stands."""

    REVOKED = -1
    INVITED = 0
    ACCEPTED = 1
    CONFIRMED = 2
    STAGED = 3


class PlanType(OpenIntEnum):
    """Plans a provider client can have."""

    FREE = 0
    TEAMS_MONTHLY = 17
    TEAMS_ANNUALLY = 18
    ENTERPRISE_MONTHLY = 19
    ENTERPRISE_ANNUALLY = 20


class ProductTier(OpenIntEnum):
    """Product families behind the plans."""

    FREE = 0
    FAMILIES = 1
    TEAMS = 2
    ENTERPRISE = 3
    TEAMS_STARTER = 4


class PolicyType(OpenIntEnum):
    """Enterprise policies."""

    TWO_STEP_LOGIN = 0
    MASTER_PASSWORD = 1
    PASSWORD_GENERATOR = 2
    SINGLE_ORGANIZATION = 3
    REQUIRE_SSO = 4
    DATA_OWNERSHIP = 5
    REMOVE_SEND = 6
    SEND_OPTIONS = 7
    ACCOUNT_RECOVERY = 8
    SESSION_TIMEOUT = 9
    REMOVE_EXPORT = 10
    ACTIVATE_AUTOFILL = 11
    AUTOMATIC_APP_LOGIN = 12
    FREE_FAMILIES_OFF = 13
    REMOVE_PIN = 14
    RESTRICTED_ITEM_TYPES = 15
    URI_MATCH_DEFAULT = 16
    AUTOTYPE_DEFAULT = 17
    AUTOMATIC_CONFIRMATION = 18
    BLOCK_CLAIMED_DOMAIN_ACCOUNTS = 19
    VAULT_BANNER = 20
    SEND_CONTROLS = 21
    FILL_ASSIST = 22


class CipherType(OpenIntEnum):
    """Kinds of vault items."""

    LOGIN = 1
    SECURE_NOTE = 2
    CARD = 3
    IDENTITY = 4
    SSH_KEY = 5


class FieldType(OpenIntEnum):
    """Kinds of custom fields."""

    TEXT = 0
    HIDDEN = 1
    BOOLEAN = 2
    LINKED = 3


class UriMatch(OpenIntEnum):
    """How a URI of a login is compared; None on the wire means the user's default."""

    DOMAIN = 0
    HOST = 1
    STARTS_WITH = 2
    EXACT = 3
    REGEX = 4
    NEVER = 5


class CollectionType(OpenIntEnum):
    """Shared collections and a member's own "My items"."""

    SHARED = 0
    DEFAULT_USER = 1
