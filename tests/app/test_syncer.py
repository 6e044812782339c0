"""When an exchange is tried again."""

from hypothesis import given
from hypothesis import strategies as st

from pimpasa_desktop.app.syncer import RETRY_SECONDS_MAX, retry_after
from rig.world import RigEnv


@given(st.integers(1, 1000), st.integers())
def test_each_failure_waits_longer_up_to_a_bound_and_never_in_step(failures: int, seed: int) -> None:
    wait = retry_after(failures, RigEnv(seed))
    planned = min(RETRY_SECONDS_MAX, 30 * 2.0 ** min(failures - 1, 10))
    assert planned * 0.75 <= wait <= planned * 1.25


def test_two_laptops_do_not_come_back_together() -> None:
    assert len({retry_after(3, RigEnv(seed)) for seed in range(50)}) > 40


def test_an_office_that_names_a_time_is_obeyed_and_not_by_all_in_the_same_second() -> None:
    waits = {retry_after(1, RigEnv(seed), 900) for seed in range(50)}
    assert min(waits) >= 900 and max(waits) <= 900 * 1.25 and len(waits) > 40
