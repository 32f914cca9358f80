"""The floor of a background round: the same requests from a bare httpx loop, bodies let go.

`python -m tests.benchmarks.bare_reads CA FILE AT_ONCE`; FILE is what `sync_round` left.
"""

from __future__ import annotations

import asyncio
import json
import ssl
import sys
import time
from collections import deque
from pathlib import Path

import httpx

from tests.benchmarks.telling import memory_mb, say


async def _read(ca: str, headers: dict[str, str], urls: list[str], at_once: int) -> float:
    context = ssl.create_default_context(cafile=ca)
    todo = deque(urls)

    async def work(http: httpx.AsyncClient) -> None:
        while todo:
            answer = await http.get(todo.popleft())
            if answer.status_code != httpx.codes.OK:
                raise SystemExit(f"{answer.status_code} for {answer.url}")

    limits = httpx.Limits(max_connections=at_once)
    async with httpx.AsyncClient(
        headers=headers, verify=context, limits=limits, timeout=60
    ) as http:
        began = time.perf_counter()
        await asyncio.gather(*(work(http) for _ in range(at_once)))
        return time.perf_counter() - began


def main(ca: str, file: Path, at_once: int) -> None:
    told = json.loads(file.read_text("utf-8"))
    resident = memory_mb("VmRSS")
    seconds = [asyncio.run(_read(ca, told["headers"], urls, at_once)) for urls in told["rounds"]]
    say(seconds=seconds, more_mb=memory_mb("VmHWM") - resident)


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), int(sys.argv[3]))
