"""The office's ledger: every record with its number, its clocks and its places, in SQLCipher or PostgreSQL.

Generic: a new entity needs no change here. One transaction a request; numbers are given under a lock that is held
until the commit, so the order of numbers is the order of commits and a reader never skips one.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import msgspec
import sqlalchemy as sa
from sqlalchemy.pool import QueuePool

from pimpasa_desktop import sqlcipher
from pimpasa_desktop.domain import digest
from pimpasa_desktop.domain.entity import REGISTRY, Level
from pimpasa_desktop.domain.places import Bucket, places_of
from pimpasa_desktop.domain.row import Row
from pimpasa_desktop.env import Env
from pimpasa_desktop.sync.protocol.merge import Held

_LOCK = 0x50494D50  # the advisory lock of PostgreSQL under which numbers are given
metadata = sa.MetaData()

records = sa.Table(
    "record",
    metadata,
    sa.Column("id", sa.String(36), primary_key=True),
    sa.Column("entity", sa.String(40), nullable=False),
    sa.Column("root", sa.String(36), nullable=False, index=True),
    sa.Column("level", sa.String(1), nullable=False),
    sa.Column("number", sa.BigInteger, nullable=False, index=True),
    sa.Column("author", sa.String(36), nullable=False),
    sa.Column("deleted", sa.Boolean, nullable=False),
    sa.Column("body", sa.Text, nullable=False),
    sa.Column("clocks", sa.Text, nullable=False),
    sa.Column("healed", sa.BigInteger, nullable=False),
    sa.Column("written_by", sa.Text, nullable=False),
    sa.Column("written_at", sa.String(40), nullable=False),
)
root_places = sa.Table(
    "root_place",
    metadata,
    sa.Column("root", sa.String(36), primary_key=True),
    sa.Column("place", sa.String(80), primary_key=True, index=True),
)
left_places = sa.Table(
    "left_place",
    metadata,
    sa.Column("root", sa.String(36), nullable=False),
    sa.Column("place", sa.String(80), nullable=False),
    sa.Column("number", sa.BigInteger, nullable=False, index=True),
)
buckets = sa.Table(
    "bucket",
    metadata,
    sa.Column("place", sa.String(80), primary_key=True),
    sa.Column("level", sa.String(1), primary_key=True),
    sa.Column("sum", sa.LargeBinary, nullable=False),
)
operations = sa.Table(
    "operation",
    metadata,
    sa.Column("id", sa.String(36), primary_key=True),
    sa.Column("hash", sa.LargeBinary, nullable=False),
    sa.Column("outcome", sa.Integer, nullable=False),
    sa.Column("number", sa.BigInteger, nullable=False),
    sa.Column("tray", sa.String(36), nullable=False),
)
devices = sa.Table(
    "device",
    metadata,
    sa.Column("id", sa.String(36), primary_key=True),
    sa.Column("account", sa.String(36), nullable=False),
    sa.Column("public_key", sa.LargeBinary, nullable=False),
    sa.Column("turn", sa.LargeBinary, nullable=False),
    sa.Column("previous_turn", sa.LargeBinary, nullable=False),
    sa.Column("last_request", sa.LargeBinary, nullable=False),
    sa.Column("last_operations", sa.LargeBinary, nullable=False),
    sa.Column("copy_of", sa.String(36), nullable=False),
    sa.Column("revoked_at", sa.String(40), nullable=False),
    sa.Column("seen_at", sa.String(40), nullable=False),
)
enrolments = sa.Table(
    "enrolment",
    metadata,
    sa.Column("code_hash", sa.LargeBinary, primary_key=True),
    sa.Column("account", sa.String(36), nullable=False),
    sa.Column("expires_at", sa.String(40), nullable=False),
    sa.Column("device", sa.String(36), nullable=False),
)
grant_sets = sa.Table(
    "grant_set",
    metadata,
    sa.Column("hash", sa.LargeBinary, primary_key=True),
    sa.Column("body", sa.Text, nullable=False),
)
erased = sa.Table("erased", metadata, sa.Column("id", sa.String(36), primary_key=True))
facts = sa.Table(
    "fact", metadata, sa.Column("name", sa.String(40), primary_key=True), sa.Column("value", sa.Text, nullable=False)
)

Outcome = tuple[bytes, int, int, str]  # hash of the operation, outcome, number, id of its tray record


def embedded(path: Path, key: bytes) -> sa.Engine:
    """An engine over an encrypted file; a write transaction takes its lock at once."""
    engine = sa.create_engine(
        "sqlite://",
        creator=lambda: sqlcipher.connect(path, key, any_thread=True),
        module=sqlcipher.dbapi,
        poolclass=QueuePool,
    )

    @sa.event.listens_for(engine, "begin")
    def immediate(connection: sa.Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    return engine


def postgresql(url: str) -> sa.Engine:
    """An engine over PostgreSQL; `url` as SQLAlchemy takes it (`postgresql+psycopg://...`)."""
    return sa.create_engine(url)


class Ledger:
    def __init__(self, engine: sa.Engine, env: Env) -> None:
        self.engine = engine
        self.env = env
        metadata.create_all(engine)

    @contextmanager
    def begin(self) -> Iterator["Books"]:
        """One transaction; everything in it happens or nothing does."""
        with self.engine.begin() as connection:
            books = Books(connection, self.env)
            yield books
            books.settle()

    def close(self) -> None:
        self.engine.dispose()


class Books:
    """The ledger inside one transaction."""

    def __init__(self, connection: sa.Connection, env: Env) -> None:
        self._sql = connection
        self.env = env
        self._sums: dict[Bucket, int] = {}
        self._number: int | None = None
        self._steps = b""

    # -- numbers

    def lock(self) -> None:
        """From here to the commit nobody else gives numbers or changes records."""
        if self._number is not None:
            return
        if self._sql.dialect.name == "postgresql" and not self.env.planted("no-lock"):
            self._sql.execute(sa.select(sa.func.pg_advisory_xact_lock(_LOCK)))
        self._number = int(self.fact("number", "0"))

    def next_number(self) -> int:
        """A number above all others. It leaves out up to three by chance: a gap must not tell of a record that
        somebody may not see."""
        self.lock()
        assert self._number is not None
        if not self._steps:
            self._steps = self.env.random(64)
        self._number += 1 + (self._steps[0] & 3)
        self._steps = self._steps[1:]
        return self._number

    def skip_numbers(self, count: int) -> None:
        self.lock()
        assert self._number is not None
        self._number += count

    def last_number(self) -> int:
        return int(self.fact("number", "0")) if self._number is None else self._number

    def lost(self) -> list[int]:
        """The spans of numbers that this ledger gave before it was set back and knows no more: after, before, ..."""
        return [int(number) for number in self.fact("lost").split()]

    def settle(self) -> None:
        """Write what was gathered: the number and the sums of the digest."""
        if self._number is not None:
            self.set_fact("number", str(self._number))
        for bucket, value in self._sums.items():
            self._upsert(buckets, {"place": bucket.place, "level": bucket.level}, {"sum": digest.as_bytes(value)})

    # -- records

    def get(self, identifier: str) -> Held | None:
        found = self._sql.execute(sa.select(records).where(records.c.id == identifier)).first()
        return _held(found) if found else None

    def find(self, entity: str) -> list[Held]:
        """All records of an entity, deleted ones too."""
        query = sa.select(records).where(records.c.entity == entity).order_by(records.c.number)
        return [_held(found) for found in self._sql.execute(query)]

    def in_root(self, root: str) -> list[Held]:
        """What hangs on a root, without the root."""
        query = sa.select(records).where(records.c.root == root, records.c.id != root)
        return [_held(found) for found in self._sql.execute(query)]

    def put(self, held: Held) -> None:
        """Write a record as it now is. A root that moves takes what hangs on it along, under the same number."""
        before = self.get(held.id)
        old_places = new_places = self.places(held.root)
        if held.id == held.root:
            new_places = places_of(REGISTRY[held.entity], held.id, held.values, held.author)
        if new_places != old_places:
            self._move(held, old_places, new_places)
            self._replace_places(held.root, old_places, new_places, held.number)
        self._add(old_places, before, -1)
        self._add(new_places, held, 1)
        self._upsert(records, {"id": held.id}, _cells(held))

    def _move(self, root: Held, old: frozenset[str], new: frozenset[str]) -> None:
        for child in self.in_root(root.id):
            moved = replace(child, number=root.number)
            self._add(old, child, -1)
            self._add(new, moved, 1)
            self._upsert(records, {"id": child.id}, _cells(moved))

    def _replace_places(self, root: str, old: frozenset[str], new: frozenset[str], number: int) -> None:
        self._sql.execute(sa.delete(root_places).where(root_places.c.root == root))
        self._sql.execute(sa.insert(root_places), [{"root": root, "place": place} for place in sorted(new)])
        if gone := sorted(old - new):
            self._sql.execute(
                sa.insert(left_places), [{"root": root, "place": place, "number": number} for place in gone]
            )

    def places(self, root: str) -> frozenset[str]:
        query = sa.select(root_places.c.place).where(root_places.c.root == root)
        return frozenset(self._sql.execute(query).scalars())

    # -- digest

    def _add(self, where: Iterable[str], held: Held | None, sign: int) -> None:
        if held is None:
            return
        term = _term(held)
        for place in where:
            bucket = Bucket(place, REGISTRY[held.entity].level_of(held.values))
            self._sums[bucket] = (self.sum(bucket) + sign * term) % digest.MODULUS

    def sum(self, bucket: Bucket) -> int:
        if bucket not in self._sums:
            query = sa.select(buckets.c.sum).where(buckets.c.place == bucket.place, buckets.c.level == bucket.level)
            self._sums[bucket] = int.from_bytes(self._sql.execute(query).scalar() or b"", "big")
        return self._sums[bucket]

    def sums(self, wanted: Iterable[Bucket]) -> dict[Bucket, int]:
        wanted = set(wanted)
        query = sa.select(buckets).where(buckets.c.place.in_({bucket.place for bucket in wanted}))
        stored = {
            Bucket(place, level): int.from_bytes(value, "big") for place, level, value in self._sql.execute(query)
        }
        return {bucket: value for bucket, value in (stored | self._sums).items() if bucket in wanted}

    def audit_sums(self) -> tuple[int, int]:
        """Recompute every sum from the records: how many records were read, and how many sums differ."""
        where: dict[str, list[str]] = {}
        for root, place in self._sql.execute(sa.select(root_places)):
            where.setdefault(root, []).append(place)
        computed: dict[Bucket, int] = {}
        count = 0
        for found in self._sql.execute(sa.select(records)):
            held, count = _held(found), count + 1
            for place in where.get(held.root, ()):
                bucket = Bucket(place, Level(held.level))
                computed[bucket] = (computed.get(bucket, 0) + _term(held)) % digest.MODULUS
        stored = {
            Bucket(p, Level(level)): int.from_bytes(value, "big")
            for p, level, value in self._sql.execute(sa.select(buckets))
        }
        return count, sum(computed.get(bucket, 0) != stored.get(bucket, 0) for bucket in computed | stored)

    # -- what changed

    def rows(self, visible: "Visibility", after: int, until: int, limit: int) -> list[Held]:
        """Records that `visible` lets through, by number, from `after` (excluded) to `until` (included)."""
        query = (
            sa.select(records)
            .where(records.c.number > after, records.c.number <= until, visible.condition())
            .order_by(records.c.number)
            .limit(limit)
        )
        return [_held(found) for found in self._sql.execute(query)]

    def rows_numbered(self, visible: "Visibility", number: int) -> list[Held]:
        query = sa.select(records).where(records.c.number == number, visible.condition())
        return [_held(found) for found in self._sql.execute(query)]

    def roots(self, identifiers: Iterable[str]) -> list[Held]:
        query = sa.select(records).where(records.c.id.in_(sorted(set(identifiers))))
        return [_held(found) for found in self._sql.execute(query)]

    def left(self, had: Iterable[Bucket], after: int) -> list[Held]:
        """Roots that left one of these buckets after a number. A place alone is not enough: who reads the visits
        of a village is not to learn that a secret report ever lay there."""
        had = set(had)
        query = (
            sa.select(records, left_places.c.place)
            .join(left_places, left_places.c.root == records.c.id)
            .where(left_places.c.number > after, left_places.c.place.in_({bucket.place for bucket in had}))
        )
        found = self._sql.execute(query).all()
        roots = {row.id: _held(row) for row in found if Bucket(row.place, Level(row.level)) in had}
        return [root for _identifier, root in sorted(roots.items())]

    # -- operations

    def outcome(self, identifier: str) -> Outcome | None:
        found = self._sql.execute(sa.select(operations).where(operations.c.id == identifier)).first()
        return (found.hash, found.outcome, found.number, found.tray) if found else None

    def remember(self, identifier: str, outcome: Outcome) -> None:
        kept, what, number, tray = outcome
        self._sql.execute(
            sa.insert(operations), [{"id": identifier, "hash": kept, "outcome": what, "number": number, "tray": tray}]
        )

    # -- the rest, by name

    def fact(self, name: str, default: str = "") -> str:
        value = self._sql.execute(sa.select(facts.c.value).where(facts.c.name == name)).scalar()
        return default if value is None else str(value)

    def set_fact(self, name: str, value: str) -> None:
        self._upsert(facts, {"name": name}, {"value": value})

    def one(self, table: sa.Table, **key: Any) -> Any:
        """The one row of a small table, or None."""
        return self._sql.execute(
            sa.select(table).where(*(table.c[name] == value for name, value in key.items()))
        ).first()

    def all(self, table: sa.Table) -> list[Any]:
        return list(self._sql.execute(sa.select(table)))

    def set(self, table: sa.Table, key: dict[str, Any], **values: Any) -> None:
        self._upsert(table, key, values)

    def remove(self, table: sa.Table, **key: Any) -> None:
        self._sql.execute(sa.delete(table).where(*(table.c[name] == value for name, value in key.items())))

    def _upsert(self, table: sa.Table, key: dict[str, Any], values: dict[str, Any]) -> None:
        found = sa.and_(*(table.c[name] == value for name, value in key.items()))
        if not self._sql.execute(sa.update(table).where(found).values(**values)).rowcount:
            self._sql.execute(sa.insert(table), [key | values])


class Visibility:
    """Which records a set of buckets shows, as a condition; `but_not` takes those away that another set shows
    and that are not newer than a number."""

    def __init__(self, shown: Iterable[Bucket], but_not: Iterable[Bucket] = (), unless_after: int = 0) -> None:
        self._shown, self._but_not, self._unless_after = list(shown), list(but_not), unless_after

    def condition(self) -> sa.ColumnElement[bool]:
        shown = _in_buckets(self._shown)
        if not self._but_not:
            return shown
        return sa.and_(shown, sa.or_(records.c.number > self._unless_after, sa.not_(_in_buckets(self._but_not))))


def _in_buckets(wanted: list[Bucket]) -> sa.ColumnElement[bool]:
    by_level: dict[str, list[str]] = {}
    for bucket in wanted:
        by_level.setdefault(str(bucket.level), []).append(bucket.place)
    levels = [
        sa.and_(records.c.level == level, root_places.c.place.in_(sorted(where))) for level, where in by_level.items()
    ]
    return sa.exists().where(root_places.c.root == records.c.root, sa.or_(sa.false(), *levels))


def _term(held: Held) -> int:
    spelled = digest.canonical(held.entity, held.author, held.deleted, held.values)
    return digest.term(held.id, held.number, spelled)


def row_of(held: Held) -> Row:
    return Row(held.entity, held.id, held.number, held.author, held.deleted, held.values)


def _held(found: Any) -> Held:
    clocks = {name: (number, device) for name, (number, device) in msgspec.json.decode(found.clocks).items()}
    return Held(
        entity=found.entity,
        id=found.id,
        root=found.root,
        level=found.level,
        number=found.number,
        author=found.author,
        deleted=bool(found.deleted),
        values=msgspec.json.decode(found.body),
        clocks=clocks,
        healed=found.healed,
        written_by=found.written_by,
        written_at=found.written_at,
    )


def _cells(held: Held) -> dict[str, Any]:
    return {
        "entity": held.entity,
        "root": held.root,
        "level": held.level,
        "number": held.number,
        "author": held.author,
        "deleted": held.deleted,
        "body": msgspec.json.encode(held.values).decode(),
        "clocks": msgspec.json.encode(held.clocks).decode(),
        "healed": held.healed,
        "written_by": held.written_by,
        "written_at": held.written_at,
    }
