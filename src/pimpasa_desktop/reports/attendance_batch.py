"""Attendance lists of several visits: a PDF each, all of them in one PDF, or in one ZIP.

Every file is whole or is not there. File names tell day, village and document code, never a person. Knows no screen
and no order of work: whoever calls adds one visit after the other and may stop between any two.
"""

from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Literal
from zipfile import ZIP_STORED, ZipFile, ZipInfo

from pimpasa_desktop.domain.calendar import zone_of
from pimpasa_desktop.files import Growing
from pimpasa_desktop.i18n import _
from pimpasa_desktop.problem import Problem
from pimpasa_desktop.reports.attendance_list import leaves, write_attendance_list
from pimpasa_desktop.reports.attendance_of_visit import attendance_sheet, document_code
from pimpasa_desktop.reports.attendance_sheet import AttendanceSheet
from pimpasa_desktop.reports.page import Leaf, PdfWriter
from pimpasa_desktop.spelling import number
from pimpasa_desktop.store.queries import Queries

Way = Literal["each", "one", "zip"]
PAGES_MAX = 3_000  # of one PDF: some 20 MB, which no reader and no printer takes gladly
NAME_MAX = 60  # letters of a place in a file name; some systems take 255 bytes for the whole path


@dataclass(frozen=True)
class Setting:
    """What all documents of a batch have in common."""

    variant: Literal["official", "public"] = "official"
    paper: Literal["A4", "F4"] = "A4"


class Batch:
    """`add` visits, then `finish`. With "each", a file is there as soon as its visit is added; otherwise the one file
    grows beside its place until `finish`, and a batch that is given up leaves nothing."""

    def __init__(self, folder: Path, way: Way, setting: Setting, day: str) -> None:
        """`day`: today as ISO, for the name of the one file."""
        self._folder, self._way, self._setting = folder, way, setting
        self._day = day
        self._part: Growing | None = None
        self._pdf: PdfWriter | None = None
        self._lost: Problem | None = None  # why the one file cannot be made any more
        self.written: list[Path] = []
        self.documents = 0

    def add(self, queries: Queries, visit: str) -> None:
        """Problem: this list cannot be made or written. What was added before is not touched, unless the disk failed
        under the one file: then `finish` says so too."""
        if self._lost is not None:
            raise self._lost
        sheet = attendance_sheet(queries, visit, variant=self._setting.variant, paper=self._setting.paper)
        name = file_name(queries, visit, self._setting.variant)
        if self._way == "each":
            path = self._folder / name
            write_attendance_list(sheet, path)
            self.written.append(path)
        elif self._way == "one":
            self._add_pages(list(leaves(sheet)))  # all of this list, or none of it
        else:
            self._pack(name, sheet)
        self.documents += 1

    def finish(self) -> list[Path]:
        """Put the one file in its place; the paths of all files. Problem: the disk does not take it."""
        if self._lost is not None:
            raise self._lost
        if self._part is not None:
            try:
                with self._part.growing():
                    if self._pdf is not None:
                        self._pdf.save()
            except BaseException:
                self.give_up()
                raise
            self._part.finish()
            self._part = None
            self.written.append(self._one())
        return self.written

    def give_up(self) -> None:
        """Files that are whole stay; of the one file nothing is left."""
        if self._part is not None:
            self._part.give_up()
            self._part = None

    def _one(self) -> Path:
        copy = " salinan umum" if self._setting.variant == "public" else ""
        return self._folder / f"Daftar Hadir {self._day}{copy}.{'pdf' if self._way == 'one' else 'zip'}"

    def _add_pages(self, pages: list[Leaf]) -> None:
        if self._part is None or self._pdf is None:
            self._part = Growing(self._one())
            self._pdf = PdfWriter("Daftar Hadir", self._part.file)
        if self._pdf.pages + len(pages) > PAGES_MAX:
            raise Problem(
                _("Satu PDF memuat paling banyak {count} halaman. Simpan yang ini tersendiri, atau pilih ZIP.").format(
                    count=number(PAGES_MAX)
                )
            )
        for leaf in pages:
            self._pdf.add(leaf)

    def _pack(self, name: str, sheet: AttendanceSheet) -> None:
        out = BytesIO()
        write_attendance_list(sheet, out)
        if self._part is None:
            self._part = Growing(self._one())
        try:
            # Closed after each, so that nothing of it is left to write into a file that was given up.
            with self._part.growing(), ZipFile(self._part.file, "a", ZIP_STORED) as archive:  # a PDF is packed already
                archive.writestr(ZipInfo(name), out.getvalue())  # without the hour at which it was made
        except Problem as problem:
            self.give_up()
            self._lost = problem
            raise


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
