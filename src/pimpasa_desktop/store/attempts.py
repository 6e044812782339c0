"""Questions that were not answered: how the office knows this laptop again, and how little the next one may bring.

The office takes a laptop that shows its last turn but one for the same laptop only if that knows what the lost question
brought: by bringing it again, or, where a bad line wants a smaller one, by its mark. All inside a transaction of the
caller's; all of it is forgotten with the next answer.
"""

from collections.abc import Iterable

from pimpasa_desktop.domain.ids import raw
from pimpasa_desktop.domain.operation import Operation
from pimpasa_desktop.store.meta import Meta
from pimpasa_desktop.sync.protocol.attempts import ATTEMPTS_MAX, MARK_BYTES, mark, named

QUESTION_BYTES = 36_000  # packed, whatever the patches are: what a cut costs at most
QUESTION_BYTES_MIN = 4_000
_MARKS, _ROOM = "attempts", "question_bytes"


class Attempts:
    def __init__(self, meta: Meta) -> None:
        self._meta = meta

    @property
    def marks(self) -> bytes:
        return bytes(self._meta.get(_MARKS, b""))

    @property
    def room(self) -> int:
        """How large the next question may be, packed."""
        return int(self._meta.get(_ROOM, QUESTION_BYTES))

    def made(self, operations: Iterable[Operation]) -> None:
        """A question is about to bring these."""
        brought = [raw(operation.id) for operation in operations]
        if not brought:
            return
        known, new = self.marks, mark(brought)
        if not named(new, known):
            self._meta.set(_MARKS, (known + new)[-ATTEMPTS_MAX * MARK_BYTES :])

    def broke(self, size: int) -> None:
        """The line broke under a question of that size: the next one is half as large."""
        self._meta.set(_ROOM, max(min(self.room, size) // 2, QUESTION_BYTES_MIN))

    def answered(self) -> None:
        if self.marks:
            self._meta.set(_MARKS, b"")
        if self.room < QUESTION_BYTES:
            self._meta.set(_ROOM, min(2 * self.room, QUESTION_BYTES))
