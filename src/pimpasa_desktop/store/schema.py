"""The tables of a laptop. The base is laid by migrations (SQL only, frozen); a table an entity follows from the
declarations and only ever grows: a field that this version learns becomes a column, filled from what was kept."""

import json
from pathlib import Path
from typing import Any

from pimpasa_desktop import sqlcipher
from pimpasa_desktop.domain.entity import Entity
from pimpasa_desktop.domain.register import entities
from pimpasa_desktop.i18n import _
from pimpasa_desktop.problem import Problem
from pimpasa_desktop.sqlcipher import Connection
from pimpasa_desktop.store.tables import table_of

# Raised whenever a migration is added or a declaration learns a field, so that an older program refuses the file.
SCHEMA = 7

BEFORE_MIGRATION = "pimpasa.db.before"  # the copy beside the file, from before it was last changed in shape

BASE = """
CREATE TABLE meta (name TEXT PRIMARY KEY, value ANY);
CREATE TABLE record (
  key INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, entity TEXT NOT NULL,
  root TEXT NOT NULL REFERENCES record(id) DEFERRABLE INITIALLY DEFERRED,
  level TEXT NOT NULL, author TEXT NOT NULL, number INTEGER NOT NULL, deleted INTEGER NOT NULL,
  term BLOB, salt BLOB NOT NULL);
CREATE INDEX record_root ON record(root);
CREATE INDEX record_entity ON record(entity);
CREATE TABLE received (
  key INTEGER PRIMARY KEY REFERENCES record(key) ON DELETE CASCADE,
  author TEXT NOT NULL, deleted INTEGER NOT NULL, body TEXT NOT NULL);
CREATE TABLE root_place (
  root TEXT NOT NULL REFERENCES record(id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
  place TEXT NOT NULL, PRIMARY KEY (root, place));
CREATE TABLE open_bucket (place TEXT NOT NULL, level TEXT NOT NULL, PRIMARY KEY (place, level));
CREATE TABLE outbox (
  seq INTEGER PRIMARY KEY, id TEXT NOT NULL, entity TEXT NOT NULL,
  record TEXT NOT NULL REFERENCES record(id) DEFERRABLE INITIALLY DEFERRED,
  action TEXT NOT NULL, base INTEGER NOT NULL, patch TEXT NOT NULL, at INTEGER NOT NULL, offered INTEGER NOT NULL);
CREATE INDEX outbox_record ON outbox(record);
CREATE TABLE audit (
  seq INTEGER PRIMARY KEY, at INTEGER NOT NULL, account TEXT NOT NULL, action TEXT NOT NULL, entity TEXT NOT NULL,
  record TEXT NOT NULL, fields TEXT NOT NULL, salted BLOB NOT NULL, chain BLOB NOT NULL);
CREATE TABLE unseen (id TEXT PRIMARY KEY);
CREATE TABLE draft (
  name TEXT PRIMARY KEY, entity TEXT NOT NULL, record TEXT NOT NULL, root TEXT NOT NULL,
  body TEXT NOT NULL, at INTEGER NOT NULL);
CREATE VIRTUAL TABLE search USING fts5(text, tokenize = "unicode61 remove_diacritics 2", prefix = "2 3");
CREATE VIRTUAL TABLE search_secret USING fts5(text, tokenize = "unicode61 remove_diacritics 2", prefix = "2 3");
INSERT INTO search(search, rank) VALUES ('secure-delete', 1);
INSERT INTO search_secret(search_secret, rank) VALUES ('secure-delete', 1);
"""


def prepare(connection: Connection, folder: Path) -> None:
    """Bring an opened file to this version, a copy of an older one kept beside it; a Problem for a newer one."""
    version = _version(connection)
    if version < SCHEMA:
        if version:
            sqlcipher.backup_to(connection, folder / BEFORE_MIGRATION)
        _migrate(connection)


def check(connection: Connection) -> None:
    """A Problem for a file that this version cannot read as it is."""
    if _version(connection) < SCHEMA:
        raise Problem(
            _("Data ini dari program yang lebih lama dan aman. Jalankan pimpasa sync sekali, lalu coba lagi.")
        )


def _version(connection: Connection) -> int:
    version = int(connection.execute("PRAGMA user_version").fetchone()[0])
    if version > SCHEMA:
        raise Problem(
            _("Data ini ditulis oleh program yang lebih baru. Pasang versi terbaru lalu buka lagi; data tidak diubah.")
        )
    return version


def _migrate(connection: Connection) -> None:
    sqlcipher.register_alias()
    from sqlite_utils import Database

    from pimpasa_desktop.store.migrations import migrations

    database = Database(connection, execute_plugins=False)
    migrations.apply(database)
    with sqlcipher.transaction(connection):
        for declared in entities():
            learn(connection, declared)
        connection.execute(f"PRAGMA user_version = {SCHEMA}")


def columns(declared: Entity) -> dict[str, str]:
    return {name: "INTEGER" if f.kind.column in (int, bool) else "TEXT" for name, f in declared.fields.items()}


def learn(connection: Connection, declared: Entity) -> None:
    """Give an entity the table and the columns that its declaration asks for; one that nobody declared here (yet)
    gets a table for values that nobody knows."""
    known = {row[1] for row in connection.execute(f'PRAGMA table_info("{declared.name}")')}
    if known and "extra" not in known:
        raise ValueError(f"{declared.name} is the name of a table of the store's own")
    wanted = columns(declared)
    if not known:
        fields = "".join(f', "{name}" {kind}' for name, kind in wanted.items())
        connection.execute(
            f'CREATE TABLE "{declared.name}"'
            f" (key INTEGER PRIMARY KEY REFERENCES record(key) ON DELETE CASCADE{fields}, extra TEXT)"
        )
    new = [name for name in wanted if name not in known] if known else []
    for name in new:
        connection.execute(f'ALTER TABLE "{declared.name}" ADD COLUMN "{name}" {wanted[name]}')
    filled = {key for name in new for key in _fill(connection, declared.name, name)}
    for name in (*declared.parents, declared.villages if declared.villages != "id" else ""):
        if name:
            connection.execute(f'CREATE INDEX IF NOT EXISTS "{declared.name}_{name}" ON "{declared.name}"("{name}")')
    for key in sorted(filled):
        _index_again(connection, declared, key)


def _index_again(connection: Connection, declared: Entity, key: int) -> None:
    """What was learned is found by the search too."""
    table = table_of(declared)
    cells = connection.execute(f'SELECT {table.columns} FROM "{declared.name}" e WHERE key = ?', (key,)).fetchone()
    (level,) = connection.execute("SELECT level FROM record WHERE key = ?", (key,)).fetchone()
    index = "search_secret" if level == "A" else "search"
    connection.execute(f"DELETE FROM {index} WHERE rowid = ?", (key,))
    connection.execute(f"INSERT INTO {index} (rowid, text) VALUES (?, ?)", (key, table.text(table.values(cells))))


def _fill(connection: Connection, table: str, name: str) -> list[int]:
    """Move what was kept for a field that nobody knew into its new column; the keys of such rows."""
    filled = []
    kept = connection.execute(f'SELECT key, extra FROM "{table}" WHERE extra IS NOT NULL').fetchall()
    for key, extra in kept:
        unknown: dict[str, Any] = json.loads(extra)
        if name not in unknown:
            continue
        value = unknown.pop(name)
        cell = json.dumps(value, ensure_ascii=False) if isinstance(value, list) else value
        rest = json.dumps(unknown, ensure_ascii=False) if unknown else None
        connection.execute(f'UPDATE "{table}" SET "{name}" = ?, extra = ? WHERE key = ?', (cell, rest, key))
        filled.append(key)
    return filled
