"""Run by the bundle before anything else: no variable may name a folder to load plugins from.

PyInstaller's start program ignores PYTHON* by itself; Qt does not ignore these.
"""

from __future__ import annotations

import os

for name in ("QT_PLUGIN_PATH", "QT_QPA_PLATFORM_PLUGIN_PATH", "QT_QPA_GENERIC_PLUGINS"):
    os.environ.pop(name, None)
