"""What an office remembers of its ledger outside of it: in the running process, and in a small file in its folder.

A dump that is restored, or a ledger's file that is swapped, brings neither back. The file is no secret: a second and a
number. It is written after the commit, so it is never further than the ledger was.
"""

import re
from contextlib import suppress
from pathlib import Path

from pimpasa_office.lives import Standing

_SPELLED = re.compile(r"(\d+) (\d+)\n")


class Witness:
    """`path`: the file, or None where the process alone remembers."""

    def __init__(self, path: Path | None) -> None:
        self._path = path
        self.stood: Standing | None = _read(path) if path else None
        self.is_new = path is not None and not path.exists()

    def saw(self, standing: Standing) -> None:
        """The ledger stands there now."""
        self.stood, self.is_new = standing, False
        if self._path:
            # The work is done and must be answered, though the disk be full: then the file says less than it could.
            with suppress(OSError):
                part = self._path.with_name(self._path.name + ".part")
                part.write_text(f"{standing.life} {standing.number}\n", encoding="ascii")
                part.replace(self._path)


def _read(path: Path) -> Standing | None:
    """None also for a file that a power cut left empty: then the laptops tell."""
    try:
        found = _SPELLED.fullmatch(path.read_text(encoding="ascii"))
    except (OSError, UnicodeDecodeError):
        return None
    return Standing(int(found[1]), int(found[2])) if found else None
