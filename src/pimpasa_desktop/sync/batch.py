"""How much of what waits one question brings: little at first, more while the line carries it.

A question that is cut has to go again, so on a bad line small ones come through sooner; on a good line each one costs a
round trip, so large ones do. It is forgotten with the exchange: after a break the next one begins with little again,
and it may use another line (how large a question may be at most is remembered: see store.attempts). It refuses to know
what the operations are.
"""

from dataclasses import dataclass

OFFER_FIRST = 600  # operations; a week of one officer is some 550
OFFER_MAX = 2_400
OFFER_FIRST_BYTES = 128 * 1024  # of patches, some 10 kB packed: two seconds over EDGE
OFFER_BYTES = 512 * 1024


@dataclass
class Batch:
    operations: int
    patch_bytes: int
    answered: int = 0  # questions so far: the office gives larger pages by them

    @classmethod
    def first(cls) -> "Batch":
        return cls(min(OFFER_FIRST, OFFER_MAX), min(OFFER_FIRST_BYTES, OFFER_BYTES))

    def carried(self) -> None:
        """A question was answered."""
        self.answered += 1
        self.operations = min(2 * self.operations, OFFER_MAX)
        self.patch_bytes = min(2 * self.patch_bytes, OFFER_BYTES)
