"""The command `practice`: opens data and CA, serves HTTPS on 127.0.0.1, says so in JSON."""

from __future__ import annotations

import argparse
import asyncio
import gc
import logging
import os
import signal
import socket
import ssl
import sys
import tempfile
import threading
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import msgspec
import trustme
import uvicorn

from desktop.practice import seeding
from desktop.practice.accounts import set_credentials
from desktop.practice.app import PracticeApp
from desktop.practice.clock import ServerClock
from desktop.practice.faults import Faults
from desktop.practice.keys import PBKDF2_ROUNDS
from desktop.practice.limits import Counting, Limits
from desktop.practice.own_seeding import OwnSeeder
from desktop.practice.people import People
from desktop.practice.request_log import RequestLog
from desktop.practice.vaultwarden import LoginLimit
from desktop.practice.world import World, open_world

HOST = "127.0.0.1"
WORKERS = 4


def main(argv: Sequence[str]) -> int:
    """Serve until standard input ends or a signal comes; 0 after a clean end.

    1 when it cannot start (port taken, folder not writable, script not understood), with a line
    on standard error.
    """
    options = _options(argv)
    try:
        if options.data is not None:
            options.data.mkdir(parents=True, exist_ok=True, mode=0o700)
            return asyncio.run(_serve(options, options.data))
        with tempfile.TemporaryDirectory(prefix="claviger-practice-") as folder:
            return asyncio.run(_serve(options, Path(folder)))
    except (OSError, ValueError, msgspec.MsgspecError) as problem:
        sys.stderr.write(f"practice: {problem}\n")
        return 1


def _options(argv: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="claviger practice", description="An example provider on this computer."
    )
    parser.add_argument("--data", type=Path, help="keep data and CA in this folder")
    parser.add_argument("--port", type=int, default=0, help="serve here; default: a free port")
    parser.add_argument("--scale", type=int, default=0, help="so many clients altogether")
    parser.add_argument("--members", type=int, default=seeding.MEMBERS, help="people per client")
    parser.add_argument(
        "--rate-limits", choices=[one.value for one in Counting], default=Counting.PATH.value
    )
    parser.add_argument(
        "--no-item-listing", action="store_true", help="refuse to list a client's items"
    )
    parser.add_argument(
        "--no-providers",
        action="store_true",
        help="as Vaultwarden: organizations of one's own, and what else differs there",
    )
    parser.add_argument(
        "--kdf-rounds", type=int, default=PBKDF2_ROUNDS, help="what new accounts derive with"
    )
    parser.add_argument("--clock", type=float, default=1.0, help="server seconds per second")
    parser.add_argument("--script", type=Path, help="fault rules, a JSON list")
    parser.add_argument("--request-log", type=Path, help="write every request here")
    return parser.parse_args(list(argv))


async def _serve(options: argparse.Namespace, folder: Path) -> int:
    clock = ServerClock(options.clock)
    faults = Faults(clock)
    if options.script is not None:
        faults.load(options.script.read_bytes())
    counting = Counting(options.rate_limits)
    world = open_world(
        folder / "practice.db",
        clock=clock,
        limits=Limits(clock, Counting.OFF if options.no_providers else counting),
        faults=faults,
        log=RequestLog(options.request_log),
        item_listing=not options.no_item_listing,
    )
    world.settle_with = set_credentials
    world.is_vaultwarden = options.no_providers
    if options.no_providers and counting is not Counting.OFF:
        world.login_limit = LoginLimit(clock)
    workers = ThreadPoolExecutor(WORKERS, thread_name_prefix="derive")
    try:
        return await _run(options, folder, world, workers)
    finally:
        workers.shutdown(wait=True, cancel_futures=True)
        world.db.close()
        world.log.close()


async def _run(
    options: argparse.Namespace, folder: Path, world: World, workers: ThreadPoolExecutor
) -> int:
    # asyncio switches Nagle's delay off (40 ms an answer) only where the protocol is named.
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listener.bind((HOST, options.port))
    folk = People(folder / "people.json", options.kdf_rounds)
    ca_path, context = _certificates(folder)
    if world.db.value("SELECT 1 FROM organizations") is None:
        seeder = OwnSeeder if options.no_providers else seeding.Seeder
        seeder(world, folk, workers).seed(options.scale, options.members)
    else:
        seeding.resume(world, folk)
    world.url = f"https://{HOST}:{listener.getsockname()[1]}"
    config = uvicorn.Config(
        PracticeApp(world, folk),
        lifespan="off",
        log_config=None,
        access_log=False,
        server_header=False,
        date_header=False,
        http="h11",
        ws="none",
        timeout_graceful_shutdown=1,
        timeout_keep_alive=75,
    )
    config.load()
    logging.getLogger("uvicorn.error").addFilter(_is_news)
    config.ssl = context
    line = {
        "url": world.url,
        "ca": str(ca_path),
        "accounts": folk.told(),
        "inbox": f"{world.url}/practice/inbox",
    }
    server = _Server(config, msgspec.json.encode(line))
    _watch_stdin(server)
    gc.freeze()
    settling = asyncio.create_task(_settle_first(world, folk))
    try:
        await server.serve(sockets=[listener])
    finally:
        settling.cancel()
    return 0


def _is_news(record: logging.LogRecord) -> bool:
    """Answers that were cut short on purpose are none."""
    return not str(record.msg).startswith("ASGI callable returned without")


async def _settle_first(world: World, folk: People) -> None:
    """Have the account that the practice card fills in ready before anybody presses Enter."""
    for person in folk.told()[:1]:
        await world.settle(person["email"])


class _Server(uvicorn.Server):
    """Says one line once it serves; ends without an exit code of its own on a signal."""

    def __init__(self, config: uvicorn.Config, line: bytes) -> None:
        super().__init__(config)
        self._line = line

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        sys.stdout.write(self._line.decode() + "\n")
        sys.stdout.flush()

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """As uvicorn's, but the signal is not raised again after a clean end."""

        def end(_number: int, _frame: object) -> None:
            self.should_exit = True

        before = {number: signal.signal(number, end) for number in (signal.SIGINT, signal.SIGTERM)}
        try:
            yield
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)


def _watch_stdin(server: uvicorn.Server) -> None:
    """End when whoever started us is gone: its end of our standard input closes."""

    def wait() -> None:
        try:
            while os.read(0, 4096):
                pass
        except OSError:
            pass
        server.should_exit = True

    threading.Thread(target=wait, name="stdin", daemon=True).start()


def _certificates(folder: Path) -> tuple[Path, ssl.SSLContext]:
    """The CA of this folder, made at the first start, and a context with a fresh certificate."""
    public, private = folder / "ca.pem", folder / "ca-key.pem"
    if public.exists() and private.exists():
        authority = trustme.CA.from_pem(public.read_bytes(), private.read_bytes())
    else:
        authority = trustme.CA(organization_name="Claviger practice")
        opened = os.open(private, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(opened, "wb") as file:
            file.write(authority.private_key_pem.bytes())
        authority.cert_pem.write_to_path(str(public))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    authority.issue_cert(HOST, "localhost").configure_cert(context)
    return public, context


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
