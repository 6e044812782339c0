"""The sums of the digest, one a bucket, inside one transaction: gathered here, written once at its end."""

from collections.abc import Iterable
from typing import Any

import sqlalchemy as sa

from pimpasa_desktop.domain import digest
from pimpasa_desktop.domain.entity import Level
from pimpasa_desktop.domain.places import Bucket
from pimpasa_desktop.sync.protocol.merge import Held
from pimpasa_office.tables import buckets, root_places


class Sums:
    def __init__(self, connection: sa.Connection) -> None:
        self._sql = connection
        self._known: dict[Bucket, int] = {}
        self._changed: set[Bucket] = set()

    def forget(self) -> None:
        """Read everything anew from here on; nothing may have been added yet."""
        assert not self._changed
        self._known.clear()

    def add(self, where: Iterable[str], held: Held) -> None:
        self._add(where, held, 1)

    def take_away(self, where: Iterable[str], held: Held) -> None:
        self._add(where, held, -1)

    def _add(self, where: Iterable[str], held: Held, sign: int) -> None:
        term = sign * term_of(held)
        for place in where:
            bucket = Bucket(place, Level(held.level))
            self._known[bucket] = (self._sum(bucket) + term) % digest.MODULUS
            self._changed.add(bucket)

    def _sum(self, bucket: Bucket) -> int:
        if bucket not in self._known:
            query = sa.select(buckets.c.sum).where(buckets.c.place == bucket.place, buckets.c.level == bucket.level)
            self._known[bucket] = int.from_bytes(self._sql.execute(query).scalar() or b"", "big")
        return self._known[bucket]

    def of(self, wanted: Iterable[Bucket]) -> dict[Bucket, int]:
        wanted = set(wanted)
        query = sa.select(buckets).where(buckets.c.place.in_({bucket.place for bucket in wanted}))
        known = _stored(self._sql, query) | self._known
        return {bucket: value for bucket, value in known.items() if bucket in wanted}

    def write(self) -> None:
        if not self._changed:
            return
        places = {bucket.place for bucket in self._changed}
        there = set(_stored(self._sql, sa.select(buckets).where(buckets.c.place.in_(places))))
        rows = [
            {"at_place": place, "at_level": str(level), "sum": digest.as_bytes(self._known[Bucket(place, level)])}
            for place, level in sorted(self._changed)
        ]
        if old := [row for row in rows if Bucket(str(row["at_place"]), Level(str(row["at_level"]))) in there]:
            at = (buckets.c.place == sa.bindparam("at_place"), buckets.c.level == sa.bindparam("at_level"))
            self._sql.execute(sa.update(buckets).where(*at).values(sum=sa.bindparam("sum")), old)
        if new := [row for row in rows if row not in old]:
            values = [{"place": row["at_place"], "level": row["at_level"], "sum": row["sum"]} for row in new]
            self._sql.execute(sa.insert(buckets), values)
        self._changed.clear()


def audit(connection: sa.Connection, every: Iterable[Held]) -> tuple[int, int]:
    """Recompute every sum from `every` record: how many records were read, and how many sums differ."""
    where: dict[str, list[str]] = {}
    for root, place in connection.execute(sa.select(root_places)):
        where.setdefault(root, []).append(place)
    computed: dict[Bucket, int] = {}
    count = 0
    for held in every:
        count += 1
        for place in where.get(held.root, ()):
            bucket = Bucket(place, Level(held.level))
            computed[bucket] = (computed.get(bucket, 0) + term_of(held)) % digest.MODULUS
    stored = _stored(connection, sa.select(buckets))
    return count, sum(computed.get(bucket, 0) != stored.get(bucket, 0) for bucket in computed | stored)


def term_of(held: Held) -> int:
    spelled = digest.canonical(held.entity, held.author, held.deleted, held.values)
    return digest.term(held.id, held.number, spelled)


def _stored(connection: sa.Connection, query: sa.Select[Any]) -> dict[Bucket, int]:
    rows = connection.execute(query)
    return {Bucket(row.place, Level(row.level)): int.from_bytes(row.sum, "big") for row in rows}
