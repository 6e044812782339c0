"""How long 20 lists of 60 rows take as one batch, joined in one PDF, against a bare reportlab canvas that draws the
same cells. Both write into memory; the runs alternate, so that a busy machine slows both.
"""

from io import BytesIO
from statistics import median

from bench.attendance_list import LIMIT, draw_bare, seconds, sheet
from bench.row import Figure
from pimpasa_desktop.reports.attendance_list import AttendanceSheet, leaves
from pimpasa_desktop.reports.page import Leaf, write_pdf

LISTS, ROWS, RUNS = 20, 60, 7


def figures() -> list[Figure]:
    sheets = [sheet(ROWS) for _list in range(LISTS)]
    pages = drawn(sheets)
    ours: list[float] = []
    bare: list[float] = []
    for _run in range(RUNS):
        bare.append(seconds(lambda: draw_bare(pages, BytesIO())))
        ours.append(seconds(lambda: write_pdf(drawn(sheets), "Daftar Hadir", BytesIO())))
    value, against = median(ours), median(bare)
    return [
        Figure(
            f"{LISTS} attendance lists of {ROWS} rows in one batch",
            value,
            "s",
            "bare reportlab canvas drawing the same cells",
            value / against,
            LIMIT,
        )
    ]


def drawn(sheets: list[AttendanceSheet]) -> list[Leaf]:
    """As the batch does it: list after list, all leaves, then one PDF."""
    return [leaf for one in sheets for leaf in leaves(one)]
