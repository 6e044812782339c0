"""The officer's store on a laptop whose battery is dead and whose disk is failing."""

from contextlib import nullcontext
from unittest.mock import patch

import pytest

from pimpasa_desktop import sqlcipher
from pimpasa_desktop.store.store import Store
from power.oracle import faults, power_losses, power_losses_twice, record
from power.register import Beginning, Register

SEED = 1


def test_what_was_called_saved_is_there_whole_queued_and_found_after_any_power_loss() -> None:
    register = Register(SEED)
    verdict = power_losses(register, record(register), SEED)
    assert verdict.failures == []
    assert verdict.states > 1000


def test_also_when_the_power_goes_again_during_recovery() -> None:
    register = Register(SEED, steps=5)
    verdict = power_losses_twice(register, record(register), SEED, states=200)
    assert verdict.failures == []


def test_a_first_start_that_was_cut_short_can_be_made_again() -> None:
    verdict = power_losses(Beginning(), record(Beginning()), SEED)
    assert verdict.failures == []
    assert verdict.states > 300


def test_synchronous_normal_loses_what_was_called_saved() -> None:
    register = Register(SEED, steps=3)
    pragmas = [each.replace("FULL", "NORMAL") if "synchronous" in each else each for each in sqlcipher.WRITER_PRAGMAS]
    assert pragmas != list(sqlcipher.WRITER_PRAGMAS)
    with patch.object(sqlcipher, "WRITER_PRAGMAS", pragmas):
        trace = record(register)
    assert power_losses(register, trace, SEED).failures


def test_a_door_without_a_transaction_is_found_out() -> None:
    register = Register(SEED, steps=1)
    with patch.object(Store, "transaction", lambda store: nullcontext()):
        trace = record(register)
    assert power_losses(register, trace, SEED).failures


@pytest.mark.parametrize("lasting", [False, True], ids=["once", "from then on"])
@pytest.mark.parametrize("kind", ["full", "broken"])
def test_a_write_or_flush_that_fails_is_told_and_nothing_is_called_saved(kind: str, lasting: bool) -> None:
    for workload, every in ((Register(SEED, steps=10), 25), (Beginning(), 20)):
        verdict = faults(workload, kind, lasting, seed=3, every=every)
        assert verdict.failures == []
        assert verdict.states > 30
