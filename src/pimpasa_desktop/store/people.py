"""Who came: the people of one visit, and those seen before whom a name that is being typed may mean. Reads only."""

import json
from collections.abc import Iterable

from msgspec import Struct

from pimpasa_desktop.domain.entity import REGISTRY, Values
from pimpasa_desktop.sqlcipher import Connection
from pimpasa_desktop.store.tables import table_of

# A name is looked for among so many of the newest records; the whole town may be called Mokoginta.
SOUGHT = 200
_LIVE = "r.deleted = 0"
# CROSS JOIN and + keep the order that is written: the planner would begin with every attendee there is.
_SEEN = """
SELECT e.name, coalesce(e.sex, ''), coalesce(e.stakeholder_group, ''), coalesce(e.institution, ''),
  coalesce(e.phone, ''), coalesce(v.starts_at, ''), coalesce(v.place, ''),
  (SELECT group_concat(n.name, ', ') FROM json_each(v.villages) j JOIN record g ON g.id = j.value
    JOIN village n ON n.key = g.key), coalesce(e.position_title, '')
FROM (SELECT rowid FROM search WHERE search MATCH ?1 ORDER BY rowid DESC LIMIT ?2) s
CROSS JOIN record r ON r.key = s.rowid AND +r.entity = 'attendee' AND r.deleted = 0
CROSS JOIN attendee e ON e.key = r.key
CROSS JOIN record w ON w.id = r.root AND w.deleted = 0
CROSS JOIN visit v ON v.key = w.key
WHERE r.root <> ?3
"""

# Who came to the last visits there, the most frequent first; the other cells are those of the row with the last day.
VISITS_BACK = 12
_FREQUENT = f"""
SELECT e.name, coalesce(e.sex, ''), coalesce(e.stakeholder_group, ''), coalesce(e.institution, ''),
  coalesce(e.phone, ''), w.starts_at, w.place, coalesce(e.position_title, ''), max(w.at), count(*)
FROM (
  SELECT s.id, v.starts_at, unixepoch(v.starts_at) at, (SELECT group_concat(n.name, ', ') FROM json_each(v.villages) j
    JOIN record g ON g.id = j.value JOIN village n ON n.key = g.key) place
  FROM visit v CROSS JOIN record s ON s.key = v.key
  WHERE s.id <> ?2 AND EXISTS (SELECT 1 FROM attendee a WHERE a.visit = s.id) AND s.deleted = 0 AND EXISTS
    (SELECT 1 FROM json_each(v.villages) WHERE value IN (SELECT value FROM json_each(?1)))
  ORDER BY at DESC LIMIT {VISITS_BACK}) w
CROSS JOIN attendee e ON e.visit = w.id
CROSS JOIN record r ON r.key = e.key
WHERE r.deleted = 0 GROUP BY lower(e.name) ORDER BY count(*) DESC, max(w.at) DESC, e.name LIMIT ?3
"""


class Present(Struct, frozen=True):
    """Somebody on the list of a visit, in the order in which they were written down."""

    id: str
    values: Values

    @property
    def name(self) -> str:
        return str(self.values.get("name", ""))


class Seen(Struct, frozen=True):
    """Somebody who attended another visit, with what was written down the last time. `on`: the instant of it."""

    name: str
    sex: str
    stakeholder_group: str
    institution: str
    phone: str
    on: str
    place: str
    position_title: str = ""


class People:
    def __init__(self, connection: Connection) -> None:
        self._sql = connection

    def present(self, visit: str) -> list[Present]:
        """Everybody on the list of a visit, the first first."""
        table = table_of(REGISTRY["attendee"])
        rows = self._sql.execute(
            f"SELECT r.id, {table.columns} FROM attendee e JOIN record r ON r.key = e.key"
            f" WHERE e.visit = ? AND {_LIVE} ORDER BY e.key",
            (visit,),
        )
        return [Present(identifier, table.values(cells)) for identifier, *cells in rows]

    def of(self, visits: Iterable[str]) -> dict[str, list[Present]]:
        """Everybody on the lists of these visits, the first first, by visit; a visit of nobody is left out."""
        table = table_of(REGISTRY["attendee"])
        rows = self._sql.execute(
            f"SELECT e.visit, r.id, {table.columns} FROM attendee e CROSS JOIN record r ON r.key = e.key"
            f" WHERE e.visit IN (SELECT value FROM json_each(?)) AND {_LIVE} ORDER BY e.key",
            (json.dumps(list(visits)),),
        )
        found: dict[str, list[Present]] = {}
        for visit, identifier, *cells in rows:
            found.setdefault(visit, []).append(Present(identifier, table.values(cells)))
        return found

    def one(self, identifier: str) -> Present | None:
        """One of them; None when not there any more."""
        table = table_of(REGISTRY["attendee"])
        found = self._sql.execute(
            f"SELECT r.id, {table.columns} FROM record r JOIN attendee e ON e.key = r.key WHERE r.id = ? AND {_LIVE}",
            (identifier,),
        ).fetchone()
        return Present(found[0], table.values(found[1:])) if found else None

    def seen(self, typed: str, *, not_of: str = "", limit: int = 4) -> list[Seen]:
        """Different people whose name begins with what was typed, then those with each word of it beginning a word of
        theirs; the one seen last first. People of the visit `not_of` are left out as seen there."""
        words = _words(typed)
        if not words:
            return []
        begins = '^ "' + " ".join(words) + '" *'
        anywhere = " ".join(f'"{word}"*' for word in words)
        found: dict[str, Seen] = {}
        for question in (begins, anywhere):
            rows = self._sql.execute(_SEEN, (question, SOUGHT, not_of)).fetchall()
            for *known, place, villages, position in sorted(rows, key=lambda row: str(row[5]))[::-1]:
                if question is begins or _named(known[0], words):
                    found.setdefault(known[0].casefold(), Seen(*[*known, villages or place, position]))
            if len(found) >= limit:
                break
        return list(found.values())[:limit]

    def frequent(self, villages: Iterable[str], *, not_of: str = "", limit: int = 40) -> list[Seen]:
        """Different people of the last visits to these villages, who came most often first; not those of `not_of`."""
        rows = self._sql.execute(_FREQUENT, (json.dumps(list(villages)), not_of, limit)).fetchall()
        return [Seen(*cells) for *cells, _at, _count in rows]


def _words(typed: str) -> list[str]:
    """What the index knows as words: only letters and digits count, and one without any would find nothing."""
    plain = "".join(sign if sign.isalnum() else " " for sign in typed)
    return plain.encode(errors="ignore").decode().split()


def _named(name: str, words: list[str]) -> bool:
    parts = [part.casefold() for part in _words(name)]
    return all(any(part.startswith(word.casefold()) for part in parts) for word in words)
