"""Encrypts very often and looks for an IV that comes twice (T23).

`python -m tests.crypto.iv_probe --encryptions 1000000`; the exit code tells.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence

from desktop.crypto.encstring import encrypt, encrypt_many
from desktop.crypto.keys import SymmetricKey
from desktop.crypto.seal import DataKey, seal

_ROUND = 50_000
_IV = slice(2, 26)


def repeats(encryptions: int) -> int:
    """How many of so many IVs came twice; a hundredth goes the plain way, and is sealed too."""
    key, data_key = SymmetricKey.generate(), DataKey.generate()
    plain = encryptions // 100
    seen = {encrypt(key, b"")[_IV] for _ in range(plain)}
    for start in range(plain, encryptions, _ROUND):
        seen |= {text[_IV] for text in encrypt_many(key, [""] * min(_ROUND, encryptions - start))}
    nonces = {seal(data_key, b"", b"")[:12] for _ in range(plain)}
    return encryptions - len(seen) + plain - len(nonces)


def main(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(description="Look for an IV that comes twice.")
    parser.add_argument("--encryptions", type=int, default=100_000)
    count: int = parser.parse_args(list(arguments)).encryptions
    found = repeats(count)
    print(f"{count:,} encryptions, {found} IVs twice")
    return 1 if found else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
