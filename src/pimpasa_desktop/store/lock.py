"""One writing program a data folder. The lock is the operating system's, so a killed program leaves none behind."""

import os
from pathlib import Path
from typing import IO

from pimpasa_desktop.i18n import _
from pimpasa_desktop.problem import Problem


class FolderLock:
    def __init__(self, folder: Path) -> None:
        self._path = folder / "lock"
        self._file: IO[bytes] | None = None

    def take(self) -> None:
        """Hold the folder until `release`; a Problem when another program does."""
        file = self._path.open("ab")
        try:
            _exclusive(file)
        except OSError:
            file.close()
            raise Problem(
                _(
                    "Data ini sedang dipakai program PIMPASA lain. Tutup program itu lalu coba lagi;"
                    " membaca dan mengekspor tetap bisa."
                )
            ) from None
        self._file = file

    def release(self) -> None:
        if self._file:
            self._file.close()
            self._file = None


def _exclusive(file: IO[bytes]) -> None:
    if os.name == "nt":
        import msvcrt

        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined,unused-ignore]
    else:
        import fcntl

        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
