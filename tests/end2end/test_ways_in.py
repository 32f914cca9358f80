"""Every way into an account, through the real services, over HTTPS, on the practice server."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from desktop.api.loopback import Loopback
from desktop.crypto.cose import CoseKey
from desktop.domain.enums import TwoFactorMethod
from desktop.domain.errors import (
    AccountDowngraded,
    ApprovalFailed,
    BrowserSignInFailed,
    ClientTooOld,
    IdentityChanged,
    KdfOutOfBounds,
    KdfWeakened,
    MasterPasswordRequired,
    NewDeviceCodeRequired,
    SaltDiffers,
    SignedOut,
    SignInUnsupported,
    TwoStepRequired,
    TwoStepUnsupported,
    WrongApiKey,
    WrongPassword,
    WrongTwoStepCode,
)
from desktop.domain.events import EventHub
from desktop.practice import keys, yubikey
from desktop.services import sign_in as ways
from desktop.services.desk import Desk
from desktop.services.entrance import Entrance, SignIn, practice_address
from desktop.settings.connections import ConnectionRecord
from desktop.settings.profile import ProfileFolder
from tests.browser import Browser
from tests.end2end.stage import Account, FastClock, setup, signed_in
from tests.practice_process import PracticeHandle, practice_server

ORGANIZATION = "havenlicht"


@pytest.fixture(scope="module")
def server() -> Iterator[PracticeHandle]:
    """Of its own, fast: what accounts have here is put back after each test."""
    with practice_server("--clock", "50") as handle:
        # Derived once, so that every test finds these accounts ready.
        for role in ("provider_admin", "service_user"):
            handle.ways(handle.account(role)["email"])
        handle.post("keep", {})
        yield handle


@pytest.fixture(autouse=True)
def as_it_was(server: PracticeHandle) -> Iterator[None]:
    yield
    server.script()
    server.post("put-back", {})


@pytest.fixture
def account(server: PracticeHandle) -> Account:
    return Account.of(server)


Scene = Callable[[Entrance], Awaitable[None]]


def scene(folder: Path, work: Scene) -> None:
    async def run() -> None:
        with ProfileFolder.open(folder) as profile:
            await work(Entrance(profile, EventHub(), FastClock()))

    asyncio.run(run())


def begin(entrance: Entrance, account: Account) -> SignIn:
    return entrance.begin(
        practice_address(account.url, account.ca), account.email, is_practice=True
    )


async def works(desk: Desk) -> None:
    """The keys are open and the server answers."""
    assert len((await desk.clients.fetch()).data) >= 3
    await desk.lock()


async def opens_without_network(entrance: Entrance, password: str) -> None:
    record = entrance.connections()[-1]
    desk = await entrance.unlock(record.id, password)
    assert await desk.clients.cached() is not None
    await desk.lock()


def tokens(server: PracticeHandle) -> int:
    return sum(one["path"] == "/identity/connect/token" for one in server.requests())


async def off(work: Callable[..., Any], *args: object, **more: object) -> Any:
    return await asyncio.to_thread(work, *args, **more)


# --- second steps -----------------------------------------------------------------------------


def test_code_by_mail(server: PracticeHandle, account: Account, tmp_path: Path) -> None:
    server.ways(account.email, twoStep=[1])

    async def work(entrance: Entrance) -> None:
        attempt = begin(entrance, account)
        with pytest.raises(TwoStepRequired) as asked:
            await attempt.with_password(account.password)
        assert asked.value.methods == (1,)
        assert not [one for one in server.mails() if one["kind"] == "two_step_code"]
        await attempt.send_email_code()
        with pytest.raises(WrongTwoStepCode):
            await attempt.with_code(1, "nothing")
        await attempt.send_email_code()
        code = await off(server.mailed_code, account.email)
        await works(await attempt.with_code(1, f" {code} "))

    scene(tmp_path / "p", work)


def test_hardware_key(server: PracticeHandle, account: Account, tmp_path: Path) -> None:
    made = server.ways(account.email, twoStep=[3, 7])

    async def work(entrance: Entrance) -> None:
        attempt = begin(entrance, account)
        with pytest.raises(TwoStepRequired) as asked:
            await attempt.with_password(account.password)
        assert asked.value.methods == (3, 7)
        await works(await attempt.with_code(3, yubikey.press(made["yubikey"], 1)))

    scene(tmp_path / "p", work)


def test_recovery_code_switches_two_step_login_off(
    server: PracticeHandle, account: Account, tmp_path: Path
) -> None:
    made = server.ways(account.email, twoStep=[2, 7])

    async def work(entrance: Entrance) -> None:
        attempt = begin(entrance, account)
        with pytest.raises(TwoStepUnsupported):
            await attempt.with_password(account.password)
        spaced = " ".join(re.findall("....", made["recoveryCode"].upper()))
        await works(await attempt.with_recovery_code(spaced))
        await works(await begin(entrance, account).with_password(account.password))

    scene(tmp_path / "p", work)


def test_t17_duo_and_passkeys_are_refused_with_what_works_instead(
    server: PracticeHandle, account: Account, tmp_path: Path
) -> None:
    server.ways(account.email, twoStep=[2, 7])

    async def work(entrance: Entrance) -> None:
        attempt = begin(entrance, account)
        with pytest.raises(TwoStepUnsupported) as refused:
            await attempt.with_password(account.password)
        assert refused.value.offered == (2, 7)
        assert refused.value.working == (0, 1, 3)
        assert refused.value.ways == ("api_key",)
        before = tokens(server)
        for method in (TwoFactorMethod.DUO, TwoFactorMethod.WEBAUTHN, TwoFactorMethod.REMEMBER):
            with pytest.raises(TwoStepUnsupported):
                await attempt.with_code(method, "anything")
        assert tokens(server) == before

    scene(tmp_path / "p", work)


def test_a_remembered_step_is_answered_without_a_question(
    server: PracticeHandle, account: Account, tmp_path: Path
) -> None:
    made = server.ways(account.email, twoStep=[3])
    touch = iter(range(1, 99))

    async def step(attempt: SignIn, *, remember: bool) -> Desk:
        code = yubikey.press(made["yubikey"], next(touch))
        return await attempt.with_code(3, code, remember=remember)

    async def work(entrance: Entrance) -> None:
        attempt = begin(entrance, account)
        with pytest.raises(TwoStepRequired):
            await attempt.with_password(account.password)
        await works(await step(attempt, remember=True))
        before = tokens(server)
        desk = await begin(entrance, account).with_password(account.password)
        assert tokens(server) == before + 1
        await desk.sign_in_again(account.password)
        await works(desk)
        # A wrong password does not reach the sealed token, nor drops it.
        with pytest.raises(WrongPassword):
            await begin(entrance, account).with_password("not the password")
        # After a month the server asks again; the token is dropped, and asked for only once.
        await off(server.advance, 31 * 86_400)
        attempt = begin(entrance, account)
        with pytest.raises(TwoStepRequired):
            await attempt.with_password(account.password)
        await works(await step(attempt, remember=False))
        before = tokens(server)
        attempt = begin(entrance, account)
        with pytest.raises(TwoStepRequired):
            await attempt.with_password(account.password)
        assert tokens(server) == before + 1
        assert await off(attempt._remembered, attempt._master) is None
        await attempt.abandon()

    scene(tmp_path / "p", work)


# --- devices and versions ---------------------------------------------------------------------


def test_a_new_computer_asks_for_the_mailed_code(
    server: PracticeHandle, account: Account, tmp_path: Path
) -> None:
    async def first(entrance: Entrance) -> None:
        await works(await begin(entrance, account).with_password(account.password))

    async def second(entrance: Entrance) -> None:
        attempt = begin(entrance, account)
        with pytest.raises(NewDeviceCodeRequired):
            await attempt.with_password(account.password)
        old = await off(server.mailed_code, account.email, "new_device_code")
        with pytest.raises(WrongTwoStepCode):
            await attempt.with_device_code("not a code")
        await attempt.resend_device_code()
        code = await off(server.mailed_code, account.email, "new_device_code")
        sent = [one for one in server.mails() if one["kind"] == "new_device_code"]
        assert len(sent) == 2
        if old != code:
            with pytest.raises(WrongTwoStepCode):
                await attempt.with_device_code(old)
        await works(await attempt.with_device_code(code))
        await works(await begin(entrance, account).with_password(account.password))

    scene(tmp_path / "one", first)
    server.ways(account.email, newDeviceCodes=True)
    server.advance(86_401)
    scene(tmp_path / "two", second)


def test_a_server_that_wants_a_newer_client_says_so(
    server: PracticeHandle, account: Account, tmp_path: Path
) -> None:
    server.ways(account.email, oldestClient="2040.1.0")

    async def work(entrance: Entrance) -> None:
        with pytest.raises(ClientTooOld):
            await begin(entrance, account).with_password(account.password)

    scene(tmp_path / "p", work)


# --- API key ----------------------------------------------------------------------------------


def test_t41_api_key_is_the_way_round_and_goes_with_the_sign_out(
    server: PracticeHandle, account: Account, tmp_path: Path
) -> None:
    made = server.ways(account.email, twoStep=[7], sso=ORGANIZATION, ssoRequired=True)
    key = made["clientId"], made["clientSecret"]
    server.watch(password=account.password.encode())

    async def work(entrance: Entrance) -> None:
        with pytest.raises(SignInUnsupported) as refused:
            await begin(entrance, account).with_password(account.password)
        assert (refused.value.what, refused.value.ways, refused.value.organization) == (
            "sso_required",
            ("browser", "api_key"),
            ORGANIZATION,
        )
        attempt = begin(entrance, account)
        with pytest.raises(WrongPassword):
            await attempt.with_api_key(*key, "not the password")
        before = tokens(server)
        desk = await attempt.with_master_password(account.password)
        assert tokens(server) == before
        # An hour later the key itself renews the session, once for all who ask.
        await off(server.advance, 3_700)
        before = tokens(server)
        await asyncio.gather(*(desk.link.api.profile() for _ in range(8)))
        assert tokens(server) == before + 1
        await works(desk)
        desk = await entrance.unlock(entrance.connections()[0].id, account.password)
        await desk.connect()
        await desk.sign_out()
        desk = await entrance.unlock(entrance.connections()[0].id, account.password)
        assert desk.link.secrets.get("api_key") is None
        with pytest.raises(SignedOut):
            await desk.connect()
        await desk.lock()

    scene(tmp_path / "p", work)
    assert server.leaks() == []


def test_t40_wrong_api_keys_are_asked_once_or_not_at_all(
    server: PracticeHandle, account: Account, tmp_path: Path
) -> None:
    made = server.ways(account.email)

    async def work(entrance: Entrance) -> None:
        for client_id, secret, asked in (
            (made["clientId"], "wrong", 1),
            (made["clientId"], "", 0),
            ("organization.x", made["clientSecret"], 0),
            ("user.../../x", made["clientSecret"], 0),
        ):
            before = tokens(server)
            with pytest.raises(WrongApiKey):
                await begin(entrance, account).with_api_key(client_id, secret, account.password)
            assert tokens(server) == before + asked

    scene(tmp_path / "p", work)


def test_t04_a_key_of_somebody_else_opens_no_desk(
    server: PracticeHandle, account: Account, tmp_path: Path
) -> None:
    other = server.account("service_user")
    made = server.ways(other["email"])

    async def work(entrance: Entrance) -> None:
        with pytest.raises(SaltDiffers) as refused:
            await begin(entrance, account).with_api_key(
                made["clientId"], made["clientSecret"], other["password"]
            )
        assert (refused.value.expected, refused.value.given) == (account.email, other["email"])
        assert entrance.connections() == ()

    scene(tmp_path / "p", work)


def test_t38_a_token_for_another_user_than_the_keys_is_refused(
    server: PracticeHandle, account: Account, tmp_path: Path
) -> None:
    """The server answers the key of one person with the session of another."""
    made = server.ways(server.account("service_user")["email"])
    mine = server.ways(account.email)
    form = {
        "grant_type": "client_credentials", "client_id": mine["clientId"],
        "client_secret": mine["clientSecret"], "deviceType": "8", "deviceIdentifier": "d",
        "deviceName": "d",
    }  # fmt: skip
    headers = {"Bitwarden-Client-Version": "2026.8.0"}
    answer = server.http.post("/identity/connect/token", data=form, headers=headers).json()
    server.script(
        {"path": "/identity/connect/token", "do": "status", "status": 200, "body": answer}
    )

    async def work(entrance: Entrance) -> None:
        with pytest.raises(IdentityChanged):
            await begin(entrance, account).with_api_key(
                made["clientId"], made["clientSecret"], account.password
            )
        assert entrance.connections() == ()
        # Nothing was asked with what came.
        assert server.requests()[-1]["path"] == "/identity/connect/token"

    scene(tmp_path / "p", work)


# --- single sign-on ---------------------------------------------------------------------------


def test_single_sign_on_and_then_the_password(
    server: PracticeHandle, account: Account, tmp_path: Path
) -> None:
    server.ways(account.email, sso=ORGANIZATION, ssoRequired=True)
    server.watch(password=account.password.encode())

    async def work(entrance: Entrance) -> None:
        browser = Browser(server, account.email)
        attempt = begin(entrance, account)
        with pytest.raises(MasterPasswordRequired):
            await attempt.with_browser(f" {ORGANIZATION} ", browser, page="<p>Back to Claviger</p>")
        await asyncio.gather(*browser.tasks)
        assert browser.shown == [(200, "<p>Back to Claviger</p>")]
        asked = {name: one[0] for name, one in parse_qs(urlsplit(browser.seen[0]).query).items()}
        assert browser.seen[0].startswith(f"{account.url}/identity/connect/authorize?")
        assert asked["code_challenge_method"] == "S256"
        assert asked["redirect_uri"] in {f"http://localhost:{port}" for port in range(8065, 8071)}
        with pytest.raises(WrongPassword):
            await attempt.with_master_password("not the password")
        before = len(browser.seen), tokens(server)
        desk = await attempt.with_master_password(account.password)
        assert (len(browser.seen), tokens(server)) == before
        await works(desk)
        await opens_without_network(entrance, account.password)

    scene(tmp_path / "p", work)
    assert server.leaks() == []


def test_second_step_after_single_sign_on(
    server: PracticeHandle, account: Account, tmp_path: Path
) -> None:
    server.ways(account.email, sso=ORGANIZATION, twoStep=[1])

    async def work(entrance: Entrance) -> None:
        browser = Browser(server, account.email)
        attempt = begin(entrance, account)
        with pytest.raises(TwoStepRequired):
            await attempt.with_browser(ORGANIZATION, browser)
        await asyncio.gather(*browser.tasks)
        await attempt.send_email_code()
        code = await off(server.mailed_code, account.email)
        with pytest.raises(MasterPasswordRequired):
            await attempt.with_code(1, code)
        await works(await attempt.with_master_password(account.password))

    scene(tmp_path / "p", work)


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (lambda address: re.sub(r"state=[^&]+", "state=forged", address), "state"),
        (lambda address: re.sub(r"code=[^&]+", "error=access_denied", address), "denied"),
        (lambda address: re.sub(r"code=[^&]+", "code=AAAA", address), "code"),
    ],
    ids=["state", "denied", "code"],
)
def test_t17_what_comes_back_from_the_browser_is_checked(
    change: Callable[[str], str],
    reason: str,
    server: PracticeHandle,
    account: Account,
    tmp_path: Path,
) -> None:
    server.ways(account.email, sso=ORGANIZATION)

    async def work(entrance: Entrance) -> None:
        browser = Browser(server, account.email)
        browser.change = change
        with pytest.raises(BrowserSignInFailed) as failed:
            await begin(entrance, account).with_browser(ORGANIZATION, browser)
        assert failed.value.reason == reason
        await asyncio.gather(*browser.tasks)

    scene(tmp_path / "p", work)


def test_single_sign_on_that_leads_nowhere(
    server: PracticeHandle, account: Account, tmp_path: Path
) -> None:
    server.ways(account.email, sso=ORGANIZATION)

    async def work(entrance: Entrance) -> None:
        with pytest.raises(BrowserSignInFailed) as failed:
            await begin(entrance, account).with_browser("unknown", pytest.fail)
        assert failed.value.reason == "organization"
        with pytest.raises(BrowserSignInFailed) as failed:
            await begin(entrance, account).with_browser(ORGANIZATION, lambda _address: None)
        assert failed.value.reason == "timeout"
        # The port is free again.
        await (await Loopback.open("state")).close()

    scene(tmp_path / "p", work)


@pytest.mark.parametrize("unlocking", ["trusted_device", "key_connector"])
def test_t17_accounts_without_a_master_password_are_refused_with_two_ways_out(
    unlocking: str, server: PracticeHandle, account: Account, tmp_path: Path
) -> None:
    made = server.ways(account.email, sso=ORGANIZATION, unlocking=unlocking)

    async def work(entrance: Entrance) -> None:
        browser = Browser(server, account.email)
        with pytest.raises(SignInUnsupported) as refused:
            await begin(entrance, account).with_browser(ORGANIZATION, browser)
        assert refused.value.what == unlocking
        assert refused.value.ways == ("set_password", "other_account")
        await asyncio.gather(*browser.tasks)
        with pytest.raises(SignInUnsupported) as refused:
            await begin(entrance, account).with_api_key(
                made["clientId"], made["clientSecret"], account.password
            )
        assert refused.value.what == unlocking
        assert not [one for one in server.requests() if "key-connector" in one["path"]]
        assert entrance.connections() == ()

    scene(tmp_path / "p", work)


# --- another device ---------------------------------------------------------------------------


def test_another_device_lets_a_known_desk_in(
    server: PracticeHandle, account: Account, tmp_path: Path
) -> None:
    async def work(entrance: Entrance) -> None:
        with pytest.raises(ApprovalFailed) as failed:
            await begin(entrance, account).ask_device()
        assert failed.value.reason == "unknown_desk"
        await works(await begin(entrance, account).with_password(account.password))
        before = entrance.connections()[0]
        attempt = begin(entrance, account)
        phrase = await attempt.ask_device()
        assert len(phrase) == 5
        waiting = asyncio.ensure_future(attempt.with_approval())
        await off(server.post, "approve", {"email": account.email})
        await works(await waiting)
        # Nobody typed the password: what it opens is left as it was.
        after = entrance.connections()[0]
        assert (after.wrapped_user_key, after.kdf, after.id) == (
            before.wrapped_user_key,
            before.kdf,
            before.id,
        )
        await opens_without_network(entrance, account.password)

    scene(tmp_path / "p", work)


def test_second_step_after_another_devices_yes(
    server: PracticeHandle, account: Account, tmp_path: Path
) -> None:
    async def work(entrance: Entrance) -> None:
        await works(await begin(entrance, account).with_password(account.password))
        await off(server.ways, account.email, twoStep=[1])
        attempt = begin(entrance, account)
        await attempt.ask_device()
        await off(server.post, "approve", {"email": account.email})
        with pytest.raises(TwoStepRequired):
            await attempt.with_approval()
        await attempt.send_email_code()
        code = await off(server.mailed_code, account.email)
        await works(await attempt.with_code(1, code))

    scene(tmp_path / "p", work)


def test_t17_a_user_key_that_the_server_made_up_is_not_taken(
    server: PracticeHandle, account: Account, tmp_path: Path
) -> None:
    """RSA wrapping is unsigned: only the key that opens this desk is the account's."""

    async def work(entrance: Entrance) -> None:
        await works(await begin(entrance, account).with_password(account.password))
        attempt = begin(entrance, account)
        await attempt.ask_device()
        await off(server.post, "approve", {"email": account.email, "wrong": True})
        before = tokens(server)
        with pytest.raises(IdentityChanged):
            await attempt.with_approval()
        assert tokens(server) == before
        assert len(entrance.connections()) == 1

    scene(tmp_path / "p", work)


def test_a_no_or_no_answer_ends_as_expired(
    server: PracticeHandle, account: Account, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def work(entrance: Entrance) -> None:
        await works(await begin(entrance, account).with_password(account.password))
        attempt = begin(entrance, account)
        await attempt.ask_device()
        await off(server.post, "approve", {"email": account.email, "approve": False})
        monkeypatch.setattr(ways, "APPROVAL_DEADLINE_S", 30.0)
        with pytest.raises(ApprovalFailed) as failed:
            await attempt.with_approval()
        assert failed.value.reason == "expired"
        await attempt.ask_device()
        await off(server.advance, 901)
        with pytest.raises(ApprovalFailed) as failed:
            await attempt.with_approval()
        assert failed.value.reason == "expired"

    scene(tmp_path / "p", work)


# --- V2 accounts ------------------------------------------------------------------------------


def record_of(folder: Path) -> ConnectionRecord:
    with ProfileFolder.open(folder) as profile:
        return Entrance(profile, EventHub(), FastClock()).connections()[-1]


def test_t18_a_v2_account_signs_in_unlocks_and_works(tmp_path: Path) -> None:
    with practice_server() as other:
        mine, folder = Account.of(other), tmp_path / "p"
        other.ways(mine.email, v2=True)

        async def work() -> None:
            async with signed_in(mine, folder) as desk:
                assert isinstance(desk.session.user_key, CoseKey)
                plan, preview = setup("v2")
                assert (await desk.runs.execute(plan, preview=preview)).is_done
                await desk.sign_in_again(mine.password)
            async with signed_in(mine, folder) as desk:
                clients = (await desk.clients.fetch()).data
                assert "Client v2" in {one.organization_name for one in clients}

        asyncio.run(work())
        assert record_of(folder).is_v2
        # Nothing was written in the new kind: what went out is what every client reads.
        sent = [one for one in other.state()["organizations"] if one["name"] == "Client v2"]
        assert len(sent) == 1
        state = other.state()
        assert not [one for one in state["ciphers"] if str(one["name"]).startswith("7.")]
        assert not [
            one for one in state["providerOrganizations"] if str(one["key"]).startswith("7.")
        ]


def test_t18_an_older_state_of_a_v2_account_is_refused(tmp_path: Path) -> None:
    with practice_server() as server:
        account, folder = Account.of(server), tmp_path / "p"
        server.ways(account.email)
        server.post("keep", {})
        server.ways(account.email, v2=True)

        async def first(entrance: Entrance) -> None:
            await works(await begin(entrance, account).with_password(account.password))

        async def second(entrance: Entrance) -> None:
            desk = await entrance.unlock(entrance.connections()[0].id, account.password)
            with pytest.raises(AccountDowngraded):
                await desk.sign_in_again(account.password)
            await desk.lock()
            before = tokens(server)
            with pytest.raises(AccountDowngraded):
                await begin(entrance, account).with_password(account.password)
            # Nothing was asked with the token, nothing kept.
            assert tokens(server) == before + 1
            assert server.requests()[-1]["path"] == "/identity/connect/token"
            assert len(entrance.connections()) == 1
            # What the desk knows still opens.
            await opens_without_network(entrance, account.password)

        scene(folder, first)
        server.post("put-back", {})
        scene(folder, second)
        # Another desk has never seen the new state: it cannot know.
        scene(tmp_path / "other", first)


# --- what a malicious answer must not do ------------------------------------------------------


@pytest.mark.parametrize(
    "kdf",
    [{"iterations": 1}, {"kdf": 1, "iterations": 3, "memory": 65_536, "parallelism": 4}],
    ids=["t01", "t02"],
)
def test_t01_t02_settings_of_a_token_answer_are_judged_like_those_of_prelogin(
    kdf: dict[str, int], server: PracticeHandle, account: Account, tmp_path: Path
) -> None:
    made = server.ways(account.email)
    server.post("user", {"email": account.email, **kdf})

    async def work(entrance: Entrance) -> None:
        with pytest.raises(KdfOutOfBounds):
            await begin(entrance, account).with_api_key(
                made["clientId"], made["clientSecret"], account.password
            )
        assert entrance.connections() == ()

    scene(tmp_path / "p", work)


def test_t03_t04_settings_of_a_token_answer_are_held_against_what_is_known(
    server: PracticeHandle, account: Account, tmp_path: Path
) -> None:
    made = server.ways(account.email)
    key = made["clientId"], made["clientSecret"]

    async def work(entrance: Entrance) -> None:
        await works(await begin(entrance, account).with_password(account.password))
        await off(server.post, "user", {"email": account.email, "iterations": 100_000})
        with pytest.raises(KdfWeakened):
            await begin(entrance, account).with_api_key(*key, account.password)
        other = {"email": account.email, "iterations": 600_000, "salt": "other@example.com"}
        await off(server.post, "user", other)
        attempt = begin(entrance, account)
        with pytest.raises(SaltDiffers) as asked:
            await attempt.with_api_key(*key, account.password)
        # A person's word goes on with the same attempt; the password then does not fit here.
        attempt.accept_salt(asked.value.given)
        before = tokens(server)
        with pytest.raises(WrongPassword):
            await attempt.with_master_password(account.password)
        assert tokens(server) == before

    scene(tmp_path / "p", work)


def test_t38_another_users_session_with_the_same_password_is_refused(
    server: PracticeHandle, account: Account, tmp_path: Path
) -> None:
    """Single sign-on as somebody else ends at the profile's address."""
    other = server.account("service_user")
    server.ways(other["email"], sso=ORGANIZATION)
    server.post("user", {"email": other["email"], "salt": account.email})
    made = keys.credentials(
        account.password, account.email, b"o" * 64, keys.Kdf(0, keys.PBKDF2_ROUNDS)
    )
    server.post("user", {"email": other["email"], "wrappedUserKey": made.wrapped_user_key})

    async def work(entrance: Entrance) -> None:
        browser = Browser(server, other["email"])
        attempt = begin(entrance, account)
        with pytest.raises(MasterPasswordRequired):
            await attempt.with_browser(ORGANIZATION, browser)
        await asyncio.gather(*browser.tasks)
        with pytest.raises(IdentityChanged):
            await attempt.with_master_password(account.password)
        assert entrance.connections() == ()

    scene(tmp_path / "p", work)
