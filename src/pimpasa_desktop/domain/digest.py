"""Whether laptop and office hold the same: sums of hashes per bucket. It finds divergence; it is no proof."""

from collections.abc import Iterable, Mapping

import msgspec

from pimpasa_desktop.domain import hashing
from pimpasa_desktop.domain.entity import Values
from pimpasa_desktop.domain.ids import raw
from pimpasa_desktop.domain.places import Bucket

MODULUS = 1 << 128
_encoder = msgspec.json.Encoder(order="sorted")


def canonical(entity: str, author: str, deleted: bool, values: Values) -> bytes:
    """The one spelling of a received row; `values` are sparse, unknown fields included."""
    return _encoder.encode([entity, author, bool(deleted), values])


def term(record: str, number: int, spelled: bytes) -> int:
    """What a row adds to the sum of each bucket that holds it."""
    body = raw(record) + number.to_bytes(8, "big") + spelled
    return int.from_bytes(hashing.sha256(body).digest()[:16], "big")


def as_bytes(value: int) -> bytes:
    return (value % MODULUS).to_bytes(16, "big")


def total(sums: Iterable[int]) -> int:
    return sum(sums) % MODULUS


def over(sums: Mapping[Bucket, int]) -> bytes:
    """One hash over all buckets that hold anything; short, for it travels with every answer."""
    body = b"".join(
        f"{bucket.place}\x1f{bucket.level}\x1f".encode() + as_bytes(value)
        for bucket, value in sorted(sums.items())
        if value % MODULUS
    )
    return hashing.sha256(body).digest()[:8]
