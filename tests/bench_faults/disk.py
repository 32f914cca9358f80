"""A disk whose nth call fails, below SQLite and below our own files, for real.

SQLite asks its "VFS" for every write, sync, truncation and deletion. The one registered here is the
system's own with these calls counted; the nth (and, while the disk stays bad, each later one) gives
the error of a full or broken disk, a write after half of it was done. Our own files go through the
four calls of `settings.files.DISK`, counted in the same row. What lies elsewhere is left alone.
"""

from __future__ import annotations

import _sqlite3
import contextlib
import ctypes
import dataclasses
import errno
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from desktop.settings.files import DISK, Disk

if sys.platform != "win32":
    import resource

NAME: Final = b"claviger-bench"
FULL: Final = 13
IOERR: Final = 10
OK: Final = 0
# The extended codes of SQLite: what could not be done.
_WRITE, _FSYNC, _TRUNCATE, _DELETE, _SHMSIZE = (IOERR | n << 8 for n in (3, 4, 6, 10, 19))

_P: Final = ctypes.c_void_p
_INT, _I64 = ctypes.c_int, ctypes.c_int64
_OPEN = ctypes.CFUNCTYPE(_INT, _P, _P, _P, _INT, _P)
_REMOVE = ctypes.CFUNCTYPE(_INT, _P, ctypes.c_char_p, _INT)
_WRITES = ctypes.CFUNCTYPE(_INT, _P, _P, _INT, _I64)
_CUTS = ctypes.CFUNCTYPE(_INT, _P, _I64)
_SYNCS = ctypes.CFUNCTYPE(_INT, _P, _INT)
_MAPS = ctypes.CFUNCTYPE(_INT, _P, _INT, _INT, _INT, _P)


class _Vfs(ctypes.Structure):
    _fields_ = (
        ("version", _INT), ("file_size", _INT), ("path_max", _INT), ("next", _P), ("name", _P),
        ("data", _P), ("open", _P), ("delete", _P), ("others", _P * 14),
    )  # fmt: skip


class _Methods(ctypes.Structure):
    _fields_ = (
        ("version", _INT), ("close", _P), ("read", _P), ("write", _P), ("truncate", _P),
        ("sync", _P), ("middle", _P * 7), ("shm_map", _P), ("rest", _P * 5),
    )  # fmt: skip


class _File(ctypes.Structure):
    _fields_ = (("methods", ctypes.POINTER(_Methods)),)


class BadDisk:
    """Counts the calls for files below `home`; which one fails, and whether the disk stays bad.

    `calls` since `fail_at`; `row` names all of them, as "sync journal.db-wal"; `hit` names the one
    that failed; `unsynced` holds the names of files whose last write no sync has followed.
    """

    def __init__(self, home: Path) -> None:
        self.calls = 0
        self.row: list[str] = []
        self.hit: str = ""
        self.unsynced: set[str] = set()
        self._home = os.fsencode(home)
        self._nth = 0
        self._stays = False
        self._full = True

    def fail_at(self, nth: int, *, stays: bool = False, full: bool = True) -> None:
        """Counts anew. `nth` 0: nothing fails. `full`: no room is left, else the device fails."""
        self.calls, self.hit = 0, ""
        self._nth, self._stays, self._full = nth, stays, full

    def mend(self) -> None:
        """Nothing fails any more; the count goes on."""
        self._nth = 0

    def is_mine(self, path: bytes) -> bool:
        return path.startswith(self._home)

    def fails(self, kind: str, path: bytes) -> bool:
        """Counts one call."""
        if not self.is_mine(path):
            return False
        self.calls += 1
        name = f"{kind} {os.path.basename(os.fsdecode(path))}"  # noqa: PTH119 - bytes
        self.row.append(name)
        fails = self._nth > 0 and (
            self.calls == self._nth or (self._stays and self.calls > self._nth)
        )
        if fails and not self.hit:
            self.hit = name
        return fails

    @property
    def number(self) -> int:
        """What the system calls it."""
        return errno.ENOSPC if self._full else errno.EIO

    def code(self, otherwise: int) -> int:
        """What SQLite calls it."""
        return FULL if self._full else otherwise


class _Shim:
    """The registered VFS: the default one, with six calls of ours."""

    def __init__(self, disk: BadDisk) -> None:
        self.disk = disk
        self._library = ctypes.CDLL(_sqlite3.__file__)
        self._library.sqlite3_vfs_find.restype = ctypes.POINTER(_Vfs)
        self._library.sqlite3_vfs_register.argtypes = (_P, _INT)
        self._library.sqlite3_vfs_unregister.argtypes = (_P,)
        self._system = self._library.sqlite3_vfs_find(None)
        self._paths: dict[int, bytes] = {}
        self._tables: dict[int, tuple[_Methods, _Methods]] = {}
        self._by_table: dict[int, _Methods] = {}
        self._own = _Vfs.from_buffer_copy(self._system.contents)
        self._name = ctypes.create_string_buffer(NAME)
        self._own.name = ctypes.cast(self._name, _P)
        self._own.next = None
        self._kept: list[Any] = []
        self._own.open = self._as_pointer(_OPEN(self._open))
        self._own.delete = self._as_pointer(_REMOVE(self._delete))
        # What every table of calls gets; made once, for SQLite keeps the addresses.
        self._write_call = self._as_pointer(_WRITES(self._write))
        self._cut_call = self._as_pointer(_CUTS(self._truncate))
        self._sync_call = self._as_pointer(_SYNCS(self._sync))
        self._map_call = self._as_pointer(_MAPS(self._shm_map))

    def install(self) -> None:
        self._library.sqlite3_vfs_register(ctypes.byref(self._own), 1)

    def remove(self) -> None:
        self._library.sqlite3_vfs_register(self._system, 1)
        self._library.sqlite3_vfs_unregister(ctypes.byref(self._own))

    def _as_pointer(self, function: Any) -> Any:
        self._kept.append(function)
        return ctypes.cast(function, _P).value

    # --- of the VFS ---------------------------------------------------------------------------

    def _open(self, _vfs: int, name: int | None, file: int, flags: int, out: int | None) -> int:
        real = _OPEN(self._system.contents.open)
        code = real(ctypes.addressof(self._system.contents), name, file, flags, out)
        handle = _File.from_address(file)
        if code == OK and name and handle.methods:
            self._paths[file] = ctypes.string_at(name)
            self._wrap(handle)
        return int(code)

    def _delete(self, _vfs: int, name: bytes, sync_folder: int) -> int:
        if self.disk.fails("delete", name):
            return self.disk.code(_DELETE) if os.path.lexists(name) else OK
        real = _REMOVE(self._system.contents.delete)
        return int(real(ctypes.addressof(self._system.contents), name, sync_folder))

    def _wrap(self, handle: Any) -> None:
        """Puts a copy of the file's table of calls in the place of the system's."""
        address = ctypes.addressof(handle.methods.contents)
        if address not in self._tables:
            real = _Methods.from_address(address)
            ours = _Methods.from_buffer_copy(real)
            ours.write, ours.truncate = self._write_call, self._cut_call
            ours.sync, ours.shm_map = self._sync_call, self._map_call
            self._tables[address] = (real, ours)
            self._by_table[ctypes.addressof(ours)] = real
        handle.methods = ctypes.pointer(self._tables[address][1])

    # --- of a file ----------------------------------------------------------------------------

    def _real(self, file: int) -> _Methods:
        return self._by_table[ctypes.addressof(_File.from_address(file).methods.contents)]

    def _write(self, file: int, data: int, size: int, offset: int) -> int:
        path, real = self._paths[file], _WRITES(self._real(file).write)
        if self.disk.fails("write", path):
            real(file, data, size // 2, offset)
            return self.disk.code(_WRITE)
        if self.disk.is_mine(path):
            self.disk.unsynced.add(os.path.basename(os.fsdecode(path)))  # noqa: PTH119 - bytes
        return int(real(file, data, size, offset))

    def _truncate(self, file: int, size: int) -> int:
        if self.disk.fails("truncate", self._paths[file]):
            return self.disk.code(_TRUNCATE)
        return int(_CUTS(self._real(file).truncate)(file, size))

    def _sync(self, file: int, flags: int) -> int:
        path = self._paths[file]
        if self.disk.fails("sync", path):
            return _FSYNC
        code = int(_SYNCS(self._real(file).sync)(file, flags))
        if code == OK:
            self.disk.unsynced.discard(os.path.basename(os.fsdecode(path)))  # noqa: PTH119 - bytes
        return code

    def _shm_map(self, file: int, page: int, size: int, extend: int, out: int) -> int:
        if extend and self.disk.fails("index", self._paths[file]):
            return _SHMSIZE
        return int(_MAPS(self._real(file).shm_map)(file, page, size, extend, out))


def _own_files(disk: BadDisk) -> Disk:
    """The four calls of `settings.files`, counted."""
    open_files: dict[int, bytes] = {}

    def create(path: str, flags: int, mode: int) -> int:
        _fail(disk, "create", os.fsencode(path))
        made = _REAL.create(path, flags, mode)
        open_files[made] = os.fsencode(path)
        return made

    def write(descriptor: int, data: bytes) -> int:
        _fail(disk, "write", open_files.get(descriptor, b""))
        return _REAL.write(descriptor, data)

    def sync(descriptor: int) -> None:
        # A folder is synced by a descriptor that nobody created here.
        _fail(disk, "sync", open_files.pop(descriptor, disk._home))
        _REAL.sync(descriptor)

    def replace(source: str, target: str) -> None:
        _fail(disk, "rename", os.fsencode(target))
        _REAL.replace(source, target)

    return Disk(create, write, sync, replace)


_REAL: Final = dataclasses.replace(DISK)


def _fail(disk: BadDisk, kind: str, path: bytes) -> None:
    if disk.fails(kind, path):
        raise OSError(disk.number, "planted")


def can_shim() -> bool:
    """Whether this Python lets others reach the SQLite it uses."""
    with contextlib.suppress(OSError, AttributeError):
        return bool(ctypes.CDLL(_sqlite3.__file__).sqlite3_vfs_find)
    return False


def _put(calls: Disk) -> None:
    """`DISK` is the default of every function that writes, so its own calls are exchanged."""
    for name, call in vars(calls).items():
        object.__setattr__(DISK, name, call)


@contextmanager
def bad_disk(home: Path) -> Iterator[BadDisk]:
    """Everything that is opened within the block is on this disk. Close it before the end."""
    disk = BadDisk(home)
    shim = _Shim(disk)
    shim.install()
    _put(_own_files(disk))
    try:
        yield disk
    finally:
        _put(_REAL)
        shim.remove()


@contextmanager
def size_limit(size: int) -> Iterator[None]:
    """No file of this process may grow beyond so many bytes: a full disk as the system tells it."""
    if sys.platform == "win32":
        raise OSError("no such limit")
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
