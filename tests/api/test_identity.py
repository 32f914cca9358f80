"""Signing in: settings, ways to be refused, and accounts that need another client."""

from __future__ import annotations

import asyncio
import copy
import json
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from desktop.api.identity import read_prelogin, read_sign_in
from desktop.api.proofs import (
    ApiKeyProof,
    ApprovedProof,
    BrowserProof,
    PasswordProof,
    Proof,
)
from desktop.domain.enums import KdfType
from desktop.domain.errors import (
    AccountBlocked,
    ApprovalFailed,
    BrowserSignInFailed,
    ClavigerError,
    ClientTooOld,
    IdentityChanged,
    KdfOutOfBounds,
    NewDeviceCodeRequired,
    NotOurServer,
    Offline,
    RateLimited,
    Refused,
    ServerFailed,
    SignedOut,
    SignInUnsupported,
    TwoStepRequired,
    TwoStepUnsupported,
    WrongApiKey,
    WrongPassword,
    WrongTwoStepCode,
)
from tests.api.fake_server import (
    BASE,
    DEVICE,
    HTML,
    OTHER,
    SIGN_IN_FIELDS,
    USER,
    FakeServer,
    answer,
    make_api,
)

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
    "version": (refusal("version_header_missing", "No header."), {}, ClientTooOld),
    "old client": (refusal("invalid_client_version", "Update."), {}, ClientTooOld),
    "disabled, vaultwarden": (
        VAULTWARDEN_WRONG | {"message": "This user has been disabled"},
        {},
        AccountBlocked,
    ),
    "very old account": (
        refusal("invalid_grant", "", "Legacy encryption without a userkey is no longer supported."),
        {},
        AccountBlocked,
    ),
    "passkey and Duo only": (
        refusal("invalid_grant", "Two factor required.", TwoFactorProviders2={"7": {}, "2": {}}),
        {},
        TwoStepUnsupported,
    ),
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


# --- other ways -------------------------------------------------------------------------------

KEY = ApiKeyProof(f"user.{USER}", "the secret of the key")


def test_t36_an_api_key_renews_the_session_once_for_everybody() -> None:
    async def run() -> None:
        server = FakeServer()
        server.on("POST", TOKEN, lambda _r: server.tokens(**SIGN_IN_FIELDS, refresh_token=None))
        server.on("GET", "/api/accounts/revision-date", lambda _r: answer(200, 17))
        api = make_api(server, signed_in=False)
        await api.sign_in_with(KEY)
        assert (api.refresh_token, api.api_key, api.is_signed_in) == (None, KEY, True)
        server.clock.seconds += 3_700
        await asyncio.gather(*(api.revision_date() for _ in range(50)))
        assert server.count(TOKEN) == 2
        first, second = server.forms()
        assert first == second
        assert first["grant_type"] == "client_credentials"
        assert (first["client_id"], first["client_secret"]) == (KEY.client_id, KEY.secret)
        assert first["deviceIdentifier"] == str(DEVICE.id)

    asyncio.run(run())


def test_t37_a_key_that_was_replaced_ends_the_session() -> None:
    async def run() -> None:
        server = FakeServer()
        server.on("POST", TOKEN, lambda _r: answer(400, {"error": "invalid_client"}))
        api = make_api(server, signed_in=False)
        api.set_api_key(KEY, USER)
        with pytest.raises(SignedOut):
            await api.revision_date()
        assert (api.api_key, api.is_signed_in) == (None, False)
        with pytest.raises(SignedOut):
            await api.revision_date()
        assert server.count(TOKEN) == 1

    asyncio.run(run())


def test_t38_a_key_that_answers_as_somebody_else_is_dropped() -> None:
    async def run() -> None:
        server = FakeServer()
        server.on("POST", TOKEN, lambda _r: server.tokens(OTHER))
        api = make_api(server, signed_in=False)
        api.set_api_key(KEY, USER)
        with pytest.raises(IdentityChanged):
            await api.revision_date()
        assert (api.api_key, api.is_signed_in) == (None, False)

    asyncio.run(run())


def test_t41_signing_out_forgets_the_key_and_a_password_takes_its_place() -> None:
    async def run() -> None:
        server = FakeServer()
        server.on("POST", TOKEN, lambda _r: server.tokens(**SIGN_IN_FIELDS))
        api = make_api(server, signed_in=False)
        api.set_api_key(KEY, USER)
        await api.sign_in(MAIL, "hash")
        assert (api.api_key, api.refresh_token) == (None, "refresh-1")
        api.set_api_key(KEY, USER)
        api.sign_out()
        assert (api.api_key, api.refresh_token, api.is_signed_in) == (None, None, False)

    asyncio.run(run())


PROOFS: tuple[Proof, ...] = (
    KEY,
    PasswordProof(MAIL, "canary-hash"),
    BrowserProof(MAIL, "canary-code", "canary-verifier", "http://localhost:8065"),
    ApprovedProof(MAIL, USER, "canary-access"),
)


@pytest.mark.parametrize("proof", PROOFS, ids=lambda one: type(one).__name__)
def test_t92_proofs_never_show_themselves(proof: Proof) -> None:
    for told in (repr(proof), str(proof), f"{proof}"):
        assert "canary" not in told
        assert "secret of" not in told


@pytest.mark.parametrize(
    ("proof", "fields"),
    [
        (PROOFS[1], {"email": MAIL, "masterPasswordHash": "canary-hash"}),
        (PROOFS[2], {"email": MAIL, "ssoEmail2FaSessionToken": "the-session"}),
        (
            PROOFS[3],
            {"email": MAIL, "authRequestId": str(USER), "authRequestAccessCode": "canary-access"},
        ),
    ],
    ids=["password", "browser", "approved"],
)
def test_a_code_is_mailed_to_whoever_came_by_any_way(proof: Proof, fields: dict[str, str]) -> None:
    async def run() -> None:
        server = FakeServer()
        path = "/api/two-factor/send-email-login"
        server.on("POST", path, answer(200))
        server.on(
            "POST", TOKEN, answer(400, CHALLENGE | {"SsoEmail2faSessionToken": "the-session"})
        )
        api = make_api(server, signed_in=False)
        await api.send_code_for(PROOFS[0])
        assert server.count(path) == 0
        with pytest.raises(TwoStepRequired):
            await api.sign_in_with(proof)
        await api.send_code_for(proof)
        assert json.loads(server.bodies[-1]) == {**fields, "deviceIdentifier": str(DEVICE.id)}

    asyncio.run(run())


@pytest.mark.parametrize(
    ("proof", "body", "kind"),
    [
        (PROOFS[0], {"error": "invalid_client"}, WrongApiKey),
        (PROOFS[2], {"error": "invalid_grant"}, BrowserSignInFailed),
        (PROOFS[3], WRONG, ApprovalFailed),
        (
            PROOFS[3],
            refusal("device_error", "Auth requests are not supported on unknown devices"),
            ApprovalFailed,
        ),
        (PROOFS[1], {"error": "invalid_client"}, Refused),
    ],
    ids=["key", "browser", "approved", "unknown device", "other"],
)
def test_t40_what_a_refusal_means_depends_on_the_way(
    proof: Proof, body: Any, kind: type[ClavigerError]
) -> None:
    async def run() -> None:
        server = FakeServer()
        server.on("POST", TOKEN, lambda _r: answer(400, body))
        with pytest.raises(kind) as caught:
            await make_api(server, signed_in=False).sign_in_with(proof)
        assert type(caught.value) is kind
        assert server.count(TOKEN) == 1

    asyncio.run(run())


def test_t33_the_browser_is_only_sent_to_the_configured_server() -> None:
    async def run() -> None:
        server = FakeServer()
        path = "/identity/sso/prevalidate"
        token = "x&redirect_uri=https://evil.example#"
        server.on("GET", path, answer(200, {"token": token}))
        api = make_api(server, signed_in=False)
        address = await api.sso_page("acme & co", "http://localhost:8065", state="s")
        parts = urlsplit(address)
        assert (
            f"{parts.scheme}://{parts.netloc}{parts.path}" == f"{BASE}/identity/connect/authorize"
        )
        asked = parse_qs(parts.query)
        assert asked["redirect_uri"] == ["http://localhost:8065"]
        assert asked["domain_hint"] == ["acme & co"]
        assert asked["ssoToken"] == [token]
        for made, kind in (
            (answer(400, {"message": "No such organization"}), BrowserSignInFailed),
            (answer(200, {}), NotOurServer),
            (answer(200, HTML), NotOurServer),
            (answer(500), ServerFailed),
        ):
            server.on("GET", path, made)
            with pytest.raises(kind):
                await api.sso_page("acme", "http://localhost:8065")

    asyncio.run(run())


@pytest.mark.parametrize("client_id", ["", "user.", f"organization.{USER}", f"user.{USER}/x", "a"])
def test_other_texts_are_no_api_key(client_id: str) -> None:
    with pytest.raises(WrongApiKey):
        _ = ApiKeyProof(client_id, "secret").user_id
    with pytest.raises(WrongApiKey):
        _ = ApiKeyProof(f"user.{USER}", "").user_id
    assert KEY.user_id == USER


def test_t18_half_of_each_kind_of_account_is_refused() -> None:
    keys = {"signatureKeyPair": {"wrappedSigningKey": "7.x"}}
    whole = {"Key": "2.a|b|c", "PrivateKey": "7.abc", "AccountKeys": keys}
    assert read_sign_in(json.dumps(whole).encode()).is_v2
    assert not read_sign_in(b'{"Key":"2.a|b|c","PrivateKey":"2.d|e|f"}').is_v2
    for half in (
        whole | {"PrivateKey": "2.d|e|f"},
        whole | {"AccountKeys": {}},
        whole | {"PrivateKey": "0.d|e"},
    ):
        with pytest.raises(SignInUnsupported) as refused:
            read_sign_in(json.dumps(half).encode())
        assert refused.value.what == "account_v2"
    with pytest.raises(SignInUnsupported):
        read_sign_in(json.dumps(whole | {"Key": "7.abc"}).encode())
