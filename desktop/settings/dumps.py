"""No dump of this process may hold its keys (T93): no core file, no look from outside.

Sources: setrlimit(2), prctl(2) PR_SET_DUMPABLE; Windows: SetErrorMode and WerSetFlags.
"""

from __future__ import annotations

import contextlib
import ctypes
import sys
from typing import Final

try:
    import resource
except ImportError:  # Windows
    resource = None  # type: ignore[assignment]  # there is none

_PR_SET_DUMPABLE: Final = 4
# SEM_FAILCRITICALERRORS | SEM_NOGPFAULTERRORBOX: a crash ends without the error report's dialog.
_NO_ERROR_BOX: Final = 0x0001 | 0x0002
# WER_FAULT_REPORTING_FLAG_NOHEAP: what is reported all the same carries no memory contents.
_NO_HEAP: Final = 0x0001


def forbid_dumps() -> None:
    """For the rest of this process. What a system refuses is left as it is: this is effort."""
    if resource is not None:
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
