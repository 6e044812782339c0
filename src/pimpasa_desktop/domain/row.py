"""A record as the office holds it and sends it."""

from dataclasses import dataclass

from pimpasa_desktop.domain.entity import Level, Values


@dataclass(frozen=True)
class Whereabouts:
    """Where a record lies: what it hangs on, how secret it is, and the places of a root (none for others)."""

    root: str
    level: Level
    places: frozenset[str]


@dataclass(frozen=True)
class Row:
    """`number`: the office's number of its last change; `author`: the account that made it; `values`: sparse.
    `whereabouts`: told where the reader's program is too old to work it out from the values."""

    entity: str
    id: str
    number: int
    author: str
    deleted: bool
    values: Values
    whereabouts: Whereabouts | None = None
