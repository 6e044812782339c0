"""The two ways in which a database key is wrapped: under a passphrase, and for the office's recovery key.

Pure cryptography on values: no file, no keyring, no sentence for a person.
"""

import unicodedata
from typing import Annotated

import msgspec
from argon2.exceptions import HashingError
from argon2.low_level import Type, hash_secret_raw
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes, hpke
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from pimpasa_desktop.env import Env

KEY_BYTES = 32
NO_NONCE = bytes(12)
MEMORY_FLOOR_KIB = 64 * 1024

HPKE = hpke.Suite(hpke.KEM.X25519, hpke.KDF.HKDF_SHA256, hpke.AEAD.AES_256_GCM)


class DoesNotOpen(Exception):
    """The passphrase, the half or the recovery key is another one, or the slot was changed; they look alike."""


class Argon2(msgspec.Struct, frozen=True):
    """The cost of a guess for slots made from now on; slots below the floor are refused, made or found."""

    memory_kib: int = 256 * 1024
    iterations: int = 3
    lanes: int = 2
    floor_kib: int = MEMORY_FLOOR_KIB

    def __post_init__(self) -> None:
        if self.memory_kib < self.floor_kib:
            raise ValueError("this cost is below the floor")


class PassphraseSlot(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`name` is that of the half in the keyring; `with_half` says whether there is one."""

    name: str
    with_half: bool
    salt: Annotated[bytes, msgspec.Meta(min_length=16, max_length=16)]
    memory_kib: Annotated[int, msgspec.Meta(ge=8, le=1 << 20)]
    iterations: Annotated[int, msgspec.Meta(ge=1, le=64)]
    lanes: Annotated[int, msgspec.Meta(ge=1, le=64)]
    nonce: Annotated[bytes, msgspec.Meta(min_length=12, max_length=12)] = NO_NONCE
    wrapped: bytes = b""

    def header(self) -> bytes:
        """Everything but what it protects: bound to the wrapped key, so that no field can be exchanged."""
        bare = msgspec.structs.replace(self, nonce=NO_NONCE, wrapped=b"")
        return b"pimpasa passphrase slot\0" + msgspec.json.encode(bare)


class RecoverySlot(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`recipient` is the office's public key (X25519, raw)."""

    recipient: bytes
    sealed: bytes


def wrap(key: bytes, passphrase: str, name: str, half: bytes, kdf: Argon2, env: Env) -> PassphraseSlot:
    """`half` is empty where the passphrase stands alone."""
    slot = PassphraseSlot(name, half != b"", env.random(16), kdf.memory_kib, kdf.iterations, kdf.lanes)
    nonce = env.random(len(NO_NONCE))
    wrapped = AESGCM(_wrapping_key(slot, passphrase, half)).encrypt(nonce, key, slot.header())
    return msgspec.structs.replace(slot, nonce=nonce, wrapped=wrapped)


def unwrap(slot: PassphraseSlot, passphrase: str, half: bytes) -> bytes:
    """The database key. Raises DoesNotOpen, or ValueError for a slot that no program has written."""
    try:
        wrapping_key = _wrapping_key(slot, passphrase, half)
        return AESGCM(wrapping_key).decrypt(slot.nonce, slot.wrapped, slot.header())
    except HashingError as error:
        raise ValueError("impossible parameters") from error
    except InvalidTag:
        raise DoesNotOpen from None


def seal(key: bytes, recipient: bytes) -> RecoverySlot:
    # HPKE draws its one-time key from the system itself; the library leaves no way to hand one in.
    public = X25519PublicKey.from_public_bytes(recipient)
    return RecoverySlot(recipient, HPKE.encrypt(key, public, info=_purpose(recipient)))


def unseal(slot: RecoverySlot, private_key: bytes) -> bytes:
    """The database key. Raises DoesNotOpen."""
    try:
        private = X25519PrivateKey.from_private_bytes(private_key)
        return HPKE.decrypt(slot.sealed, private, info=_purpose(private.public_key().public_bytes_raw()))
    except (ValueError, InvalidTag):
        raise DoesNotOpen from None


def normalised(passphrase: str) -> str:
    """The same letters typed on another keyboard or pasted from elsewhere are the same passphrase."""
    return unicodedata.normalize("NFKC", passphrase)


def _wrapping_key(slot: PassphraseSlot, passphrase: str, half: bytes) -> bytes:
    secret = normalised(passphrase).encode()
    stretched = hash_secret_raw(secret, slot.salt, slot.iterations, slot.memory_kib, slot.lanes, KEY_BYTES, Type.ID)
    return HKDF(hashes.SHA256(), KEY_BYTES, salt=None, info=slot.header()).derive(stretched + half)


def _purpose(recipient: bytes) -> bytes:
    return b"pimpasa recovery slot\0" + recipient
