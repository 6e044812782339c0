"""The battery falls out: nothing that was called saved is lost, nothing is half there, and the program opens."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from unittest.mock import patch

import pytest

from pimpasa_desktop import durable, sqlcipher
from pimpasa_desktop.env import Env
from pimpasa_desktop.problem import Problem
from pimpasa_desktop.store.keys import KeyFile
from pimpasa_desktop.store.slots import Argon2
from power.oracle import power_losses, power_losses_twice, record
from power.workload import Visits, nobody

SEED = 1


def test_no_acknowledged_save_is_lost_at_any_operation() -> None:
    visits = Visits(SEED, saves=18)
    verdict = power_losses(visits, record(visits), SEED)
    assert verdict.failures == []
    assert verdict.states > 1000


def test_nor_when_the_power_goes_again_during_recovery() -> None:
    visits = Visits(SEED, saves=12)
    verdict = power_losses_twice(visits, record(visits), SEED, states=300)
    assert verdict.failures == []
    assert verdict.states == 300


@pytest.mark.parametrize("weaker", ["NORMAL", "OFF"])
def test_the_same_oracle_finds_a_weaker_setting(weaker: str) -> None:
    visits = Visits(SEED, saves=9)
    pragmas = [f"PRAGMA synchronous = {weaker}" if "synchronous" in each else each for each in sqlcipher.WRITER_PRAGMAS]
    assert pragmas != list(sqlcipher.WRITER_PRAGMAS)
    with patch.object(sqlcipher, "WRITER_PRAGMAS", pragmas):
        trace = record(visits)
    verdict = power_losses(visits, trace, SEED)
    assert len(verdict.failures) > verdict.states / 10


def test_the_same_oracle_finds_a_save_in_two_transactions() -> None:
    class Halves(Visits):
        def save(self, connection: sqlcipher.Connection, number: int) -> None:
            with patch.object(sqlcipher, "transaction", lambda connection: patch.dict({})):  # no transaction at all
                super().save(connection, number)

    visits = Halves(SEED, saves=2, days=1)
    assert power_losses(visits, record(visits), SEED).failures


PASSPHRASES = [f"sandi panjang nomor {number}" for number in range(6)]


@dataclass(frozen=True)
class Passphrases:
    """An officer who changes the passphrase again and again."""

    def keys(self, folder: Path) -> KeyFile:
        return KeyFile(folder / "keys.json", Env(), Argon2(8, 1, 1, floor_kib=8), keyring=None)

    def prepare(self, folder: Path) -> None:
        self.keys(folder).create(PASSPHRASES[0])

    def run(self, folder: Path, acknowledge: Callable[[], None]) -> None:
        keys = self.keys(folder)
        key = keys.open(PASSPHRASES[0])
        for passphrase in PASSPHRASES[1:]:
            keys.set_passphrase(key, passphrase)
            acknowledge()

    def check(self, folder: Path, acknowledged: int, found: Callable[[int], None] = nobody) -> list[str]:
        answers = []
        for passphrase in PASSPHRASES[acknowledged : acknowledged + 2]:
            try:
                self.keys(folder).open(passphrase)
                return []
            except Problem as problem:
                answers.append(problem.sentence)
        return answers


def test_a_change_of_passphrase_never_leaves_a_laptop_without_a_key() -> None:
    passphrases = Passphrases()
    verdict = power_losses(passphrases, record(passphrases), SEED)
    assert verdict.failures == []
    assert verdict.states > 60


def test_the_same_oracle_finds_a_file_renamed_before_it_was_flushed() -> None:
    with patch.object(durable, "settle", lambda part, path: part.replace(path)):
        trace = record(Passphrases())
    assert power_losses(Passphrases(), trace, SEED).failures


def test_a_file_written_past_the_recorder_is_noticed() -> None:
    with (
        patch.object(durable, "write", lambda path, data: path.write_bytes(data)),
        pytest.raises(AssertionError, match="past the recorder"),
    ):
        record(Passphrases())
