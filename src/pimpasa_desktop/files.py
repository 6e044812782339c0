"""Files that a person asked for: whole or not at all.

Knows nothing of what is in them. A half-written document that looks finished is worse than none.
"""

import errno
import os
import tempfile
import weakref
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from pimpasa_desktop import durable
from pimpasa_desktop.i18n import _
from pimpasa_desktop.problem import Problem

_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}


class Growing:
    """A new file that grows beside the place where it will stand. `finish` puts it there in one step, `give_up` leaves
    nothing; so does the end of the program. Whatever the disk does not take is a Problem, and an older file of that
    name is untouched."""

    def __init__(self, path: Path) -> None:
        self._path = path
        with self.growing():
            handle, name = tempfile.mkstemp(prefix=".pimpasa-", suffix=".part", dir=path.parent)
        self.file: BinaryIO = os.fdopen(handle, "w+b")
        self._part = Path(name)
        self.give_up = weakref.finalize(self, _discard, self.file, self._part)

    @contextmanager
    def growing(self) -> Iterator[None]:
        """Around each writing to `file`."""
        try:
            yield
        except OSError as error:
            raise _problem(error, self._path) from error

    def finish(self) -> None:
        with self.growing():
            try:
                self.file.close()
                durable.settle(self._part, self._path)
            except BaseException:
                self.give_up()
                raise
        self.give_up.detach()


def _discard(file: BinaryIO, part: Path) -> None:
    with suppress(OSError):  # a full disk that does not take the rest either
        file.close()
    part.unlink(missing_ok=True)


def replace_file(path: Path, write: Callable[[BinaryIO], None]) -> None:
    """Let `write` fill a new file, then put it in the place of `path` in one step.

    Whoever looks at `path` sees the old file or the complete new one. Raises Problem when the disk does not
    take it; then nothing is left behind and an older file of that name is untouched.
    """
    part = Growing(path)
    try:
        with part.growing():
            write(part.file)
    except BaseException:
        part.give_up()
        raise
    part.finish()


def write_file(path: Path, content: bytes) -> None:
    """The same of bytes that are here already."""

    def write(file: BinaryIO) -> None:
        file.write(content)

    replace_file(path, write)


def _problem(error: OSError, path: Path) -> Problem:
    if error.errno in _FULL:
        return Problem(
            _(
                "Ruang simpan penuh, berkas {name} belum dibuat. Catatan Anda tetap aman; "
                "kosongkan sedikit ruang, lalu ulangi."
            ).format(name=path.name)
        )
    if not path.parent.is_dir():
        return Problem(
            _("Folder {folder} tidak ada, berkas belum dibuat. Pilih folder lain, lalu ulangi.").format(
                folder=path.parent
            )
        )
    return Problem(
        _(
            "Berkas {name} tidak dapat ditulis. Catatan Anda tetap aman; tutup berkas itu bila sedang terbuka "
            "atau pilih tempat lain, lalu ulangi."
        ).format(name=path.name)
    )
