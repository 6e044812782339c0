"""Files that a person asked for: whole or not at all.

Knows nothing of what is in them. A half-written document that looks finished is worse than none.
"""

import errno
import os
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

from pimpasa_desktop import durable
from pimpasa_desktop.i18n import _
from pimpasa_desktop.problem import Problem

_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}


def replace_file(path: Path, write: Callable[[BinaryIO], None]) -> None:
    """Let `write` fill a new file, then put it in the place of `path` in one step.

    Whoever looks at `path` sees the old file or the complete new one. Raises Problem when the disk does not
    take it; then nothing is left behind and an older file of that name is untouched.
    """
    try:
        handle, name = tempfile.mkstemp(prefix=".pimpasa-", suffix=".part", dir=path.parent)
        try:
            with os.fdopen(handle, "wb") as file:
                write(file)
            durable.settle(Path(name), path)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise
    except OSError as error:
        raise _problem(error, path) from error


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
