"""A disk that is full or broken at any write or flush: never a false "saved", never a loss of what was there."""

import pytest

from pimpasa_desktop import sqlcipher
from pimpasa_desktop.problem import Problem
from power.oracle import faults
from power.workload import Visits


@pytest.mark.parametrize("lasting", [False, True], ids=["once", "from then on"])
@pytest.mark.parametrize("kind", ["full", "broken"])
def test_every_write_and_flush_may_fail(kind: str, lasting: bool) -> None:
    verdict = faults(Visits(saves=9), kind, lasting, seed=2, every=3)
    assert verdict.failures == []
    assert verdict.states > 150


def test_the_same_oracle_finds_a_false_saved() -> None:
    class Liar(Visits):
        def save(self, connection: sqlcipher.Connection, number: int) -> None:
            try:
                super().save(connection, number)
            except Problem:
                return

    assert faults(Liar(saves=6), "full", lasting=True, seed=0, every=5).failures
