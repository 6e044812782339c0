"""How far a ledger has come, so that it can tell whether it was set back: to a dump, to an older file, to an older
state of the whole machine.

Numbers alone do not tell: a ledger that was set back gives the same ones again. So each process that gives numbers,
and each hour in which it does, begins a *life*: from which number on, and at which second. Whoever remembers a number
and the life in which it was given (a laptop's cursor, a file beside the ledger, the process itself) can be held
against that.
"""

from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from pimpasa_office.tables import lives

LIFE_SECONDS = 3600
_LAST = (1 << 32) - 1  # in 2106; a cursor has four bytes for it

_NEWEST = sa.select(lives).order_by(lives.c.began.desc()).limit(1)
_OF = sa.select(lives.c.began).where(lives.c.after < sa.bindparam("n")).order_by(lives.c.after.desc()).limit(1)
_KNOWN = sa.select(lives.c.began).where(lives.c.began == sa.bindparam("mark"))
_NEXT = sa.select(lives).where(lives.c.began > sa.bindparam("mark")).order_by(lives.c.began).limit(1)


@dataclass(frozen=True)
class Standing:
    """A number that the ledger had reached, and the life in which it was given (0: none was noted)."""

    life: int
    number: int


class Lives:
    """Inside one transaction of the ledger."""

    def __init__(self, connection: sa.Connection) -> None:
        self._sql = connection
        self._newest: tuple[int, int] | None = None

    def newest(self) -> tuple[int, int]:
        """The life that gives numbers now, and the number after which it began; zeros where there is none."""
        if self._newest is None:
            found = self._sql.execute(_NEWEST).first()
            self._newest = (found.began, found.after) if found else (0, 0)
        return self._newest

    def forget(self) -> None:
        """Read anew from here on."""
        self._newest = None

    def begin(self, now: int, after: int) -> None:
        """A new life, for the numbers above `after`. `now`: seconds since 1970."""
        began = max(min(now, _LAST), self.newest()[0] + 1)  # the clock may have been set back
        self._sql.execute(sa.insert(lives), [{"began": began, "after": after}])
        self._newest = began, after

    def drop_above(self, number: int) -> None:
        """Forget lives that began there or later."""
        self._sql.execute(sa.delete(lives).where(lives.c.after >= number))
        self._newest = None

    def of(self, number: int) -> int:
        """The life in which a number was given."""
        life, after = self.newest()
        return life if number > after else int(self._sql.execute(_OF, {"n": number}).scalar() or 0)

    def common(self, standing: Standing, last: int) -> int | None:
        """The number up to which this ledger and the one that stood there are the same; None where it has not lost
        anything of that one. `last`: the last number given."""
        newest, _after = self.newest()
        if standing.life == newest:
            return last if standing.number > last else None
        following = self._following(standing.life)
        if standing.life and self._sql.execute(_KNOWN, {"mark": standing.life}).first() is None:
            return int(following.after) if following else last
        end = int(following.after) if following else last
        return end if standing.number > end else None

    def _following(self, life: int) -> Any:
        return self._sql.execute(_NEXT, {"mark": life}).first()
