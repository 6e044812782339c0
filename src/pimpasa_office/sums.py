"""The sums of the digest, one a bucket, inside one transaction: gathered here, written once at its end."""

from collections.abc import Iterable
from typing import Any

import sqlalchemy as sa

from pimpasa_desktop.domain import digest
from pimpasa_desktop.domain.entity import Level
from pimpasa_desktop.domain.places import Bucket
from pimpasa_desktop.sync.protocol.merge import Held
from pimpasa_office.tables import buckets, root_places

_UPDATE = (
    sa.update(buckets)
    .where(buckets.c.place == sa.bindparam("at_place"), buckets.c.level == sa.bindparam("at_level"))
    .values(sum=sa.bindparam("sum"))
)
_INSERT = sa.insert(buckets).values(
    place=sa.bindparam("at_place"), level=sa.bindparam("at_level"), sum=sa.bindparam("sum")
)


_AT = sa.select(buckets).where(buckets.c.place.in_(sa.bindparam("places", expanding=True)))
_EVERY = sa.select(buckets)


class Sums:
    def __init__(self, connection: sa.Connection) -> None:
        self._sql = connection
        self._added: dict[tuple[frozenset[str], str], int] = {}  # by places and level: most records share theirs

    def add(self, where: frozenset[str], held: Held) -> None:
        self._add(where, held, 1)

    def take_away(self, where: frozenset[str], held: Held) -> None:
        self._add(where, held, -1)

    def _add(self, where: frozenset[str], held: Held, sign: int) -> None:
        at = (where, held.level)
        self._added[at] = self._added.get(at, 0) + sign * term_of(held)

    def of(self, wanted: Iterable[Bucket]) -> dict[Bucket, int]:
        wanted = set(wanted)
        stored, added = self._kept(wanted), self._by_bucket()
        known = (stored.keys() | added.keys()) & wanted
        return {bucket: (stored.get(bucket, 0) + added.get(bucket, 0)) % digest.MODULUS for bucket in known}

    def write(self) -> None:
        if not self._added:
            return
        added = self._by_bucket()
        there = self._kept(added.keys())
        rows: dict[bool, list[dict[str, Any]]] = {True: [], False: []}
        for bucket, term in sorted(added.items()):
            now = digest.as_bytes(there.get(bucket, 0) + term)
            rows[bucket in there].append({"at_place": bucket.place, "at_level": str(bucket.level), "sum": now})
        if rows[True]:
            self._sql.execute(_UPDATE, rows[True])
        if rows[False]:
            self._sql.execute(_INSERT, rows[False])
        self._added.clear()

    def _by_bucket(self) -> dict[Bucket, int]:
        added: dict[Bucket, int] = {}
        for (where, level), term in self._added.items():
            for place in where:
                bucket = Bucket(place, Level(level))
                added[bucket] = added.get(bucket, 0) + term
        return added

    def _kept(self, wanted: Iterable[Bucket]) -> dict[Bucket, int]:
        """Sums of these buckets, and of others at the same places."""
        return _stored(self._sql.execute(_AT, {"places": sorted({bucket.place for bucket in wanted})}))


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
    stored = _stored(connection.execute(_EVERY))
    return count, sum(computed.get(bucket, 0) != stored.get(bucket, 0) for bucket in computed | stored)


def term_of(held: Held) -> int:
    spelled = digest.canonical(held.entity, held.author, held.deleted, held.values)
    return digest.term(held.id, held.number, spelled)


def _stored(rows: Iterable[Any]) -> dict[Bucket, int]:
    return {Bucket(row.place, Level(row.level)): int.from_bytes(row.sum, "big") for row in rows}
