"""The attendance list (Daftar Hadir) of a visit: values in, PDF out.

The official variant is signed and filed; the public one masks phones, leaves NIP and NRP out and shows children by
initials. A NIK is printed in neither. Its text is Indonesian whatever language the program speaks. Knows no store,
no entity and no clock: whoever calls it has chosen the rows, their order and every printed date.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from pimpasa_desktop.files import replace_file
from pimpasa_desktop.i18n import _
from pimpasa_desktop.problem import Problem
from pimpasa_desktop.reports.attendance_closing import closing_of, draw_closing
from pimpasa_desktop.reports.attendance_entries import entries
from pimpasa_desktop.reports.attendance_head import draw_head, running_header
from pimpasa_desktop.reports.attendance_sheet import AttendanceRow, AttendanceSheet, Signer, StakeholderGroup
from pimpasa_desktop.reports.attendance_table import NEXT_TOP, draw_table, paginate, set_rows, style_of
from pimpasa_desktop.reports.page import (
    Leaf,
    Letterhead,
    draw_footer,
    draw_letterhead,
    draw_running_header,
    draw_tag,
    paper,
    write_pdf,
)

__all__ = ["AttendanceRow", "AttendanceSheet", "Letterhead", "Signer", "StakeholderGroup", "write_attendance_list"]

SPARE_ROWS_MAX = 20
PUBLIC_TAG = "SALINAN UNTUK UMUM"
# The wording and the article quoted await the office's lawyer.
OFFICIAL_NOTICE = (
    "Data pada daftar ini dikumpulkan untuk pertanggungjawaban kegiatan (UU 27/2022 Pasal 20 ayat (2) huruf e), "
    "disimpan kantor sesuai jadwal retensi, dan tidak dipakai untuk keperluan lain. Nomor HP boleh dikosongkan."
)
PUBLIC_NOTICE = (
    "Salinan ini memuat nomor HP yang disamarkan dan tanpa NIP/NRP; tanda tangan ada pada naskah asli di kantor. "
    "Data dikumpulkan untuk pertanggungjawaban kegiatan (UU 27/2022 Pasal 20 ayat (2) huruf e)."
)
MISSING_NOTICE = " Tanda □ menggantikan huruf atau lambang yang tidak dapat dicetak."


def write_attendance_list(sheet: AttendanceSheet, out: Path | BinaryIO) -> None:
    """Write the list as PDF. A path gets the whole file or stays as it was.

    Raises Problem when the logo cannot be read, a text has no end, or the disk does not take the file.
    """
    pages = leaves(sheet)
    # Only kind and code: a title bar, a print queue or a search index must not tell who attended.
    title = f"Daftar Hadir {sheet.document_code}".rstrip()
    if isinstance(out, Path):
        replace_file(out, lambda file: write_pdf(pages, title, file))
    else:
        write_pdf(pages, title, out)


def leaves(sheet: AttendanceSheet) -> Iterator[Leaf]:
    """The pages of the list, one at a time."""
    page = paper(sheet.paper, sheet.landscape)
    style = style_of(sheet)
    closing = closing_of(sheet)
    if closing.height + 2 * style.row_height > style.next_room:
        raise Problem(
            _("Rekap dan penanda tangan tidak muat pada satu halaman. Persingkat jabatan penanda tangan, lalu ulangi.")
        )
    spare = 0 if sheet.public else max(0, min(sheet.spare_rows, SPARE_ROWS_MAX))
    rows = set_rows(entries(sheet), spare, style, closing.height)

    first = Leaf(page)
    draw_letterhead(first, sheet.letterhead)
    table_top = draw_head(first, sheet)
    rooms = (page.foot - table_top - style.header_height, style.next_room)
    # A list of nobody still has one row, which says so.
    heights = [row.height for row in rows] or [style.row_height]
    parts = paginate(heights, style.rows, rooms, closing.height)
    header = running_header(sheet, page.text_width - 20)
    for number, part in enumerate(parts, 1):
        leaf, top = (first, table_top) if number == 1 else (Leaf(page), NEXT_TOP)
        if number > 1:
            draw_running_header(leaf, header)
        if sheet.public:
            draw_tag(leaf, PUBLIC_TAG, number == 1)
        if part:
            foot = draw_table(leaf, top, rows[part.start : part.stop], style)
        if number == len(parts):
            draw_closing(leaf, closing, foot)
        _finish(leaf, sheet, number, len(parts))
        yield leaf


def _finish(leaf: Leaf, sheet: AttendanceSheet, number: int, total: int) -> None:
    notice = PUBLIC_NOTICE if sheet.public else OFFICIAL_NOTICE
    if any("□" in text for _x, _y, text, *_style in leaf.texts):
        notice += MISSING_NOTICE
    draw_footer(leaf, sheet.document_code, notice, number, total)
