"""How the office merges one operation into one record: field by field, pure.

The office keeps for each field the number of its last change and the device that made it (its clock). A field is
in conflict only when *another* device changed it, to another value, after the version that the writer had
received. Then the office's value stands and the other is kept beside it. A record that one deleted while another
added to it stands until a person decides. Sets merge element by element and never conflict.
"""

from dataclasses import dataclass, replace
from typing import Any

from pimpasa_desktop.domain.entity import Values, same, sparse
from pimpasa_desktop.domain.operation import Action, Operation, applied, is_set_patch
from pimpasa_desktop.domain.tray import EXISTENCE
from pimpasa_desktop.env import Env

Clock = tuple[int, str]
_REST = ""  # the clock of every field that has none of its own: that of the record's creation
HEALED = "healed"  # stands for the device in clocks of healed fields: the writer is not known any more


@dataclass(frozen=True)
class Held:
    """A record as the office keeps it. `healed`: the number it bore in the office's earlier life (0: never)."""

    entity: str
    id: str
    root: str
    level: str
    number: int
    author: str
    deleted: bool
    values: Values
    clocks: dict[str, Clock]
    healed: int = 0
    written_by: str = ""
    written_at: str = ""


@dataclass(frozen=True)
class Clash:
    """Two values of one field; `field_name` is `$deleted` when existence itself is in doubt."""

    field_name: str
    office_value: Any
    mine_value: Any


@dataclass(frozen=True)
class Merged:
    """The record after the merge (its `number` is the new one if `changed`), and what a person must decide."""

    held: Held
    changed: bool
    clashes: tuple[Clash, ...] = ()


def foreign(clock: Clock, base: int, device: str, env: Env) -> bool:
    """Whether somebody else made that change, unseen by the writer."""
    if env.planted("own-edits-conflict"):
        return clock[0] > base
    if env.planted("last-writer-wins"):
        return False
    return clock[0] > base and clock[1] != device


def merge(held: Held, operation: Operation, device: str, number: int, env: Env, *, added_to: bool = False) -> Merged:
    """Merge into an existing record. `added_to`: for a root, whether another device changed what hangs on it
    after the writer's base."""
    match operation.action:
        case Action.PUT:
            return _put(held, operation, device, number, env)
        case Action.DELETE:
            return _delete(held, operation, device, number, env, added_to)
        case Action.RESTORE:
            return _existence(held, False, device, number)
        case Action.HEAL:
            return _heal(held, operation, number)


def _clock(held: Held, name: str) -> Clock:
    return held.clocks.get(name) or held.clocks[_REST]


def _put(held: Held, operation: Operation, device: str, number: int, env: Env) -> Merged:
    taken, clashes = {}, []
    for name, value in operation.patch.items():
        current = held.values.get(name)
        if is_set_patch(value):
            if env.planted("sets-overwrite"):
                taken[name] = value["+"]
            elif applied({name: current}, {name: value}) != sparse({name: current}):
                taken[name] = value
        elif same(current, value):
            continue
        elif foreign(_clock(held, name), operation.base, device, env):
            clashes.append(Clash(name, current, value))
        else:
            taken[name] = value
    after = held
    if taken:
        clocks = held.clocks | dict.fromkeys(taken, (number, device))
        after = replace(held, number=number, values=applied(held.values, taken), clocks=clocks)
    if held.deleted and foreign(_clock(held, EXISTENCE), operation.base, device, env):
        after = _existence(after, False, device, number).held
        clashes.append(Clash(EXISTENCE, False, True))
    return Merged(after, after is not held, tuple(clashes))


def _delete(held: Held, operation: Operation, device: str, number: int, env: Env, added_to: bool) -> Merged:
    if held.deleted:
        return Merged(held, False)
    unseen = any(foreign(clock, operation.base, device, env) for clock in held.clocks.values())
    if (unseen or added_to) and not env.planted("delete-wins"):
        return Merged(held, False, (Clash(EXISTENCE, False, True),))
    return _existence(held, True, device, number)


def _existence(held: Held, deleted: bool, device: str, number: int) -> Merged:
    if held.deleted == deleted:
        return Merged(held, False)
    clocks = held.clocks | {EXISTENCE: (number, device)}
    return Merged(replace(held, number=number, deleted=deleted, clocks=clocks), True)


def born(operation: Operation, root: str, level: str, author: str, device: str, number: int) -> Held:
    """A record that the office did not have."""
    clock = (operation.base, HEALED) if operation.action is Action.HEAL else (number, device)
    fields, author, deleted = _healing(operation, author)
    return Held(
        entity=operation.entity,
        id=operation.record,
        root=root,
        level=level,
        number=number,
        author=author,
        deleted=deleted,
        values=applied({}, fields),
        clocks={_REST: clock},
        healed=operation.base if operation.action is Action.HEAL else 0,
    )


def _healing(operation: Operation, author: str) -> tuple[Values, str, bool]:
    """Fields, author and deletion that an operation brings; a healing one brings the latter two as well."""
    patch = operation.patch
    fields = {name: value for name, value in patch.items() if not name.startswith("$")}
    return fields, str(patch.get("$author") or author), bool(patch.get(EXISTENCE, False))


def _heal(held: Held, operation: Operation, number: int) -> Merged:
    """Take in a later version from before the office was set back; what was changed since then stands beside it."""
    if held.healed >= operation.base:
        return Merged(held, False)
    fields, _, deleted = _healing(operation, held.author)
    wanted = dict.fromkeys(held.values) | fields
    taken, clashes = {}, []
    for name, value in wanted.items():
        current = held.values.get(name)
        plain = sorted(value["+"]) if is_set_patch(value) else value
        if same(current, plain):
            continue
        if _clock(held, name)[0] > operation.base:
            clashes.append(Clash(name, current, plain))
        else:
            taken[name] = plain
    clock = (operation.base, HEALED)
    clocks = held.clocks | dict.fromkeys(taken, clock)
    if deleted != held.deleted and _clock(held, EXISTENCE)[0] <= operation.base:
        clocks[EXISTENCE] = clock
        held = replace(held, deleted=deleted)
    healed = replace(
        held, number=number, values=applied(held.values, taken), clocks=clocks, healed=operation.base
    )
    return Merged(healed, True, tuple(clashes))
