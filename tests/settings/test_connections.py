"""The clear list of accounts: complete, careful, and nothing beyond what may be clear."""

from __future__ import annotations

import hashlib
import json
import ssl
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import msgspec
import pytest
import trustme

from desktop.domain.enums import KdfType
from desktop.domain.errors import StorageFailed
from desktop.domain.ids import ConnectionId
from desktop.domain.records import Kdf
from desktop.settings.connections import (
    CONNECTIONS_FILE,
    FORMER_FILE,
    ConnectionRecord,
    ConnectionsFile,
    fingerprint_of,
)
from desktop.settings.profile import ProfileFolder
from tests.settings.failing import FailingDisk

CA = "/practice/ca.pem"
WRAPPED = "2." + "A" * 22 + "==|" + "B" * 64 + "|" + "C" * 43 + "="

# What T83 lets stand outside the seal, in our words.
ALLOWED = {
    "id", "label", "colour", "email", "api", "identity", "events", "web_vault", "ca_path",
    "is_practice", "device_id", "kdf", "salt", "wrapped_user_key", "wrapped_data_key", "last_sync",
    "has_waiting_run", "is_v2", "ca_pem", "ca_fingerprint",
}  # fmt: skip


def record(number: int, **changes: Any) -> ConnectionRecord:
    base = ConnectionRecord(
        id=ConnectionId(UUID(int=number)),
        label=f"Connection {number}",
        email="billy@example.org",
        api="https://vault.example.org/api",
        identity="https://vault.example.org/identity",
        events="https://vault.example.org/events",
        web_vault="https://vault.example.org",
        device_id=UUID(int=number + 1000),
        kdf=Kdf(kdf_type=KdfType.PBKDF2_SHA256, iterations=600_000),
        wrapped_user_key=WRAPPED,
        wrapped_data_key=WRAPPED,
        last_sync=datetime(2026, 11, 22, 9, 0, tzinfo=UTC),
    )
    return msgspec.structs.replace(base, **changes)


@dataclass
class Desk:
    path: Path
    profile: ProfileFolder

    @property
    def file(self) -> ConnectionsFile:
        return ConnectionsFile(self.profile)


@pytest.fixture
def desk(tmp_path: Path) -> Any:
    with ProfileFolder.open(tmp_path) as profile:
        yield Desk(tmp_path, profile)


def test_records_come_back_in_order(desk: Desk) -> None:
    assert desk.file.load() == ()
    records = (
        record(2),
        record(1, is_practice=True, ca_path=CA),
        record(3, kdf=None),
    )
    desk.file.save(records)
    assert desk.file.load() == records
    desk.file.put(record(1, label="New"))
    desk.file.put(record(4))
    assert [one.label for one in desk.file.load()] == [
        "Connection 2", "New", "Connection 3", "Connection 4",
    ]  # fmt: skip
    assert desk.file.get(ConnectionId(UUID(int=4))) == record(4)
    assert desk.file.get(ConnectionId(UUID(int=5))) is None


def test_t83_only_the_listed_facts_are_in_clear(desk: Desk) -> None:
    desk.file.save((record(1),))
    written = json.loads((desk.path / CONNECTIONS_FILE).read_text())
    assert set(written) == {"version", "connections"}
    assert set(written["connections"][0]) == ALLOWED


@pytest.mark.parametrize("key", ["wrapped_user_key", "wrapped_data_key"])
@pytest.mark.parametrize("value", ["", "c2VjcmV0" * 11, "0." + WRAPPED[2:], WRAPPED + "x"])
def test_t83_a_key_that_is_not_wrapped_is_never_written(key: str, value: str, desk: Desk) -> None:
    with pytest.raises(msgspec.ValidationError):
        desk.file.save((record(1, **{key: value}),))
    assert not (desk.path / CONNECTIONS_FILE).exists()


def test_a_foreign_ca_is_for_practice_only() -> None:
    with pytest.raises(ValueError, match="practice"):
        record(1, ca_path=CA)


def test_a_removed_connection_is_in_no_copy(desk: Desk) -> None:
    desk.file.save((record(1, email="gone@example.org"), record(2)))
    desk.file.save((record(1, email="gone@example.org"), record(2)))
    desk.file.remove(ConnectionId(UUID(int=1)))
    assert desk.file.load() == (record(2),)
    for entry in desk.path.iterdir():
        assert b"gone@" not in entry.read_bytes()


def test_the_former_file_steps_in_for_a_broken_one(desk: Desk) -> None:
    desk.file.save((record(1),))
    desk.file.save((record(1), record(2)))
    (desk.path / CONNECTIONS_FILE).write_bytes(b'{"connections": [')
    assert desk.file.load() == (record(1),)
    assert (desk.path / "connections.broken-1.json").exists()
    desk.file.put(record(3))
    assert desk.file.load() == (record(1), record(3))


def test_what_a_newer_version_wrote_is_kept(desk: Desk) -> None:
    desk.file.save((record(1),))
    path = desk.path / CONNECTIONS_FILE
    written = json.loads(path.read_text())
    written["sky"] = "blue"
    written["connections"][0]["shape"] = "round"
    written["connections"].append({"id": "of another kind", "x": 1})
    path.write_text(json.dumps(written))
    assert desk.file.load() == (record(1),)
    desk.file.put(record(1, label="Renamed"))
    again = json.loads(path.read_text())
    assert again["sky"] == "blue"
    assert again["connections"][0]["shape"] == "round"
    assert again["connections"][0]["label"] == "Renamed"
    assert again["connections"][1] == {"id": "of another kind", "x": 1}


def test_t53_a_reader_cannot_save(desk: Desk) -> None:
    desk.file.save((record(1),))
    with ProfileFolder.open(desk.path) as second, pytest.raises(StorageFailed):
        ConnectionsFile(second).save(())
    assert desk.file.load() == (record(1),)


def test_t89_every_failure_leaves_a_usable_list(desk: Desk) -> None:
    desk.file.save((record(1),))
    nth = 1
    while True:
        failing = FailingDisk(nth, 28)
        try:
            ConnectionsFile(desk.profile, disk=failing.disk).save((record(1), record(2)))
        except StorageFailed:
            assert desk.file.load() in {(record(1),), (record(1), record(2))}
            nth += 1
            continue
        break
    assert nth > 8
    assert desk.file.load() == (record(1), record(2))
    assert (desk.path / FORMER_FILE).exists()


def test_a_change_leaves_what_others_changed_meanwhile(desk: Desk) -> None:
    """Several open connections write to the list, each from its own thread."""
    file = desk.file
    file.save((record(1), record(2), record(3)))
    every = {number: ConnectionId(UUID(int=number)) for number in (1, 2, 3)}

    def rename(number: int) -> None:
        for turn in range(8):
            file.change(every[number], label=f"{number} {turn}")
            file.change(every[number], has_waiting_run=turn % 2 == 1)

    with ThreadPoolExecutor(3) as workers:
        for done in [workers.submit(rename, number) for number in every]:
            done.result()
    assert [(one.label, one.has_waiting_run) for one in desk.file.load()] == [
        ("1 7", True),
        ("2 7", True),
        ("3 7", True),
    ]
    assert file.change(ConnectionId(UUID(int=9)), label="nobody") is None


def test_connections_move_and_a_forgotten_one_stays_behind(desk: Desk) -> None:
    file = desk.file
    file.save((record(1), record(2), record(3)))
    file.move([ConnectionId(UUID(int=3)), ConnectionId(UUID(int=1))])
    assert [one.label for one in file.load()] == ["Connection 3", "Connection 1", "Connection 2"]


def test_t25_an_accepted_certificate_is_trusted_by_its_fingerprint_only() -> None:
    """Whatever else stands in the file, written by whomever, opens nothing."""
    accepted, planted = (trustme.CA().cert_pem.bytes().decode() for _authority in range(2))
    digest = hashlib.sha256(ssl.PEM_cert_to_DER_cert(accepted)).hexdigest().upper()
    mark = ":".join(digest[at : at + 2] for at in range(0, 64, 2))
    assert fingerprint_of(accepted) == mark
    kept = record(1, ca_pem=accepted, ca_fingerprint=mark)
    assert kept.trusted_ca == accepted
    for changed in (
        {"ca_pem": planted},
        {"ca_pem": accepted + planted},
        {"ca_pem": "-----BEGIN CERTIFICATE-----\n%%%%\n-----END CERTIFICATE-----"},
        {"ca_pem": ""},
        {"ca_fingerprint": None},
        {"ca_fingerprint": ""},
        {"is_practice": True},
    ):
        assert msgspec.structs.replace(kept, **changed).trusted_ca is None
    for none in ("", "no certificate", "-----BEGIN CERTIFICATE-----\n-----END CERTIFICATE-----"):
        assert fingerprint_of(none) == ""
        assert record(1, ca_pem=none, ca_fingerprint="").trusted_ca is None
