"""Makes a desk that has one account, in this process's home."""

from __future__ import annotations

from uuid import UUID

from desktop.domain.enums import KdfType
from desktop.domain.ids import ConnectionId
from desktop.domain.records import Kdf
from desktop.settings.connections import ConnectionRecord, ConnectionsFile
from desktop.settings.profile import ProfileFolder, default_path


def main() -> None:
    with ProfileFolder.open(default_path()) as profile:
        ConnectionsFile(profile).put(
            ConnectionRecord(
                id=ConnectionId(UUID(int=1)),
                label="Example MSP",
                email="alice@example-msp.example",
                api="https://api.bitwarden.eu",
                identity="https://identity.bitwarden.eu",
                events="https://events.bitwarden.eu",
                web_vault="https://vault.bitwarden.eu",
                device_id=UUID(int=2),
                kdf=Kdf(kdf_type=KdfType.PBKDF2_SHA256, iterations=600_000),
            )
        )


if __name__ == "__main__":
    main()
