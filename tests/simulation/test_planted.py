"""Each deliberate bug is caught within a bounded number of schedules."""

from collections.abc import Iterator

import pytest

from pimpasa_desktop.env import Env
from simulation import planted
from simulation.ground import Ground

# Caught within a few seeds: quick enough for every run of the suite. The others wait for `make prove`.
SOON = ("grants-ignored", "no-backfill", "outcome-forgotten", "last-writer-wins", "cursor-before-rows")
SOON_MAX = 40


@pytest.fixture(scope="module")
def ground() -> Iterator[Ground]:
    with Ground() as made:
        yield made


@pytest.mark.parametrize("bug", SOON)
def test_a_plain_planted_bug_is_caught_within_a_few_schedules(ground: Ground, bug: str) -> None:
    seeds, _failure = planted.caught_after(bug, ground, seeds_max=SOON_MAX)
    assert seeds


@pytest.mark.prove
@pytest.mark.parametrize("bug", planted.ten_of(Env().now().toordinal()))
def test_ten_planted_bugs_a_run_are_caught(ground: Ground, bug: str) -> None:
    seeds, _failure = planted.caught_after(bug, ground)
    assert seeds


def test_at_least_thirty_bugs_are_planted_and_all_have_their_turn() -> None:
    assert len(planted.in_sources()) >= 30
    assert planted.ELSEWHERE.keys() <= set(planted.in_sources())
    assert {bug for day in range(7) for bug in planted.ten_of(day)} == set(planted.names())
