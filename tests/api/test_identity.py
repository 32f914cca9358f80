"""Signing in: settings, ways to be refused, and accounts that need another client."""

from __future__ import annotations

import asyncio
import copy
from typing import Any

import pytest

from desktop.api.identity import read_prelogin, read_sign_in
from desktop.domain.enums import KdfType
from desktop.domain.errors import (
    ClavigerError,
    KdfOutOfBounds,
    NewDeviceCodeRequired,
    NotOurServer,
    Offline,
    RateLimited,
    Refused,
    ServerFailed,
    SignInUnsupported,
    TwoStepRequired,
    WrongPassword,
    WrongTwoStepCode,
)
from tests.api.fake_server import DEVICE, HTML, SIGN_IN_FIELDS, USER, FakeServer, answer, make_api

PRELOGIN = "/identity/accounts/prelogin/password"
TOKEN = "/identity/connect/token"
MAIL = "person@example.com"


def prelogin(kind: object, iterations: object, memory: object = None, lanes: object = None) -> Any:
    return {
        "kdf": kind,
        "kdfIterations": iterations,
        "kdfMemory": memory,
        "kdfParallelism": lanes,
        "salt": None,
    }


@pytest.mark.parametrize(
    "body",
    [
        prelogin(0, 1),
        prelogin(0, 4_999),
        prelogin(0, 0),
        prelogin(0, -1),
        prelogin(0, "600000"),
        prelogin(0, None),
        prelogin(1, 2, 15, 1),
        prelogin(1, 2, None, 1),
        prelogin(2, 600_000),
        prelogin(None, 600_000),
        prelogin("0", 600_000),
        prelogin(True, 600_000),
        {"kdfSettings": {"kdfType": 0, "iterations": 1}, **prelogin(0, 600_000)},
        {},
    ],
    ids=repr,
)
def test_t01_weak_prelogin_ends_before_the_token_request(body: Any) -> None:
    async def run() -> None:
        server = FakeServer()
        server.on("POST", PRELOGIN, lambda _r: answer(200, body))
        with pytest.raises((KdfOutOfBounds, NotOurServer)):
            await make_api(server, signed_in=False).prelogin(MAIL)
        assert server.count(TOKEN) == 0

    asyncio.run(run())


@pytest.mark.parametrize(
    "body", [prelogin(0, 2**31), prelogin(1, 3, 64 * 1024, 4), prelogin(0, 10**19)], ids=repr
)
def test_t02_prelogin_bombs_are_refused(body: Any) -> None:
    async def run() -> None:
        server = FakeServer()
        server.on("POST", PRELOGIN, lambda _r: answer(200, body))
        with pytest.raises(KdfOutOfBounds):
            await make_api(server, signed_in=False).prelogin(MAIL)

    asyncio.run(run())


def test_nested_settings_come_first() -> None:
    nested = {"kdfType": 1, "iterations": 6, "memory": 32, "parallelism": 4}
    raw = answer(200, {**prelogin(0, 600_000), "kdfSettings": nested, "salt": "s@x.example"})

    async def run() -> None:
        server = FakeServer()
        server.on("POST", PRELOGIN, raw)
        found = await make_api(server, signed_in=False).prelogin(MAIL)
        assert (found.kdf.kdf_type, found.kdf.iterations) == (KdfType.ARGON2ID, 6)
        assert (found.kdf.memory, found.kdf.parallelism, found.salt) == (32, 4, "s@x.example")
        assert "authorization" not in server.seen[0].headers

    asyncio.run(run())


def test_older_server_is_asked_on_its_path() -> None:
    async def run() -> None:
        server = FakeServer()
        server.on("POST", "/identity/accounts/prelogin", answer(200, prelogin(0, 600_000)))
        found = await make_api(server, signed_in=False).prelogin(MAIL)
        assert found.kdf.iterations == 600_000
        assert [request.url.path for request in server.seen] == [
            PRELOGIN,
            "/identity/accounts/prelogin",
        ]
        server.on("POST", PRELOGIN, answer(403))
        with pytest.raises(Refused):
            await make_api(server, signed_in=False).prelogin(MAIL)

    asyncio.run(run())


@pytest.mark.parametrize("raw", [b"[]", b"17", b'{"salt":7,"kdf":0,"kdfIterations":600000}', HTML])
def test_prelogin_of_another_shape(raw: bytes) -> None:
    with pytest.raises(NotOurServer):
        read_prelogin(raw)


def test_t29_prelogin_with_doubled_keys_is_refused() -> None:
    for raw in (
        b'{"kdf":0,"kdfIterations":600000,"kdfIterations":5000}',
        b'{"kdf":0,"kdfIterations":600000,"KdfIterations":5000}',
    ):
        with pytest.raises(NotOurServer):
            read_prelogin(raw)


# --- token ------------------------------------------------------------------------------------


def test_sign_in_form_and_answer() -> None:
    async def run() -> None:
        server = FakeServer()
        server.on("POST", TOKEN, lambda _r: server.tokens(**SIGN_IN_FIELDS, TwoFactorToken="keep"))
        api = make_api(server, signed_in=False)
        found = await api.sign_in(MAIL, "aGFzaA==", two_factor=(0, "123456"), remember=True)
        assert server.forms() == [
            {
                "grant_type": "password",
                "client_id": "desktop",
                "scope": "api offline_access",
                "username": MAIL,
                "password": "aGFzaA==",
                "deviceType": "8",
                "deviceIdentifier": str(DEVICE.id),
                "deviceName": "Claviger",
                "twoFactorProvider": "0",
                "twoFactorToken": "123456",
                "twoFactorRemember": "1",
            }
        ]
        assert found.wrapped_user_key == "2.bmV3ZXI=|dXNlcg==|bWFj"
        assert found.wrapped_private_key == "2.bmV3ZXI=|a2V5|bWFj"
        assert found.kdf is not None
        assert found.kdf.kdf_type is KdfType.ARGON2ID
        assert (found.salt, found.remember_token) == ("Person@Example.com", "keep")
        assert repr(found) == "<TokenAnswer>"
        assert (api.user_id, api.refresh_token, api.is_signed_in) == (USER, "refresh-1", True)
        assert (
            server.seen[0].headers["content-type"].startswith("application/x-www-form-urlencoded")
        )

    asyncio.run(run())


def test_older_answer_without_the_new_structures() -> None:
    raw = b'{"Key":"2.a|b|c","PrivateKey":"2.d|e|f","Kdf":0,"KdfIterations":600000}'
    found = read_sign_in(raw)
    assert (found.wrapped_user_key, found.wrapped_private_key) == ("2.a|b|c", "2.d|e|f")
    assert found.kdf is not None
    assert found.kdf.iterations == 600_000
    assert found.salt is None
    assert read_sign_in(b'{"Key":"2.a|b|c","PrivateKey":"2.d|e|f"}').kdf is None


def refusal(error: str, description: str = "", message: str = "", **more: object) -> Any:
    return {
        "error": error,
        "error_description": description,
        "ErrorModel": {"Message": message, "Object": "error"},
        **more,
    }


CHALLENGE = refusal(
    "invalid_grant",
    "Two factor required.",
    TwoFactorProviders=["0", "1"],
    TwoFactorProviders2={"1": {"Email": "a***@x"}, "0": None, "7": {}},
)
WRONG = refusal(
    "invalid_grant", "invalid_username_or_password", "Username or password is incorrect."
)
CODE = refusal("invalid_grant", "invalid_username_or_password", "Two-step token is invalid.")
VAULTWARDEN_WRONG = {
    "message": "Username or password is incorrect. Try again",
    "validationErrors": {"": ["Username or password is incorrect. Try again"]},
    "errorModel": {"message": "Username or password is incorrect.", "object": "error"},
    "error": "",
    "error_description": "",
    "object": "error",
}
REFUSALS: dict[str, tuple[Any, dict[str, Any], type[ClavigerError]]] = {
    "wrong password": (WRONG, {}, WrongPassword),
    "wrong password, vaultwarden": (VAULTWARDEN_WRONG, {}, WrongPassword),
    "wrong password, empty": (b"", {}, WrongPassword),
    "challenge": (CHALLENGE, {}, TwoStepRequired),
    "stale remember token": (CHALLENGE, {"two_factor": (5, "old")}, TwoStepRequired),
    "wrong code": (CODE, {"two_factor": (0, "000000")}, WrongTwoStepCode),
    "wrong password with remember": (WRONG, {"two_factor": (5, "old")}, WrongPassword),
    "new device": (
        refusal("device_error", "New device verification required"),
        {},
        NewDeviceCodeRequired,
    ),
    "wrong device code": (
        refusal("device_error", "Invalid New Device OTP", "invalid new device otp"),
        {"new_device_otp": "1"},
        WrongTwoStepCode,
    ),
    "no device": (refusal("device_error", "No device information provided"), {}, Refused),
    "sso": (refusal("invalid_grant", "Sso authentication is required."), {}, SignInUnsupported),
    "version": (refusal("version_header_missing", "No header."), {}, SignInUnsupported),
    "old client": (refusal("invalid_client_version", "Update."), {}, SignInUnsupported),
    "captcha": (refusal("invalid_grant", "", HCaptcha_SiteKey="k"), {}, SignInUnsupported),
    "other": (refusal("unsupported_grant_type"), {}, Refused),
}


@pytest.mark.parametrize("name", REFUSALS)
def test_t40_refused_sign_in_is_typed_and_never_repeated(name: str) -> None:
    body, given, kind = REFUSALS[name]

    async def run() -> None:
        server = FakeServer()
        server.on("POST", TOKEN, lambda _r: answer(400, body))
        api = make_api(server, signed_in=False)
        with pytest.raises(kind) as caught:
            await api.sign_in(MAIL, "hash", **given)
        assert type(caught.value) is kind
        assert server.count(TOKEN) == 1
        assert not api.is_signed_in

    asyncio.run(run())


def test_two_step_methods_in_their_order() -> None:
    async def run() -> None:
        server = FakeServer()
        server.on("POST", TOKEN, answer(400, CHALLENGE))
        with pytest.raises(TwoStepRequired) as caught:
            await make_api(server, signed_in=False).sign_in(MAIL, "hash")
        assert caught.value.methods == (1, 0, 7)

    asyncio.run(run())


def test_t40_trouble_is_no_wrong_password_and_not_repeated() -> None:
    async def run() -> None:
        for made, kind in (
            (answer(500), ServerFailed),
            (answer(503, b"", {"Retry-After": "5"}), ServerFailed),
            (answer(429, b"", {"Retry-After": "40"}), RateLimited),
            (answer(400, HTML), NotOurServer),
            (answer(200, HTML), NotOurServer),
            (answer(200, {}), SignInUnsupported),
            (answer(403), Refused),
        ):
            server = FakeServer()
            server.on("POST", TOKEN, made)
            with pytest.raises(kind):
                await make_api(server, signed_in=False).sign_in(MAIL, "hash")
            assert server.count(TOKEN) == 1

    asyncio.run(run())


def test_t40_sign_ins_are_paced() -> None:
    async def run() -> None:
        server = FakeServer()
        times: list[float] = []

        def refuse(_request: object) -> Any:
            times.append(server.clock.monotonic())
            return answer(400, WRONG)

        server.on("POST", TOKEN, refuse)
        api = make_api(server, signed_in=False)
        for _ in range(25):
            with pytest.raises(WrongPassword):
                await api.sign_in(MAIL, "hash")
        for at in range(len(times) - 9):
            assert times[at + 9] - times[at] >= 60

    asyncio.run(run())


def changed(**options: object) -> dict[str, Any]:
    fields = copy.deepcopy(SIGN_IN_FIELDS)
    fields["UserDecryptionOptions"] |= options
    return fields


UNSUPPORTED: dict[str, tuple[dict[str, Any], str]] = {
    "key connector": (
        changed(KeyConnectorOption={"KeyConnectorUrl": "https://evil.example"}),
        "key_connector",
    ),
    "key connector by key": ({**SIGN_IN_FIELDS, "ApiUseKeyConnector": True}, "key_connector"),
    "trusted device": (
        changed(HasMasterPassword=False, TrustedDeviceOption={"HasAdminApproval": True}),
        "trusted_device",
    ),
    "no password": (changed(HasMasterPassword=False), "no_master_password"),
    "signed account": (
        {**SIGN_IN_FIELDS, "AccountKeys": {"signatureKeyPair": {"wrappedSigningKey": "7.x"}}},
        "account_v2",
    ),
    "type 7": ({"Key": "2.a|b|c", "PrivateKey": "7.abc"}, "account_v2"),
    "type 0": ({"Key": "0.a|b", "PrivateKey": "2.a|b|c"}, "legacy_key"),
    "no keys": ({"Key": None}, "no_account_keys"),
}


@pytest.mark.parametrize("name", UNSUPPORTED)
def test_t17_other_ways_end_in_a_clear_refusal(name: str) -> None:
    fields, way = UNSUPPORTED[name]

    async def run() -> None:
        server = FakeServer()
        server.on("POST", TOKEN, lambda _r: server.tokens(**fields))
        api = make_api(server, signed_in=False)
        with pytest.raises(SignInUnsupported) as caught:
            await api.sign_in(MAIL, "hash")
        assert caught.value.what == way
        assert not api.is_signed_in
        assert len(server.seen) == 1

    asyncio.run(run())


def test_codes_by_mail() -> None:
    async def run() -> None:
        server = FakeServer()
        for path in ("/api/two-factor/send-email-login", "/api/accounts/resend-new-device-otp"):
            server.on("POST", path, answer(200))
        api = make_api(server, signed_in=False)
        await api.send_email_code(MAIL, "hash")
        await api.resend_new_device_code(MAIL, "hash")
        assert [request.url.path for request in server.seen] == [
            "/api/two-factor/send-email-login",
            "/api/accounts/resend-new-device-otp",
        ]
        assert str(DEVICE.id).encode() in server.bodies[0]
        assert all("authorization" not in request.headers for request in server.seen)
        api.network_cut = True
        with pytest.raises(Offline):
            await api.send_email_code(MAIL, "hash")

    asyncio.run(run())
