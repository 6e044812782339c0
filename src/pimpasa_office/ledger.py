"""The office's ledger: every record with its number, its clocks and its places, in SQLCipher or PostgreSQL.

Generic: a new entity needs no change here. One transaction a request; numbers are given under a lock that is held
until the commit, so the order of numbers is the order of commits and a reader never skips one.
"""

import re
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from msgspec.structs import replace
from sqlalchemy.pool import QueuePool

from pimpasa_desktop import sqlcipher
from pimpasa_desktop.domain.entity import REGISTRY, Level
from pimpasa_desktop.domain.fingerprint import BEARERS
from pimpasa_desktop.domain.places import Bucket, places_of
from pimpasa_desktop.env import Env
from pimpasa_desktop.sync.protocol.merge import Held, lifted_clock
from pimpasa_office import bulk, sums
from pimpasa_office.lives import LIFE_SECONDS, Lives, Standing
from pimpasa_office.records import Records, by_number
from pimpasa_office.sums import Sums
from pimpasa_office.tables import (
    blob_parts,
    blobs,
    erased,
    facts,
    left_places,
    metadata,
    moments,
    operations,
    records,
    root_places,
)
from pimpasa_office.visibility import Visibility
from pimpasa_office.witness import Witness

_SERVING = "pimpasa-office serve"
_LOCK = 0x50494D50  # the advisory lock of PostgreSQL under which numbers are given
_UNBOUNDED = 1 << 40
_SHA256 = re.compile(r"\b[0-9a-f]{64}\b")

_SERVERS = sa.text(
    "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND application_name = :name"
)
_EVERY = by_number()
_OF_ENTITY = by_number(records.c.entity == sa.bindparam("entity"))
_AT_PLACE = by_number(
    records.c.id.in_(sa.select(root_places.c.root).where(root_places.c.place == sa.bindparam("place"))),
    records.c.entity == sa.bindparam("entity"),
)
_OF_ROOT = by_number(records.c.root == sa.bindparam("of"))
_IN_ROOT = by_number(records.c.root == sa.bindparam("of"), records.c.id != sa.bindparam("of"))
_ABOVE = by_number(records.c.number > sa.bindparam("after"))
_THESE = by_number(records.c.id.in_(sa.bindparam("these", expanding=True)))
_BEARING = by_number(records.c.entity.in_((*BEARERS, "rejected")), records.c.body.contains(sa.bindparam("text")))
_GIVEN = sa.select(moments.c.at).where(moments.c.after < sa.bindparam("n")).order_by(moments.c.after.desc()).limit(1)
_LEFT = sa.select(left_places).where(
    left_places.c.number > sa.bindparam("after"), left_places.c.place.in_(sa.bindparam("places", expanding=True))
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


def postgresql(url: str, serving: bool = False) -> sa.Engine:
    """An engine over PostgreSQL; `url` as SQLAlchemy takes it (`postgresql+psycopg://...`). `serving`: other programs
    see that an office serves from it."""
    return sa.create_engine(url, connect_args={"application_name": _SERVING} if serving else {})


class Ledger:
    """`seen`: the file in which a serving office remembers how far its ledger had come."""

    def __init__(self, engine: sa.Engine, env: Env, seen: Path | None = None) -> None:
        self.engine = engine
        self.env = env
        self.witness = Witness(seen)
        self._life = 0
        metadata.create_all(engine)

    @contextmanager
    def begin(self) -> Iterator["Books"]:
        """One transaction; everything in it happens or nothing does."""
        with self.engine.begin() as connection:
            books = Books(connection, self.env, self._life)
            try:
                yield books
            except Exception:
                if self.env.planted("half-kept"):
                    books.settle()
                    connection.commit()
                raise
            books.settle()
            standing = books.standing(self.witness.stood)
        # Only what was committed is remembered.
        self._life = books.life
        if standing is not None and standing != self.witness.stood:
            self.witness.saw(standing)

    def erase(self, root: str) -> None:
        """Take a root away for good, out of the file too. PostgreSQL wipes its pages at its next VACUUM."""
        with self.begin() as books:
            books.erase(root)
        if self.engine.dialect.name == "sqlite":
            connection = self.engine.raw_connection()
            try:
                connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")
            finally:
                connection.close()

    def is_served(self) -> bool:
        """Whether an office serves from this database now, here or on another machine."""
        with self.engine.connect() as connection:
            return bool(connection.execute(_SERVERS, {"name": _SERVING}).scalar())

    def close(self) -> None:
        self.engine.dispose()


class Books:
    """The ledger inside one transaction. `life`: the one in which this process last gave numbers."""

    def __init__(self, connection: sa.Connection, env: Env, life: int = 0) -> None:
        self._sql = connection
        self.env = env
        self.life = life
        self.lives = Lives(connection)
        self._records = Records(connection)
        self._sums = Sums(connection)
        self._outcomes: dict[str, Outcome | None] = {}
        self._remembered: list[tuple[Any, ...]] = []
        self._erased: dict[str, bool] = {}
        self._facts: dict[str, str] | None = None  # a handful, read together
        self._number: int | None = None
        self._number_before = 0
        self._given_after = 0  # numbers above it are this transaction's
        self._steps = b""

    # -- numbers

    def lock(self) -> None:
        """From here to the commit nobody else gives numbers or changes records."""
        if self._number is not None:
            return
        if self._sql.dialect.name == "postgresql" and not self.env.planted("no-lock"):
            self._sql.execute(sa.select(sa.func.pg_advisory_xact_lock(_LOCK)))
        # What was read before may have been changed while the lock was waited for.
        self._records.forget()
        self._outcomes.clear()
        self._erased.clear()
        self._facts = None
        self.lives.forget()
        self._number = self._number_before = self._given_after = int(self.fact("number", "0"))

    def next_number(self) -> int:
        """A number above all others. It leaves out up to three by chance: a gap must not tell of a record that
        somebody may not see."""
        self.lock()
        assert self._number is not None
        if not self._steps:
            self._live()
            self._steps = self.env.random(64)
        self._number += 1 + (self._steps[0] & 3)
        if self.env.planted("number-from-clock"):
            self._number = int(self.env.now().timestamp())
        self._steps = self._steps[1:]
        return self._number

    def _live(self) -> None:
        """Begin a life where this process has not given numbers yet, or nobody has in this hour."""
        newest, _after = self.lives.newest()
        now = self._seconds()
        if not self.life or not newest or now - newest >= LIFE_SECONDS:
            self.lives.begin(now, self.last_number())
        self.life = self.lives.newest()[0]

    def _seconds(self) -> int:
        """Now, in seconds since 1970."""
        return int(self.env.now().timestamp())

    def standing(self, before: Standing | None = None) -> Standing | None:
        """Where the ledger stands at the end of this transaction; `before` where it knows of nothing new."""
        if self._number is None or (before and before.number == self._number):
            return before
        return Standing(self.lives.of(self._number), self._number)

    def common(self, standing: Standing) -> int | None:
        """The number up to which this ledger and one that stood there are the same; None where it lost nothing, or
        knows already what."""
        lost = self.lost()
        if any(after < standing.number < before for after, before in zip(lost[::2], lost[1::2], strict=True)):
            return None
        return self.lives.common(standing, self.last_number())

    def skip_numbers(self, count: int) -> None:
        self.lock()
        assert self._number is not None
        self._number += count
        self._given_after = self._number

    def given_at(self, number: int) -> int | None:
        """When a number was given, in seconds since 1970; None where that was before it was noted."""
        if self._number is not None and number > self._given_after:
            return self._seconds()
        found = self._sql.execute(_GIVEN, {"n": number}).scalar()
        return None if found is None else int(found)

    def last_number(self) -> int:
        return int(self.fact("number", "0")) if self._number is None else self._number

    def newest_unlike(self, known: dict[str, int]) -> int:
        """The last number above which nothing lies but `known` (id, number): that of before this transaction, if it
        changed nothing else."""
        only = self._number is not None and self._records.changed().items() <= known.items()
        return self._number_before if only else self.last_number()

    def lost(self) -> list[int]:
        """The spans of numbers that this ledger gave before it was set back and knows no more: after, before, ..."""
        return [int(number) for number in self.fact("lost").split()]

    def settle(self) -> None:
        """Write what was gathered: records, outcomes, the number and the sums of the digest."""
        self._records.write()
        self._sums.write()
        bulk.insert(self._sql, operations, self._remembered)
        self._remembered.clear()
        if self._number is None:
            return
        self.set_fact("number", str(self._number))
        if self._number > self._given_after:
            self._sql.execute(sa.delete(moments).where(moments.c.after >= self._given_after))
            self._sql.execute(sa.insert(moments), [{"after": self._given_after, "at": self._seconds()}])

    # -- records

    def bring(self, identifiers: Iterable[str], asked: Collection[str] = ()) -> None:
        """Read these records and the outcomes of these operations together, because they will be asked for."""
        wanted = set(identifiers)
        self._records.bring(wanted)
        self._outcomes |= dict.fromkeys(asked)
        for found in bulk.find(self._sql, operations.c.id, asked):
            self._outcomes[found.id] = (found.hash, found.outcome, found.number, found.tray)
        self._erased |= dict.fromkeys(wanted, False)
        self._erased |= {found.id: True for found in bulk.find(self._sql, erased.c.id, wanted)}

    def get(self, identifier: str) -> Held | None:
        return self._records.get(identifier)

    def find(self, entity: str) -> list[Held]:
        """All records of an entity, deleted ones too."""
        return self._records.select(_OF_ENTITY, entity=entity)

    def find_at(self, place: str, entity: str) -> list[Held]:
        """Roots of an entity that lie in a place, deleted ones too."""
        return self._records.select(_AT_PLACE, place=place, entity=entity)

    def in_root(self, root: str) -> list[Held]:
        """What hangs on a root, without the root."""
        return self._records.select(_IN_ROOT, of=root)

    def in_roots(self, roots: Iterable[str]) -> list[Held]:
        """These roots, with what hangs on them."""
        return self._records.in_roots(roots)

    def put(self, held: Held) -> None:
        """Write a record as it now is. A root that moves takes what hangs on it along, under the same number."""
        before = self.get(held.id)
        old = new = self.places(held.root)
        if held.id == held.root:
            new = places_of(REGISTRY[held.entity], held.id, held.values, held.author)
        if before is not None:
            self._sums.take_away(old, before)
        if new != old:
            if before is not None:
                self._move(held, old, new)
            self._records.replace_places(held.root, new)
            self._leave(held.root, {(place, held.level) for place in old - new}, held.number)
        self._sums.add(new, held)
        self._records.put(held)

    def _move(self, root: Held, old: frozenset[str], new: frozenset[str]) -> None:
        if self.env.planted("children-left-behind"):
            return
        for child in self.in_root(root.id):
            moved = replace(child, number=root.number)
            self._sums.take_away(old, child)
            self._sums.add(new, moved)
            self._records.put(moved)

    def _leave(self, root: str, buckets: Iterable[tuple[str, str]], number: int) -> None:
        gone = [
            {"root": root, "place": place, "level": str(level), "number": number} for place, level in sorted(buckets)
        ]
        if gone:
            self._sql.execute(sa.insert(left_places), gone)

    def places(self, root: str) -> frozenset[str]:
        return self._records.places(root)

    # -- erasing

    def is_erased(self, identifier: str) -> bool:
        if identifier not in self._erased:
            self._erased[identifier] = self.one(erased, id=identifier) is not None
        return self._erased[identifier]

    def never_take(self, identifier: str) -> None:
        """What hangs on something erased is nothing that may ever come."""
        if not self.is_erased(identifier):
            self._sql.execute(sa.insert(erased), [{"id": identifier}])
            self._erased[identifier] = True

    def every_erased(self) -> set[str]:
        return set(self._sql.execute(sa.select(erased.c.id)).scalars())

    def erase(self, root: str) -> None:
        """Take a root away with all that hangs on it and all that was refused about it. Ids stay, so that nobody
        brings it back, and so that laptops can be told to forget it. A refusal that was settled may have been sent
        again, as another record, and may be what is erased here: those go too, there is nothing left to do in them."""
        number = self.next_number()
        inside = self.in_root(root)
        going = {held.id for held in inside} | {root}
        refused = [held for held in self.find("rejected") if _speaks_of(held, going) or self._went_elsewhere(held)]
        for gone in (root, *(held.root for held in refused)):
            self._erase_one(gone, number)
        self._forget_bytes({sha256 for held in (*inside, *refused) for sha256 in _SHA256.findall(str(held.values))})

    def _went_elsewhere(self, refused: Held) -> bool:
        """Whether a refusal was sent again as a record that it does not name: the one that it names is not there."""
        again = self.get(str(refused.values.get("record")))
        return refused.values.get("settled") in ("mine", "text") and (again is None or again.deleted)

    def _forget_bytes(self, hashes: Iterable[str]) -> None:
        """Take away the bytes of photos and documents that no other record refers to."""
        for sha256 in hashes:
            if not self._records.select(_BEARING, text=sha256):
                self.remove(blob_parts, sha256=sha256)
                self.remove(blobs, sha256=sha256)

    def _erase_one(self, root: str, number: int) -> None:
        held = self._records.select(_OF_ROOT, of=root)
        places = self.places(root)
        for each in held:
            self._sums.take_away(places, each)
        before = self._sql.execute(sa.select(left_places).where(left_places.c.root == root))
        # A laptop that was not yet told of an earlier move must hear of this.
        told = {(row.place, row.level) for row in before}
        told |= {(place, each.level) for place in places for each in held if each.id == root}
        self._sql.execute(sa.delete(left_places).where(left_places.c.root == root))
        self._leave(root, told, number)
        self._records.remove(root)
        for identifier in {each.id for each in held} | {root}:
            self._sql.execute(
                sa.delete(operations).where(sa.or_(operations.c.record == identifier, operations.c.tray == identifier))
            )
            self.never_take(identifier)

    # -- digest

    def sums(self, wanted: Iterable[Bucket]) -> dict[Bucket, int]:
        return self._sums.of(wanted)

    def renumber(self, after: int, by: int) -> None:
        """Lift all numbers above `after`, as though they had been given so much later."""

        def lifted(number: int) -> int:
            return number + by if number > after else number

        for held in self._records.select(_ABOVE, after=after):
            clocks = {name: lifted_clock(clock, lifted) for name, clock in held.clocks.items()}
            self.put(replace(held, number=lifted(held.number), clocks=clocks))
        for table in (left_places, operations):
            number = table.c.number
            self._sql.execute(sa.update(table).where(number > after).values(number=number + by))
        self._sql.execute(sa.update(moments).where(moments.c.after >= after).values(after=moments.c.after + by))
        self._outcomes.clear()

    def audit_sums(self) -> tuple[int, int]:
        """Recompute every sum from the records: how many records were read, and how many sums differ."""
        self.settle()
        return sums.audit(self._sql, self._records.select(_EVERY))

    def terms(self) -> dict[str, tuple[int, int]]:
        """The number of every record and its term of the digest, by id."""
        return {held.id: (held.number, sums.term_of(held)) for held in self._records.select(_EVERY)}

    # -- what changed

    def rows(self, visible: Visibility, after: int, until: int, limit: int) -> list[Held]:
        """Records that `visible` lets through, by number, from `after` (excluded) to `until` (included)."""
        statement, given = visible.numbered(after, until, limit)
        return self._records.select(statement, **given)

    def rows_numbered(self, visible: Visibility, number: int) -> list[Held]:
        return self.rows(visible, number - 1, number, _UNBOUNDED)

    def roots(self, identifiers: Iterable[str]) -> list[Held]:
        return self._records.select(_THESE, these=sorted(set(identifiers)))

    def left(self, had: Iterable[Bucket], after: int) -> list[str]:
        """Roots that left one of these buckets after a number. A place alone is not enough: who reads the visits
        of a village is not to learn that a secret report ever lay there."""
        had = set(had)
        found = self._sql.execute(_LEFT, {"after": after, "places": sorted({bucket.place for bucket in had})})
        return sorted({row.root for row in found if Bucket(row.place, Level(row.level)) in had})

    # -- operations

    def outcome(self, identifier: str) -> Outcome | None:
        if identifier not in self._outcomes:
            found = self.one(operations, id=identifier)
            self._outcomes[identifier] = (found.hash, found.outcome, found.number, found.tray) if found else None
        return self._outcomes[identifier]

    def remember(self, identifier: str, record: str, outcome: Outcome) -> None:
        kept, what, number, tray = outcome
        self._outcomes[identifier] = outcome
        self._remembered.append((identifier, record, kept, int(what), number, tray))

    # -- the rest, by name

    def fact(self, name: str, default: str = "") -> str:
        if self._facts is None:
            self._facts = {found.name: found.value for found in self.all(facts)}
        return self._facts.get(name, default)

    def set_fact(self, name: str, value: str) -> None:
        self._upsert(facts, {"name": name}, {"value": value})
        if self._facts is not None:
            self._facts[name] = value

    def one(self, table: sa.Table, **key: Any) -> Any:
        """The one row of a small table, or None."""
        return self._sql.execute(_one(table, *key), key).first()

    def all(self, table: sa.Table) -> list[Any]:
        return list(self._sql.execute(_whole(table)))

    def set(self, table: sa.Table, key: dict[str, Any], **values: Any) -> None:
        self._upsert(table, key, values)

    def remove(self, table: sa.Table, **key: Any) -> None:
        self._sql.execute(sa.delete(table).where(*(table.c[name] == value for name, value in key.items())))

    def _upsert(self, table: sa.Table, key: dict[str, Any], values: dict[str, Any]) -> None:
        wanted = {f"of_{name}": value for name, value in key.items()}
        if not self._sql.execute(_update(table, tuple(key), tuple(values)), wanted | values).rowcount:
            self._sql.execute(_insertion(table), [key | values])


# Kept: putting a small statement together takes longer than the database takes over it.


@cache
def _one(table: sa.Table, *names: str) -> sa.Select[Any]:
    return sa.select(table).where(*(table.c[name] == sa.bindparam(name) for name in names))


@cache
def _whole(table: sa.Table) -> sa.Select[Any]:
    return sa.select(table)


@cache
def _update(table: sa.Table, key: tuple[str, ...], names: tuple[str, ...]) -> sa.Update:
    found = (table.c[name] == sa.bindparam(f"of_{name}") for name in key)
    return sa.update(table).where(*found).values({name: sa.bindparam(name) for name in names})


@cache
def _insertion(table: sa.Table) -> sa.Insert:
    return sa.insert(table)


def _speaks_of(refused: Held, going: set[str]) -> bool:
    """Whether a refused operation was about one of these records, or would have hung on one."""
    spelled = f"{refused.values.get('record', '')} {refused.values.get('patch', '')}"
    return any(identifier in spelled for identifier in going)
