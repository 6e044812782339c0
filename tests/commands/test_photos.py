"""`attach`: a photo out of a file onto what it shows, a document's file onto what it is about."""

import hashlib
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import ExifTags, Image

from rig.desk import Desk


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    exif = Image.Exif()
    exif.get_ifd(ExifTags.IFD.Exif)[ExifTags.Base.DateTimeOriginal] = "2025:07:03 09:12:44"
    path = tmp_path / "foto.jpg"
    Image.new("RGB", (600, 400), "gray").save(path, exif=exif)
    return path


def test_a_photo_is_attached_to_a_visit_in_the_visit_s_zone(desk: Desk, photo: Path) -> None:
    visit = desk.visit(starts_at="2025-07-03T09:00+08:00")
    told = desk.run("attach", "--to", f"visit:{visit.upper()}", photo).line
    (kept,) = desk.list("photo")
    assert kept["id"] == told["id"] and kept["visit"] == visit and kept["size"] == told["size"]
    assert kept["taken_at"] == told["taken_at"] == "2025-07-03T09:12:44+08:00"
    with desk.home().reading() as store:
        assert hashlib.sha256(store.queries.photos.content(told["sha256"])).hexdigest() == told["sha256"]


def test_a_photo_of_a_report_is_taken_in_its_village(desk: Desk, photo: Path) -> None:
    (village,) = (found["id"] for found in desk.list("village")[:1])
    (report,) = desk.put("risk_report", {"kind": "tppo", "village": village})
    assert desk.run("attach", "--to", f"risk_report:{report}", photo).line["taken_at"].endswith("+07:00")


@pytest.mark.parametrize(
    "to", ["attendee:1", "visit", "visit:00000000-0000-4000-8000-000000000000", "risk_report:{visit}"]
)
def test_what_can_carry_no_photo_is_told(desk: Desk, photo: Path, to: str) -> None:
    told = desk.run("attach", "--to", to.format(visit=desk.visit()), photo)
    assert told.status == 1 and told.trouble.count("\n") == 1 and desk.list("photo") == []


def test_what_is_no_photo_is_told(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "foto.jpg").write_text("halo")
    told = desk.run("attach", "--to", f"visit:{desk.visit()}", tmp_path / "foto.jpg")
    assert told.status == 1 and "bukan PDF atau foto" in told.trouble and desk.list("photo") == []


def test_a_pdf_becomes_a_document_of_a_visit_or_the_file_of_one_that_is_there(desk: Desk, tmp_path: Path) -> None:
    visit = desk.visit()
    (tmp_path / "Surat Tugas.pdf").write_bytes(b"%PDF-1.7 1 %%EOF")
    (tmp_path / "SK.pdf").write_bytes(b"%PDF-1.7 2 %%EOF")
    made = desk.run("attach", "--to", f"visit:{visit}", tmp_path / "Surat Tugas.pdf").line
    (decree,) = desk.put("document", {"visit": visit, "kind": "decree", "number": "W29"})
    told = desk.run("attach", "--to", f"document:{decree}", tmp_path / "SK.pdf").line
    assert told["id"] == decree and told["file_name"] == "SK.pdf"
    kept = {one["id"]: one for one in desk.list("document")}
    assert kept[made["id"]]["title"] == "Surat Tugas" and kept[decree]["sha256"] == told["sha256"]
    assert desk.run("status").line["documents_pending"] == 2
    assert desk.run("sync").status == 0
    assert desk.run("status").line["documents_pending"] == 0


def test_the_original_is_kept_only_if_asked_and_comes_through_a_backup(desk: Desk, photo: Path, tmp_path: Path) -> None:
    visit = desk.visit()
    assert "original" not in desk.run("attach", "--to", f"visit:{visit}", photo).line
    told = desk.run("attach", "--to", f"visit:{visit}", photo, "--keep-original").line
    assert told["original"] == photo.stat().st_size and len(desk.list("photo")) == 1
    assert desk.run("backup", tmp_path / "b").status == 0
    there = replace(desk, folder=tmp_path / "there")
    assert there.run("restore", tmp_path / "b").status == 0
    with there.home().reading() as store:
        assert store.queries.originals.content(told["sha256"]) == photo.read_bytes()
    out = tmp_path / "asli.jpg"
    assert desk.run("export", "original", "--photo", told["id"], "--out", out).line["size"] == told["original"]
    assert out.read_bytes() == photo.read_bytes()
    with desk.home().reading() as store:
        (entry,) = store._sql.execute("SELECT record FROM audit WHERE action = 'export_original'")
    assert entry == (told["id"],)
    nobody = desk.run("export", "original", "--photo", visit, "--out", out)
    assert nobody.status == 1 and "tidak ada lagi" in nobody.trouble


def test_the_original_of_a_page_is_kept_only_if_asked_and_copied_by_the_document(
    desk: Desk, photo: Path, tmp_path: Path
) -> None:
    (decree,) = desk.put("document", {"visit": desk.visit(), "kind": "decree", "number": "W29"})
    told = desk.run("attach", "--to", f"document:{decree}", photo, "--keep-original").line
    assert (told["id"], told["original"]) == (decree, photo.stat().st_size)
    out = tmp_path / "asli.jpg"
    assert desk.run("export", "original", "--document", decree, "--out", out).line["size"] == told["original"]
    assert out.read_bytes() == photo.read_bytes()
    with desk.home().reading() as store:
        (entry,) = store._sql.execute("SELECT entity, record FROM audit WHERE action = 'export_original'")
    assert entry == ("document", decree)


def test_a_pdf_is_kept_as_it_is_whether_its_original_is_asked_or_not(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "SK.pdf").write_bytes(b"%PDF-1.7 2 %%EOF")
    told = desk.run("attach", "--to", f"visit:{desk.visit()}", tmp_path / "SK.pdf", "--keep-original").line
    assert "original" not in told and len(desk.list("document")) == 1
    with desk.home().reading() as store:
        assert store.queries.originals.kept() == (0, 0)
