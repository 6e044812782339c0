"""The receipt (Resi) of a visit on one page: values in, PDF out. It names nobody who attended.

Its text is Indonesian whatever language the program speaks. Knows no store and no clock.
"""

from dataclasses import dataclass
from pathlib import Path

from pimpasa_desktop.files import replace_file
from pimpasa_desktop.reports.attendance_head import draw_fields, draw_title
from pimpasa_desktop.reports.fitting import fit_lines, together
from pimpasa_desktop.reports.masking import without_nik
from pimpasa_desktop.reports.page import (
    GREY,
    LEFT,
    Leaf,
    Letterhead,
    Pen,
    draw_footer,
    draw_letterhead,
    paper,
    write_pdf,
)
from pimpasa_desktop.reports.typeface import BOLD, MM_PER_POINT, REGULAR, printable

TITLE = "RESI PENERIMAAN DATA KUNJUNGAN"
NOTICE = (
    "Resi ini dibuat oleh program kantor saat data diterima dan dapat diperiksa dengan program ini di laptop petugas. "
    "Resi ini bukan nomor surat, dan bukan tanda tangan elektronik tersertifikasi."
)
_HEADER, _ROW, _FIGURES = 9.0, 7.0, 44.0
_INSIDE, _OUTSIDE = Pen(0.4), Pen(0.6)
_LEADING = 14.6 * MM_PER_POINT


@dataclass(frozen=True)
class ReceiptSheet:
    """`facts`: labels and values; `rows`: what was received and how much of it; `proof`: what a program checks."""

    letterhead: Letterhead
    subject: str
    facts: tuple[tuple[str, str], ...]
    rows: tuple[tuple[str, str], ...]
    statement: str
    proof: tuple[tuple[str, str], ...]
    code: str


def write_receipt(sheet: ReceiptSheet, out: Path) -> None:
    """Write it as PDF: the whole file, or what was there stays as it was. Problem: the disk does not take it."""
    leaf = Leaf(paper("A4", False))
    draw_letterhead(leaf, sheet.letterhead)
    y = draw_title(leaf, TITLE, _free(sheet.subject.upper()))
    facts = [(label, _free(value)) for label, value in sheet.facts]
    y = draw_fields(leaf, LEFT, y, leaf.paper.text_width, facts) + 4.0
    y = _table(leaf, y, sheet.rows) + 7.0
    y = _paragraph(leaf, y, sheet.statement, REGULAR, 11.0, 0.0) + 3.0
    for label, value in sheet.proof:
        leaf.text(LEFT, y, label, BOLD, 8, GREY)
        y = _paragraph(leaf, y + 3.8, value, REGULAR, 8.0, GREY) + 1.6
    draw_footer(leaf, sheet.code, NOTICE, 1, 1)
    replace_file(out, lambda file: write_pdf([leaf], f"Resi {sheet.code}", file))


def _free(text: str) -> str:
    """What somebody typed, as it may be printed."""
    return printable(without_nik(text))


def _table(leaf: Leaf, top: float, rows: tuple[tuple[str, str], ...]) -> float:
    """Returns its foot."""
    right = leaf.paper.right
    edge, foot = right - _FIGURES, top + _HEADER + len(rows) * _ROW
    leaf.fill(LEFT, top, leaf.paper.text_width, _HEADER)
    leaf.text(LEFT + 2, top + 5.7, "Yang diterima kantor", BOLD, 8.5)
    leaf.right_aligned(right - 2, top + 5.7, "Jumlah", BOLD, 8.5)
    for number, (what, count) in enumerate(rows):
        y = top + _HEADER + number * _ROW
        leaf.line(LEFT, y, right, y, _INSIDE)
        leaf.text(LEFT + 2, y + 4.7, printable(what), REGULAR, 10)
        leaf.right_aligned(right - 2, y + 4.7, count, REGULAR, 10)
    for y in (top, foot):
        leaf.line(LEFT, y, right, y, _OUTSIDE)
    for x in (LEFT, right):
        leaf.line(x, top, x, foot, _OUTSIDE)
    leaf.line(edge, top, edge, foot, _INSIDE)
    return foot


def _paragraph(leaf: Leaf, y: float, text: str, face: str, size: float, grey: float) -> float:
    """Returns the baseline after it."""
    for line in fit_lines(together(printable(text)), face, size, leaf.paper.text_width, 12).lines:
        leaf.text(LEFT, y, line, face, size, grey)
        y += _LEADING * size / 11
    return y
