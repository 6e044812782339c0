"""The data folder as a whole: out to one file, back from it, looked over."""

import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

from pimpasa_desktop import sqlcipher
from rig.desk import Desk


@pytest.fixture
def backup(desk: Desk, tmp_path: Path) -> Path:
    desk.visit(theme="Sebelum cadangan")
    out = tmp_path / "cadangan.pimpasa"
    assert desk.run("backup", out).line == {"out": str(out), "opens_with": "passphrase"}
    return out


def elsewhere(desk: Desk, tmp_path: Path) -> Desk:
    return replace(desk, folder=tmp_path / "elsewhere")


def test_a_restored_folder_holds_what_the_backup_held(desk: Desk, backup: Path, tmp_path: Path) -> None:
    before = desk.list("visit")
    desk.visit(theme="Sesudah cadangan")
    restored = elsewhere(desk, tmp_path)
    assert restored.run("restore", backup).status == 0
    assert restored.list("visit") == before
    assert restored.run("doctor").line == {"database": "ok", "digest": "ok", "audit": "ok"}
    assert restored.visit()


def test_a_backup_is_made_while_another_program_writes(desk: Desk, tmp_path: Path) -> None:
    with desk.home().writing():
        assert desk.run("backup", tmp_path / "b").status == 0


def test_nothing_readable_lies_in_the_backup(backup: Path) -> None:
    assert b"Sebelum cadangan" not in backup.read_bytes()


def test_a_folder_with_data_is_never_overwritten(desk: Desk, backup: Path) -> None:
    before = desk.list("visit")
    told = desk.run("restore", backup)
    assert told.status == 1 and "tidak boleh ditimpa" in told.trouble and desk.list("visit") == before


@pytest.mark.parametrize("at", [0.0, 0.02, 0.5, 0.99])
def test_a_damaged_backup_writes_nothing(desk: Desk, backup: Path, tmp_path: Path, at: float) -> None:
    content = bytearray(backup.read_bytes())
    content[int(len(content) * at)] ^= 0x40
    backup.write_bytes(content)
    restored = elsewhere(desk, tmp_path)
    told = restored.run("restore", backup)
    assert told.status == 1 and "bukan cadangan" in told.trouble
    assert not restored.home().database.exists() and not restored.home().key_path.exists()


def test_a_backup_cut_short_writes_nothing(desk: Desk, backup: Path, tmp_path: Path) -> None:
    backup.write_bytes(backup.read_bytes()[:-30_000])
    restored = elsewhere(desk, tmp_path)
    assert restored.run("restore", backup).status == 1
    assert not restored.home().database.exists() and not restored.home().key_path.exists()


def test_some_other_archive_is_no_backup(desk: Desk, tmp_path: Path) -> None:
    other = tmp_path / "other.zip"
    with zipfile.ZipFile(other, "w") as parts:
        parts.writestr("database", b"x")
    assert "bukan cadangan" in elsewhere(desk, tmp_path).run("restore", other).trouble
    assert "tidak dapat dibaca" in elsewhere(desk, tmp_path).run("restore", tmp_path / "none").trouble


def test_a_backup_that_cannot_be_written_says_so(desk: Desk, tmp_path: Path) -> None:
    told = desk.run("backup", tmp_path / "none" / "b")
    assert told.status == 1 and "Data asli aman" in told.trouble


def test_the_doctor_reads_what_another_program_has_just_written(desk: Desk) -> None:
    with desk.home().reading():  # its presence keeps the last writes in the log beside the database
        desk.visit()
        assert desk.home().database.with_name("pimpasa.db-wal").stat().st_size > 0
        assert desk.run("doctor").line == {"database": "ok", "digest": "ok", "audit": "ok"}
    with desk.home().writing():
        assert desk.run("doctor").line == {"database": "ok", "digest": "ok", "audit": "ok"}


def test_the_doctor_finds_a_value_that_was_changed_behind_the_programs_back(desk: Desk) -> None:
    key = desk.home().unlock()
    connection = sqlcipher.connect(desk.home().database, key)
    connection.execute("UPDATE village SET name = 'Lain'")
    connection.close()
    told = desk.run("doctor")
    assert told.status == 1 and "1 catatan berbeda" in told.trouble


def test_the_doctor_finds_a_trail_that_was_edited(desk: Desk) -> None:
    desk.visit()
    key = desk.home().unlock()
    connection = sqlcipher.connect(desk.home().database, key)
    connection.execute("UPDATE audit SET at = at + 1 WHERE seq = 1")
    connection.close()
    told = desk.run("doctor")
    assert told.status == 1 and "nomor 1" in told.trouble


def test_the_doctor_finds_a_damaged_page(desk: Desk) -> None:
    desk.visit()
    content = bytearray(desk.home().database.read_bytes())
    content[-2000] ^= 1
    desk.home().database.write_bytes(content)
    told = desk.run("doctor")
    assert told.status == 1 and "rusak" in told.trouble
