"""Ekspor, as a clerk uses it."""

import subprocess
from collections.abc import Callable
from pathlib import Path
from zipfile import ZipFile

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.screens import day
from pimpasa_desktop.app.screen import Place
from pimpasa_desktop.app.screens.export import ExportScreen
from rig.window import Screenful, Seat, Town

Opened = Callable[..., Screenful]


@pytest.fixture
def visits(officer: Seat) -> dict[str, str]:
    return day.filled(officer)


@pytest.fixture
def program(town: Town, visits: dict[str, str], opened: Opened, tmp_path: Path) -> Screenful:
    program = opened(town.person("Vivi Tumbelaka", "office_clerk").enrol())
    program.window.go(Place("export"))
    (tmp_path / "surat").mkdir()
    export(program).folder.setText(str(tmp_path / "surat"))
    return program


def export(program: Screenful) -> ExportScreen:
    screen = program.screen
    assert isinstance(screen, ExportScreen)
    return screen


def click(widget: object) -> None:
    QTest.mouseClick(widget, Qt.MouseButton.LeftButton)


def tick(screen: ExportScreen, visit: str) -> None:
    """Click on the box of its row."""
    index = screen.table.rows.index(screen.table.rows.place(visit), 0)
    screen.table.scrollTo(index)
    place = screen.table.visualRect(index).center()
    QTest.mouseClick(screen.table.viewport(), Qt.MouseButton.LeftButton, pos=place)


def saved(program: Screenful) -> ExportScreen:
    screen = export(program)
    click(screen.save)
    program.until(lambda: screen.result is not None and screen.save.isVisible())
    return screen


def text(path: Path) -> list[str]:
    """Each page as poppler reads it."""
    out = subprocess.run(["pdftotext", "-layout", path, "-"], check=True, capture_output=True).stdout
    return out.decode().split("\f")[:-1]


def test_a_pdf_each_and_no_name_of_a_person_in_a_file_name(
    program: Screenful, visits: dict[str, str], tmp_path: Path
) -> None:
    screen = export(program)
    tick(screen, visits["Tobongon 2025-06-20"])
    tick(screen, visits["Bongkudai Utara 2025-06-26"])
    assert screen.save.words() == "Simpan 2 PDF"
    assert screen.counted.text() == "2 dipilih · 47 nama"
    saved(program)
    names = sorted(path.name for path in (tmp_path / "surat").iterdir())
    assert [name.rsplit(" ", 1)[0] for name in names] == [
        "Daftar Hadir 2025-06-20 Tobongon",
        "Daftar Hadir 2025-06-26 Bongkudai Utara",
    ]
    assert "Siti Simbala" in "".join(text(tmp_path / "surat" / names[0]))


def test_ticked_again_it_is_not_chosen(program: Screenful, visits: dict[str, str]) -> None:
    screen = export(program)
    tick(screen, visits["Tobongon 2025-06-20"])
    tick(screen, visits["Tobongon 2025-06-20"])
    assert screen.counted.text() == "Belum ada yang dipilih"
    screen.table.setFocus()
    QTest.keyClick(screen.table, Qt.Key.Key_Space)
    assert len(screen.table.on) == 1
    click(screen.none)
    assert not screen.table.on


def test_all_of_a_month_in_one_pdf_each_list_with_pages_of_its_own(program: Screenful, tmp_path: Path) -> None:
    screen = export(program)
    june = next(one for one in screen.offered()["Bulan"] if one.word == "Juni 2025")
    screen.filters.add(june)
    click(screen.every)
    assert len(screen.table.on) == 6
    click(screen.way.dot("one"))
    click(screen.variant.dot("public"))
    click(screen.paper.dot("F4"))
    saved(program)
    (path,) = (tmp_path / "surat").iterdir()
    assert path.name == "Daftar Hadir 2025-07-03 salinan umum.pdf"
    pages = text(path)
    assert sum("Halaman 1 dari" in page for page in pages) == 6
    assert all("SALINAN UNTUK UMUM" in page for page in pages)
    told = subprocess.run(["pdfinfo", path], check=True, capture_output=True).stdout.decode()
    assert "609.449 x 935.433" in told  # F4 in points


def test_all_in_one_zip(program: Screenful, tmp_path: Path) -> None:
    screen = export(program)
    QTest.keyClicks(screen.search, "liberia")
    program.until(lambda: screen.table.rows.rowCount() == 3)
    click(screen.every)
    click(screen.way.dot("zip"))
    saved(program)
    (path,) = (tmp_path / "surat").iterdir()
    with ZipFile(path) as archive:
        assert archive.testzip() is None
        assert len(archive.namelist()) == 3


def test_one_that_cannot_be_made_is_told_and_the_rest_goes_on(
    program: Screenful, visits: dict[str, str], tmp_path: Path
) -> None:
    screen = export(program)
    click(screen.every)
    before = len(screen.table.on)
    gone = visits["Tobongon 2025-06-20"]
    folder = tmp_path / "surat"
    from pimpasa_desktop.reports.attendance_batch import file_name

    (folder / file_name(program.window.context.queries, gone, "official")).mkdir()  # its place is taken by a folder
    saved(program)
    assert screen.result is not None
    assert screen.result.accessibleName() == f"{before - 1} daftar tersimpan, 1 belum"
    assert "Tobongon, Jum, 20 Juni:" in screen.result.accessibleDescription()
    assert len(list(folder.glob("*.pdf"))) == before
    assert not list(folder.glob(".pimpasa-*"))


def test_stopped_the_finished_files_stay_and_the_one_file_is_not_written(program: Screenful, tmp_path: Path) -> None:
    screen = export(program)
    folder = tmp_path / "surat"
    click(screen.every)
    for way in ("each", "one"):
        click(screen.way.dot(way))
        before = len(list(folder.iterdir()))
        click(screen.save)
        assert screen.progress.isVisible()
        click(screen.progress.stop)
        program.until(screen.save.isVisible)
        assert screen.result is not None
        assert screen.result.accessibleName().startswith("Dihentikan")
        assert len(list(folder.iterdir())) - before == (1 if way == "each" else 0)
    assert len(text(next(folder.iterdir()))) >= 1


def test_a_folder_that_is_not_there_is_refused_under_the_field(program: Screenful, visits: dict[str, str]) -> None:
    screen = export(program)
    tick(screen, visits["Tobongon 2025-06-20"])
    screen.folder.setText("/tidak/ada")
    click(screen.save)
    assert screen.folder.property("state") == "error"
    assert "tidak ada" in screen.folder.accessibleDescription()


def test_nothing_chosen_is_said(program: Screenful) -> None:
    screen = export(program)
    click(screen.save)
    assert screen.result is not None
    assert screen.result.accessibleName() == "Pilih kunjungan dulu"


def test_unsent_parts_are_warned_of(program: Screenful, visits: dict[str, str]) -> None:
    screen = export(program)
    visit = visits["Tobongon 2025-06-20"]
    tick(screen, visit)
    assert not screen.warning.isVisible()
    program.window.context.write(lambda store: store.put("attendee", {"visit": visit, "name": "Vivi"}))
    program.until(screen.warning.isVisible)
    assert screen.warning.accessibleName() == "1 dari 1 belum final"
    assert "Belum terkirim: 1 peserta." in screen.warning.accessibleDescription()
    saved(program)  # a warning, never a bar
    assert screen.result is not None and screen.result.accessibleName() == "1 daftar tersimpan"


def test_from_masuk_one_comes_with_the_visit_chosen(program: Screenful, visits: dict[str, str]) -> None:
    program.window.go(Place("inbox"))
    program.screen.table.choose(visits["Tobongon 2025-06-20"])
    click(program.screen.export)
    assert export(program).table.on == {visits["Tobongon 2025-06-20"]}


def test_forty_letter_numbers_are_written_by_enter_alone_and_printed(
    program: Screenful, visits: dict[str, str], tmp_path: Path
) -> None:
    screen = export(program)
    QTest.keyClicks(screen.search, "tobongon")
    program.until(lambda: screen.table.rows.rowCount() == 3)
    screen.table.selectRow(0)
    for number in ("W.25-GR.03-1", "W.25-GR.03-2"):
        QTest.keyClicks(screen.letter_number.field, number)
        QTest.keyClick(screen.letter_number.field, Qt.Key.Key_Return)
    screen.table.selectRow(1)
    program.until(lambda: screen.letter_number.field.text() == "W.25-GR.03-2")
    assert "Tobongon, Jum, 20 Juni" in screen.numbered.text()
    for _again in range(2):  # it survives
        tick(screen, visits["Tobongon 2025-06-20"])
        saved(program)
    (path,) = (tmp_path / "surat").iterdir()
    assert "W.25-GR.03-2" in "".join(text(path))


def test_a_blank_sheet_of_a_visit_and_of_the_office_alone(
    program: Screenful, visits: dict[str, str], tmp_path: Path
) -> None:
    screen, path = export(program), tmp_path / "kosong.pdf"
    assert "Hanya kop kantor" in screen.blank.about.text()
    screen.blank.export(path)
    program.until(lambda: str(path) in screen.blank.told.text())
    assert "KOTAMOBAGU" in text(path)[0] and "Tobongon" not in text(path)[0]
    tick(screen, visits["Tobongon 2025-06-20"])
    assert "Tobongon" in screen.blank.about.text()
    click(screen.paper.dot("F4"))
    screen.blank.export(path)
    program.until(lambda: str(path) in screen.blank.told.text())
    assert "Jumat, 20 Juni 2025" in text(path)[0] and "Siti" not in "".join(text(path))
    screen.blank.export(tmp_path / "tidak ada" / "kosong.pdf")
    program.until(lambda: "tidak ada" in screen.blank.told.text())
