"""`receipt show`: what the office signed, and what waits."""

from pathlib import Path

import pytest

from rig.desk import Desk, QuickOffice, enrolled


@pytest.fixture(scope="module")
def sender(office: QuickOffice, tmp_path_factory: pytest.TempPathFactory) -> Desk:
    return enrolled(office, tmp_path_factory.mktemp("sender"), "Nina", "field_officer", "35.05.02.2011")


def test_a_receipt_is_shown_once_the_office_has_signed_and_says_when_it_is_no_longer_all(
    sender: Desk, tmp_path: Path
) -> None:
    visit = sender.visit()
    sender.put("attendee", {"visit": visit, "name": "Siti"}, {"visit": visit, "name": "Budi"})
    told = sender.run("receipt", "show", "--visit", visit).line
    assert (told["receipts"], told["current"], told["waiting"]) == ([], False, {"visit": 1, "attendee": 2})
    assert sender.run("sync").status == 0
    told = sender.run("receipt", "show", "--visit", visit.upper()).line
    (receipt,) = told["receipts"]
    assert told["current"] and told["waiting"] == {} and told["taken"] == {"visit": 1, "attendee": 2}
    assert receipt["proven"] and receipt["records"] == {"visit": 1, "attendee": 2} and len(receipt["mark"]) == 14
    out = tmp_path / "resi.pdf"
    assert sender.run("export", "receipt", "--visit", visit, "--out", out).line["mark"] == receipt["mark"]
    assert out.read_bytes().startswith(b"%PDF")
    sender.put("attendee", {"visit": visit, "name": "Rini"})
    told = sender.run("receipt", "show", "--visit", visit).line
    assert not told["current"] and told["waiting"] == {"attendee": 1} and told["receipts"] == [receipt]


@pytest.mark.parametrize("which", ["village", "nobody"])
def test_there_is_no_receipt_of_anything_else(desk: Desk, which: str) -> None:
    wanted = desk.list("village")[0]["id"] if which == "village" else "00000000-0000-4000-8000-000000000000"
    told = desk.run("receipt", "show", "--visit", wanted)
    assert told.status == 1 and told.trouble.count("\n") == 1
