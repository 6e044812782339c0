"""The office's program as an administrator types it."""

import json
import os
import signal
import stat
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Thread
from time import monotonic, sleep
from typing import Any

import msgspec
import pytest

from pimpasa_desktop import i18n
from pimpasa_desktop.domain.entity import entity
from pimpasa_desktop.env import Env
from pimpasa_desktop.store.store import Store
from pimpasa_desktop.sync.engine import Engine, Report
from pimpasa_desktop.sync.http import Line
from pimpasa_desktop.sync.joining import join
from pimpasa_desktop.sync.protocol.enrolment import EnrolmentFile
from pimpasa_office import cli
from pimpasa_office.config import Config
from pimpasa_office.ledger import Books
from pimpasa_office.safekeeping import backup
from rig.postgres import postgres, programs
from rig.world import BONGKUDAI_UTARA

OFFICER = ("account", "add", "Deddy Rumengan", "--role", "field_officer")
ADDRESS = "https://kantor.example:8443"


@pytest.fixture(autouse=True)
def indonesian(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    for name in ("LC_ALL", "LC_MESSAGES", "CREDENTIALS_DIRECTORY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", "id_ID.UTF-8")
    yield
    i18n.use("id")


class Said:
    """What one command answered."""

    def __init__(self, status: int, out: str, err: str) -> None:
        self.status, self.out, self.err = status, out, err

    @property
    def lines(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.out.splitlines()]

    def __getitem__(self, name: str) -> str:
        return str(self.lines[0][name])


Office = Callable[..., Said]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "office"


@pytest.fixture
def office(folder: Path, capsys: pytest.CaptureFixture[str]) -> Office:
    def run(*words: object, data: Path = folder) -> Said:
        capsys.readouterr()
        try:
            status = cli.main(["--data", str(data), *map(str, words)])
        except SystemExit as ended:
            status = int(str(ended.code))
        return Said(status, *capsys.readouterr())

    return run


@pytest.fixture
def founded(office: Office) -> Office:
    assert office("init", "--office", "Kotamobagu", "--class", "Kelas II Non TPI", "--address", ADDRESS).status == 0
    return office


def private(path: Path) -> bool:
    return stat.S_IMODE(path.stat().st_mode) & 0o077 == 0


# -- init


def test_init_says_what_it_made_and_shows_the_recovery_key_once(office: Office, folder: Path) -> None:
    said = office("init", "--office", "Kotamobagu")
    assert said.status == 0
    assert "Kunci pemulihan, ditampilkan sekali ini saja" in said.out
    assert "Yang melindungi data" in said.out
    assert "Yang tidak" in said.out
    (recovery,) = [line.split() for line in said.out.splitlines() if line.startswith("  ")]
    assert [len(group) for group in recovery] == [4] * 13
    assert "".join(recovery).encode() not in b"".join(file.read_bytes() for file in folder.iterdir() if file.is_file())
    assert private(folder)
    assert private(folder / "office.key")
    assert len(bytes.fromhex((folder / "office.key").read_text())) == 32


def test_init_speaks_english_when_the_language_is_english(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LANG", "en_GB.UTF-8")
    assert "Recovery key" in office("init", "--office", "Kotamobagu").out


def test_init_refuses_a_folder_that_holds_an_office(founded: Office, folder: Path) -> None:
    before = {file: file.read_bytes() for file in folder.rglob("*") if file.is_file() and file.suffix != ".db-shm"}
    again = founded("init", "--office", "Lain")
    assert again.status == 1
    assert "sudah ada kantor" in again.err
    assert founded("office", "list")["name"] == "Kotamobagu"
    assert (folder / "office.key").read_bytes() == before[folder / "office.key"]


def test_an_address_that_is_not_https_is_refused_before_anything_is_made(office: Office, folder: Path) -> None:
    assert office("init", "--office", "X", "--address", "http://kantor.example").status == 1
    assert not folder.exists()


def test_a_command_without_an_office_says_how_to_make_one(office: Office, folder: Path) -> None:
    for words in ((*OFFICER,), ("verify",), ("serve", "--port", "0"), ("backup", "x"), ("device", "list")):
        said = office(*words)
        assert said.status == 1
        assert said.err.count("\n") == 1
    assert "pimpasa-office init" in office("account", "list").err
    assert not (folder / "ledger.db").exists()


def test_the_key_may_lie_elsewhere(office: Office, folder: Path, tmp_path: Path) -> None:
    key = tmp_path / "safe" / "office.key"
    key.parent.mkdir()
    assert office("--key-file", key, "init", "--office", "Kotamobagu").status == 0
    assert key.exists()
    assert not (folder / "office.key").exists()
    assert office("verify").status == 1
    assert office("--key-file", key, "verify").status == 0


def test_the_key_may_be_a_credential_of_the_system(
    founded: Office, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "office.key").write_bytes((folder / "office.key").read_bytes())
    (folder / "office.key").unlink()
    assert founded("verify").status == 1
    monkeypatch.setenv("CREDENTIALS_DIRECTORY", str(tmp_path))
    assert founded("verify").status == 0


@pytest.mark.parametrize("content", [b"", b"zz" * 32, b"00" * 31, b"\xff" * 64])
def test_a_key_that_is_none_is_told_in_one_sentence(founded: Office, folder: Path, content: bytes) -> None:
    (folder / "office.key").write_bytes(content)
    said = founded("verify")
    assert said.status == 1
    assert "tidak dapat dibaca" in said.err


def test_another_key_opens_nothing(founded: Office, folder: Path) -> None:
    (folder / "office.key").write_text("00" * 32)
    said = founded("account", "list")
    assert said.status == 1
    assert "kuncinya tidak cocok" in said.err


@pytest.mark.parametrize("words", [[], ["frob"], ["account", "add", "X"], ["serve", "--port", "x"], ["enrol", "X"]])
def test_wrong_use_ends_with_status_2(founded: Office, words: list[str]) -> None:
    assert founded(*words).status == 2


# -- people and villages


def test_accounts_are_listed_with_their_villages(founded: Office) -> None:
    account = founded(*OFFICER)["account"]
    assert founded("assign", account, "7110072004")["village"].startswith("Bongkudai Utara, Kecamatan")
    (listed,) = founded("account", "list").lines
    assert (listed["account"], listed["role"], listed["villages"]) == (account, "field_officer", [BONGKUDAI_UTARA])
    assert founded("unassign", account, BONGKUDAI_UTARA).status == 0
    assert founded("account", "list").lines[0]["villages"] == []
    again = founded("unassign", account, "71.10.07.2001")
    assert (again.status, "tidak ditugaskan" in again.err) == (1, True)


def test_assigning_twice_changes_nothing_and_a_corrected_name_stays(founded: Office, folder: Path) -> None:
    account = founded(*OFFICER)["account"]
    first = founded("assign", account, BONGKUDAI_UTARA)
    with _ledger(folder) as books:
        number = books.last_number()
    assert founded("assign", account, BONGKUDAI_UTARA).lines == first.lines
    with _ledger(folder) as books:
        assert books.last_number() == number


@contextmanager
def _ledger(folder: Path) -> Iterator[Books]:
    ledger = Config(folder, folder / "office.key").ledger(Env())
    with ledger.begin() as books:
        yield books
    ledger.close()


def test_an_unknown_region_or_account_is_a_sentence(founded: Office) -> None:
    account = founded(*OFFICER)["account"]
    assert "tidak dikenal" in founded("assign", account, "99.99.99.9999").err
    assert "tidak dikenal" in founded("assign", "nobody", BONGKUDAI_UTARA).err
    assert "tidak dikenal" in founded("enrol", "nobody", "--out", "x").err
    assert "tidak dikenal" in founded("device", "revoke", "nobody").err


def test_with_several_offices_an_account_must_name_its_own(founded: Office) -> None:
    second = founded("office", "add", "Manado", "--class", "Kelas I TPI")["office"]
    assert founded(*OFFICER).status == 1
    account = founded(*OFFICER, "--office", second)["account"]
    (listed,) = founded("account", "list").lines
    assert (listed["account"], listed["offices"]) == (account, [second])
    assert [row["name"] for row in founded("office", "list").lines] == ["Kotamobagu", "Manado"]


# -- laptops


def test_an_enrolment_file_is_private_and_names_what_to_trust(founded: Office, tmp_path: Path) -> None:
    account = founded(*OFFICER)["account"]
    out = tmp_path / "deddy.json"
    assert founded("enrol", account, "--out", out).status == 0
    assert private(out)
    file = EnrolmentFile.read(out.read_bytes())
    assert (file.addresses, file.account_name, file.office) == ([ADDRESS], "Deddy Rumengan", "Kotamobagu")
    assert file.trust.startswith("-----BEGIN CERTIFICATE-----")
    assert file.server_name.endswith(".invalid") and len(file.server_name) == 18  # it stands in each question
    assert (len(file.code), len(file.office_key), len(file.recovery_key)) == (16, 32, 32)


def test_without_an_address_no_enrolment_file_is_made(office: Office, tmp_path: Path) -> None:
    office("init", "--office", "Kotamobagu")
    said = office("enrol", office(*OFFICER)["account"], "--out", tmp_path / "x.json")
    assert (said.status, "Alamat kantor belum diketahui" in said.err) == (1, True)
    assert not (tmp_path / "x.json").exists()


# -- serving


class Serving:
    """`pimpasa-office serve` in a process of its own."""

    def __init__(self, data: Path, ready: Path, *more: str) -> None:
        command = [sys.executable, "-X", "dev", "-W", "error", "-m", "pimpasa_office.cli", "--data", str(data)]
        self.process = subprocess.Popen(
            [*command, "serve", "--port", "0", "--ready-file", str(ready), *more],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)},
        )
        end = monotonic() + 30
        while not ready.exists():
            if self.process.poll() is not None or monotonic() > end:
                raise AssertionError(self.stop())
            sleep(0.02)
        self.url = ready.read_text()

    def stop(self) -> str:
        self.process.send_signal(signal.SIGTERM)
        said, _nothing = self.process.communicate(timeout=30)
        return said.decode()


class Laptop:
    def __init__(self, folder: Path, file: Path) -> None:
        folder.mkdir()
        enrolment = EnrolmentFile.read(file.read_bytes())
        env = Env()
        self.store = Store(folder, b"l" * 32, env)
        self.line = Line(enrolment.addresses, enrolment.trust.encode(), enrolment.server_name, env)
        join(self.store, enrolment, self.line)
        self.engine = Engine(self.store, self.line, env)

    def sync(self) -> Report:
        report = Report()
        self.engine.exchange(report)
        return report

    def close(self) -> None:
        self.line.close()
        self.store.close()


def test_a_laptop_joins_and_the_administrator_works_while_the_office_serves(
    office: Office, folder: Path, tmp_path: Path
) -> None:
    office("init", "--office", "Kotamobagu")
    serving = Serving(folder, tmp_path / "ready")
    try:
        account = office(*OFFICER)["account"]
        office("assign", account, BONGKUDAI_UTARA)
        assert office("enrol", account, "--out", tmp_path / "e.json").status == 0
        laptop = Laptop(tmp_path / "laptop", tmp_path / "e.json")
        assert laptop.sync().digests_match
        village = next(laptop.store.queries.every(entity("village"))).id
        visit = {"villages": [village], "starts_at": "2025-07-03T09:00+08:00"}
        exchanged: list[bool | None] = []

        def exchanges() -> None:
            for _n in range(15):
                exchanged.append(laptop_sync_with(laptop, visit))

        # The store belongs to this thread, so the administrator gets another one.
        statuses: list[int] = []
        administrator = Thread(target=lambda: statuses.extend(_add_accounts(folder, 15)))
        administrator.start()
        exchanges()
        administrator.join()
        assert exchanged == [True] * 15
        assert statuses == [0] * 15
        assert len(office("account", "list").lines) == 16
        assert office("verify").status == 0
        assert office("backup", tmp_path / "copy.db").status == 0
        (device,) = office("device", "list").lines
        assert (device["account"], device["name"]) == (account, "Deddy Rumengan")
        assert office("device", "revoke", device["device"]).status == 0
        assert office("device", "list").lines[0]["revoked_at"]
        laptop.close()
    finally:
        said = serving.stop()
    assert serving.process.returncode == 0
    assert said == f"Kantor melayani laptop di {serving.url}. Hentikan dengan Ctrl+C.\n"
    assert "Deddy" not in (folder / "office.log").read_text()
    assert " backup bytes=" in (folder / "office.log").read_text()
    assert "Latihan pemulihan berhasil" in office("drill").out


def laptop_sync_with(laptop: Laptop, visit: dict[str, object]) -> bool | None:
    laptop.store.put("visit", visit)
    return laptop.sync().digests_match


def _add_accounts(folder: Path, count: int) -> list[int]:
    """In a process of its own: two programs on one ledger."""
    script = "import sys; from pimpasa_office import cli\nfor n in range(int(sys.argv[2])):\n"
    script += "  print(cli.main(['--data', sys.argv[1], 'account', 'add', f'A{n}', '--role', 'office_clerk']))"
    done = subprocess.run(
        [sys.executable, "-c", script, str(folder), str(count)],
        capture_output=True,
        text=True,
        env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)},
    )
    assert done.stderr == ""
    return [int(line) for line in done.stdout.splitlines() if not line.startswith("{")]


def test_where_the_office_listens_becomes_a_known_address(founded: Office, folder: Path, tmp_path: Path) -> None:
    serving = Serving(folder, tmp_path / "ready")
    serving.stop()
    founded("enrol", founded(*OFFICER)["account"], "--out", tmp_path / "e.json")
    assert EnrolmentFile.read((tmp_path / "e.json").read_bytes()).addresses == [ADDRESS, serving.url]


def test_an_office_on_postgresql_has_the_same_commands(office: Office, folder: Path, tmp_path: Path) -> None:
    with postgres() as url:
        assert office("serve", "--database", url).status == 1
        said = office("init", "--office", "Kotamobagu", "--database", url)
        assert (said.status, "PostgreSQL tidak menyandikannya" in said.out) == (0, True)
        assert office("init", "--office", "Kotamobagu", "--database", url).status == 1
        assert not (folder / "ledger.db").exists()
        account = office(*OFFICER, "--database", url)["account"]
        office("assign", account, BONGKUDAI_UTARA, "--database", url)
        serving = Serving(folder, tmp_path / "ready", "--database", url)
        try:
            assert office("enrol", account, "--out", tmp_path / "e.json", "--database", url).status == 0
            laptop = Laptop(tmp_path / "laptop", tmp_path / "e.json")
            assert laptop.sync().digests_match
            laptop.close()
        finally:
            serving.stop()
        assert office("verify", "--database", url).status == 0
    gone = office("verify", "--database", url)
    assert (gone.status, "PostgreSQL tidak dapat dihubungi" in gone.err) == (1, True)


@pytest.mark.prove
def test_a_dump_that_was_restored_is_noticed_by_itself_or_by_the_administrator_s_word(
    office: Office, folder: Path, tmp_path: Path
) -> None:
    with postgres() as url:
        on = ("--database", url)
        office("init", "--office", "Kotamobagu", *on)
        account = office(*OFFICER, *on)["account"]
        office("assign", account, BONGKUDAI_UTARA, *on)
        serving = Serving(folder, tmp_path / "ready", *on)
        office("enrol", account, "--out", tmp_path / "e.json", *on)
        laptop = Laptop(tmp_path / "laptop", tmp_path / "e.json")
        port = ("--port", serving.url.rpartition(":")[2])  # the laptop knows no other address
        try:
            laptop.sync()
            dump = _dumped(url)
            visit = {
                "villages": [next(laptop.store.queries.every(entity("village"))).id],
                "starts_at": "2025-07-03T09:00+08:00",
            }
            laptop_sync_with(laptop, visit)
            refused = office("after-restore", *on)
            assert (refused.status, "Hentikan serve dulu" in refused.err) == (1, True)
            assert "dipulihkan atau diganti" not in serving.stop()

            _restored(url, dump)
            serving = Serving(folder, tmp_path / "ready", *on, *port)
            assert _brought_back(laptop, folder, url) == 1
            assert "dipulihkan atau diganti" in serving.stop()

            _restored(url, dump)
            assert office("after-restore", *on).status == 0
            serving = Serving(folder, tmp_path / "ready", *on, *port)
            assert _brought_back(laptop, folder, url) == 1
            assert "dipulihkan atau diganti" not in serving.stop()
        finally:
            laptop.close()
            serving.process.kill()
            serving.process.communicate()


def _brought_back(laptop: Laptop, folder: Path, url: str) -> int:
    """The visits that the office has once the laptop came."""
    laptop.sync()
    assert laptop.sync().digests_match
    ledger = Config(folder, folder / "office.key", url).ledger(Env())
    with ledger.begin() as books:
        visits = books.find("visit")
    ledger.close()
    return len(visits)


def _dumped(url: str) -> str:
    command = [
        programs() / "pg_dump",
        "--clean",
        "--if-exists",
        "-U",
        "pimpasa",
        "-h",
        url.partition("host=")[2],
        "postgres",
    ]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def _restored(url: str, dump: str) -> None:
    command = [
        programs() / "psql",
        "-q",
        "-v",
        "ON_ERROR_STOP=1",
        "-U",
        "pimpasa",
        "-h",
        url.partition("host=")[2],
        "postgres",
    ]
    subprocess.run(command, input=dump, capture_output=True, text=True, check=True)


def test_an_own_file_needs_no_word_after_it_was_restored(founded: Office) -> None:
    said = founded("after-restore")
    assert (said.status, "Tidak ada yang perlu dilakukan" in said.err) == (1, True)


# -- safekeeping


def test_a_backup_becomes_an_office_again_in_an_empty_folder(founded: Office, folder: Path, tmp_path: Path) -> None:
    account = founded(*OFFICER)["account"]
    founded("enrol", account, "--out", tmp_path / "before.json")
    copy, again = tmp_path / "copy.db", tmp_path / "again"
    assert founded("backup", copy).status == 0
    said = founded("--key-file", folder / "office.key", "restore", copy, data=again)
    assert said.status == 0
    assert sorted(file.name for file in again.iterdir()) == ["ledger.db", "seen", "tls"]
    (again / "office.key").write_bytes((folder / "office.key").read_bytes())
    assert founded("account", "list", data=again).lines == founded("account", "list").lines
    founded("enrol", account, "--out", tmp_path / "after.json", data=again)
    before, after = (EnrolmentFile.read((tmp_path / name).read_bytes()) for name in ("before.json", "after.json"))
    differing = {name for name in msgspec.structs.asdict(before) if getattr(before, name) != getattr(after, name)}
    assert differing <= {"code", "expires_at"}


def test_a_restored_office_has_a_new_epoch_and_higher_numbers(founded: Office, folder: Path, tmp_path: Path) -> None:
    founded("backup", tmp_path / "copy.db")
    with _ledger(folder) as books:
        before = books.fact("epoch"), books.last_number()
    (tmp_path / "again").mkdir()
    (tmp_path / "again" / "office.key").write_bytes((folder / "office.key").read_bytes())
    founded("restore", tmp_path / "copy.db", data=tmp_path / "again")
    with _ledger(tmp_path / "again") as books:
        assert books.fact("epoch") != before[0]
        assert books.last_number() >= before[1] + (1 << 32)


def test_restore_overwrites_no_office(founded: Office, folder: Path, tmp_path: Path) -> None:
    founded("backup", tmp_path / "copy.db")
    founded(*OFFICER)
    said = founded("restore", tmp_path / "copy.db")
    assert (said.status, "tidak ada yang diubah" in said.err) == (1, True)
    assert len(founded("account", "list").lines) == 1


def test_restore_refuses_what_is_no_backup_and_leaves_nothing(founded: Office, folder: Path, tmp_path: Path) -> None:
    torn = tmp_path / "copy.db"
    founded("backup", torn)
    content = torn.read_bytes()
    torn.write_bytes(content[:-5000] + bytes(1000) + content[-4000:])
    for source in (torn, tmp_path / "absent"):
        said = founded("--key-file", folder / "office.key", "restore", source, data=tmp_path / "again")
        assert said.status == 1
        assert not (tmp_path / "again").exists()


def test_a_backup_does_not_overwrite_the_ledger(founded: Office, folder: Path) -> None:
    assert founded("backup", folder / "ledger.db").status == 1
    assert founded("verify").status == 0


def test_verify_finds_a_sum_that_does_not_fit_and_a_page_that_was_changed(founded: Office, folder: Path) -> None:
    assert "utuh" in founded("verify").out
    ledger = Config(folder, folder / "office.key").ledger(Env())
    with ledger.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE record SET body = '{\"name\":\"Lain\"}' WHERE entity = 'office'")
    ledger.close()
    said = founded("verify")
    assert (said.status, "Jumlah periksa tidak cocok" in said.err) == (1, True)
    file = folder / "ledger.db"
    content = bytearray(file.read_bytes())
    content[-2000] ^= 1
    file.write_bytes(content)
    said = founded("verify")
    assert (said.status, "rusak" in said.err) == (1, True)


def test_a_backup_is_encrypted_and_holds_no_key(founded: Office, folder: Path, tmp_path: Path) -> None:
    founded(*OFFICER)
    backup(Config(folder, folder / "office.key"), Env(), tmp_path / "copy.db")
    content = (tmp_path / "copy.db").read_bytes()
    assert b"Deddy" not in content
    assert (folder / "office.key").read_bytes().strip() not in content
    assert (folder / "tls" / "ca.key").read_bytes() not in content
