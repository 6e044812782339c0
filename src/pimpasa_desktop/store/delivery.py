"""What an exchange brings to the store, and what the store made of it."""

from dataclasses import dataclass, field

from pimpasa_desktop.domain.operation import Outcome
from pimpasa_desktop.domain.places import Bucket
from pimpasa_desktop.domain.row import Row


@dataclass(frozen=True)
class Answered:
    """The office's word on one operation; `number` is the record's new number where it was accepted."""

    operation: str
    outcome: Outcome
    number: int


@dataclass(frozen=True)
class Standing:
    """How far the exchange has come; kept as it is and sent back next time. `device`: this laptop's name there."""

    device: str
    epoch: bytes
    turn: bytes
    cursor: bytes


@dataclass(frozen=True)
class Delivery:
    """One answer of the office. `inline` rows belong to the outcomes; `rows` follow the cursor; `forget` names
    roots that left this laptop's reach; `buckets` is None while they are as before. `complete`: nothing more is
    to come at this cursor. `compare`: go through everything once and offer what the office lacks; `lost`: spans of
    numbers (after, before) that the office gave before it was set back and knows no more."""

    standing: Standing
    answered: tuple[Answered, ...] = ()
    inline: tuple[Row, ...] = ()
    rows: tuple[Row, ...] = ()
    forget: tuple[str, ...] = ()
    buckets: frozenset[Bucket] | None = None
    complete: bool = True
    compare: bool = False
    lost: tuple[tuple[int, int], ...] = ()
    addresses: tuple[str, ...] | None = None


@dataclass
class Taken:
    """What changed here: ids of records, and counts by kind of outcome."""

    changed: set[str] = field(default_factory=set)
    accepted: int = 0
    merged: int = 0
    refused: int = 0
    received: int = 0
    removed: int = 0
    healed: int = 0
