"""A change to one record, as it is queued, sent and merged; and the arithmetic of patches.

A patch names fields and their new values. Fields of several values carry what was added and removed
(`{"+": [...], "-": [...]}`), so that two people's ticks merge one by one.
"""

from enum import IntEnum, StrEnum
from typing import Any

from msgspec import Struct

from pimpasa_desktop.domain.entity import Values, same, sparse


class Action(StrEnum):
    PUT = "put"
    DELETE = "delete"
    RESTORE = "restore"
    HEAL = "heal"  # a laptop gives an office that was set back a record as it once received it


class Outcome(IntEnum):
    """What became of an operation at the office. The number travels."""

    CLEAN = 0  # accepted, and the record is now what the laptop expects
    MERGED = 1  # accepted, but the record is not: it comes along
    REFUSED = 2  # into the tray, which comes along
    LATER = 3  # not looked at: the office was set back and wants to be healed first


class Operation(Struct, frozen=True):
    """`base` is the number of the record that the writer had last received (0: none); `at` is the writer's clock
    in seconds since 1970, shown to people and never used for order."""

    id: str
    entity: str
    record: str
    action: Action
    base: int
    patch: Values
    at: int


def is_set_patch(value: Any) -> bool:
    return isinstance(value, dict)


def difference(before: Values, after: Values) -> Values:
    """The patch that leads from `before` to `after`; only the fields that `after` names are looked at."""
    patch: Values = {}
    for name, value in after.items():
        if isinstance(value, list):
            old, new = set(before.get(name) or []), set(value)
            if old != new:
                patch[name] = {"+": sorted(new - old), "-": sorted(old - new)}
        elif not same(before.get(name), value):
            patch[name] = value
    return patch


def applied(values: Values, patch: Values) -> Values:
    """`values` after `patch`, sparse."""
    after = dict(values)
    for name, value in patch.items():
        if isinstance(value, dict):
            after[name] = sorted((set(after.get(name) or []) | set(value["+"])) - set(value["-"]))
        else:
            after[name] = value
    return sparse(after)


def folded(first: Operation, second: Operation) -> Operation | None:
    """One operation that does what both do, or None where they must stay apart.

    Only puts with the same base fold: the base says what the writer had seen. The later id stays, so that a
    restored laptop that folds differently never sends other bytes under an id that was used.
    """
    if first.action is not Action.PUT or second.action is not Action.PUT or first.base != second.base:
        return None
    patch = dict(first.patch)
    for name, value in second.patch.items():
        earlier = patch.get(name)
        patch[name] = _both(earlier, value) if isinstance(earlier, dict) and is_set_patch(value) else value
    return Operation(second.id, second.entity, second.record, Action.PUT, second.base, patch, second.at)


def _both(first: dict[str, list[str]], second: dict[str, list[str]]) -> dict[str, list[str]]:
    plus = (set(first["+"]) - set(second["-"])) | set(second["+"])
    minus = (set(first["-"]) - set(second["+"])) | set(second["-"])
    return {"+": sorted(plus), "-": sorted(minus)}
