"""An office whose ledger is in PostgreSQL, for tests that hold whatever the ledger lies in."""

import pickle
from pathlib import Path

import pytest
import sqlalchemy as sa

from pimpasa_office.ledger import Ledger, postgresql
from pimpasa_office.setting_up import set_back
from pimpasa_office.tables import metadata
from rig.world import OfficeRig, RigEnv

ON_BOTH = ["embedded", pytest.param("postgresql", marks=pytest.mark.prove)]


class OfficeOnPostgresql(OfficeRig):
    """Its backups are what pg_dump would bring back: every row of every table."""

    def __init__(self, folder: Path, env: RigEnv, url: str) -> None:
        self._url = url
        super().__init__(folder, env, emptied(url))

    def backup(self, out: Path) -> None:
        with self.ledger.engine.connect() as connection:
            rows = {
                table.name: [dict(row._mapping) for row in connection.execute(sa.select(table))]
                for table in metadata.sorted_tables
            }
        out.write_bytes(pickle.dumps(rows))

    def restore(self, source: Path) -> None:
        self.swap(source)
        with self.ledger.begin() as books:
            set_back(books)
        self._open_service()

    def swap(self, source: Path) -> None:
        rows = pickle.loads(source.read_bytes())
        with self.ledger.engine.begin() as connection:
            for table in metadata.sorted_tables:
                connection.execute(sa.delete(table))
                if rows[table.name]:
                    connection.execute(sa.insert(table), rows[table.name])

    def reopen(self) -> None:
        self.ledger.close()
        self.ledger = Ledger(postgresql(self._url), self.env, self.seen)
        self._open_service()


def emptied(url: str) -> sa.Engine:
    engine = postgresql(url)
    with engine.begin() as connection:
        if sa.inspect(connection).get_table_names():
            connection.execute(sa.text(f"TRUNCATE {', '.join(table.name for table in metadata.sorted_tables)}"))
    return engine


def office_on(database: str, request: pytest.FixtureRequest, folder: Path) -> OfficeRig:
    if database == "postgresql":
        return OfficeOnPostgresql(folder, RigEnv("office"), request.getfixturevalue("postgresql_url"))
    return OfficeRig(folder, RigEnv("office"))
