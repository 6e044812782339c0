"""What a laptop still lacks: pages of changed records, roots to forget, and how far it has come (the cursor).

The cursor names the number up to which the laptop has everything of an *old* set of buckets, and, while pages are
under way, how far it is on the way to a *new* set with a fixed upper bound. Sets are kept under their hash, so a
cursor stays small, and an answer that was lost costs nothing: the same cursor asks the same question again.
"""

import hashlib
from collections.abc import Iterable
from typing import NamedTuple

import msgspec
import msgspec.structs

from pimpasa_desktop.domain.entity import Level
from pimpasa_desktop.domain.places import Bucket
from pimpasa_desktop.sync.protocol.merge import Held
from pimpasa_office import addresses
from pimpasa_office.ledger import Books
from pimpasa_office.tables import grant_sets
from pimpasa_office.visibility import Visibility

PAGE_ROWS = 400  # of the first page of an exchange, some 6 kB packed; each that was taken makes room for twice as much
PAGE_ROWS_MAX = 2_400
PAGE_BYTES = 256 * 1024
PAGE_BYTES_MAX = 512 * 1024


class Room(NamedTuple):
    """How much a page may hold. At least one record is in it, and whole numbers, however large they are."""

    rows: int
    weight: int

    @classmethod
    def after(cls, taken: int) -> "Room":
        """When the line has carried so many questions since it last broke."""
        times = 1 << min(max(taken, 0), 8)
        return cls(min(PAGE_ROWS * times, PAGE_ROWS_MAX), min(PAGE_BYTES * times, PAGE_BYTES_MAX))

    def half_of(self, page: "Page") -> "Room":
        return self._replace(rows=max(1, min(self.rows, len(page.records)) // 2))


class Cursor(msgspec.Struct, array_like=True):
    """`upto`: complete for the buckets `old`. On the way: `position` of `until` towards the buckets `new`.
    `told`: the mark of the list of addresses that the laptop was given last. `given`: the last number that the office
    had given by then, where the others stand before that: outcomes may bear numbers that pages have not come to."""

    upto: int = 0
    old: bytes = b""
    told: bytes = b""
    new: bytes = b""
    position: int = 0
    until: int = 0
    given: int = 0

    def packed(self) -> bytes:
        """It travels both ways each time: what is said only on the way is left out at its end."""
        fields = msgspec.structs.astuple(self)
        if self.given <= max(self.upto, self.until):
            fields = fields[:6] if self.under_way else fields[:3]
        return msgspec.msgpack.encode(fields)

    @property
    def under_way(self) -> bool:
        return self.new != b""


class Page(msgspec.Struct, frozen=True):
    records: list[Held]
    forget: list[str]
    buckets: frozenset[Bucket] | None
    addresses: list[str] | None
    cursor: bytes
    more: bool


def reached(raw: bytes) -> int:
    """The number that the office had given when it made this cursor."""
    try:
        cursor = msgspec.msgpack.decode(raw, type=Cursor)
    except msgspec.MsgspecError:
        return 0
    return max(cursor.upto, cursor.until, cursor.given)


def _read(books: Books, raw: bytes) -> Cursor:
    """The laptop's cursor; a start from nothing when it says nothing that this ledger knows."""
    try:
        cursor = msgspec.msgpack.decode(raw, type=Cursor) if raw else Cursor()
    except msgspec.MsgspecError:
        return Cursor()
    known = all(not name or books.one(grant_sets, hash=name) for name in (cursor.old, cursor.new))
    return cursor if known and cursor.until <= books.last_number() and cursor.upto <= books.last_number() else Cursor()


def _named(books: Books, open_: Iterable[Bucket]) -> bytes:
    body = "\n".join(f"{place} {level}" for place, level in sorted(open_))
    name = hashlib.sha256(body.encode()).digest()[:8]
    if not books.one(grant_sets, hash=name):
        books.set(grant_sets, {"hash": name}, body=body)
    return name


def _set(books: Books, name: bytes) -> frozenset[Bucket]:
    found = books.one(grant_sets, hash=name) if name else None
    if found is None or not found.body:
        return frozenset()
    pairs = (line.rsplit(" ", 1) for line in found.body.split("\n"))
    return frozenset(Bucket(place, Level(level)) for place, level in pairs)


def next_page(books: Books, raw: bytes, open_: frozenset[Bucket], skip: dict[str, int], room: Room) -> Page:
    """The next page for a laptop whose buckets are now `open_`. `skip`: records (id, number) that the laptop will
    have from the outcomes of this very exchange. Asked again with less room it gives less; nothing else changes."""
    cursor = _read(books, raw)
    name = _named(books, open_)
    known = addresses.known(books)
    mark = addresses.mark(known)
    old = _set(books, cursor.old)
    had = old | _set(books, cursor.new)
    given = cursor.new or cursor.old  # also when a village came and went again before its pages were through
    first = not cursor.under_way or cursor.new != name
    if first and cursor.under_way:
        # The way to `new` closed what was not in it, and the laptop dropped that, even if it opens again now.
        old &= _set(books, cursor.new)
        cursor.old = _named(books, old)
    if first:
        start = cursor.upto if open_ <= old else 0
        cursor = Cursor(cursor.upto, cursor.old, cursor.told, name, start, books.last_number())
    visible = Visibility(open_, old & open_, cursor.upto)  # what lay in a place that closes was dropped
    if books.env.planted("no-backfill"):
        visible, cursor.position = Visibility(open_), max(cursor.position, cursor.upto)
    if books.env.planted("levels-ignored"):
        visible = Visibility({Bucket(bucket.place, level) for bucket in open_ for level in Level})
    found, position = _page(books, visible, cursor, skip, room)
    if books.env.planted("tombstone-dropped"):
        found = [held for held in found if not held.deleted]
    reached = position >= cursor.until
    if reached:
        after = Cursor(cursor.until, name, mark)
    else:
        after = Cursor(cursor.upto, cursor.old, mark, name, position, cursor.until)
    after.given = books.last_number()
    return Page(
        records=_with_roots(books, found, position, open_),
        forget=_left(books, had, open_, cursor.upto) if first else [],
        buckets=open_ if name != given else None,
        addresses=known if mark != cursor.told else None,
        cursor=after.packed(),
        more=not reached or cursor.until < books.last_number(),  # the bound may be that of an exchange long ago
    )


def _page(
    books: Books, visible: Visibility, cursor: Cursor, skip: dict[str, int], room: Room
) -> tuple[list[Held], int]:
    """Records by number, whole numbers only, and the number reached."""
    found: list[Held] = []
    position = cursor.position
    until = min(cursor.until, books.newest_unlike(skip))  # what the laptop just sent is not read back
    while position < until and _fits(found, room):
        batch = books.rows(visible, position, until, room.rows + 1)
        found += [held for held in batch if skip.get(held.id) != held.number]
        if len(batch) <= room.rows:
            break
        last = batch[-1].number
        found += [held for held in books.rows_numbered(visible, last) if held not in batch and held.id not in skip]
        position = last
    if _fits(found, room):
        return found, cursor.until
    if books.env.planted("one-page"):
        return books.rows(visible, cursor.position, cursor.until, 1_000_000), cursor.until
    cut = found[: _fitting(found, room)]
    last = cut[-1].number
    if books.env.planted("number-torn"):
        return cut, last
    return [held for held in found if held.number <= last], last


def _fits(found: list[Held], room: Room) -> bool:
    return len(found) <= room.rows and sum(map(_weight, found)) <= room.weight


def _weight(held: Held) -> int:
    return 60 + sum(len(str(value)) for value in held.values.values())


def _fitting(found: list[Held], room: Room) -> int:
    """How many records fit into a page; at least one."""
    size = 0
    for index, held in enumerate(found[: room.rows]):
        size += _weight(held)
        if size > room.weight and index:
            return index
    return min(len(found), room.rows)


def _with_roots(books: Books, found: list[Held], position: int, open_: frozenset[Bucket]) -> list[Held]:
    """A record whose root was changed later would arrive before its root: send such roots along early."""
    here = {held.id for held in found}
    missing = {held.root for held in found} - here
    if not missing or books.env.planted("children-first"):
        return found
    return [root for root in books.roots(missing) if root.number > position and _shown(books, root, open_)] + found


def _shown(books: Books, held: Held, open_: frozenset[Bucket]) -> bool:
    return any(Bucket(place, Level(held.level)) in open_ for place in books.places(held.root))


def _left(books: Books, old: frozenset[Bucket], open_: frozenset[Bucket], upto: int) -> list[str]:
    """Roots that were in the laptop's reach and moved out of it."""
    moved = books.left(old, upto) if old else []
    return [root for root in moved if (held := books.get(root)) is None or not _shown(books, held, open_)]
