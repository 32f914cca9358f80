"""macOS: notifications of the workspace and of the lock screen, power assertions, the lid.

The Objective-C runtime and IOKit through ctypes, so that nothing has to be installed. The name of
the lock screen's notification is not in Apple's reference, but has been the same for many years;
where it does not come, switching, sleeping and the idle time remain. Sources: Apple's reference of
NSWorkspace, NSDistributedNotificationCenter and IOPMAssertionCreateWithName, IOPMLib.h, and the
Objective-C runtime reference.
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable
from typing import Any, Final, Protocol

from PySide6.QtCore import QObject

from desktop.views.system.signals import Awake, Cause, Lid, SystemSignals

SCREEN_LOCKED: Final = "com.apple.screenIsLocked"
WILL_SLEEP: Final = "NSWorkspaceWillSleepNotification"
DID_WAKE: Final = "NSWorkspaceDidWakeNotification"
RESIGNED: Final = "NSWorkspaceSessionDidResignActiveNotification"
_CAUSES: Final[dict[str, Cause]] = {
    SCREEN_LOCKED: "session",
    WILL_SLEEP: "sleep",
    DID_WAKE: "sleep",
    RESIGNED: "user",
}
# A notification of the session comes whichever program is in front.
_DELIVER_AT_ONCE: Final = 4
_ASSERTION: Final = "PreventUserIdleSystemSleep"
_ASSERTION_ON: Final = 255
_UTF8: Final = 0x08000100


class Cocoa(Protocol):
    """What is asked of the system."""

    def observe(self, names: tuple[str, ...], heard: Callable[[str], None]) -> None:
        """Calls `heard` with the name of each such notification. OSError, AttributeError."""
        ...

    def ignore(self) -> None:
        """Ends `observe`."""
        ...

    def is_lid_open(self) -> bool | None:
        """None for a computer without a lid."""
        ...

    def assert_awake(self, why: str) -> int | None:
        """The number of a new assertion, None where it was refused."""
        ...

    def end_assertion(self, number: int) -> None: ...


class MacSignals(SystemSignals):
    """Listens to the notification centres; the lid is asked for, as nobody tells of it."""

    def __init__(self, cocoa: Cocoa, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._cocoa = cocoa
        self._lid = Lid()

    def start(self) -> None:
        self._cocoa.observe(tuple(_CAUSES), self._heard)
        self.poll()

    def stop(self) -> None:
        self._cocoa.ignore()

    def poll(self) -> None:
        is_open = self._cocoa.is_lid_open()
        if is_open is not None and self._lid.closes(is_open=is_open):
            self.happened.emit("lid")

    def _heard(self, name: str) -> None:
        cause = _CAUSES.get(name)
        if cause is not None:
            self.happened.emit(cause)


class MacAwake(Awake):
    """A power assertion; it ends with the program whatever happens to it."""

    def __init__(self, cocoa: Cocoa, why: str) -> None:
        self._cocoa = cocoa
        self._why = why
        self._number: int | None = None

    def hold(self) -> None:
        if self._number is None:
            self._number = self._cocoa.assert_awake(self._why)

    def release(self) -> None:
        if self._number is not None:
            self._cocoa.end_assertion(self._number)
            self._number = None


class SystemCocoa:
    """The real one. Raises OSError where a library is missing: on any other system."""

    def __init__(self) -> None:
        frameworks = "/System/Library/Frameworks"
        self._objc = ctypes.CDLL("/usr/lib/libobjc.A.dylib")
        ctypes.CDLL(f"{frameworks}/AppKit.framework/AppKit")
        self._iokit = ctypes.CDLL(f"{frameworks}/IOKit.framework/IOKit")
        self._core = ctypes.CDLL(f"{frameworks}/CoreFoundation.framework/CoreFoundation")
        for library, name, result, given in (
            (self._objc, "objc_getClass", ctypes.c_void_p, [ctypes.c_char_p]),
            (self._objc, "sel_registerName", ctypes.c_void_p, [ctypes.c_char_p]),
            (
                self._objc,
                "objc_allocateClassPair",
                ctypes.c_void_p,
                [ctypes.c_void_p, ctypes.c_char_p, ctypes.c_size_t],
            ),
            (self._objc, "objc_registerClassPair", None, [ctypes.c_void_p]),
            (
                self._objc,
                "class_addMethod",
                ctypes.c_bool,
                [ctypes.c_void_p, ctypes.c_void_p, ctypes.c_void_p, ctypes.c_char_p],
            ),
            (
                self._core,
                "CFStringCreateWithCString",
                ctypes.c_void_p,
                [ctypes.c_void_p, ctypes.c_char_p, ctypes.c_uint32],
            ),
            (self._core, "CFRelease", None, [ctypes.c_void_p]),
            (self._core, "CFBooleanGetValue", ctypes.c_bool, [ctypes.c_void_p]),
            (self._iokit, "IOServiceMatching", ctypes.c_void_p, [ctypes.c_char_p]),
            (
                self._iokit,
                "IOServiceGetMatchingService",
                ctypes.c_uint32,
                [ctypes.c_uint32, ctypes.c_void_p],
            ),
            (
                self._iokit,
                "IORegistryEntryCreateCFProperty",
                ctypes.c_void_p,
                [ctypes.c_uint32, ctypes.c_void_p, ctypes.c_void_p, ctypes.c_uint32],
            ),
            (self._iokit, "IOObjectRelease", ctypes.c_int, [ctypes.c_uint32]),
            (
                self._iokit,
                "IOPMAssertionCreateWithName",
                ctypes.c_int,
                [
                    ctypes.c_void_p,
                    ctypes.c_uint32,
                    ctypes.c_void_p,
                    ctypes.POINTER(ctypes.c_uint32),
                ],
            ),
            (self._iokit, "IOPMAssertionRelease", ctypes.c_int, [ctypes.c_uint32]),
        ):
            function = getattr(library, name)
            function.restype, function.argtypes = result, given
        self._observer: int | None = None
        self._method: Any = None

    def observe(self, names: tuple[str, ...], heard: Callable[[str], None]) -> None:
        self._observer = self._new_observer(heard)
        for name in names:
            text = self._text(name)
            try:
                if name == SCREEN_LOCKED:
                    self._send(
                        self._distributed(),
                        "addObserver:selector:name:object:suspensionBehavior:",
                        (ctypes.c_void_p, self._observer),
                        (ctypes.c_void_p, self._selector("heard:")),
                        (ctypes.c_void_p, text),
                        (ctypes.c_void_p, None),
                        (ctypes.c_ulong, _DELIVER_AT_ONCE),
                    )
                else:
                    self._send(
                        self._workspace(),
                        "addObserver:selector:name:object:",
                        (ctypes.c_void_p, self._observer),
                        (ctypes.c_void_p, self._selector("heard:")),
                        (ctypes.c_void_p, text),
                        (ctypes.c_void_p, None),
                    )
            finally:
                self._core.CFRelease(text)

    def ignore(self) -> None:
        if self._observer is not None:
            for centre in (self._distributed(), self._workspace()):
                self._send(centre, "removeObserver:", (ctypes.c_void_p, self._observer))
            self._observer = None

    def is_lid_open(self) -> bool | None:
        service = self._iokit.IOServiceGetMatchingService(
            0, self._iokit.IOServiceMatching(b"IOPMrootDomain")
        )
        if not service:
            return None
        name = self._text("AppleClamshellState")
        try:
            state = self._iokit.IORegistryEntryCreateCFProperty(service, name, None, 0)
        finally:
            self._core.CFRelease(name)
            self._iokit.IOObjectRelease(service)
        if not state:
            return None
        try:
            return not self._core.CFBooleanGetValue(state)
        finally:
            self._core.CFRelease(state)

    def assert_awake(self, why: str) -> int | None:
        number = ctypes.c_uint32()
        kind, reason = self._text(_ASSERTION), self._text(why)
        try:
            failed = self._iokit.IOPMAssertionCreateWithName(
                kind, _ASSERTION_ON, reason, ctypes.byref(number)
            )
        finally:
            self._core.CFRelease(kind)
            self._core.CFRelease(reason)
        return None if failed else number.value

    def end_assertion(self, number: int) -> None:
        self._iokit.IOPMAssertionRelease(number)

    # --- the runtime ------------------------------------------------------------------------

    def _new_observer(self, heard: Callable[[str], None]) -> int:
        """An object of a class of ours, whose one method passes the name of what came on."""

        def method(_self: int, _selector: int, notification: int) -> None:
            text = self._send(self._send(notification, "name"), "UTF8String")
            heard(ctypes.string_at(text).decode() if text else "")

        kind = ctypes.CFUNCTYPE(None, ctypes.c_void_p, ctypes.c_void_p, ctypes.c_void_p)
        # The runtime keeps no reference that Python would know of.
        self._method = kind(method)
        name = f"ClavigerObserver{id(self):x}".encode()
        made = self._objc.objc_allocateClassPair(self._objc.objc_getClass(b"NSObject"), name, 0)
        implementation = ctypes.cast(self._method, ctypes.c_void_p)
        self._objc.class_addMethod(made, self._selector("heard:"), implementation, b"v@:@")
        self._objc.objc_registerClassPair(made)
        return self._send(self._send(made, "alloc"), "init")

    def _distributed(self) -> int:
        owner = self._objc.objc_getClass(b"NSDistributedNotificationCenter")
        return self._send(owner, "defaultCenter")

    def _workspace(self) -> int:
        owner = self._objc.objc_getClass(b"NSWorkspace")
        return self._send(self._send(owner, "sharedWorkspace"), "notificationCenter")

    def _selector(self, name: str) -> int:
        return int(self._objc.sel_registerName(name.encode()))

    def _text(self, text: str) -> int:
        return int(self._core.CFStringCreateWithCString(None, text.encode(), _UTF8))

    def _send(self, target: int, selector: str, *given: tuple[Any, Any]) -> int:
        """objc_msgSend, with the prototype of this very call: arm64 has no variadic form of it."""
        kinds = [kind for kind, _value in given]
        prototype = ctypes.CFUNCTYPE(ctypes.c_void_p, ctypes.c_void_p, ctypes.c_void_p, *kinds)
        call = prototype(("objc_msgSend", self._objc))
        values = [value for _kind, value in given]
        return int(call(target, self._selector(selector), *values) or 0)
