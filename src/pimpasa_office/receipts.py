"""What the office signs of visits: one list an answer, of visits of which this person sees everything.

It tells nothing that was not told anyhow: of a visit that is not there, or of which something is hidden from this
person, there is no receipt.
"""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from pimpasa_desktop.domain.entity import Level
from pimpasa_desktop.domain.places import Bucket
from pimpasa_desktop.domain.policy import sees
from pimpasa_desktop.sync.protocol import receipts as protocol
from pimpasa_desktop.sync.protocol.merge import Held
from pimpasa_office.ledger import Books
from pimpasa_office.records import row_of
from pimpasa_office.tables import blobs


class Given(NamedTuple):
    """Places in the question, the office's time, its signature, and photos held of each."""

    places: list[int] = []  # noqa: RUF012
    at: int = 0
    signature: bytes = b""
    photos: list[int] = []  # noqa: RUF012


def give(
    books: Books, key: Ed25519PrivateKey, epoch: bytes, buckets: frozenset[Bucket], roots: Mapping[str, int]
) -> Given:
    """Receipts of these visits (with their place in the question), as they stand in this transaction."""
    inside: dict[str, list[Held]] = {}
    for held in books.in_roots(roots):
        inside.setdefault(held.root, []).append(held)
    places, photos, statements = [], [], []
    for root, place in roots.items():
        here = inside.get(root, [])
        if _whole(books, root, here, buckets):
            places.append(place)
            photos.append(_pictures(books, here))
            statements.append(protocol.statement(root, map(row_of, here), photos[-1]))
    if not places:
        return Given()
    at = int(books.env.now().timestamp())
    signature = protocol.sign(protocol.listed(epoch, at, statements), key)
    return Given(places, at, signature, photos if any(photos) else [])


def _whole(books: Books, root: str, inside: Sequence[Held], buckets: frozenset[Bucket]) -> bool:
    """Whether it lives and this person sees everything of it."""
    living = any(held.id == root and not held.deleted for held in inside)
    where = books.places(root)
    return living and all(sees(buckets, where, Level(level)) for level in {held.level for held in inside})


def _pictures(books: Books, inside: Sequence[Held]) -> int:
    """Of how many living photos the office holds the whole picture."""
    named = [held.values.get("sha256") for held in inside if held.entity == "photo" and not held.deleted]
    found = [books.one(blobs, sha256=sha256) for sha256 in named]
    return sum(blob is not None and blob.held == blob.size for blob in found)
