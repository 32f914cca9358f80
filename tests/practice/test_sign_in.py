"""Sign-in, tokens, the key chain, two-step login."""

from __future__ import annotations

import base64
import json
import time
from datetime import datetime
from typing import Any

from desktop.practice import keys, totp
from tests.practice.wire import VERSION, Desk, private_key, token_form
from tests.practice_process import PracticeHandle


def _token(server: PracticeHandle, form: dict[str, str], **headers: str) -> tuple[int, Any]:
    answer = server.http.post("/identity/connect/token", data=form, headers=headers or VERSION)
    return answer.status_code, answer.json()


def test_whole_chain_from_password_to_collection_name(admin: Desk) -> None:
    """Password → user key → private key → provider key → organization key → a readable name."""
    provider_key = admin.provider_key()
    assert len(provider_key) == 64
    profile = admin.get("/accounts/profile")
    names = {}
    for one in profile["providerOrganizations"]:
        key = keys.decrypt(provider_key, one["key"])
        rows = admin.listed(f"/organizations/{one['id']}/collections")
        names[one["name"]] = {keys.decrypt(key, row["name"]).decode() for row in rows}
    assert names["My Client's Organization"] >= {"Default collection", "Finance", "IT/Servers"}


def test_claims_carry_the_roles(admin: Desk, service: Desk) -> None:
    provider = admin.provider()["id"]

    def claims(desk: Desk) -> Any:
        part = desk.token["access_token"].split(".")[1]
        return json.loads(base64.urlsafe_b64decode(part + "=" * (-len(part) % 4)))

    assert claims(admin)["providerprovideradmin"] == provider
    assert claims(service)["providerserviceuser"] == provider
    assert "providerprovideradmin" not in claims(service)
    assert claims(admin)["client_id"] == "desktop"


def test_wrong_password_unknown_address_and_missing_version(server: PracticeHandle) -> None:
    account = server.account("provider_admin")
    form = token_form(account)
    status, told = _token(server, form | {"password": "AAAA"})
    assert status == 400
    assert told["error"] == "invalid_grant"
    assert told["error_description"] == "invalid_username_or_password"
    assert told["ErrorModel"]["Message"]
    assert _token(server, form | {"username": "nobody@nowhere.example"})[0] == 400
    status, told = _token(server, form, **{"X-Other": "1"})
    assert told["error"] == "version_header_missing"


def test_unknown_address_gets_a_stable_invention(server: PracticeHandle) -> None:
    path = "/identity/accounts/prelogin/password"
    first = server.http.post(path, json={"email": "nobody@nowhere.example"}).json()
    again = server.http.post(path, json={"email": "Nobody@nowhere.example"}).json()
    assert first == again
    assert first["kdfSettings"]["iterations"] >= 3


def test_two_step_login_with_an_authenticator_app(server: PracticeHandle) -> None:
    account = server.register("tessa@two-step.example", totp=True)
    form = token_form(account)
    status, told = _token(server, form)
    assert (status, told["TwoFactorProviders2"]) == (400, {"0": None})

    def code() -> str:
        now = server.http.get("/api/now").json()
        return totp.code(account["totpSecret"], int(datetime.fromisoformat(now).timestamp()))

    wrong = {"twoFactorProvider": "0", "twoFactorToken": "000000"}
    status, told = _token(server, form | wrong)
    assert "TwoFactorProviders2" not in told
    right = {"twoFactorProvider": "0", "twoFactorToken": code(), "twoFactorRemember": "1"}
    status, told = _token(server, form | right)
    assert status == 200
    assert private_key(account, told)
    remembered = {"twoFactorProvider": "5", "twoFactorToken": told["TwoFactorToken"]}
    assert _token(server, form | remembered)[0] == 200
    server.advance(31 * 86_400)
    assert _token(server, form | remembered)[1]["error_description"] == "Two factor required."


def test_access_token_expires_and_refresh_goes_on(server: PracticeHandle) -> None:
    desk = Desk.of(server, server.register("rita@refresh.example"))
    server.advance(3601)
    refused = desk.ask("GET", "/accounts/profile")
    assert refused.status_code == 401
    assert "invalid_token" in refused.headers["WWW-Authenticate"]
    before = desk.token["refresh_token"]
    desk.refresh()
    assert desk.token["refresh_token"] == before
    desk.get("/accounts/profile")
    server.post("sign-out", {"email": desk.account["email"]})
    gone = {"grant_type": "refresh_token", "client_id": "desktop", "refresh_token": before}
    assert _token(server, gone) == (400, {"error": "invalid_grant"})


def test_roles_come_with_the_next_token(server: PracticeHandle, admin: Desk) -> None:
    provider = admin.provider()["id"]
    email = "petra@havenlicht.example"
    admin.send("POST", f"/providers/{provider}/users/invite", {"emails": [email], "type": 0})
    desk = Desk.of(server, server.accept(email))
    rows = admin.listed(f"/providers/{provider}/users")
    (row,) = [one for one in rows if one["email"] == email]
    (key,) = admin.send("POST", f"/providers/{provider}/users/public-keys", {"ids": [row["id"]]})[
        "data"
    ]
    wrapped = keys.wrap_for(key["key"], admin.provider_key())
    body = {"keys": [{"id": row["id"], "key": wrapped}]}
    (result,) = admin.send("POST", f"/providers/{provider}/users/confirm", body)["data"]
    assert result["error"] == ""
    assert desk.ask("GET", f"/providers/{provider}/users").status_code == 403
    desk.refresh()
    assert desk.listed(f"/providers/{provider}/users")
    assert desk.provider_key() == admin.provider_key()


def test_sign_in_of_everybody_seeded(server: PracticeHandle) -> None:
    """The credentials told at the start are good, soon after it."""
    started = time.monotonic()
    for account in server.accounts:
        desk = Desk.of(server, account)
        assert desk.private()
    assert time.monotonic() - started < 30


def test_account_with_argon2id(server: PracticeHandle) -> None:
    """Prelogin and sign-in tell the same parameters, and they open the account."""
    account = server.register("arda@argon.example", argon2=True)
    path = "/identity/accounts/prelogin/password"
    settings = server.http.post(path, json={"email": account["email"]}).json()["kdfSettings"]
    assert settings == {"kdfType": 1, "iterations": 3, "memory": 32, "parallelism": 2}
    master = keys.derive(account["password"], account["email"], keys.Kdf(1, 3, 32, 2))
    form = {
        **token_form(account),
        "password": keys.server_hash(master, account["password"]),
    }
    status, told = _token(server, form)
    assert status == 200
    unlock = told["UserDecryptionOptions"]["MasterPasswordUnlock"]
    assert unlock["Kdf"] == {"KdfType": 1, "Iterations": 3, "Memory": 32, "Parallelism": 2}
    assert keys.decrypt(keys.stretched(master), unlock["MasterKeyEncryptedUserKey"])
