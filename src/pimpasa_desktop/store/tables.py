"""Rows of an entity's own table: values in, cells out, and back. Says nothing of who may."""

import json
from collections.abc import Sequence
from functools import cache
from typing import Any

from pimpasa_desktop.domain.entity import Entity, Values, is_empty


class EntityTable:
    """The named statements of one entity, made once from its declaration."""

    def __init__(self, declared: Entity) -> None:
        self.entity = declared
        self._kinds = {name: f.kind.column for name, f in declared.fields.items()}
        names = [*self._kinds, "extra"]
        quoted = ", ".join(f'"{name}"' for name in names)
        self.columns = ", ".join(f'e."{name}"' for name in names)
        self.insert = f'INSERT INTO "{declared.name}" ({quoted}, key) VALUES ({", ".join("?" * (len(names) + 1))})'
        self.update = f'UPDATE "{declared.name}" SET ' + ", ".join(f'"{n}" = ?' for n in names) + " WHERE key = ?"
        self.text_fields = [name for name, f in declared.fields.items() if f.kind.searchable]

    def cells(self, values: Values) -> list[Any]:
        """One cell a column, in the order of the statements; unknown fields together as JSON."""
        cells = [_cell(values.get(name)) for name in self._kinds]
        extra = {name: value for name, value in values.items() if name not in self._kinds}
        return [*cells, json.dumps(extra, ensure_ascii=False) if extra else None]

    def values(self, cells: Sequence[Any]) -> Values:
        """The sparse values of a row read with `columns`."""
        found = {
            name: _value(kind, cell)
            for (name, kind), cell in zip(self._kinds.items(), cells, strict=False)
            if cell is not None
        }
        extra = cells[len(self._kinds)]
        return found | json.loads(extra) if extra else found

    def text(self, values: Values) -> str:
        """What the search looks through."""
        return "\n".join(str(values[name]) for name in self.text_fields if values.get(name))


def _cell(value: Any) -> Any:
    if isinstance(value, list):
        return json.dumps(value, ensure_ascii=False)
    return None if is_empty(value) else value


def _value(kind: type, cell: Any) -> Any:
    if kind is list:
        return json.loads(cell)
    return bool(cell) if kind is bool else cell


@cache
def table_of(declared: Entity) -> EntityTable:
    return EntityTable(declared)
