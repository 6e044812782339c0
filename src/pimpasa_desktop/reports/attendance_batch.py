"""Attendance lists of several visits: a PDF each, all of them in one PDF, or in one ZIP.

Every file is whole or is not there. File names tell day, village and document code, never a person. Knows no screen
and no order of work: whoever calls adds one visit after the other and may stop between any two.
"""

from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import BinaryIO, Literal
from zipfile import ZIP_STORED, ZipFile, ZipInfo

from pimpasa_desktop.domain.calendar import zone_of
from pimpasa_desktop.files import replace_file
from pimpasa_desktop.i18n import _
from pimpasa_desktop.problem import Problem
from pimpasa_desktop.reports.attendance_list import leaves, write_attendance_list
from pimpasa_desktop.reports.attendance_of_visit import attendance_sheet, document_code
from pimpasa_desktop.reports.attendance_sheet import AttendanceSheet
from pimpasa_desktop.reports.page import Leaf, write_pdf
from pimpasa_desktop.store.queries import Queries

Way = Literal["each", "one", "zip"]
NAME_MAX = 60  # letters of a place in a file name; some systems take 255 bytes for the whole path


@dataclass(frozen=True)
class Setting:
    """What all documents of a batch have in common."""

    variant: Literal["official", "public"] = "official"
    paper: Literal["A4", "F4"] = "A4"


class Batch:
    """`add` visits, then `finish`. With "each", a file is there as soon as its visit is added; otherwise the one file
    is written by `finish`, and a batch that is given up leaves nothing."""

    def __init__(self, folder: Path, way: Way, setting: Setting, day: str) -> None:
        """`day`: today as ISO, for the name of the one file."""
        self._folder, self._way, self._setting = folder, way, setting
        self._day = day
        self._leaves: list[Leaf] = []
        self._packed: list[tuple[str, bytes]] = []
        self.written: list[Path] = []
        self.documents = 0

    def add(self, queries: Queries, visit: str) -> None:
        """Problem: this list cannot be made or written. What was added before is not touched."""
        sheet = attendance_sheet(queries, visit, variant=self._setting.variant, paper=self._setting.paper)
        name = file_name(queries, visit, self._setting.variant)
        if self._way == "each":
            path = self._folder / name
            write_attendance_list(sheet, path)
            self.written.append(path)
        elif self._way == "one":
            self._leaves += list(leaves(sheet))
        else:
            self._packed.append((name, _pdf(sheet)))
        self.documents += 1

    def finish(self) -> list[Path]:
        """Write what waits to be written; the paths of all files. Problem: the disk does not take it."""
        if self._way != "each" and self.documents:
            joined = self._way == "one"
            path = self._folder / f"Daftar Hadir {self._day}{self._copy()}.{'pdf' if joined else 'zip'}"
            replace_file(path, self._write_pdf if joined else self._write_zip)
            self.written.append(path)
        return self.written

    def _copy(self) -> str:
        return " salinan umum" if self._setting.variant == "public" else ""

    def _write_pdf(self, file: BinaryIO) -> None:
        write_pdf(self._leaves, "Daftar Hadir", file)

    def _write_zip(self, file: BinaryIO) -> None:
        with ZipFile(file, "w", ZIP_STORED) as archive:  # a PDF is packed already
            for name, content in self._packed:
                archive.writestr(ZipInfo(name), content)  # without the hour at which it was made


def check_folder(text: str) -> Path:
    """The folder that a person named. Problem: there is none."""
    folder = Path(text.strip()).expanduser()
    if not text.strip() or not folder.is_dir():
        raise Problem(_("Folder {folder} tidak ada. Pilih folder lain.").format(folder=repr(text.strip())))
    return folder


def file_name(queries: Queries, visit: str, variant: str) -> str:
    """Daftar Hadir 2025-07-03 Bongkudai Utara 4M7K-92QD.pdf. A place outside of the villages is left out: it is typed
    freely and may name somebody."""
    values = queries.get(visit).values
    known = queries.overview.villages()
    villages = [known[one] for one in values.get("villages", ()) if one in known][:3]
    starts = str(values.get("starts_at", ""))
    codes = [one.region_code for one in villages if one.region_code]
    day = zone_of(codes[0]).local(starts).date().isoformat() if codes else starts[:10]
    place = _plain(", ".join(one.name for one in villages))
    copy = "salinan umum" if variant == "public" else ""
    return " ".join(filter(None, ("Daftar Hadir", day, place, copy, document_code(visit, variant)))) + ".pdf"


def _plain(text: str) -> str:
    """What every file system takes."""
    kept = "".join(sign if sign.isalnum() or sign in " -,'" else " " for sign in text)
    return " ".join(kept.split())[:NAME_MAX].strip()


def _pdf(sheet: AttendanceSheet) -> bytes:
    out = BytesIO()
    write_attendance_list(sheet, out)
    return out.getvalue()
