"""What an exchange brings to the store, and what the store made of it."""

from collections.abc import Iterator

from msgspec import Struct, field
from msgspec.structs import replace

from pimpasa_desktop.domain.entity import declaration
from pimpasa_desktop.domain.operation import Outcome
from pimpasa_desktop.domain.places import Bucket
from pimpasa_desktop.domain.row import Row

OUTCOMES = 600  # settled in one transaction, at most 150 ms


class Answered(Struct, frozen=True):
    """The office's word on one operation; `number` is the record's new number where it was accepted."""

    operation: str
    outcome: Outcome
    number: int


class Standing(Struct, frozen=True):
    """How far the exchange has come; kept as it is and sent back next time. `device`: this laptop's name there."""

    device: str
    epoch: bytes
    turn: bytes
    cursor: bytes


class Delivery(Struct, frozen=True):
    """One answer of the office. `inline` rows belong to the outcomes; `rows` follow the cursor; `forget` names
    roots that left this laptop's reach; `buckets` is None while they are as before. `complete`: nothing more is
    to come at this cursor. `compare`: go through everything once and offer what the office lacks; `lost`: spans of
    numbers (after, before) that the office gave before it was set back and knows no more. `proof`: of a part, the
    cursor to which the whole leads: how far the office had come when it said this."""

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
    proof: bytes = b""


class Taken(Struct):
    """What changed here: ids of records, and counts by kind of outcome."""

    changed: set[str] = field(default_factory=set)
    accepted: int = 0
    merged: int = 0
    refused: int = 0
    received: int = 0
    removed: int = 0
    healed: int = 0

    def add(self, other: "Taken") -> None:
        self.changed |= other.changed
        for name in ("accepted", "merged", "refused", "received", "removed", "healed"):
            setattr(self, name, getattr(self, name) + getattr(other, name))


def sliced(delivery: Delivery, before: Standing, size: int) -> Iterator[Delivery]:
    """The same answer in parts that are short to take, one transaction each. Outcomes and the rows that belong to
    them stay in the first, lest an operation is gone before its record is there; only the last moves the cursor, so
    an answer that was not taken to its end is asked again. Many clean outcomes alone are taken in parts, too: what is
    left over waits as before, and the office knows it when it is offered again. Buckets come first, lest what they
    open is dropped again; what is to be forgotten comes last.
    """
    rows = roots_first(delivery.rows)
    halfway, proof = replace(delivery.standing, cursor=before.cursor), delivery.standing.cursor
    alone = not delivery.inline and not delivery.compare and delivery.buckets is None
    while alone and len(delivery.answered) > OUTCOMES and _all_clean(delivery.answered):
        early, later = delivery.answered[:OUTCOMES], delivery.answered[OUTCOMES:]
        yield Delivery(halfway, answered=early, complete=False, proof=proof)
        delivery = replace(delivery, answered=later)
    part = replace(delivery, standing=halfway, forget=(), addresses=None, complete=False, proof=proof)
    last = (len(rows) - 1) // size * size if rows and not delivery.compare else 0
    for at in range(0, last, size):
        yield replace(part, rows=tuple(rows[at : at + size]))
        part = Delivery(halfway, complete=False)
    if last:
        delivery = replace(delivery, answered=(), inline=(), buckets=None)
    yield replace(delivery, rows=tuple(rows[last:]))


def _all_clean(answered: tuple[Answered, ...]) -> bool:
    return all(each.outcome is Outcome.CLEAN for each in answered)


def roots_first(rows: tuple[Row, ...]) -> list[Row]:
    """What others hang on comes before them, whatever order the office numbered them in."""
    return sorted(rows, key=_hangs)


def _hangs(row: Row) -> bool:
    return row.whereabouts.root != row.id if row.whereabouts else bool(declaration(row.entity).parents)
