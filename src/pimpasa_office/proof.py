"""The cursor as it travels: the office's own word of how far it had come, in a form that only the office can make.

A laptop that brings a cursor from ahead of the ledger proves that the ledger was set back, whatever else was set back
with it. Without the seal any enrolled laptop could make all others of the office read everything anew.
"""

import hashlib

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

_LIFE_BYTES, _SEAL_BYTES = 4, 4


class Proof:
    def __init__(self, key: Ed25519PrivateKey) -> None:
        self._key = hashlib.sha256(b"pimpasa cursor\x00" + key.private_bytes_raw()).digest()

    def sealed(self, cursor: bytes, life: int) -> bytes:
        body = cursor + life.to_bytes(_LIFE_BYTES, "big")
        return body + self._seal(body)

    def opened(self, brought: bytes) -> tuple[bytes, int | None]:
        """The cursor, and the life it comes from; None where it proves nothing."""
        body, seal = brought[:-_SEAL_BYTES], brought[-_SEAL_BYTES:]
        if len(body) > _LIFE_BYTES and seal == self._seal(body):
            return body[:-_LIFE_BYTES], int.from_bytes(body[-_LIFE_BYTES:], "big")
        return brought, None  # from before the office sealed them, or nobody's

    def _seal(self, body: bytes) -> bytes:
        return hashlib.blake2b(body, digest_size=_SEAL_BYTES, key=self._key, person=b"cursor").digest()
