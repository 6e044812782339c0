"""How the office merges one operation into one record: field by field, pure.

The office keeps for each field the number of its last change and the device that made it (its clock). A field is
in conflict only when *another* device changed it, to another value, after the version that the writer had
received. Then the office's value stands and the other is kept beside it. A record that one deleted while another
added to it stands until a person decides. Sets merge element by element and never conflict.
"""

from collections.abc import Callable, Sequence
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from pimpasa_desktop.domain.entity import Values, same, sparse
from pimpasa_desktop.domain.operation import Action, Operation, applied, is_set_patch
from pimpasa_desktop.domain.tray import EXISTENCE
from pimpasa_desktop.env import Env

Clock = tuple[int, str]
Spans = Sequence[tuple[int, int]]  # of numbers: after, before
_REST = ""  # the clock of every field that has none of its own: that of the record's creation
SEVERAL = "several"  # stands for the device where ticks of two people merged: neither has seen the field as it is
_HEALED = "healed"  # stands, with a number, for the device in clocks of healed fields: their writer is not known
_LIFE = 1 << 31  # numbers further apart than this come from two lives of an office that was set back between them


class Held(Struct, frozen=True):
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


class Clash(Struct, frozen=True):
    """Two values of one field; `field_name` is `$deleted` when existence itself is in doubt."""

    field_name: str
    office_value: Any
    mine_value: Any


class Merged(Struct, frozen=True):
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
    # Who writes on a version of this life has what an earlier life gave only if it was given back before that.
    number = _given_back(clock) if later_life(base, clock[0]) else clock[0]
    return number > base and clock[1] != device


def _healed(base: int, number: int) -> Clock:
    """The clock of a field that was given back: its number in the earlier life, and when it came back."""
    return base, f"{_HEALED} {number}"


def is_healed(clock: Clock) -> bool:
    return clock[1].startswith(_HEALED)


def lifted_clock(clock: Clock, lifted: Callable[[int], int]) -> Clock:
    """The same change in a ledger whose numbers are lifted; those of an earlier life stay."""
    number, device = clock
    return _healed(number, lifted(_given_back(clock))) if is_healed(clock) else (lifted(number), device)


def _given_back(clock: Clock) -> int:
    return int(clock[1].removeprefix(_HEALED) or 0) if is_healed(clock) else clock[0]


def merge(
    held: Held, operation: Operation, device: str, number: int, env: Env, *, added_to: bool = False, lost: Spans = ()
) -> Merged:
    """Merge into an existing record. `added_to`: for a root, whether another device changed what hangs on it
    after the writer's base. `lost`: numbers that the office gave and lost when it was set back."""
    if operation.action is Action.HEAL:
        return _heal(held, operation, number, added_to, lost)
    match operation.action:
        case Action.PUT:
            merged = _put(held, operation, device, number, env)
        case Action.DELETE:
            merged = _delete(held, operation, device, number, env, added_to)
        case Action.RESTORE:
            merged = _existence(held, False, device, number)
    if merged.changed and later_life(number, held.number):
        # What laptops hold of the earlier life is compared with the number that the record bore then.
        return replace(merged, held=replace(merged.held, healed=max(held.healed, held.number)))
    return merged


def knew(version: int, number: int, lost: Spans) -> bool:
    """Whether whoever made a version surely had the change of that number before him: it is not higher, and it is
    not a lost one of an earlier life. Of two lives that an office began from one backup, neither knew the other's
    changes, and a ledger that was set back once more does not remember which began where."""
    gone = any(after < number < before for after, before in lost)
    return number <= version and not (gone and later_life(version, number))


def _strange(version: int, lost: Spans) -> bool:
    """Whether a version was given in a life that this ledger never had, because it was set back to a backup from
    before that life, or from beside it: which numbers that life began with nobody can tell."""
    return any(after < version < before and later_life(version, after) for after, before in lost)


def later_life(number: int, than: int) -> bool:
    """Whether a number was given after the office had been set back, and the other before."""
    return number - than > _LIFE


def _clock(held: Held, name: str) -> Clock:
    return held.clocks.get(name) or held.clocks[_REST]


def _put(held: Held, operation: Operation, device: str, number: int, env: Env) -> Merged:
    taken, clashes = {}, []
    for name, value in fields_of(operation.patch).items():
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
        unseen = {name for name in taken if foreign(_clock(held, name), operation.base, device, env)}
        clocks = held.clocks | {name: (number, SEVERAL if name in unseen else device) for name in taken}
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


def born(
    operation: Operation,
    values: Values,
    root: str,
    level: str,
    author: str,
    device: str,
    number: int,
    written: tuple[str, str],
) -> Held:
    """A record that the office did not have, with these values. `written`: by whom, and when."""
    healing = operation.action is Action.HEAL
    return Held(
        entity=operation.entity,
        id=operation.record,
        root=root,
        level=level,
        number=number,
        author=str(operation.patch.get("$author") or author) if healing else author,
        deleted=healing and bool(operation.patch.get(EXISTENCE)),
        values=values,
        clocks={_REST: _healed(operation.base, number) if healing else (number, device)},
        healed=operation.base if healing else 0,
        written_by=written[0],
        written_at=written[1],
    )


def fields_of(patch: Values) -> Values:
    """What a patch says of fields; of author and deletion, only a healing one is believed."""
    if "$" not in "".join(patch):  # nearly every patch
        return patch
    return {name: value for name, value in patch.items() if name[:1] != "$"}


def _heal(held: Held, operation: Operation, number: int, added_to: bool, lost: Spans) -> Merged:
    """Take in a later version from before the office was set back; what was changed since then stands beside it."""
    if held.healed and knew(held.healed, operation.base, lost):
        return Merged(held, False)
    taken, clashes = _healed_fields(held, operation, lost)
    deleted = bool(operation.patch.get(EXISTENCE))
    if held.deleted and not deleted and _clock(held, EXISTENCE)[0] > operation.base and not taken and not clashes:
        deleted = True  # whoever deleted it since then had seen all of it
    elif deleted != held.deleted and (
        added_to or any(number > operation.base for number, _device in held.clocks.values())
    ):
        clashes.append(Clash(EXISTENCE, False, True))
        deleted = False
    if held.number > operation.base and not taken and not clashes and deleted == held.deleted:
        return Merged(held, False)
    clock = _healed(operation.base, number)
    # A record that is deleted in both versions may have been restored in between, and written on.
    existence = deleted != held.deleted or (deleted and held.number < operation.base)
    clocks = held.clocks | dict.fromkeys(taken, clock) | ({EXISTENCE: clock} if existence else {})
    values = applied(held.values, taken)
    healed = replace(
        held, number=number, deleted=deleted, values=values, clocks=clocks, healed=max(held.healed, operation.base)
    )
    return Merged(healed, True, tuple(clashes))


def _healed_fields(held: Held, operation: Operation, lost: Spans) -> tuple[Values, list[Clash]]:
    """What the office had not seen, and what was since then changed to something else."""
    taken, clashes = {}, []
    for name, value in (dict.fromkeys(held.values) | fields_of(operation.patch)).items():
        current = held.values.get(name)
        plain = sorted(value["+"]) if isinstance(value, dict) else value
        if same(current, plain):
            continue
        seen = _clock(held, name)[0]
        # Every version of a record knows what it was born with; what was changed later not every life does.
        unsure = name in held.clocks and _strange(operation.base, lost) and later_life(operation.base, seen)
        if knew(operation.base, seen, lost) and not unsure:
            taken[name] = plain
        else:
            clashes.append(Clash(name, current, plain))
    return taken, clashes
