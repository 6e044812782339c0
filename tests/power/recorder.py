"""Watches, and where asked breaks, what the shipped SQLCipher and the program's own files do to a folder.

Below the cipher: the driver's default file layer is replaced by a copy that differs only in open, write, truncate,
flush and delete, so that everything else is the layer that ships. No compiler, no root, no other driver: the
wheel exports SQLite's own functions. Files written by the program itself are seen at `os.fsync` and `os.replace`.
"""

import ctypes as c
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlcipher3 import _sqlite3

from power.disk import Delete, FailedSync, Operation, Sync, Trace, Truncate, Write, read_folder
from power.own_files import OwnFiles

OK, IOERR_WRITE, IOERR_FSYNC, IOERR_TRUNCATE, FULL = 0, 778, 1034, 1546, 13

LIBRARY = c.CDLL(_sqlite3.__file__)
POINTER = c.c_void_p
OPEN = c.CFUNCTYPE(c.c_int, POINTER, POINTER, POINTER, c.c_int, c.POINTER(c.c_int))
DELETE = c.CFUNCTYPE(c.c_int, POINTER, c.c_char_p, c.c_int)
CLOSE = c.CFUNCTYPE(c.c_int, POINTER)
WRITE = c.CFUNCTYPE(c.c_int, POINTER, POINTER, c.c_int, c.c_int64)
TRUNCATE = c.CFUNCTYPE(c.c_int, POINTER, c.c_int64)
SYNC = c.CFUNCTYPE(c.c_int, POINTER, c.c_int)


class Methods(c.Structure):
    """sqlite3_io_methods, as far as version 3 goes."""

    _fields_ = [
        ("version", c.c_int),
        ("close", CLOSE),
        ("read", POINTER),
        ("write", WRITE),
        ("truncate", TRUNCATE),
        ("sync", SYNC),
        ("rest", POINTER * 13),
    ]


class Vfs(c.Structure):
    """sqlite3_vfs, as far as version 3 goes."""

    _fields_ = [
        ("version", c.c_int),
        ("file_size", c.c_int),
        ("path_max", c.c_int),
        ("next", POINTER),
        ("name", c.c_char_p),
        ("data", POINTER),
        ("open", OPEN),
        ("delete", DELETE),
        ("rest", POINTER * 14),
    ]


LIBRARY.sqlite3_vfs_find.restype = c.POINTER(Vfs)
LIBRARY.sqlite3_vfs_find.argtypes = [c.c_char_p]
LIBRARY.sqlite3_vfs_register.argtypes = [c.POINTER(Vfs), c.c_int]
LIBRARY.sqlite3_vfs_unregister.argtypes = [c.POINTER(Vfs)]


@dataclass(frozen=True)
class Fault:
    """The `at`-th write, truncation or flush fails: `full` or `broken` disk; once, or from then on."""

    at: int
    kind: str
    lasting: bool


class Recorder:
    """Use `recording`."""

    def __init__(self, folder: Path, fault: Fault | None) -> None:
        self.trace = Trace(read_folder(folder))
        self._folder = folder.resolve()
        self._fault = fault
        self._count = 0
        self._files: dict[int, str] = {}
        self._methods: dict[int, tuple[Methods, Methods]] = {}  # by the address of the original table
        self._original = LIBRARY.sqlite3_vfs_find(None)
        self._vfs = Vfs.from_buffer_copy(self._original.contents)
        self._vfs.name = b"recorder"
        self._vfs.open = OPEN(self._open)
        self._vfs.delete = DELETE(self._delete)

    def install(self) -> None:
        LIBRARY.sqlite3_vfs_register(self._vfs, 1)

    def remove(self) -> None:
        LIBRARY.sqlite3_vfs_register(self._original, 1)
        LIBRARY.sqlite3_vfs_unregister(self._vfs)
        assert not self._files, f"still open: {sorted(set(self._files.values()))}"

    @property
    def operations(self) -> list[Operation]:
        return self.trace.operations

    def fault_now(self) -> Fault | None:
        """The fault that this write, truncation or flush meets, if any."""
        self._count += 1
        fault = self._fault
        if fault is not None and (self._count == fault.at or (fault.lasting and self._count > fault.at)):
            return fault
        return None

    @property
    def fault_met(self) -> bool:
        return self._fault is not None and self._count >= self._fault.at

    def name(self, path: str) -> str | None:
        """The file's name inside the folder; None for files elsewhere and for shared memory."""
        resolved = Path(path).resolve()
        if path.endswith("-shm") or not resolved.is_relative_to(self._folder):
            return None
        return resolved.relative_to(self._folder).as_posix()

    def _open(self, vfs: int, path: int | None, file: int, flags: int, out: Any) -> int:
        code: int = self._original.contents.open(c.addressof(self._original.contents), path, file, flags, out)
        # A file without a path is a temporary one of SQLite itself and gone after a power loss.
        name = self.name(os.fsdecode(c.string_at(path))) if path else None
        if code != OK or name is None:
            return code
        slot = c.cast(file, c.POINTER(POINTER))
        address = slot[0]
        if address is None:
            return code
        if address not in self._methods:
            original = c.cast(address, c.POINTER(Methods)).contents
            self._methods[address] = (original, self._watched(original))
        original, watched = self._methods[address]
        slot[0] = c.addressof(watched)
        self._files[file] = name
        return code

    def _watched(self, original: Methods) -> Methods:
        methods = Methods.from_buffer_copy(original)

        def write(file: int, data: int, count: int, offset: int) -> int:
            fault = self.fault_now()
            if fault is not None:
                count //= 2  # a disk that fills up or breaks takes a part
            self.operations.append(Write(self._files[file], offset, c.string_at(data, count)))
            code = int(original.write(file, data, count, offset))
            return code if fault is None else (FULL if fault.kind == "full" else IOERR_WRITE)

        def truncate(file: int, size: int) -> int:
            if self.fault_now():
                return IOERR_TRUNCATE
            self.operations.append(Truncate(self._files[file], size))
            return int(original.truncate(file, size))

        def sync(file: int, flags: int) -> int:
            if self.fault_now():
                self.operations.append(FailedSync(self._files[file]))
                return IOERR_FSYNC
            self.operations.append(Sync(self._files[file]))
            return OK  # only the trace matters, and this process reads its own page cache: no need to wait

        def close(file: int) -> int:
            del self._files[file]
            return int(original.close(file))

        methods.write, methods.truncate, methods.sync = WRITE(write), TRUNCATE(truncate), SYNC(sync)
        methods.close = CLOSE(close)
        return methods

    def _delete(self, vfs: int, path: bytes, sync_folder: int) -> int:
        if (name := self.name(os.fsdecode(path))) is not None:
            self.operations.append(Delete(name))
        return int(self._original.contents.delete(c.addressof(self._original.contents), path, sync_folder))


@contextmanager
def recording(folder: Path, fault: Fault | None = None) -> Iterator[Recorder]:
    """Watch `folder` until the block ends; every connection opened inside must be closed inside."""
    recorder = Recorder(folder, fault)
    recorder.install()
    try:
        with OwnFiles(recorder.trace, recorder.name, recorder.fault_now).watched():
            yield recorder
    finally:
        recorder.remove()
