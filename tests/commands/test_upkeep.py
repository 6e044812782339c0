"""The data folder as a whole: out to one file, back from it, looked over."""

import zipfile
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import msgspec
import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from pimpasa_desktop import sqlcipher
from pimpasa_desktop.domain.recovery_key import spelled
from pimpasa_desktop.home import PASSPHRASE_FILE
from pimpasa_desktop.store.slots import seal
from rig.desk import PASSPHRASE, Desk


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


class Drawer:
    """A laptop's keyring."""

    def __init__(self) -> None:
        self.halves: dict[str, bytes] = {}

    def get(self, name: str) -> bytes | None:
        return self.halves.get(name)

    def put(self, name: str, half: bytes) -> None:
        self.halves[name] = half

    def delete(self, name: str) -> None:
        self.halves.pop(name, None)


def test_restoring_on_another_laptop_names_the_keys_that_it_needs(desk: Desk, tmp_path: Path) -> None:
    drawer, other = Drawer(), Drawer()
    home = desk.home().with_machine(replace(desk.machine, keyring=lambda: drawer))
    home.key_file().set_passphrase(desk.home().unlock(), PASSPHRASE)
    here = replace(desk, machine=home.machine)
    assert here.run("backup", tmp_path / "b").line["opens_with"] == "office"
    back = elsewhere(here, tmp_path).run("restore", tmp_path / "b").line
    assert len(back["needs"]) == 1 and "Kata sandi" in back["needs"][0]
    there = replace(desk, folder=tmp_path / "third", machine=replace(desk.machine, keyring=lambda: other))
    _passphrase, half = there.run("restore", tmp_path / "b").line["needs"]
    assert "Separuh kunci" in half and "daftar ulang" in half and "pemulihan dari kantor" in half
    told = there.run("status")
    assert told.status == 1 and "Di laptop lain" in told.trouble


def with_recovery_key(desk: Desk) -> str:
    """As the office printed it when this laptop was enrolled."""
    private = X25519PrivateKey.generate()
    keys = desk.home().key_file()
    slot = seal(desk.home().unlock(), private.public_key().public_bytes_raw())
    keys._write(msgspec.structs.replace(keys._read(), recovery=slot))
    return spelled(private.private_bytes_raw())


def test_a_backup_comes_back_on_another_laptop_by_the_office_s_key_and_the_work_of_both_is_kept(
    desk: Desk, tmp_path: Path
) -> None:
    paper = with_recovery_key(desk)
    drawer, other = Drawer(), Drawer()
    here = replace(desk, machine=replace(desk.machine, keyring=lambda: drawer))
    here.home().key_file().set_passphrase(desk.home().unlock(), PASSPHRASE)
    here.visit(theme="Sebelum cadangan")
    assert here.run("sync").status == 0
    before = {one["id"] for one in here.list("visit")}
    assert here.run("backup", tmp_path / "b").line["opens_with"] == "office"
    after = here.visit(theme="Sesudah cadangan")
    assert here.run("sync").line["problem"] is None

    secret = tmp_path / "baru"
    secret.write_text("kata sandi yang sama sekali lain")
    machine = replace(
        desk.machine, keyring=lambda: other, environ=desk.machine.environ | {PASSPHRASE_FILE: str(secret)}
    )
    there = Desk(tmp_path / "lain", machine)
    assert len(there.run("restore", tmp_path / "b").line["needs"]) == 2
    assert there.run("status").status == 1  # neither passphrase nor half
    (tmp_path / "kunci").write_text(paper.lower())
    assert there.run("recover", "--key-file", tmp_path / "kunci").line == {"passphrase": "changed"}
    assert len(other.halves) == 1
    assert {one["id"] for one in there.list("visit")} == before
    own = there.visit(theme="Di laptop lain")
    told = there.run("sync").line  # the office sees an older turn, and both are compared in full
    assert told["problem"] is None and told["digests_match"]
    assert {one["id"] for one in there.list("visit")} == before | {after, own}
    assert here.run("sync").line["digests_match"]
    assert {one["id"] for one in here.list("visit")} == before | {after, own}
    with there.home().reading() as store:
        assert store._sql.execute("SELECT count(*) FROM audit WHERE action = 'recover'").fetchone() == (1,)


def test_another_office_s_key_or_none_opens_nothing(desk: Desk, tmp_path: Path) -> None:
    with_recovery_key(desk)
    (tmp_path / "kunci").write_text(spelled(bytes(32)))
    told = desk.run("recover", "--key-file", tmp_path / "kunci")
    assert told.status == 1 and "bukan untuk laptop ini" in told.trouble
    (tmp_path / "kunci").write_text("ABCD EFGH")
    assert "13 kelompok" in desk.run("recover", "--key-file", tmp_path / "kunci").trouble
    assert desk.run("status").status == 0


def test_a_changed_passphrase_opens_and_the_old_one_does_not(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "baru").write_text("enam kata lain yang baru sekali")
    (tmp_path / "pendek").write_text("pendek")
    assert "terlalu pendek" in desk.run("passphrase", "--new-file", tmp_path / "pendek").trouble
    assert desk.run("passphrase", "--new-file", tmp_path / "baru").line == {"passphrase": "changed"}
    assert "Kata sandi salah" in desk.run("status").trouble
    environ = desk.machine.environ | {PASSPHRASE_FILE: str(tmp_path / "baru")}
    assert replace(desk, machine=replace(desk.machine, environ=environ)).run("status").status == 0


def test_an_exchange_keeps_a_snapshot_that_is_restored_by_its_name(desk: Desk, tmp_path: Path) -> None:
    desk.visit(theme="Sebelum salinan")
    assert desk.run("sync").status == 0
    before = desk.list("visit")
    (kept,) = desk.run("status").line["snapshots"]["kept"]
    assert kept["records"] > 0 and desk.run("status").line["snapshots"]["problem"] is None
    sent = desk.visit(theme="Sesudah salinan")
    assert desk.run("sync").status == 0
    content = bytearray(desk.home().database.read_bytes())
    content[len(content) // 2] ^= 1
    desk.home().database.write_bytes(content)
    back = desk.run("restore", kept["name"]).line
    assert desk.list("visit") == before
    assert (Path(back["aside"]) / "pimpasa.db").read_bytes() == content
    own = desk.visit(theme="Sesudah pulih")
    assert desk.run("sync").status == 0 and desk.run("sync").line["digests_match"]
    assert {found["id"] for found in desk.list("visit")} == {*(found["id"] for found in before), sent, own}


def test_a_name_that_no_snapshot_has_is_a_file_that_is_not_there(desk: Desk, tmp_path: Path) -> None:
    assert "tidak dapat dibaca" in elsewhere(desk, tmp_path).run("restore", "20250101-000000").trouble


def test_a_snapshot_is_not_put_in_place_under_a_program_that_writes(desk: Desk) -> None:
    desk.visit()
    desk.run("sync")
    (kept,) = desk.run("status").line["snapshots"]["kept"]
    with desk.home().writing():
        told = desk.run("restore", kept["name"])
    assert told.status == 1 and "sedang dipakai" in told.trouble


def test_the_doctor_and_the_status_tell_of_a_disk_too_full_for_snapshots(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("shutil.disk_usage", lambda _path: SimpleNamespace(free=1000))
    told = desk.run("doctor")
    assert told.status == 1 and "Diska hampir penuh" in told.trouble
    assert "Diska hampir penuh" in desk.run("status").line["snapshots"]["problem"]


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
