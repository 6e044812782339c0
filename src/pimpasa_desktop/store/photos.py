"""What is here of photos, for whoever only reads: the list of a visit's or a report's, their bytes, what waits."""

from typing import Any

from msgspec import Struct

from pimpasa_desktop.sqlcipher import Connection
from pimpasa_desktop.store.overview import LIVE

_OF = f"""
SELECT r.id, r.author, e.caption, e.taken_at, e.sha256, e.size, b.held, b.size, b.sent, b.waits,
  b.thumbnail IS NOT NULL, coalesce(b.missing, 0), coalesce(o.size, 0)
FROM photo e CROSS JOIN record r ON r.key = e.key LEFT JOIN blob b ON b.sha256 = e.sha256
LEFT JOIN original o ON o.photo = e.sha256
WHERE (e.visit = ? OR e.risk_report = ?) AND {LIVE} ORDER BY e.taken_at IS NULL, e.taken_at, e.key
"""
_PENDING = f"""
SELECT count(*), coalesce(sum(size), 0) FROM (
  SELECT b.sha256, b.size FROM photo e CROSS JOIN record r ON r.key = e.key JOIN blob b ON b.sha256 = e.sha256
  WHERE b.sent = 0 AND b.held = b.size AND (b.waits = 0 OR ?1) AND {LIVE}
  UNION SELECT b.sha256, b.size FROM blob b
  WHERE b.sent = 0 AND b.held = b.size AND (b.waits = 0 OR ?1) AND b.record IS NOT NULL)
"""


class Kept(Struct, frozen=True):
    """A photo in a list. `here`: its bytes are on this laptop, whole; `asked`: they come with the next exchange;
    `missing`: they were asked for, and nobody can bring them any more; `sent`: the office holds them; `waits`: they go
    only where a connection costs nothing; `original`: bytes of the original that is kept on this laptop, 0 for none."""

    id: str
    author: str
    caption: str
    taken_at: str
    sha256: str
    size: int
    here: bool
    asked: bool
    sent: bool
    waits: bool
    drawn: bool
    missing: bool = False
    original: int = 0


class Photos:
    def __init__(self, connection: Connection) -> None:
        self._sql = connection

    def of(self, root: str) -> list[Kept]:
        """Of one visit or one report, in the order in which they were taken."""
        return [_kept(row) for row in self._sql.execute(_OF, (root, root))]

    def content(self, sha256: str) -> bytes | None:
        """The whole JPEG; None where it is not here, or not yet whole."""
        rows = self._sql.execute(
            "SELECT p.content FROM blob b JOIN blob_part p ON p.sha256 = b.sha256"
            " WHERE b.sha256 = ? AND b.held = b.size ORDER BY p.position",
            (sha256,),
        ).fetchall()
        return b"".join(part for (part,) in rows) if rows else None

    def thumbnail(self, sha256: str) -> bytes | None:
        found = self._sql.execute("SELECT thumbnail FROM blob WHERE sha256 = ?", (sha256,)).fetchone()
        return bytes(found[0]) if found and found[0] is not None else None

    def pending(self, *, waiting: bool = True) -> tuple[int, int]:
        """Photos that the office is not known to hold: how many, and their bytes. `waiting`: those too that were told
        to wait for a connection that costs nothing."""
        count, size = self._sql.execute(_PENDING, (waiting,)).fetchone()
        return int(count), int(size)


def _kept(row: tuple[Any, ...]) -> Kept:
    record, author, caption, taken_at, sha256, size, held, whole, sent, waits, drawn, missing, original = row
    return Kept(
        record,
        author,
        caption or "",
        taken_at or "",
        sha256 or "",
        size or 0,
        here=whole is not None and held == whole,
        asked=whole is not None and held < whole and not missing,
        sent=bool(sent) or whole is None,
        waits=bool(waits),
        drawn=bool(drawn),
        missing=bool(missing),
        original=original,
    )
