"""Who changed what and when under a root, from this laptop's own trail. The trail holds no value, only the names of
fields; and what other people changed is told by who wrote a record down, not by each of their corrections."""

from msgspec import Struct

from pimpasa_desktop.sqlcipher import Connection

_CHANGES = """
SELECT a.at, a.account, a.action, a.entity, a.record, a.fields FROM audit a JOIN record r ON r.id = a.record
WHERE a.seq > (SELECT max(seq) FROM audit) - 20000 AND r.root = ? AND r.level <> 'A'
  AND (a.fields <> '' OR a.action IN ('delete', 'restore', 'export'))
ORDER BY a.seq DESC LIMIT ?
"""


class Change(Struct, frozen=True):
    """`at`: seconds since 1970; `action`: put, delete, restore or export; `fields`: their names."""

    at: int
    account: str
    action: str
    entity: str
    record: str
    fields: tuple[str, ...]


def changes(connection: Connection, root: str, limit: int = 50) -> list[Change]:
    """The newest first."""
    rows = connection.execute(_CHANGES, (root, limit))
    return [
        Change(at, account, action, entity, record, tuple(fields.split()))
        for at, account, action, entity, record, fields in rows
    ]
