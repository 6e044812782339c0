"""One file that holds a data folder: a copy of the database and its key file. Out, back in, and looked over.

Both are encrypted as they were, so the file is as safe as the passphrase. A restored folder meets the office as a
copy of the laptop: the exchange notices by itself and keeps the work of both.
"""

import hashlib
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import BinaryIO

import msgspec

from pimpasa_desktop import durable, sqlcipher
from pimpasa_desktop.domain import digest
from pimpasa_desktop.env import Env
from pimpasa_desktop.files import replace_file
from pimpasa_desktop.i18n import _
from pimpasa_desktop.problem import Problem
from pimpasa_desktop.sqlcipher import Connection
from pimpasa_desktop.store.audit import Audit
from pimpasa_desktop.store.shelf import Shelf

VERSION = 1
MANIFEST, DATABASE_PART, KEY_PART = "manifest.json", "database", "key"
CHUNK = 1 << 20
KEY_BYTES_MAX = 1 << 16
MANIFEST_BYTES_MAX = 1 << 14


class Told(msgspec.Struct, frozen=True):
    """What a backup tells of itself without its key: the moment (ISO, with offset), how many records, which state,
    and its place in the order of snapshots."""

    at: str = ""
    records: int = 0
    mark: str = ""
    serial: int = 0


class Manifest(msgspec.Struct, frozen=True):
    pimpasa_backup: int
    database: str  # SHA-256, hex
    key: str
    told: Told = Told()


def back_up(copy_to: Callable[[Path], None], key_file: Path, out: Path, told: Told | None = None) -> None:
    """Write the backup to `out`, whole or not at all. `copy_to` writes a copy of the database to a path."""
    try:
        with tempfile.TemporaryDirectory(prefix=".pimpasa-", dir=out.parent) as folder:
            copy = Path(folder) / "copy"
            copy_to(copy)
            _pack(copy, key_file.read_bytes(), out, told or Told())
    except OSError as error:
        raise Problem(
            _("Salinan cadangan tidak dapat ditulis ke {file}. Data asli aman; pilih tempat lain.").format(
                file=out.name
            )
        ) from error


def told(source: Path) -> Told:
    """What a backup tells of itself. Problem: it is none."""
    with _reading(source) as parts:
        return _manifest(parts).told


def open_and_check(copy: Path, key: bytes) -> None:
    """Open a finished copy of a database and read all of it. Problem: it is not whole."""
    # A copy is whole in one file, so reading it leaves nothing beside it.
    with closing(sqlcipher.connect(copy, key, readonly=True)) as connection:
        sqlcipher.verify(connection)


def _pack(copy: Path, slots: bytes, out: Path, told: Told) -> None:
    manifest = Manifest(VERSION, _sha256(copy), hashlib.sha256(slots).hexdigest(), told)

    def write(file: BinaryIO) -> None:
        with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as parts:
            parts.writestr(MANIFEST, msgspec.json.encode(manifest))
            parts.writestr(KEY_PART, slots)
            parts.write(copy, DATABASE_PART)

    replace_file(out, write)


def restore(source: Path, database: Path, key_file: Path) -> None:
    """Put a backup into a folder that holds no data yet. The key file comes last: with it the folder is whole."""
    if key_file.exists() or database.exists():
        raise Problem(
            _("Folder {folder} sudah berisi data, yang tidak boleh ditimpa. Pilih folder kosong dengan --data.").format(
                folder=database.parent
            )
        )
    with _reading(source) as parts:
        manifest = _manifest(parts)
        slots = _whole(parts, KEY_PART, KEY_BYTES_MAX)
        if hashlib.sha256(slots).hexdigest() != manifest.key:
            raise _damaged()
        try:
            database.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            _unpack(parts, database, manifest.database)
            durable.write(key_file, slots)
        except OSError as error:
            database.unlink(missing_ok=True)
            raise Problem(
                _("Cadangan tidak dapat ditulis ke {folder}. Periksa ruang diska, lalu ulangi.").format(
                    folder=database.parent
                )
            ) from error


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


@contextmanager
def _reading(source: Path) -> Iterator[zipfile.ZipFile]:
    try:
        with zipfile.ZipFile(source) as parts:
            yield parts
    except FileNotFoundError:
        raise Problem(_("Berkas {file} tidak dapat dibaca. Periksa nama dan tempatnya.").format(file=source)) from None
    except (zipfile.BadZipFile, EOFError, IsADirectoryError, PermissionError):
        raise _damaged() from None


def _manifest(parts: zipfile.ZipFile) -> Manifest:
    try:
        manifest = msgspec.json.decode(_whole(parts, MANIFEST, MANIFEST_BYTES_MAX), type=Manifest)
    except (msgspec.MsgspecError, UnicodeDecodeError):
        raise _damaged() from None
    if manifest.pimpasa_backup != VERSION:
        raise Problem(_("Cadangan ini dibuat oleh versi program yang lain. Pasang versi terbaru, lalu ulangi."))
    return manifest


def _part(parts: zipfile.ZipFile, name: str) -> zipfile.ZipInfo:
    found = [part for part in parts.infolist() if part.filename == name]
    if len(found) != 1 or found[0].compress_type != zipfile.ZIP_STORED:
        raise _damaged()
    return found[0]


def _whole(parts: zipfile.ZipFile, name: str, bytes_max: int) -> bytes:
    part = _part(parts, name)
    if part.file_size > bytes_max:
        raise _damaged()
    return parts.read(part)


def _unpack(parts: zipfile.ZipFile, database: Path, sha256: str) -> None:
    """The database beside its name first; it gets the name once it is whole."""
    part = database.with_name(database.name + ".part")
    summed = hashlib.sha256()
    try:
        with parts.open(_part(parts, DATABASE_PART)) as source, part.open("wb") as target:
            while chunk := source.read(CHUNK):
                summed.update(chunk)
                target.write(chunk)
        if summed.hexdigest() != sha256:
            raise _damaged()
        durable.settle(part, database)
    finally:
        part.unlink(missing_ok=True)


def _damaged() -> Problem:
    return Problem(
        _(
            "Berkas ini bukan cadangan PIMPASA yang utuh. Tidak ada yang ditulis; "
            "pakai cadangan lain atau hubungi kantor."
        )
    )


# -- looked over


def look_over(connection: Connection, env: Env) -> list[str]:
    """Sentences of what is wrong with the data; none when all is well. Problem: pages of the file are damaged."""
    sqlcipher.verify(connection)
    troubles = []
    wrong = _wrong_terms(connection, env)
    if wrong:
        troubles.append(
            _(
                "{count} catatan berbeda dari yang diterima dari kantor. Jalankan pimpasa sync; "
                "bila terulang, hubungi kantor."
            ).format(count=wrong)
        )
    broken = Audit(connection).broken_at()
    if broken is not None:
        troubles.append(_("Jejak perubahan terputus pada nomor {number}. Hubungi kantor.").format(number=broken))
    return troubles


def _wrong_terms(connection: Connection, env: Env) -> int:
    """How many received rows no longer give the term of the digest that was kept with them."""
    shelf = Shelf(connection, env)
    wrong = 0
    for identifier, kept in connection.execute("SELECT id, term FROM record WHERE number > 0").fetchall():
        stored = shelf.find(identifier)
        row = shelf.received(stored) if stored else None
        if row is None:
            continue
        spelled = digest.canonical(row.entity, row.author, row.deleted, row.values)
        wrong += digest.as_bytes(digest.term(row.id, row.number, spelled)) != kept
    return wrong
