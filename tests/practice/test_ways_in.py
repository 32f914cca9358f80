"""Every way to sign in, asked of the practice server over HTTPS by a client of the tests' own."""

from __future__ import annotations

import base64
import hashlib
import html
import re
import secrets
import uuid
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import cbor2
import pytest

from desktop.practice import keys, yubikey
from tests.practice.wire import VERSION
from tests.practice_process import PracticeHandle, practice_server

PREVALIDATE = "/identity/sso/prevalidate"


@pytest.fixture(scope="module")
def server() -> Iterator[PracticeHandle]:
    """Of its own: clocks are moved here."""
    with practice_server("--clock", "50", "--kdf-rounds", "5000") as handle:
        yield handle


def someone(server: PracticeHandle, **ways: object) -> tuple[dict[str, Any], dict[str, Any]]:
    """A new account, and what its ways in need."""
    account = server.register(f"{secrets.token_hex(5)}@ways.example")
    return account, server.ways(account["email"], **ways)


def device_of(account: dict[str, Any]) -> dict[str, str]:
    identifier = str(uuid.uuid5(uuid.NAMESPACE_DNS, account["email"]))
    return {"deviceType": "8", "deviceIdentifier": identifier, "deviceName": "test"}


def form_of(account: dict[str, Any], **more: str) -> dict[str, str]:
    return {
        "grant_type": "password",
        "client_id": "desktop",
        "scope": "api offline_access",
        "username": account["email"],
        "password": proof(account),
        **device_of(account),
        **more,
    }


def proof(account: dict[str, Any]) -> str:
    known = keys.derive(account["password"], account["email"], keys.Kdf(0, 5_000))
    return keys.server_hash(known, account["password"])


def token(server: PracticeHandle, form: dict[str, str], **headers: str) -> tuple[int, Any]:
    answer = server.http.post("/identity/connect/token", data=form, headers={**VERSION, **headers})
    return answer.status_code, answer.json()


# --- second steps -----------------------------------------------------------------------------


def test_mailed_code_is_sent_on_request_only_and_works_once(server: PracticeHandle) -> None:
    account, _ways = someone(server, twoStep=[1])
    form = form_of(account)
    status, told = token(server, form)
    name, _, domain = account["email"].partition("@")
    assert (status, told["TwoFactorProviders2"]) == (
        400,
        {"1": {"Email": f"{name[:2]}{'*' * (len(name) - 2)}@{domain}"}},
    )
    assert told["Email"] == account["email"]
    assert not [one for one in server.mails() if one["to"] == account["email"]]

    def ask(**fields: str) -> int:
        body = {"email": account["email"], **fields}
        return server.http.post("/api/two-factor/send-email-login", json=body).status_code

    assert ask(masterPasswordHash="d3Jvbmc=") == 400
    assert ask(ssoEmail2FaSessionToken="1.abc") == 400
    assert not [one for one in server.mails() if one["to"] == account["email"]]
    assert ask(masterPasswordHash=form["password"]) == 200
    first = server.mailed_code(account["email"])
    assert ask(ssoEmail2FaSessionToken=told["SsoEmail2faSessionToken"]) == 200
    code = server.mailed_code(account["email"])
    assert [one["kind"] for one in server.mails() if one["to"] == account["email"]] == [
        "two_step_code"
    ] * 2
    if first != code:
        assert token(server, form | step(1, first))[0] == 400
    assert token(server, form | step(1, code))[0] == 200
    assert token(server, form | step(1, code))[0] == 400


def step(method: int, code: str, **more: str) -> dict[str, str]:
    return {"twoFactorProvider": str(method), "twoFactorToken": code, **more}


def test_mailed_code_grows_old(server: PracticeHandle) -> None:
    account, _ways = someone(server, twoStep=[1])
    body = {"email": account["email"], "masterPasswordHash": proof(account)}
    assert server.http.post("/api/two-factor/send-email-login", json=body).status_code == 200
    server.advance(301)
    code = server.mailed_code(account["email"])
    assert token(server, form_of(account, **step(1, code)))[0] == 400


def test_hardware_key_counts_its_touches(server: PracticeHandle) -> None:
    account, ways = someone(server, twoStep=[3])
    assert token(server, form_of(account))[1]["TwoFactorProviders2"] == {"3": {"Nfc": True}}
    otp = yubikey.press(ways["yubikey"], 7)
    assert len(otp) == 44
    assert token(server, form_of(account, **step(3, otp)))[0] == 200
    for worthless in (otp, yubikey.press(ways["yubikey"], 6), "c" * 44, otp[:43], otp[:-1] + "x"):
        assert token(server, form_of(account, **step(3, worthless)))[0] == 400
    other = yubikey.press(yubikey.new_secret(), 9)
    assert token(server, form_of(account, **step(3, other)))[0] == 400
    assert token(server, form_of(account, **step(3, yubikey.press(ways["yubikey"], 8))))[0] == 200


def test_recovery_code_ends_two_step_login_and_changes(server: PracticeHandle) -> None:
    account, ways = someone(server, twoStep=[1, 3])
    assert token(server, form_of(account, **step(8, "0" * 32)))[0] == 400
    spaced = " ".join(re.findall("....", ways["recoveryCode"].upper()))
    assert token(server, form_of(account, **step(8, spaced)))[0] == 200
    assert token(server, form_of(account))[0] == 200
    again = server.ways(account["email"], twoStep=[3])
    assert again["recoveryCode"] != ways["recoveryCode"]
    assert token(server, form_of(account, **step(8, ways["recoveryCode"])))[0] == 400


def test_duo_and_passkeys_are_offered_and_cannot_be_answered(server: PracticeHandle) -> None:
    account, _ways = someone(server, twoStep=[2, 7])
    offered = token(server, form_of(account))[1]["TwoFactorProviders2"]
    assert set(offered) == {"2", "7"}
    assert set(offered["2"]) == {"Host", "AuthUrl"}
    assert offered["7"]["challenge"]
    for method in (2, 4, 6, 7, 99):
        status, told = token(server, form_of(account, **step(method, "anything")))
        assert (status, "TwoFactorProviders2" in told) == (400, False)


def test_profile_and_members_tell_any_second_step(server: PracticeHandle) -> None:
    account, _ways = someone(server)
    _status, told = token(server, form_of(account))

    def tells() -> bool:
        headers = {"Authorization": f"Bearer {told['access_token']}"}
        answer = server.http.get("/api/accounts/profile", headers=headers)
        return bool(answer.json()["twoFactorEnabled"])

    assert not tells()
    server.ways(account["email"], twoStep=[3])
    assert tells()


# --- devices ----------------------------------------------------------------------------------


def test_new_device_is_asked_for_a_mailed_code(server: PracticeHandle) -> None:
    account, _ways = someone(server, newDeviceCodes=True)
    assert token(server, form_of(account))[0] == 200
    elsewhere = form_of(account, deviceIdentifier=str(uuid.uuid4()))
    # A young account is let in from anywhere.
    assert token(server, elsewhere)[0] == 200
    server.advance(86_401)
    third = form_of(account, deviceIdentifier=str(uuid.uuid4()))
    status, told = token(server, third)
    assert (status, told["error"]) == (400, "device_error")
    assert told["error_description"] == "New device verification required"
    assert told["ErrorModel"]["Message"] == "new device verification required"
    first = server.mailed_code(account["email"], "new_device_code")
    status, told = token(server, third | {"newDeviceOtp": first[::-1] + "0"})
    assert told["error_description"] == "Invalid New Device OTP"
    path = "/api/accounts/resend-new-device-otp"
    for secret in ("d3Jvbmc=", proof(account)):
        body = {"email": account["email"], "masterPasswordHash": secret}
        assert server.http.post(path, json=body).status_code == 200
    mails = [one for one in server.mails() if one["to"] == account["email"]]
    assert [one["kind"] for one in mails] == ["new_device_code"] * 2
    code = server.mailed_code(account["email"], "new_device_code")
    assert token(server, third | {"newDeviceOtp": code})[0] == 200
    assert token(server, third)[0] == 200
    assert token(server, elsewhere)[0] == 200


def test_second_step_stands_in_for_the_code_of_a_new_device(server: PracticeHandle) -> None:
    account, ways = someone(server, newDeviceCodes=True, twoStep=[3])
    server.advance(86_401)
    for touch in (1, 2):
        form = form_of(account, deviceIdentifier=str(uuid.uuid4()))
        otp = yubikey.press(ways["yubikey"], touch)
        assert token(server, form | step(3, otp))[0] == 200


# --- API key ----------------------------------------------------------------------------------


def key_form(account: dict[str, Any], ways: dict[str, Any], **more: str) -> dict[str, str]:
    return {
        "grant_type": "client_credentials",
        "client_id": ways["clientId"],
        "client_secret": ways["clientSecret"],
        "scope": "api",
        **device_of(account),
        **more,
    }


def test_api_key_passes_every_question_and_never_expires(server: PracticeHandle) -> None:
    account, ways = someone(
        server, twoStep=[1, 7], newDeviceCodes=True, sso="acme-key", ssoRequired=True
    )
    assert ways["clientId"] == f"user.{account['userId']}"
    for form in (key_form(account, ways), key_form(account, ways)):
        status, told = token(server, form)
        assert status == 200
        assert "refresh_token" not in told
        assert told["scope"] == "api"
        assert told["UserDecryptionOptions"]["MasterPasswordUnlock"]["MasterKeyEncryptedUserKey"]
        headers = {"Authorization": f"Bearer {told['access_token']}"}
        assert server.http.get("/api/accounts/profile", headers=headers).status_code == 200
    for wrong in (
        {"client_secret": "wrong"},
        {"client_id": f"user.{uuid.uuid4()}"},
        {"client_id": "desktop"},
    ):
        assert token(server, key_form(account, ways, **wrong)) == (400, {"error": "invalid_client"})
    nameless = key_form(account, ways)
    del nameless["deviceName"]
    assert token(server, nameless)[1]["error"] == "device_error"


# --- single sign-on ---------------------------------------------------------------------------

REDIRECT = "http://localhost:8066"


def verifier() -> tuple[str, str]:
    made = secrets.token_urlsafe(48)
    digest = hashlib.sha256(made.encode()).digest()
    return made, base64.urlsafe_b64encode(digest).rstrip(b"=").decode()


def page(server: PracticeHandle, identifier: str, challenge: str, **changes: str) -> Any:
    asked = server.http.get(PREVALIDATE, params={"domainHint": identifier})
    query = {
        "client_id": "desktop",
        "redirect_uri": REDIRECT,
        "response_type": "code",
        "scope": "api offline_access",
        "state": "the-state",
        "code_challenge": challenge,
        "code_challenge_method": "S256",
        "domain_hint": identifier,
        "ssoToken": asked.json().get("token", ""),
        **changes,
    }
    return server.http.get(f"/identity/connect/authorize?{urlencode(query)}")


def code_from(server: PracticeHandle, shown: Any, email: str) -> dict[str, str]:
    (target,) = re.findall(rf'id="{re.escape(email)}" href="([^"]+)"', shown.text)
    answer = server.http.get(html.unescape(target))
    assert answer.status_code == 302
    where = urlsplit(answer.headers["location"])
    assert f"{where.scheme}://{where.netloc}" == REDIRECT
    return {name: values[0] for name, values in parse_qs(where.query).items()}


def browser_form(account: dict[str, Any], code: str, made: str, **more: str) -> dict[str, str]:
    return {
        "grant_type": "authorization_code",
        "client_id": "desktop",
        "code": code,
        "code_verifier": made,
        "redirect_uri": REDIRECT,
        **device_of(account),
        **more,
    }


def test_single_sign_on_through_the_stub(server: PracticeHandle) -> None:
    account, _ways = someone(server, sso="acme", ssoRequired=True)
    status, told = token(server, form_of(account))
    assert (status, told["error"]) == (400, "invalid_grant")
    assert told["error_description"] == "Sso authentication is required."
    assert told["SsoOrganizationIdentifier"] == "acme"
    made, challenge = verifier()
    back = code_from(server, page(server, "acme", challenge), account["email"])
    assert back["state"] == "the-state"
    status, told = token(server, browser_form(account, back["code"], made))
    assert status == 200
    assert told["refresh_token"]
    assert told["UserDecryptionOptions"]["HasMasterPassword"] is True


def test_single_sign_on_checks_everything(server: PracticeHandle) -> None:
    account, _ways = someone(server, sso="globex")
    made, challenge = verifier()
    assert server.http.get(PREVALIDATE).status_code == 400
    assert server.http.get(PREVALIDATE, params={"domainHint": "nobody"}).status_code == 400
    for changes in (
        {"client_id": "web"},
        {"redirect_uri": "http://localhost:9000"},
        {"redirect_uri": "https://evil.example"},
        {"response_type": "token"},
        {"code_challenge_method": "plain"},
        {"code_challenge": "short"},
        {"domain_hint": "acme-other"},
        {"ssoToken": "1.abc"},
        {"scope": "other"},
    ):
        assert page(server, "globex", challenge, **changes).status_code == 400, changes
    code = code_from(server, page(server, "globex", challenge), account["email"])["code"]
    for wrong in (
        {"code_verifier": "x" * 43},
        {"redirect_uri": "http://localhost:8067"},
        {"client_id": "cli"},
        {"code": "A" * 64},
    ):
        answer = token(server, browser_form(account, code, made) | wrong)
        assert answer == (400, {"error": "invalid_grant"})
    server.advance(301)
    assert token(server, browser_form(account, code, made))[0] == 400


def test_second_step_after_single_sign_on_takes_the_same_code(server: PracticeHandle) -> None:
    account, _ways = someone(server, sso="initech", twoStep=[1])
    made, challenge = verifier()
    code = code_from(server, page(server, "initech", challenge), account["email"])["code"]
    status, told = token(server, browser_form(account, code, made))
    assert (status, told["error_description"]) == (400, "Two factor required.")
    body = {
        "email": account["email"],
        "ssoEmail2FaSessionToken": told["SsoEmail2faSessionToken"],
    }
    assert server.http.post("/api/two-factor/send-email-login", json=body).status_code == 200
    answer = step(1, server.mailed_code(account["email"]))
    assert token(server, browser_form(account, code, made, **answer))[0] == 200


@pytest.mark.parametrize(
    ("unlocking", "option"),
    [("trusted_device", "TrustedDeviceOption"), ("key_connector", "KeyConnectorOption")],
)
def test_accounts_without_a_master_password_say_so(
    server: PracticeHandle, unlocking: str, option: str
) -> None:
    account, ways = someone(server, unlocking=unlocking)
    status, told = token(server, key_form(account, ways))
    options = told["UserDecryptionOptions"]
    assert (status, options["HasMasterPassword"]) == (200, False)
    assert option in options
    assert "MasterPasswordUnlock" not in options
    assert told.get("ApiUseKeyConnector", False) is (unlocking == "key_connector")


# --- another device ---------------------------------------------------------------------------


def ask(server: PracticeHandle, account: dict[str, Any], **changes: object) -> Any:
    body = {
        "email": account["email"],
        "publicKey": keys.new_pair().public,
        "deviceIdentifier": device_of(account)["deviceIdentifier"],
        "accessCode": "a" * 25,
        "type": 0,
        **changes,
    }
    return server.http.post("/api/auth-requests", json=body, headers={"Device-Type": "8"})


def test_another_device_lets_a_known_one_in(server: PracticeHandle) -> None:
    account, _ways = someone(server)
    assert ask(server, account).status_code == 400
    assert token(server, form_of(account))[0] == 200
    pair = keys.new_pair()
    made = ask(server, account, publicKey=pair.public)
    assert made.json()["object"] == "auth-request"
    request = made.json()["id"]
    path = f"/api/auth-requests/{request}/response"
    assert server.http.get(path, params={"code": "b" * 25}).status_code == 404
    told = server.http.get(path, params={"code": "a" * 25}).json()
    assert (told["requestApproved"], told["key"]) == (False, None)
    form = form_of(account, password="a" * 25, authRequest=request)
    assert token(server, form)[0] == 400
    server.post("approve", {"email": account["email"]})
    told = server.http.get(path, params={"code": "a" * 25}).json()
    assert told["requestApproved"] is True
    assert len(keys.unwrap_with(pair.pkcs8, told["key"])) == 64
    assert token(server, form | {"password": "b" * 25})[0] == 400
    stranger = token(server, form | {"deviceIdentifier": str(uuid.uuid4())})
    assert stranger[1]["error_description"] == "Auth requests are not supported on unknown devices"
    assert token(server, form)[0] == 200
    assert token(server, form)[0] == 400


def test_requests_to_other_devices_are_checked(server: PracticeHandle) -> None:
    account, _ways = someone(server)
    assert token(server, form_of(account))[0] == 200
    for changes in (
        {"deviceIdentifier": str(uuid.uuid4())},
        {"email": "nobody@ways.example"},
        {"accessCode": "a" * 26},
        {"type": 2},
        {"type": 3},
        {"publicKey": ""},
    ):
        assert ask(server, account, **changes).status_code == 400, changes
    request = ask(server, account).json()["id"]
    server.post("approve", {"email": account["email"], "approve": False})
    path = f"/api/auth-requests/{request}/response"
    told = server.http.get(path, params={"code": "a" * 25}).json()
    assert (told["requestApproved"], told["key"]) == (False, None)
    late = ask(server, account).json()["id"]
    server.advance(901)
    path = f"/api/auth-requests/{late}/response"
    assert server.http.get(path, params={"code": "a" * 25}).status_code == 404


def test_the_other_device_answers_by_the_protocol(server: PracticeHandle) -> None:
    account, _ways = someone(server)
    _status, told = token(server, form_of(account))
    headers = {"Authorization": f"Bearer {told['access_token']}"}
    older, request = (ask(server, account).json()["id"] for _ in range(2))
    listed = server.http.get("/api/auth-requests/pending", headers=headers).json()["data"]
    assert [one["id"] for one in listed] == [request, older]
    wrapped = keys.wrap_for(listed[0]["publicKey"], b"k" * 64)
    body = {
        "key": wrapped,
        "deviceIdentifier": device_of(account)["deviceIdentifier"],
        "requestApproved": True,
    }

    def answer(of: str, **changes: object) -> int:
        path = f"/api/auth-requests/{of}"
        return server.http.put(path, json=body | changes, headers=headers).status_code

    assert answer(older) == 400
    assert answer(request, deviceIdentifier=str(uuid.uuid4())) == 400
    assert answer(request) == 200
    assert answer(request) == 409
    assert answer(str(uuid.uuid4())) == 404


# --- V2 accounts ------------------------------------------------------------------------------


def test_v2_account_carries_signatures_and_opens(server: PracticeHandle) -> None:
    account, ways = someone(server)
    before = token(server, form_of(account))[1]
    server.ways(account["email"], v2=True)
    status, told = token(server, form_of(account))
    assert status == 200
    found = told["AccountKeys"]
    assert found["publicKeyEncryptionKeyPair"]["wrappedPrivateKey"].startswith("7.")
    assert told["PrivateKey"].startswith("7.")
    assert set(found["signatureKeyPair"]) == {"wrappedSigningKey", "verifyingKey", "Object"}
    assert found["securityState"]["securityVersion"] == 2
    assert (
        found["publicKeyEncryptionKeyPair"]["publicKey"]
        == before["AccountKeys"]["publicKeyEncryptionKeyPair"]["publicKey"]
    )
    unlock = told["UserDecryptionOptions"]["MasterPasswordUnlock"]
    known = keys.derive(account["password"], account["email"], keys.Kdf(0, 5_000))
    user_key = keys.decrypt(keys.stretched(known), unlock["MasterKeyEncryptedUserKey"])
    assert len(user_key) > 64
    key = cbor2.loads(user_key[: -user_key[-1]])
    assert (key[1], key[3], len(key[-1])) == (4, -70_010, 32)
    old = token(server, form_of(account), **{"Bitwarden-Client-Version": "2025.10.0"})
    assert (old[0], old[1]["error"]) == (400, "invalid_client_version")
    assert ways["userId"] == account["userId"]


def test_a_version_that_is_too_old_is_told_so(server: PracticeHandle) -> None:
    account, _ways = someone(server, oldestClient="2030.1.0")
    status, told = token(server, form_of(account))
    assert (status, told["error"]) == (400, "invalid_client_version")


def test_seeded_accounts_are_as_they_were(server: PracticeHandle) -> None:
    """Nobody has other ways unless a test gave them."""
    for account in server.accounts:
        assert token(server, form_of(account))[0] == 200
