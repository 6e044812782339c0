"""The files that the program writes itself (keys, attachments, copies), seen where it flushes and renames them."""

import errno
import os
import stat
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from unittest.mock import patch

from power.disk import Delete, Rename, Sync, Trace, Truncate, Write


@dataclass(frozen=True)
class OwnFiles:
    """Content that is renamed without having been flushed is recorded as a write that may be lost."""

    trace: Trace
    name: Callable[[str], str | None]
    fault_now: Callable[[], object]

    @contextmanager
    def watched(self) -> Iterator[None]:
        replace, unlink = os.replace, os.unlink

        def seen_fsync(descriptor: int) -> None:
            path = str(Path(f"/proc/self/fd/{descriptor}").readlink())
            if self.fault_now():
                raise OSError(errno.ENOSPC, "No space left on device")
            if stat.S_ISDIR(os.fstat(descriptor).st_mode):
                self.trace.operations.append(Sync(""))
            elif (name := self.name(path)) is not None:
                self._note_content(name, Path(path))
                self.trace.operations.append(Sync(name))

        def seen_replace(source: str | Path, target: str | Path) -> None:
            name, new_name = self.name(str(source)), self.name(str(target))
            if name is not None and new_name is not None:
                self._note_content(name, Path(source))
                self.trace.operations.append(Rename(name, new_name))
            replace(source, target)

        def seen_unlink(path: str | Path) -> None:
            name = self.name(str(path))
            unlink(path)
            if name is not None:
                self.trace.operations.append(Delete(name))

        with (
            patch("os.fsync", seen_fsync),
            patch("os.replace", seen_replace),
            patch("os.rename", seen_replace),
            patch("os.unlink", seen_unlink),
            patch("os.remove", seen_unlink),
        ):
            yield

    def _note_content(self, name: str, path: Path) -> None:
        content = path.read_bytes()
        if self.trace.after().get(name) != content:
            self.trace.operations += [Truncate(name, 0), Write(name, 0, content)]
