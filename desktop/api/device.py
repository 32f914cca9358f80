"""How this desk names itself to a server."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from typing import Self
from uuid import UUID

from desktop.domain.enums import DeviceType

# The version of the official clients whose payloads Claviger understands; the server demands one.
CLIENT_VERSION = "2026.8.0"
CLIENT_NAME = "desktop"
USER_AGENT = "Claviger/0.1"


@dataclass(frozen=True)
class DeviceIdentity:
    """One per connection and desk, kept for good: a new `id` is a new device to the server."""

    id: UUID
    type: DeviceType = DeviceType.LINUX_DESKTOP
    name: str = "Claviger"

    @classmethod
    def here(cls, device_id: UUID) -> Self:
        """With the type of this computer."""
        kinds = {"win32": DeviceType.WINDOWS_DESKTOP, "darwin": DeviceType.MACOS_DESKTOP}
        return cls(device_id, kinds.get(sys.platform, DeviceType.LINUX_DESKTOP))

    @property
    def form(self) -> dict[str, str]:
        """The fields of a token request that signs in."""
        return {
            "deviceType": str(int(self.type)),
            "deviceIdentifier": str(self.id),
            "deviceName": self.name,
        }

    @property
    def headers(self) -> dict[str, str]:
        return {
            "User-Agent": USER_AGENT,
            "Bitwarden-Client-Name": CLIENT_NAME,
            "Bitwarden-Client-Version": CLIENT_VERSION,
            "Device-Type": str(int(self.type)),
            "Device-Identifier": str(self.id),
        }
