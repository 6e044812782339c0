"""Values of every kind and records of every entity, made from the declarations, with text as the field types it.

A new kind without a strategy fails `test_strategies`; a new entity needs nothing.
"""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any
from uuid import UUID

from hypothesis import strategies as st

from pimpasa_desktop.domain import kinds
from pimpasa_desktop.domain.entity import Entity, Values, sparse
from pimpasa_desktop.domain.ids import COUNTER_BITS, compose
from pimpasa_desktop.domain.operation import Action, Operation, difference
from pimpasa_desktop.domain.register import entities
from pimpasa_desktop.domain.row import Row
from pimpasa_desktop.problem import Problem

NUMBER_MAX = (1 << 63) - 1

# Names and notes that broke other programs: quotes, markup, bidi, joiners, astral characters, formulas, wildcards.
HOSTILE = (
    "O'Brien; DROP TABLE visit;--", '"petik" \'satu\'', "<b>Nama</b> & Co", "=HYPERLINK(\"x\")", "%s %d {nama}", "\\n",
    "Ni Luh\u202eGNIRTS", "ع\u200fبد", "e\u0301 e\u0300", "👩‍👩‍👧‍👦", "\U0001f1ee\U0001f1e9", "Ma\u00ad\u200bya",
    "* OR NEAR(", '"', "-", "null", "None", "0", "false", "[]", "{}", "\u2028", "ﬁ ß İ ı", "a" * 150, "\ufeff",
    "$deleted",
)  # fmt: skip

ids = st.one_of(
    st.builds(
        compose,
        st.sampled_from([0, 1, (1 << 80) - 1, 0x123456789ABCDEF01234]),
        st.one_of(st.integers(0, 300), st.integers(0, (1 << COUNTER_BITS) - 1)),
    ),
    st.uuids(version=4).map(str),
    st.integers(0, (1 << 128) - 1).map(lambda number: str(UUID(int=number))),
)
raw_texts = st.one_of(
    st.sampled_from(HOSTILE),
    st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=40),
    st.text("abcdefghij klmno.", max_size=20),
)
# A PNG of one white pixel.
PICTURE = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGP4DwABAQEAG7buVgAAAABJRU5ErkJggg=="
numbers = st.one_of(st.integers(0, 50), st.integers((1 << 32) - 5, (1 << 32) + 50), st.integers(0, NUMBER_MAX))
days = st.dates(date(1900, 1, 1), date(2200, 1, 1)).map(date.isoformat)
moments = st.builds(
    lambda moment, minutes: moment.replace(microsecond=0).astimezone(timezone(timedelta(minutes=minutes))).isoformat(),
    st.datetimes(datetime(1950, 1, 1), datetime(2150, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001
    st.sampled_from([0, 420, 480, 540, -210, 345]),
)
phones = st.integers(81_100_000_000, 81_399_999_999).map(lambda number: f"+62{number}")


def _accepted(kind: kinds.Kind) -> st.SearchStrategy[Any]:
    """Stored forms that come from hostile text where the kind takes it."""

    def read(text: str) -> Any:
        try:
            return kind.read(text)
        except Problem:
            return ""

    return raw_texts.map(read)


_OF_KIND: dict[type[kinds.Kind], Callable[[Any], st.SearchStrategy[Any]]] = {
    kinds.Text: _accepted,
    kinds.Code: _accepted,
    kinds.Day: lambda kind: st.one_of(st.just(""), days),
    kinds.Moment: lambda kind: st.one_of(st.just(""), moments),
    kinds.Choice: lambda kind: st.sampled_from(["", *kind.options]),
    kinds.Many: lambda kind: st.lists(st.sampled_from(list(kind.options)), unique=True, max_size=5).map(sorted),
    kinds.Ref: lambda kind: st.one_of(st.just(""), ids),
    kinds.Refs: lambda kind: st.lists(ids, unique=True, max_size=4).map(sorted),
    kinds.Count: lambda kind: st.one_of(st.none(), st.integers(0, kind.max)),
    kinds.Flag: lambda kind: st.booleans(),
    kinds.Phone: lambda kind: st.one_of(st.just(""), phones),
    kinds.Picture: lambda kind: st.sampled_from(["", PICTURE]),
    kinds.RegionCode: lambda kind: st.sampled_from(["", "71.10.07.2004", "73.01.01.1001"]),
}


def of_kind(kind: kinds.Kind) -> st.SearchStrategy[Any]:
    """Values of a kind in their stored form, the empty one among them."""
    return _OF_KIND[type(kind)](kind)


unknown_values = st.one_of(
    raw_texts.filter(bool),
    st.integers(-(1 << 62), 1 << 62).filter(bool),
    st.just(True),
    st.lists(raw_texts, min_size=1, max_size=3, unique=True).map(sorted),
)
unknown_fields = st.dictionaries(st.sampled_from(["warna", "field_of_tomorrow", "ñ"]), unknown_values, max_size=2)
declared_entities = st.sampled_from(entities())


def values_of(declared: Entity, *, unknown: bool = False) -> st.SearchStrategy[Values]:
    """Sparse stored values of an entity, any of its fields left out; with `unknown`, fields of a newer program."""
    known = st.fixed_dictionaries({}, optional={name: of_kind(f.kind) for name, f in declared.fields.items()})
    if not unknown:
        return known.map(sparse)
    return st.tuples(known, unknown_fields).map(lambda both: sparse(both[0] | both[1]))


def patches_of(declared: Entity) -> st.SearchStrategy[Values]:
    """What leads from one record of the entity to another, emptied fields among them."""

    def patch(before: Values, after: Values) -> Values:
        return difference(before, declared.complete({}) | after)

    return st.builds(patch, values_of(declared), values_of(declared))


@st.composite
def rows(draw: st.DrawFn) -> Row:
    """A record of any entity as the office sends it, now and then of an entity that nobody knows."""
    declared = draw(declared_entities)
    entity = draw(st.sampled_from([declared.name, declared.name, declared.name, "entity_of_tomorrow"]))
    values = draw(values_of(declared, unknown=True))
    return Row(entity, draw(ids), draw(numbers), draw(ids), draw(st.booleans()), values)


@st.composite
def operations(draw: st.DrawFn) -> Operation:
    declared = draw(declared_entities)
    action = draw(st.sampled_from(list(Action)))
    patch: Values = {}
    if action is Action.PUT:
        patch = draw(patches_of(declared))
    elif action is Action.HEAL:
        healed = draw(values_of(declared, unknown=True))
        patch = {name: {"+": v, "-": []} if isinstance(v, list) else v for name, v in healed.items()}
        patch |= {"$author": draw(ids), "$deleted": draw(st.booleans())}
    at = draw(st.integers(0, 1 << 33))
    return Operation(draw(ids), declared.name, draw(ids), action, draw(numbers), patch, at)
