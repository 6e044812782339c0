"""Lists from elsewhere in, attendance lists out."""

import subprocess
from pathlib import Path

import pytest

from pimpasa_desktop.store.audit import Audit
from rig.desk import Desk

CSV = """\
No;Nama;L/P;Unsur;Jabatan;Instansi;No. HP
1;Siti Aminah, S.E.;P;Perangkat desa;Kepala Desa Slemanan;;08123456789
2;Budi;L;CPMI;;;
"""


def text_of(pdf: Path) -> str:
    return subprocess.run(["pdftotext", "-layout", str(pdf), "-"], capture_output=True, text=True, check=True).stdout


@pytest.fixture
def list_(tmp_path: Path) -> Path:
    file = tmp_path / "daftar.csv"
    file.write_text(CSV)
    return file


def test_a_list_becomes_attendees_in_its_order(desk: Desk, list_: Path) -> None:
    visit = desk.visit()
    assert desk.run("import", "attendees", "--visit", visit, list_).line == {"imported": 2}
    found = desk.list("attendee")
    assert [(who["name"], who["stakeholder_group"], who["phone"]) for who in found] == [
        ("Siti Aminah, S.E.", "perangkat_desa", "+628123456789"),
        ("Budi", "CPMI", ""),
    ]


def test_a_row_that_cannot_be_keeps_all_of_the_list_out(desk: Desk, list_: Path) -> None:
    visit = desk.visit()
    list_.write_text(CSV + "3;Rini;P;;;;081\n")
    told = desk.run("import", "attendees", "--visit", visit, list_)
    assert (told.status, told.out) == (1, "") and told.trouble.startswith("Baris 4: ")
    assert desk.list("attendee") == []


def test_a_visit_that_is_not_here_takes_no_list(desk: Desk, list_: Path) -> None:
    told = desk.run("import", "attendees", "--visit", "00000000-0000-4000-8000-000000000000", list_)
    assert told.status == 1 and "tidak ada di sini" in told.trouble


def test_the_official_list_says_everything_and_is_noted(desk: Desk, list_: Path, tmp_path: Path) -> None:
    visit = desk.visit(ends_at="2025-07-03T11:30+08:00", theme="Penguatan", venue="Balai Desa Slemanan")
    desk.run("import", "attendees", "--visit", visit, list_)
    out = tmp_path / "daftar.pdf"
    assert desk.run("export", "attendance", "--visit", visit, "--out", out).line == {"out": str(out), "attendees": 2}
    text = text_of(out)
    for printed in (
        *("KANTOR IMIGRASI KELAS II NON TPI KOTAMOBAGU", "PENGUATAN", "Kamis, 3 Juli 2025", "08.00 s.d. 10.30 WIB"),
        *("Balai Desa Slemanan, Kecamatan Udanawu, Kabupaten Blitar", "0812-3456-789", "CPMI", "Kepala Desa Slemanan"),
        *("Petugas Imigrasi Pembina Desa", "Deddy", "Kotamobagu, 3 Juli 2025"),
    ):
        assert printed in text
    with desk.home().reading() as store:
        trail = store._sql.execute("SELECT action, entity, record FROM audit").fetchall()
        assert trail[-1] == ("export", "visit", visit)
        assert Audit(store._sql).broken_at() is None


def test_the_public_list_masks_what_is_nobodys_business(desk: Desk, list_: Path, tmp_path: Path) -> None:
    visit = desk.visit()
    desk.run("import", "attendees", "--visit", visit, list_)
    out = tmp_path / "umum.pdf"
    options = ("--variant", "public", "--paper", "F4", "--landscape")
    assert desk.run("export", "attendance", "--visit", visit, "--out", out, *options).status == 0
    text = text_of(out)
    assert "SALINAN UNTUK UMUM" in text and "•••• •••• 789" in text
    assert "0812-3456" not in text and "CPMI" not in text


def test_a_visit_without_attendees_still_gives_a_list_to_fill_by_hand(desk: Desk, tmp_path: Path) -> None:
    out = tmp_path / "kosong.pdf"
    told = desk.run("export", "attendance", "--visit", desk.visit(), "--out", out, "--spare", "20")
    assert told.line["attendees"] == 0 and "Rekap kehadiran: 0 orang" in text_of(out)


def test_exporting_goes_on_while_another_program_writes_and_is_noted_all_the_same(desk: Desk, tmp_path: Path) -> None:
    visit = desk.visit()
    with desk.home().writing() as store:
        assert desk.run("export", "attendance", "--visit", visit, "--out", tmp_path / "a.pdf").status == 0
        store.put("visit", {"theme": "Sesudahnya"}, visit)
    with desk.home().reading() as store:
        assert [action for (action,) in store._sql.execute("SELECT action FROM audit")] == ["put", "export", "put"]
        assert Audit(store._sql).broken_at() is None


def test_what_cannot_be_exported_leaves_no_file(desk: Desk, tmp_path: Path) -> None:
    (village,) = desk.list("village")
    out = tmp_path / "x.pdf"
    for identifier in (village["id"], "00000000-0000-4000-8000-000000000000", "x"):
        told = desk.run("export", "attendance", "--visit", identifier, "--out", out)
        assert told.status == 1 and told.trouble.count("\n") == 1 and not out.exists()
    told = desk.run("export", "attendance", "--visit", desk.visit(), "--out", tmp_path / "none" / "x.pdf")
    assert told.status == 1 and "tidak ada" in told.trouble
