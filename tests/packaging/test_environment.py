"""The environment is made from hashes only, once; what is missing is said in one line."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import dev_environment as place
import pytest


def _wheel(folder: Path) -> Path:
    """Write the smallest wheel there is: one module, named tinykey."""
    path = folder / "tinykey-1.0-py3-none-any.whl"
    record = "tinykey.py,,\ntinykey-1.0.dist-info/METADATA,,\ntinykey-1.0.dist-info/WHEEL,,\n"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("tinykey.py", "ANSWER = 42\n")
        meta = "Metadata-Version: 2.1\nName: tinykey\nVersion: 1.0\n"
        archive.writestr("tinykey-1.0.dist-info/METADATA", meta)
        wheel = "Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
        archive.writestr("tinykey-1.0.dist-info/WHEEL", wheel)
        archive.writestr("tinykey-1.0.dist-info/RECORD", record)
    return path


def test_t98_a_changed_hash_installs_nothing_and_the_right_one_does_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    wheel = _wheel(tmp_path)
    lock = tmp_path / "requirements.lock"
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(tmp_path))
    monkeypatch.setattr(place, "HOME", tmp_path / "venv")
    monkeypatch.setattr(place, "RUN_LOCK", lock)
    import_it = [str(place.venv_python(tmp_path / "venv")), "-c", "import tinykey"]

    lock.write_text(f"tinykey==1.0 --hash=sha256:{'0' * 64}\n", "utf-8")
    with pytest.raises(place.Stop):
        place.ensure_environment(dev=False)
    assert subprocess.run(import_it, capture_output=True, check=False).returncode != 0

    right = hashlib.sha256(wheel.read_bytes()).hexdigest()
    lock.write_text(f"tinykey==1.0 --hash=sha256:{right}\n", "utf-8")
    python = place.ensure_environment(dev=False)
    assert subprocess.run(import_it, check=False).returncode == 0
    assert list(place.site_packages(tmp_path / "venv").glob("__pycache__/tinykey.*.pyc"))

    monkeypatch.setattr(place, "run", lambda *_words, **_env: pytest.fail("installed twice"))
    assert place.ensure_environment(dev=False) == python


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="about Debian's packages")
@pytest.mark.parametrize(("display", "more"), [("", ""), (":0", "libxcb-cursor0")])
def test_without_root_the_missing_packages_are_one_line_to_type(
    monkeypatch: pytest.MonkeyPatch, display: str, more: str
) -> None:
    monkeypatch.setenv("DISPLAY", display)
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    monkeypatch.setattr(place, "_loads", lambda _library: False)
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    monkeypatch.setattr(shutil, "which", lambda name: f"/usr/bin/{name}")
    with pytest.raises(place.Stop, match=r"sudo apt-get install -y .*libegl1 .*") as stopped:
        place.ensure_qt_libraries()
    assert more in str(stopped.value)
    assert ("libxcb-cursor0" in str(stopped.value)) is bool(display)


def test_a_python_that_was_never_tried_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "version_info", (3, 10, 1))
    with pytest.raises(place.Stop, match="needs Python"):
        place.check_python()
