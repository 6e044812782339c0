"""A laptop's program put together: the data folder, its key, the passphrase, and the line to the office.

The composition root of everything that runs on a laptop. It decides nothing about records; whoever asks gets an
opened store, for reading beside another program or for writing alone.
"""

import contextlib
import getpass
import os
import warnings
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from pimpasa_desktop import credential
from pimpasa_desktop.env import Env
from pimpasa_desktop.i18n import _
from pimpasa_desktop.problem import Problem
from pimpasa_desktop.store.keys import KeyFile, Keyring, Protection
from pimpasa_desktop.store.lock import FolderLock
from pimpasa_desktop.store.slots import Argon2
from pimpasa_desktop.store.store import DATABASE, Store

if TYPE_CHECKING:
    from pimpasa_desktop.store.snapshots import Snapshots
    from pimpasa_desktop.sync.http import Line

KEY_FILE = "pimpasa.key"
LOCK_FILE = "lock"
PAGE_BYTES_MIN = 512
PASSPHRASE_FILE = "PIMPASA_PASSPHRASE_FILE"
GOOD_ADDRESS, OFFICE_TIME = "good_address", "office_time"  # what the store remembers of the last exchange
PASSPHRASE_BYTES_MAX = 4096


def ask_on_terminal(prompt: str) -> str:
    """A line typed without echo. Never taken from stdin: that may be the records."""
    with warnings.catch_warnings():
        warnings.simplefilter("error", getpass.GetPassWarning)
        try:
            return getpass.getpass(prompt)
        except (getpass.GetPassWarning, EOFError):
            raise Problem(
                _(
                    "Tidak ada layar untuk mengetik kata sandi. Simpan dalam berkas dan sebut berkas itu di {name}."
                ).format(name=PASSPHRASE_FILE)
            ) from None


@dataclass(frozen=True)
class Machine:
    """What is taken from the computer itself. `kdf`: the cost of a guess, bearable on an office's oldest laptop."""

    env: Env = field(default_factory=Env)
    kdf: Argon2 = field(default_factory=lambda: Argon2(memory_kib=64 * 1024, iterations=3, lanes=4))
    keyring: Callable[[], Keyring | None] = credential.find
    ask: Callable[[str], str] = ask_on_terminal
    environ: Mapping[str, str] = field(default_factory=lambda: os.environ)


class Home:
    """The data folder of one account."""

    def __init__(self, folder: Path, machine: Machine) -> None:
        self.folder, self.machine = folder, machine
        self.env = machine.env

    def with_machine(self, machine: Machine) -> "Home":
        """The same folder on a computer that answers otherwise, such as one that has the passphrase typed already."""
        return type(self)(self.folder, machine)

    @property
    def database(self) -> Path:
        return self.folder / DATABASE

    @property
    def key_path(self) -> Path:
        return self.folder / KEY_FILE

    def key_file(self) -> KeyFile:
        return KeyFile(self.key_path, self.env, self.machine.kdf, self.machine.keyring())

    @property
    def snapshots(self) -> "Snapshots":
        from pimpasa_desktop.store.snapshots import Snapshots  # not before the window is painted

        return Snapshots(self.folder, self.env)

    def reading(self, key: bytes | None = None) -> Store:
        """The store as it stands, also while another program writes. Close it."""
        return self._joined(key or self.unlock(), readonly=True)

    def writing(self, key: bytes | None = None) -> Store:
        """The store, for this program alone. Close it. Problem: another program has it, or it cannot be written yet."""
        store = self.exchanging(key)
        try:
            store.person  # noqa: B018 - raises where the office's first answer has not come yet
        except Problem:
            store.close()
            raise
        return store

    def exchanging(self, key: bytes | None = None) -> Store:
        """The store, for this program alone, as an exchange needs it. Close it."""
        return self._joined(key or self.unlock(), readonly=False)

    def _joined(self, key: bytes, *, readonly: bool) -> Store:
        store = self.open(key, readonly=readonly)
        if not store.meta.get("account"):
            store.close()
            raise Problem(
                _("Pendaftaran laptop ini belum selesai. Jalankan lagi pimpasa enrol dengan berkas dari kantor.")
            )
        return store

    def open(self, key: bytes, *, readonly: bool = False) -> Store:
        with explaining_files(self.folder):
            return Store(self.folder, key, self.env, readonly=readonly)

    def unlock(self, passphrase: str | None = None) -> bytes:
        """The database key, by the passphrase (asked for where it is None). Problem: none there, wrong, or no
        database to open with it."""
        keys = self.key_file()
        if self.key_path.exists() and not self._has_database():
            raise Problem(
                _(
                    "Basis data di folder {folder} hilang atau kosong, padahal kuncinya ada. Pulihkan dari cadangan."
                ).format(folder=self.folder)
            )
        with explaining_files(self.folder):
            # Nothing is asked for before there is something to open.
            if passphrase is None:
                passphrase = self.passphrase() if self.key_path.exists() else ""
            return keys.open(passphrase)

    def _has_database(self) -> bool:
        """Fewer bytes than the smallest page: a new database would be made in its place and hide the loss."""
        return self.database.exists() and self.database.stat().st_size >= PAGE_BYTES_MIN

    def protection(self) -> Protection:
        """What stands before the data; opens nothing."""
        return KeyFile(self.key_path, self.env, self.machine.kdf, None).protection()

    def forget(self) -> None:
        """Take away what a failed enrolment made. No record can be in it: only a joined store takes any."""
        for path in (self.key_path, *self.folder.glob(DATABASE + "*"), self.folder / LOCK_FILE):
            path.unlink(missing_ok=True)
        with contextlib.suppress(OSError):  # somebody keeps other things in it
            self.folder.rmdir()

    @contextmanager
    def set_aside(self) -> Iterator[Path]:
        """Damaged data out of the way, into the folder given, while something else takes its place. Nothing is
        deleted; where nothing took its place, it lies where it was."""
        aside = self.folder / f"rusak-{self.env.now():%Y%m%d-%H%M%S}"
        with explaining_files(self.folder):
            aside.mkdir(mode=0o700)
            found = (*self.folder.glob(DATABASE + "*"), self.key_path)
            moved = [path.rename(aside / path.name) for path in found if path.exists()]
        try:
            yield aside
        finally:
            if not self.key_path.exists():
                for path in moved:
                    path.replace(self.folder / path.name)
                aside.rmdir()

    def go_back(self, source: Path) -> Path:
        """The state of a snapshot or a backup in the place of what is here; returns where that lies now."""
        from pimpasa_desktop.store import backup

        lock = FolderLock(self.folder)
        lock.take()
        try:
            with self.set_aside() as aside:
                backup.restore(source, self.database, self.key_path)
            return aside
        finally:
            lock.release()

    # -- other ways in

    def change_passphrase(self, key: bytes, chosen: str) -> None:
        """Another passphrase for the key that `unlock` gave. Problem: too short, or the disk does not take it."""
        self.key_file().set_passphrase(key, chosen)

    def recover(self, recovery_key: bytes, chosen: str) -> bytes:
        """The database key by the office's recovery key, and a new passphrase on this laptop; the trail keeps that it
        was so. Problem: another office's key, or data that it does not open."""
        keys = self.key_file()
        with explaining_files(self.folder):
            key = keys.recover(recovery_key)
            with self.exchanging(key) as store:  # it opens, and nobody is at work with it
                store.note("recover", "account", store.account)
                keys.set_passphrase(key, chosen)
        return key

    # -- the passphrase

    def passphrase(self) -> str:
        named = self.machine.environ.get(PASSPHRASE_FILE)
        return first_line(Path(named)) if named else self.machine.ask(_("Kata sandi: "))

    def new_passphrase(self) -> str:
        """Asked for twice at the keyboard, so that a slip of the finger locks nobody out."""
        if self.machine.environ.get(PASSPHRASE_FILE):
            return self.passphrase()
        return self.chosen_passphrase()

    def chosen_passphrase(self) -> str:
        """The same where the file holds the one that is to be changed."""
        chosen = self.machine.ask(_("Kata sandi baru (paling sedikit 12 huruf): "))
        if self.machine.ask(_("Sekali lagi: ")) != chosen:
            raise Problem(_("Kedua kata sandi tidak sama. Jalankan perintah ini lagi."))
        return chosen

    # -- the office

    def line(self, store: Store) -> "Line":
        """The way to the office that this store has joined; the address that answered last comes first, for in a
        village the office's inner one would be waited for in vain at every exchange."""
        addresses = [address for address in str(store.meta.get("addresses", "")).split("\n") if address]
        good = str(store.meta.get(GOOD_ADDRESS, ""))
        addresses.sort(key=lambda address: address.rstrip("/") != good)
        return self.line_to(addresses, str(store.meta.get("trust")), str(store.meta.get("server_name")))

    def line_to(self, addresses: list[str], trust: str, name: str) -> "Line":
        from pimpasa_desktop.sync.http import Line

        pem: bytes | Literal["public"] = "public" if trust == "public" else trust.encode("ascii", "replace")
        return Line(addresses, pem, name, self.env)


def remember(store: Store, address: str, clock_behind: float | None) -> None:
    """What an exchange showed of the office: the address that answered ("" for none), and its time where it told it."""
    with store.transaction():
        if address:
            store.meta.set(GOOD_ADDRESS, address)
        if clock_behind is not None:
            store.meta.set(OFFICE_TIME, round(store.env.now().timestamp() + clock_behind))


def clock_behind(store: Store) -> float | None:
    """Seconds that this laptop's clock is certainly behind, for it has heard a later time from the office; else None.
    Old laptops start in another year when their small battery is empty."""
    heard = store.meta.get(OFFICE_TIME)
    behind = int(heard) - store.env.now().timestamp() if heard is not None else 0.0
    return behind if behind > 0 else None


def first_line(path: Path) -> str:
    """The file's content without its line end. Problem: it cannot be read."""
    try:
        with path.open("rb") as file:
            text = file.read(PASSPHRASE_BYTES_MAX).decode("utf-8-sig")
    except (OSError, UnicodeDecodeError):
        raise Problem(
            _("Berkas kata sandi {file} tidak dapat dibaca. Periksa {name}.").format(file=path, name=PASSPHRASE_FILE)
        ) from None
    return text.rstrip("\r\n")


@contextmanager
def explaining_files(folder: Path) -> Iterator[None]:
    """Trouble with the files of a data folder inside this block is raised as a Problem."""
    try:
        yield
    except OSError as error:
        if not folder.is_dir():
            raise Problem(
                _("Folder data {folder} tidak ada. Daftarkan laptop dahulu dengan berkas dari kantor.").format(
                    folder=folder
                )
            ) from error
        raise Problem(
            _(
                "Folder data {folder} tidak dapat ditulis (diska penuh atau terkunci). Yang sudah tersimpan aman; "
                "periksa diska, lalu coba lagi."
            ).format(folder=folder)
        ) from error
