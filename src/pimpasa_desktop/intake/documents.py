"""A document's file: a PDF as it is, or a photographed page made small as a photo is; anything else is a sentence.

What is in a file decides, never its name. Only these two: what the office's programs write otherwise (Word, Excel) can
carry programs of its own, and all of them save as PDF.
"""

from dataclasses import dataclass
from pathlib import Path

from pimpasa_desktop.domain.calendar import WIB
from pimpasa_desktop.i18n import _
from pimpasa_desktop.intake.decoder import Decoder
from pimpasa_desktop.intake.photos import is_picture, read, refuse_heic, scaled_content
from pimpasa_desktop.problem import Problem
from pimpasa_desktop.store.originals import AsTaken
from pimpasa_desktop.sync.protocol.blobs import BLOB_BYTES_MAX

SUFFIXES = frozenset({".pdf", ".jpg", ".jpeg", ".png", ".webp"})
NAME_MAX = 120
MEGABYTE = 1_000_000

_HEAD, _END, _TAIL = b"%PDF-", b"%%EOF", 2_048


@dataclass(frozen=True)
class Enclosure:
    """A file as it is kept. `name`: as the person knows it, with the ending of what it is; `title` without. `original`:
    a photographed page as it was handed in, where that is to be kept, too."""

    content: bytes
    name: str
    original: AsTaken | None = None

    @property
    def title(self) -> str:
        return self.name.rpartition(".")[0]


def enclosure(path: Path, decoder: Decoder | None = None, *, keep_original: bool = False) -> Enclosure:
    """`decoder`: one that stays for several; `keep_original`: hand on a photographed page as it is, too; a PDF is its
    own original. Problem: neither a PDF nor a picture, cut short, or too large."""
    content = read(path)
    if is_picture(content):
        original = AsTaken(path.name, content) if keep_original else None
        return Enclosure(scaled_content(content, WIB, path.name, decoder).content, _named(path, ".jpg"), original)
    refuse_heic(content, path.name)
    kind = suffix(content)
    if not kind:
        raise Problem(
            _("Berkas {name} bukan PDF atau foto dan tidak disimpan. Simpan sebagai PDF, lalu ulangi.").format(
                name=path.name
            )
        )
    if _END not in content[-_TAIL:]:
        raise Problem(
            _("Berkas {name} terpotong dan tidak disimpan. Salin lagi dari asalnya, lalu ulangi.").format(
                name=path.name
            )
        )
    if len(content) > BLOB_BYTES_MAX:
        raise Problem(
            _("PDF {name} lebih besar dari {limit} MB dan tidak disimpan. Perkecil atau pecah dahulu.").format(
                name=path.name, limit=BLOB_BYTES_MAX // MEGABYTE
            )
        )
    return Enclosure(content, _named(path, kind))


def suffix(content: bytes) -> str:
    """What a kept file is, by what is in it: ".pdf", ".jpg", or "" for nothing that this program keeps."""
    if content.startswith(_HEAD):
        return ".pdf"
    return ".jpg" if content.startswith(b"\xff\xd8\xff") else ""


def _named(path: Path, ending: str) -> str:
    """The name without what no line of a list can show."""
    stem = "".join(sign if sign.isprintable() else " " for sign in path.stem).strip() or _("berkas")
    return stem[: NAME_MAX - len(ending)] + ending
