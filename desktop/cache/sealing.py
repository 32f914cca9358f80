"""How rows are sealed: what binds a row to its place, and the keyed names that hide it (T83).

AES-256-GCM over each value; the associated data is account | table | row | schema version, each
part preceded by its length. Row names and content hashes are HMAC-SHA256 under keys derived from
the data key (HKDF), so they say nothing about clients without it.
"""

from __future__ import annotations

import hmac
from typing import Final

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDFExpand

from desktop.cache.chain import joined
from desktop.crypto.seal import DataKey, open_sealed, seal
from desktop.crypto.secret import SecretBytes
from desktop.domain.errors import CannotDecrypt

ROW_BYTES: Final = 16
_NAMES_KEPT: Final = 20_000
_DIGEST: Final = "sha256"


def _derived(key: DataKey, purpose: bytes) -> SecretBytes:
    buffer = bytearray(32)
    HKDFExpand(SHA256(), len(buffer), b"claviger cache 1 " + purpose).derive_into(
        key.view(), buffer
    )
    return SecretBytes(buffer)


class Sealer:
    """Seals the values of one account. The data key stays the caller's; `wipe` drops the rest.

    Every call raises Locked once the data key or this sealer is wiped. Thread-safe.
    """

    def __init__(self, key: DataKey, account: str, schema: int) -> None:
        self._key = key
        self._account = account.encode()
        self._schema = str(schema).encode()
        self._names = _derived(key, b"row names")
        self._contents = _derived(key, b"content hashes")
        self._marks = _derived(key, b"fingerprints of items")
        self._pins = _derived(key, b"pins of keys")
        # The same few are asked for again and again.
        self._row_names: dict[tuple[str, ...], bytes] = {}

    def seal(self, plain: bytes | bytearray, table: str, row: bytes) -> bytes:
        return seal(self._key, plain, self._place(table, row))

    def open(self, sealed: object, table: str, row: bytes) -> bytes:
        """Raises CannotDecrypt for anything changed, moved, or not bytes at all."""
        return bytes(self.own(sealed, table, row))

    def own(self, sealed: object, table: str, row: bytes) -> bytearray:
        """As `open`, for a key: the only copy, which the caller clears."""
        if not isinstance(sealed, bytes):
            raise CannotDecrypt
        return open_sealed(self._key, sealed, self._place(table, row))

    def row_name(self, *parts: str) -> bytes:
        """The 16 bytes that stand for `parts` in a clear column."""
        self._names.ensure_living()
        known = self._row_names.get(parts)
        if known is None:
            data = joined(*(part.encode("utf-8", "surrogatepass") for part in parts))
            known = self._keyed(self._names, data)
            if len(self._row_names) >= _NAMES_KEPT:
                self._row_names.clear()
            self._row_names[parts] = known
        return known

    def content_hash(self, row: bytes, content: bytes) -> bytes:
        """16 bytes, different in every row for the same content."""
        return self._keyed(self._contents, row + content)

    def mark(self, row: bytes, fingerprint: bytes) -> bytes:
        """16 bytes for one imported item of one client."""
        return self._keyed(self._marks, row + fingerprint)

    def pin(self, row: bytes, mark: bytes) -> bytes:
        """16 bytes that stand for the mark of one key in one row: a keyed hash (T09)."""
        return self._keyed(self._pins, row + mark)

    def wipe(self) -> None:
        self._row_names.clear()
        for secret in (self._names, self._contents, self._marks, self._pins):
            secret.wipe()

    def _place(self, table: str, row: bytes) -> bytes:
        return joined(self._account, table.encode(), row, self._schema)

    @staticmethod
    def _keyed(key: SecretBytes, data: bytes) -> bytes:
        answer = hmac.digest(key.view(), data, _DIGEST)[:ROW_BYTES]
        key.ensure_living()
        return answer
