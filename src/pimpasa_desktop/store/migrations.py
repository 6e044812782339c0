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


@migrations()
def blobs(database: Database) -> None:
    """The bytes of photos, in rows of 32 kB, and what is known of each."""
    database.execute(
        "CREATE TABLE blob (sha256 TEXT PRIMARY KEY, size INTEGER NOT NULL, held INTEGER NOT NULL,"
        " sent INTEGER NOT NULL, waits INTEGER NOT NULL, left_at INTEGER, thumbnail BLOB)"
    )
    database.execute(
        "CREATE TABLE blob_part (sha256 TEXT NOT NULL REFERENCES blob(sha256) ON DELETE CASCADE,"
        " position INTEGER NOT NULL, content BLOB NOT NULL, PRIMARY KEY (sha256, position))"
    )


@migrations()
def receipts(database: Database) -> None:
    """What the office signed, and the visits of which it is to sign anew: those written here so far, for a start."""
    database.execute(
        "CREATE TABLE receipt (seq INTEGER PRIMARY KEY,"
        " root TEXT NOT NULL REFERENCES record(id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,"
        " at INTEGER NOT NULL, statement BLOB NOT NULL, signed BLOB NOT NULL, signature BLOB NOT NULL)"
    )
    database.execute("CREATE INDEX receipt_root ON receipt(root)")
    database.execute(
        "CREATE TABLE receipt_due"
        " (root TEXT PRIMARY KEY REFERENCES record(id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED)"
    )
    database.execute(
        "INSERT INTO receipt_due SELECT id FROM record WHERE entity = 'visit' AND number > 0"
        " AND author = (SELECT value FROM meta WHERE name = 'account')"
    )


@migrations()
def blobs_left(database: Database) -> None:
    """By which record a blob is still brought that has left this laptop; whether nobody can bring a wanted one."""
    database.execute("ALTER TABLE blob ADD COLUMN record TEXT")
    database.execute("ALTER TABLE blob ADD COLUMN missing INTEGER NOT NULL DEFAULT 0")


@migrations()
def originals(database: Database) -> None:
    """Photos as the camera wrote them, each beside the photo that was made of it, and gone with that."""
    database.execute(
        "CREATE TABLE original (photo TEXT PRIMARY KEY REFERENCES blob(sha256) ON DELETE CASCADE,"
        " sha256 TEXT NOT NULL, size INTEGER NOT NULL, name TEXT NOT NULL)"
    )
    database.execute(
        "CREATE TABLE original_part (photo TEXT NOT NULL REFERENCES original(photo) ON DELETE CASCADE,"
        " position INTEGER NOT NULL, content BLOB NOT NULL, PRIMARY KEY (photo, position))"
    )
