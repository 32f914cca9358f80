"""Published test vectors, none made by our own code; `vectors.json` names each source."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import msgspec

from desktop.crypto.keys import SymmetricKey
from desktop.crypto.secret import SecretBytes
from desktop.domain.records import Kdf

VECTORS: dict[str, Any] = json.loads(
    Path(__file__).with_name("vectors.json").read_text(encoding="utf-8")
)


def kdf_of(fields: dict[str, int]) -> Kdf:
    return msgspec.convert(fields, Kdf)


def secret(text: str) -> SecretBytes:
    return SecretBytes(bytearray.fromhex(text))


def key_of(enc: str, mac: str = "00" * 32) -> SymmetricKey:
    return SymmetricKey(bytearray.fromhex(enc + mac))
