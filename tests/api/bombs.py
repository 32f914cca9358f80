"""Four answers of a few bytes to a megabyte that unpack into gigabytes or hundreds of megabytes."""

from __future__ import annotations

import base64
import gzip
import zlib
from typing import Final

MIB: Final = 1024 * 1024
# 1.2 GB of zeros in 910 bytes; nothing here can pack or unpack Brotli (made by Node 20, window 24).
_BROTLI: Final = (
    "z///fwAkAOKxQHLv//n//w+ABEAcFoDu/T////8BkACIwwLQvf/n//8/ABIAcVgAuvf//P//B0ACIA4LQPf+n////wBI"
    "AMRhAeje//P//x8ACYA4LADd+3/+//8DIAEQhwWge//P//9/ACQA4rAAdO//+f//D4AEQBwWgO79P////wGQAIjDAtC9"
    "/+f//z8AEgBxWAC69//8//8HQAIgDgtA9/6f////AEgAxGEB6N7/8///HwAJgDgsAN37f/7//wMgARCHBaB7/8///38A"
    "JADisAB07//5//8PgARAHBaA7v0/////AZAAiMMC0L3/5///PwASAHFYALr3//z//wdAAiAOC0D3/p////8ASADEYQHo"
    "3v/z//8fAAmAOCwA3ft//v//AyABEIcFoHv/z///fwAkAOKwAHTv//n//w+ABEAcFoDu/T////8BkACIwwLQvf/n//8/"
    "ABIAcVgAuvf//P//B0ACIA4LQPf+n////wBIAMRhAeje//P//x8ACYA4LADd+3/+//8DIAEQhwWge//P//9/ACQA4rAA"
    "dO//+f//D4AEQBwWgO79P////wGQAIjDAtC9/+f//z8AEgBxWAC69//8//8HQAIgDgtA9/6f////AEgAxGEB6N7/8///"
    "HwAJgDgsAN37f/7//wMgARCHBaB7/8///38AJADisAB07//5//8PgARAHBaA7v0/////AZAAiMMC0L3/5///PwASAHFY"
    "ALr3//z//wdAAiAOC0D3/p////8ASADEYQHo3v/z//8fAAmAOCwA3ft//v//AyABEIcFoHv/z///fwAkAOKwAHTv//n/"
    "/w+ABEAcFoDu/T////8BkACIwwLQvf/n//8/ABIAcVgAuvf//P//B0ACIA4LQPf+n////wBIAMRhAeje//P//x8ACYA4"
    "LADd+3/+//8DIAEQhwWge//P//9/ACQA4rAAdO//+f//D4AEQBwWgO79P////wGQAIjDAtC9/+f//z8AEgBxWAC69//8"
    "//8HQAIgDgtA9/6f////AEgAxGEB6N7/8///HwAJgDgsAN37f/7//wMgARCHBaB7/8///38AJADisAB07//5//8PgARA"
    "HBaA7v0/////AZAAiMMC0L3/5///PwASAHFYALr3//z//wdAAiAOC0D3/p////8ASADEYQHo3v/z//8fAAmAOCwA3fv/"
    "/F80BCABEIcFoDtoCA=="
)
_ZSTD_BLOCK: Final = 128 * 1024


def brotli() -> bytes:
    """1.2 GB."""
    return base64.b64decode(_BROTLI)


def zstd(size: int = 800 * MIB) -> bytes:
    """Blocks that say "this byte, 131,072 times" (RFC 8878)."""
    head = bytes.fromhex("28b52ffd") + b"\x00" + b"\x58"
    blocks = size // _ZSTD_BLOCK
    block = (_ZSTD_BLOCK << 3) | (1 << 1)
    body = (block.to_bytes(3, "little") + b" ") * (blocks - 1)
    return head + body + (block | 1).to_bytes(3, "little") + b" "


def gzipped(mib: int = 256) -> bytes:
    """Spaces, which JSON may begin with; made in pieces."""
    packer = zlib.compressobj(9, zlib.DEFLATED, 16 + zlib.MAX_WBITS)
    space = b" " * MIB
    return b"".join(packer.compress(space) for _ in range(mib)) + packer.flush()


def twice(packed: bytes) -> bytes:
    """The same in a thousandth of the bytes."""
    return gzip.compress(packed)
