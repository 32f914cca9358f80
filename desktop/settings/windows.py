"""Who may read a folder or the process itself on Windows (T85, T93).

A folder: the signed-in user and SYSTEM, nobody else. The process: SYSTEM; programs of the user may
only wait for its end, ask for its times and end it, not read its memory.

The security API of advapi32 through ctypes, so that no program is started. Source: Microsoft's
reference of the functions named below, of the security descriptor string format (SDDL) and of the
access rights of processes.
"""

from __future__ import annotations

import ctypes
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

if sys.platform == "win32":
    from ctypes import wintypes

    _TOKEN_QUERY = 0x0008
    _TOKEN_USER = 1
    _SE_FILE_OBJECT = 1
    _OWNER = 0x1
    _PROTECTED_DACL = 0x80000004
    # SYNCHRONIZE, PROCESS_QUERY_LIMITED_INFORMATION, PROCESS_TERMINATE.
    _WAIT_ASK_END = 0x0010_1001
    _ADMINISTRATORS = "S-1-5-32-544"

    _advapi32 = ctypes.WinDLL("advapi32", use_last_error=True)
    _kernel32 = ctypes.WinDLL("kernel32", use_last_error=True)
    _kernel32.GetCurrentProcess.restype = wintypes.HANDLE
    _kernel32.CloseHandle.argtypes = [wintypes.HANDLE]
    _kernel32.LocalFree.argtypes = [ctypes.c_void_p]
    _advapi32.OpenProcessToken.argtypes = [
        wintypes.HANDLE,
        wintypes.DWORD,
        ctypes.POINTER(wintypes.HANDLE),
    ]
    _advapi32.GetTokenInformation.argtypes = [
        wintypes.HANDLE,
        ctypes.c_int,
        ctypes.c_void_p,
        wintypes.DWORD,
        ctypes.POINTER(wintypes.DWORD),
    ]
    _advapi32.ConvertSidToStringSidW.argtypes = [
        ctypes.c_void_p,
        ctypes.POINTER(wintypes.LPWSTR),
    ]
    _advapi32.ConvertStringSecurityDescriptorToSecurityDescriptorW.argtypes = [
        wintypes.LPCWSTR,
        wintypes.DWORD,
        ctypes.POINTER(ctypes.c_void_p),
        ctypes.c_void_p,
    ]
    _advapi32.SetFileSecurityW.argtypes = [wintypes.LPCWSTR, wintypes.DWORD, ctypes.c_void_p]
    _advapi32.SetKernelObjectSecurity.argtypes = [wintypes.HANDLE, wintypes.DWORD, ctypes.c_void_p]
    _advapi32.GetNamedSecurityInfoW.argtypes = [
        wintypes.LPCWSTR,
        ctypes.c_int,
        wintypes.DWORD,
        ctypes.POINTER(ctypes.c_void_p),
        ctypes.c_void_p,
        ctypes.c_void_p,
        ctypes.c_void_p,
        ctypes.POINTER(ctypes.c_void_p),
    ]

    def _checked(ok: int) -> None:
        if not ok:
            raise ctypes.WinError(ctypes.get_last_error())

    def _text_of(sid: ctypes.c_void_p | int | None) -> str:
        text = wintypes.LPWSTR()
        _checked(_advapi32.ConvertSidToStringSidW(sid, ctypes.byref(text)))
        try:
            return str(text.value)
        finally:
            _kernel32.LocalFree(ctypes.cast(text, ctypes.c_void_p))

    def _user_sid() -> str:
        token = wintypes.HANDLE()
        process = _kernel32.GetCurrentProcess()
        _checked(_advapi32.OpenProcessToken(process, _TOKEN_QUERY, ctypes.byref(token)))
        try:
            size = wintypes.DWORD()
            _advapi32.GetTokenInformation(token, _TOKEN_USER, None, 0, ctypes.byref(size))
            buffer = ctypes.create_string_buffer(size.value)
            _checked(
                _advapi32.GetTokenInformation(token, _TOKEN_USER, buffer, size, ctypes.byref(size))
            )
            # TOKEN_USER begins with a pointer to the SID.
            return _text_of(ctypes.cast(buffer, ctypes.POINTER(ctypes.c_void_p))[0])
        finally:
            _kernel32.CloseHandle(token)

    @contextmanager
    def _described(rules: str) -> Iterator[ctypes.c_void_p]:
        """The security descriptor of an SDDL text, for the length of the block."""
        descriptor = ctypes.c_void_p()
        convert = _advapi32.ConvertStringSecurityDescriptorToSecurityDescriptorW
        _checked(convert(rules, 1, ctypes.byref(descriptor), None))
        try:
            yield descriptor
        finally:
            _kernel32.LocalFree(descriptor)

    def restrict_to_user(path: Path) -> None:
        """Gives the folder a list of its own; what is made inside inherits it. OSError."""
        with _described(f"D:P(A;OICI;FA;;;{_user_sid()})(A;OICI;FA;;;SY)") as descriptor:
            _checked(_advapi32.SetFileSecurityW(str(path), _PROTECTED_DACL, descriptor))

    def narrow_process() -> None:
        """For the rest of this process. OSError.

        OW, the owner's rights, takes away what an owner may do besides: to change the list again.
        """
        few = f"{_WAIT_ASK_END:#x}"
        rules = f"D:P(A;;{few};;;{_user_sid()})(A;;{few};;;OW)(A;;GA;;;SY)"
        with _described(rules) as descriptor:
            process = _kernel32.GetCurrentProcess()
            _checked(_advapi32.SetKernelObjectSecurity(process, _PROTECTED_DACL, descriptor))

    def let_come_forward(process: int) -> None:
        """Lets another process take the foreground that a person gave to this one."""
        ctypes.WinDLL("user32").AllowSetForegroundWindow(wintypes.DWORD(process))

    def is_owned_by_user(path: Path) -> bool:
        """Whether the user, or the administrators for an elevated user, own `path`. OSError."""
        owner, descriptor = ctypes.c_void_p(), ctypes.c_void_p()
        code = _advapi32.GetNamedSecurityInfoW(
            str(path),
            _SE_FILE_OBJECT,
            _OWNER,
            ctypes.byref(owner),
            None,
            None,
            None,
            ctypes.byref(descriptor),
        )
        if code:
            raise ctypes.WinError(code)
        try:
            return _text_of(owner) in {_user_sid(), _ADMINISTRATORS}
        finally:
            _kernel32.LocalFree(descriptor)
