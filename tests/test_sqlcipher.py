"""The encrypted file: what it refuses, what it says, and that nothing leaves it in clear."""

import os
import resource
import subprocess
import sys
from pathlib import Path

import pytest

from pimpasa_desktop import sqlcipher
from pimpasa_desktop.problem import Problem

KEY = bytes(range(32))
OTHER = bytes(32)
SECRET = "Nama Saksi Rahasia"


def python(code: str, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-c", code, *arguments], check=False, capture_output=True, text=True)


def value(connection: sqlcipher.Connection, sql: str) -> object:
    return connection.execute(sql).fetchone()[0]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "data folder" / "büku ?#%.db"
    path.parent.mkdir()
    connection = sqlcipher.connect(path, KEY)
    with sqlcipher.transaction(connection):
        connection.execute("CREATE TABLE note (id INTEGER PRIMARY KEY, text TEXT)")
        connection.execute("INSERT INTO note (text) VALUES (?)", (SECRET,))
    connection.close()
    return path


def test_what_was_written_is_read_back_with_the_same_key(file: Path) -> None:
    assert value(sqlcipher.connect(file, KEY), "SELECT text FROM note") == SECRET


def test_no_file_in_the_folder_holds_the_text_in_clear(file: Path) -> None:
    connection = sqlcipher.connect(file, KEY)
    with sqlcipher.transaction(connection):
        connection.execute("INSERT INTO note (text) VALUES (?)", (SECRET,))
    names = sorted(path.name for path in file.parent.iterdir())
    assert names == [file.name, file.name + "-shm", file.name + "-wal"]
    for path in file.parent.iterdir():
        assert SECRET.encode() not in path.read_bytes()
    connection.close()


@pytest.mark.parametrize(
    ("pragma", "expected"),
    [("journal_mode", "wal"), ("synchronous", 2), ("secure_delete", 1), ("foreign_keys", 1), ("temp_store", 2)],
)
def test_a_writer_has_the_pragmas_that_safety_rests_on(file: Path, pragma: str, expected: object) -> None:
    assert value(sqlcipher.connect(file, KEY), f"PRAGMA {pragma}") == expected


def test_a_key_of_another_length_is_a_bug_and_not_a_passphrase(file: Path) -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        sqlcipher.connect(file, b"short")


def test_a_wrong_key_is_one_sentence_that_does_not_pretend_to_know_more(
    file: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(Problem, match="kuncinya tidak cocok atau berkasnya rusak"):
        sqlcipher.connect(file, OTHER)
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize("content", [b"halo " * 3000, os.urandom(300), b"PK\x03\x04" + bytes(9000)])
def test_a_foreign_or_damaged_file_is_refused_and_left_as_it_was(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "foreign.db"
    path.write_bytes(content)
    with pytest.raises(Problem, match="rusak"):
        sqlcipher.connect(path, KEY)
    assert path.read_bytes() == content


def test_an_unencrypted_database_is_called_what_it_is(tmp_path: Path) -> None:
    path = tmp_path / "plain.db"
    plain = sqlcipher.dbapi.connect(str(path))
    plain.execute("CREATE TABLE x (a)")
    plain.close()
    with pytest.raises(Problem, match="bukan basis data program ini"):
        sqlcipher.connect(path, KEY)


def test_a_reader_cannot_write_and_makes_no_file(file: Path, tmp_path: Path) -> None:
    reader = sqlcipher.connect(file, KEY, readonly=True)
    assert value(reader, "SELECT text FROM note") == SECRET
    with pytest.raises(Problem, match="boleh ditulis"), sqlcipher.explaining():
        reader.execute("DELETE FROM note")
    with pytest.raises(Problem, match="tidak dapat dibuka"):
        sqlcipher.connect(tmp_path / "absent.db", KEY, readonly=True)
    assert not (tmp_path / "absent.db").exists()


def test_a_reader_sees_what_a_writer_has_committed_meanwhile(file: Path) -> None:
    writer, reader = sqlcipher.connect(file, KEY), sqlcipher.connect(file, KEY, readonly=True)
    with sqlcipher.transaction(writer):
        writer.execute("INSERT INTO note (text) VALUES ('two')")
        assert value(reader, "SELECT count(*) FROM note") == 1
    assert value(reader, "SELECT count(*) FROM note") == 2


def test_a_transaction_that_fails_leaves_nothing(file: Path) -> None:
    connection = sqlcipher.connect(file, KEY)

    def delete_and_fail() -> None:
        connection.execute("DELETE FROM note")
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError), sqlcipher.transaction(connection):
        delete_and_fail()
    assert not connection.in_transaction
    assert value(connection, "SELECT count(*) FROM note") == 1


def test_a_second_writer_is_told_that_the_database_is_in_use(file: Path) -> None:
    first, second = sqlcipher.connect(file, KEY), sqlcipher.connect(file, KEY)
    second.execute("PRAGMA busy_timeout = 1")
    with (
        pytest.raises(Problem, match="sedang dipakai program lain"),
        sqlcipher.transaction(first),
        sqlcipher.transaction(second),
    ):
        pass


def test_a_full_database_is_a_full_disk_in_words_and_nothing_is_half_saved(file: Path) -> None:
    connection = sqlcipher.connect(file, KEY)
    connection.execute("PRAGMA max_page_count = 4")
    long = [("x" * 1000,)] * 100
    with (
        pytest.raises(Problem, match="Diska penuh, perubahan terakhir belum tersimpan"),
        sqlcipher.transaction(connection),
    ):
        connection.executemany("INSERT INTO note (text) VALUES (?)", long)
    assert value(connection, "SELECT count(*) FROM note") == 1


def test_a_failing_disk_is_explained(tmp_path: Path) -> None:
    code = (
        "import sys, signal, resource; from pathlib import Path; from pimpasa_desktop import sqlcipher\n"
        "from pimpasa_desktop.problem import Problem\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "c = sqlcipher.connect(Path(sys.argv[1]), bytes(32)); c.execute('CREATE TABLE t (a)')\n"
        f"resource.setrlimit(resource.RLIMIT_FSIZE, (60000, {resource.RLIM_INFINITY}))\n"
        "try:\n"
        "    with sqlcipher.transaction(c):\n"
        "        for _ in range(100): c.execute('INSERT INTO t VALUES (?)', ('x' * 4000,))\n"
        "    print('saved')\n"
        "except Problem as problem: print(problem.sentence)\n"
    )
    ran = python(code, tmp_path / "a.db")
    assert "belum tersimpan" in ran.stdout, ran.stderr


def test_a_mistake_in_sql_is_a_bug_and_stays_one(file: Path) -> None:
    connection = sqlcipher.connect(file, KEY)
    with pytest.raises(sqlcipher.OperationalError, match="no such table"), sqlcipher.explaining():
        connection.execute("SELECT * FROM nowhere")


def test_a_sound_database_passes_the_check_and_a_damaged_page_does_not(file: Path) -> None:
    sqlcipher.verify(sqlcipher.connect(file, KEY))
    content = bytearray(file.read_bytes())
    content[-1000] ^= 1
    file.write_bytes(content)
    with pytest.raises(Problem, match="rusak"):
        sqlcipher.verify(sqlcipher.connect(file, KEY))


def test_a_backup_is_whole_encrypted_and_replaces_the_older_one(file: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.db"
    copy.write_bytes(b"an older copy")
    sqlcipher.backup_to(sqlcipher.connect(file, KEY), copy)
    assert SECRET.encode() not in copy.read_bytes()
    with pytest.raises(Problem):
        sqlcipher.connect(copy, OTHER)
    opened = sqlcipher.connect(copy, KEY)
    sqlcipher.verify(opened)
    assert value(opened, "SELECT text FROM note") == SECRET
    assert not list(tmp_path.glob("*.part"))


def test_a_backup_that_cannot_be_written_leaves_the_older_one(file: Path, tmp_path: Path) -> None:
    with pytest.raises(Problem):
        sqlcipher.backup_to(sqlcipher.connect(file, KEY), tmp_path / "no such folder" / "copy.db")


ALIASED = """
import sys
from pathlib import Path
from pimpasa_desktop import sqlcipher
if sys.argv[2] == "aliased":
    sqlcipher.register_alias()
    sqlcipher.register_alias()
import sqlite_utils
db = sqlite_utils.Database(sqlcipher.connect(Path(sys.argv[1]), bytes(32)), execute_plugins=False)
db["note"].insert({"id": 1, "text": "a"}, pk="id")
db["note"].insert({"id": 2, "text": "b", "added": 1}, pk="id", alter=True)
print(list(db.query("INSERT INTO note (id, text) VALUES (3, 'c') RETURNING id")), db.conn.in_transaction)
print([column.name for column in db["note"].columns])
"""


def test_sqlite_utils_works_on_our_connections(tmp_path: Path) -> None:
    ran = python(ALIASED, tmp_path / "a.db", "aliased")
    assert ran.stdout.splitlines() == ["[{'id': 3}] False", "['id', 'text', 'added']"], ran.stderr


def test_without_the_alias_sqlite_utils_fails(tmp_path: Path) -> None:
    assert python(ALIASED, tmp_path / "a.db", "bare").returncode != 0


def test_registering_the_alias_too_late_is_refused(tmp_path: Path) -> None:
    code = "import sqlite_utils\nfrom pimpasa_desktop import sqlcipher\nsqlcipher.register_alias()"
    ran = python(code)
    assert "before register_alias()" in ran.stderr
