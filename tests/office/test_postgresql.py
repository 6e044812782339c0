"""Several office processes on one PostgreSQL: numbers stay in the order of commits, and nobody misses a change."""

from collections.abc import Iterator
from pathlib import Path
from threading import Barrier, BrokenBarrierError, Thread
from typing import Any

import pytest
import sqlalchemy as sa

from exchange.test_exchange import attendee, visit
from pimpasa_desktop.env import Env
from pimpasa_desktop.problem import Problem
from pimpasa_desktop.sync.http import Line
from pimpasa_office.accounts import Accounts
from pimpasa_office.tables import operations
from rig.on_postgresql import OfficeOnPostgresql
from rig.over_https import Server
from rig.postgres import postgres
from rig.world import BONGKUDAI_UTARA, LaptopRig, RigEnv

PROCESSES = 4
ROUNDS = 12


class Crowd:
    """Four processes, and a laptop for each officer that sends through them all in turn."""

    def __init__(self, folder: Path, url: str, bugs: str = "") -> None:
        self.office = OfficeOnPostgresql(folder / "office", RigEnv("office"), url)
        with self.office.ledger.begin() as books:
            self._name = books.fact("server_name")
        self._trust = self.office._config().authority(RigEnv("authority"), self._name).ca_pem()
        bugs = bugs or ("no-lock" if Env().planted("no-lock") else "")
        self._servers = [Server(folder / "office", f"process {n}", url, bugs) for n in range(PROCESSES)]
        self._addresses = [server.wait() for server in self._servers]
        self._folder = folder
        self._start, self._written = Barrier(PROCESSES), Barrier(PROCESSES)
        self.troubles: list[BaseException] = []
        self.held: list[set[Any]] = []

    def work(self) -> None:
        accounts = [self.office.account(f"Petugas {n}", "field_officer") for n in range(PROCESSES)]
        for account in accounts:
            self.office.assign(account, BONGKUDAI_UTARA, "Bongkudai Utara")
        threads = [Thread(target=self._send, args=(index, account)) for index, account in enumerate(accounts)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    def _send(self, index: int, account: str) -> None:
        env = RigEnv(f"laptop {index}")
        lines = [Line([address], self._trust, self._name, env) for address in self._addresses]
        laptop = LaptopRig(self._folder / str(index), env, self.office, account, lines[index])
        try:
            self._start.wait()
            of = visit(laptop)
            for n in range(ROUNDS):
                attendee(laptop, of, f"Peserta {index} {n}")
                laptop.line = lines[(index + n) % PROCESSES]
                # Not settled with a full comparison: a change that was missed must show.
                assert laptop.sync().requests == 1
            self._written.wait()
            last = laptop.sync()
            assert (last.requests, last.digests_match) == (1, True)
            self.held.append({row["id"] for row in laptop.list("attendee")})
        except BrokenBarrierError:
            pass  # another's trouble
        except BaseException as error:  # noqa: BLE001 - told in the test's own thread
            self.troubles.append(error)
            self._start.abort()
            self._written.abort()
        finally:
            laptop.store.close()
            for line in lines:
                line.close()

    def numbers(self) -> list[int]:
        with self.office.ledger.engine.connect() as connection:
            return list(connection.execute(sa.select(operations.c.number)).scalars())

    def differing_sums(self) -> int:
        with self.office.ledger.begin() as books:
            return books.audit_sums()[1]

    def close(self) -> None:
        for server in self._servers:
            server.stop()
        self.office.close()


@pytest.fixture
def url() -> Iterator[str]:
    with postgres() as url:
        yield url


def test_an_enrolment_file_used_twice_at_the_same_moment_makes_one_laptop(tmp_path: Path, url: str) -> None:
    office = OfficeOnPostgresql(tmp_path / "office", RigEnv("office"), url)
    file = office.enrolment(office.account("Deddy", "field_officer"))
    troubles: list[Problem] = []

    def second() -> None:
        try:
            with office.ledger.begin() as books:
                Accounts(books).enrol(file.code, b"2" * 32)
        except Problem as problem:
            troubles.append(problem)

    other = Thread(target=second)
    with office.ledger.begin() as books:
        Accounts(books).enrol(file.code, b"1" * 32)
        other.start()
        other.join(0.5)  # before this one is committed
    other.join()
    assert (len(office.devices()), len(troubles)) == (1, 1)
    office.close()


def test_four_processes_serve_four_laptops_at_once(tmp_path: Path, url: str) -> None:
    crowd = Crowd(tmp_path, url)
    try:
        crowd.work()
        assert crowd.troubles == []
        assert [len(ids) for ids in crowd.held] == [PROCESSES * ROUNDS] * PROCESSES
        numbers = crowd.numbers()
        assert len(numbers) == len(set(numbers)) == PROCESSES * (ROUNDS + 1)
        assert crowd.differing_sums() == 0
    finally:
        crowd.close()


@pytest.mark.prove
def test_without_the_lock_four_processes_do_not_get_through_unharmed(tmp_path: Path, url: str) -> None:
    crowd = Crowd(tmp_path, url, bugs="no-lock")
    try:
        crowd.work()
        numbers = crowd.numbers()
        # Or it breaks off before: two of them wrote the same number, and the database or a laptop's check refused it.
        assert len(numbers) > len(set(numbers)) or crowd.differing_sums() or crowd.troubles
    finally:
        crowd.close()


def test_a_server_that_is_missing_fails_with_the_package_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Path, "glob", lambda self, pattern: iter(()))
    with pytest.raises(AssertionError, match="postgresql"), postgres():
        raise ValueError("not reached")
