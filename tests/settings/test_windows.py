"""What Windows is asked for: the modules loaded as if they ran there, on functions that only note.

Only Windows can say whether it understands; these tests hold the arguments fast.
"""

from __future__ import annotations

import ctypes
import importlib.util
import sys
from collections.abc import Iterator
from ctypes import wintypes
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

ROOM = Path(__file__).resolve().parents[2] / "desktop" / "settings"
USER = "S-1-5-21-1-2-3-1001"
Call = tuple[str, tuple[Any, ...]]


class Function:
    """Notes what it is called with and says yes, or what the fake system makes of it."""

    def __init__(self, system: System, name: str) -> None:
        self._system = system
        self._name = name

    def __call__(self, *given: Any) -> int:
        self._system.calls.append((self._name, given))
        return self._system.answer(self._name, given)


class System:
    """The libraries of Windows, as far as they are named."""

    def __init__(self) -> None:
        self.calls: list[Call] = []
        self.owner = USER
        self.fails: set[str] = set()
        self.libraries: set[str] = set()

    def library(self, name: str, **_options: Any) -> ModuleType:
        self.libraries.add(name)
        made = ModuleType(name)
        made.__getattr__ = lambda word: made.__dict__.setdefault(word, Function(self, word))  # type: ignore[method-assign]  # a module may have one
        return made

    def answer(self, name: str, given: tuple[Any, ...]) -> int:
        if name in self.fails:
            return 0
        if name == "ConvertSidToStringSidW":
            given[1]._obj.value = USER if self.asked("GetTokenInformation") else self.owner
            self.calls = [one for one in self.calls if one[0] != "GetTokenInformation"]
        elif name == "GetTokenInformation" and given[2] is None:
            given[4]._obj.value = 64
        elif name.startswith("ConvertStringSecurityDescriptor"):
            given[2]._obj.value = 4711
        return 0 if name == "GetNamedSecurityInfoW" else 1

    def asked(self, name: str) -> list[tuple[Any, ...]]:
        return [given for called, given in self.calls if called == name]


@pytest.fixture
def system(monkeypatch: pytest.MonkeyPatch) -> System:
    made = System()
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setattr(ctypes, "WinDLL", made.library, raising=False)
    monkeypatch.setattr(ctypes, "get_last_error", lambda: 5, raising=False)
    monkeypatch.setattr(ctypes, "WinError", lambda code: OSError(code, "no"), raising=False)
    return made


@pytest.fixture
def windows(system: System, monkeypatch: pytest.MonkeyPatch) -> Iterator[ModuleType]:
    module = loaded("windows")
    monkeypatch.setitem(sys.modules, "desktop.settings.windows", module)
    yield module
    assert not system.libraries - {"advapi32", "kernel32", "wer", "user32"}


def loaded(name: str) -> ModuleType:
    """A second copy of a module, made under the platform of now."""
    spec = importlib.util.spec_from_file_location(f"as_windows_{name}", ROOM / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_t85_on_windows_a_folder_is_the_user_s_and_the_system_s(
    system: System, windows: ModuleType
) -> None:
    windows.restrict_to_user(Path("C:/profile"))
    ((rules, revision, _out, size),) = system.asked(
        "ConvertStringSecurityDescriptorToSecurityDescriptorW"
    )
    # Nothing from the folder above, full access for two, and the same for whatever is inside.
    assert rules == f"D:P(A;OICI;FA;;;{USER})(A;OICI;FA;;;SY)"
    assert (revision, size) == (1, None)
    ((path, parts, descriptor),) = system.asked("SetFileSecurityW")
    assert (path, parts, descriptor.value) == ("C:/profile", 0x80000004, 4711)
    assert system.asked("LocalFree")[-1][0].value == 4711


@pytest.mark.parametrize(
    ("owner", "is_ours"), [(USER, True), ("S-1-5-32-544", True), ("S-1-5-21-9", False)]
)
def test_t85_on_windows_a_foreign_owner_is_seen(
    owner: str, is_ours: bool, system: System, windows: ModuleType
) -> None:
    system.owner = owner
    assert windows.is_owned_by_user(Path("C:/profile")) is is_ours
    ((path, kind, what, *_outs),) = system.asked("GetNamedSecurityInfoW")
    assert (path, kind, what) == ("C:/profile", 1, 1)


def test_t85_on_windows_a_refusal_is_an_error(system: System, windows: ModuleType) -> None:
    system.fails = {"SetFileSecurityW"}
    with pytest.raises(OSError, match="no"):
        windows.restrict_to_user(Path("C:/profile"))
    assert system.asked("LocalFree")[-1][0].value == 4711


@pytest.mark.usefixtures("windows")
def test_t93_on_windows_the_memory_is_closed_and_nothing_is_reported(
    system: System, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "executable", "/programs/claviger.exe")
    loaded("dumps").forbid_dumps()
    # A crash shows no box, sends no memory, and is not reported at all.
    assert system.asked("SetErrorMode") == [(0x0003,)]
    assert system.asked("WerSetFlags") == [(0x0001,)]
    assert system.asked("WerAddExcludedApplication") == [("claviger.exe", False)]
    ((rules, *_rest),) = system.asked("ConvertStringSecurityDescriptorToSecurityDescriptorW")
    # To wait for it, to ask for its times, to end it; the owner may not change that again.
    few = 0x0010_0000 | 0x1000 | 0x0001
    assert rules == f"D:P(A;;{few:#x};;;{USER})(A;;{few:#x};;;OW)(A;;GA;;;SY)"
    reads_memory = 0x0010 | 0x0020 | 0x0008 | 0x0040 | 0x0004_0000
    assert not few & reads_memory
    ((_process, parts, descriptor),) = system.asked("SetKernelObjectSecurity")
    assert (parts, descriptor.value) == (0x80000004, 4711)


@pytest.mark.usefixtures("windows")
def test_t93_on_windows_a_refusal_stops_nothing_and_no_python_is_excluded(
    system: System, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "frozen", False, raising=False)
    system.fails = {"SetKernelObjectSecurity"}
    loaded("dumps").forbid_dumps()
    assert system.asked("WerAddExcludedApplication") == []
    assert len(system.asked("SetKernelObjectSecurity")) == 1


def test_t53_on_windows_the_first_window_may_take_the_foreground(
    system: System, windows: ModuleType
) -> None:
    windows.let_come_forward(77)
    ((process,),) = system.asked("AllowSetForegroundWindow")
    assert isinstance(process, wintypes.DWORD)
    assert process.value == 77
