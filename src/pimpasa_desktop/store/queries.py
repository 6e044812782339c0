"""Every list and count of the program. Reads only; deleted records and those of deleted roots are not there."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from msgspec import Struct

from pimpasa_desktop.domain import digest
from pimpasa_desktop.domain.entity import Entity, Level, Values, declaration, is_empty
from pimpasa_desktop.domain.places import Bucket, village_named
from pimpasa_desktop.domain.roles import Person, Role
from pimpasa_desktop.i18n import _
from pimpasa_desktop.problem import Problem
from pimpasa_desktop.sqlcipher import Connection
from pimpasa_desktop.store import changes, unsettled
from pimpasa_desktop.store.drafts import Unfinished, unfinished
from pimpasa_desktop.store.enclosures import Enclosures
from pimpasa_desktop.store.history import History
from pimpasa_desktop.store.meta import Meta
from pimpasa_desktop.store.originals import Originals
from pimpasa_desktop.store.overview import LIVE, Overview
from pimpasa_desktop.store.people import People
from pimpasa_desktop.store.photos import Photos
from pimpasa_desktop.store.receipts import Received
from pimpasa_desktop.store.seen import Seen
from pimpasa_desktop.store.tables import table_of
from pimpasa_desktop.store.villages import Villages

_TERMS = """
SELECT p.place, r.level, r.term FROM record r
JOIN root_place p ON p.root = r.root JOIN open_bucket b ON b.place = p.place AND b.level = r.level
WHERE r.number > 0
"""


class Listed(Struct, frozen=True):
    """A record in a list: its values, and whether something of it has not been sent."""

    id: str
    entity: str
    author: str
    number: int
    pending: bool
    values: Values

    def full(self) -> dict[str, Any]:
        """All fields with their empty values, the id first, then what is derived."""
        declared = declaration(self.entity)
        return {"id": self.id} | declared.complete(self.values) | declared.type.derived(self.values)


class Queries:
    def __init__(self, connection: Connection) -> None:
        self._sql = connection
        self._meta = Meta(connection)
        self.overview = Overview(connection)
        self.people = People(connection)
        self.villages = Villages(connection)
        self.history = History(self._meta)
        self.seen = Seen(self._meta)
        self.photos = Photos(connection)
        self.originals = Originals(connection)
        self.enclosures = Enclosures(connection)
        self.receipts = Received(connection)

    def every(self, declared: Entity, where: Mapping[str, str | int] | None = None) -> Iterator[Listed]:
        """Live records of an entity in the order in which they came here. `where`: equal fields; for a field of
        several values, one that it contains; "" for nothing. Problem: an unknown field or a bad value."""
        conditions: list[str] = [LIVE]
        arguments: list[str | int] = []
        for name, wanted in (where or {}).items():
            condition, value = _equal(declared, name, wanted)
            conditions.append(condition)
            arguments.append(value)
        table = table_of(declared)
        rows = self._sql.execute(
            f"SELECT r.id, r.author, r.number, EXISTS (SELECT 1 FROM outbox o WHERE o.record = r.id), {table.columns}"
            # CROSS: the entity's own table first, or the order by key makes it read every record there is.
            f' FROM "{declared.name}" e CROSS JOIN record r ON r.key = e.key WHERE {" AND ".join(conditions)}'
            " ORDER BY e.key",
            arguments,
        )
        for identifier, author, number, pending, *cells in rows:
            yield Listed(identifier, declared.name, author, number, bool(pending), table.values(cells))

    def get(self, identifier: str, *, deleted: bool = False) -> Listed:
        """One live record (with `deleted`: also one that was deleted). Problem: none of that id here."""
        condition = "1" if deleted else LIVE
        found = self._sql.execute(f"SELECT entity FROM record r WHERE id = ? AND {condition}", (identifier,)).fetchone()
        if found is None:
            raise Problem(
                _("Catatan {id} tidak ada di sini. Periksa nomornya dengan perintah list.").format(id=identifier)
            )
        table = table_of(declaration(found[0]))
        pending, author, number, *cells = self._sql.execute(
            "SELECT EXISTS (SELECT 1 FROM outbox o WHERE o.record = r.id), r.author, r.number, "
            f'{table.columns} FROM "{found[0]}" e JOIN record r ON r.key = e.key WHERE r.id = ?',
            (identifier,),
        ).fetchone()
        return Listed(identifier, found[0], author, number, bool(pending), table.values(cells))

    def root_of(self, identifier: str) -> str:
        """The id of the root that a record hangs on (a root: its own), also of one that was deleted; "" for none."""
        found = self._sql.execute("SELECT root FROM record WHERE id = ?", (identifier,)).fetchone()
        return str(found[0]) if found else ""

    def search(self, text: str, *, secret: bool, limit: int = 50) -> list[str]:
        """Ids of live records in which every word of `text` begins a word, best first."""
        # A word without a letter or digit is none to the index and would let nothing be found; NUL ends its query.
        spoken = text.replace('"', " ").replace("\0", " ").encode(errors="ignore").decode().split()
        words = " ".join(f'"{word}"*' for word in spoken if any(map(str.isalnum, word)))
        if not words:
            return []
        index = "search_secret" if secret else "search"
        return [
            identifier
            for (identifier,) in self._sql.execute(
                f"SELECT r.id FROM {index} s JOIN record r ON r.key = s.rowid"
                f" WHERE {index} MATCH ? AND {LIVE} ORDER BY s.rank LIMIT ?",
                (words, limit),
            )
        ]

    def person(self) -> Person:
        """Who works with this store, with the villages that the office last opened to that person. This laptop's
        clock is not asked: one that went wrong must not keep anybody from writing down who came."""
        account = str(self._meta.get("account", ""))
        try:
            values = self.get(account).values
        except Problem:
            raise Problem(
                _("Laptop ini belum menerima data dari kantor. Jalankan pimpasa sync saat ada sinyal.")
            ) from None
        opened = self._sql.execute("SELECT place FROM open_bucket WHERE level = ?", (Level.B,))
        villages = frozenset(found for (place,) in opened if (found := village_named(place)))
        return Person(account, Role(values["role"]), frozenset(values.get("offices", ())), villages)

    def sums(self) -> dict[Bucket, int]:
        """The digest of each open bucket, from the terms of the rows as received."""
        sums: dict[Bucket, int] = {}
        for place, level, term in self._sql.execute(_TERMS):
            bucket = Bucket(place, Level(level))
            sums[bucket] = (sums.get(bucket, 0) + int.from_bytes(term, "big")) % digest.MODULUS
        return sums

    def unfinished(self, name: str) -> Unfinished | None:
        """The draft of that name, if somebody began one."""
        return next((draft for draft in unfinished(self._sql) if draft.name == name), None)

    def begun(self, declared: Entity) -> list[Unfinished]:
        """What somebody began to write in records of this entity, the oldest first."""
        return [draft for draft in unfinished(self._sql) if draft.entity == declared.name]

    def unsettled(self, visits: Iterable[str]) -> dict[str, unsettled.Unsettled]:
        """Of these visits those that are not final, and what of them."""
        return unsettled.unsettled(self._sql, visits)

    def settled_by_others(self, person: Person) -> list[Listed]:
        """What the office had refused this person and somebody else settled, as long as this person has not read so."""
        read = self.seen.settlements()
        name = str(self.get(person.account).values.get("name", ""))
        refused = self.every(declaration("rejected"), {"writer": person.account})
        return [
            one
            for one in refused
            if one.values.get("settled") and one.values.get("settled_by", "") not in ("", name) and one.id not in read
        ]

    def changes(self, root: str) -> list[changes.Change]:
        """What was changed here of a root and of what hangs on it, the newest first."""
        return changes.changes(self._sql, root)

    def pending_count(self) -> int:
        return int(self._sql.execute("SELECT count(DISTINCT record) FROM outbox").fetchone()[0])

    def last_in_root(self, root: str) -> int:
        """The highest number received of anything that hangs on a root."""
        return int(self._sql.execute("SELECT max(number) FROM record WHERE root = ?", (root,)).fetchone()[0] or 0)


def _equal(declared: Entity, name: str, wanted: str | int) -> tuple[str, Any]:
    """A condition and its argument, in the form in which the field is stored."""
    if name not in declared.fields:
        raise Problem(
            _("{entity} tidak mempunyai isian {field}. Yang ada: {fields}.").format(
                entity=declared.label, field=repr(name), fields=", ".join(declared.fields)
            )
        )
    kind = declared.fields[name].kind
    if kind.column is list and wanted:
        (element,) = declared.read({name: [wanted]})[name]
        return f"""EXISTS (SELECT 1 FROM json_each(e."{name}") WHERE value = ?)""", element
    value = "" if kind.column is list else declared.read({name: wanted})[name]
    if is_empty(value):
        return f"""coalesce(e."{name}", '') = ?""", ""
    return f'e."{name}" = ?', value  # bare, so that the index on what records hang on serves
