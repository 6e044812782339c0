"""What of a visit is not final yet: what the office has not got, what two people wrote differently, what the office
has not taken. Counts by kind of record, for sentences; reads only, and never counts a secret record."""

import json
from collections.abc import Iterable

from msgspec import Struct, field

from pimpasa_desktop.sqlcipher import Connection

_WAITING = """
SELECT r.root, r.entity, count(DISTINCT r.id) FROM outbox o JOIN record r ON r.id = o.record
WHERE r.root IN (SELECT value FROM json_each(?)) AND r.level <> 'A' GROUP BY r.root, r.entity
"""
_CONFLICTS = """
SELECT c.about, 'conflict', count(*) FROM conflict c CROSS JOIN record r ON r.key = c.key
WHERE r.deleted = 0 AND r.level <> 'A' AND c.settled IS NULL AND c.about IN (SELECT value FROM json_each(?))
GROUP BY c.about
"""
# A new record that was refused is not here any more; what it would hang on stands in what was refused.
REJECTED_ROOT = """
coalesce(w.root, CASE WHEN r.level <> 'A' AND json_valid(j.patch) THEN json_extract(j.patch, '$.visit') END, j.record)
"""
_REJECTED = f"""
SELECT {REJECTED_ROOT}, 'rejected', count(*) FROM rejected j CROSS JOIN record r ON r.key = j.key
LEFT JOIN record w ON w.id = j.record
WHERE r.deleted = 0 AND r.level <> 'A' AND j.settled IS NULL
  AND {REJECTED_ROOT} IN (SELECT value FROM json_each(?))
GROUP BY 1
"""


class Unsettled(Struct):
    """`waiting`: records not sent, by entity; `conflicts`, `rejected`: how many wait for a decision."""

    waiting: dict[str, int] = field(default_factory=dict)
    conflicts: int = 0
    rejected: int = 0


def unsettled(connection: Connection, visits: Iterable[str]) -> dict[str, Unsettled]:
    """Of these visits those that are not final."""
    wanted = (json.dumps(list(visits)),)
    found: dict[str, Unsettled] = {}
    for statement in (_WAITING, _CONFLICTS, _REJECTED):
        for visit, kind, count in connection.execute(statement, wanted):
            one = found.setdefault(visit, Unsettled())
            if kind == "conflict" and statement is _CONFLICTS:
                one.conflicts = count
            elif kind == "rejected" and statement is _REJECTED:
                one.rejected = count
            else:
                one.waiting[kind] = count
    return found
