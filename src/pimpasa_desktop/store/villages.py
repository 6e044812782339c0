"""How each village stands: when somebody was there last, what is promised, whether it is designated; and what is known
of one of them. Reads only. What is secret is neither shown nor counted nor left out in a way that one could count.
"""

from collections.abc import Iterable

from msgspec import Struct

from pimpasa_desktop.domain.entity import REGISTRY, Values
from pimpasa_desktop.sqlcipher import Connection
from pimpasa_desktop.store.overview import LIVE
from pimpasa_desktop.store.tables import table_of

# A visit that is only planned, or fell through, was none.
_WAS_THERE = "e.status IN ('done', 'ongoing')"
# CROSS JOIN keeps the order that is written: the planner would begin with the table of all records.
_VISITED = f"""
SELECT j.value, count(*), max(unixepoch(e.starts_at)), e.starts_at
FROM visit e CROSS JOIN record r ON r.key = e.key CROSS JOIN json_each(e.villages) j
WHERE {LIVE} AND {_WAS_THERE} AND (?1 = '' OR j.value = ?1) GROUP BY j.value
"""
_NEXT = f"""
SELECT j.value, min(e.due_on) FROM follow_up e CROSS JOIN record r ON r.key = e.key
CROSS JOIN record w ON w.id = e.visit CROSS JOIN visit v ON v.key = w.key CROSS JOIN json_each(v.villages) j
WHERE {LIVE} AND e.risk_report IS NULL AND e.done_on IS NULL AND e.due_on IS NOT NULL
  AND (?1 = '' OR j.value = ?1) GROUP BY j.value
"""
_DESIGNATED = f"""
SELECT j.value, e.status FROM designation e CROSS JOIN record r ON r.key = e.key CROSS JOIN json_each(e.villages) j
WHERE {LIVE} AND (?1 = '' OR j.value = ?1) ORDER BY coalesce(e.decree_on, e.ceremony_on, e.year || '', ''), e.key
"""
_GROUPS = f"""
SELECT e.village, count(*) FROM volunteer_group e CROSS JOIN record r ON r.key = e.key
WHERE {LIVE} AND e.disbanded_on IS NULL AND (?1 = '' OR e.village = ?1) GROUP BY e.village
"""
_CAMPAIGNS = f"""
SELECT r.id, e.name, coalesce(e.starts_on, ''), j.value
FROM campaign e CROSS JOIN record r ON r.key = e.key LEFT JOIN json_each(e.villages) j WHERE {LIVE}
UNION SELECT r.id, e.name, coalesce(e.starts_on, ''), j.value
FROM campaign e CROSS JOIN record r ON r.key = e.key
CROSS JOIN visit v ON v.campaign = r.id CROSS JOIN record w ON w.key = v.key AND w.deleted = 0
CROSS JOIN json_each(v.villages) j WHERE {LIVE}
"""
_ALL_CAMPAIGNS = f"""
SELECT r.id, e.name, coalesce(e.starts_on, ''), json_array_length(coalesce(e.villages, '[]')),
  (SELECT count(*) FROM visit v CROSS JOIN record w ON w.key = v.key AND w.deleted = 0 WHERE v.campaign = r.id)
FROM campaign e CROSS JOIN record r ON r.key = e.key WHERE {LIVE} ORDER BY e.starts_on DESC, e.key DESC
"""
_VISITS_THERE = f"""
SELECT r.id FROM visit e CROSS JOIN record r ON r.key = e.key
WHERE {LIVE} AND instr(e.villages, ?)
"""
_VISITS_OF_CAMPAIGN = f"SELECT r.id FROM visit e CROSS JOIN record r ON r.key = e.key WHERE {LIVE} AND e.campaign = ?"
_MET = """
SELECT a.name, count(DISTINCT a.visit), max(unixepoch(v.starts_at)), v.starts_at,
  coalesce(a.position_title, ''), coalesce(a.institution, '')
FROM visit v CROSS JOIN record w ON w.key = v.key AND w.deleted = 0
CROSS JOIN attendee a ON a.visit = w.id CROSS JOIN record r ON r.key = a.key AND r.deleted = 0
WHERE instr(v.villages, ?)
GROUP BY lower(a.name) ORDER BY count(DISTINCT a.visit) DESC, max(unixepoch(v.starts_at)) DESC, a.name LIMIT ?
"""
_PROMISED = f"""
SELECT r.id, e.visit, e.text, coalesce(e.due_on, '') FROM follow_up e CROSS JOIN record r ON r.key = e.key
CROSS JOIN record w ON w.id = e.visit CROSS JOIN visit v ON v.key = w.key
WHERE {LIVE} AND e.risk_report IS NULL AND e.done_on IS NULL
  AND instr(v.villages, ?)
ORDER BY e.due_on IS NULL, e.due_on, e.key
"""


class Campaign(Struct, frozen=True):
    """`starts_on`: an ISO day, or ""; `villages` that it names and `visits` of it are counted in the list of all."""

    id: str
    name: str
    starts_on: str
    villages: int = 0
    visits: int = 0


class VillageLine(Struct, frozen=True):
    """A village in a list. `visits` that took place, the last of them at `last_visit` (an ISO instant, or ""); the
    open follow-up that is due first on `due_on`; `designation`: the state in the newest one that names it, or ""."""

    id: str
    values: Values
    visits: int
    last_visit: str
    due_on: str
    designation: str
    groups: int
    campaigns: tuple[Campaign, ...]

    @property
    def name(self) -> str:
        return str(self.values.get("name", ""))

    @property
    def region_code(self) -> str:
        return str(self.values.get("region_code", ""))


class Met(Struct, frozen=True):
    """Somebody who attended visits to a village, as written down the last time there, at the instant `on`."""

    name: str
    times: int
    on: str
    position_title: str
    institution: str


class Promise(Struct, frozen=True):
    """A follow-up that is not done; `due_on` may be ""."""

    id: str
    visit: str
    text: str
    due_on: str


class Villages:
    def __init__(self, connection: Connection) -> None:
        self._sql = connection

    def lines(self, village: str = "") -> list[VillageLine]:
        """All live villages by name, or the one of that id."""
        table = table_of(REGISTRY["village"])
        rows = self._sql.execute(
            f"SELECT r.id, {table.columns} FROM village e CROSS JOIN record r ON r.key = e.key WHERE {LIVE}"
            " AND (?1 = '' OR r.id = ?1) ORDER BY e.name COLLATE NOCASE, e.region_code",
            (village,),
        ).fetchall()
        visited = {row[0]: row for row in self._sql.execute(_VISITED, (village,))}
        due, groups, designated = (
            dict(self._sql.execute(statement, (village,)).fetchall()) for statement in (_NEXT, _GROUPS, _DESIGNATED)
        )
        campaigns = self._campaigns_there()
        lines = []
        for identifier, *cells in rows:
            _id, visits, _newest, last = visited.get(identifier, ("", 0, 0, ""))
            lines.append(
                VillageLine(
                    identifier,
                    table.values(cells),
                    visits,
                    last,
                    due.get(identifier, ""),
                    designated.get(identifier, ""),
                    groups.get(identifier, 0),
                    campaigns.get(identifier, ()),
                )
            )
        return lines

    def visits(self, village: str) -> list[str]:
        """Ids of the visits to a village, planned ones too."""
        return _ids(self._sql.execute(_VISITS_THERE, (village,)))

    def visits_of_campaign(self, campaign: str) -> list[str]:
        return _ids(self._sql.execute(_VISITS_OF_CAMPAIGN, (campaign,)))

    def campaigns(self) -> list[Campaign]:
        """All of them, the newest first."""
        return [Campaign(*row) for row in self._sql.execute(_ALL_CAMPAIGNS)]

    def met(self, village: str, limit: int = 8) -> list[Met]:
        """Who attended there most often, and of those the ones seen last first."""
        rows = self._sql.execute(_MET, (village, limit))
        return [Met(name, times, on, title, institution) for name, times, _at, on, title, institution in rows]

    def promised(self, village: str) -> list[Promise]:
        """What is not done of what was agreed on there, the first due first."""
        return [Promise(*row) for row in self._sql.execute(_PROMISED, (village,))]

    def _campaigns_there(self) -> dict[str, tuple[Campaign, ...]]:
        """Of each village those that name it or one of whose visits was there, the newest first."""
        found: dict[str, list[Campaign]] = {}
        for identifier, name, starts_on, village in self._sql.execute(_CAMPAIGNS):
            if village:
                found.setdefault(village, []).append(Campaign(identifier, name, starts_on))
        return {
            village: tuple(sorted(those, key=lambda one: (one.starts_on, one.name), reverse=True))
            for village, those in found.items()
        }


def _ids(rows: Iterable[tuple[str]]) -> list[str]:
    return [identifier for (identifier,) in rows]
