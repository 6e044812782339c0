"""How an entity is declared, once: a frozen dataclass whose fields carry a kind and a label.

Storage, wire, validation and commands interpret the declaration; nothing is spelled a second time. The
declaration also says how secret its records are, which field leads to the record they hang on, and which
fields say where a root lies (office, villages, people).
"""

import dataclasses
from collections.abc import Callable, Mapping
from enum import StrEnum
from functools import cache, cached_property
from typing import Any, ClassVar, NamedTuple, Self, dataclass_transform

from msgspec import Struct

from pimpasa_desktop.domain.kinds import Kind, Value
from pimpasa_desktop.i18n import _
from pimpasa_desktop.problem import Problem

Values = dict[str, Any]


class Level(StrEnum):
    """How secret a record is (highest first)."""

    A = "A"  # secret: risk reports and what hangs on them
    B = "B"  # restricted: attendees, phones
    C = "C"  # internal: visits, villages


def secret_with(parent: str, otherwise: Level) -> Callable[[Values], Level]:
    """The level of what is secret where it hangs on such a record (a risk report), and lower elsewhere."""
    return lambda values: Level.A if values.get(parent) else otherwise


class Field(Struct, frozen=True):
    name: str
    kind: Kind
    label: str
    required: bool
    in_table: bool


class _Spec(NamedTuple):
    """A field as its declaration says it, before its class gives it a name."""

    kind: Kind
    label: str
    required: bool
    in_table: bool


def field(kind: Kind, label: str, *, required: bool = False, in_table: bool = False) -> Any:
    """One field of a declaration."""
    return _Spec(kind, label, required, in_table)


class Entity(Struct, frozen=True, eq=False, dict=True):
    """A declaration, read. `parents`: the fields of which the first that is filled names the record that this
    one hangs on (none: it is a root). `office`, `villages`, `people`: fields that say where a root lies.
    `identity`: fields from which the id is derived, so that two people who make the same thing make one.
    `shared`: a root that everybody of its office sees, not only who sits in the office. `since`: the first schema
    whose programs know where such records lie (parents, level, places); older ones are told it with each record."""

    name: str
    label: str
    level: Level | Callable[[Values], Level]
    parents: tuple[str, ...]
    office: str
    villages: str
    people: tuple[str, ...]
    identity: tuple[str, ...]
    kept_by_office: bool
    shared: bool
    since: int
    type: type["Record"]

    @cached_property
    def fields(self) -> dict[str, Field]:
        return {name: Field(name, *spec) for name, spec in vars(self.type).items() if isinstance(spec, _Spec)}

    @cached_property
    def columns(self) -> dict[str, Any]:
        """The type in which each field is stored."""
        return {name: f.kind.column for name, f in self.fields.items()}

    @cached_property
    def intolerant(self) -> "dict[str, Callable[[Any], bool]]":
        """The fields that do not take every value of their type, with what says which (see Kind.tolerates)."""
        return {
            name: f.kind.tolerates for name, f in self.fields.items() if type(f.kind).tolerates is not Kind.tolerates
        }

    @cached_property
    def computed(self) -> frozenset[str]:
        """Names of derived values: shown beside the fields, never written."""
        return frozenset(self.type.derived({}))

    def level_of(self, values: Values) -> Level:
        return self.level(values) if callable(self.level) else self.level

    def parent_of(self, values: Values) -> str:
        """The id of the record that one with these values hangs on, or ""."""
        for name in self.parents:
            found: str = values.get(name) or ""
            if found:
                return found
        return ""

    def read(self, raw: Mapping[str, object]) -> Values:
        """The stored forms of the given fields, in declared order. Problem: an unknown field or a bad value."""
        raw = {name: value for name, value in raw.items() if name not in self.computed}
        if unknown := sorted(set(raw) - set(self.fields)):
            raise Problem(
                _("{entity} tidak mempunyai isian {field}. Yang ada: {fields}.").format(
                    entity=self.label, field=repr(unknown[0]), fields=", ".join(self.fields)
                )
            )
        return {name: self._read_one(f, raw[name]) for name, f in self.fields.items() if name in raw}

    def _read_one(self, f: Field, raw: object) -> Value:
        try:
            return f.kind.read(raw)
        except Problem as problem:
            raise Problem(f"{f.label} ({f.name}): {problem.sentence}") from None

    def missing(self, values: Values) -> list[str]:
        """Sentences for what the form still asks: required fields and the entity's own rules."""
        asked = [
            _("{label} ({name}) belum diisi.").format(label=_(f.label), name=f.name)
            for f in self.fields.values()
            if f.required and is_empty(values.get(f.name))
        ]
        return asked + self._missing_parent(values) + self.type.rules(values)

    def _missing_parent(self, values: Values) -> list[str]:
        """Of several things a record hangs on exactly one; where there is one only, it is simply a required field."""
        if len(self.parents) < 2 or sum(bool(values.get(name)) for name in self.parents) == 1:
            return []
        fields = ", ".join(f"{self.fields[name].label} ({name})" for name in self.parents)
        return [_("Isi salah satu saja: {fields}.").format(fields=fields)]

    def complete(self, values: Values) -> Values:
        """All declared fields with their empty values where nothing was written; unknown fields kept."""
        full = {name: values.get(name, _fresh(f.kind.empty)) for name, f in self.fields.items()}
        return full | {name: value for name, value in values.items() if name not in full}


def _fresh(empty: Any) -> Any:
    return list(empty) if isinstance(empty, tuple) else empty


def is_empty(value: Any) -> bool:
    """Whether nobody wrote anything. A counted 0 is something; `in` would take it for False."""
    return not value and (value is False or not isinstance(value, int | float))


def sparse(values: Values) -> Values:
    """Only what somebody wrote: the form that is stored, sent and hashed; so a new field changes no old record."""
    return {name: value for name, value in values.items() if value or not is_empty(value)}


def same(one: Any, other: Any) -> bool:
    """Whether two values of a field say the same, however emptiness is spelled."""
    return (is_empty(one) and is_empty(other)) or (type(one) is type(other) and bool(one == other))


REGISTRY: dict[str, Entity] = {}


@dataclass_transform(kw_only_default=True, frozen_default=True, field_specifiers=(field,))
class Record:
    """Base of every declaration. To a type checker each is a frozen dataclass; here one constructor serves them all,
    because generating the methods of two dozen dataclasses took half of the time in which the register is read."""

    id: str = ""
    entity: ClassVar[Entity]

    def __init__(self, *, id: str = "", **values: Any) -> None:
        if unknown := values.keys() - self.entity.fields:
            raise TypeError(f"{type(self).__name__} has no {sorted(unknown)}")
        vars(self).update(self.entity.complete(values), id=id)

    def __setattr__(self, name: str, value: object) -> None:
        raise dataclasses.FrozenInstanceError(name)

    def __eq__(self, other: object) -> bool:
        return type(self) is type(other) and vars(self) == vars(other)

    __hash__ = None  # type: ignore[assignment]  # some values are lists

    def __init_subclass__(
        cls,
        *,
        entity: str,
        label: str,
        level: Level | Callable[[Values], Level],
        root: str | tuple[str, ...] = (),
        office: str = "",
        villages: str = "",
        people: tuple[str, ...] = (),
        identity: tuple[str, ...] = (),
        kept_by_office: bool = False,
        shared: bool = False,
        since: int = 1,
    ) -> None:
        parents = (root,) if isinstance(root, str) else root
        cls.entity = Entity(
            entity, label, level, parents, office, villages, people, identity, kept_by_office, shared, since, cls
        )
        REGISTRY[entity] = cls.entity

    @classmethod
    def of(cls, identifier: str, values: Values) -> Self:
        """A typed view of stored values; unknown fields are left aside."""
        known = {name: values[name] for name in cls.entity.fields if name in values}
        return cls(**known, id=identifier)

    @classmethod
    def derived(cls, values: Values) -> Values:
        """What follows from the values and is therefore never stored or sent; the names are always the same."""
        return {}

    @classmethod
    def rules(cls, values: Values) -> list[str]:
        """What the form still asks beyond required fields, as sentences."""
        return []


def entity(name: str) -> Entity:
    """The declaration of that name; a Problem lists the known ones."""
    found = REGISTRY.get(name)
    if found is None:
        raise Problem(
            _("Jenis catatan {name} tidak dikenal. Yang ada: {names}.").format(
                name=repr(name), names=", ".join(sorted(REGISTRY))
            )
        )
    return found


def declaration(name: str) -> Entity:
    """The declaration of that name; for a kind of record that only newer programs know, one without any field, so
    that all its values are kept as unknown ones."""
    return REGISTRY.get(name) or _unlearned(name)


@cache
def _unlearned(name: str) -> Entity:
    return Entity(name, name, Level.A, (), "", "", (), (), False, False, 1, Record)
