"""No dump of this process may hold its keys (T93): no core file, no look from outside.

Sources: setrlimit(2), prctl(2) PR_SET_DUMPABLE; Microsoft's reference of SetErrorMode, WerSetFlags
and WerAddExcludedApplication. What other programs may do with a process of Windows is in `windows`.
"""

from __future__ import annotations

import contextlib
import ctypes
import sys
from pathlib import Path
from typing import Final

if sys.platform == "win32":
    from desktop.settings.windows import narrow_process
else:
    import resource

_PR_SET_DUMPABLE: Final = 4
# SEM_FAILCRITICALERRORS | SEM_NOGPFAULTERRORBOX: a crash ends without the error report's dialog.
_NO_ERROR_BOX: Final = 0x0001 | 0x0002
# WER_FAULT_REPORTING_FLAG_NOHEAP: what is reported all the same carries no memory contents.
_NO_HEAP: Final = 0x0001


def forbid_dumps() -> None:
    """For the rest of this process. What a system refuses is left as it is: this is effort."""
    if sys.platform != "win32":
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform == "linux":
        # Programs of the same user can then neither attach nor read /proc/PID/mem.
        with contextlib.suppress(OSError, AttributeError):
            ctypes.CDLL(None).prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)
    if sys.platform == "win32":
        with contextlib.suppress(OSError, AttributeError):
            kernel = ctypes.WinDLL("kernel32")
            kernel.SetErrorMode(_NO_ERROR_BOX)
            kernel.WerSetFlags(_NO_HEAP)
        if getattr(sys, "frozen", False):
            # By the name of the file, so for our own program only, never for somebody's Python.
            with contextlib.suppress(OSError, AttributeError):
                ctypes.WinDLL("wer").WerAddExcludedApplication(Path(sys.executable).name, False)
        with contextlib.suppress(OSError, AttributeError):
            narrow_process()
