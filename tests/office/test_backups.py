"""The backups that a serving office makes by itself, and the drill that proves the newest of them."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Event

import pytest

from pimpasa_desktop import durable
from pimpasa_desktop.log import Log
from pimpasa_desktop.problem import Problem
from pimpasa_office import backups as module
from pimpasa_office import cli, founding
from pimpasa_office.accounts import Accounts
from pimpasa_office.backups import Backups, Hourly
from pimpasa_office.config import Config
from pimpasa_office.drill import drill
from rig.world import RigEnv

HOUR = timedelta(hours=1)


@pytest.fixture
def env() -> RigEnv:
    return RigEnv("office")


@pytest.fixture
def config(tmp_path: Path, env: RigEnv) -> Config:
    config = Config(tmp_path / "office", tmp_path / "office" / "office.key")
    founding.found(config, env, "Kotamobagu", "", ())
    return config


@pytest.fixture
def backups(config: Config, env: RigEnv) -> Backups:
    return Backups(config, env)


@pytest.fixture
def log(tmp_path: Path, env: RigEnv) -> Iterator[Log]:
    log = Log(tmp_path / "log", env)
    yield log
    log.close()


def write(config: Config, env: RigEnv, name: str = "Deddy") -> str:
    ledger = config.ledger(env)
    try:
        with ledger.begin() as books:
            office = books.fact("first_office")
            return Accounts(books).add_account(name, "field_officer", [office])
    finally:
        ledger.close()


def hours_of(backups: Backups) -> list[datetime]:
    return [moment for moment, _path in backups.every()]


def test_one_an_hour_24_of_them_and_one_for_each_of_seven_days(
    backups: Backups, env: RigEnv, monkeypatch: pytest.MonkeyPatch
) -> None:
    def quick(_config: Config, _env: RigEnv, out: Path) -> None:
        out.write_bytes(b"x")

    monkeypatch.setattr("pimpasa_office.safekeeping.backup", quick)
    monkeypatch.setattr("pimpasa_office.safekeeping.check", lambda *_copy: None)
    monkeypatch.setattr(durable, "settle", lambda part, path: part.replace(path))
    env.time = datetime(2025, 7, 1, 0, 30, tzinfo=UTC)
    for _hour in range(24 * 12):
        assert backups.due()
        backups.make()
        assert not backups.due()
        env.time += HOUR
    kept = hours_of(backups)
    assert len(kept) == 24 + 7
    assert [moment.day for moment in kept[24:]] == [11, 10, 9, 8, 7, 6, 5]
    assert all(moment.hour == 23 for moment in kept[24:])


def test_a_clock_that_was_set_back_makes_one_and_keeps_it(backups: Backups, env: RigEnv) -> None:
    backups.make()
    env.time -= 300 * timedelta(days=1)
    assert backups.due()
    backups.make()
    assert len(backups.every()) == 2


def test_a_backup_is_whole_private_and_alone(backups: Backups, config: Config, env: RigEnv) -> None:
    write(config, env)
    size = backups.make()
    (path,) = backups.folder.iterdir()
    assert path.stat().st_size == size and b"Deddy" not in path.read_bytes()
    assert backups.folder.stat().st_mode & 0o077 == 0


def test_one_that_does_not_open_never_gets_its_name_and_verify_tells(
    backups: Backups, config: Config, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    settle = durable.settle

    def torn(part: Path, path: Path) -> None:
        if path.name.endswith(".part"):  # the copy, before it is opened
            content = bytearray(part.read_bytes())
            content[-2000] ^= 1
            part.write_bytes(content)
        settle(part, path)

    monkeypatch.setattr(durable, "settle", torn)
    with pytest.raises(Problem, match="rusak"):
        backups.make()
    assert backups.every() == [] and [path.name for path in backups.folder.iterdir()] == ["failed"]
    assert cli.main(["--data", str(config.data), "verify"]) == 1
    assert "cadangan otomatis terakhir gagal" in capsys.readouterr().err
    monkeypatch.undo()
    backups.make()
    assert cli.main(["--data", str(config.data), "verify"]) == 0


def test_a_disk_that_is_nearly_full_is_left_alone(config: Config, env: RigEnv) -> None:
    size = config.ledger_file.stat().st_size
    tight = Backups(config, env, free=lambda _folder: 2 * size - 1)
    with pytest.raises(Problem, match="hampir penuh"):
        tight.make()
    assert tight.failed() and tight.every() == []


def test_a_serving_office_logs_each_and_tries_again_an_hour_after_a_failure(
    config: Config, env: RigEnv, log: Log, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    room = [0, 0, 1 << 40]
    asked = Event()

    def free(_folder: Path) -> int:
        if len(room) == 1:
            asked.set()
            return room[0]
        return room.pop(0)

    monkeypatch.setattr(module, "LOOK_SECONDS", 0.001)
    monkeypatch.setattr(module, "EVERY", timedelta(seconds=0.01))
    hourly = Hourly(Backups(config, env, free=free), log)
    hourly.start()
    assert asked.wait(10)
    hourly.stop()
    words = [line.split()[1] for line in (tmp_path / "log").read_text().splitlines()]
    assert words[:3] == ["backup_failed", "backup_failed", "backup"]


# -- the drill


def test_the_drill_opens_the_newest_backup_says_so_and_leaves_nothing(
    backups: Backups, config: Config, env: RigEnv, capsys: pytest.CaptureFixture[str]
) -> None:
    write(config, env)
    backups.make()
    write(config, env, "Vivi")
    before = sorted(path.name for path in config.data.rglob("*"))
    (config.data / "drill-killed").mkdir()
    assert cli.main(["--data", str(config.data), "drill"], env) == 0
    said = capsys.readouterr().out
    assert "Latihan pemulihan berhasil" in said and "2 catatan; 2 sama" in said and "1 ditulis" in said
    assert sorted(path.name for path in config.data.rglob("*")) == before


def test_what_was_erased_since_is_no_loss(backups: Backups, config: Config, env: RigEnv) -> None:
    account = write(config, env)
    backups.make()
    ledger = config.ledger(env)
    ledger.erase(account)
    ledger.close()
    assert "1 sama dengan buku kantor sekarang, 1 ditulis atau dihapus" in drill(config, env)


@pytest.mark.parametrize("harm", ["DELETE FROM record WHERE entity = 'account'", "UPDATE record SET body = '{}'"])
def test_the_drill_tells_when_the_living_ledger_lacks_what_the_backup_holds(
    backups: Backups, config: Config, env: RigEnv, harm: str
) -> None:
    write(config, env)
    backups.make()
    ledger = config.ledger(env)
    with ledger.engine.begin() as connection:
        connection.exec_driver_sql(harm)
    ledger.close()
    with pytest.raises(Problem, match="Latihan pemulihan gagal"):
        drill(config, env)


def test_a_rotten_backup_fails_the_drill_and_leaves_nothing(backups: Backups, config: Config, env: RigEnv) -> None:
    backups.make()
    ((_moment, path),) = backups.every()
    content = bytearray(path.read_bytes())
    content[-2000] ^= 1
    path.write_bytes(content)
    with pytest.raises(Problem, match="rusak"):
        drill(config, env)
    assert not list(config.data.glob("drill-*"))


def test_without_a_backup_the_drill_says_how_to_come_by_one(config: Config, env: RigEnv) -> None:
    with pytest.raises(Problem, match="Belum ada cadangan"):
        drill(config, env)


def test_on_postgresql_pg_dump_is_the_way(config: Config, env: RigEnv) -> None:
    with pytest.raises(Problem, match="pg_dump"):
        drill(Config(config.data, config.key_file, "postgresql+psycopg:///nowhere"), env)
