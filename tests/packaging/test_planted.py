"""Modules and plugins that somebody planted where the program works are not run (T97)."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from desktop.domain.program import own_command
from tests.practice_process import ROOT

HOOK = ROOT / "packaging" / "clean_environment.py"
# What the program, its import worker and its practice server import, of ours and of others.
PLANTED = (
    "sitecustomize", "usercustomize", "json", "msgspec", "sqlite3", "desktop", "httpx", "csv",
    "cryptography", "uvicorn", "keyring", "logging", "plugins",
)  # fmt: skip


def _plant(folder: Path, marker: Path) -> None:
    """Each of them would leave a line in `marker`, and then break whoever wanted the real one."""
    folder.mkdir(parents=True, exist_ok=True)
    for name in PLANTED:
        body = f"open({str(marker)!r}, 'a').write({name!r} + '\\n')\nraise ImportError('planted')\n"
        (folder / f"{name}.py").write_text(body, "utf-8")
        package = folder / "plugins" / name
        package.mkdir(parents=True, exist_ok=True)
        (package / "__init__.py").write_text(body, "utf-8")
    (folder / "qt.conf").write_text(f"[Paths]\nPlugins = {folder / 'plugins'}\n", "utf-8")
    (folder / "planted.pth").write_text(f"import {PLANTED[0]}\n", "utf-8")


_WORK = """
import asyncio, os, sys
from pathlib import Path
from desktop.importers.client import preview_file
from desktop.services.practice import Practice
from desktop.settings.profile import ProfileFolder
home = Path({home!r})
with ProfileFolder.open(home / "desk"):
    preview = asyncio.run(preview_file(home / "file.csv"))
    assert len(preview.rows) == 1, preview
async def practise():
    server = Practice(home / "desk" / "practice")
    assert (await server.start()).url
    await server.stop()
asyncio.run(practise())
print("worked")
"""


def test_t97_modules_planted_where_the_program_works_are_not_run(tmp_path: Path) -> None:
    """In the folder it is started from, in the profile, in the home folder; its children too."""
    marker = tmp_path / "planted"
    for folder in ("", "desk", "desk/practice", "home", "home/.local/lib/python/site-packages"):
        _plant(tmp_path / folder, marker)
    (tmp_path / "file.csv").write_text("name,url,username,password,note\nA,,b,c,\n", "utf-8")
    done = subprocess.run(
        [sys.executable, "-P", "-c", _WORK.format(home=str(tmp_path))],
        cwd=tmp_path,
        env={**_plain(), "HOME": str(tmp_path / "home"), "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.stdout == "worked\n", done.stderr
    assert not marker.exists(), marker.read_text("utf-8")


def test_t97_the_traps_of_the_test_above_would_snap(tmp_path: Path) -> None:
    """A child that is started in the wrong folder runs what lies there."""
    marker = tmp_path / "planted"
    _plant(tmp_path, marker)
    subprocess.run(
        own_command("--version"), cwd=tmp_path, env=_plain(), capture_output=True, check=False
    )
    assert marker.exists()


def _plain() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}


@pytest.mark.parametrize(
    "name", ["QT_PLUGIN_PATH", "QT_QPA_PLATFORM_PLUGIN_PATH", "QT_QPA_GENERIC_PLUGINS"]
)
def test_t97_a_bundle_forgets_where_plugins_are_said_to_be(name: str) -> None:
    """The hook runs before anything of the bundle; PYTHON* its start program never reads."""
    ask = "import json, os, runpy; runpy.run_path({!r}); print(json.dumps(dict(os.environ)))"
    done = subprocess.run(
        [sys.executable, "-I", "-c", ask.format(str(HOOK))],
        env={**os.environ, name: "/planted", "CLAVIGER_KEPT": "yes"},
        capture_output=True,
        text=True,
        check=True,
    )
    after = json.loads(done.stdout)
    assert name not in after
    assert after["CLAVIGER_KEPT"] == "yes"
    spec = (ROOT / "packaging" / "claviger.spec").read_text("utf-8")
    assert 'runtime_hooks=[str(ROOT / "packaging" / "clean_environment.py")]' in spec


def test_t97_no_folder_of_plugins_is_looked_for() -> None:
    """Nothing adds to where modules and Qt's plugins are looked for."""
    pattern = re.compile(
        r"sys\.path\.|addLibraryPath|setLibraryPaths|entry_points\(|import_module\(|site\.addsitedir"
    )
    found = {
        f"{path.relative_to(ROOT)}: {hit}"
        for path in (ROOT / "desktop").rglob("*.py")
        for hit in pattern.findall(path.read_text("utf-8"))
    }
    assert found == set()
