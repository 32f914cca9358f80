"""The tests of the rooms that need no Qt, run where PySide6 is not installed.

The environment is made of links to what `.venv` holds, all but Qt and what stands on it; that takes
a second, where an installation of its own would take half a minute.
"""

from __future__ import annotations

import importlib.metadata
import os
import shutil
import sys
from pathlib import Path

from dev_environment import HOME, ROOT, child_environment, run, site_packages, succeeds, venv_python

FOLDER = ROOT / ".venv-qtfree"
LEFT_OUT = ("PySide6_Essentials", "shiboken6", "pytest-qt", "qasync")
ROOMS = (
    "domain", "settings", "crypto", "cache", "api", "plans", "importers", "services", "practice",
)  # fmt: skip


def _tops_left_out(source: Path) -> set[str]:
    """Give the entries of site-packages that belong to the packages left out."""
    names = set()
    for distribution in importlib.metadata.distributions(path=[str(source)]):
        if distribution.metadata["Name"].lower() in {name.lower() for name in LEFT_OUT}:
            names |= {file.parts[0] for file in distribution.files or () if file.parts[0] != ".."}
    return names


def _make() -> None:
    source, target = site_packages(HOME), site_packages(FOLDER)
    shutil.rmtree(FOLDER, ignore_errors=True)
    run(sys.executable, "-m", "venv", "--without-pip", FOLDER)
    left_out = _tops_left_out(source)
    for entry in source.iterdir():
        if entry.name in left_out:
            continue
        if os.name != "nt":
            (target / entry.name).symlink_to(entry)
        elif entry.is_dir():  # links need a privilege on Windows
            shutil.copytree(entry, target / entry.name)
        else:
            shutil.copyfile(entry, target / entry.name)


def folders() -> list[str]:
    """Give the test folders of the rooms that need no Qt, as far as they exist."""
    wanted = [Path("tests") / room for room in ROOMS]
    return [path.as_posix() for path in wanted if (ROOT / path).is_dir()]


def test_without_qt(arguments: list[str]) -> bool:
    """Make the environment afresh, run those tests in it and tell whether all went well."""
    _make()
    env = child_environment(PYTHONPATH=str(Path(__file__).parent))
    plugins = ("-p", "qt_free", "-p", "no:cacheprovider")
    return succeeds(venv_python(FOLDER), "-m", "pytest", *plugins, *folders(), *arguments, env=env)
