"""What a person has begun to write: kept as it was typed, on this laptop alone, until it is saved or thrown away.

A draft is a row of its own. It knows no permission, is in no outbox, audit or digest, and goes with the root that it
belongs to.
"""

import json
from collections.abc import Mapping
from typing import Any

from msgspec import Struct

from pimpasa_desktop import sqlcipher
from pimpasa_desktop.domain.entity import declaration
from pimpasa_desktop.env import Env
from pimpasa_desktop.sqlcipher import Connection


class Unfinished(Struct, frozen=True):
    """`record`: the record that is being changed, "" for a new one; `root`: what it will hang on, or "";
    `at`: seconds since 1970."""

    name: str
    entity: str
    record: str
    root: str
    raw: dict[str, Any]
    at: int


def begun_name(entity: str, of: str) -> str:
    """The name under which is kept what somebody began to write in a record, or in a new one of what it hangs on."""
    return f"{entity}:{of}"


class Drafts:
    def __init__(self, connection: Connection, env: Env) -> None:
        self._sql, self._env = connection, env

    def save(self, name: str, entity: str, record: str, root: str, raw: Mapping[str, Any]) -> None:
        """Keep what is in a form (JSON values by field); a draft of that name is replaced."""
        body, at = json.dumps(dict(raw), ensure_ascii=True), int(self._env.now().timestamp())
        with sqlcipher.transaction(self._sql):
            self._sql.execute(
                "INSERT OR REPLACE INTO draft VALUES (?,?,?,?,?,?)", (name, entity, record, root, body, at)
            )

    def all(self) -> list[Unfinished]:
        """Every draft, the oldest first."""
        return unfinished(self._sql)

    def drop(self, name: str) -> None:
        """Throw a draft away; nothing happens where there is none."""
        with sqlcipher.transaction(self._sql):
            self._sql.execute("DELETE FROM draft WHERE name = ?", (name,))


def drop_elsewhere(connection: Connection) -> None:
    """Throw away what was begun of a visit or a finding in villages of which none is here any more. Inside a
    transaction of the caller's."""
    begun = connection.execute("SELECT name, entity, body FROM draft WHERE record = '' AND root = ''").fetchall()
    for name, entity, body in begun:
        field = declaration(entity).villages
        named = json.loads(body).get(field) or []
        villages = json.dumps([named] if isinstance(named, str) else named)
        (here,) = connection.execute(
            "SELECT count(*) FROM record WHERE id IN (SELECT value FROM json_each(?))", (villages,)
        ).fetchone()
        if named and not here:
            connection.execute("DELETE FROM draft WHERE name = ?", (name,))


def unfinished(connection: Connection) -> list[Unfinished]:
    """Every draft, the oldest first; also for who only reads."""
    rows = connection.execute("SELECT name, entity, record, root, body, at FROM draft ORDER BY at, name")
    return [
        Unfinished(name, entity, record, root, json.loads(body), at) for name, entity, record, root, body, at in rows
    ]
