"""The key at the top of an account: 64 bytes (V1) or a COSE key (V2), and what hangs on it."""

from __future__ import annotations

import struct

from desktop.crypto.cose import PKCS8, CoseKey, open_cose
from desktop.crypto.encstring import decrypt, encrypt
from desktop.crypto.kdf import expand
from desktop.crypto.keys import HALF, KEY_BYTES, SymmetricKey
from desktop.crypto.seal import DataKey
from desktop.crypto.secret import clear
from desktop.domain.errors import CannotDecrypt

UserKey = SymmetricKey | CoseKey
# Kind, algorithm, id of a packed COSE key.
_COSE_HEAD = 1 + 4 + 16


def parse_user_key(encoded: bytearray) -> UserKey:
    """Takes ownership. 64 bytes are a V1 key, more are a padded COSE key; else CannotDecrypt."""
    if len(encoded) <= KEY_BYTES:
        return SymmetricKey(encoded)
    try:
        fill = encoded[-1]
        if not 1 <= fill <= len(encoded) or any(byte != fill for byte in encoded[-fill:]):
            raise CannotDecrypt
        bare = encoded[: len(encoded) - fill]
        try:
            return CoseKey.parse(bare)
        finally:
            clear(bare)
    finally:
        clear(encoded)


def unwrap_user_key(stretched: SymmetricKey, text: str) -> UserKey:
    """The user key under the stretched master key. Raises CannotDecrypt (T05, T06)."""
    return parse_user_key(decrypt(stretched, text))


def open_private_key(key: UserKey, text: str) -> bytearray:
    """The PKCS#8 DER of the account, which the caller wipes. Raises CannotDecrypt.

    A V2 key opens type 7 only and a V1 key type 2 only: neither stands in for the other.
    """
    if isinstance(key, CoseKey):
        return open_cose(key, text, PKCS8)
    return decrypt(key, text)


def wrap_data_key(key: UserKey, data_key: DataKey) -> str:
    """What lies on this desk's disk: the data key under the user key, always as type 2."""
    if isinstance(key, SymmetricKey):
        return encrypt(key, data_key.view())
    own = _desk_key(key)
    try:
        return encrypt(own, data_key.view())
    finally:
        own.wipe()


def open_data_key(key: UserKey, text: str) -> DataKey:
    """As wrapped by `wrap_data_key`. Raises CannotDecrypt."""
    if isinstance(key, SymmetricKey):
        return DataKey(decrypt(key, text))
    own = _desk_key(key)
    try:
        return DataKey(decrypt(own, text))
    finally:
        own.wipe()


def pack_user_key(key: UserKey) -> bytearray:
    """A copy of the key for `unpack_user_key`, to be sealed at once and cleared by the caller."""
    head = b"\x01" if isinstance(key, SymmetricKey) else b"\x02"
    packed = bytearray(head)
    if isinstance(key, CoseKey):
        packed += struct.pack(">i", key.algorithm) + key.key_id
    # In one step: a bytearray that grows leaves its former self behind.
    whole = bytearray(len(packed) + len(key))
    whole[: len(packed)] = packed
    whole[len(packed) :] = key.view()
    key.ensure_living()
    return whole


def unpack_user_key(packed: bytearray) -> UserKey:
    """Takes ownership of what `pack_user_key` made. Raises CannotDecrypt for anything else."""
    view = memoryview(packed)
    try:
        if packed[:1] == b"\x01":
            return SymmetricKey(bytearray(view[1:]))
        if packed[:1] != b"\x02" or len(packed) < _COSE_HEAD:
            raise CannotDecrypt
        (algorithm,) = struct.unpack(">i", view[1:5])
        return CoseKey(bytearray(view[_COSE_HEAD:]), algorithm, bytes(view[5:_COSE_HEAD]))
    finally:
        view.release()
        clear(packed)


def _desk_key(key: CoseKey) -> SymmetricKey:
    """A key for this desk alone: the V2 key itself works for its own algorithm only (T06)."""
    made = bytearray(KEY_BYTES)
    with memoryview(made) as halves:
        for at, use in ((0, b"claviger desk enc"), (HALF, b"claviger desk mac")):
            expand(key, use, halves[at : at + HALF])
    return SymmetricKey(made)
