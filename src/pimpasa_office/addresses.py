"""Where laptops find the office: addresses given once, and those where it was last seen listening.

Given ones come first, since they outlive a restart; of the others the newest few are kept.
"""

import hashlib

from pimpasa_desktop.env import Env
from pimpasa_office.ledger import Books

HEARD_MAX = 4
EVERYWHERE = ("", "0.0.0.0")


def known(books: Books) -> list[str]:
    return list(dict.fromkeys(_lines(books, "addresses") + _lines(books, "heard_at")))


def heard_at(books: Books, address: str) -> None:
    """The office answers at `address` now."""
    before = _lines(books, "heard_at")
    after = list(dict.fromkeys([address, *before]))[:HEARD_MAX]
    if after != before:
        books.set_fact("heard_at", "\n".join(after))


def seen_from_outside(base_url: str, host: str, env: Env) -> str:
    """Where laptops find a server that this machine finds at `base_url`."""
    outward = env.outward_address() if host in EVERYWHERE else ""
    return f"https://{outward}:{base_url.rpartition(':')[2]}" if outward else base_url


def mark(addresses: list[str]) -> bytes:
    """A short word that differs when the list differs; empty for an empty list, which nobody needs to be told."""
    return hashlib.sha256("\n".join(addresses).encode()).digest()[:3] if addresses else b""


def _lines(books: Books, fact: str) -> list[str]:
    return [line for line in books.fact(fact).split("\n") if line]
