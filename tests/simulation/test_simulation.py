"""Schedules from fixed seeds keep every promise, and a seed replays exactly."""

import subprocess
import sys
from collections.abc import Iterator

import pytest

from simulation.counts import Counts
from simulation.ground import Ground
from simulation.schedule import run

CHUNK = 25
LONG = 500  # enough that everything has occurred: see __main__


@pytest.fixture(scope="module")
def ground() -> Iterator[Ground]:
    with Ground() as made:
        yield made


def _hold(ground: Ground, seeds: range, counts: Counts) -> None:
    for seed in seeds:
        result = run(seed, ground, counts)
        assert not result.failure, f"{result.failure}\nREPLAY: python -m simulation --seed {seed}"


@pytest.mark.parametrize("first", range(0, 100, CHUNK))
def test_every_promise_holds_in_a_hundred_schedules(ground: Ground, first: int) -> None:
    _hold(ground, range(first, first + CHUNK), Counts())


@pytest.mark.prove
@pytest.mark.parametrize("first", range(1_000, 2_000, LONG))
def test_every_promise_holds_in_a_thousand_schedules_and_everything_happened(ground: Ground, first: int) -> None:
    counts = Counts()
    _hold(ground, range(first, first + LONG), counts)
    assert counts.missing() == []


@pytest.mark.prove
@pytest.mark.parametrize("first", range(2_000, 6_000, 250))
def test_every_promise_holds_in_four_thousand_more(ground: Ground, first: int) -> None:
    _hold(ground, range(first, first + 250), Counts())


def test_a_seed_replays_exactly(ground: Ground) -> None:
    assert run(7, ground, Counts()) == run(7, ground, Counts())


def test_a_seed_replays_exactly_in_another_process() -> None:
    """Nothing hangs on the order of Python's sets, which differs from process to process."""
    told = [
        subprocess.run(
            [sys.executable, "-m", "simulation", "--n", "1", "--seed", "7"],
            env={"PYTHONPATH": ":".join(sys.path), "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    ]
    traces = [line for text in told for line in text.splitlines() if line.startswith("trace")]
    assert len(traces) == 2 and traces[0] == traces[1]


def test_what_never_occurred_is_named() -> None:
    counts = Counts({"CLEAN": 3})
    assert "reply lost" in counts.missing() and "CLEAN" not in counts.missing()
