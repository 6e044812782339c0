"""The mark of what a question brought: eight bytes by which a laptop shows that it knows, without bringing it again."""

from collections.abc import Iterable

from pimpasa_desktop.domain import hashing

MARK_BYTES = 8
ATTEMPTS_MAX = 32


def mark(operations: Iterable[bytes]) -> bytes:
    """`operations`: their ids, in any order."""
    return hashing.sha256(b"".join(sorted(operations))).digest()[:MARK_BYTES]


def named(mark_: bytes, attempts: bytes) -> bool:
    """Whether a mark stands among those of a laptop's unanswered questions."""
    return any(attempts[at : at + MARK_BYTES] == mark_ for at in range(0, len(attempts), MARK_BYTES))
