"""The lists and counts that a person opens the day with: visits with their people and state, what is overdue, what
waits to be sent or decided. Reads only, each list in a few statements however long it is.
"""

import json
from collections.abc import Iterable, Mapping
from typing import Any

from msgspec import Struct

from pimpasa_desktop.domain.calendar import WIB, Zone, zone_of
from pimpasa_desktop.domain.entity import REGISTRY, Level, Values
from pimpasa_desktop.problem import Problem
from pimpasa_desktop.sqlcipher import Connection
from pimpasa_desktop.store.tables import table_of
from pimpasa_desktop.store.unsettled import REJECTED_ROOT
from pimpasa_desktop.sync.protocol.receipts import Statement, read

LIVE = "r.deleted = 0 AND NOT EXISTS (SELECT 1 FROM record t WHERE t.id = r.root AND t.deleted = 1)"
# CROSS JOIN keeps the order that is written: the planner would begin with the table of all records.
_OVERDUE = f"""
SELECT r.id, r.root, e.text, e.due_on, e.risk_report FROM follow_up e CROSS JOIN record r ON r.key = e.key
WHERE {LIVE} AND e.done_on IS NULL AND e.due_on < ? ORDER BY e.due_on LIMIT ?
"""
# By the index of villages alone: the record of each visit lies on a page of its own. instr: no id is a part of another.
_KEYS = "SELECT key FROM visit v WHERE EXISTS (SELECT 1 FROM json_each(?) WHERE instr(v.villages, value))"
_THERE = f"""
WITH there AS MATERIALIZED ({_KEYS})
SELECT s.id FROM there CROSS JOIN record s ON s.key = there.key WHERE s.deleted = 0
"""
KNOWN_MAX = 1000
_LAST_THERE = f"""
SELECT t.id FROM ({_THERE}) t CROSS JOIN record r ON r.id = t.id CROSS JOIN visit e ON e.key = r.key
ORDER BY unixepoch(e.starts_at) DESC, e.key DESC LIMIT ?
"""
_PEOPLE = f"""
SELECT count(DISTINCT lower(name)) FROM
  (SELECT a.name FROM ({_THERE}) v CROSS JOIN attendee a ON a.visit = v.id CROSS JOIN record r ON r.key = a.key
   WHERE r.deleted = 0 LIMIT {KNOWN_MAX})
"""
_PROMISED = f"""
SELECT count(*) FROM follow_up f CROSS JOIN record s ON s.id = f.visit CROSS JOIN record r ON r.key = f.key
WHERE f.done_on IS NULL AND s.key IN ({_KEYS}) AND s.deleted = 0 AND r.deleted = 0
"""
_OPEN = tuple(
    f"SELECT count(*) FROM {name} e CROSS JOIN record r ON r.key = e.key WHERE {LIVE} AND e.settled IS NULL"
    for name in ("conflict", "rejected")
)
_CHANGED = """
SELECT DISTINCT a.record, r.root FROM audit a LEFT JOIN record r ON r.id = a.record WHERE a.seq > ?
"""
_ROOTS = "SELECT root FROM record WHERE id IN (SELECT value FROM json_each(?))"
_FOUND = "SELECT DISTINCT r.root FROM search s CROSS JOIN record r ON r.key = s.rowid WHERE search MATCH ?"
_VILLAGES_FOUND = """
SELECT id FROM record WHERE entity = 'village' AND key IN (SELECT rowid FROM search WHERE search MATCH ?)
"""
_UNDECIDED = f"""
SELECT c.about FROM conflict c CROSS JOIN record r ON r.key = c.key WHERE r.deleted = 0 AND c.settled IS NULL
UNION SELECT {REJECTED_ROOT} FROM rejected j CROSS JOIN record r ON r.key = j.key
  LEFT JOIN record w ON w.id = j.record WHERE r.deleted = 0 AND j.settled IS NULL
"""
_COUNT_OF_ALL = "SELECT root, count(*) FROM record WHERE entity = 'attendee' AND deleted = 0 GROUP BY root"
_COUNT_OF_FEW = """
SELECT root, count(*) FROM record
WHERE root IN (SELECT value FROM json_each(?)) AND +entity = 'attendee' AND deleted = 0 GROUP BY root
"""
_PENDING_OF_FEW = """
SELECT value FROM json_each(?) WHERE EXISTS
  (SELECT 1 FROM record r CROSS JOIN outbox o ON o.record = r.id WHERE r.root = value)
"""
_SIGNED = """
SELECT c.root, max(c.seq), c.statement FROM receipt c
WHERE NOT EXISTS (SELECT 1 FROM receipt_due d WHERE d.root = c.root) GROUP BY c.root
"""
_SIGNED_OF_FEW = _SIGNED.replace("WHERE", "WHERE c.root IN (SELECT value FROM json_each(?)) AND", 1)
# Of the entities that may be secret only; all others are counted by the outbox's own index.
_SECRET_WAITING = """
SELECT o.entity, count(DISTINCT o.record) FROM outbox o CROSS JOIN record r ON r.id = o.record
WHERE o.entity IN (SELECT value FROM json_each(?)) AND r.level = 'A' GROUP BY o.entity
"""
FEW = 50


class Village(Struct, frozen=True):
    id: str
    name: str
    region_code: str


class VisitLine(Struct, frozen=True):
    """A visit in a list. `sent`: the office has it; `pending`: something of it has not been sent; `undecided`:
    something of it waits for a person; `receipt`: the office signed all that is here, `photos_missing`: though pictures
    are still to come."""

    id: str
    author: str
    values: Values
    villages: tuple[Village, ...]
    attendees: int
    sent: bool
    pending: bool
    undecided: bool
    receipt: bool = False
    photos_missing: bool = False

    @property
    def starts_at(self) -> str:
        return str(self.values.get("starts_at", ""))

    @property
    def place(self) -> str:
        """Where it is: the villages, or the other place."""
        return ", ".join(village.name for village in self.villages) or str(self.values.get("place", ""))

    @property
    def about(self) -> str:
        return str(self.values.get("theme") or self.values.get("programme") or "")


class Overdue(Struct, frozen=True):
    """A follow-up whose day has passed. `text` is empty where its content is secret."""

    id: str
    root: str
    text: str
    due_on: str
    secret: bool
    place: str = ""


class Overview:
    def __init__(self, connection: Connection) -> None:
        self._sql = connection

    def visits(self, *, since: str = "", until: str = "", ids: Iterable[str] | None = None) -> list[VisitLine]:
        """Live visits, the newest first: those that start at `since` or later and before `until` (ISO instants,
        "" for no bound), and of those only `ids`, where given."""
        conditions = [
            (LIVE, ()),
            ("unixepoch(e.starts_at) >= unixepoch(?)", (since,) if since else None),
            ("unixepoch(e.starts_at) < unixepoch(?)", (until,) if until else None),
            ("r.id IN (SELECT value FROM json_each(?))", (json.dumps(list(ids)),) if ids is not None else None),
        ]
        wanted = [(condition, given) for condition, given in conditions if given is not None]
        table = table_of(REGISTRY["visit"])
        rows = self._sql.execute(
            f"SELECT r.id, r.author, r.number, {table.columns} FROM visit e CROSS JOIN record r ON r.key = e.key"
            f" WHERE {' AND '.join(condition for condition, _given in wanted)}"
            " ORDER BY unixepoch(e.starts_at) DESC, e.key DESC",
            [argument for _condition, given in wanted for argument in given],
        ).fetchall()
        found = [row[0] for row in rows]
        named, counted = self.villages(), self._attendees(found)
        pending, undecided, signed = self._pending(found), self._undecided(), self._signed(found)
        lines = []
        for identifier, author, number, *cells in rows:
            values = table.values(cells)
            villages = tuple(named[one] for one in values.get("villages", ()) if one in named)
            state = (number > 0, identifier in pending, identifier in undecided)
            receipt = None if identifier in pending else signed.get(identifier)
            missing = receipt is not None and receipt.photos < receipt.count("photo")
            people = counted.get(identifier, 0)
            lines.append(VisitLine(identifier, author, values, villages, people, *state, receipt is not None, missing))
        return lines

    def visits_in(self, villages: Iterable[str], limit: int) -> list[VisitLine]:
        """The newest live visits to any of these villages, the newest first."""
        found = self._sql.execute(_LAST_THERE, (json.dumps(list(villages)), limit)).fetchall()
        return self.visits(ids=[identifier for (identifier,) in found]) if found else []

    def villages(self) -> dict[str, Village]:
        rows = self._sql.execute(
            "SELECT r.id, e.name, coalesce(e.region_code, '') FROM village e CROSS JOIN record r ON r.key = e.key"
            " WHERE r.deleted = 0"
        )
        return {row[0]: Village(*row) for row in rows}

    def _attendees(self, visits: list[str]) -> dict[str, int]:
        """How many live attendees each visit has: of a few by their root, of many in one go through all."""
        few = len(visits) <= FEW
        counted = self._sql.execute(_COUNT_OF_FEW if few else _COUNT_OF_ALL, (json.dumps(visits),) if few else ())
        return dict(counted.fetchall())

    def _pending(self, visits: list[str]) -> set[str]:
        """Those of which something has not been sent, found as the attendees are."""
        if len(visits) <= FEW:
            return {root for (root,) in self._sql.execute(_PENDING_OF_FEW, (json.dumps(visits),))}
        return {root for (root,) in self._sql.execute("SELECT r.root FROM outbox o JOIN record r ON r.id = o.record")}

    def _signed(self, visits: list[str]) -> dict[str, Statement]:
        """The newest receipts, where nothing changed since."""
        few = len(visits) <= FEW
        rows = self._sql.execute(_SIGNED_OF_FEW if few else _SIGNED, (json.dumps(visits),) if few else ())
        return {root: read(bytes(statement)) for root, _seq, statement in rows}

    def _undecided(self) -> set[str]:
        return {root for (root,) in self._sql.execute(_UNDECIDED)}

    def visits_found(self, text: str) -> set[str] | None:
        """Ids of the visits in which, in whose villages or in whose people every word of `text` begins a word;
        None where `text` has no word. Secret records are never looked through."""
        found: set[str] | None = None
        for word in text.replace('"', " ").replace("\0", " ").encode(errors="ignore").decode().split():
            if any(map(str.isalnum, word)):
                roots = self._found(f'"{word}"*')
                found = roots if found is None else found & roots
        return found

    def _found(self, wanted: str) -> set[str]:
        """Roots of records, and visits to villages, in which a word is found."""
        villages = [one for (one,) in self._sql.execute(_VILLAGES_FOUND, (wanted,))]
        there = self._sql.execute(_THERE, (json.dumps(villages),)).fetchall() if villages else []
        return {root for (root,) in (*self._sql.execute(_FOUND, (wanted,)), *there)}

    def overdue(self, today: str, limit: int = 50) -> list[Overdue]:
        """Follow-ups not done by the day they were due, the oldest first (`today`: ISO day)."""
        rows = self._sql.execute(_OVERDUE, (today, limit)).fetchall()
        places = {line.id: line.place for line in self.visits(ids={row[1] for row in rows})} if rows else {}
        return [
            Overdue(identifier, root, "" if secret else text, due_on, bool(secret), places.get(root, ""))
            for identifier, root, text, due_on, secret in rows
        ]

    def known_people(self, villages: Iterable[str]) -> int:
        """How many different names attended in these villages; of no more than KNOWN_MAX attendances, so that it says
        at once that there are people known, wherever there are very many."""
        return self._count(_PEOPLE, villages)

    def promised(self, villages: Iterable[str]) -> int:
        """How many follow-ups of visits to these villages are not done; secret ones are not counted."""
        return self._count(_PROMISED, villages)

    def _count(self, statement: str, villages: Iterable[str]) -> int:
        return int(self._sql.execute(statement, (json.dumps(list(villages)),)).fetchone()[0])

    def waiting(self) -> dict[str, int]:
        """How many records of each entity have not been sent; those of secret entities count as "other"."""
        counts = dict(self._sql.execute("SELECT entity, count(DISTINCT record) FROM outbox GROUP BY entity").fetchall())
        maybe = json.dumps([name for name in counts if REGISTRY[name].level not in (Level.B, Level.C)])
        for name, secret in self._sql.execute(_SECRET_WAITING, (maybe,)).fetchall():
            counts["other"] = counts.get("other", 0) + secret
            counts[name] -= secret
        return {name: count for name, count in counts.items() if count}

    def undecided_count(self) -> int:
        """Conflicts and refused operations that wait for a person."""
        counts = (self._sql.execute(statement).fetchone()[0] for statement in _OPEN)
        return sum(map(int, counts))

    def latest(self, own: Mapping[str, Mapping[str, int]] | None = None) -> dict[str, int]:
        """Of every root, the highest number received of anything that hangs on it. `own`: by root, records whose
        change of that number is not to be counted."""
        found = dict(self._sql.execute("SELECT root, max(number) FROM record GROUP BY root"))
        if own:
            found |= dict.fromkeys(own, 0)
            rows = self._sql.execute(
                "SELECT root, id, number FROM record WHERE root IN (SELECT value FROM json_each(?))",
                (json.dumps(list(own)),),
            )
            for root, identifier, number in rows:
                if own[root].get(identifier) != number:
                    found[root] = max(found[root], number)
        return found

    # -- what changed

    def last_written(self) -> int:
        """When somebody last wrote something here, in seconds since 1970; 0 for never."""
        return int(
            self._sql.execute("SELECT coalesce((SELECT at FROM audit ORDER BY seq DESC LIMIT 1), 0)").fetchone()[0]
        )

    def mark(self) -> int:
        """Where the trail of writes stands now; see `changed_since`."""
        return int(self._sql.execute("SELECT coalesce(max(seq), 0) FROM audit").fetchone()[0])

    def received_mark(self) -> str:
        """Another one whenever an exchange has brought, dropped or accepted something."""
        return "{}-{}".format(*self._sql.execute("SELECT count(*), coalesce(max(number), 0) FROM record").fetchone())

    def record_count(self) -> int:
        """Records that stand here, without those that the office keeps (accounts, assignments, offices)."""
        rows = self._sql.execute("SELECT entity, count(*) FROM record WHERE deleted = 0 GROUP BY entity").fetchall()
        kept = {name for name, declared in REGISTRY.items() if declared.kept_by_office}
        return sum(count for name, count in rows if name not in kept)

    def zone(self) -> Zone:
        """The office's zone, by one of its villages; western time where none has a code."""
        for village in self.villages().values():
            try:
                return zone_of(village.region_code)
            except Problem:
                continue
        return WIB

    def changed_since(self, mark: int) -> frozenset[str]:
        """Ids of the records that people wrote after `mark`, and of the roots that they hang on."""
        rows: list[tuple[Any, Any]] = self._sql.execute(_CHANGED, (mark,)).fetchall()
        return frozenset(identifier for row in rows for identifier in row if identifier)

    def with_roots(self, ids: Iterable[str]) -> frozenset[str]:
        """These ids and those of the roots that they hang on."""
        wanted = frozenset(ids)
        return wanted | {root for (root,) in self._sql.execute(_ROOTS, (json.dumps(sorted(wanted)),))}
