"""What the office signed of visits, kept for ever, and the visits of which it is to sign anew.

A receipt is kept only when nothing of its visit waits here: then it speaks of all that was written. A visit is due
once the office took something of it or changed something in it, and until it signed what stands since. It knows no
network; whether a signature fits was asked before.
"""

import json
from collections.abc import Iterable, Sequence

from msgspec import Struct

from pimpasa_desktop.env import Env
from pimpasa_desktop.sqlcipher import Connection
from pimpasa_desktop.store.photos import Photos
from pimpasa_desktop.store.shelf import Shelf
from pimpasa_desktop.sync.protocol.receipts import Receipt, statement

_WAITS = "EXISTS (SELECT 1 FROM record c CROSS JOIN outbox o ON o.record = c.id WHERE c.root = {root})"
_DUE = f"""
SELECT d.root FROM receipt_due d CROSS JOIN record r ON r.id = d.root
WHERE r.deleted = 0 AND NOT {_WAITS.format(root="d.root")} ORDER BY r.key DESC LIMIT ?
"""
_OWE = """
INSERT OR IGNORE INTO receipt_due
SELECT id FROM record WHERE id IN (SELECT value FROM json_each(?)) AND entity = 'visit'
"""
_PHOTOGRAPHED = """
INSERT OR IGNORE INTO receipt_due SELECT DISTINCT t.id FROM photo p CROSS JOIN record r ON r.key = p.key
CROSS JOIN record t ON t.id = r.root WHERE p.sha256 = ? AND t.entity = 'visit'
"""
_PASSED = """
SELECT entity, sum(NOT deleted AND NOT waits), sum(waits) FROM (
  SELECT entity, deleted, EXISTS (SELECT 1 FROM outbox o WHERE o.record = r.id) waits FROM record r WHERE root = ?)
GROUP BY entity HAVING sum(NOT deleted OR waits) ORDER BY entity
"""


# The newest by their day, and those that wait, however old they are; in a few pages of the index of visits.
_NEWEST = """
WITH newest AS (SELECT r.id, unixepoch(v.starts_at) AS day, v.key FROM visit v CROSS JOIN record r ON r.key = v.key
                WHERE r.deleted = 0 ORDER BY unixepoch(v.starts_at) DESC, v.key DESC LIMIT :limit),
waits AS (SELECT DISTINCT c.root FROM outbox o CROSS JOIN record c ON c.id = o.record),
waiting AS (SELECT r.id, unixepoch(v.starts_at) AS day, v.key FROM waits w CROSS JOIN record r ON r.id = w.root
            CROSS JOIN visit v ON v.key = r.key WHERE r.deleted = 0
            ORDER BY unixepoch(v.starts_at) DESC, v.key DESC LIMIT :limit)
SELECT id FROM (SELECT * FROM newest UNION SELECT * FROM waiting) ORDER BY day DESC, key DESC
"""


class Receipts:
    """All inside a transaction of the caller's."""

    def __init__(self, connection: Connection, env: Env) -> None:
        self._sql, self._env = connection, env

    # -- what is due

    def due(self, limit: int) -> list[str]:
        """Visits of which a receipt is wanted and nothing waits, the newest first."""
        return [root for (root,) in self._sql.execute(_DUE, (limit,))]

    def owe(self, roots: Iterable[str]) -> None:
        """The office took something of these: what it signed before is no longer all."""
        self._sql.execute(_OWE, (json.dumps(sorted(roots)),))

    def outdate(self, roots: Iterable[str]) -> None:
        """The office changed something in these; of a visit for which nobody here ever got a receipt none is asked."""
        self._sql.execute(f"{_OWE} AND id IN (SELECT root FROM receipt)", (json.dumps(sorted(roots)),))

    def photographed(self, sha256: str) -> None:
        """The office holds this picture now."""
        self._sql.execute(_PHOTOGRAPHED, (sha256,))

    # -- what was signed

    def statement(self, root: str, photos: int) -> bytes | None:
        """What this laptop received of a visit, read back; None where the visit is not here."""
        rows = Shelf(self._sql, self._env).received_in(root)
        return statement(root, rows, photos) if rows else None

    def keep(self, root: str, receipt: Receipt) -> bool:
        """Keep what was signed, unless something of the visit waits: then it does not speak of that."""
        (waits,) = self._sql.execute(f"SELECT {_WAITS.format(root='?')}", (root,)).fetchone()
        if waits and not self._env.planted("receipt-while-waiting"):
            return False
        self._sql.execute(
            "INSERT INTO receipt (root, at, statement, signed, signature) VALUES (?, ?, ?, ?, ?)",
            (root, receipt.at, receipt.statement, receipt.signed, receipt.signature),
        )
        self._sql.execute("DELETE FROM receipt_due WHERE root = ?", (root,))
        return True


class Passed(Struct, frozen=True):
    """Living records of one kind that the office has as they are here; those, deleted ones too, of which it has not."""

    entity: str
    taken: int
    waiting: int


class Sending(Struct, frozen=True):
    """How far a visit has come. `receipts`: the newest first; `due`: a new one is asked for at the next exchange."""

    passed: tuple[Passed, ...]
    photos_taken: int
    photos: int
    receipts: tuple[Receipt, ...]
    due: bool

    @property
    def waiting(self) -> int:
        return sum(each.waiting for each in self.passed)

    def here(self, entity: str) -> int:
        """How many of a kind stand here, those that wait, too."""
        return sum(each.taken + each.waiting for each in self.passed if each.entity == entity)

    def taken(self, entity: str) -> int:
        """How many of a kind the office has as they are here."""
        return sum(each.taken for each in self.passed if each.entity == entity)

    @property
    def receipt(self) -> Receipt | None:
        return self.receipts[0] if self.receipts else None

    @property
    def current(self) -> bool:
        """Whether the newest receipt speaks of all that is here."""
        return bool(self.receipts) and not self.due and not self.waiting


class Received:
    """For whoever only reads."""

    def __init__(self, connection: Connection) -> None:
        self._sql = connection

    def of(self, root: str) -> list[Receipt]:
        """All of a visit, the newest first."""
        rows = self._sql.execute(
            "SELECT statement, signed, signature FROM receipt WHERE root = ? ORDER BY seq DESC", (root,)
        )
        return [Receipt(*map(bytes, row)) for row in rows]

    def sending(self, root: str) -> Sending:
        """What of a visit the office has, and what waits."""
        passed = tuple(Passed(*row) for row in self._sql.execute(_PASSED, (root,)))
        photos = Photos(self._sql).of(root)
        due = self._sql.execute("SELECT 1 FROM receipt_due WHERE root = ?", (root,)).fetchone()
        return Sending(
            passed, sum(photo.sent for photo in photos), len(photos), tuple(self.of(root)), due=due is not None
        )

    def newest(self, limit: int) -> dict[str, Sending]:
        """Of the newest visits, and of the newest that wait, how far each has come; by id, the newest first."""
        found = self._sql.execute(_NEWEST, {"limit": limit}).fetchall()
        return {root: self.sending(root) for (root,) in found}

    def roots(self, records: Sequence[str]) -> list[str]:
        """What these records hang on, in their order; "" for one that is not here."""
        found = self._sql.execute(
            "SELECT id, root FROM record WHERE id IN (SELECT value FROM json_each(?))", (json.dumps(records),)
        )
        roots = dict(found.fetchall())
        return [roots.get(record, "") for record in records]
