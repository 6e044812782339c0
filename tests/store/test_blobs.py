"""The bytes of photos: whole or not at all, for as long as a record refers to them."""

import hashlib
import json
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import pytest

from pimpasa_desktop import sqlcipher
from pimpasa_desktop.domain.ids import compose
from pimpasa_desktop.domain.row import Row
from pimpasa_desktop.problem import Problem
from pimpasa_desktop.store.blobs import PART_BYTES, PHOTOS_MAX, attach, want
from pimpasa_desktop.store.delivery import Delivery
from pimpasa_desktop.store.erase import erase
from pimpasa_desktop.store.store import Store
from rig.world import LAPTOP_KEY, LaptopRig

CANARY = b"kasuaribiru"
CONTENT = CANARY * 9_000  # three rows and a bit
SHA256 = hashlib.sha256(CONTENT).hexdigest()
SMALL = CANARY * 20


def visit(laptop: LaptopRig) -> str:
    return laptop.store.put("visit", {"villages": [laptop.village()], "starts_at": "2025-07-03T09:00+08:00"})


def photographed(laptop: LaptopRig, to: str = "", content: bytes = CONTENT) -> str:
    return attach(laptop.store, {"visit": to or visit(laptop), "caption": "Papan"}, content, SMALL)


def blobs(store: Store) -> int:
    (parts,) = store._sql.execute("SELECT count(*) FROM blob_part").fetchone()
    (whole,) = store._sql.execute("SELECT count(*) FROM blob").fetchone()
    assert bool(parts) == bool(whole)
    return int(whole)


def test_a_photo_is_there_with_its_bytes_and_its_small_picture(laptop: LaptopRig) -> None:
    of = visit(laptop)
    made = photographed(laptop, of)
    (photo,) = laptop.store.queries.photos.of(of)
    assert (photo.id, photo.caption, photo.size) == (made, "Papan", len(CONTENT))
    assert photo.here and not photo.sent and not photo.asked
    assert laptop.store.queries.photos.content(SHA256) == CONTENT
    assert laptop.store.queries.photos.thumbnail(SHA256) == SMALL
    assert laptop.store.queries.photos.pending() == (1, len(CONTENT))


def test_the_same_picture_is_kept_once_and_shown_once_on_each_visit(laptop: LaptopRig) -> None:
    one, other = visit(laptop), visit(laptop)
    assert photographed(laptop, one) == photographed(laptop, one) != photographed(laptop, other)
    assert blobs(laptop.store) == 1
    assert laptop.store.queries.photos.pending()[0] == 1


def test_a_photo_that_may_not_be_kept_leaves_no_bytes(laptop: LaptopRig) -> None:
    of = visit(laptop)
    laptop.store.put("visit", {"signed_off_at": "2025-07-03T15:00+08:00"}, of)
    with pytest.raises(Problem):
        photographed(laptop, of)
    with pytest.raises(Problem):
        photographed(laptop, compose(7, 7))
    assert blobs(laptop.store) == 0


def test_there_is_a_bound_to_the_photos_of_a_visit(laptop: LaptopRig) -> None:
    of = visit(laptop)
    with laptop.store.transaction():
        for number in range(PHOTOS_MAX):
            photographed(laptop, of, b"%d" % number)
    with pytest.raises(Problem, match="paling banyak"):
        photographed(laptop, of, b"one more")


def test_a_disk_that_fills_in_the_middle_leaves_neither_record_nor_bytes(laptop: LaptopRig) -> None:
    of = visit(laptop)
    (pages,) = laptop.store._sql.execute("PRAGMA page_count").fetchone()
    laptop.store._sql.execute(f"PRAGMA max_page_count = {pages + 15}")  # room for the record and two of four rows
    with pytest.raises(Problem, match="Diska penuh"):
        photographed(laptop, of)
    laptop.store._sql.execute("PRAGMA max_page_count = 1000000")
    assert laptop.store.queries.photos.of(of) == [] and blobs(laptop.store) == 0
    assert photographed(laptop, of)


def test_erasing_a_visit_takes_its_photos_and_no_other_s(laptop: LaptopRig) -> None:
    gone, kept = visit(laptop), visit(laptop)
    photographed(laptop, gone)
    photographed(laptop, gone, CONTENT + b"2")
    photographed(laptop, kept)
    erase(laptop.store, gone)
    assert laptop.store.queries.photos.content(SHA256) == CONTENT and blobs(laptop.store) == 1
    erase(laptop.store, kept)
    assert blobs(laptop.store) == 0


def test_a_photo_leaves_with_the_village_that_was_taken_away(laptop: LaptopRig) -> None:
    of = visit(laptop)
    photographed(laptop, of)
    laptop.sync()
    laptop.store.take(Delivery(laptop.store.standing, forget=(of,), buckets=frozenset()))
    assert laptop.store.queries.photos.of(of) == [] and blobs(laptop.store) == 0


def test_a_removed_photo_can_be_taken_back_for_thirty_days(laptop: LaptopRig) -> None:
    of = visit(laptop)
    made = photographed(laptop, of)
    laptop.store.delete(made)
    assert laptop.store.queries.photos.pending() == (0, 0)
    days = iter(range(1_000, 2_000))
    swept(laptop, days, 30)
    laptop.store.restore(made)
    swept(laptop, days, 30)
    assert laptop.store.queries.photos.content(SHA256) == CONTENT
    laptop.store.delete(made)
    swept(laptop, days, 32)
    assert blobs(laptop.store) == 0


def swept(laptop: LaptopRig, days: Iterator[int], count: int) -> None:
    for day in islice(days, count):
        laptop.store.blobs.sweep(day * 24 * 3600)


def test_a_clock_that_jumps_takes_no_removed_photo_away(laptop: LaptopRig) -> None:
    made = photographed(laptop, visit(laptop))
    laptop.store.delete(made)
    for year in (2026, 2046, 1970, 2026):
        laptop.store.blobs.sweep((year - 1970) * 365 * 24 * 3600)
    laptop.store.restore(made)
    assert laptop.store.queries.photos.content(SHA256) == CONTENT


def test_a_refused_photo_keeps_its_bytes_until_somebody_has_decided(laptop: LaptopRig) -> None:
    of, other = visit(laptop), visit(laptop)
    made = photographed(laptop, of)
    refuse(laptop, of, made)
    with laptop.store.transaction():
        laptop.store._shelf.remove([laptop.store._shelf.find(made).key])
    erase(laptop.store, other)
    assert laptop.store.queries.photos.content(SHA256) == CONTENT
    erase(laptop.store, of)
    assert blobs(laptop.store) == 0


def test_a_photo_that_was_only_asked_for_goes_with_its_record_whatever_names_it(laptop: LaptopRig) -> None:
    of = visit(laptop)
    made = laptop.store.put("photo", {"visit": of, "sha256": SHA256, "size": len(CONTENT)})
    want(laptop.store, SHA256, len(CONTENT))
    refuse(laptop, of, made)
    with laptop.store.transaction():
        laptop.store._shelf.remove([laptop.store._shelf.find(made).key])
        laptop.store.blobs.release()
    assert blobs(laptop.store) == 0


def refuse(laptop: LaptopRig, of: str, made: str) -> None:
    """The office refused the photo `made` of a visit."""
    refused = Row("rejected", compose(91, 1), 901, laptop.account, False, {
        "writer": laptop.account, "operation": compose(92, 1), "record": made, "record_entity": "photo",
        "action": "put", "patch": json.dumps({"visit": of, "sha256": SHA256}), "reason": "role", "secrecy": "B",
    })  # fmt: skip
    laptop.store.take(Delivery(laptop.store.standing, rows=(refused,)))


def test_a_copy_of_the_database_has_the_photos(laptop: LaptopRig, tmp_path: Path) -> None:
    photographed(laptop)
    laptop.store.copy_to(tmp_path / "copy.db")
    with sqlcipher.connect(tmp_path / "copy.db", LAPTOP_KEY, readonly=True) as copy:
        parts = copy.execute("SELECT content FROM blob_part ORDER BY position").fetchall()
    copy.close()
    assert b"".join(part for (part,) in parts) == CONTENT


# -- what travels


def test_small_ones_are_sent_first_and_only_of_records_that_the_office_has(laptop: LaptopRig) -> None:
    of = visit(laptop)
    large = photographed(laptop, of)
    small = photographed(laptop, of, b"small")
    assert laptop.store.blobs.to_send(9, free=True) == []
    laptop.sync()
    assert laptop.store.blobs.to_send(9, free=True) == []
    laptop.store.compare()  # the office may have been set back
    assert [asked.record for asked in laptop.store.blobs.to_send(9, free=True)] == [small, large]
    laptop.store.blobs.wait(hashlib.sha256(b"small").hexdigest(), True)
    assert [asked.record for asked in laptop.store.blobs.to_send(9, free=False)] == [large]
    laptop.store.blobs.mark_sent(SHA256)
    assert [asked.record for asked in laptop.store.blobs.to_send(9, free=True)] == [small]


def fetched(laptop: LaptopRig) -> Store:
    """A store with a photo whose bytes are at the office."""
    of = visit(laptop)
    laptop.store.put("photo", {"visit": of, "sha256": SHA256, "size": len(CONTENT)})
    laptop.sync()
    laptop.store.blobs.want(SHA256, len(CONTENT))
    return laptop.store


def test_a_fetched_photo_is_shown_once_it_is_whole(laptop: LaptopRig) -> None:
    store = fetched(laptop)
    for position in range(0, len(CONTENT), PART_BYTES):
        (asked,) = store.blobs.wanted(9)
        assert asked.held == position and store.queries.photos.content(SHA256) is None
        assert store.blobs.take(SHA256, position, CONTENT[position : position + PART_BYTES])
    assert store.queries.photos.content(SHA256) == CONTENT
    assert store.blobs.wanted(9) == [] and store.queries.photos.pending() == (0, 0)


def test_parts_out_of_order_too_long_or_too_short_are_not_taken(laptop: LaptopRig) -> None:
    store = fetched(laptop)
    for position, part in ((PART_BYTES, b"x"), (0, b""), (0, b"x"), (0, bytes(PART_BYTES + 1)), (-1, b"x")):
        assert not store.blobs.take(SHA256, position, part)
    assert store.blobs.wanted(9)[0].held == 0


def test_a_blob_whose_hash_lies_is_thrown_away(laptop: LaptopRig) -> None:
    store = fetched(laptop)
    lie = b"x" * len(CONTENT)
    positions = range(0, len(CONTENT), PART_BYTES)
    taken = [store.blobs.take(SHA256, position, lie[position : position + PART_BYTES]) for position in positions]
    assert taken == [True] * (len(positions) - 1) + [False]
    assert blobs(store) == 0
