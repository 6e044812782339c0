"""Ids of records and operations: (origin, counter) inside a UUID.

An origin is 80 random bits, drawn when the program starts, after each exchange, after a pause and after the clock
went back; so neither a copied laptop repeats one for long, nor an image of the running program that comes back. On the
wire an exchange names its origins once, and an id costs a byte or two. Ids of secret records are fully random: no gap
in a counter may tell of them.
"""

import re
from datetime import timedelta
from functools import lru_cache
from typing import NamedTuple
from uuid import UUID

from pimpasa_desktop.domain import hashing
from pimpasa_desktop.env import Env

ID_PATTERN = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
COUNTER_BITS = 42
PAUSE = timedelta(minutes=5)
_VERSION_8 = 8 << 12
_VARIANT = 2 << 62


@lru_cache(4096)  # forty attendees name one visit
def is_id(text: str) -> bool:
    """Whether a text is spelled as ids are."""
    return ID_PATTERN.fullmatch(text) is not None


class Parts(NamedTuple):
    """An id taken apart: 80 bits of origin, 42 bits of counter."""

    origin: int
    counter: int


def compose(origin: int, counter: int) -> str:
    """122 bits of payload in a UUID of version 8 (RFC 9562)."""
    head, low = _of_origin(origin)
    return f"{head}{low | counter:012x}"


@lru_cache(maxsize=64)
def _of_origin(origin: int) -> tuple[str, int]:
    """What all ids of an origin share: the first four groups as text, and the upper bits of the last one."""
    payload = origin << COUNTER_BITS
    high, middle, low = payload >> 74, (payload >> 62) & 0xFFF, payload & ((1 << 62) - 1)
    text = str(UUID(int=(high << 80) | (_VERSION_8 | middle) << 64 | _VARIANT | low))
    return text[:24], int(text[24:], 16)


def parts(identifier: str) -> Parts | None:
    """Origin and counter, or None for an id that `compose` did not make."""
    number = UUID(identifier).int
    if (number >> 76) & 0xF != 8 or (number >> 62) & 3 != 2:
        return None
    payload = ((number >> 80) << 74) | (((number >> 64) & 0xFFF) << 62) | (number & ((1 << 62) - 1))
    return Parts(payload >> COUNTER_BITS, payload & ((1 << COUNTER_BITS) - 1))


def raw(identifier: str) -> bytes:
    """The 16 bytes of an id."""
    return bytes.fromhex(identifier.replace("-", ""))


def derived(*words: str) -> str:
    """The one id that belongs to these words, the same on every machine (version 4 in shape, so it never
    looks like a counter)."""
    digest = hashing.sha256("\x1f".join(words).encode()).digest()
    return str(UUID(bytes=digest[:16], version=4))


class Ids:
    """Draws ids for one running program."""

    def __init__(self, env: Env) -> None:
        self._env = env
        self.renew()

    def renew(self) -> None:
        """Leave the origin behind, as after an exchange or a jump of the clock."""
        self._origin = int.from_bytes(self._env.random(10), "big")
        self._counter = 0
        self._drawn_at = self._env.now()

    def draw(self, *, secret: bool = False) -> str:
        if secret and not self._env.planted("secrets-counted"):
            return str(UUID(bytes=self._env.random(16), version=4))
        now = self._env.now()
        if not timedelta() <= now - self._drawn_at <= PAUSE and not self._env.planted("origin-kept"):
            self.renew()
        self._drawn_at = now
        self._counter += 1
        return compose(self._origin, self._counter)
