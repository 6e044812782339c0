"""Exchanges over a line that fails at a place drawn from a seed; what holds is said in exchange.faulty_line."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from exchange.faulty_line import replay, run, standing_office
from rig.over_https import OfficeOverHttps

PLACES = ["handshake", "records", "head", "between", "body", "last", "after"]
WAYS = ["up", "down"]


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[OfficeOverHttps]:
    with standing_office(tmp_path_factory.mktemp("faulty")) as office:
        yield office


def hold(seeds: range, office: OfficeOverHttps, folder: Path) -> Counter[str]:
    """How often each fault was drawn, and how often each ended so."""
    seen: Counter[str] = Counter()
    for seed in seeds:
        try:
            told, ended = run(seed, office, folder)
        except AssertionError as broken:
            raise AssertionError(f"{broken}\nREPLAY: {replay(seed)}") from broken
        seen.update([told.partition(":")[0], ended])
    return seen


@pytest.mark.parametrize("first", range(0, 40, 10))
def test_nothing_is_lost_or_doubled_over_a_line_that_fails_anywhere(
    office: OfficeOverHttps, tmp_path: Path, first: int
) -> None:
    hold(range(first, first + 10), office, tmp_path)


@pytest.mark.prove
def test_nothing_is_lost_or_doubled_over_three_hundred_failing_lines(office: OfficeOverHttps, tmp_path: Path) -> None:
    seen = hold(range(1_000, 1_300), office, tmp_path)
    missing = {f"{place} {way}" for place in PLACES for way in WAYS} | {"slow link", "instead"}
    assert missing - seen.keys() == set()
    # A line that never fails proves nothing, and one that always does no more.
    assert min(seen["done"], seen["Unreachable"], seen["NotOurOffice"], seen["Problem"]) >= 3, seen
