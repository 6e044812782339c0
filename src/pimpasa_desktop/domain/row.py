"""A record as the office holds it and sends it."""

from msgspec import Struct

from pimpasa_desktop.domain.entity import Level, Values


class Whereabouts(Struct, frozen=True):
    """Where a record lies: what it hangs on, how secret it is, and the places of a root (none for others)."""

    root: str
    level: Level
    places: frozenset[str]


class Row(Struct, frozen=True):
    """`number`: the office's number of its last change; `author`: the account that made it; `values`: sparse.
    `whereabouts`: told where the reader's program is too old to work it out from the values."""

    entity: str
    id: str
    number: int
    author: str
    deleted: bool
    values: Values
    whereabouts: Whereabouts | None = None
