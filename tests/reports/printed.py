"""Lists to print, and another program's view (poppler) of what was printed."""

import re
import subprocess
from dataclasses import dataclass
from html import unescape
from pathlib import Path
from typing import Any

from pimpasa_desktop.reports.attendance_list import (
    AttendanceRow,
    AttendanceSheet,
    Letterhead,
    Signer,
    StakeholderGroup,
    write_attendance_list,
)

POINTS_PER_MM = 72 / 25.4
FIRST_COLUMN_RIGHT = {False: 38.0, True: 40.0}

GROUPS = (
    StakeholderGroup("imigrasi", "Imigrasi"),
    StakeholderGroup("perangkat_desa", "Perangkat desa"),
    StakeholderGroup("tni", "TNI"),
    StakeholderGroup("cpmi", "CPMI", masked=True),
    StakeholderGroup("purna_pmi", "Purna PMI", masked=True),
    StakeholderGroup("relawan", "Relawan"),
    StakeholderGroup("warga", "Warga"),
)

LETTERHEAD = Letterhead(
    (
        "KEMENTERIAN IMIGRASI DAN PEMASYARAKATAN REPUBLIK INDONESIA",
        "DIREKTORAT JENDERAL IMIGRASI",
        "KANTOR WILAYAH SULAWESI UTARA",
        "KANTOR IMIGRASI KELAS II NON TPI KOTAMOBAGU",
        "Jalan Contoh Nomor 25, Kotamobagu, Sulawesi Utara 95700",
        "Laman: kotamobagu.imigrasi.go.id",
    )
)


def row(at: int) -> AttendanceRow:
    """The attendee at place `at`, each a little different, all of names that need one line."""
    group = GROUPS[at % len(GROUPS)].code
    return AttendanceRow(
        name=f"Peserta {at + 1:04}",
        number="198609262015051001" if at % 3 == 0 else "",
        position="Kader" if at % 2 else "",
        group=group,
        institution=f"Dusun {at % 9 + 1}",
        phone=f"+62812{at:08}" if at % 4 else "",
        sex="L" if at % 2 else "P",
    )


def sheet(count: int, **changes: Any) -> AttendanceSheet:
    values: dict[str, Any] = {
        "letterhead": LETTERHEAD,
        "subject": "Sosialisasi dan Edukasi Keimigrasian",
        "village": "Desa Bongkudai Utara",
        "day": "Kamis, 3 Juli 2025",
        "time": "09.00 s.d. 12.00 WITA",
        "place": "Desa Bongkudai Utara, Kecamatan Mooat, Kabupaten Bolaang Mongondow Timur",
        "programme": "Pengenalan PIMPASA dan pembentukan kelompok relawan pengawasan desa",
        "speakers": ("Keneth Rompas, Kepala Seksi Intelijen dan Penindakan Keimigrasian",),
        "groups": GROUPS,
        "rows": tuple(row(at) for at in range(count)),
        "left": Signer(("Mengetahui,", "Sangadi Bongkudai Utara"), "Ruslan Mamonto"),
        "right": Signer(
            ("Bongkudai Utara, 3 Juli 2025", "Petugas Imigrasi Pembina Desa"), "Deddy Mokodompit", "198001012005011001"
        ),
        "document_code": "8RW3-K5TA",
    }
    return AttendanceSheet(**values | changes)


@dataclass(frozen=True)
class Word:
    text: str
    x: float
    y: float


@dataclass(frozen=True)
class Page:
    """One page as poppler reads it; places in mm from the upper left."""

    width: float
    height: float
    words: tuple[Word, ...]

    @property
    def text(self) -> str:
        return " ".join(word.text for word in self.words)

    def numbers(self, landscape: bool) -> list[int]:
        """The numbers in the first column, from the top."""
        ordered = sorted(self.words, key=lambda word: word.y)
        inside = (word for word in ordered if 30 <= word.x < FIRST_COLUMN_RIGHT[landscape])
        return [int(word.text) for word in inside if word.text.isdigit() and word.y < self.height - 25]


@dataclass(frozen=True)
class Printed:
    pages: tuple[Page, ...]

    @property
    def text(self) -> str:
        return " ".join(page.text for page in self.pages)


def printed(attendance: AttendanceSheet, folder: Path) -> Printed:
    path = folder / "daftar.pdf"
    write_attendance_list(attendance, path)
    return read(path)


def read(path: Path) -> Printed:
    html = subprocess.run(["pdftotext", "-bbox", str(path), "-"], capture_output=True, check=True).stdout.decode()
    pages = []
    for width, height, body in re.findall(r'<page width="([\d.]+)" height="([\d.]+)">(.*?)</page>', html, re.DOTALL):
        words = re.findall(r'<word xMin="([-\d.]+)" yMin="([-\d.]+)"[^>]*>(.*?)</word>', body)
        placed = (Word(unescape(text), float(x) / POINTS_PER_MM, float(y) / POINTS_PER_MM) for x, y, text in words)
        pages.append(Page(float(width) / POINTS_PER_MM, float(height) / POINTS_PER_MM, tuple(placed)))
    return Printed(tuple(pages))
