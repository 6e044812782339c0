"""Whether one operation may be: its form, what it knows, and permission, asked again of the ledger as it is now.

It writes nothing. A laptop is believed nothing that the office can know better.
"""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

import msgspec

from pimpasa_desktop.domain import places, policy
from pimpasa_desktop.domain.entity import REGISTRY, Entity, Level, Values
from pimpasa_desktop.domain.ids import ID_PATTERN, is_id
from pimpasa_desktop.domain.kinds import Refs
from pimpasa_desktop.domain.operation import Action, Operation, applied, is_set_patch
from pimpasa_desktop.domain.places import places_of
from pimpasa_desktop.domain.policy import Attempt, Reason
from pimpasa_desktop.domain.roles import Person
from pimpasa_desktop.domain.tray import TRAY
from pimpasa_desktop.sync.protocol.merge import Held, fields_of, knew
from pimpasa_office.ledger import Books

PATCH_MAX = 256 * 1024
NOBODY = str(UUID(int=0))


@dataclass(frozen=True)
class Writer:
    """Who sent the operations of a request: the person, a name to show, the device and the villages once held."""

    person: Person
    name: str
    office: str
    device: str
    past_villages: frozenset[str]


class Judged(msgspec.Struct, frozen=True):
    """The root that an operation belongs to, whether it may be, and the values that it asks for, with their level;
    `held`: the record as it is here."""

    root: str
    reason: Reason
    after: Values = {}
    level: Level = Level.A
    held: Held | None = None


class Judge:
    """Of the operations of one writer, inside one transaction."""

    def __init__(self, books: Books, writer: Writer) -> None:
        self._books, self._writer = books, writer

    def judge(self, operation: Operation) -> Judged:
        """The root that the operation belongs to, whether it may be, and the values that it asks for."""
        planted = self._books.env.planted
        declared = REGISTRY.get(operation.entity)
        if declared is None:
            return Judged(operation.record, Reason.UNKNOWN_KIND)
        fields = fields_of(operation.patch)
        if reason := _ill_formed(declared, operation.patch, fields):
            return Judged(operation.record, reason)
        held = self._books.get(operation.record)
        if operation.action is Action.HEAL and not (self._was_lost(operation.base) or planted("heal-unasked")):
            return Judged(operation.record, Reason.NOT_YOURS)  # nothing of that number is missing here
        if held is None and operation.action not in (Action.PUT, Action.HEAL):
            return Judged(operation.record, Reason.NOT_YOURS)
        if held is not None and held.entity != operation.entity:
            return Judged(operation.record, Reason.NOT_YOURS)
        if self.is_erased(operation):
            return Judged(operation.record, Reason.NOT_YOURS)
        before = held.values if held else {}
        # What is given back is the whole record, not what to add to the one that is here.
        after = applied({} if operation.action is Action.HEAL else before, fields)
        if held and declared.parent_of(after) != declared.parent_of(before):
            return Judged(operation.record, Reason.TORN)
        if held is None and operation.action is Action.PUT and (operation.base or not _whole(declared, after)):
            return Judged(operation.record, Reason.NOT_YOURS)
        return self._permitted(declared, operation, held, after, frozenset(fields))

    def is_erased(self, operation: Operation) -> bool:
        """Whether the record, what it would hang on, or what a refusal given back speaks of, was erased."""
        named = named_by(operation)
        if operation.entity == "rejected" and operation.action is Action.HEAL:
            named += ID_PATTERN.findall(f"{operation.patch.get('record')} {operation.patch.get('patch')}")
        return any(map(self._books.is_erased, named)) and not self._books.env.planted("erased-forgotten")

    def _permitted(
        self, declared: Entity, operation: Operation, held: Held | None, after: Values, fields: frozenset[str]
    ) -> Judged:
        planted = self._books.env.planted
        parent = declared.parent_of(after)
        above = self._books.get(parent) if parent else None
        if parent and above is None:
            return Judged(operation.record, Reason.TORN)
        root_id = above.root if above else operation.record
        root = self._books.get(root_id)
        here = self._books.places(root_id) if root else None
        author = held.author if held else self._author(operation)
        there = places_of(declared, operation.record, after, author) if root_id == operation.record else here
        level = declared.level_of(after)
        if root and root.id != operation.record and level > root.level and not planted("child-less-secret"):
            return Judged(operation.record, Reason.TORN)  # it would come to whoever may not see what it hangs on
        attempt = Attempt(
            entity=declared,
            action=operation.action,
            level=level,
            exists=held is not None,
            before=here,
            after=there or frozenset(),
            root_entity=root.entity if root else declared.name,
            root=root.values if root else {},
            fields=fields,
        )
        reason = policy.judge(self._writer.person, attempt)
        if declared.name in TRAY and operation.action is Action.PUT:
            said = operation.patch.get("settled_by") or self._writer.name
            reason = reason if said == self._writer.name else reason or Reason.ROLE  # nobody settles in another's name
        if reason is Reason.NOT_YOURS and self._once_held(here or there or frozenset()):
            reason = Reason.HANDED_OVER
        if reason is not Reason.ALLOWED and self._is_overlooked(reason):
            reason = Reason.ALLOWED
        return Judged(root_id, reason, after, level, held)

    def _is_overlooked(self, reason: Reason) -> bool:
        planted = self._books.env.planted
        return planted("permissions-not-asked-again") or (reason is Reason.SIGNED_OFF and planted("signed-off-open"))

    def _author(self, operation: Operation) -> str:
        claimed = operation.patch.get("$author") if operation.action is Action.HEAL else None
        return str(claimed) if claimed else self._writer.person.account

    def _once_held(self, where: frozenset[str]) -> bool:
        return any(places.village(village) in where for village in self._writer.past_villages)

    def has(self, healing: Operation) -> bool:
        """Whether this ledger holds a version at least as new as the one that is given back. Of a number that it
        lost it does so only if that or a later one was given back already, however high its own number is now."""
        held = self._books.get(healing.record)
        if held is None:
            return False
        if self._was_lost(healing.base):
            return knew(held.healed, healing.base, self.spans())
        return True  # a number that was not lost was given here, and what bears it is here or was followed

    def _was_lost(self, number: int) -> bool:
        """Whether this office gave that number and, set back since, knows it no more."""
        return any(after < number < before for after, before in self.spans())

    def spans(self) -> list[tuple[int, int]]:
        """The numbers that this office gave and lost when it was set back, as (after, before)."""
        numbers = self._books.lost()
        return list(zip(numbers[::2], numbers[1::2], strict=True))


def mentioned(operations: list[Operation]) -> set[str]:
    """Ids of the records that deciding on these operations will ask for."""
    return {identifier for operation in operations for identifier in named_by(operation)}


def named_by(operation: Operation) -> list[str]:
    """Ids of the record and of what it hangs on."""
    named = [operation.record]
    declared = REGISTRY.get(operation.entity)
    for name in declared.parents if declared else ():
        parent = operation.patch.get(name)
        if isinstance(parent, str) and is_id(parent):
            named.append(parent)
    return named


def _whole(declared: Entity, values: Values) -> bool:
    """Whether these can be the first values of a record. An edit that follows a refused creation is not: taken for
    a record of its own it would hang on nothing, and lie at a level that is not its own."""
    if declared.parents:
        return bool(declared.parent_of(values))
    return declared.office != "office" or bool(values.get("office"))


def _ill_formed(declared: Entity, patch: Values, fields: Values) -> Reason:
    """Size, type, and what every laptop can keep: choices, required fields and rules bind the form, not the office."""
    spelled = msgspec.json.encode(patch)
    if len(spelled) > PATCH_MAX:
        return Reason.TOO_LARGE
    suspect = b"\\u0000" in spelled  # most patches are not: only this one is searched for it
    columns, intolerant = declared.columns, declared.intolerant
    if fields is not patch and not is_id(patch.get("$author") or NOBODY):
        return Reason.MALFORMED
    for name, value in fields.items():
        column, tolerates = columns.get(name), intolerant.get(name)
        if column is list:
            if not is_set_patch(value) or not _texts(value["+"] + value["-"], suspect):
                return Reason.MALFORMED
            if isinstance(declared.fields[name].kind, Refs) and len(value["+"]) > 200:
                return Reason.TOO_LARGE
            if tolerates and not all(map(tolerates, value["+"] + value["-"])):
                return Reason.MALFORMED
        elif column:
            typed = value is None or isinstance(value, column)
            if not typed or (suspect and not _texts([value], True)) or (tolerates and value and not tolerates(value)):
                return Reason.MALFORMED
    return Reason.ALLOWED


def _texts(values: list[Any], suspect: bool) -> bool:
    """No text that a database would refuse."""
    return not suspect or not any(isinstance(value, str) and "\x00" in value for value in values)
