"""Single records on their tables, inside somebody else's transaction: read, write, mark received, forget.

Two versions of a record matter: what people see here (the entity's own table) and what the office was last known
to hold (`received`, kept apart only while operations are pending). The search index and the term of the digest are
written in the same breath.
"""

import json
from collections.abc import Iterable, Iterator
from functools import cached_property, reduce

from msgspec import Struct
from msgspec.structs import replace

from pimpasa_desktop.domain import digest
from pimpasa_desktop.domain.entity import REGISTRY, Entity, Level, Values, declaration
from pimpasa_desktop.domain.operation import Action, Operation, applied
from pimpasa_desktop.domain.places import places_of
from pimpasa_desktop.domain.row import Row
from pimpasa_desktop.env import Env
from pimpasa_desktop.sqlcipher import Connection
from pimpasa_desktop.store.schema import learn
from pimpasa_desktop.store.tables import table_of

_FIND = "SELECT key, entity, root, level, author, number, deleted FROM record WHERE id = ?"
_REFUSED = """
SELECT key FROM record r WHERE number = 0
  AND NOT EXISTS (SELECT 1 FROM outbox o WHERE o.record = r.id)
  AND NOT EXISTS (SELECT 1 FROM record c WHERE c.root = r.id AND c.id <> r.id)
"""
_PENDING = "SELECT id, entity, record, action, base, patch, at FROM outbox WHERE record = ? ORDER BY seq"


class Stored(Struct, frozen=True, dict=True):  # a dict for what is worked out once
    """A record as people see it here. `number`: the office's number as last received, 0 for never."""

    key: int
    id: str
    entity: str
    root: str
    level: Level
    author: str
    number: int
    deleted: bool
    values: Values

    @property
    def declared(self) -> Entity:
        return declaration(self.entity)

    @cached_property
    def places(self) -> frozenset[str]:
        """Where it lies, if it is a root."""
        return places_of(self.declared, self.id, self.values, self.author)


class View(Struct, frozen=True):
    """What a record shows: whether it is there, and its values."""

    deleted: bool
    values: Values


class Shelf:
    def __init__(self, connection: Connection, env: Env) -> None:
        self._sql = connection
        self._env = env

    def find(self, identifier: str) -> Stored | None:
        found = self._sql.execute(_FIND, (identifier,)).fetchone()
        if found is None:
            return None
        key, entity, root, level, author, number, deleted = found
        return Stored(
            key, identifier, entity, root, Level(level), author, number, bool(deleted), self._values(key, entity)
        )

    def _values(self, key: int, entity: str) -> Values:
        table = table_of(declaration(entity))
        cells = self._sql.execute(f'SELECT {table.columns} FROM "{entity}" e WHERE key = ?', (key,)).fetchone()
        return table.values(cells)

    # -- writing what people see

    def create(self, row: Row, root: str, level: Level, salt: bytes = b"") -> int:
        """A new record with its search entry; the office's number starts as the row's (0: never received)."""
        declared = declaration(row.entity)
        if row.entity not in REGISTRY:
            learn(self._sql, declared)
        key = self._sql.execute(
            "INSERT INTO record (id, entity, root, level, author, number, deleted, salt) VALUES (?,?,?,?,?,?,?,?)",
            (row.id, row.entity, root, level, row.author, row.number, row.deleted, salt or self._env.random(16)),
        ).lastrowid
        table = table_of(declared)
        self._sql.execute(table.insert, (*table.cells(row.values), key))
        if text := table.text(row.values):
            self._sql.execute(f"INSERT INTO {_index(level)} (rowid, text) VALUES (?, ?)", (key, text))
        return int(key or 0)

    def show(self, stored: Stored, view: View) -> None:
        """Make people see `view`."""
        table = table_of(stored.declared)
        if view.deleted != stored.deleted:
            self._sql.execute("UPDATE record SET deleted = ? WHERE key = ?", (view.deleted, stored.key))
        if view.values == stored.values:
            return
        self._sql.execute(table.update, (*table.cells(view.values), stored.key))
        if table.text(view.values) != table.text(stored.values):
            index = _index(stored.level)
            self._sql.execute(f"DELETE FROM {index} WHERE rowid = ?", (stored.key,))
            self._sql.execute(f"INSERT INTO {index} (rowid, text) VALUES (?, ?)", (stored.key, table.text(view.values)))

    def lay(self, stored: Stored, operation: Operation) -> None:
        """Show an operation on top of what is seen."""
        self.show(stored, _seen(View(stored.deleted, stored.values), operation))

    # -- what the office holds

    def keep_received(self, stored: Stored) -> None:
        """Put the received version aside before the first pending operation changes what is seen."""
        self._sql.execute(
            "INSERT OR IGNORE INTO received (key, author, deleted, body) VALUES (?,?,?,?)",
            (stored.key, stored.author, stored.deleted, json.dumps(stored.values, ensure_ascii=False)),
        )

    def received(self, stored: Stored) -> Row | None:
        """The office's version as this laptop last received it."""
        if not stored.number:
            return None
        aside = self._sql.execute("SELECT author, deleted, body FROM received WHERE key = ?", (stored.key,)).fetchone()
        if aside is None:
            return Row(stored.entity, stored.id, stored.number, stored.author, stored.deleted, stored.values)
        return Row(stored.entity, stored.id, stored.number, aside[0], bool(aside[1]), json.loads(aside[2]))

    def received_in(self, root: str) -> list[Row]:
        """A root and all that hangs on it, as this laptop last received it."""
        names = self._sql.execute("SELECT DISTINCT entity FROM record WHERE root = ?", (root,)).fetchall()
        return [row for (name,) in names for row in self._received_of(name, root)]

    def _received_of(self, name: str, root: str) -> Iterator[Row]:
        table = table_of(declaration(name))
        for identifier, number, *seen, author, deleted, body, key in self._sql.execute(
            f"SELECT r.id, r.number, r.author, r.deleted, {table.columns}, w.author, w.deleted, w.body, w.key"
            f' FROM record r CROSS JOIN "{name}" e ON e.key = r.key LEFT JOIN received w ON w.key = r.key'
            " WHERE r.root = ? AND r.entity = ? AND r.number > 0",
            (root, name),
        ):
            if key is None:
                author, deleted, *cells = seen
                values = table.values(cells)
            else:
                values = json.loads(body)
            yield Row(name, identifier, number, author, bool(deleted), values)

    def pending(self, identifier: str) -> list[Operation]:
        """The operations on a record that the office has not answered, oldest first."""
        return [operation_of(found) for found in self._sql.execute(_PENDING, (identifier,))]

    def receive(self, row: Row, root: str) -> None:
        """The office now holds `row`; what people see is that, with what is still pending on top."""
        told = row.whereabouts
        level = told.level if told else declaration(row.entity).level_of(row.values)
        stored = self.find(row.id)
        if stored is None:
            self.create(row, root, level)
            stored = self.find(row.id)
            assert stored is not None
        if stored.level is not level:
            stored = self._at_level(stored, level)
        self._lay_over(stored, row)
        if root == row.id:
            self._place(row)

    def _at_level(self, stored: Stored, level: Level) -> Stored:
        """What another life of the office judged differently lies, and is found, where that life put it."""
        self._sql.execute("UPDATE record SET level = ? WHERE key = ?", (level, stored.key))
        self._sql.execute(f"DELETE FROM {_index(stored.level)} WHERE rowid = ?", (stored.key,))
        if text := table_of(stored.declared).text(stored.values):
            self._sql.execute(f"INSERT INTO {_index(level)} (rowid, text) VALUES (?, ?)", (stored.key, text))
        return replace(stored, level=level)

    def _lay_over(self, stored: Stored, row: Row) -> None:
        pending = self.pending(row.id)
        if pending:
            self._set_aside(stored.key, row)
        else:
            self._sql.execute("DELETE FROM received WHERE key = ?", (stored.key,))
        self.show(stored, reduce(_seen, pending, View(row.deleted, row.values)))
        self._number(stored.key, row)

    def _set_aside(self, key: int, row: Row) -> None:
        self._sql.execute(
            "INSERT OR REPLACE INTO received (key, author, deleted, body) VALUES (?,?,?,?)",
            (key, row.author, row.deleted, json.dumps(row.values, ensure_ascii=False)),
        )

    def _number(self, key: int, row: Row) -> None:
        term = digest.term(row.id, row.number, digest.canonical(row.entity, row.author, row.deleted, row.values))
        self._sql.execute(
            "UPDATE record SET number = ?, author = ?, term = ? WHERE key = ?",
            (row.number, row.author, digest.as_bytes(term), key),
        )

    def _place(self, row: Row) -> None:
        told = row.whereabouts
        where = told.places if told else places_of(declaration(row.entity), row.id, row.values, row.author)
        known = {place for (place,) in self._sql.execute("SELECT place FROM root_place WHERE root = ?", (row.id,))}
        if where != known:
            self._sql.execute("DELETE FROM root_place WHERE root = ?", (row.id,))
            self._sql.executemany("INSERT INTO root_place VALUES (?, ?)", [(row.id, place) for place in where])

    def revert(self, stored: Stored) -> None:
        """Show the office's version again with what is still pending; a record that it never had goes."""
        received, pending = self.received(stored), self.pending(stored.id)
        if received is None and not pending:
            if not self._carries(stored):
                self.remove([stored.key])
        elif received is None:
            self.show(stored, reduce(_seen, pending, View(False, {})))
        else:
            self._lay_over(stored, received)  # its places stay as they are: the office may have said to forget it

    def disown(self, stored: Stored) -> None:
        """What the office will not take back counts as never received; it goes with the last answer to what is
        still pending on it or under it."""
        self._sql.execute("DELETE FROM received WHERE key = ?", (stored.key,))
        self._sql.execute("UPDATE record SET number = 0, term = NULL WHERE key = ?", (stored.key,))

    def _carries(self, stored: Stored) -> bool:
        """Whether anything hangs on a record. What was typed meanwhile under a record that the office refused
        keeps it here until the office has answered that too."""
        found = self._sql.execute("SELECT 1 FROM record WHERE root = ? AND id <> root", (stored.id,)).fetchone()
        return found is not None

    def remove_refused(self) -> None:
        """Take away what the office never had, when nothing waits for an answer on it or under it."""
        while refused := self._sql.execute(_REFUSED).fetchall():
            self.remove([key for (key,) in refused])

    def remove(self, keys: Iterable[int]) -> None:
        """Take records off this laptop with everything that follows from them."""
        gone = [(key,) for key in keys]
        for index, secret in (("search", "<>"), ("search_secret", "=")):
            self._sql.executemany(
                f"DELETE FROM {index} WHERE rowid = (SELECT key FROM record WHERE key = ? AND level {secret} 'A')", gone
            )
        self._sql.executemany("DELETE FROM outbox WHERE record = (SELECT id FROM record WHERE key = ?)", gone)
        self._sql.executemany("DELETE FROM draft WHERE (SELECT id FROM record WHERE key = ?) IN (record, root)", gone)
        self._sql.executemany("DELETE FROM record WHERE key = ?", gone)


def _index(level: Level) -> str:
    """Text of secret records lies in an index of its own."""
    return "search_secret" if level is Level.A else "search"


def operation_of(found: tuple[str, str, str, str, int, str, int]) -> Operation:
    identifier, entity, record, action, base, patch, at = found
    return Operation(identifier, entity, record, Action(action), base, json.loads(patch), at)


def _seen(view: View, operation: Operation) -> View:
    """What is seen once an operation is laid on top."""
    match operation.action:
        case Action.PUT:
            return View(view.deleted, applied(view.values, operation.patch))
        case Action.DELETE:
            return View(True, view.values)
        case Action.RESTORE:
            return View(False, view.values)
    return view
