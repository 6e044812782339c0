"""A photo out of any file: small, upright, telling nothing of its maker, or a sentence and nothing.

The file is only read here; what decodes it is a child process with bounds on its memory and time, whose answer is
checked as if a stranger had sent it. The file itself stays where it is, as it is; whether its bytes are kept beside the
photo is not decided here.
"""

import hashlib
import stat
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from pimpasa_desktop.domain.calendar import Zone
from pimpasa_desktop.i18n import _
from pimpasa_desktop.intake import decoding
from pimpasa_desktop.intake.decoder import Answer, Decoder
from pimpasa_desktop.intake.jpeg import bare_size
from pimpasa_desktop.problem import Problem
from pimpasa_desktop.store.originals import ORIGINAL_BYTES_MAX, AsTaken

FILE_BYTES_MAX = ORIGINAL_BYTES_MAX
SUFFIXES = frozenset({".jpg", ".jpeg", ".png", ".webp"})  # what is looked for in a folder; what is in it decides
EARLIEST_YEAR = 2000  # before that a camera's clock was never set

_HEIF = (b"heic", b"heix", b"hevc", b"mif1", b"msf1", b"heim", b"avif")


@dataclass(frozen=True)
class Scaled:
    """A photo as it is kept: JPEG, at most 1,600 pixels a side, without metadata. `thumbnail` is the same in 320;
    `taken_at` an ISO moment with offset, or "" where the camera did not say; `original` the file itself, where it is to
    be kept."""

    content: bytes
    sha256: str
    width: int
    height: int
    taken_at: str
    thumbnail: bytes
    original: AsTaken | None = None


def scaled(path: Path, zone: Zone, decoder: Decoder | None = None, *, keep_original: bool = False) -> Scaled:
    """The photo in a file. `zone`: where the camera was, unless it says so itself; `decoder`: one that stays for
    several; `keep_original`: hand on the file as it is, too. Problem: no photo, or no sound one, or larger than
    anything a camera makes."""
    content = read(path)
    _refuse_other_types(content, path.name)
    photo = scaled_content(content, zone, path.name, decoder)
    return replace(photo, original=AsTaken(path.name, content)) if keep_original else photo


def scaled_content(content: bytes, zone: Zone, name: str, decoder: Decoder | None = None) -> Scaled:
    """The same of bytes that are here already; `name` is what the sentences call them."""
    if decoder is None:
        with Decoder() as own:
            return scaled_content(content, zone, name, own)
    try:
        answer = decoder.ask(decoding.WHOLE, content)
    except OSError as error:
        raise Problem(
            _("Laptop ini kehabisan memori, foto {name} belum disimpan. Tutup program lain, lalu ulangi.").format(
                name=name
            )
        ) from error
    match answer.ended:
        case decoding.DONE:
            return _checked(answer, zone, name)
        case decoding.TOO_MANY_PIXELS:
            raise Problem(
                _(
                    "Foto {name} lebih dari 40 megapiksel dan tidak disimpan. Perkecil dahulu atau pilih foto lain."
                ).format(name=name)
            )
        case decoding.TORN:
            raise _torn(name)
    raise _too_heavy(name)


def read(path: Path) -> bytes:
    """All of a file. Problem: it is none, cannot be read, or is too large."""
    try:
        if not stat.S_ISREG(path.stat().st_mode):  # a pipe would be waited for, a device read without end
            raise OSError
        with path.open("rb") as file:
            content = file.read(FILE_BYTES_MAX + 1)
    except (OSError, ValueError):
        raise Problem(
            _("Berkas {name} tidak dapat dibuka dan tidak disimpan. Periksa nama dan tempatnya.").format(name=path.name)
        ) from None
    if len(content) > FILE_BYTES_MAX:
        raise Problem(
            _("Berkas {name} lebih besar dari 25 MB dan tidak disimpan. Pilih foto yang lebih kecil.").format(
                name=path.name
            )
        )
    return content


def is_picture(content: bytes) -> bool:
    """Whether it begins as one that can be taken in."""
    if content.startswith((b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n")):
        return True
    return content[:4] == b"RIFF" and content[8:12] == b"WEBP"


def _refuse_other_types(content: bytes, name: str) -> None:
    """By what is in it: the name of a file proves nothing."""
    if is_picture(content):
        return
    refuse_heic(content, name)
    raise Problem(
        _("Berkas {name} bukan foto JPEG, PNG, atau WebP dan tidak disimpan. Pilih berkas lain.").format(name=name)
    )


def refuse_heic(content: bytes, name: str) -> None:
    """What some telephones write unless they are told otherwise."""
    if content[4:8] == b"ftyp" and content[8:12] in _HEIF:
        raise Problem(
            _(
                "Foto {name} berformat HEIC dan tidak disimpan. Atur kamera ke JPEG (Paling Kompatibel) "
                "atau kirim ulang foto itu sebagai JPEG."
            ).format(name=name)
        )


def _checked(answer: Answer, zone: Zone, name: str) -> Scaled:
    try:
        content, thumbnail = answer.parts
        width, height = bare_size(content)
        bare_size(thumbnail)
        taken_at = moment(str(answer.told["taken"]), str(answer.told["offset"]), zone)
    except (ValueError, KeyError):
        raise _torn(name) from None
    return Scaled(content, hashlib.sha256(content).hexdigest(), width, height, taken_at, thumbnail)


def moment(taken: str, offset: str, zone: Zone) -> str:
    """EXIF writes 2025:07:03 09:12:44, and since 2016 an offset beside it; a clock that was never set is no time."""
    for east in (offset, f"{zone.offset_hours:+03}00"):
        try:
            moment = datetime.strptime(taken + east, "%Y:%m:%d %H:%M:%S%z")
        except ValueError:
            continue
        return moment.isoformat(timespec="seconds") if moment.year >= EARLIEST_YEAR else ""
    return ""


def _torn(name: str) -> Problem:
    return Problem(
        _("Foto {name} rusak atau terpotong dan tidak disimpan. Salin lagi dari kameranya, lalu ulangi.").format(
            name=name
        )
    )


def _too_heavy(name: str) -> Problem:
    return Problem(_("Foto {name} terlalu berat untuk dibuka dan tidak disimpan. Pilih foto lain.").format(name=name))
