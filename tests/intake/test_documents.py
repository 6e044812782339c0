"""A document's file: a PDF or a page photographed, by what is in it; anything else is a sentence."""

from pathlib import Path

import pytest
from PIL import Image

from pimpasa_desktop.intake.documents import NAME_MAX, enclosure
from pimpasa_desktop.intake.jpeg import bare_size
from pimpasa_desktop.problem import Problem
from pimpasa_desktop.sync.protocol.blobs import BLOB_BYTES_MAX

PDF = b"%PDF-1.7\n1 0 obj << >> endobj\ntrailer << >>\n%%EOF\n"


def written(folder: Path, content: bytes, name: str = "Surat Tugas.pdf") -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


def refused(path: Path) -> str:
    with pytest.raises(Problem) as found:
        enclosure(path)
    assert path.name in found.value.sentence and "tidak disimpan" in found.value.sentence
    return found.value.sentence


def test_a_pdf_is_kept_as_it_is_under_its_name(tmp_path: Path) -> None:
    kept = enclosure(written(tmp_path, PDF))
    assert (kept.content, kept.name, kept.title) == (PDF, "Surat Tugas.pdf", "Surat Tugas")


def test_a_photographed_page_is_made_small_and_tells_nothing_of_its_maker(tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[271] = "Dewi Novita"
    Image.new("RGB", (3_000, 2_000), "white").save(tmp_path / "halaman.pdf", "JPEG", exif=exif)
    kept = enclosure(tmp_path / "halaman.pdf")
    assert bare_size(kept.content) == (1_600, 1_067) and kept.name == "halaman.jpg"


def test_only_a_photographed_page_has_an_original_and_only_if_asked(tmp_path: Path) -> None:
    Image.new("RGB", (300, 200), "white").save(tmp_path / "halaman.pdf", "PNG")
    assert enclosure(tmp_path / "halaman.pdf").original is None
    original = enclosure(tmp_path / "halaman.pdf", keep_original=True).original
    assert original and original.content == (tmp_path / "halaman.pdf").read_bytes()
    assert original.name == "halaman.pdf"
    assert enclosure(written(tmp_path, PDF), keep_original=True).original is None  # it is kept as it is


def test_the_content_decides_and_not_the_name(tmp_path: Path) -> None:
    assert enclosure(written(tmp_path, PDF, "catatan.docx")).name == "catatan.pdf"
    for content in (b"", b"halo", b"PK\x03\x04" + bytes(50), b"MZ" + bytes(50), b"<html>%PDF-1.7", b"GIF89a"):
        assert "bukan PDF" in refused(written(tmp_path, content))


def test_a_page_in_a_format_of_some_telephones_is_told_by_its_name(tmp_path: Path) -> None:
    assert "HEIC" in refused(written(tmp_path, bytes(4) + b"ftypheic" + bytes(90), "halaman.heic"))


def test_a_cut_pdf_a_large_one_and_a_broken_picture_are_refused(tmp_path: Path) -> None:
    assert "terpotong" in refused(written(tmp_path, PDF[:-8]))
    assert "5 MB" in refused(written(tmp_path, PDF[:9] + bytes(BLOB_BYTES_MAX) + PDF[-6:]))
    assert "rusak" in refused(written(tmp_path, b"\xff\xd8\xff" + bytes(90), "halaman.jpg"))
    assert "tidak dapat dibuka" in refused(tmp_path / "tidak-ada.pdf")


def test_a_name_is_shown_in_one_line(tmp_path: Path) -> None:
    assert enclosure(written(tmp_path, PDF, "surat\ntugas\u202e.pdf")).name == "surat tugas.pdf"
    assert len(enclosure(written(tmp_path, PDF, "s" * 240 + ".pdf")).name) == NAME_MAX
