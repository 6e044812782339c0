"""The random database key, wrapped in slots in a small file beside the database.

One slot opens with the officer's passphrase, where possible together with a half that only this laptop's keyring
holds; an optional second one opens with the office's recovery key. Knows nothing of the database itself.

The count of wrong passphrases lies in the same file and slows down whoever sits at the keyboard. It can be set
back by copying the file: against that stand the cost of Argon2id, the passphrase and the half in the keyring.
"""

import math
import unicodedata
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Annotated, Protocol

import msgspec
from argon2.exceptions import HashingError
from argon2.low_level import Type, hash_secret_raw
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes, hpke
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from pimpasa_desktop import durable
from pimpasa_desktop.env import Env
from pimpasa_desktop.i18n import _
from pimpasa_desktop.problem import Problem

VERSION = 1
KEY_BYTES = 32
PASSPHRASE_LENGTH_MIN = 12
MEMORY_FLOOR_KIB = 64 * 1024
FREE_TRIES = 3  # from the third wrong one on, each costs a wait, twice the one before
FIRST_WAIT = timedelta(seconds=30)
TRIES_MAX = 10  # then the slot stays shut until the office's recovery key opens the file

RECOVERY = hpke.Suite(hpke.KEM.X25519, hpke.KDF.HKDF_SHA256, hpke.AEAD.AES_256_GCM)


class Keyring(Protocol):
    """Where this laptop keeps a half of the key. A half that cannot be had is None; none of the three raises."""

    def get(self, name: str) -> bytes | None: ...
    def put(self, name: str, half: bytes) -> None: ...
    def delete(self, name: str) -> None: ...


@dataclass(frozen=True)
class Argon2:
    """The cost of a guess for slots made from now on; slots below the floor are refused, made or found."""

    memory_kib: int = 256 * 1024
    iterations: int = 3
    lanes: int = 2
    floor_kib: int = MEMORY_FLOOR_KIB

    def __post_init__(self) -> None:
        if self.memory_kib < self.floor_kib:
            raise ValueError("this cost is below the floor")


class PassphraseSlot(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    name: str
    with_half: bool
    salt: Annotated[bytes, msgspec.Meta(min_length=16, max_length=16)]
    memory_kib: Annotated[int, msgspec.Meta(ge=8, le=1 << 20)]
    iterations: Annotated[int, msgspec.Meta(ge=1, le=64)]
    lanes: Annotated[int, msgspec.Meta(ge=1, le=64)]
    nonce: Annotated[bytes, msgspec.Meta(min_length=12, max_length=12)] = bytes(12)
    wrapped: bytes = b""

    def header(self) -> bytes:
        """Everything but what it protects: bound to the wrapped key, so that no field can be exchanged."""
        bare = msgspec.structs.replace(self, nonce=bytes(12), wrapped=b"")
        return b"pimpasa passphrase slot\0" + msgspec.json.encode(bare)


class RecoverySlot(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    recipient: bytes
    sealed: bytes


class Edition(msgspec.Struct, frozen=True):
    """All that is read of a file before its edition is known."""

    version: int


class Contents(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    version: int
    passphrase: PassphraseSlot
    recovery: RecoverySlot | None = None
    wrong: Annotated[int, msgspec.Meta(ge=0)] = 0
    wait_until: Annotated[datetime, msgspec.Meta(tz=True)] | None = None


@dataclass(frozen=True)
class Protection:
    """What stands between a thief and the data; told to the person in plain words."""

    with_keyring: bool
    with_recovery: bool


@dataclass(frozen=True)
class KeyFile:
    """The key file at `path`. `keyring` is None where there is no safe one: the passphrase then stands alone."""

    path: Path
    env: Env
    kdf: Argon2
    keyring: Keyring | None

    def create(self, passphrase: str, recovery_public_key: bytes | None = None) -> bytes:
        """Draw a new database key and write the file; returns the key. `recovery_public_key`: X25519, raw."""
        if self.path.exists():
            raise Problem(
                _("Folder ini sudah berisi kunci data, yang tidak boleh ditimpa. Pilih folder data yang lain.")
            )
        key = self.env.random(KEY_BYTES)
        slot = self._wrap(key, passphrase)
        recovery = None if recovery_public_key is None else _seal(key, recovery_public_key)
        self._write(Contents(VERSION, slot, recovery))
        return key

    def open(self, passphrase: str) -> bytes:
        """The database key. Raises Problem: wrong passphrase, too many tries, no half here, damaged file."""
        contents = self._read()
        self._refuse_if_waiting(contents)
        try:
            key = self._unwrap(contents.passphrase, passphrase)
        except HashingError:
            raise _damaged() from None
        except InvalidTag:
            raise self._wrong_passphrase(contents) from None
        if contents.wrong:
            self._write(msgspec.structs.replace(contents, wrong=0, wait_until=None))
        return key

    def recover(self, private_key: bytes) -> bytes:
        """The database key by way of the office's recovery key (X25519, raw). Follow it with `set_passphrase`."""
        slot = self._read().recovery
        if slot is None:
            raise Problem(_("Laptop ini tidak punya slot pemulihan kantor. Gunakan kata sandi atau cadangan."))
        try:
            private = X25519PrivateKey.from_private_bytes(private_key)
            return RECOVERY.decrypt(slot.sealed, private, info=_recovery_info(private.public_key().public_bytes_raw()))
        except (ValueError, InvalidTag):
            raise Problem(_("Kunci pemulihan ini bukan untuk laptop ini. Periksa kunci di kantor.")) from None

    def set_passphrase(self, key: bytes, passphrase: str) -> None:
        """Exchange the passphrase slot; `key` is what `open` or `recover` gave. The count of wrong tries starts anew."""
        contents = self._read()
        slot = self._wrap(key, passphrase)
        self._write(Contents(VERSION, slot, contents.recovery))
        # Only now: had the new file not reached the disk, the old slot would still need its half.
        if self.keyring is not None and contents.passphrase.with_half:
            self.keyring.delete(contents.passphrase.name)

    def protection(self) -> Protection:
        contents = self._read()
        return Protection(contents.passphrase.with_half, contents.recovery is not None)

    def _wrap(self, key: bytes, passphrase: str) -> PassphraseSlot:
        secret = _normalised(passphrase)
        if len(secret) < PASSPHRASE_LENGTH_MIN:
            raise Problem(
                _("Kata sandi terlalu pendek. Pakai paling sedikit {count} huruf, misalnya lima kata acak.").format(
                    count=PASSPHRASE_LENGTH_MIN
                )
            )
        name = self.env.random(16).hex()
        half = self._new_half(name)
        bare = PassphraseSlot(
            name, half != b"", self.env.random(16), self.kdf.memory_kib, self.kdf.iterations, self.kdf.lanes
        )
        nonce = self.env.random(12)
        wrapped = AESGCM(_wrapping_key(bare, secret, half)).encrypt(nonce, key, bare.header())
        return msgspec.structs.replace(bare, nonce=nonce, wrapped=wrapped)

    def _new_half(self, name: str) -> bytes:
        """A half that the keyring has proved to give back; empty where there is none."""
        if self.keyring is None:
            return b""
        half = self.env.random(KEY_BYTES)
        self.keyring.put(name, half)
        return half if self.keyring.get(name) == half else b""

    def _unwrap(self, slot: PassphraseSlot, passphrase: str) -> bytes:
        if slot.memory_kib < self.kdf.floor_kib:
            raise Problem(_("Berkas kunci ini dibuat terlalu lemah dan tidak dipakai. Hubungi kantor untuk pemulihan."))
        half = b""
        if slot.with_half:
            half = (self.keyring and self.keyring.get(slot.name)) or b""
            if not half:
                raise Problem(
                    _(
                        "Bagian kunci yang disimpan laptop ini tidak ditemukan; data tetap ada. Buka kunci "
                        "penyimpanan sandi laptop lalu coba lagi, atau minta pemulihan dari kantor."
                    )
                )
        return AESGCM(_wrapping_key(slot, _normalised(passphrase), half)).decrypt(
            slot.nonce, slot.wrapped, slot.header()
        )

    def _refuse_if_waiting(self, contents: Contents) -> None:
        if contents.wrong >= TRIES_MAX:
            raise _shut()
        if contents.wait_until is None:
            return
        # A clock that was set back must not lock the officer out for longer than the wait itself.
        left = min(contents.wait_until - self.env.now(), _wait_after(contents.wrong))
        if left > timedelta(0):
            raise _wait(left)

    def _wrong_passphrase(self, contents: Contents) -> Problem:
        wrong = contents.wrong + 1
        wait = _wait_after(wrong)
        try:
            self._write(
                msgspec.structs.replace(contents, wrong=wrong, wait_until=self.env.now() + wait if wait else None)
            )
        except OSError:
            pass  # a full disk: the count is a courtesy (see above), and the answer must still be the right one
        if wrong >= TRIES_MAX:
            return _shut()
        if wait:
            return _wait(wait)
        return Problem(_("Kata sandi salah. Periksa huruf besar dan kecil, lalu coba lagi."))

    def _read(self) -> Contents:
        try:
            data = self.path.read_bytes()
            if msgspec.json.decode(data, type=Edition).version > VERSION:
                raise Problem(_("Berkas kunci ini dibuat oleh versi program yang lebih baru. Perbarui program ini."))
            return msgspec.json.decode(data, type=Contents)
        except FileNotFoundError:
            raise Problem(
                _("Belum ada data di folder ini. Daftarkan laptop dahulu dengan berkas dari kantor.")
            ) from None
        except (msgspec.DecodeError, UnicodeDecodeError):
            raise _damaged() from None

    def _write(self, contents: Contents) -> None:
        durable.write(self.path, msgspec.json.format(msgspec.json.encode(contents)))


def _normalised(passphrase: str) -> str:
    # The same letters typed on another keyboard or pasted from elsewhere are the same passphrase.
    return unicodedata.normalize("NFKC", passphrase)


def _wrapping_key(slot: PassphraseSlot, secret: str, half: bytes) -> bytes:
    stretched = hash_secret_raw(
        secret.encode(), slot.salt, slot.iterations, slot.memory_kib, slot.lanes, KEY_BYTES, Type.ID
    )
    return HKDF(hashes.SHA256(), KEY_BYTES, salt=None, info=slot.header()).derive(stretched + half)


def _seal(key: bytes, recipient: bytes) -> RecoverySlot:
    # HPKE draws its one-time key from the system itself; the library leaves no way to hand one in.
    public = X25519PublicKey.from_public_bytes(recipient)
    return RecoverySlot(recipient, RECOVERY.encrypt(key, public, info=_recovery_info(recipient)))


def _recovery_info(recipient: bytes) -> bytes:
    return b"pimpasa recovery slot\0" + recipient


def _wait_after(wrong: int) -> timedelta:
    return FIRST_WAIT * 2 ** (wrong - FREE_TRIES) if wrong >= FREE_TRIES else timedelta(0)


def _damaged() -> Problem:
    return Problem(_("Berkas kunci rusak; data tetap ada. Pulihkan berkas kunci dari cadangan atau hubungi kantor."))


def _wait(left: timedelta) -> Problem:
    return Problem(
        _("Kata sandi salah beberapa kali. Data aman; coba lagi setelah {seconds} detik.").format(
            seconds=math.ceil(left.total_seconds())
        )
    )


def _shut() -> Problem:
    return Problem(
        _("Kata sandi salah {count} kali, jadi slotnya ditutup. Data tetap ada; minta pemulihan dari kantor.").format(
            count=TRIES_MAX
        )
    )
