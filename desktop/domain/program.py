"""How the program starts itself again, as its import worker or as the practice server."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Final

# A source tree that is not installed is found only from here: use it as the child's folder.
OWN_FOLDER: Final = Path(__file__).resolve().parents[2]


def own_command(*words: str) -> list[str]:
    """Give the argument vector that runs this program with `words`, in a bundle and outside one.

    Start it with `cwd=OWN_FOLDER`, so that paths among the words must be absolute.
    """
    if getattr(sys, "frozen", False):
        return [sys.executable, *words]
    return [sys.executable, "-m", "desktop", *words]
