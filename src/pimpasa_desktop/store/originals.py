"""Photos and photographed pages as the camera wrote them: byte for byte, on this laptop alone, for whoever asked to
keep them.

They lie inside the encrypted database like everything else, in tables of their own that nothing of the exchange reads:
no record names them, no hash of them leaves this laptop. An original hangs on the bytes of its photo and goes with
them. Why it stays here: docs/decisions/originals-stay-on-the-laptop.md.
"""

from msgspec import Struct

from pimpasa_desktop.domain import hashing
from pimpasa_desktop.i18n import _
from pimpasa_desktop.problem import Problem
from pimpasa_desktop.sqlcipher import Connection
from pimpasa_desktop.sync.protocol.blobs import PART_BYTES

ORIGINAL_BYTES_MAX = 25_000_000


class AsTaken(Struct, frozen=True):
    """A file as it was handed in, under the name that the person knows."""

    name: str
    content: bytes


class Original(Struct, frozen=True):
    """What is known of one that is kept. `size` in bytes."""

    name: str
    sha256: str
    size: int


class Originals:
    """`photo` is the hash of the photo or page as it is sent, never of the original. Writing is inside a transaction of
    the caller's."""

    def __init__(self, connection: Connection) -> None:
        self._sql = connection

    def of(self, photo: str) -> Original | None:
        found = self._sql.execute("SELECT name, sha256, size FROM original WHERE photo = ?", (photo,)).fetchone()
        return Original(*found) if found else None

    def kept(self) -> tuple[int, int]:
        """How many there are, and their bytes."""
        count, size = self._sql.execute("SELECT count(*), coalesce(sum(size), 0) FROM original").fetchone()
        return int(count), int(size)

    def content(self, photo: str) -> bytes:
        """All of it, as it was handed in. Problem: it is not here, or no longer the same."""
        told = self.of(photo)
        parts = self._sql.execute("SELECT content FROM original_part WHERE photo = ? ORDER BY position", (photo,))
        content = b"".join(part for (part,) in parts)
        if told is None:
            raise Problem(_("Foto asli ini tidak ada lagi di laptop ini. Foto yang diperkecil tetap ada."))
        if hashing.sha256(content).hexdigest() != told.sha256:
            raise Problem(_("Foto asli ini rusak dan tidak disalin. Pakai cadangan, atau ambil lagi dari kameranya."))
        return content

    def keep(self, photo: str, file: AsTaken) -> None:
        """Keep the original of a photo whose bytes are here. Problem: another file is kept as its original."""
        assert 0 < len(file.content) <= ORIGINAL_BYTES_MAX
        sha256, there = hashing.sha256(file.content).hexdigest(), self.of(photo)
        if there and there.sha256 == sha256:
            return
        if there:
            raise Problem(
                _(
                    "Foto {name} sudah ada di sini dengan foto asli yang lain, dan itu yang tetap disimpan. "
                    "Hapus dahulu foto asli itu bila ingin menggantinya."
                ).format(name=file.name)
            )
        self._sql.execute(
            "INSERT INTO original (photo, sha256, size, name) VALUES (?, ?, ?, ?)",
            (photo, sha256, len(file.content), file.name),
        )
        self._sql.executemany(
            "INSERT INTO original_part VALUES (?, ?, ?)",
            (
                (photo, position, file.content[position : position + PART_BYTES])
                for position in range(0, len(file.content), PART_BYTES)
            ),
        )

    def drop(self, photo: str) -> None:
        self._sql.execute("DELETE FROM original WHERE photo = ?", (photo,))
