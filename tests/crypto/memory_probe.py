"""A process that works with keys, locks, and then looks for them in its own memory.

`python -m tests.crypto.memory_probe [leak]` writes a JSON object on stdout: how often each secret
was found before and after the lock. The searcher must not hold what it looks for: needles are kept
with every bit inverted, and memory is inverted piece by piece before it is searched.
"""

from __future__ import annotations

import gc
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from desktop.crypto.encstring import decrypt, decrypt_text, encrypt_many, unwrap_key, wrap_key
from desktop.crypto.kdf import derive_master_key, server_hash, stretch
from desktop.crypto.keys import SymmetricKey
from desktop.crypto.rsa import PrivateKey, generate_key_pair
from desktop.crypto.seal import DataKey, open_sealed, seal
from desktop.crypto.secret import KeyRegistry, clear
from tests.crypto.vectors import VECTORS, kdf_of

_INVERT = bytes(255 - byte for byte in range(256))
_PIECE = 1 << 20
_OVERLAP = 64


def inverted(view: memoryview) -> bytes:
    """Byte by byte, so that no copy of the secret itself is made."""
    return bytes(255 - byte for byte in view)


def writable_regions() -> Iterator[tuple[int, int]]:
    for line in Path("/proc/self/maps").read_text(encoding="ascii").splitlines():
        place, rights = line.split()[:2]
        if rights.startswith("rw"):
            start, end = (int(part, 16) for part in place.split("-"))
            yield start, end


def search(needles: dict[str, bytes]) -> dict[str, int]:
    found = dict.fromkeys(needles, 0)
    with Path("/proc/self/mem").open("rb", buffering=0) as memory:
        for start, end in writable_regions():
            at = start
            while at < end:
                try:
                    memory.seek(at)
                    piece = memory.read(min(_PIECE + _OVERLAP, end - at))
                except (OSError, ValueError, OverflowError):
                    break
                negative = piece.translate(_INVERT)
                del piece
                for name, needle in needles.items():
                    found[name] += negative.count(needle)
                del negative
                at += _PIECE
    return found


def halves(name: str, view: memoryview) -> dict[str, bytes]:
    """Sixteen bytes from each end: a copy of either half counts."""
    return {f"{name} start": inverted(view[:16]), f"{name} end": inverted(view[-16:])}


def private_parts(der: bytearray) -> dict[str, bytes]:
    """A stretch from inside the private exponent, in both byte orders."""
    with memoryview(der) as view:
        inside = view[340:372]
        return {"d": inverted(inside), "d reversed": inverted(inside[::-1])}


def work(registry: KeyRegistry) -> dict[str, bytes]:
    """A session: the whole chain, then encrypting, decrypting, sealing, sharing."""
    account: dict[str, Any] = VECTORS["account"]
    kdf = kdf_of({"kdfType": 0, "iterations": 600_000})
    master = derive_master_key(account["password"], account["email"], kdf)
    needles = halves("master", master.view())
    server_hash(master, account["password"])
    wrapping = stretch(master)
    needles |= halves("stretched", wrapping.view())
    user = registry.add(unwrap_key(wrapping, account["user_key"]))
    master.wipe()
    wrapping.wipe()
    der = decrypt(user, account["private_key"])
    needles |= private_parts(der)
    private = registry.add(PrivateKey.from_pkcs8(der, authenticated=True))
    clear(der)
    provider = registry.add(private.unwrap(private.public().wrap(SymmetricKey.generate())))
    client = registry.add(unwrap_key(provider, wrap_key(provider, SymmetricKey.generate())))
    data = registry.add(DataKey.generate())
    keys = {"user": user, "provider": provider, "client": client, "data": data}
    for name, key in keys.items():
        needles |= halves(name, key.view())
    texts = encrypt_many(client, [f"text {at}" for at in range(2_000)])
    for text in texts[:200]:
        decrypt_text(client, text)
    for at in range(200):
        open_sealed(data, seal(data, b"row", b"%d" % at), b"%d" % at)
    public, new_der = generate_key_pair()
    public.wrap(client)
    clear(new_der)
    return needles


def main() -> int:
    registry = KeyRegistry()
    needles = work(registry)
    gc.collect()
    before = search(needles)
    kept: list[bytes] = []
    if sys.argv[1:] == ["leak"]:
        # What the search must catch: one immutable copy that nobody overwrites.
        kept = [bytes(key.view()) for key in registry.secrets() if isinstance(key, DataKey)]
    registry.wipe()
    gc.collect()
    after = search(needles)
    json.dump({"before": before, "after": after, "kept": len(kept)}, sys.stdout)
    return 0


if __name__ == "__main__":
    sys.exit(main())
