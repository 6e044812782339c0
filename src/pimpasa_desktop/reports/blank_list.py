"""A Daftar Hadir of empty rows, to be filled in by hand where no laptop is: on the letterhead of a visit's office with
what is known of the visit, or of the office alone. No summary and nobody's name: those stand on the list made of it.
"""

from collections.abc import Iterator
from pathlib import Path

from pimpasa_desktop.files import replace_file
from pimpasa_desktop.reports.attendance_head import TITLE, draw_head, running_header
from pimpasa_desktop.reports.attendance_list import OFFICIAL_NOTICE
from pimpasa_desktop.reports.attendance_sheet import AttendanceSheet
from pimpasa_desktop.reports.attendance_table import NEXT_TOP, draw_frame
from pimpasa_desktop.reports.fitting import fit_lines
from pimpasa_desktop.reports.page import (
    GREY,
    LEFT,
    Leaf,
    Pen,
    draw_footer,
    draw_letterhead,
    draw_running_header,
    paper,
    write_pdf,
)
from pimpasa_desktop.reports.typeface import BOLD, MM_PER_POINT, REGULAR

ROWS_MAX = 500
_ROW, _HEADER = 11.2, 9.5  # high enough for handwriting
_CODES_BELOW = 4.5
_COLUMNS = (
    (8.0, "No.", ""),
    (44.0, "Nama", ""),
    (9.0, "L/P", ""),
    (19.0, "Unsur", ""),
    (29.0, "Jabatan/Dusun", "atau instansi"),
    (22.0, "No. HP", "boleh kosong"),
    (29.0, "Tanda Tangan", ""),
)


def write_blank_list(sheet: AttendanceSheet, rows: int, out: Path) -> None:
    """Write it as PDF, whole or not at all. Problem: the disk does not take it, or the logo cannot be read."""
    replace_file(out, lambda file: write_pdf(blank_leaves(sheet, rows), "Daftar Hadir kosong", file))


def blank_leaves(sheet: AttendanceSheet, rows: int) -> Iterator[Leaf]:
    """The pages, one at a time, each filled to its foot: at least `rows` rows. `sheet` says what stands above the
    table; its attendees are not looked at."""
    page = paper(sheet.paper, False)
    first = Leaf(page)
    draw_letterhead(first, sheet.letterhead)
    top = draw_head(first, sheet)
    codes = fit_lines(_codes(sheet), REGULAR, 7.5, page.text_width, 3)
    below = _CODES_BELOW + len(codes.lines) * 7.5 * MM_PER_POINT * 1.2
    rows = max(1, min(rows, ROWS_MAX))
    fits = [int((page.foot - start - _HEADER - below) / _ROW + 1e-6) for start in (top, NEXT_TOP)]
    pages = 1 + max(0, -(-(rows - fits[0]) // fits[1]))
    begin = 1
    for number in range(1, pages + 1):
        leaf, start = (first, top) if number == 1 else (Leaf(page), NEXT_TOP)
        if number > 1:
            draw_running_header(leaf, running_header(sheet, page.text_width - 20) if sheet.subject else TITLE.title())
        here = fits[min(number - 1, 1)]
        foot = _draw_table(leaf, start, begin, here, page.text_width)
        for at, line in enumerate(codes.lines):
            leaf.text(LEFT, foot + _CODES_BELOW + at * codes.size * MM_PER_POINT * 1.2, line, REGULAR, codes.size, GREY)
        draw_footer(leaf, sheet.document_code, OFFICIAL_NOTICE, number, pages)
        begin += here
        yield leaf


def _codes(sheet: AttendanceSheet) -> str:
    return "Unsur: " + ", ".join(group.label for group in sheet.groups) + "."


def _draw_table(leaf: Leaf, top: float, begin: int, count: int, across: float) -> float:
    """Returns where the table ends."""
    wider = (across - sum(width for width, *_words in _COLUMNS)) / len(_COLUMNS)
    edges = [LEFT]
    for width, *_words in _COLUMNS:
        edges.append(edges[-1] + width + wider)
    leaf.fill(LEFT, top, across, _HEADER)
    for at, (_width, word, second) in enumerate(_COLUMNS):
        middle = (edges[at] + edges[at + 1]) / 2
        leaf.centred(middle, top + (4.2 if second else 5.8), word, BOLD, 8.5)
        if second:
            leaf.centred(middle, top + 7.6, second, REGULAR, 7.0)
    foot = top + _HEADER + count * _ROW
    for at in range(count):
        y = top + _HEADER + at * _ROW
        leaf.line(LEFT, y, edges[-1], y, Pen(0.4))
        leaf.centred((edges[0] + edges[1]) / 2, y + _ROW / 2 + 1.1, str(begin + at), REGULAR, 9.0)
    for edge in edges[1:-1]:
        leaf.line(edge, top, edge, foot, Pen(0.4))
    draw_frame(leaf, top, foot, edges)
    return foot
