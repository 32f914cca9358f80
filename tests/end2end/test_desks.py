"""Several connections side by side: what a password opens, what a link opens, what a lock ends."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from desktop.cache.store import Store
from desktop.crypto.kdf import derive_master_key
from desktop.domain.enums import KdfType
from desktop.domain.errors import Locked, WrongPassword, WrongPasswordOf
from desktop.domain.events import ClientsChanged, ConnectionsChanged, Event, LockedNow
from desktop.domain.records import Kdf
from desktop.services import entrance, linking
from desktop.services.desk import Desk
from desktop.services.desks import Desks
from desktop.services.entrance import address_of
from desktop.services.local_log import LINKED, LINKS_ENDED, OPENS_NO_MORE, OPENS_OTHER, UNLINKED
from desktop.services.opening import open_store
from tests.end2end.house import (
    EU,
    OWN,
    SHARED,
    STAFF,
    US,
    House,
    desks_in,
    furnish,
    house,
    labels,
    named,
)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    with house(tmp_path_factory.mktemp("house") / "desk") as made:
        asyncio.run(furnish(made))
        yield made


def scene(home: House, folder: Path, work: Callable[[Desks], Awaitable[None]]) -> None:
    """Works on a copy of the desk, then once more in the same folder if called again."""
    if not folder.exists():
        home.copy(folder)

    async def run() -> None:
        async with desks_in(folder) as desks:
            await work(desks)

    asyncio.run(run())


async def told(desk: Desk) -> list[str]:
    return [line.what for line in await desk.log.entries()]


# --- passwords ------------------------------------------------------------------------------------


def test_one_password_opens_what_it_fits_and_asks_no_server(home: House, tmp_path: Path) -> None:
    async def work(desks: Desks) -> None:
        before = home.asked()
        seen: list[str] = []
        opened = await desks.unlock(
            SHARED, named(desks, STAFF), lambda desk: seen.append(desk.connection.label)
        )
        # The chosen one first, whatever its place in the list.
        assert seen == [one.connection.label for one in opened] == [STAFF, US]
        assert labels(desks) == ([US, STAFF], [EU])
        await desks.unlock(OWN)
        assert labels(desks) == ([US, STAFF, EU], [])
        assert home.asked() == before
        # Each with a budget, files and news of its own.
        first, second, third = desks.open
        heard: list[Event] = []
        third.hub.subscribe(heard.append)
        await first.connect()
        await first.clients.fetch()
        assert heard == []
        third.link.publish(ClientsChanged())
        assert heard == [ClientsChanged()]
        assert len({id(one.link.api) for one in (first, second, third)}) == 3

    scene(home, tmp_path / "p", work)


def test_a_wrong_password_opens_nothing_and_leaves_no_trace(home: House, tmp_path: Path) -> None:
    async def work(desks: Desks) -> None:
        before = home.asked()
        for _again in range(3):
            with pytest.raises(WrongPassword):
                await desks.unlock("not the password", named(desks, US))
        assert labels(desks) == ([], [US, STAFF, EU])
        assert home.asked() == before
        await desks.unlock(SHARED)
        (us, _staff) = desks.open
        assert (await told(us))[:2] == ["unlocked", "locked"]

    scene(home, tmp_path / "p", work)


def test_what_is_alike_is_derived_once(
    home: House, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two servers, the same e-mail and settings: one derivation tries both."""
    derived: list[str] = []

    def counted(password: str, salt: str, *rest: object) -> object:
        derived.append(salt)
        return derive_master_key(password, salt, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(entrance, "derive_master_key", counted)

    async def work(desks: Desks) -> None:
        await desks.unlock(OWN)
        chief, staff = (home.us.account(one)["email"] for one in ("provider_admin", "service_user"))
        assert home.eu.account("provider_admin")["email"] == chief
        assert sorted(derived) == sorted([chief, staff])
        assert labels(desks)[0] == [EU]

    scene(home, tmp_path / "p", work)


def test_t81_a_lock_in_the_middle_of_an_unlock_leaves_nothing_open(
    home: House, tmp_path: Path
) -> None:
    async def work(desks: Desks) -> None:
        found: list[Desk] = []
        locking: list[asyncio.Task[None]] = []
        heard: list[Event] = []
        desks.hub.subscribe(heard.append)

        def opened(desk: Desk) -> None:
            found.append(desk)
            locking.append(asyncio.ensure_future(desks.lock()))

        with pytest.raises(Locked):
            await desks.unlock(SHARED, named(desks, US), opened)
        await asyncio.gather(*locking)
        assert [one.connection.label for one in found] == [US]
        assert labels(desks) == ([], [US, STAFF, EU])
        assert found[0].session.user_key.is_wiped
        assert LockedNow() in heard
        # The next one begins anew.
        await desks.unlock(SHARED)
        assert labels(desks)[0] == [US, STAFF]

    scene(home, tmp_path / "p", work)


def test_an_unlock_that_was_cancelled_opens_nothing(
    home: House, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Wherever it was: at the derivation, at the files, between two connections."""
    stores: list[Store] = []

    def noted(*given: Any) -> Store:
        stores.append(open_store(*given))
        return stores[-1]

    monkeypatch.setattr(entrance, "open_store", noted)

    async def work(desks: Desks) -> None:
        for turns in range(0, 60, 3):
            task = asyncio.ensure_future(desks.unlock(SHARED, named(desks, US)))
            for _turn in range(turns):
                await asyncio.sleep(0.0005)
            was_done = task.done()
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)
            opened = [one.connection.label for one in desks.open]
            for _turn in range(40):
                await asyncio.sleep(0.0005)
            # Nothing joins afterwards, and what had opened can be locked and opened again.
            assert [one.connection.label for one in desks.open] == opened
            await desks.lock()
            assert labels(desks) == ([], [US, STAFF, EU])
            assert all(one.secrets._sealer._names.is_wiped for one in stores), "files left open"
            if was_done:
                break
        await desks.unlock(SHARED)
        assert labels(desks)[0] == [US, STAFF]

    scene(home, tmp_path / "p", work)


def test_a_lock_ends_all_of_them_together(home: House, tmp_path: Path) -> None:
    async def work(desks: Desks) -> None:
        await desks.unlock(SHARED)
        heard: list[Event] = []
        desks.hub.subscribe(heard.append)
        open_ones = desks.open
        # One that ends by itself is news of the house, but not its end.
        await open_ones[0].lock()
        assert heard == [ConnectionsChanged()]
        await desks.lock()
        assert heard.count(LockedNow()) == 1
        assert all(one.session.user_key.is_wiped for one in open_ones)
        assert labels(desks) == ([], [US, STAFF, EU])

    scene(home, tmp_path / "p", work)


def test_a_connection_is_not_opened_twice(home: House, tmp_path: Path) -> None:
    async def work(desks: Desks) -> None:
        first, second = await asyncio.gather(
            desks.unlock(SHARED), desks.unlock(SHARED), return_exceptions=True
        )
        assert isinstance(first, tuple)
        assert isinstance(second, WrongPassword)
        assert labels(desks)[0] == [US, STAFF]
        with pytest.raises(ValueError, match="open already"):
            desks.adopt(desks.open[0])

    scene(home, tmp_path / "p", work)


# --- links ----------------------------------------------------------------------------------------


async def linked(desks: Desks) -> None:
    """The EU account opens with the US one from now on."""
    await desks.unlock(SHARED)
    await desks.unlock(OWN)
    await desks.links.make(named(desks, EU), named(desks, US), OWN, SHARED)


def test_a_link_opens_one_with_the_other_until_it_is_turned_off(
    home: House, tmp_path: Path
) -> None:
    folder = tmp_path / "p"

    async def turn_on(desks: Desks) -> None:
        await linked(desks)
        us, _staff, eu = desks.open
        assert await desks.links.linked_to(eu.connection.id) == us.connection.id
        assert (await told(us))[0] == OPENS_OTHER
        assert (await told(eu))[0] == LINKED
        assert (await eu.log.entries())[0].facts == {"other": str(us.connection.id)}

    async def use(desks: Desks) -> None:
        before = home.asked()
        seen: list[str] = []
        await desks.unlock(SHARED, None, lambda desk: seen.append(desk.connection.label))
        assert seen == [US, EU, STAFF]
        eu = desks.open[2]
        assert (await told(eu))[0] == "unlocked_by_link"
        assert home.asked() == before
        # Its refresh token came with it.
        await eu.connect()
        assert (await eu.clients.fetch()).fresh
        await desks.links.end(eu.connection.id)
        assert (await told(eu))[0] == UNLINKED
        assert (await told(desks.open[0]))[0] == OPENS_NO_MORE

    async def see_it_off(desks: Desks) -> None:
        await desks.unlock(SHARED)
        assert labels(desks) == ([US, STAFF], [EU])

    for work in (turn_on, use, see_it_off):
        scene(home, folder, work)


def test_signing_in_to_one_opens_what_is_linked_to_it(home: House, tmp_path: Path) -> None:
    folder = tmp_path / "p"

    async def sign_in(desks: Desks) -> None:
        us = next(one for one in desks.records if one.label == US)
        attempt = desks.entrance.begin(address_of(us), us.email)
        desk = await attempt.with_password(SHARED)
        desks.adopt(desk)
        assert labels(desks)[0] == [US]
        before = len(home.eu.requests())
        (eu,) = await desks.open_linked(desk)
        assert eu.connection.label == EU
        assert labels(desks) == ([US, EU], [STAFF])
        assert len(home.eu.requests()) == before

    for work in (linked, sign_in):
        scene(home, folder, work)


def test_a_link_needs_both_passwords(home: House, tmp_path: Path) -> None:
    folder = tmp_path / "p"

    async def work(desks: Desks) -> None:
        await desks.unlock(SHARED)
        await desks.unlock(OWN)
        us, eu = named(desks, US), named(desks, EU)
        for own, other, wrong in (
            ("no", SHARED, {eu}),
            (OWN, "no", {us}),
            (SHARED, OWN, {us, eu}),
        ):
            with pytest.raises(WrongPasswordOf) as refused:
                await desks.links.make(eu, us, own, other)
            assert refused.value.connections == wrong
        assert await desks.links.linked_to(eu) is None

    async def nothing_came_of_it(desks: Desks) -> None:
        await desks.unlock(SHARED)
        assert labels(desks) == ([US, STAFF], [EU])

    scene(home, folder, work)
    scene(home, folder, nothing_came_of_it)


def test_a_link_turned_off_while_the_other_side_is_locked_opens_nothing(
    home: House, tmp_path: Path
) -> None:
    folder = tmp_path / "p"

    async def turn_off(desks: Desks) -> None:
        await desks.unlock(OWN)
        assert labels(desks)[0] == [EU]
        await desks.links.end(named(desks, EU))

    async def see_it_off(desks: Desks) -> None:
        await desks.unlock(SHARED)
        assert labels(desks) == ([US, STAFF], [EU])
        us = desks.open[0]
        assert OPENS_NO_MORE in await told(us)
        # What held the key is gone from there as well.
        assert us.link.secrets.get(linking.LINKS) is None

    for work in (linked, turn_off, see_it_off):
        scene(home, folder, work)


@pytest.mark.parametrize("label", [US, EU])
def test_a_password_changed_elsewhere_ends_a_link(home: House, tmp_path: Path, label: str) -> None:
    """Whichever of the two it is: at the sign-in with the new one, and for good."""
    folder = tmp_path / "p"
    server = home.us if label == US else home.eu
    email = server.account("provider_admin")["email"]

    async def sign_in_again(desks: Desks) -> None:
        await desks.unlock(SHARED)
        desk = next(one for one in desks.open if one.connection.label == label)
        await desk.sign_in_again("changed elsewhere")
        assert LINKS_ENDED in await told(desk)
        await desks.links.review()
        assert await desks.links.linked_to(named(desks, EU)) is None
        for one in desks.open:
            assert one.link.secrets.get(linking.LINKS) is None

    async def see_it_off(desks: Desks) -> None:
        await desks.unlock(SHARED)
        assert EU in labels(desks)[1]
        await desks.unlock("changed elsewhere")
        assert (EU in labels(desks)[0]) == (label == EU)

    scene(home, folder, linked)
    with home.another_password(server, email, "changed elsewhere"):
        scene(home, folder, sign_in_again)
    scene(home, folder, see_it_off)


def test_a_password_changed_elsewhere_ends_a_link_at_a_sign_in_from_the_lock_screen(
    home: House, tmp_path: Path
) -> None:
    folder = tmp_path / "p"
    email = home.eu.account("provider_admin")["email"]

    async def sign_in(desks: Desks) -> None:
        await desks.unlock(SHARED, named(desks, STAFF))
        us, _staff, eu = desks.open
        await eu.lock()
        attempt = desks.entrance.begin(address_of(eu.connection), email)
        desks.adopt(await attempt.with_password("changed elsewhere"))
        eu = desks.open[2]
        assert LINKS_ENDED in await told(eu)
        assert eu.link.secrets.get(linking.LINKED_TO) is None
        await desks.links.review()
        assert us.link.secrets.get(linking.LINKS) is None

    scene(home, folder, linked)
    with home.another_password(home.eu, email, "changed elsewhere"):
        scene(home, folder, sign_in)


def test_a_link_that_does_not_fit_what_is_known_now_opens_nothing(
    home: House, tmp_path: Path
) -> None:
    """As after a sign-in in another window, or with former files put in the place of newer ones."""
    folder = tmp_path / "p"

    async def go_by_other_settings(desks: Desks) -> None:
        other = Kdf(kdf_type=KdfType.PBKDF2_SHA256, iterations=7_000)
        desks.entrance.records.change(named(desks, EU), kdf=other)
        await desks.unlock(SHARED)
        assert labels(desks) == ([US, STAFF], [EU])
        assert OPENS_NO_MORE in await told(desks.open[0])

    scene(home, folder, linked)
    scene(home, folder, go_by_other_settings)


def test_no_key_of_a_link_lies_open_in_the_files(home: House, tmp_path: Path) -> None:
    folder = tmp_path / "p"
    keys: list[bytes] = []

    async def make(desks: Desks) -> None:
        await linked(desks)
        keys.append(bytes(desks.open[2].session.user_key.view()))

    scene(home, folder, make)
    files = [path for path in folder.rglob("*") if path.is_file()]
    assert len(files) >= 6
    for path in files:
        data = path.read_bytes()
        assert keys[0][:32] not in data, path.name
        assert OWN.encode() not in data
