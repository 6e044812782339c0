"""The disk as the operating system promises it: what was flushed is there, what was not may be there, in any part.

Model: a write, a truncation or a rename is certain only after its file (or, for a rename, the folder) was flushed.
Creating and deleting a file are taken as durable in order; SQLite flushes the folder itself where that matters.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from random import Random

SECTOR = 512
VARIANTS = ("drop", "keep", "subset", "torn")


@dataclass(frozen=True)
class Write:
    file: str
    offset: int
    data: bytes


@dataclass(frozen=True)
class Truncate:
    file: str
    size: int


@dataclass(frozen=True)
class Rename:
    file: str
    to: str


@dataclass(frozen=True)
class Delete:
    file: str


@dataclass(frozen=True)
class Sync:
    """Flush of one file; of the folder when `file` is empty."""

    file: str


@dataclass(frozen=True)
class FailedSync:
    """A flush that failed: the system forgets that the content was never written, and no later flush writes it."""

    file: str


@dataclass(frozen=True)
class Acknowledged:
    """The program told the person that it is saved."""


Operation = Write | Truncate | Rename | Delete | Sync | FailedSync | Acknowledged
Files = dict[str, bytes]


@dataclass
class Trace:
    """What a program did to the files of a folder, from `before` on."""

    before: Files
    operations: list[Operation] = field(default_factory=list)

    @property
    def acknowledged(self) -> int:
        return sum(isinstance(operation, Acknowledged) for operation in self.operations)

    def crashes(self, random: Random) -> Iterator["Crash"]:
        """The four disks that each operation may leave when the power goes in the midst of it."""
        disk = Disk(self.before)
        acknowledged = 0
        for number, operation in enumerate(self.operations):
            if isinstance(operation, Acknowledged):
                acknowledged += 1
                continue
            flush = isinstance(operation, Sync | FailedSync)
            if not flush:
                disk.take(operation)
            for variant in VARIANTS:
                yield Crash(number, variant, acknowledged, disk.after_power_loss(variant, random))
            if flush:
                disk.take(operation)
        yield from self.crashes_after(random)

    def crashes_after(self, random: Random) -> Iterator["Crash"]:
        """The four disks when the power goes after the last operation."""
        disk = self._disk()
        for variant in VARIANTS:
            yield Crash(len(self.operations), variant, self.acknowledged, disk.after_power_loss(variant, random))

    def after(self) -> Files:
        """The disk when everything done has reached it."""
        return self._disk().after_power_loss("keep", Random(0))

    def _disk(self) -> "Disk":
        disk = Disk(self.before)
        for operation in self.operations:
            if not isinstance(operation, Acknowledged):
                disk.take(operation)
        return disk


@dataclass(frozen=True)
class Crash:
    at: int
    variant: str
    acknowledged: int
    files: Files

    def __str__(self) -> str:
        return f"operation {self.at}, {self.variant}, {self.acknowledged} acknowledged"


class Disk:
    def __init__(self, files: Files) -> None:
        self._flushed = {name: bytearray(data) for name, data in files.items()}
        self._pending: list[Write | Truncate | Rename] = []

    def take(self, operation: Operation) -> None:
        match operation:
            case Write() | Truncate() | Rename():
                self._pending.append(operation)
            case Delete(file):
                self._flushed.pop(file, None)
                self._pending = [pending for pending in self._pending if pending.file != file]
            case FailedSync(file):
                self._pending = [pending for pending in self._pending if not _flushed_by(pending, file)]
            case Sync(file):
                sure = [pending for pending in self._pending if _flushed_by(pending, file)]
                self._pending = [pending for pending in self._pending if not _flushed_by(pending, file)]
                _apply(self._flushed, sure)
                for renamed in (operation for operation in sure if isinstance(operation, Rename)):
                    # A new name over content that was never flushed: what is still pending goes with the name.
                    self._pending = [
                        replace(pending, file=renamed.to) if pending.file == renamed.file else pending
                        for pending in self._pending
                    ]

    def after_power_loss(self, variant: str, random: Random) -> Files:
        files = {name: bytearray(data) for name, data in self._flushed.items()}
        for pending in self._pending:
            files.setdefault(pending.file, bytearray())
        _apply(files, _survivors(self._pending, variant, random))
        return {name: bytes(data) for name, data in files.items()}


def _flushed_by(pending: Write | Truncate | Rename, file: str) -> bool:
    return file == "" if isinstance(pending, Rename) else pending.file == file


def _survivors(
    pending: list[Write | Truncate | Rename], variant: str, random: Random
) -> list[Write | Truncate | Rename]:
    if variant == "drop":
        return []
    if variant == "keep":
        return list(pending)
    if variant == "subset":
        return [operation for operation in pending if random.random() < 0.5]
    return [part for operation in pending for part in _sectors(operation) if random.random() < 0.5]


def _sectors(operation: Write | Truncate | Rename) -> Iterator[Write | Truncate | Rename]:
    """A write as the disk sees it: cut at the borders of its sectors. The rest happens whole or not."""
    if not isinstance(operation, Write):
        yield operation
        return
    start = operation.offset
    end = start + len(operation.data)
    while start < end:
        stop = min(end, (start // SECTOR + 1) * SECTOR)
        yield Write(operation.file, start, operation.data[start - operation.offset : stop - operation.offset])
        start = stop


def _apply(files: dict[str, bytearray], operations: list[Write | Truncate | Rename]) -> None:
    for operation in operations:
        content = files.setdefault(operation.file, bytearray())
        match operation:
            case Write(_, offset, data):
                content.extend(bytes(max(0, offset - len(content))))
                content[offset : offset + len(data)] = data
            case Truncate(_, size):
                del content[size:]
                content.extend(bytes(size - len(content)))
            case Rename(file, to):
                files[to] = files.pop(file)


def read_folder(folder: Path) -> Files:
    """Every file but SQLite's shared memory, which is built anew at each start."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and not path.name.endswith("-shm")
    }


def write_folder(folder: Path, files: Files) -> None:
    for name, data in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
