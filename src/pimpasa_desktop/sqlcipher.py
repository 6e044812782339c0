"""The encrypted database file: opened with a raw key and the right pragmas, checked, copied; its errors in words.

The only module that imports sqlcipher3. It knows neither tables nor where keys come from.
"""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any

from pimpasa_desktop import durable
from pimpasa_desktop.i18n import _
from pimpasa_desktop.problem import Problem

if TYPE_CHECKING:  # sqlcipher3 carries no types; its interface is that of the standard library
    import sqlite3 as driver
else:
    from sqlcipher3 import dbapi2 as driver

dbapi: ModuleType = driver  # what SQLAlchemy takes as `module`
Row = driver.Row
DatabaseError = driver.DatabaseError
IntegrityError = driver.IntegrityError
OperationalError = driver.OperationalError

KEY_BYTES = 32
BUSY_SECONDS = 10.0
ROWS_AT_A_TIME = 256
# More than the program has. The driver's cache, once full, throws the newest out first: a hundred statements of
# opening the file would stay, and each save would be compiled anew (a fifth of its time).
STATEMENTS = 512
PLAIN_HEADER = b"SQLite format 3\0"

# synchronous=FULL: with NORMAL a power cut loses what was said to be saved, and can lose the schema (tests/power).
WRITER_PRAGMAS = (
    "PRAGMA synchronous = FULL",
    "PRAGMA secure_delete = ON",
    "PRAGMA foreign_keys = ON",
    "PRAGMA temp_store = MEMORY",
)
READER_PRAGMAS = ("PRAGMA temp_store = MEMORY",)


class Damaged(Problem):
    """The file is not what was written: nothing is to be read from it or written to it any more."""


class Cursor(driver.Cursor):
    """Hands out no row before the seals of the pages it came from have held.

    SQLCipher notices a damaged page, but where that page is the end of a long value it hands SQLite zeros in its
    place and raises nothing; it only remembers the failure. So each answer asks for that memory (2 microseconds).
    """

    connection: "Connection"

    def fetchone(self) -> Any:
        row = super().fetchone()
        self.connection.refuse_if_damaged()
        return row

    def fetchmany(self, size: int | None = 1) -> list[Any]:
        rows = super().fetchmany(size)
        self.connection.refuse_if_damaged()
        return rows

    def fetchall(self) -> list[Any]:
        rows = super().fetchall()
        self.connection.refuse_if_damaged()
        return rows

    def __iter__(self) -> Iterator[Any]:  # type: ignore[override]
        while rows := self.fetchmany(ROWS_AT_A_TIME):
            yield from rows

    def __next__(self) -> Any:
        if (row := self.fetchone()) is None:
            raise StopIteration
        return row


class Connection(driver.Connection):
    """A connection whose every read is checked; `execute` and its kin make their cursors here too."""

    def cursor(self, factory: Any = Cursor) -> Any:
        return factory(self)

    def refuse_if_damaged(self) -> None:
        """Raise Problem when a page read through this connection, ever, was not what had been written."""
        if driver.Cursor(self).execute("PRAGMA cipher_status").fetchone() != ("1",):
            raise _damaged()


def connect(path: Path, key: bytes, *, readonly: bool = False, any_thread: bool = False) -> Connection:
    """Open the database at `path`, made when absent (not with `readonly`).

    No statement opens a transaction by itself: use `transaction`. `any_thread` is for a pool that gives a
    connection to one thread at a time; otherwise the connection belongs to the thread that opened it.
    Raises Problem when the file cannot be opened or read with this key.
    """
    if len(key) != KEY_BYTES:
        raise ValueError("a raw key of 32 bytes is needed")
    uri = f"{path.absolute().as_uri()}?mode={'ro' if readonly else 'rwc'}"
    with explaining():
        connection = driver.connect(
            uri,
            uri=True,
            timeout=BUSY_SECONDS,
            isolation_level=None,
            check_same_thread=not any_thread,
            factory=Connection,
            cached_statements=STATEMENTS,
        )
    try:
        # Before the key: a wrong key would otherwise print lines of the cipher's own log on the terminal.
        connection.execute("PRAGMA cipher_log_level = NONE")
        connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
        _prepare(connection, path, readonly)
    except BaseException:
        connection.close()
        raise
    return connection


def _prepare(connection: Connection, path: Path, readonly: bool) -> None:
    try:
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()  # the first page read proves the key
        if not readonly:
            (mode,) = connection.execute("PRAGMA journal_mode = WAL").fetchone()
            if mode != "wal":
                raise Problem(
                    _(
                        "Folder data ini tidak dapat dipakai untuk menyimpan dengan aman "
                        "(misalnya folder jaringan). Pindahkan data ke diska laptop ini."
                    )
                )
        for pragma in READER_PRAGMAS if readonly else WRITER_PRAGMAS:
            connection.execute(pragma)
    except DatabaseError as error:
        if _name(error) == "SQLITE_NOTADB" and _is_plain(path):
            raise Problem(
                _("Berkas {file} bukan basis data program ini. Pilih folder data yang benar.").format(file=path.name)
            ) from error
        raise explained(error) from error


def _is_plain(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(len(PLAIN_HEADER)) == PLAIN_HEADER


@contextmanager
def transaction(connection: Connection) -> Iterator[None]:
    """One write transaction: all of it is on the disk when the block has ended, or none of it.

    Expected trouble of the database is raised as a Problem.
    """
    try:
        connection.execute("BEGIN IMMEDIATE")
        yield
        connection.refuse_if_damaged()  # what is written may have been computed from what was read
        connection.execute("COMMIT")
    except BaseException as error:
        if connection.in_transaction:  # a full disk makes SQLite roll back by itself
            connection.execute("ROLLBACK")
        if isinstance(error, MemoryError):  # so SQLCipher calls it when it writes after having read a damaged page
            connection.refuse_if_damaged()
        if isinstance(error, DatabaseError):
            raise explained(error) from error
        raise


def verify(connection: Connection) -> None:
    """Read the whole database: the seal of every page, then the structure. Raises Problem when either is broken.

    Needs a connection that may write.
    """
    with explaining():
        # A power cut in the midst of a checkpoint tears pages of the file that the write-ahead log still holds
        # whole; the check of seals does not look into the log, so the pages are written out first.
        connection.execute("PRAGMA wal_checkpoint(PASSIVE)")
        sealed = connection.execute("PRAGMA cipher_integrity_check").fetchall() == []
        if sealed and connection.execute("PRAGMA quick_check(1)").fetchall() == [("ok",)]:
            return
    raise _damaged()


def backup_to(connection: Connection, path: Path) -> None:
    """Write a checked copy to `path`, under the same key; what stood there is replaced only by a whole copy."""
    part = path.with_name(path.name + ".part")
    try:
        part.unlink(missing_ok=True)
        with explaining():
            connection.execute("VACUUM INTO ?", (str(part),))
        connection.refuse_if_damaged()  # or the copy would hold zeros under a fresh seal
        durable.settle(part, path)
    except OSError as error:
        raise Problem(
            _("Salinan cadangan tidak dapat ditulis ke {file}. Data asli aman; pilih tempat lain.").format(
                file=path.name
            )
        ) from error
    finally:
        part.unlink(missing_ok=True)


@contextmanager
def explaining() -> Iterator[None]:
    """Expected trouble of the database inside this block is raised as a Problem."""
    try:
        yield
    except DatabaseError as error:
        raise explained(error) from error


def problem_in(trouble: Exception) -> Problem:
    """The Problem that this is, or that this error of the database means; anything else is raised again."""
    if isinstance(trouble, Problem):
        return trouble
    if isinstance(trouble, DatabaseError):
        return explained(trouble)
    raise trouble


def explained(error: DatabaseError) -> Problem:
    """The Problem that `error` means to a person. An error that is no trouble of the machine is raised again: a bug."""
    name = _name(error)
    if name.startswith("SQLITE_FULL"):
        return Problem(
            _(
                "Diska penuh, perubahan terakhir belum tersimpan. Yang sudah tersimpan sebelumnya aman. "
                "Kosongkan ruang diska, lalu simpan lagi."
            )
        )
    if name.startswith("SQLITE_IOERR"):
        return Problem(
            _(
                "Diska gagal membaca atau menulis, perubahan terakhir belum tersimpan. "
                "Tutup program, periksa diska, lalu buka lagi."
            )
        )
    if name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
        return Problem(
            _(
                "Basis data sedang dipakai program lain, perubahan terakhir belum tersimpan. "
                "Tutup program lain itu, lalu coba lagi."
            )
        )
    if name.startswith("SQLITE_NOTADB"):
        return Damaged(
            _(
                "Basis data tidak dapat dibuka: kuncinya tidak cocok atau berkasnya rusak, "
                "dan keduanya tidak dapat dibedakan. Jangan hapus berkas apa pun; hubungi kantor untuk pemulihan."
            )
        )
    if name.startswith("SQLITE_CORRUPT"):
        return _damaged()
    if name.startswith(("SQLITE_READONLY", "SQLITE_CANTOPEN", "SQLITE_PERM")):
        return Problem(
            _(
                "Basis data tidak dapat dibuka atau ditulis di folder ini. "
                "Periksa bahwa foldernya ada dan boleh ditulis, lalu coba lagi."
            )
        )
    raise error


def _damaged() -> Damaged:
    return Damaged(
        _(
            "Basis data rusak, sehingga tidak diubah lagi. Jangan hapus berkas apa pun; "
            "pulihkan dari cadangan terakhir atau hubungi kantor."
        )
    )


def _name(error: DatabaseError) -> str:
    return getattr(error, "sqlite_errorname", "")  # absent when the driver itself refused, without asking SQLite


def register_alias() -> None:
    """Make sqlite-utils use this driver. Must run before sqlite_utils is first imported, and is the only place.

    sqlite-utils takes its exceptions from pysqlite3 when that can be imported; with those of the standard library
    it does not recognise ours, and among others `alter=True` and `query(... RETURNING)` fail.
    """
    if sys.modules.get("pysqlite3.dbapi2") is driver:
        return
    if "sqlite_utils" in sys.modules:
        raise RuntimeError("sqlite_utils was imported before register_alias()")
    sys.modules["pysqlite3"] = sys.modules["pysqlite3.dbapi2"] = driver
