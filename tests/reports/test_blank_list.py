"""Sheets for a pen: on which letterhead, how many rows, and nobody's name."""

from pathlib import Path

import pytest

from pimpasa_desktop.reports.attendance_of_visit import attendance_sheet, office_sheet
from pimpasa_desktop.reports.blank_list import ROWS_MAX, write_blank_list
from reports.printed import Printed, read, sheet
from reports.test_attendance_of_visit import HOURS, SLEMANAN, laptop, villages
from rig.world import LaptopRig

__all__ = ["laptop"]


def numbers(found: Printed) -> list[int]:
    return [number for page in found.pages for number in page.numbers(landscape=False)]


@pytest.mark.parametrize("paper", ["A4", "F4"])
@pytest.mark.parametrize("rows", [1, 14, 15, 60])
def test_as_many_rows_as_asked_for_numbered_on_and_every_page_filled(tmp_path: Path, paper: str, rows: int) -> None:
    write_blank_list(sheet(3, paper=paper), rows, tmp_path / "kosong.pdf")
    found = read(tmp_path / "kosong.pdf")
    here = numbers(found)
    assert here == list(range(1, len(here) + 1))
    assert here[-1] >= rows > here[-1] - 24
    assert f"Halaman {len(found.pages)} dari {len(found.pages)}" in found.pages[-1].text
    assert all("Tanda Tangan" in page.text and "Perangkat desa" in page.text for page in found.pages)


def test_more_rows_than_anybody_carries_are_not_printed(tmp_path: Path) -> None:
    write_blank_list(sheet(0), 100_000, tmp_path / "kosong.pdf")
    assert ROWS_MAX <= numbers(read(tmp_path / "kosong.pdf"))[-1] < ROWS_MAX + 24


def test_a_sheet_of_a_visit_has_its_place_and_hours_and_nobody_who_came(laptop: LaptopRig, tmp_path: Path) -> None:
    visit = laptop.store.put("visit", {**HOURS, "villages": [villages(laptop)[SLEMANAN]], "theme": "Penguatan"})
    laptop.store.put("attendee", {"visit": visit, "name": "Siti Khotimah"})
    write_blank_list(attendance_sheet(laptop.store.queries, visit), 10, tmp_path / "kosong.pdf")
    text = read(tmp_path / "kosong.pdf").text
    assert "KANTOR IMIGRASI KELAS II NON TPI KOTAMOBAGU" in text and "PENGUATAN" in text
    assert "Kecamatan Udanawu" in text and "09.00 s.d. 11.30 WIB" in text
    assert "Siti" not in text and "Agus Prasetyo" not in text and "Rekap" not in text


def test_a_sheet_of_no_visit_has_the_letterhead_and_dots_to_write_on(laptop: LaptopRig, tmp_path: Path) -> None:
    office = str(laptop.store.meta.get("office"))
    write_blank_list(office_sheet(laptop.store.queries, office), 30, tmp_path / "kosong.pdf")
    found = read(tmp_path / "kosong.pdf")
    assert "KANTOR IMIGRASI KELAS II NON TPI KOTAMOBAGU" in found.text and "DAFTAR HADIR" in found.text
    assert found.pages[0].text.count("....................") >= 4
    assert len(found.pages) == 2
