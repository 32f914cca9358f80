"""The virtual environments and the system libraries that the commands of dev.py stand on.

Standard library only. An environment carries a stamp with the hash of the lock it was made from,
so that a second call is instant and a changed lock is installed anew.
"""

from __future__ import annotations

import ctypes
import hashlib
import importlib.util
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
HOME = ROOT / ".venv"
BUILD = ROOT / "build"
OLDEST, NEWEST = (3, 11), (3, 14)
RUN_LOCK = ROOT / "packaging" / "requirements.lock"
DEV_LOCK = ROOT / "packaging" / "requirements-dev.lock"

# What Qt's wheel loads from a Debian or Ubuntu system: library -> package.
OFFSCREEN_LIBRARIES = {
    "libglib-2.0.so.0": "libglib2.0-0",
    "libGL.so.1": "libgl1",
    "libEGL.so.1": "libegl1",
    "libfontconfig.so.1": "libfontconfig1",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libdbus-1.so.3": "libdbus-1-3",
    "libgssapi_krb5.so.2": "libgssapi-krb5-2",
}
DISPLAY_LIBRARIES = {
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-shape.so.0": "libxcb-shape0",
}


class Stop(Exception):
    """Something the person at the keyboard has to know or do; the text says what."""


def say(text: str) -> None:
    """Print one line at once, so that it stands before what a child process prints."""
    print(text, flush=True)


def has_display() -> bool:
    """Tell whether a window can be shown: always on Windows and macOS."""
    if not sys.platform.startswith("linux"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def check_python() -> None:
    """Refuse a Python that the lock was not made for."""
    if not OLDEST <= sys.version_info[:2] <= NEWEST:
        raise Stop(
            "Claviger needs Python {}.{} to {}.{}; this is {}.{}.".format(
                *OLDEST, *NEWEST, *sys.version_info[:2]
            )
        )


def succeeds(*command: str | Path, env: dict[str, str] | None = None) -> bool:
    """Run a command in the project folder and tell whether it went well."""
    words = [str(word) for word in command]
    return subprocess.run(words, cwd=ROOT, env=env, check=False).returncode == 0


def run(*command: str | Path, env: dict[str, str] | None = None) -> None:
    """Run a command in the project folder; Stop when it fails."""
    if not succeeds(*command, env=env):
        raise Stop("This failed: {}".format(" ".join(map(str, command))))


def venv_python(venv: Path) -> Path:
    """Give the path of an environment's interpreter, there or not."""
    if os.name == "nt":
        return venv / "Scripts" / "python.exe"
    return venv / "bin" / "python"


def tool(name: str) -> Path:
    """Give the path of a command that a package put into the environment."""
    return venv_python(HOME).with_name(name + (".exe" if os.name == "nt" else ""))


def site_packages(venv: Path) -> Path:
    """Give the folder an environment of this interpreter installs into."""
    if os.name == "nt":
        return venv / "Lib" / "site-packages"
    version = "{}.{}".format(*sys.version_info[:2])
    return venv / "lib" / f"python{version}" / "site-packages"


def _apt_install(packages: list[str]) -> None:
    """Install Debian packages as root, or print the line that does and stop."""
    line = "apt-get install -y --no-install-recommends " + " ".join(packages)
    if os.geteuid() != 0:
        raise Stop(f"Some system packages are missing. Install them with:\n  sudo {line}")
    say(f"Installing system packages: {' '.join(packages)}")
    env = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    quiet = subprocess.DEVNULL
    subprocess.run(["apt-get", "update", "-q"], env=env, stdout=quiet, check=False)
    if subprocess.run(line.split(), env=env, stdout=quiet, check=False).returncode:
        raise Stop(f"This failed; run it by hand to see why:\n  {line}")


def _loads(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def ensure_qt_libraries() -> None:
    """See to the system libraries that Qt needs on Linux, for a window only if there is a display.

    Not cached: loading all of them takes a few milliseconds.
    """
    if not sys.platform.startswith("linux"):
        return
    needed = dict(OFFSCREEN_LIBRARIES)
    if has_display():
        needed.update(DISPLAY_LIBRARIES)
    missing = [library for library in needed if not _loads(library)]
    if not missing:
        return
    if shutil.which("apt-get"):
        _apt_install([needed[library] for library in missing])
    else:
        say("Qt may not start: these libraries were not found: " + ", ".join(missing))


def _ensure_venv_module() -> None:
    if importlib.util.find_spec("ensurepip") is not None:
        return
    if not shutil.which("apt-get"):
        raise Stop("This Python has no `venv` and `ensurepip` modules; install them first.")
    _apt_install(["python{}.{}-venv".format(*sys.version_info[:2])])
    importlib.invalidate_caches()


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _wanted(lock: Path) -> dict[str, str]:
    return {"python": "{}.{}".format(*sys.version_info[:2]), lock.name: _digest(lock)}


def _stamp(venv: Path) -> dict[str, str]:
    try:
        found: dict[str, str] = json.loads((venv / "claviger-lock.json").read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return found


def ensure_environment(*, dev: bool) -> Path:
    """Make `.venv` hold what the lock says and give its interpreter.

    The development lock holds all of the run-time one, so an environment made from it serves both.
    A changed lock empties the environment first; one without a stamp is only added to, which also
    finishes an installation that was broken off.
    """
    check_python()
    if not dev and not RUN_LOCK.exists():
        raise Stop("packaging/requirements.lock is missing.")
    python = venv_python(HOME)
    lock = DEV_LOCK if dev else RUN_LOCK
    stamp = _stamp(HOME)
    if python.exists() and _wanted(lock).items() <= stamp.items():
        return python
    outdated = bool(stamp) and not _wanted(RUN_LOCK).items() <= stamp.items()
    if outdated or not python.exists():
        _ensure_venv_module()
        say(f"Making the environment {HOME.name}")
        run(sys.executable, "-m", "venv", "--clear", HOME)
    say(f"Installing what {lock.name} lists (hashes checked, wheels only); about half a minute")
    install = ("-m", "pip", "--disable-pip-version-check", "install", "--quiet")
    rules = ("--require-hashes", "--only-binary", ":all:", "--no-compile")
    run(python, *install, *rules, "-r", lock)
    compile_bytecode(python, site_packages(HOME))
    stamp = {} if outdated else stamp
    stamp |= _wanted(lock) | (_wanted(RUN_LOCK) if dev else {})
    (HOME / "claviger-lock.json").write_text(json.dumps(stamp), "utf-8")
    return python


def compile_bytecode(python: Path, *folders: Path) -> None:
    """Compile what is not compiled yet, also where PYTHONDONTWRITEBYTECODE is set.

    Without it every start of the program compiles all that it imports, which doubles the time
    to the first window. A few packages ship templates that do not compile: no reason to stop.
    """
    command = [str(python), "-m", "compileall", "-q", "-j", "2", *map(str, folders)]
    quiet = subprocess.DEVNULL
    subprocess.run(command, cwd=ROOT, stdout=quiet, stderr=quiet, check=False)


def child_environment(**extra: str) -> dict[str, str]:
    """Give the variables a child of dev.py starts with; without a display Qt draws offscreen."""
    env = {**os.environ, **extra}
    env.setdefault("PYTHONUTF8", "1")
    if not has_display():
        env["QT_QPA_PLATFORM"] = "offscreen"
    return env
