"""Which records a set of buckets shows, as a condition of SQL."""

from collections.abc import Iterable

import sqlalchemy as sa

from pimpasa_desktop.domain.places import Bucket
from pimpasa_office.tables import records, root_places


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
