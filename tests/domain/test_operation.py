"""The arithmetic of patches, as laws."""

from hypothesis import given
from hypothesis import strategies as st

import strategies
from pimpasa_desktop.domain.entity import Entity, sparse
from pimpasa_desktop.domain.operation import Action, Operation, applied, difference, folded

some = strategies.declared_entities


def operation(number: int, patch: dict[str, object], action: Action = Action.PUT, base: int = 7) -> Operation:
    return Operation(str(number), "visit", "r", action, base, patch, 100 + number)


@given(st.data(), some)
def test_the_difference_applied_leads_where_it_should(data: st.DataObject, declared: Entity) -> None:
    before = data.draw(strategies.values_of(declared, unknown=True))
    after = declared.complete(data.draw(strategies.values_of(declared)))
    kept = {name: value for name, value in before.items() if name not in declared.fields}
    assert applied(before, difference(before, after)) == sparse(after | kept)


@given(st.data(), some)
def test_what_a_form_does_not_name_stays(data: st.DataObject, declared: Entity) -> None:
    before, after = data.draw(strategies.values_of(declared)), data.draw(strategies.values_of(declared))
    assert applied(before, difference(before, after)) == sparse(before | after)


@given(st.data(), some)
def test_there_is_no_difference_to_oneself(data: st.DataObject, declared: Entity) -> None:
    values = data.draw(strategies.values_of(declared))
    assert difference(values, declared.complete(values)) == {}


def test_a_counted_nothing_differs_from_not_counted() -> None:
    assert difference({}, {"n": 0}) == {"n": 0}
    assert difference({"n": 0}, {"n": None}) == {"n": None}
    assert applied({"n": 3}, {"n": 0}) == {"n": 0}


@given(st.data(), some)
def test_folding_does_what_both_did_one_after_the_other(data: st.DataObject, declared: Entity) -> None:
    first, second = (data.draw(strategies.patches_of(declared)) for _ in range(2))
    before = data.draw(strategies.values_of(declared))
    both = folded(operation(1, first), operation(2, second))
    assert both is not None
    assert applied(before, both.patch) == applied(applied(before, first), second)
    assert (both.id, both.at) == ("2", 102)


@given(st.data(), some)
def test_folding_three_is_the_same_from_either_end(data: st.DataObject, declared: Entity) -> None:
    one, two, three = (operation(n, data.draw(strategies.patches_of(declared))) for n in range(3))
    early, late = folded(one, two), folded(two, three)
    assert early is not None and late is not None
    assert folded(early, three) == folded(one, late)


@given(st.data(), some)
def test_applying_a_patch_twice_is_applying_it_once(data: st.DataObject, declared: Entity) -> None:
    before, patch = data.draw(strategies.values_of(declared)), data.draw(strategies.patches_of(declared))
    once = applied(before, patch)
    assert applied(once, patch) == once


@given(st.data())
def test_ticks_of_two_people_commute_unless_they_contradict_each_other(data: st.DataObject) -> None:
    ticks = st.sets(st.sampled_from("ABCDEF"))
    one, other = data.draw(ticks), data.draw(ticks)
    before = {"signs": sorted(data.draw(ticks))}
    first = {"signs": {"+": sorted(one), "-": []}}
    second = {"signs": {"+": [], "-": sorted(other - one)}}
    assert applied(applied(before, first), second) == applied(applied(before, second), first)


def test_operations_that_saw_different_versions_stay_apart() -> None:
    assert folded(operation(1, {"a": "1"}, base=3), operation(2, {"a": "2"}, base=4)) is None


def test_only_puts_fold() -> None:
    for action in (Action.DELETE, Action.RESTORE, Action.HEAL):
        assert folded(operation(1, {}, action), operation(2, {"a": "1"})) is None
        assert folded(operation(1, {"a": "1"}), operation(2, {}, action)) is None


def test_a_tick_taken_back_while_it_waits_still_says_so() -> None:
    """The office may have had the tick from somebody else: taking it back is a decision of its own."""
    both = folded(operation(1, {"s": {"+": ["A"], "-": []}}), operation(2, {"s": {"+": [], "-": ["A"]}}))
    assert both is not None and both.patch == {"s": {"+": [], "-": ["A"]}}
