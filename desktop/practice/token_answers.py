"""What the token endpoint grants: access tokens with the roles of this moment, and the rest."""

from __future__ import annotations

import secrets
import sqlite3
from typing import Any

from desktop.domain.enums import OrganizationUserType, ProviderUserType
from desktop.practice.profile import account_keys, permissions
from desktop.practice.tokens import ACCESS_LIFETIME_S, sign
from desktop.practice.world import World

PASSWORD, TRUSTED_DEVICE, KEY_CONNECTOR = "password", "trusted_device", "key_connector"
_ORG_CLAIMS = {
    OrganizationUserType.OWNER: "orgowner",
    OrganizationUserType.ADMIN: "orgadmin",
    OrganizationUserType.USER: "orguser",
    OrganizationUserType.CUSTOM: "orgcustom",
}
_PROVIDER_CLAIMS = {
    ProviderUserType.PROVIDER_ADMIN: "providerprovideradmin",
    ProviderUserType.SERVICE_USER: "providerserviceuser",
}


def access_token(world: World, user: sqlite3.Row, client: str, *, offline: bool = True) -> str:
    """A token that carries the roles of this moment."""
    now = world.clock.epoch()
    claims: dict[str, Any] = {
        "nbf": now,
        "exp": now + ACCESS_LIFETIME_S,
        "iss": f"{world.url}/identity",
        "client_id": client,
        "sub": user["id"],
        "auth_time": now,
        "idp": "bitwarden",
        "premium": False,
        "email": user["email"],
        "email_verified": True,
        "sstamp": user["security_stamp"],
        "name": user["name"],
        "iat": now,
        "jti": secrets.token_hex(16).upper(),
        "scope": ["api", "offline_access"] if offline else ["api"],
        "amr": ["Application"],
    }
    for row in world.db.rows(
        "SELECT organization_id, type, permissions FROM members WHERE user_id = ? AND status = 2",
        user["id"],
    ):
        _claim(claims, _ORG_CLAIMS.get(OrganizationUserType(row["type"]), "orguser"), row[0])
        if row["type"] == OrganizationUserType.CUSTOM:
            for name, granted in permissions(row["permissions"]).items():
                if granted:
                    _claim(claims, name.lower(), row["organization_id"])
    for row in world.db.rows(
        "SELECT provider_id, type FROM provider_users WHERE user_id = ? AND status = 2", user["id"]
    ):
        _claim(claims, _PROVIDER_CLAIMS[ProviderUserType(row["type"])], row["provider_id"])
    return sign(world.signing_key, claims)


def _claim(claims: dict[str, Any], name: str, value: str) -> None:
    """One value stays a string, several become a list, as JWT handlers write them."""
    held = claims.get(name)
    if held is None:
        claims[name] = value
    elif isinstance(held, list):
        held.append(value)
    else:
        claims[name] = [held, value]


def _given(**values: object) -> dict[str, object]:
    """What is not null: typed members of this endpoint's answer leave the rest out."""
    return {name: value for name, value in values.items() if value is not None}


def _identity_keys(world: World, user: sqlite3.Row) -> dict[str, Any]:
    """AccountKeys as this endpoint writes them: `Object` capital, nothing that is null."""
    return _as_here(account_keys(world, user))


def _as_here(value: dict[str, Any]) -> dict[str, Any]:
    told: dict[str, Any] = {}
    for name, one in value.items():
        if one is not None:
            told["Object" if name == "object" else name] = (
                _as_here(one) if isinstance(one, dict) else one
            )
    return told


def success(
    world: World, user: sqlite3.Row, client: str, refresh: str | None, remember: str | None
) -> dict[str, Any]:
    """The whole answer of a sign-in; without a refresh token where none is granted."""
    answer: dict[str, Any] = {
        "access_token": access_token(world, user, client, offline=refresh is not None),
        "expires_in": ACCESS_LIFETIME_S,
        "token_type": "Bearer",
        "scope": "api offline_access" if refresh is not None else "api",
        "PrivateKey": user["wrapped_private_key"],
        "AccountKeys": _identity_keys(world, user),
        **_given(Key=user["wrapped_user_key"]),
        "MasterPasswordPolicy": {"Object": "masterPasswordPolicy"},
        "ForcePasswordReset": False,
        "ResetMasterPassword": False,
        "Kdf": user["kdf"],
        "KdfIterations": user["iterations"],
        "KdfMemory": user["memory"],
        "KdfParallelism": user["parallelism"],
        "UserDecryptionOptions": _decryption_options(world, user),
        **_given(refresh_token=refresh, TwoFactorToken=remember),
    }
    if unlocking(world, user) == KEY_CONNECTOR and client.startswith("user."):
        answer["ApiUseKeyConnector"] = True
    return answer


def unlocking(world: World, user: sqlite3.Row) -> str:
    """What opens the account's keys: its password, a trusted device or a key connector."""
    found = world.db.value("SELECT unlocking FROM account_ways WHERE user_id = ?", user["id"])
    return str(found or PASSWORD)


def _decryption_options(world: World, user: sqlite3.Row) -> dict[str, Any]:
    way = unlocking(world, user)
    if way == TRUSTED_DEVICE:
        return {
            "HasMasterPassword": False,
            "TrustedDeviceOption": {
                "HasAdminApproval": True,
                "HasLoginApprovingDevice": False,
                "HasManageResetPasswordPermission": False,
                "IsTdeOffboarding": False,
            },
            "Object": "userDecryptionOptions",
        }
    if way == KEY_CONNECTOR:
        return {
            "HasMasterPassword": False,
            "KeyConnectorOption": {"KeyConnectorUrl": f"{world.url}/key-connector"},
            "Object": "userDecryptionOptions",
        }
    return {
        "HasMasterPassword": True,
        "MasterPasswordUnlock": {
            "Kdf": _given(
                KdfType=user["kdf"],
                Iterations=user["iterations"],
                Memory=user["memory"],
                Parallelism=user["parallelism"],
            ),
            **_given(
                MasterKeyEncryptedUserKey=user["wrapped_user_key"],
                Salt=user["salt"],
                ContainedKeyId=user["user_key_id"],
            ),
        },
        "Object": "userDecryptionOptions",
    }
