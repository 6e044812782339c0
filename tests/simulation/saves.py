"""Every acknowledged save, value by value, and whether it can still be found.

A value is safe while some place holds it: the office's record, a conflict, a refused operation, an outbox; or when
a later safe save replaced it knowingly, that is, was made on a laptop that showed it.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from pimpasa_desktop.domain.entity import Values
from pimpasa_desktop.domain.operation import Action, Operation, applied

EXISTENCE = "$deleted"


@dataclass(frozen=True)
class View:
    """A record as somebody holds it."""

    deleted: bool
    values: Values


@dataclass(eq=False)
class Save:
    """One field of one record. `parents`: the values of that field that the writer could see. `knew`: for a
    deletion, what the writer saw of the whole visit or report. `exempt`: nothing living held it when something was
    destroyed; `gone`: it may have stood in a refusal that was erased, and need not be found, but was said."""

    laptop: str
    record: str
    field: str
    value: str
    parents: frozenset[str]
    knew: Mapping[str, View] = field(default_factory=dict)
    exempt: bool = False
    gone: bool = False

    def __str__(self) -> str:
        return f"{self.laptop}: {self.record[-12:]} {self.field} = {self.value}, over {sorted(self.parents)}"


def spelled(value: Any) -> str:
    return json.dumps(value or "", ensure_ascii=False)


def pieces(patch: Values) -> dict[str, str]:
    """A patch as single facts: fields and their values, elements of sets and whether they are in."""
    facts: dict[str, str] = {}
    for name, value in patch.items():
        if isinstance(value, dict):
            facts |= {f"{name}∋{element}": "in" for element in value["+"]}
            facts |= {f"{name}∋{element}": "out" for element in value["-"]}
        elif name != "$author":
            facts[name] = spelled(value)
    return facts


def facts_of(operation: Operation) -> dict[str, str]:
    facts = pieces({name: value for name, value in operation.patch.items() if name != EXISTENCE})
    match operation.action:
        case Action.DELETE:
            facts[EXISTENCE] = "true"
        case Action.RESTORE:
            facts[EXISTENCE] = "false"
        case Action.HEAL:
            facts[EXISTENCE] = "true" if operation.patch.get(EXISTENCE) else "false"
    return facts


def fact(view: View, name: str) -> str:
    """What a view says of one piece."""
    if name == EXISTENCE:
        return "true" if view.deleted else "false"
    plain, _, element = name.partition("∋")
    if element:
        return "in" if element in (view.values.get(plain) or []) else "out"
    return spelled(view.values.get(name))


class Evidence:
    """Where values may be found: whole records (`views`) and single ones kept aside."""

    def __init__(self) -> None:
        self.views: dict[str, list[View]] = defaultdict(list)
        self.aside: set[tuple[str, str, str]] = set()
        self.given_back: dict[str, list[View]] = defaultdict(list)  # whole records: what is not in one is out, or empty
        self.root: dict[str, str] = {}
        self.everything = False

    def record(self, identifier: str, view: View, root: str = "", *, everything: bool = False) -> None:
        """`everything`: what is deleted counts too."""
        self.root[identifier] = root or identifier
        if everything:
            self.aside.add((identifier, EXISTENCE, fact(view, EXISTENCE)))
            self.everything = True
            view = View(False, view.values)
        self.views[identifier].append(view)

    def operation(self, operation: Operation) -> None:
        self.aside |= {(operation.record, name, value) for name, value in facts_of(operation).items()}
        if operation.action is Action.HEAL:
            values = {name: value for name, value in operation.patch.items() if not name.startswith("$")}
            self.given_back[operation.record].append(View(False, applied({}, values)))

    def tray(self, entity: str, values: Values) -> None:
        """What a conflict or a refused operation keeps."""
        record = values["record"]
        if entity == "rejected":
            patch = json.loads(values.get("patch", "{}"))
            self.operation(Operation("", "", record, Action(values["action"]), 0, patch, 0))
            if values["record_entity"] == "conflict" and "field_name" in patch:  # given back whole, and refused
                self.tray("conflict", patch)
            return
        name = values["field_name"]
        if name == EXISTENCE:
            self.aside |= {(record, name, "true"), (record, name, "false")}
            return
        for side in ("mine_value", "office_value"):
            value = json.loads(values.get(side) or '""')
            for element in value if isinstance(value, list) else ():
                self.aside.add((record, f"{name}∋{element}", "in"))
            self.aside.add((record, name, spelled(value)))

    def holds(self, save: Save, deletions: Iterable[Save]) -> bool:
        if (save.record, save.field, save.value) in self.aside:
            return True
        back = self.given_back[save.record] if save.field != EXISTENCE else []
        if any(fact(view, save.field) == save.value for view in back):
            return True
        if self.everything and save.field == EXISTENCE:
            return False
        return any(
            fact(view, save.field) == save.value and (save.field == EXISTENCE or self._stands(save, view, deletions))
            for view in self.views[save.record]
        )

    def _stands(self, save: Save, view: View, deletions: Iterable[Save]) -> bool:
        """A value of a deleted record counts only if the deletion knew it or is in doubt."""
        root = self.root[save.record]
        hidden = [save.record] if view.deleted else []
        hidden += [root] if any(above.deleted for above in self.views[root]) else []
        return all(
            (gone, EXISTENCE, "false") in self.aside or any(_knew(deletion, gone, save) for deletion in deletions)
            for gone in hidden
        )


def _knew(deletion: Save, gone: str, save: Save) -> bool:
    seen = deletion.knew.get(save.record)
    return deletion.record == gone and seen is not None and fact(seen, save.field) == save.value


class Saves:
    def __init__(self) -> None:
        self.all: list[Save] = []

    def lost(self, evidence: Evidence) -> list[Save]:
        deletions = [save for save in self.all if save.field == EXISTENCE and save.value == "true" and not save.exempt]
        known: dict[tuple[str, str], set[str]] = defaultdict(set)  # values that a safe save replaced knowingly
        held = {save: not save.exempt and evidence.holds(save, deletions) for save in self.all}
        size = -1
        while size != (size := sum(map(len, known.values()))):
            for save in reversed(self.all):
                if held[save] or save.value in known[save.record, save.field]:
                    known[save.record, save.field] |= save.parents
        return [
            save
            for save in self.all
            if not (save.exempt or save.gone or held[save] or save.value in known[save.record, save.field])
        ]

    def exempt(self, evidence: Evidence) -> None:
        """After something was destroyed: what nothing holds any more is nobody's fault."""
        for save in self.lost(evidence):
            save.exempt = True
