"""A page on the screen looks as it is printed: held against another program's picture of the PDF (poppler)."""

import subprocess
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage

from pimpasa_desktop.app.widgets.page_view import PageView, picture
from pimpasa_desktop.reports.attendance_list import leaves, write_attendance_list
from pimpasa_desktop.reports.page import Leaf, paper
from pimpasa_desktop.reports.typeface import BOLD
from reports.printed import sheet

MM_PER_INCH = 25.4
DPI = 96
CELL = 8  # px: two drawings of one letter differ by a pixel, not by a cell


def greys(image: QImage) -> list[list[float]]:
    """Mean grey of each cell of the picture."""
    small = image.convertToFormat(QImage.Format.Format_Grayscale8)
    wide, high = small.width() // CELL, small.height() // CELL
    cells = small.scaled(wide, high, mode=Qt.TransformationMode.SmoothTransformation)
    return [[cells.pixelColor(x, y).red() for x in range(wide)] for y in range(high)]


@pytest.mark.parametrize(("variant", "landscape"), [("official", False), ("public", True)])
def test_it_looks_like_the_pdf(tmp_path: Path, variant: str, landscape: bool) -> None:
    attendance = sheet(30, variant=variant, landscape=landscape)
    path = tmp_path / "list.pdf"
    write_attendance_list(attendance, path)
    whole = ["pdftoppm", "-r", str(DPI), "-png", "-f", "1", "-l", "1", "-singlefile", str(path), str(tmp_path / "page")]
    subprocess.run(whole, check=True)
    printed = QImage(str(tmp_path / "page.png"))
    first = next(leaves(attendance))
    ours = picture(first, printed.width()).toImage()
    assert abs(ours.height() - printed.height()) <= 1
    apart = [
        abs(one - other)
        for row, other_row in zip(greys(ours), greys(printed), strict=True)
        for one, other in zip(row, other_row, strict=True)
    ]
    assert sum(apart) / len(apart) < 6
    assert sum(cell > 64 for cell in apart) / len(apart) < 0.01


def test_paper_is_white_and_a_text_stands_where_the_leaf_says(shown) -> None:
    leaf = Leaf(paper("A4", landscape=False))
    leaf.text(100, 50, "MMMM", BOLD, 24)
    view = shown(PageView("Pratinjau"), 422, 600)
    view.show_leaf(leaf)
    image = view.grab().toImage()
    page = view.page()
    per_mm = page.width() / 210

    def dark(x: float, y: float) -> bool:
        left, top = round(page.left() + x * per_mm), round(page.top() + y * per_mm)
        return any(image.pixelColor(left + step, top).lightness() < 128 for step in range(12))

    assert dark(101, 47)
    assert not dark(101, 60)
    assert image.pixelColor(round(page.center().x()), round(page.bottom()) - 4) == QColor("white")
    assert view.accessibleDescription() == "MMMM"


def test_without_a_leaf_there_is_nothing(shown) -> None:
    view = shown(PageView("Pratinjau"), 300, 300)
    assert view.page().isEmpty()
