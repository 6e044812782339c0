"""Merging, against a slow and obvious model that remembers every change ever made."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import permutations, product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from pimpasa_desktop.domain.entity import sparse
from pimpasa_desktop.domain.operation import Action, Operation, applied
from pimpasa_desktop.domain.tray import EXISTENCE
from pimpasa_desktop.env import Env
from pimpasa_desktop.sync.protocol.merge import Clash, Held, Merged, born, fields_of, later_life, merge
from rig.world import RigEnv

ENV = RigEnv("merge")
GAP = 1 << 32
FIELDS = ("name", "sex", "phone")
SETS = ("signs", "villages")


def op(action: Action, base: int, patch: dict[str, Any] | None = None) -> Operation:
    return Operation("op", "visit", "r", action, base, patch or {}, 0)


def put(base: int, **patch: Any) -> Operation:
    return op(Action.PUT, base, patch)


def plus(*items: str) -> dict[str, list[str]]:
    return {"+": sorted(items), "-": []}


def minus(*items: str) -> dict[str, list[str]]:
    return {"+": [], "-": sorted(items)}


def new(operation: Operation, level: str, author: str, device: str, number: int) -> Held:
    return born(operation, applied({}, fields_of(operation.patch)), "r", level, author, device, number, ("", ""))


def record(device: str = "a", number: int = 10, **values: Any) -> Held:
    patch = {name: plus(*value) if isinstance(value, list) else value for name, value in values.items()}
    return new(op(Action.PUT, 0, patch), "C", "author", device, number)


def taken(held: Held, operation: Operation, device: str, number: int, **more: Any) -> Merged:
    return merge(held, operation, device, number, ENV, **more)


# -- a model: all changes of a record, who made them and what number they got


@dataclass
class Model:
    """For each field every change with its number and device. A change to a plain field is a conflict when somebody
    else made one after `base` and the values differ."""

    values: dict[str, Any]
    history: dict[str, list[tuple[int, str]]]
    deleted: bool = False
    clashes: list[tuple[str, Any]] = field(default_factory=list)

    def foreign(self, name: str, base: int, device: str) -> bool:
        changes = self.history.get(name, [])
        if name == EXISTENCE:  # who brings a record back against a deletion answers for it: that deletion is settled
            changes = changes[-1:]
        return any(number > base and who != device for number, who in changes)

    def take(self, operation: Operation, device: str, number: int) -> None:
        if operation.action is Action.PUT:
            for name, value in operation.patch.items():
                self.put(name, value, operation.base, device, number)
            if self.deleted and self.foreign(EXISTENCE, operation.base, device):
                self.exist(False, device, number)
                self.clashes.append((EXISTENCE, True))
        elif operation.action is Action.DELETE:
            if not self.deleted and any(self.foreign(name, operation.base, device) for name in self.history):
                self.clashes.append((EXISTENCE, True))
            elif not self.deleted:
                self.exist(True, device, number)
        elif self.deleted:
            self.exist(False, device, number)

    def put(self, name: str, value: Any, base: int, device: str, number: int) -> None:
        if isinstance(value, dict):
            after = sorted((set(self.values.get(name, [])) | set(value["+"])) - set(value["-"]))
        elif (self.values.get(name) or "") == (value or ""):
            return
        elif self.foreign(name, base, device):
            self.clashes.append((name, value))
            return
        else:
            after = value
        if (after or "") != (self.values.get(name) or ""):
            self.values[name] = after
            self.history.setdefault(name, []).append((number, device))

    def exist(self, deleted: bool, device: str, number: int) -> None:
        self.deleted = deleted
        self.history.setdefault(EXISTENCE, []).append((number, device))


@dataclass
class Laptop:
    """Knows what it last received; writes on top of it and sends in order."""

    name: str
    base: int = 10


patches = st.fixed_dictionaries(
    {},
    optional={name: st.sampled_from(["", "x", "y", "z"]) for name in FIELDS}
    | {
        name: st.builds(
            lambda kept, gone: {"+": sorted(kept), "-": sorted(gone - kept)},
            st.sets(st.sampled_from("ABC"), max_size=2),
            st.sets(st.sampled_from("ABC"), max_size=2),
        )
        for name in SETS
    },
)
moves = st.one_of(
    st.tuples(st.sampled_from("abc"), st.just(Action.PUT), patches),
    st.tuples(st.sampled_from("abc"), st.sampled_from([Action.DELETE, Action.RESTORE]), st.just({})),
    st.tuples(st.sampled_from("abc"), st.just(None), st.just({})),  # that laptop receives
)


def run(held: Held, steps: list[tuple[str, Action | None, dict[str, Any]]]) -> tuple[Held, Model, list[Clash]]:
    model = Model(dict(held.values), {"": [(held.number, "a")]})
    laptops = {name: Laptop(name) for name in "abc"}
    number, clashes = held.number, []
    for who, action, patch in steps:
        if action is None:
            laptops[who].base = held.number
            continue
        number += 1
        operation = op(action, laptops[who].base, patch)
        merged = taken(held, operation, who, number)
        assert merged.changed == (merged.held is not held)
        assert (merged.held.number == number) == merged.changed
        held = merged.held
        clashes += merged.clashes
        model.take(operation, who, number)
    return held, model, clashes


@given(st.lists(moves, max_size=8))
def test_three_laptops_merge_as_the_model_does(steps: list[tuple[str, Action | None, dict[str, Any]]]) -> None:
    held, model, clashes = run(record(name="x", phone="1", signs=["A"]), steps)
    assert held.values == sparse(model.values)
    assert held.deleted == model.deleted
    assert [(clash.field_name, clash.mine_value) for clash in clashes] == model.clashes


def _interleavings(one: tuple[Any, ...], other: tuple[Any, ...]) -> Iterator[list[Any]]:
    for places in set(permutations([0] * len(one) + [1] * len(other))):
        queues = [iter(one), iter(other)]
        yield [next(queues[place]) for place in places]


EDITS: list[tuple[Action | None, dict[str, Any]]] = [
    (Action.PUT, {"name": "y"}),
    (Action.PUT, {"name": "z", "signs": plus("B")}),
    (Action.DELETE, {}),
    (Action.RESTORE, {}),
    (None, {}),
]


def test_every_interleaving_of_four_operations_of_two_laptops_on_one_record() -> None:
    """Exhaustive: merged as in the model; whatever stands, each value that anybody wrote stands, was seen by who
    replaced it, or is kept in a conflict."""
    count = 0
    for one, other in product(product(EDITS, repeat=2), repeat=2):
        for steps in _interleavings(tuple(("a", *edit) for edit in one), tuple(("b", *edit) for edit in other)):
            held, model, clashes = run(record(name="x", signs=["A"]), steps)
            assert held.values == sparse(model.values), steps
            assert held.deleted == model.deleted, steps
            assert [(clash.field_name, clash.mine_value) for clash in clashes] == model.clashes, steps
            if all(who == "a" or action is None for who, action, _ in steps):
                assert not clashes, steps
            count += 1
    assert count == 5**4 * 6


# -- the laws, one by one


def test_agreement_is_no_conflict() -> None:
    held = taken(record(name="x"), put(10, name="y"), "b", 11).held
    assert taken(held, put(10, name="y"), "c", 12) == Merged(held, False)


@given(st.lists(patches, max_size=6))
def test_ones_own_edits_never_conflict(found: list[dict[str, Any]]) -> None:
    held = record("a", name="x", signs=["A"])
    for number, patch in enumerate(found, 11):
        merged = taken(held, op(Action.PUT, 10, patch), "b", number)
        assert not merged.clashes
        held = merged.held


def test_a_field_that_somebody_else_changed_keeps_the_offices_value_and_both_are_told() -> None:
    held = taken(record(name="x", phone="1"), put(10, name="y"), "b", 11).held
    merged = taken(held, put(10, name="z", phone="2"), "c", 12)
    assert merged.held.values == {"name": "y", "phone": "2"}
    assert merged.clashes == (Clash("name", "y", "z"),)


def test_emptying_a_field_that_somebody_else_changed_is_a_conflict_too() -> None:
    held = taken(record(name="x"), put(10, name="y"), "b", 11).held
    assert taken(held, put(10, name=""), "c", 12).clashes == (Clash("name", "y", ""),)


def test_whoever_has_seen_the_other_change_may_change_it() -> None:
    held = taken(record(name="x"), put(10, name="y"), "b", 11).held
    assert taken(held, put(11, name="z"), "c", 12).held.values == {"name": "z"}


def test_a_counted_zero_is_not_the_same_as_nothing() -> None:
    held = taken(record(n=5), put(10, n=0), "b", 11).held
    assert held.values == {"n": 0}
    assert taken(held, put(10, n=None), "c", 12).clashes == (Clash("n", 0, None),)


@given(st.sets(st.sampled_from("ABCDE")), st.sets(st.sampled_from("ABCDE")), st.sets(st.sampled_from("ABCDE")))
def test_sets_commute_and_never_conflict(before: set[str], one: set[str], other: set[str]) -> None:
    held = record(name="x", signs=sorted(before))
    first, second = put(10, signs=plus(*one)), put(10, signs=minus(*(other - one)))
    ends = []
    for order in ((first, second), (second, first)):
        now = held
        for number, (who, operation) in enumerate(zip("bc", order, strict=True), 11):
            merged = taken(now, operation, who, number)
            assert not merged.clashes
            now = merged.held
        ends.append(now.values)
    assert ends[0] == ends[1]


@given(patches.filter(bool))
def test_an_operation_taken_twice_changes_nothing_the_second_time(patch: dict[str, Any]) -> None:
    once = taken(record(name="x", signs=["A", "B"]), op(Action.PUT, 10, patch), "b", 11).held
    assert taken(once, op(Action.PUT, 10, patch), "b", 12) == Merged(once, False)
    gone = taken(once, op(Action.DELETE, 11), "b", 13).held
    assert taken(gone, op(Action.DELETE, 11), "c", 14) == Merged(gone, False)


def test_deleting_what_another_changed_is_a_conflict_in_both_orders_and_the_record_stands() -> None:
    delete, edit = op(Action.DELETE, 10), put(10, name="y")
    stands = taken(taken(record(name="x"), edit, "b", 11).held, delete, "c", 12)
    revived = taken(taken(record(name="x"), delete, "c", 11).held, edit, "b", 12)
    for merged in (stands, revived):
        assert not merged.held.deleted
        assert merged.held.values == {"name": "y"}
        assert merged.clashes == (Clash(EXISTENCE, False, True),)


def test_deleting_a_root_that_somebody_added_to_is_a_conflict() -> None:
    merged = taken(record(name="x"), op(Action.DELETE, 10), "b", 11, added_to=True)
    assert merged == Merged(merged.held, False, (Clash(EXISTENCE, False, True),))


def test_one_may_delete_ones_own_work_and_what_one_has_seen() -> None:
    held = taken(record("b", name="x"), put(0, name="y"), "b", 11).held
    assert taken(held, op(Action.DELETE, 0), "b", 12).held.deleted
    assert taken(held, op(Action.DELETE, 11), "c", 12).held.deleted


def test_an_edit_of_what_one_deleted_oneself_does_not_bring_it_back() -> None:
    gone = taken(record("b", name="x"), op(Action.DELETE, 10), "b", 11).held
    merged = taken(gone, put(10, name="y"), "b", 12)
    assert merged.held.deleted and not merged.clashes


def test_only_a_healing_operation_speaks_of_author_and_deletion() -> None:
    """Anything else would let a laptop write under somebody else's name."""
    claims = {"$author": "somebody", EXISTENCE: True, "name": "x"}
    fresh = new(op(Action.PUT, 0, claims), "A", "me", "a", 11)
    assert (fresh.author, fresh.deleted, fresh.values) == ("me", False, {"name": "x"})
    after = taken(record(name="x"), op(Action.PUT, 10, claims), "b", 11)
    assert (after.held.author, after.held.deleted, after.held.values) == ("author", False, {"name": "x"})
    assert not after.changed


# -- healing an office that was set back


def heal(base: int, deleted: bool = False, **values: Any) -> Operation:
    patch = {name: plus(*value) if isinstance(value, list) else value for name, value in values.items()}
    return op(Action.HEAL, base, patch | {"$author": "author", EXISTENCE: deleted})


def test_a_record_that_the_office_lost_comes_back_as_it_was() -> None:
    back = new(heal(60, deleted=True, name="x", signs=["A"]), "C", "me", "a", GAP + 1)
    assert (back.author, back.deleted, back.values, back.healed) == ("author", True, {"name": "x", "signs": ["A"]}, 60)


@given(st.permutations([20, 40, 60]))
def test_of_several_versions_the_latest_wins_in_whatever_order_they_come(order: list[int]) -> None:
    held = record(name="10", number=10)
    for step, base in enumerate(order):
        held = taken(held, heal(base, name=str(base)), "abc"[step], GAP + step).held
    assert held.values == {"name": "60"}
    assert held.healed == 60


def test_what_the_office_changed_after_an_older_version_stands_beside_it() -> None:
    held = record(name="x", number=60)
    merged = taken(held, heal(40, name="y"), "b", GAP + 1)
    assert merged.held.values == {"name": "x"}
    assert merged.clashes == (Clash("name", "x", "y"),)


def test_the_same_version_from_a_second_laptop_changes_nothing() -> None:
    held = taken(record(name="x"), heal(60, name="y"), "b", GAP + 1).held
    assert taken(held, heal(60, name="y"), "c", GAP + 2) == Merged(held, False)


def test_a_version_with_the_same_values_still_gets_a_number_that_its_laptop_accepts() -> None:
    merged = taken(record(name="x"), heal(60, name="x"), "b", GAP + 1)
    assert merged.changed and merged.held.number == GAP + 1 and not merged.clashes


def test_what_was_changed_after_the_office_was_set_back_stands_beside_what_it_had_lost() -> None:
    """The office is set back from 60 to 10; somebody who had seen 10 goes on; then the laptop with 60 comes."""
    went_on = taken(record(name="x", phone="1"), put(10, name="new"), "b", GAP + 1).held
    merged = taken(went_on, heal(60, name="lost", phone="lost too"), "c", GAP + 2)
    assert merged.held.values == {"name": "new", "phone": "lost too"}
    assert merged.clashes == (Clash("name", "new", "lost"),)
    assert taken(merged.held, heal(60, name="lost", phone="lost too"), "d", GAP + 3) == Merged(merged.held, False)


def test_a_change_after_the_office_was_set_back_is_no_conflict_with_what_it_had_kept() -> None:
    """The backup was recent: it held 60 already, and who went on had seen it."""
    went_on = taken(record(name="x", number=60), put(60, name="new"), "b", GAP + 60).held
    assert taken(went_on, heal(60, name="x"), "c", GAP + 61) == Merged(went_on, False)
    assert taken(went_on, heal(40, name="w"), "c", GAP + 61) == Merged(went_on, False)


def test_a_deletion_that_the_office_lost_does_not_hide_what_somebody_added_since() -> None:
    went_on = taken(record(name="x"), put(10, phone="new"), "b", GAP + 1).held
    merged = taken(went_on, heal(60, deleted=True, name="x"), "c", GAP + 2)
    assert not merged.held.deleted
    assert Clash(EXISTENCE, False, True) in merged.clashes
    assert taken(record(name="x"), heal(60, deleted=True, name="x"), "c", GAP + 2).held.deleted


def test_a_deletion_that_the_office_lost_does_not_hide_what_somebody_hung_on_the_record_since() -> None:
    merged = taken(record(name="x"), heal(60, deleted=True, name="x"), "c", GAP + 2, added_to=True)
    assert not merged.held.deleted
    assert merged.clashes == (Clash(EXISTENCE, False, True),)


def test_a_deletion_since_then_does_not_hide_what_the_office_had_lost() -> None:
    gone = taken(record(name="x"), op(Action.DELETE, 10), "b", GAP + 1).held
    merged = taken(gone, heal(60, name="lost"), "c", GAP + 2)
    assert (merged.held.deleted, merged.held.values) == (False, {"name": "lost"})
    assert merged.clashes == (Clash(EXISTENCE, False, True),)
    assert taken(gone, heal(60, name="x"), "c", GAP + 2) == Merged(gone, False)


def test_who_wrote_while_it_was_restored_hears_of_the_later_deletion_of_a_life_that_was_lost() -> None:
    """Deleted at 10, restored at 20, deleted again at 40; the office is set back to 10 and healed by 40; then comes
    who had written at 20."""
    gone = taken(record(number=5, name="x"), op(Action.DELETE, 5), "a", 10).held
    again = taken(gone, heal(40, deleted=True, name="x"), "a", GAP + 1).held
    merged = taken(again, put(20, name="y"), "b", GAP + 2)
    assert (merged.held.deleted, merged.held.values) == (False, {"name": "y"})
    assert merged.clashes == (Clash(EXISTENCE, False, True),)


def test_a_field_that_the_lost_version_had_emptied_is_emptied_again() -> None:
    assert taken(record(name="x", phone="1"), heal(60, name="x"), "c", GAP + 1).held.values == {"name": "x"}


def test_what_was_healed_is_nobodys_own_and_conflicts_as_seen_by_all() -> None:
    held = taken(record(name="x"), heal(60, name="y"), "b", GAP + 1).held
    assert not taken(held, put(60, name="z"), "c", GAP + 2).clashes
    assert taken(held, put(10, name="z"), "b", GAP + 2).clashes


@pytest.mark.parametrize(
    ("number", "than", "later"), [(GAP + 5, 60, True), (60, 5, False), (5, GAP, False), (0, 0, False)]
)
def test_two_lives_of_an_office_are_told_apart_by_the_gap_between_their_numbers(
    number: int, than: int, later: bool
) -> None:
    assert later_life(number, than) == later


def test_a_merge_never_touches_what_it_was_given() -> None:
    held = record(name="x", signs=["A"])
    before = replace(held, values=dict(held.values), clocks=dict(held.clocks))
    for operation in (put(10, name="y", signs=plus("B")), op(Action.DELETE, 10), heal(60, name="q")):
        taken(held, operation, "b", 11)
    assert held == before


def test_a_deletion_does_not_take_away_ticks_that_its_writer_merged_with_unseen() -> None:
    held = record("a", 10, signs=["A01"])
    held = taken(held, put(10, signs=minus("A01")), "b", 11).held
    held = taken(held, put(10, signs=plus("C01")), "a", 12).held
    assert taken(held, op(Action.DELETE, 10), "a", 13).clashes == (Clash(EXISTENCE, False, True),)
    assert taken(held, op(Action.DELETE, 12), "a", 13).held.deleted


def test_of_two_lives_that_began_from_one_backup_neither_overwrites_the_other() -> None:
    """Set back to 10 twice: 20 and a number of the second life both stem from 10, and neither knew the other."""
    second_life = GAP + 60
    lost = [(10, 2 * GAP)]
    for one, other in ((20, second_life), (second_life, 20)):
        held = merge(record(name="10", number=10), heal(one, name=f"{one}"), "a", 2 * GAP, Env(), lost=lost).held
        merged = merge(held, heal(other, name=f"{other}", phone="1"), "b", 2 * GAP + 1, Env(), lost=lost)
        assert merged.held.values == {"name": f"{one}", "phone": "1"}
        assert merged.clashes == (Clash("name", f"{one}", f"{other}"),)
