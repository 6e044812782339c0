"""Frozen steps from one version of the base tables to the next. SQL only; never edited once released."""

from sqlite_utils import Database, Migrations

from pimpasa_desktop.store import schema

migrations = Migrations("pimpasa")


@migrations()
def base(database: Database) -> None:
    for statement in schema.BASE.split(";\n"):
        if statement.strip():
            database.execute(statement)


@migrations()
def outbox_by_entity(database: Database) -> None:
    """What waits is counted by entity in the index alone, without reading what is to be sent."""
    database.execute("DROP INDEX outbox_record")
    database.execute("CREATE INDEX outbox_record ON outbox(record, entity)")
