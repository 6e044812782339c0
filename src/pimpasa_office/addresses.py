"""Where laptops find the office: addresses given once, and those where it was last seen listening.

Given ones come first, since they outlive a restart; of the others the newest few are kept.
"""

import hashlib

from pimpasa_office.ledger import Books

HEARD_MAX = 4


def known(books: Books) -> list[str]:
    return list(dict.fromkeys(_lines(books, "addresses") + _lines(books, "heard_at")))


def heard_at(books: Books, address: str) -> None:
    """The office answers at `address` now."""
    before = _lines(books, "heard_at")
    after = list(dict.fromkeys([address, *before]))[:HEARD_MAX]
    if after != before:
        books.set_fact("heard_at", "\n".join(after))


def mark(addresses: list[str]) -> bytes:
    """A short word that differs when the list differs; empty for an empty list, which nobody needs to be told."""
    return hashlib.sha256("\n".join(addresses).encode()).digest()[:3] if addresses else b""


def _lines(books: Books, fact: str) -> list[str]:
    return [line for line in books.fact(fact).split("\n") if line]
