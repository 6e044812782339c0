"""Ids: packed and taken apart, never twice, and silent about secrets."""

from datetime import timedelta
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

import strategies
from pimpasa_desktop.domain.ids import COUNTER_BITS, ID_PATTERN, PAUSE, Ids, compose, derived, parts
from rig.world import RigEnv


@given(st.integers(0, (1 << 80) - 1), st.integers(0, (1 << COUNTER_BITS) - 1))
def test_origin_and_counter_come_back_out_of_the_id(origin: int, counter: int) -> None:
    identifier = compose(origin, counter)
    assert parts(identifier) == (origin, counter)
    assert ID_PATTERN.fullmatch(identifier)
    assert UUID(identifier).version == 8


@given(st.integers(0, (1 << 128) - 1).map(lambda number: str(UUID(int=number))) | strategies.ids)
def test_an_id_that_was_taken_apart_can_always_be_put_together_again(identifier: str) -> None:
    found = parts(identifier)
    assert found is None or compose(*found) == identifier


def test_an_id_of_another_make_with_the_same_version_is_left_whole() -> None:
    assert parts("ffffffff-ffff-8fff-ffff-ffffffffffff") is None


def test_ids_are_unique_over_restarts_renewals_and_clock_jumps() -> None:
    env = RigEnv("ids")
    drawn: list[str] = []
    for _start in range(20):
        ids = Ids(env)
        drawn += [ids.draw() for _ in range(5)]
        env.time -= timedelta(days=1)
        drawn += [ids.draw() for _ in range(5)]
        ids.renew()
        drawn += [ids.draw() for _ in range(5)]
    assert len(set(drawn)) == len(drawn) == 300


def test_a_clock_that_went_back_costs_the_origin_because_the_laptop_may_have_been_restored() -> None:
    env = RigEnv("jump")
    ids = Ids(env)
    before, next_one = parts(ids.draw()), parts(ids.draw())
    env.time -= timedelta(seconds=10)
    after = parts(ids.draw())
    assert before and next_one and after
    assert before.origin == next_one.origin != after.origin
    assert next_one.counter == before.counter + 1


def test_a_pause_costs_the_origin_because_the_running_program_may_have_been_put_back() -> None:
    env = RigEnv("ids")
    ids = Ids(env)
    before = parts(ids.draw())
    env.time += PAUSE / 2
    during = parts(ids.draw())
    env.time += 2 * PAUSE
    after = parts(ids.draw())
    assert before and during and after
    assert before.origin == during.origin != after.origin


def test_two_copies_of_a_laptop_part_with_their_next_start() -> None:
    one, other = Ids(RigEnv("one")), Ids(RigEnv("other"))
    assert not {one.draw() for _ in range(50)} & {other.draw() for _ in range(50)}


def test_a_secret_id_carries_no_counter_and_leaves_no_gap() -> None:
    ids = Ids(RigEnv("secret"))
    first = parts(ids.draw())
    assert parts(ids.draw(secret=True)) is None
    second = parts(ids.draw())
    assert first and second and second.counter == first.counter + 1


def test_a_derived_id_is_the_same_everywhere_and_another_for_other_words() -> None:
    assert derived("village", "a", "b") == "6706da34-6d86-442a-aceb-d19519d32d57"
    assert derived("village", "ab", "") != derived("village", "a", "b") != derived("village", "b", "a")
    assert parts(derived("x")) is None


@given(st.lists(st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=5), max_size=4))
def test_a_derived_id_is_an_id(words: list[str]) -> None:
    assert ID_PATTERN.fullmatch(derived(*words))
