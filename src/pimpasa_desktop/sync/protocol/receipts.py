"""The receipt of a visit: what the office held of it at a moment, in bytes that both ends put together by themselves.

A statement tells of one visit; the office signs a list of hashes of statements with its life and its time. Only time,
signature and counts of photos travel: a laptop whose records differ puts together another list, and the signature does
not fit. Statement, list and signature are kept as they are, and prove for ever what was held. No I/O.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import TYPE_CHECKING
from uuid import UUID

import msgspec

from pimpasa_desktop.domain import digest, hashing
from pimpasa_desktop.domain.code import code
from pimpasa_desktop.domain.ids import raw
from pimpasa_desktop.domain.row import Row

if TYPE_CHECKING:  # the store knows receipts, and the first screen waits for no signatures
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

SINCE = 4  # the first schema whose programs take receipts
ASKED_MAX = 20  # a question that asks for more than what it brings; some 340 bytes
_KIND = "pimpasa receipt"


class Statement(msgspec.Struct, array_like=True, frozen=True):
    """What is held of one visit. `number`: the highest one of its records; `contents`: SHA-256 over them, deleted
    ones too; `counts`: living records by entity; `photos`: of how many the pictures are there, whole."""

    visit: bytes
    office: str
    number: int
    contents: bytes
    counts: tuple[tuple[str, int], ...]
    photos: int

    @property
    def visit_id(self) -> str:
        return str(UUID(bytes=self.visit))

    def count(self, entity: str) -> int:
        return dict(self.counts).get(entity, 0)


class _List(msgspec.Struct, array_like=True, frozen=True):
    kind: str
    epoch: bytes
    at: int
    hashes: tuple[bytes, ...]


class Receipt(msgspec.Struct, frozen=True, dict=True):
    """One statement with the list in which its hash stands, and the signature under that."""

    statement: bytes
    signed: bytes
    signature: bytes

    @cached_property
    def told(self) -> Statement:
        return read(self.statement)

    @cached_property
    def _list(self) -> _List:
        return msgspec.msgpack.decode(self.signed, type=_List)

    @property
    def at(self) -> int:
        """The office's time, in seconds since 1970."""
        return self._list.at

    @property
    def mark(self) -> str:
        """A short word for this receipt: XXXX-XXXX-XXXX."""
        return code(hashing.sha256(self.statement + self.signed).digest(), 3)

    def proves(self, key: "Ed25519PublicKey") -> bool:
        """Whether the holder of this key signed that statement."""
        here = _hash(self.statement) in self._list.hashes and self._list.kind == _KIND
        return here and fits(self.signature, self.signed, key)


def read(statement: bytes) -> Statement:
    return msgspec.msgpack.decode(statement, type=Statement)


def statement(visit: str, rows: Iterable[Row], photos: int) -> bytes:
    """`rows`: the visit and all that hangs on it, as the office holds them."""
    office, number, hashes = "", 0, []
    living: Counter[str] = Counter()
    for row in rows:
        number = max(number, row.number)
        spelled = digest.canonical(row.entity, row.author, row.deleted, row.values)
        hashes.append(hashing.sha256(raw(row.id) + spelled).digest())
        living[row.entity] += not row.deleted
        if row.id == visit:
            office = str(row.values.get("office", ""))
    counts = tuple(sorted((+living).items()))
    contents = _hash(b"".join(sorted(hashes)))
    return msgspec.msgpack.encode(Statement(raw(visit), office, number, contents, counts, photos))


def listed(epoch: bytes, at: int, statements: Sequence[bytes]) -> bytes:
    """The bytes that the office signs."""
    return msgspec.msgpack.encode(_List(_KIND, epoch, at, tuple(map(_hash, statements))))


def sign(signed: bytes, key: "Ed25519PrivateKey") -> bytes:
    return key.sign(signed)


def fits(signature: bytes, signed: bytes, key: "Ed25519PublicKey") -> bool:
    from cryptography.exceptions import InvalidSignature

    try:
        key.verify(signature, signed)
    except InvalidSignature:
        return False
    return True


def _hash(body: bytes) -> bytes:
    return hashing.sha256(body).digest()
