"""The records of the ledger inside one transaction: read once each, written together.

A request of five hundred operations would otherwise ask the database seven thousand times. Whoever asks the
database past this file (a list, a page) gets what was written here: everything is written out first.
"""

from collections.abc import Iterable
from typing import Any

import msgspec
import sqlalchemy as sa

from pimpasa_desktop.domain.row import Row
from pimpasa_desktop.sync.protocol.merge import Clock, Held
from pimpasa_office import bulk
from pimpasa_office.tables import records, root_places

_BY_ID = sa.select(records).where(records.c.id == sa.bindparam("wanted"))
_UPDATE = (
    sa.update(records)
    .where(records.c.id == sa.bindparam("of"))
    .values({column.name: sa.bindparam(column.name) for column in records.c if column is not records.c.id})
)
_PLACES = sa.select(root_places.c.place).where(root_places.c.root == sa.bindparam("wanted"))
_LEAVE = sa.delete(root_places).where(root_places.c.root == sa.bindparam("left"))


def by_number(*conditions: sa.ColumnElement[bool]) -> sa.Select[Any]:
    return sa.select(records).where(*conditions).order_by(records.c.number)


class Records:
    def __init__(self, connection: sa.Connection) -> None:
        self._sql = connection
        self._known: dict[str, Held | None] = {}
        self._places: dict[str, frozenset[str]] = {}
        self._stored: set[str] = set()
        self._changed: dict[str, Held] = {}
        self._moved: dict[str, frozenset[str]] = {}  # places that roots are to have
        self._numbers: dict[str, int] = {}
        self._born: set[str] = set()  # records that were not there before this transaction

    def forget(self) -> None:
        """Read everything anew from here on; nothing may have been written yet."""
        assert not self._changed and not self._moved
        self._known.clear()
        self._places.clear()

    # -- one record

    def get(self, identifier: str) -> Held | None:
        if identifier not in self._known:
            found = self._sql.execute(_BY_ID, {"wanted": identifier}).first()
            self._know(identifier, _held(found) if found else None)
        return self._known[identifier]

    def bring(self, identifiers: Iterable[str]) -> None:
        """Read these records, and the places of their roots, with few questions."""
        new = set(identifiers) - self._known.keys()
        found = {row.id: _held(row) for row in bulk.find(self._sql, records.c.id, new)}
        for identifier in new:
            self._know(identifier, found.get(identifier))
        self._places |= dict.fromkeys(new - found.keys(), frozenset())
        roots = {held.root for identifier in identifiers if (held := self._known[identifier]) is not None}
        if missing := roots - self._known.keys():
            self.bring(missing)
        where: dict[str, set[str]] = {root: set() for root in roots - self._places.keys()}
        for lies in bulk.find(self._sql, root_places.c.root, where):
            where[lies.root].add(lies.place)
        self._places |= {root: frozenset(places) for root, places in where.items()}

    def _know(self, identifier: str, held: Held | None) -> None:
        self._known[identifier] = held
        if held is not None:
            self._stored.add(identifier)

    def put(self, held: Held) -> None:
        if self._known.get(held.id) is None and held.id not in self._stored:
            self._born.add(held.id)
        self._known[held.id] = self._changed[held.id] = held
        self._numbers[held.id] = held.number

    def write(self) -> None:
        """Write out what was put."""
        changed = self._changed.values()
        if old := [_named(_cells(held)) for held in changed if held.id in self._stored]:
            self._sql.execute(_UPDATE, old)
        bulk.insert(self._sql, records, [_cells(held) for held in changed if held.id not in self._stored])
        self._write_places()
        self._stored |= self._changed.keys()
        self._changed.clear()

    def _write_places(self) -> None:
        if left := [{"left": root} for root in self._moved if root in self._stored]:
            self._sql.execute(_LEAVE, left)
        bulk.insert(
            self._sql, root_places, [(root, place) for root, new in self._moved.items() for place in sorted(new)]
        )
        self._moved.clear()

    def remove(self, root: str) -> None:
        """Take a root away with all that hangs on it, and its places."""
        self.write()
        self._sql.execute(sa.delete(records).where(records.c.root == root))
        self._sql.execute(sa.delete(root_places).where(root_places.c.root == root))
        self._stored.clear()
        self.forget()

    # -- many

    def changed(self) -> dict[str, int]:
        """What was put in this transaction, with its number."""
        return self._numbers

    def select(self, statement: sa.Select[Any], **given: Any) -> list[Held]:
        """What a statement over the records finds: see `by_number`."""
        self.write()
        found = [_held(row) for row in self._sql.execute(statement, given)]
        for held in found:
            self._know(held.id, held)
        return found

    def in_roots(self, roots: Iterable[str]) -> list[Held]:
        """These roots, with what hangs on them; of those that were born here everything is known."""
        wanted = set(roots)
        found: list[Held] = []
        if there := wanted - self._born:
            self.write()
            found += map(_held, bulk.find(self._sql, records.c.root, there))
        born = wanted & self._born
        return found + [held for held in self._known.values() if held is not None and held.root in born]

    # -- places

    def places(self, root: str) -> frozenset[str]:
        if root not in self._places:
            self._places[root] = frozenset(self._sql.execute(_PLACES, {"wanted": root}).scalars())
        return self._places[root]

    def replace_places(self, root: str, new: frozenset[str]) -> None:
        self._places[root] = self._moved[root] = new


def row_of(held: Held) -> Row:
    return Row(held.entity, held.id, held.number, held.author, held.deleted, held.values)


_clocks = msgspec.json.Decoder(dict[str, Clock])


def _held(found: Any) -> Held:
    return Held(
        entity=found.entity,
        id=found.id,
        root=found.root,
        level=found.level,
        number=found.number,
        author=found.author,
        deleted=bool(found.deleted),
        values=msgspec.json.decode(found.body),
        clocks=_clocks.decode(found.clocks),
        healed=found.healed,
        written_by=found.written_by,
        written_at=found.written_at,
    )


def _cells(held: Held) -> tuple[Any, ...]:
    """In the order of the table's columns."""
    return (
        held.id,
        held.entity,
        held.root,
        str(held.level),
        held.number,
        held.author,
        held.deleted,
        msgspec.json.encode(held.values).decode(),
        msgspec.json.encode(held.clocks).decode(),
        held.healed,
        held.written_by,
        held.written_at,
    )


def _named(cells: tuple[Any, ...]) -> dict[str, Any]:
    """The same for `_UPDATE`."""
    return {"of": cells[0]} | dict(zip(records.c.keys(), cells, strict=True))
