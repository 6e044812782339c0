"""Operations that the office has not answered, in one table, in the order in which they were made.

What was never offered is folded per record while it waits; what was offered is not touched until it is answered.
"""

from collections.abc import Callable
from itertools import chain

import msgspec

from pimpasa_desktop.domain.entity import Values
from pimpasa_desktop.domain.operation import Action, Operation, folded
from pimpasa_desktop.domain.visit import seals
from pimpasa_desktop.sqlcipher import Connection
from pimpasa_desktop.store.shelf import operation_of

_LAST = (
    "SELECT seq, offered, id, entity, record, action, base, patch, at FROM outbox"
    " WHERE record = ? ORDER BY seq DESC LIMIT 1"
)


class Outbox:
    def __init__(self, connection: Connection) -> None:
        self._sql = connection

    def add(self, operation: Operation, *, first: bool = False) -> None:
        """Queue an operation, folded into the record's last one where that was never offered. `first`: the record
        is new, so there is none."""
        last = None if first else self._sql.execute(_LAST, (operation.record,)).fetchone()
        if last is not None and not last[1] and not seals(operation.entity, operation.patch):
            both = folded(operation_of(last[2:]), operation)
            if both is not None:
                self._sql.execute(
                    "UPDATE outbox SET id = ?, patch = ?, at = ? WHERE seq = ?",
                    (both.id, _json(both.patch), both.at, last[0]),
                )
                return
        self._sql.execute(
            "INSERT INTO outbox (id, entity, record, action, base, patch, at, offered) VALUES (?,?,?,?,?,?,?,0)",
            (
                operation.id,
                operation.entity,
                operation.record,
                operation.action,
                operation.base,
                _json(operation.patch),
                operation.at,
            ),
        )

    def offer(self, limit: int, size_max: int, fits: Callable[[list[Operation]], bool]) -> list[Operation]:
        """The next operations to send, healing ones first; from now on they stay as they are. At least one is given
        however large it is."""
        columns = "SELECT seq, id, entity, record, action, base, patch, at FROM outbox"
        healing, others = (
            self._sql.execute(f"{columns} WHERE action {which} ? ORDER BY seq", (Action.HEAL,)) for which in ("=", "<>")
        )
        chosen: list[tuple[int, Operation]] = []
        size = 0
        for seq, *cells in chain(healing, others):
            size += len(cells[5])
            if chosen and (len(chosen) >= limit or size > size_max):
                break
            chosen.append((seq, operation_of(tuple(cells))))
        while len(chosen) > 1 and not fits([operation for _, operation in chosen]):
            del chosen[len(chosen) // 2 :]
        self._sql.executemany(
            "UPDATE outbox SET offered = 1 WHERE seq = ? AND offered = 0", [(seq,) for seq, _ in chosen]
        )
        return [operation for _, operation in chosen]

    def answered(self, identifier: str) -> Operation | None:
        """Take an answered operation out; None for one that is not waiting (an answer that came twice).

        What is answered was offered, and lies among the first: looked for from there it is found without an index,
        which every save would have to keep up, and without reading all that waits behind it.
        """
        found = self._sql.execute(
            "DELETE FROM outbox WHERE seq = (SELECT seq FROM outbox WHERE id = ? ORDER BY seq LIMIT 1)"
            " RETURNING id, entity, record, action, base, patch, at",
            (identifier,),
        ).fetchone()
        return operation_of(found) if found else None

    def count(self) -> int:
        return int(self._sql.execute("SELECT count(*) FROM outbox").fetchone()[0])


def _json(patch: Values) -> str:
    return msgspec.json.encode(patch).decode()
