"""Files of a visit's documents: dropped, attached to one that is there, opened in another program and taken away again."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtGui import QDesktopServices

from app.screens import day
from pimpasa_desktop.app.original_kept import OriginalKept
from pimpasa_desktop.app.papers import Papers, _Beside
from pimpasa_desktop.app.screen import Place
from rig.window import Screenful, Seat

PDF = b"%PDF-1.7\n1 0 obj << >> endobj\ntrailer << >>\n%%EOF\n"


@pytest.fixture
def scans(tmp_path: Path) -> Path:
    folder = tmp_path / "pindaian"
    folder.mkdir()
    (folder / "SK Desa Binaan 2025.pdf").write_bytes(PDF)
    (folder / "Surat Tugas.pdf").write_bytes(PDF.replace(b"1 0", b"2 0"))
    (folder / "undangan.docx").write_bytes(b"PK\x03\x04")
    return folder


@pytest.fixture
def viewer(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """What another program was given to open."""
    given: list[Path] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: given.append(Path(url.toLocalFile())) or True)
    return given


def of_visit(program: Screenful, visit: str) -> Papers:
    program.window.go(Place("visit", visit))
    program.screen.parts.choose("documents")
    return program.screen.parts_of["documents"].files


def beside(papers: Papers) -> list[_Beside]:
    return [papers.rows[one.id].findChild(_Beside) for one in papers.records]


def test_dropped_files_become_documents_and_what_is_none_is_told(
    officer: Seat, opened: Callable[..., Screenful], scans: Path, viewer: list[Path]
) -> None:
    visits = day.filled(officer)
    officer.road.cut = True
    program = opened(officer)
    papers = of_visit(program, visits["Bongkudai Utara 2025-06-26"])
    program.screen.parts_of["documents"].ground.dropped.emit(sorted(scans.iterdir()))
    program.until(lambda: len(papers.records) == 2 and not papers.busy)
    assert "undangan.docx bukan PDF" in papers.coming.trouble.accessibleName()
    assert [one.values["title"] for one in papers.records] == ["SK Desa Binaan 2025", "Surat Tugas"]
    assert beside(papers)[0].file.words() == "SK Desa Binaan 2025.pdf · 1 kB"
    beside(papers)[0].way.click()
    program.until(lambda: beside(papers)[0].way.words() == "Kirim tanpa Wi-Fi")
    beside(papers)[1].file.click()
    assert viewer[0].read_bytes() == PDF.replace(b"1 0", b"2 0") and "Surat" not in viewer[0].name
    assert viewer[0].stat().st_mode & 0o77 == 0
    program.program.lock()
    assert not viewer[0].parent.exists()


def test_a_file_is_attached_to_a_document_that_is_there_and_to_what_is_signed_off_as_a_new_one(
    officer: Seat, opened: Callable[..., Screenful], scans: Path
) -> None:
    visits = day.filled(officer)
    visit = visits["Bongkudai Utara 2025-06-26"]
    with officer.store() as store:
        made = store.put("document", {"visit": visit, "kind": "decree", "number": "W29"})
    program = opened(officer)
    papers = of_visit(program, visit)
    assert beside(papers)[0].attach.isVisible() and beside(papers)[0].file.isHidden()
    papers.add_files([scans / "SK Desa Binaan 2025.pdf"], made)
    program.until(lambda: beside(papers)[0].file.isVisible())
    program.window.context.write(lambda store: store.put("visit", {"signed_off_at": "2025-07-01T09:00+08:00"}, visit))
    program.until(lambda: not papers.may)
    papers.add_files([scans / "Surat Tugas.pdf"])
    program.until(lambda: len(papers.records) == 2)
    assert papers.attach.isVisible() and papers.add.isHidden()
    program.window.context.send_now()
    program.until(lambda: all(file.sent for file in papers._files.values()))
    assert beside(papers)[0].way.isHidden()


def test_a_file_at_the_office_is_fetched_when_asked(
    officer: Seat, opened: Callable[..., Screenful], scans: Path, viewer: list[Path]
) -> None:
    visits = day.filled(officer)
    visit = visits["Bongkudai Utara 2025-06-26"]
    program = opened(officer)
    papers = of_visit(program, visit)
    papers.add_files([scans / "Surat Tugas.pdf"])
    program.until(lambda: papers.records and not papers.busy)
    program.window.context.send_now()
    program.until(lambda: all(file.sent for file in papers._files.values()))
    (sha256,) = (file.sha256 for file in papers._files.values())

    def drop(store: object) -> None:  # as on a laptop that never had it
        with store.transaction():
            store.blobs.drop(sha256)

    program.window.context.write(drop).then(lambda _none: papers._read())
    program.until(lambda: beside(papers)[0].file.words().startswith("Ambil Surat Tugas.pdf"))
    beside(papers)[0].file.click()
    program.until(lambda: beside(papers)[0].file.words() == "Surat Tugas.pdf · 1 kB")
    assert not viewer


def test_a_file_goes_to_its_document_although_another_was_under_way(
    officer: Seat, opened: Callable[..., Screenful], scans: Path
) -> None:
    visit = day.filled(officer)["Bongkudai Utara 2025-06-26"]
    with officer.store() as store:
        letter = store.put("document", {"visit": visit, "kind": "letter", "title": "Undangan"})
        decree = store.put("document", {"visit": visit, "kind": "decree", "number": "W29"})
    officer.road.cut = True
    program = opened(officer)
    papers = of_visit(program, visit)
    papers.add_files([scans / "SK Desa Binaan 2025.pdf"], decree)
    papers.add_files([scans / "Surat Tugas.pdf"], letter)
    program.until(lambda: len(papers._files) == 2 and not papers.busy)
    assert papers._files.keys() == {letter, decree}


def test_a_page_keeps_its_original_when_asked_and_a_pdf_stays_as_it_is(
    officer: Seat, opened: Callable[..., Screenful], scans: Path, tmp_path: Path
) -> None:
    visit = day.filled(officer)["Bongkudai Utara 2025-06-26"]
    page = scans / "halaman.jpg"
    Image.effect_noise((400, 300), 60).save(page)
    officer.road.cut = True
    program = opened(officer)
    papers = of_visit(program, visit)
    papers.add_files([page])
    program.until(lambda: papers.records and not papers.busy)
    (made,) = papers._files
    assert papers._files[made].original == 0 and papers.rows[made].findChild(OriginalKept) is None
    papers.keep.box.click()
    papers.add_files([])  # nothing was chosen
    assert papers.keep.wanted
    papers.add_files([page, scans / "Surat Tugas.pdf"])  # the page is here already: it gets its original now
    program.until(lambda: len(papers.records) == 2 and not papers.busy)
    assert not papers.keep.wanted and papers.coming.trouble.isHidden()
    assert sorted(file.original for file in papers._files.values()) == [0, page.stat().st_size]
    kept = papers.rows[made].findChild(OriginalKept)
    assert kept._told.text().startswith("Foto asli tersimpan di laptop ini, ") and kept.save.isVisible()
    kept.copy_to(tmp_path / "asli.jpg")
    program.until(kept.done.isVisible)
    assert (tmp_path / "asli.jpg").read_bytes() == page.read_bytes()
    kept.erase.click()
    kept.erasing.button.click()
    program.until(lambda: papers._files[made].original == 0)
    assert not kept.save.isVisible() and kept.done.isVisible() and papers.rows[made].row.hasFocus()
    papers.keep.box.click()
    program.screen.leave()
    assert not papers.keep.wanted  # it is asked each time anew
