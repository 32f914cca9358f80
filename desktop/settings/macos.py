"""Tells clipboard managers of macOS that what was just copied is a secret (T94).

Qt names its own types there, and none of ours, so the pasteboard is asked itself, through the
Objective-C runtime. Source: Apple's reference of NSPasteboard and of objc_msgSend; the convention
is that of nspasteboard.org.
"""

from __future__ import annotations

import ctypes
import ctypes.util
import sys
from typing import Any, Final

CONCEALED: Final = "org.nspasteboard.ConcealedType"

if sys.platform == "darwin":

    class _Runtime:
        """Messages to objects; every one takes and gives pointers."""

        def __init__(self) -> None:
            # The framework the class lives in has to be loaded, which Qt has done long before.
            ctypes.CDLL(ctypes.util.find_library("AppKit"))
            self._objc: Any = ctypes.CDLL(ctypes.util.find_library("objc"))
            self._objc.objc_getClass.restype = ctypes.c_void_p
            self._objc.objc_getClass.argtypes = [ctypes.c_char_p]
            self._objc.sel_registerName.restype = ctypes.c_void_p
            self._objc.sel_registerName.argtypes = [ctypes.c_char_p]

        def named(self, name: str) -> Any:
            return self._objc.objc_getClass(name.encode())

        def ask(self, target: Any, message: str, *given: Any) -> Any:
            send = self._objc.objc_msgSend
            send.restype = ctypes.c_void_p
            send.argtypes = [ctypes.c_void_p] * (2 + len(given))
            return send(target, self._objc.sel_registerName(message.encode()), *given)

        def text(self, words: str) -> Any:
            return self.ask(self.named("NSString"), "stringWithUTF8String:", words.encode())

    def conceal_clipboard() -> None:
        """Adds the mark to what lies on the clipboard now. OSError, AttributeError."""
        runtime = _Runtime()
        board = runtime.ask(runtime.named("NSPasteboard"), "generalPasteboard")
        mark = runtime.text(CONCEALED)
        marks = runtime.ask(runtime.named("NSArray"), "arrayWithObject:", mark)
        runtime.ask(board, "addTypes:owner:", marks, None)
        runtime.ask(board, "setString:forType:", runtime.text(""), mark)
