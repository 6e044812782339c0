"""Which records a set of buckets shows, as a statement of SQL.

The statement hangs only on the levels: places are given to it. So it is put together once, which takes longer than
the database takes over it.
"""

from collections.abc import Iterable
from functools import cache
from typing import Any

import sqlalchemy as sa

from pimpasa_desktop.domain.places import Bucket
from pimpasa_office.tables import records, root_places


class Visibility:
    """Which records a set of buckets shows; `but_not` takes those away that another set shows and that are not newer
    than a number."""

    def __init__(self, shown: Iterable[Bucket], but_not: Iterable[Bucket] = (), unless_after: int = 0) -> None:
        self._shown, self._but_not = _by_level("shown", shown), _by_level("hidden", but_not)
        self._unless_after = unless_after

    def numbered(self, after: int, until: int, limit: int) -> tuple[sa.Select[Any], dict[str, Any]]:
        """At most `limit` records by number, from `after` (excluded) to `until` (included), and what to give to it."""
        given = {"after": after, "until": until, "most": limit, "unless_after": self._unless_after}
        return _statement(tuple(self._shown), tuple(self._but_not)), given | self._shown | self._but_not


def _by_level(name: str, buckets: Iterable[Bucket]) -> dict[str, list[str]]:
    """Places by the name of a parameter, which ends in their level."""
    found: dict[str, list[str]] = {}
    for bucket in sorted(buckets):
        found.setdefault(f"{name}_{bucket.level}", []).append(bucket.place)
    return found


@cache
def _statement(shown: tuple[str, ...], hidden: tuple[str, ...]) -> sa.Select[Any]:
    number = records.c.number
    wanted = [number > sa.bindparam("after"), number <= sa.bindparam("until"), _in_buckets(shown)]
    if hidden:
        wanted.append(sa.or_(number > sa.bindparam("unless_after"), sa.not_(_in_buckets(hidden))))
    return sa.select(records).where(*wanted).order_by(number).limit(sa.bindparam("most"))


def _in_buckets(names: tuple[str, ...]) -> sa.ColumnElement[bool]:
    levels = [
        sa.and_(
            records.c.level == name.rpartition("_")[2],
            root_places.c.place.in_(sa.bindparam(name, expanding=True)),
        )
        for name in names
    ]
    return sa.exists().where(root_places.c.root == records.c.root, sa.or_(sa.false(), *levels))
