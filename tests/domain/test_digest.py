"""Sums that are equal when both ends hold the same, in whatever order it came."""

import hashlib

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import astuple

import strategies
from pimpasa_desktop.domain import digest
from pimpasa_desktop.domain.entity import Level
from pimpasa_desktop.domain.places import Bucket
from pimpasa_desktop.domain.row import Row

buckets = st.builds(Bucket, st.sampled_from(["o:1", "v:1", "v:1:s:2", "s:2"]), st.sampled_from(list(Level)))
sums = st.dictionaries(buckets, st.integers(1, digest.MODULUS - 1), max_size=6)


def term(row: Row) -> int:
    return digest.term(row.id, row.number, digest.canonical(row.entity, row.author, row.deleted, row.values))


@given(st.lists(strategies.rows(), max_size=6), st.randoms())
def test_a_sum_does_not_depend_on_order(rows: list[Row], chance: object) -> None:
    terms = [term(row) for row in rows]
    shuffled = list(terms)
    chance.shuffle(shuffled)
    assert digest.total(terms) == digest.total(shuffled)


@given(strategies.rows(), strategies.rows())
def test_a_change_of_any_part_changes_the_term(one: Row, other: Row) -> None:
    assert (term(one) == term(other)) == (astuple(one) == astuple(other))
    for name in ("entity", "id", "number", "author", "deleted", "values"):
        mixed = Row(**{part: getattr(other if part == name else one, part) for part in Row.__struct_fields__})
        assert (term(mixed) == term(one)) == (getattr(one, name) == getattr(other, name))


@given(st.dictionaries(st.text(max_size=3), strategies.unknown_values, max_size=4))
def test_the_order_of_fields_does_not_matter(values: dict[str, object]) -> None:
    backwards = dict(reversed(values.items()))
    assert digest.canonical("visit", "a", False, values) == digest.canonical("visit", "a", False, backwards)


def test_the_spelling_is_fixed_for_ever() -> None:
    spelled = digest.canonical("visit", "a", True, {"nil": True, "b": ["x"], "a": "é", "n": 0})
    assert spelled == '["visit","a",true,{"a":"é","b":["x"],"n":0,"nil":true}]'.encode()
    expected = hashlib.sha256(bytes(15) + b"\x01" + bytes(7) + b"\x05" + spelled).digest()[:16]
    assert digest.term("00000000-0000-0000-0000-000000000001", 5, spelled) == int.from_bytes(expected, "big")


@given(sums)
def test_buckets_that_hold_nothing_do_not_count(found: dict[Bucket, int]) -> None:
    with_empty = found | {Bucket("v:empty", Level.A): 0, Bucket("v:full_circle", Level.B): digest.MODULUS}
    assert digest.over(with_empty) == digest.over(found) == digest.over(dict(reversed(found.items())))


@given(sums, sums)
def test_other_sums_have_another_hash(one: dict[Bucket, int], other: dict[Bucket, int]) -> None:
    assert (digest.over(one) == digest.over(other)) == (one == other)


def test_a_negative_sum_is_the_same_as_its_complement() -> None:
    assert digest.as_bytes(-1) == b"\xff" * 16
