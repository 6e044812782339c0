"""Small facts of a store, by name: whose it is, how far the exchange has come."""

from typing import Any

from pimpasa_desktop.sqlcipher import Connection


class Meta:
    def __init__(self, connection: Connection) -> None:
        self._sql = connection

    def get(self, name: str, default: Any = None) -> Any:
        found = self._sql.execute("SELECT value FROM meta WHERE name = ?", (name,)).fetchone()
        return default if found is None else found[0]

    def set(self, name: str, value: Any) -> None:
        self._sql.execute(
            "INSERT INTO meta VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value", (name, value)
        )
