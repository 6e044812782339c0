"""Files that are whole or absent after a power cut: written beside, flushed, renamed, the folder flushed.

Knows nothing of what is in them. The database does this by itself; this is for everything else.
"""

import os
import shutil
from pathlib import Path
from typing import BinaryIO


def write(path: Path, data: bytes) -> None:
    """Put `data` at `path`, readable by this person only. The old content stands until the new one is on the disk."""
    part = path.with_name(path.name + ".part")
    part.unlink(missing_ok=True)
    with _private(part) as file:
        file.write(data)
    settle(part, path)


def _private(part: Path) -> BinaryIO:
    """A new file for writing, readable by this person only."""
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    return os.fdopen(os.open(part, flags, 0o600), "wb")


def copy(source: Path, part: Path) -> None:
    """A copy at `part`, readable by this person only; `settle` makes it whole."""
    with _private(part) as file, source.open("rb") as read:
        shutil.copyfileobj(read, file)


def settle(part: Path, path: Path) -> None:
    """Flush the finished file `part` and give it its name `path`, replacing what stood there."""
    with part.open("rb+") as file:
        os.fsync(file.fileno())
    part.replace(path)
    settle_folder(path.parent)


def settle_folder(folder: Path) -> None:
    """Flush the names in a folder, those taken away too."""
    if os.name == "posix":  # Windows cannot open a folder; NTFS keeps renames in its own journal
        opened = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(opened)
        finally:
            os.close(opened)
