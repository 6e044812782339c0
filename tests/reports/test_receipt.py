"""The receipt on paper: what the office signed, and only that."""

import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from pimpasa_desktop.problem import Problem
from pimpasa_desktop.reports.receipt import write_receipt
from pimpasa_desktop.reports.receipt_of_visit import receipt_sheet
from pimpasa_desktop.store.blobs import attach
from rig.world import LaptopRig, Near, OfficeRig, RigEnv

SLEMANAN = "35.05.02.2010"


@pytest.fixture
def laptop(tmp_path: Path) -> Iterator[LaptopRig]:
    office = OfficeRig(tmp_path / "office", RigEnv("office"))
    account = office.account("Agus Prasetyo", "field_officer")
    office.assign(account, SLEMANAN, "Slemanan")
    laptop = LaptopRig(tmp_path / "laptop", RigEnv("laptop"), office, account, Near(office))
    yield laptop
    laptop.close()
    office.close()


def visit(laptop: LaptopRig) -> str:
    values = {"starts_at": "2025-07-03T09:00+07:00", "ends_at": "2025-07-03T11:30+07:00", "theme": "Bahaya TPPO"}
    made = laptop.store.put("visit", {**values, "villages": [laptop.village()], "venue": "Balai Desa Slemanan"})
    for name in ("Siti Aminah", "Budi", "Rini"):
        laptop.store.put("attendee", {"visit": made, "name": name})
    laptop.store.put("follow_up", {"visit": made, "text": "Datang lagi"})
    attach(laptop.store, {"visit": made}, b"foto" * 100, b"")
    return made


def text_of(pdf: Path) -> str:
    return subprocess.run(["pdftotext", "-layout", str(pdf), "-"], capture_output=True, text=True, check=True).stdout


def test_the_paper_says_what_the_office_signed_and_names_nobody_who_came(laptop: LaptopRig, tmp_path: Path) -> None:
    made = visit(laptop)
    laptop.sync()
    sheet = receipt_sheet(laptop.store, made)
    out = tmp_path / "resi.pdf"
    write_receipt(sheet, out)
    text = text_of(out)
    (receipt, _earlier) = laptop.store.queries.receipts.of(made)
    for printed in (
        *("RESI PENERIMAAN DATA KUNJUNGAN", "BAHAYA TPPO", receipt.mark, "Kamis, 3 Juli 2025, 08.00 WIB, jam kantor"),
        *("3 orang", "1 dari 1", "Tindak lanjut", "Agus Prasetyo", receipt.told.contents.hex()[:8], "Halaman 1 dari 1"),
    ):
        assert printed in text, printed
    assert "Siti" not in text and "Datang lagi" not in text


def test_without_a_receipt_there_is_no_paper(laptop: LaptopRig) -> None:
    with pytest.raises(Problem, match="belum punya resi"):
        receipt_sheet(laptop.store, visit(laptop))


def test_what_the_office_did_not_sign_is_not_printed(laptop: LaptopRig) -> None:
    made = visit(laptop)
    laptop.sync()
    with laptop.store.transaction():
        laptop.store._sql.execute("UPDATE receipt SET signature = zeroblob(64)")
    with pytest.raises(Problem, match="tidak cocok dengan kunci"):
        receipt_sheet(laptop.store, made)
