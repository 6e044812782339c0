"""Originals: byte for byte, on this laptop alone, gone with their photo."""

import hashlib
from collections.abc import Callable
from pathlib import Path

import pytest

from pimpasa_desktop import sqlcipher
from pimpasa_desktop.problem import Problem
from pimpasa_desktop.store.blobs import attach
from pimpasa_desktop.store.delivery import Delivery
from pimpasa_desktop.store.enclosures import enclose
from pimpasa_desktop.store.erase import erase, erase_original
from pimpasa_desktop.store.originals import AsTaken
from pimpasa_desktop.store.store import Store
from rig.world import LAPTOP_KEY, LaptopRig
from store.test_blobs import swept

PHOTO = b"small" * 2_000
SHA256 = hashlib.sha256(PHOTO).hexdigest()
TAKEN = AsTaken("IMG_2034.JPG", b"kasuaribiru 0.7211 N 124.4312 E" * 4_000)


def visit(laptop: LaptopRig) -> str:
    return laptop.store.put("visit", {"villages": [laptop.village()], "starts_at": "2025-07-03T09:00+08:00"})


def photographed(laptop: LaptopRig, to: str = "", original: AsTaken | None = TAKEN, content: bytes = PHOTO) -> str:
    return attach(laptop.store, {"visit": to or visit(laptop)}, content, b"", original)


def enclosed(laptop: LaptopRig, to: str, original: AsTaken | None = TAKEN, content: bytes = PHOTO) -> str:
    values = {"visit": to, "kind": "other", "title": "Daftar hadir"}
    return enclose(laptop.store, values, content, "Daftar hadir.jpg", original=original)


TakenIn = Callable[[LaptopRig, str], str]
as_photo_or_page = pytest.mark.parametrize("taken_in", [photographed, enclosed], ids=["photo", "page"])


def rows(store: Store) -> tuple[int, int]:
    (known,) = store._sql.execute("SELECT count(*) FROM original").fetchone()
    (parts,) = store._sql.execute("SELECT count(*) FROM original_part").fetchone()
    return known, parts


def test_an_original_is_kept_byte_for_byte_and_only_if_asked(laptop: LaptopRig) -> None:
    of = visit(laptop)
    photographed(laptop, of)
    photographed(laptop, of, None, b"another")
    told = {photo.sha256: photo.original for photo in laptop.store.queries.photos.of(of)}
    assert told == {SHA256: len(TAKEN.content), hashlib.sha256(b"another").hexdigest(): 0}
    kept = laptop.store.queries.originals.of(SHA256)
    assert kept and (kept.name, kept.size) == (TAKEN.name, len(TAKEN.content))
    assert laptop.store.queries.originals.content(SHA256) == TAKEN.content
    assert laptop.store.queries.photos.content(SHA256) == PHOTO


def test_a_photo_that_is_there_already_gets_its_original_once(laptop: LaptopRig) -> None:
    of = visit(laptop)
    made = photographed(laptop, of, None)
    waiting = laptop.store.queries.pending_count()
    assert photographed(laptop, of) == photographed(laptop, of) == made
    assert laptop.store.queries.originals.content(SHA256) == TAKEN.content
    assert laptop.store.queries.pending_count() == waiting  # nobody else hears of it
    with pytest.raises(Problem, match="IMG_9"):
        photographed(laptop, of, AsTaken("IMG_9.JPG", b"taken elsewhere"))
    assert laptop.store.queries.originals.content(SHA256) == TAKEN.content


def test_a_disk_that_fills_in_the_middle_of_an_original_leaves_no_photo_either(laptop: LaptopRig) -> None:
    of = visit(laptop)
    (pages,) = laptop.store._sql.execute("PRAGMA page_count").fetchone()
    laptop.store._sql.execute(f"PRAGMA max_page_count = {pages + 25}")  # room for the photo and a part of it
    with pytest.raises(Problem, match="Diska penuh"):
        photographed(laptop, of)
    laptop.store._sql.execute("PRAGMA max_page_count = 1000000")
    assert laptop.store.queries.photos.of(of) == [] and rows(laptop.store) == (0, 0)
    assert photographed(laptop, of)


def test_one_that_no_longer_is_what_it_was_is_not_handed_out(laptop: LaptopRig) -> None:
    photographed(laptop)
    laptop.store._sql.execute("UPDATE original_part SET content = x'00' WHERE position = 0")
    with pytest.raises(Problem, match="rusak"):
        laptop.store.queries.originals.content(SHA256)


# -- going


@as_photo_or_page
def test_an_original_goes_with_the_visit_that_is_erased(laptop: LaptopRig, taken_in: TakenIn) -> None:
    of = visit(laptop)
    taken_in(laptop, of)
    erase(laptop.store, of)
    assert rows(laptop.store) == (0, 0)


def test_an_original_goes_alone_and_from_every_copy_beside_the_database(laptop: LaptopRig) -> None:
    of = visit(laptop)
    made = photographed(laptop, of)
    snapshot = laptop.folder / "snapshots" / "one.pimpasa"
    snapshot.parent.mkdir()
    snapshot.write_bytes(b"a copy")
    erase_original(laptop.store, made)
    assert rows(laptop.store) == (0, 0) and not snapshot.exists()
    assert laptop.store.queries.photos.content(SHA256) == PHOTO
    entry = laptop.store._sql.execute("SELECT action, record FROM audit ORDER BY seq DESC LIMIT 1").fetchone()
    assert entry == ("erase_original", made)
    with pytest.raises(Problem, match="tidak ada lagi"):
        laptop.store.queries.originals.content(SHA256)


@as_photo_or_page
def test_an_original_leaves_with_the_village_even_while_its_photo_waits_to_be_brought(
    laptop: LaptopRig, taken_in: TakenIn
) -> None:
    of = visit(laptop)
    taken_in(laptop, of)
    laptop.sync()
    laptop.store.compare()  # the office may have been set back: the photo is to be brought again
    laptop.store.take(Delivery(laptop.store.standing, forget=(of,), buckets=frozenset()))
    assert laptop.store.queries.photos.content(SHA256) == PHOTO
    assert rows(laptop.store) == (0, 0)


def test_the_original_of_a_removed_photo_comes_back_with_it_for_thirty_days(laptop: LaptopRig) -> None:
    made = photographed(laptop)
    laptop.store.delete(made)
    days = iter(range(1, 100))
    swept(laptop, days, 30)
    laptop.store.restore(made)
    assert laptop.store.queries.originals.content(SHA256) == TAKEN.content
    laptop.store.delete(made)
    swept(laptop, days, 32)
    assert rows(laptop.store) == (0, 0)


def test_a_copy_of_the_database_has_the_originals(laptop: LaptopRig, tmp_path: Path) -> None:
    photographed(laptop)
    laptop.store.copy_to(tmp_path / "copy.db")
    assert TAKEN.content[:30] not in (tmp_path / "copy.db").read_bytes()
    with sqlcipher.connect(tmp_path / "copy.db", LAPTOP_KEY, readonly=True) as copy:
        parts = copy.execute("SELECT content FROM original_part ORDER BY position").fetchall()
    copy.close()
    assert b"".join(part for (part,) in parts) == TAKEN.content


# -- of a page that was photographed as a document's file


def test_the_original_of_a_page_is_kept_byte_for_byte_and_only_if_asked(laptop: LaptopRig) -> None:
    of = visit(laptop)
    made = enclosed(laptop, of)
    without = enclosed(laptop, of, None, b"another")
    found = laptop.store.queries.enclosures.of(of)
    assert (found[made].original, found[without].original) == (len(TAKEN.content), 0)
    assert laptop.store.queries.originals.content(SHA256) == TAKEN.content


def test_a_page_that_is_there_already_gets_its_original_once(laptop: LaptopRig) -> None:
    of = visit(laptop)
    made = enclosed(laptop, of, None)
    waiting = laptop.store.queries.pending_count()
    assert enclosed(laptop, of) == enclosed(laptop, of) == made
    assert laptop.store.queries.originals.content(SHA256) == TAKEN.content
    assert laptop.store.queries.pending_count() == waiting  # nobody else hears of it


def test_a_page_that_is_at_the_office_alone_is_here_again_with_its_original(laptop: LaptopRig) -> None:
    of = visit(laptop)
    made = enclosed(laptop, of, None)
    with laptop.store.transaction():
        laptop.store.blobs.drop(SHA256)
    enclosed(laptop, of)
    assert laptop.store.queries.enclosures.of(of)[made].here
    assert laptop.store.queries.originals.content(SHA256) == TAKEN.content


def test_the_original_of_a_page_goes_when_its_document_gets_another_file(laptop: LaptopRig) -> None:
    of = visit(laptop)
    made = enclosed(laptop, of)
    other = hashlib.sha256(b"another").hexdigest()
    laptop.store.put("document", {"sha256": other, "size": 7, "file_name": "lain.jpg"}, made)
    swept(laptop, iter((1,)), 1)
    assert rows(laptop.store) == (0, 0)


def test_the_original_of_a_page_goes_alone_and_the_trail_names_the_document(laptop: LaptopRig) -> None:
    made = enclosed(laptop, visit(laptop))
    erase_original(laptop.store, made)
    assert rows(laptop.store) == (0, 0) and laptop.store.queries.photos.content(SHA256) == PHOTO
    entry = laptop.store._sql.execute("SELECT action, entity, record FROM audit ORDER BY seq DESC LIMIT 1").fetchone()
    assert entry == ("erase_original", "document", made)


def test_how_many_are_kept_and_their_bytes_are_counted(laptop: LaptopRig) -> None:
    assert laptop.store.queries.originals.kept() == (0, 0)
    of = visit(laptop)
    photographed(laptop, of)
    enclosed(laptop, of)  # the same picture: one original
    enclosed(laptop, of, AsTaken("halaman.png", b"x" * 1_000), b"another")
    assert laptop.store.queries.originals.kept() == (2, len(TAKEN.content) + 1_000)
