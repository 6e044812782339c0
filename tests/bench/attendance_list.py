"""How long an attendance list of 10,000 rows takes against a bare reportlab canvas that draws the same cells.

The bare canvas gets every string, line and fill of the finished list with its place, one drawing call each, and
decides nothing. Both write into memory; the runs alternate, so that a busy machine slows both.
"""

from collections.abc import Callable
from io import BytesIO
from statistics import median
from time import perf_counter

from reportlab.pdfgen.canvas import Canvas

from bench.row import Figure
from pimpasa_desktop.reports.attendance_list import (
    AttendanceRow,
    AttendanceSheet,
    Letterhead,
    Signer,
    StakeholderGroup,
    leaves,
    write_attendance_list,
)
from pimpasa_desktop.reports.page import HEADER_FILL, Leaf
from pimpasa_desktop.reports.typeface import MM_PER_POINT

ROWS = 10_000
LIMIT = 1.5
RUNS = 3

_FIRST = ("Agus", "Siti", "Bambang", "Nur", "Dewi", "Moh.", "Sri", "Yanto", "Raden Roro Endang", "Khoirun")
_LAST = (
    "Prasetyo",
    "Mahmudah",
    "Hariyanto",
    "Kholis",
    "Lestari",
    "Riyadi",
    "Utami",
    "Kobandaha",
    "Nisa’",
    "Wowor-Kalangi",
)
_POSITIONS = (
    "Kepala Dusun Slemanan Barat",
    "Kader PKK",
    "",
    "Ketua Karang Taruna",
    "Babinsa",
    "Kepala Seksi Pelayanan Umum",
)
_GROUPS = ("perangkat_desa", "perempuan_pkk", "warga", "pemuda", "tni", "kecamatan")


def sheet(count: int = ROWS) -> AttendanceSheet:
    """A list of `count` attendees, nearly every name and number different."""
    rows = tuple(
        AttendanceRow(
            name=f"{_FIRST[at % 10]} {_LAST[at // 10 % 10]} {chr(65 + at // 100 % 26)}. {at // 2600 or ''}".strip(),
            title_after="S.Pd." if at % 7 == 0 else "",
            number=f"1985{at % 12 + 1:02}0120100{at % 9 + 1}1{at % 1000:03}" if at % 3 == 0 else "",
            position=_POSITIONS[at % 6],
            group=_GROUPS[at % 6],
            institution=f"Dusun {at % 90 + 1}, Desa Bongkudai Utara",
            phone=f"+62812{at:08}" if at % 4 else "",
            sex="L" if at % 2 else "P",
        )
        for at in range(count)
    )
    return AttendanceSheet(
        letterhead=Letterhead(
            ("KEMENTERIAN", "DIREKTORAT JENDERAL", "KANTOR WILAYAH", "KANTOR IMIGRASI", "Jalan", "Laman")
        ),
        subject="Sosialisasi dan Edukasi Keimigrasian",
        village="Desa Bongkudai Utara",
        day="Kamis, 3 Juli 2025",
        time="09.00 s.d. 12.00 WITA",
        place="Balai Desa Bongkudai Utara",
        groups=tuple(StakeholderGroup(code, code.replace("_", " ").capitalize()) for code in _GROUPS),
        rows=rows,
        left=Signer(("Mengetahui,", "Sangadi Bongkudai Utara"), "Ruslan Mamonto"),
        right=Signer(("Bongkudai Utara, 3 Juli 2025", "Petugas Imigrasi Pembina Desa"), "Deddy Mokodompit"),
        document_code="4M7K-92QD",
    )


def draw_bare(pages: list[Leaf], out: BytesIO) -> None:
    """Every string and line by one plain call, colours and widths set where they change."""
    point = 1 / MM_PER_POINT
    canvas = Canvas(out, invariant=1, pageCompression=1)
    for page in pages:
        top = page.paper.height
        canvas.setPageSize((page.paper.width * point, top * point))
        canvas.setFillGray(HEADER_FILL)
        for x, y, across, down in page.fills:
            canvas.rect(x * point, (top - y - down) * point, across * point, down * point, stroke=0, fill=1)
        for pen, lines in page.lines.items():
            canvas.setLineWidth(pen.width)
            canvas.setStrokeGray(pen.grey)
            canvas.setDash(*pen.dash) if pen.dash else canvas.setDash()
            for x1, y1, x2, y2 in lines:
                canvas.line(x1 * point, (top - y1) * point, x2 * point, (top - y2) * point)
        shade = None
        for x, baseline, text, face, size, grey in page.texts:
            if grey != shade:
                canvas.setFillGray(grey)
                shade = grey
            canvas.setFont(face, size)
            canvas.drawString(x * point, (top - baseline) * point, text)
        canvas.showPage()
    canvas.save()


def figures() -> list[Figure]:
    attendance = sheet()
    pages = list(leaves(attendance))
    ours: list[float] = []
    bare: list[float] = []
    for _run in range(RUNS):
        bare.append(seconds(lambda: draw_bare(pages, BytesIO())))
        ours.append(seconds(lambda: write_attendance_list(attendance, BytesIO())))
    value, against = median(ours), median(bare)
    return [
        Figure(
            f"attendance list of {ROWS:,} rows",
            value,
            "s",
            "bare reportlab canvas drawing the same cells",
            value / against,
            LIMIT,
        )
    ]


def seconds(work: Callable[[], None]) -> float:
    start = perf_counter()
    work()
    return perf_counter() - start
