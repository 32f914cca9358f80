"""Finds files of installed packages without importing the packages."""

from __future__ import annotations

import sys
from importlib.util import find_spec
from pathlib import Path


def package_folder(name: str) -> Path:
    """Folder of an installed package, in a source tree and in a bundle. FileNotFoundError."""
    bundle = getattr(sys, "_MEIPASS", None)
    if bundle is not None and (folder := Path(bundle) / name).is_dir():
        return folder
    spec = find_spec(name)
    if spec is None or not spec.submodule_search_locations:
        raise FileNotFoundError(name)
    return Path(spec.submodule_search_locations[0])
