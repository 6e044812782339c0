"""The random database key, wrapped in slots in a small file beside the database.

One slot opens with the officer's passphrase, where possible together with a half that only this laptop's keyring
holds; an optional second one opens with the office's recovery key. Knows nothing of the database itself.

The count of wrong passphrases lies in the same file and slows down whoever sits at the keyboard. It can be set
back by copying the file: against that stand the cost of Argon2id, the passphrase and the half in the keyring.
"""

import contextlib
import math
from datetime import datetime, timedelta
from pathlib import Path
from typing import Annotated, Protocol

import msgspec

from pimpasa_desktop import durable
from pimpasa_desktop.env import Env
from pimpasa_desktop.i18n import _
from pimpasa_desktop.problem import Problem
from pimpasa_desktop.store.slots import (
    KEY_BYTES,
    Argon2,
    DoesNotOpen,
    PassphraseSlot,
    RecoverySlot,
    normalised,
    seal,
    unseal,
    unwrap,
    wrap,
)

VERSION = 1
PASSPHRASE_LENGTH_MIN = 12
WAITING_FROM = 3  # the third wrong passphrase costs the first wait, each further one twice the wait before
FIRST_WAIT = timedelta(seconds=30)
WRONG_MAX = 10  # then the slot stays shut until the office's recovery key opens the file


class Keyring(Protocol):
    """Where this laptop keeps a half of the key. A half that cannot be had is None; none of the three raises."""

    def get(self, name: str) -> bytes | None: ...
    def put(self, name: str, half: bytes) -> None: ...
    def delete(self, name: str) -> None: ...


class Edition(msgspec.Struct, frozen=True):
    """All that is read of a file before its edition is known."""

    version: int


class Contents(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    version: int
    passphrase: PassphraseSlot
    recovery: RecoverySlot | None = None
    wrong: Annotated[int, msgspec.Meta(ge=0)] = 0
    wait_until: Annotated[datetime, msgspec.Meta(tz=True)] | None = None


class Protection(msgspec.Struct, frozen=True):
    """What stands between a thief and the data; told to the person in plain words."""

    with_keyring: bool
    with_recovery: bool


class KeyFile(msgspec.Struct, frozen=True):
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
        recovery = None if recovery_public_key is None else seal(key, recovery_public_key)
        self._replace(Contents(VERSION, slot, recovery))
        return key

    def open(self, passphrase: str) -> bytes:
        """The database key. Raises Problem: wrong passphrase, too many tries, no half here, damaged file."""
        contents = self._read()
        self._refuse_if_waiting(contents)
        slot = contents.passphrase
        if slot.memory_kib < self.kdf.floor_kib:
            raise Problem(_("Berkas kunci ini dibuat terlalu lemah dan tidak dipakai. Hubungi kantor untuk pemulihan."))
        try:
            key = unwrap(slot, passphrase, self._half(slot))
        except DoesNotOpen:
            raise self._wrong_passphrase(contents) from None
        except ValueError:
            raise _damaged() from None
        if contents.wrong:
            self._note(msgspec.structs.replace(contents, wrong=0, wait_until=None))
        return key

    def recover(self, private_key: bytes) -> bytes:
        """The database key by way of the office's recovery key (X25519, raw). Follow it with `set_passphrase`."""
        slot = self._read().recovery
        if slot is None:
            raise Problem(_("Laptop ini tidak punya slot pemulihan kantor. Gunakan kata sandi atau cadangan."))
        try:
            return unseal(slot, private_key)
        except DoesNotOpen:
            raise Problem(_("Kunci pemulihan ini bukan untuk laptop ini. Periksa kunci di kantor.")) from None

    def set_passphrase(self, key: bytes, passphrase: str) -> None:
        """Exchange the passphrase slot and start counting anew; `key` is what `open` or `recover` gave."""
        contents = self._read()
        slot = self._wrap(key, passphrase)
        self._replace(Contents(VERSION, slot, contents.recovery))
        # Only now: had the new file not reached the disk, the old slot would still need its half.
        if self.keyring is not None and contents.passphrase.with_half:
            self.keyring.delete(contents.passphrase.name)

    def protection(self) -> Protection:
        contents = self._read()
        return Protection(contents.passphrase.with_half, contents.recovery is not None)

    def _wrap(self, key: bytes, passphrase: str) -> PassphraseSlot:
        if len(normalised(passphrase)) < PASSPHRASE_LENGTH_MIN:
            raise Problem(
                _("Kata sandi terlalu pendek. Pakai paling sedikit {count} huruf, misalnya lima kata acak.").format(
                    count=PASSPHRASE_LENGTH_MIN
                )
            )
        name = self.env.random(16).hex()
        return wrap(key, passphrase, name, self._new_half(name), self.kdf, self.env)

    def _new_half(self, name: str) -> bytes:
        """A half that the keyring has proved to give back; empty where there is none."""
        if self.keyring is None:
            return b""
        half = self.env.random(KEY_BYTES)
        self.keyring.put(name, half)
        return half if self.keyring.get(name) == half else b""

    def _half(self, slot: PassphraseSlot) -> bytes:
        if not slot.with_half:
            return b""
        half = self.keyring.get(slot.name) if self.keyring is not None else None
        if half is None:
            raise Problem(
                _(
                    "Separuh kunci data ini ada di penyimpanan sandi laptop yang membuatnya, dan di sini tidak ada; "
                    "data tetap utuh. Di laptop itu, buka penyimpanan sandinya lalu coba lagi. Di laptop lain, minta "
                    "pemulihan dari kantor, atau daftar ulang: yang sudah terkirim datang lagi."
                )
            )
        return half

    def lacks_half(self) -> bool:
        """Whether the passphrase alone will not do here: the other half lies in another machine's keyring."""
        slot = self._read().passphrase
        return slot.with_half and (self.keyring is None or self.keyring.get(slot.name) is None)

    def _refuse_if_waiting(self, contents: Contents) -> None:
        if contents.wrong >= WRONG_MAX:
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
        until = self.env.now() + wait if wait else None
        self._note(msgspec.structs.replace(contents, wrong=wrong, wait_until=until))
        if wrong >= WRONG_MAX:
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

    def _replace(self, contents: Contents) -> None:
        try:
            self._write(contents)
        except OSError as error:
            raise Problem(
                _(
                    "Berkas kunci tidak dapat ditulis, jadi tidak ada yang berubah. "
                    "Periksa ruang diska dan folder data, lalu coba lagi."
                )
            ) from error

    def _note(self, contents: Contents) -> None:
        """Write the count. On a full disk it stays behind: it is a courtesy (see above), and opening must go on."""
        with contextlib.suppress(OSError):
            self._write(contents)


def _wait_after(wrong: int) -> timedelta:
    return FIRST_WAIT * 2 ** (wrong - WAITING_FROM) if wrong >= WAITING_FROM else timedelta(0)


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
            count=WRONG_MAX
        )
    )
