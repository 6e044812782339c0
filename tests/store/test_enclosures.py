"""The files of documents: kept with their record or not at all, once, and gone with it."""

import hashlib

import pytest

from pimpasa_desktop.problem import Problem
from pimpasa_desktop.store import enclosures
from pimpasa_desktop.store.enclosures import WAITS_FROM, enclose
from pimpasa_desktop.store.erase import erase
from rig.world import LaptopRig

CONTENT = b"%PDF-1.7" + b"kasuaribiru" * 9_000
SHA256 = hashlib.sha256(CONTENT).hexdigest()


def visit(laptop: LaptopRig) -> str:
    return laptop.store.put("visit", {"villages": [laptop.village()], "starts_at": "2025-07-03T09:00+08:00"})


def kept(laptop: LaptopRig, of: str, content: bytes = CONTENT, record: str = "") -> str:
    values = {"visit": of, "kind": "assignment_letter", "title": "Surat tugas"}
    return enclose(laptop.store, values, content, "surat.pdf", record)


def blobs(laptop: LaptopRig) -> int:
    return int(laptop.store._sql.execute("SELECT count(*) FROM blob").fetchone()[0])


def test_a_file_is_kept_with_a_new_document_or_with_one_that_had_none(laptop: LaptopRig) -> None:
    of = visit(laptop)
    made = kept(laptop, of)
    old = laptop.store.put("document", {"visit": of, "kind": "letter", "number": "W29"})
    assert kept(laptop, of, CONTENT + b"2", old) == old
    found = laptop.store.queries.enclosures.of(of)
    assert found.keys() == {made, old} and found[made].here and not found[made].sent
    assert laptop.store.queries.photos.content(SHA256) == CONTENT
    assert laptop.get(old)["number"] == "W29" and laptop.get(old)["file_name"] == "surat.pdf"
    assert laptop.store.queries.enclosures.pending()[0] == 2
    with pytest.raises(Problem, match="sudah punya berkas"):
        kept(laptop, of, CONTENT + b"3", old)


def test_the_same_file_is_kept_once_and_there_is_a_bound(laptop: LaptopRig, monkeypatch: pytest.MonkeyPatch) -> None:
    one, other = visit(laptop), visit(laptop)
    assert kept(laptop, one) == kept(laptop, one) != kept(laptop, other)
    assert blobs(laptop) == 1
    monkeypatch.setattr(enclosures, "ENCLOSURES_MAX", 1)
    with pytest.raises(Problem, match="paling banyak"):
        kept(laptop, one, b"%PDF-another")
    assert blobs(laptop) == 1


def test_a_large_file_waits_for_a_connection_that_costs_nothing(laptop: LaptopRig) -> None:
    of = visit(laptop)
    large = kept(laptop, of, b"x" * (WAITS_FROM + 1))
    small = kept(laptop, of)
    found = laptop.store.queries.enclosures.of(of)
    assert (found[large].waits, found[small].waits) == (True, False)


def test_a_disk_that_fills_in_the_middle_leaves_neither_record_nor_bytes(laptop: LaptopRig) -> None:
    of = visit(laptop)
    (pages,) = laptop.store._sql.execute("PRAGMA page_count").fetchone()
    laptop.store._sql.execute(f"PRAGMA max_page_count = {pages + 15}")
    with pytest.raises(Problem, match="Diska penuh"):
        kept(laptop, of)
    laptop.store._sql.execute("PRAGMA max_page_count = 1000000")
    assert laptop.store.queries.enclosures.of(of) == {} and blobs(laptop) == 0


def test_what_was_signed_off_takes_a_new_document_with_its_file(laptop: LaptopRig) -> None:
    of = visit(laptop)
    laptop.store.put("visit", {"signed_off_at": "2025-07-03T15:00+08:00"}, of)
    assert kept(laptop, of) in laptop.store.queries.enclosures.of(of)


def test_a_file_goes_with_the_last_record_that_has_it(laptop: LaptopRig) -> None:
    gone, other = visit(laptop), visit(laptop)
    kept(laptop, gone)
    kept(laptop, other)
    erase(laptop.store, gone)
    assert laptop.store.queries.photos.content(SHA256) == CONTENT
    erase(laptop.store, other)
    assert blobs(laptop) == 0
