"""The office or the laptop dies of kill -9 inside an exchange; what holds is said in exchange.killing."""

from collections import Counter
from pathlib import Path

import pytest

from exchange.killing import replay, run


def survive(seed: int, kills: int, folder: Path) -> Counter[str]:
    try:
        return run(seed, kills, folder)
    except AssertionError as broken:
        raise AssertionError(f"{broken}\nREPLAY: {replay(seed, kills)}") from broken


def test_nothing_is_lost_or_doubled_when_the_office_or_the_laptop_is_killed_in_an_exchange(tmp_path: Path) -> None:
    killed = survive(0, 10, tmp_path)
    assert killed["office"] and killed["laptop"]


@pytest.mark.prove
def test_nothing_is_lost_or_doubled_by_two_hundred_kills(tmp_path: Path) -> None:
    killed = sum((survive(seed, 25, _made(tmp_path / str(seed))) for seed in range(100, 108)), Counter())
    assert min(killed["office"], killed["laptop"]) >= 60
    assert len(killed) >= 2 + 16  # most of the twelve places, for both


def _made(folder: Path) -> Path:
    folder.mkdir()
    return folder
