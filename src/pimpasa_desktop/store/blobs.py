"""The bytes of photos and documents: inside the encrypted database, named by their SHA-256, in rows of 32 kB.

A blob is there because a record refers to it, and goes with the last one that does. It knows neither pictures
nor the office; what it is handed is what it keeps, whole or not at all. Why inside the database:
docs/decisions/photos-in-the-database.md.
"""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from msgspec import Struct

from pimpasa_desktop.domain import hashing
from pimpasa_desktop.domain.aging import aged, due
from pimpasa_desktop.domain.fingerprint import BEARERS
from pimpasa_desktop.i18n import _
from pimpasa_desktop.problem import Problem
from pimpasa_desktop.sqlcipher import Connection
from pimpasa_desktop.store.meta import Meta
from pimpasa_desktop.store.originals import AsTaken, Originals
from pimpasa_desktop.sync.protocol.blobs import BLOB_BYTES_MAX, PART_BYTES

if TYPE_CHECKING:
    from pimpasa_desktop.store.store import Store

THUMBNAIL_BYTES_MAX = 100_000
PHOTOS_MAX = 100  # of one visit or report
_AGE, _SWEPT = "blobs_age", "blobs_swept_at"  # see domain.aging
KEPT_SECONDS = 30 * 24 * 3600  # after the last record that shows it was deleted; until then that can be undone

_BEARERS = (
    "(" + " UNION ALL ".join(f"SELECT key, sha256 FROM {entity} WHERE sha256 IS NOT NULL" for entity in BEARERS) + ")"
)
_NAMES = ", ".join(f"'{entity}'" for entity in BEARERS)
# What was refused may be sent anew from the tray, here or at the office, which therefore gets its bytes.
_LEFT = f"""
sha256 NOT IN (SELECT sha256 FROM {_BEARERS})
  AND (blob.held < blob.size OR NOT EXISTS (
    SELECT 1 FROM rejected j WHERE instr(j.patch, blob.sha256)
      AND (j.settled IS NULL OR (j.settled <> 'office' AND blob.sent = 0))))
"""
_UNREFERENCED = f"DELETE FROM blob WHERE record IS NULL AND {_LEFT}"
# What waits to be brought although its record left this laptop is brought without its original, which went with it.
_ORIGINALS_LEFT = f"DELETE FROM original WHERE photo IN (SELECT sha256 FROM blob WHERE record IS NOT NULL AND {_LEFT})"
_LEAVING = f"""
UPDATE blob SET record = (
  SELECT r.id FROM {_BEARERS} p JOIN record r ON r.key = p.key WHERE p.sha256 = blob.sha256 AND r.key IN ({{going}}))
WHERE record IS NULL AND sent = 0 AND held = size
  AND sha256 IN (SELECT p.sha256 FROM {_BEARERS} p JOIN record r ON r.key = p.key
                 WHERE r.key IN ({{going}}) AND r.deleted = 0)
"""
_SHOWN = f"""
EXISTS (SELECT 1 FROM {_BEARERS} p JOIN record r ON r.key = p.key JOIN record t ON t.id = r.root
        WHERE p.sha256 = blob.sha256 AND r.deleted = 0 AND t.deleted = 0)
"""
# By the record that shows it, else by the one that it was kept apart for, else by what was refused to this person.
_TO_SEND = f"""
SELECT f.id, b.sha256, b.size, b.held, min(f.rank) FROM (
  SELECT 1 AS rank, r.id, p.sha256 FROM {_BEARERS} p JOIN record r ON r.key = p.key JOIN record t ON t.id = r.root
  WHERE r.deleted = 0 AND t.deleted = 0 AND r.number > 0
  UNION ALL SELECT 2, record, sha256 FROM blob WHERE record IS NOT NULL
  UNION ALL SELECT 3, r.id, json_extract(j.patch, '$.sha256') FROM rejected j JOIN record r ON r.key = j.key
  WHERE j.record_entity IN ({_NAMES}) AND r.number > 0 AND coalesce(j.settled, '') <> 'office'
    AND j.writer = (SELECT value FROM meta WHERE name = 'account')
) f JOIN blob b ON b.sha256 = f.sha256
WHERE b.sent = 0 AND b.held = b.size AND (b.waits = 0 OR ?)
GROUP BY b.sha256 ORDER BY b.size, b.sha256 LIMIT ?
"""
_WANTED = f"""
SELECT r.id, b.sha256, b.size, b.held FROM {_BEARERS} p JOIN record r ON r.key = p.key
JOIN blob b ON b.sha256 = p.sha256 JOIN record t ON t.id = r.root
WHERE r.deleted = 0 AND t.deleted = 0 AND r.number > 0 AND b.held < b.size AND b.missing = 0
GROUP BY b.sha256 ORDER BY b.size, b.sha256 LIMIT ?
"""


class Asked(Struct, frozen=True):
    """A blob that is to travel, with the record by which that is allowed. `held`: bytes of it that are here."""

    record: str
    sha256: str
    size: int
    held: int


def attach(
    store: "Store",
    values: Mapping[str, object],
    content: bytes,
    thumbnail: bytes,
    original: AsTaken | None = None,
) -> str:
    """Make a photo record with its bytes, and with the `original` that is to stay here, all or nothing; returns its
    id. `values`: what it hangs on, when it was taken, a caption. The same picture on the same record is not made twice;
    what was taken in without its original gets it then. Problem: anything that cannot be."""
    sha256 = hashing.sha256(content).hexdigest()
    root = next((str(values[name]) for name in ("visit", "risk_report") if values.get(name)), "")
    with store.transaction():
        there = store.queries.photos.of(root)
        identifier = next((photo.id for photo in there if photo.sha256 == sha256), "")
        if identifier and not original:
            return identifier
        if not identifier and len(there) >= PHOTOS_MAX:
            raise Problem(
                _("Sudah ada {count} foto di sini, paling banyak. Hapus yang tidak perlu, lalu ulangi.").format(
                    count=PHOTOS_MAX
                )
            )
        identifier = identifier or store.put("photo", {**values, "sha256": sha256, "size": len(content)})
        store.blobs.keep(sha256, content, thumbnail, original)
    return identifier


def wait(store: "Store", sha256: str, waits: bool) -> None:
    """Whether a photo waits for a connection that costs nothing."""
    with store.transaction():
        store.blobs.wait(sha256, waits)


def want(store: "Store", sha256: str, size: int) -> None:
    """Have a photo fetched by the next exchange."""
    with store.transaction():
        store.blobs.want(sha256, size)


def draw(store: "Store", sha256: str, thumbnail: bytes) -> None:
    """Keep the small picture of a photo that came from the office."""
    with store.transaction():
        store.blobs.draw(sha256, thumbnail)


class Blobs:
    """All inside a transaction of the caller's."""

    def __init__(self, connection: Connection) -> None:
        self._sql = connection

    def keep(self, sha256: str, content: bytes, thumbnail: bytes = b"", original: AsTaken | None = None) -> None:
        """A whole blob, and the original that hangs on it; one that is here already stays as it is."""
        self._keep(sha256, content, thumbnail)
        if original:
            Originals(self._sql).keep(sha256, original)

    def _keep(self, sha256: str, content: bytes, thumbnail: bytes) -> None:
        assert 0 < len(content) <= BLOB_BYTES_MAX and len(thumbnail) <= THUMBNAIL_BYTES_MAX
        (here,) = self._sql.execute("SELECT total(held = size) FROM blob WHERE sha256 = ?", (sha256,)).fetchone()
        if here:
            self._sql.execute("UPDATE blob SET left_at = NULL WHERE sha256 = ?", (sha256,))
            return
        self._sql.execute("DELETE FROM blob WHERE sha256 = ?", (sha256,))
        self._sql.execute(
            "INSERT INTO blob (sha256, size, held, sent, waits, thumbnail) VALUES (?, ?, ?, 0, 0, ?)",
            (sha256, len(content), len(content), thumbnail or None),
        )
        for position in range(0, len(content), PART_BYTES):
            self._put(sha256, position, content[position : position + PART_BYTES])

    def _put(self, sha256: str, position: int, part: bytes) -> None:
        self._sql.execute("INSERT INTO blob_part VALUES (?, ?, ?)", (sha256, position, part))

    def part(self, sha256: str, position: int) -> bytes:
        """What begins at a multiple of PART_BYTES; b"" where nothing does."""
        found = self._sql.execute(
            "SELECT content FROM blob_part WHERE sha256 = ? AND position = ?", (sha256, position)
        ).fetchone()
        return bytes(found[0]) if found else b""

    # -- to the office

    def to_send(self, limit: int, *, free: bool) -> list[Asked]:
        """Whole blobs of records that the office has, which it is not known to hold, small first. `free`: the
        connection costs nothing, so that those go too which wait for one."""
        return [Asked(*row[:4]) for row in self._sql.execute(_TO_SEND, (free, limit))]

    def mark_sent(self, sha256: str) -> None:
        """The office holds all of it, checked by its hash. What was kept only for that goes."""
        self._sql.execute("UPDATE blob SET sent = 1, record = NULL WHERE sha256 = ?", (sha256,))
        self.release()

    def not_ours(self, asked: Asked) -> None:
        """The office does not take it by this record: what was kept only for that goes."""
        self._sql.execute("UPDATE blob SET record = NULL WHERE sha256 = ? AND record = ?", (asked.sha256, asked.record))
        self.release()

    def forget_sent(self) -> None:
        """The office was set back: what it holds is to be asked again."""
        self._sql.execute("UPDATE blob SET sent = 0")

    def wait(self, sha256: str, waits: bool) -> None:
        """Whether it waits for a connection that costs nothing."""
        self._sql.execute("UPDATE blob SET waits = ? WHERE sha256 = ?", (waits, sha256))

    # -- from the office

    def want(self, sha256: str, size: int) -> None:
        """Fetch it at the next exchange, also if nobody could bring it before. Nothing happens where it is here, or
        asked for."""
        if 0 < size <= BLOB_BYTES_MAX:
            self._sql.execute("UPDATE blob SET missing = 0 WHERE sha256 = ?", (sha256,))
            self._sql.execute(
                "INSERT OR IGNORE INTO blob (sha256, size, held, sent, waits) VALUES (?, ?, 0, 1, 0)", (sha256, size)
            )

    def miss(self, sha256: str) -> None:
        """Nobody can bring it: it is not waited for."""
        self._sql.execute("UPDATE blob SET missing = 1 WHERE sha256 = ?", (sha256,))

    def wanted(self, limit: int) -> list[Asked]:
        return [Asked(*row) for row in self._sql.execute(_WANTED, (limit,))]

    def take(self, sha256: str, position: int, part: bytes) -> bool:
        """The next bytes of a wanted blob. Where its last ones make another hash, all of it is thrown away: False."""
        size, held = self._sql.execute("SELECT size, held FROM blob WHERE sha256 = ?", (sha256,)).fetchone()
        fits = position == held and 0 < len(part) <= PART_BYTES and held + len(part) <= size
        if not fits or (len(part) < PART_BYTES and held + len(part) < size):
            return False
        self._put(sha256, position, part)
        self._sql.execute("UPDATE blob SET held = held + ? WHERE sha256 = ?", (len(part), sha256))
        if held + len(part) == size and self._hash(sha256) != sha256:
            self.drop(sha256)
            return False
        return True

    def _hash(self, sha256: str) -> str:
        digest = hashing.sha256()
        for (part,) in self._sql.execute("SELECT content FROM blob_part WHERE sha256 = ? ORDER BY position", (sha256,)):
            digest.update(part)
        return digest.hexdigest()

    def drop(self, sha256: str) -> None:
        self._sql.execute("DELETE FROM blob WHERE sha256 = ?", (sha256,))

    def draw(self, sha256: str, thumbnail: bytes) -> None:
        """The small picture of one that came from the office."""
        if len(thumbnail) <= THUMBNAIL_BYTES_MAX:
            self._sql.execute("UPDATE blob SET thumbnail = ? WHERE sha256 = ?", (thumbnail, sha256))

    # -- going

    def keep_apart(self, going: Sequence[int]) -> None:
        """Before these records leave this laptop: their photos that the office lacks stay until they are brought."""
        self._sql.execute(_LEAVING.format(going=", ".join(map(str, going))))

    def release(self) -> None:
        """Take away at once what no record refers to any more: its records were erased, or left this laptop."""
        self._sql.execute(_UNREFERENCED)
        self._sql.execute(_ORIGINALS_LEFT)

    def sweep(self, now: int) -> None:
        """Take away what no living record has referred to for 30 days, and what was kept for a refusal that somebody
        has settled since. `now`: seconds since 1970."""
        self.release()
        meta = Meta(self._sql)
        before = meta.get(_SWEPT, 0)
        if not due(before, now):
            return
        age = aged(meta.get(_AGE, before or now), before, now)
        meta.set(_AGE, age)
        meta.set(_SWEPT, now)
        self._sql.execute(f"UPDATE blob SET left_at = NULL WHERE left_at IS NOT NULL AND {_SHOWN}")
        self._sql.execute(
            f"UPDATE blob SET left_at = ? WHERE left_at IS NULL AND record IS NULL AND NOT {_SHOWN}", (age,)
        )
        self._sql.execute("DELETE FROM blob WHERE left_at < ?", (age - KEPT_SECONDS,))
