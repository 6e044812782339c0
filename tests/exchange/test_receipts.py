"""Receipts: the office signs what it holds of a visit, the laptop keeps it only if it holds just that itself."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from exchange.conftest import World
from pimpasa_desktop.store.blobs import attach
from pimpasa_desktop.store.receipts import Receipts
from pimpasa_desktop.sync import engine
from pimpasa_desktop.sync.engine import Engine, Report
from pimpasa_desktop.sync.protocol import messages, receipts
from pimpasa_desktop.sync.protocol.messages import Answer, Request
from pimpasa_desktop.sync.protocol.receipts import Receipt
from pimpasa_desktop.sync.trouble import Unreachable
from rig.world import LaptopRig, Near, OfficeRig, RigEnv


@pytest.fixture
def near(tmp_path: Path) -> Iterator[World]:
    world = World(tmp_path, OfficeRig(tmp_path / "office", RigEnv("office")))
    yield world
    world.close()


def visit(laptop: LaptopRig, attendees: int = 0) -> str:
    of = laptop.store.put("visit", {"villages": [laptop.village()], "starts_at": "2025-07-03T09:00+08:00"})
    for number in range(attendees):
        laptop.store.put("attendee", {"visit": of, "name": f"Warga {number}"})
    return of


def got(laptop: LaptopRig, of: str) -> list[Receipt]:
    return laptop.store.queries.receipts.of(of)


def due(laptop: LaptopRig) -> list[str]:
    return laptop.store.receipts.due(100)


def office_key(laptop: LaptopRig) -> Ed25519PublicKey:
    return Ed25519PublicKey.from_public_bytes(bytes(laptop.store.meta.get("office_key")))


class Overheard(Near):
    """A line that keeps what was said, as it was before it was packed."""

    def __init__(self, office: OfficeRig) -> None:
        super().__init__(office)
        self.asked: list[Request] = []
        self.answered: list[Answer] = []

    def exchange(self, body: bytes) -> bytes:
        reply = super().exchange(body)
        self.asked.append(messages._decoded(body[80:], Request, messages.REQUEST_PLAIN_MAX))
        self.answered.append(messages._decoded(reply[64:], Answer, messages.ANSWER_PLAIN_MAX))
        return reply


def test_what_was_sent_of_a_visit_is_signed_in_the_same_answer(world: World) -> None:
    officer = world.officer()
    of, other = visit(officer, 3), visit(officer)
    assert officer.sync().requests == 1
    (receipt,) = got(officer, of)
    assert receipt.told.visit_id == of
    assert dict(receipt.told.counts) == {"visit": 1, "attendee": 3}
    assert receipt.told.office == officer.get(of)["office"]
    assert receipt.proves(office_key(officer))
    assert [found.told.visit_id for found in got(officer, other)] == [other]
    assert due(officer) == []


def test_nothing_is_said_of_receipts_when_there_is_nothing_new(near: World) -> None:
    officer = near.officer()
    visit(officer, 2)
    officer.sync()
    officer.line = line = Overheard(near.office)
    officer.sync()
    assert (line.asked[0].wanted, line.answered[0].receipts_signature) == ([], b"")


def test_a_receipt_cannot_be_changed_and_fits_no_other_visit(near: World) -> None:
    officer = near.officer()
    of, other = visit(officer, 1), visit(officer, 2)
    officer.sync()
    (one,), (two,) = got(officer, of), got(officer, other)
    key = office_key(officer)
    assert one.signed == two.signed and one.statement != two.statement
    assert not Receipt(one.statement[:-1] + b"\x05", one.signed, one.signature).proves(key)
    assert not Receipt(one.statement, one.signed[:-1] + b"\x05", one.signature).proves(key)
    assert not one.proves(Ed25519PublicKey.from_public_bytes(bytes(32)))
    assert one.mark != two.mark


def test_a_visit_of_which_something_waits_gets_no_receipt_until_that_was_answered(
    near: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    officer = near.officer()
    monkeypatch.setattr("pimpasa_desktop.sync.batch.OFFER_FIRST", 2)
    monkeypatch.setattr("pimpasa_desktop.sync.batch.OFFER_MAX", 2)
    of = visit(officer, 4)
    kept: list[int] = []
    before = Receipts.keep

    def watched(self: Receipts, root: str, receipt: Receipt) -> bool:
        done = before(self, root, receipt)
        kept.append(officer.store.queries.pending_count() if done else -1)
        return done

    monkeypatch.setattr(Receipts, "keep", watched)
    assert officer.sync().requests == 3
    assert kept == [-1, -1, 0]
    assert [receipt.told.count("attendee") for receipt in got(officer, of)] == [4]


def test_a_receipt_of_something_else_than_the_laptop_holds_is_not_kept(near: World) -> None:
    officer = near.officer()
    of = visit(officer, 2)
    officer.sync()
    with officer.store.transaction():  # a row is gone, and nobody noticed
        (key,) = officer.store._sql.execute("SELECT key FROM record WHERE entity = 'attendee'").fetchone()
        officer.store._shelf.remove([key])
    officer.store.put("visit", {"theme": "Baru"}, of)
    officer.line = line = Overheard(near.office)
    report = officer.sync()
    assert report.digests_match and len(line.asked) > 1
    assert line.answered[0].receipts == [0]  # it was given, and it did not fit
    assert [receipt.told.count("attendee") for receipt in got(officer, of)] == [2, 2]


def test_a_change_by_somebody_else_is_signed_at_the_next_exchange(near: World) -> None:
    officer, clerk = near.officer(), near.clerk()
    of = visit(officer, 2)
    officer.sync()
    clerk.sync()
    assert got(clerk, of) == [] and due(clerk) == []  # who brought nothing gets nothing
    clerk.store.put("visit", {"theme": "Cegah TPPO"}, of)
    clerk.sync()
    assert len(got(clerk, of)) == 1
    officer.sync()
    assert due(officer) == [of] and len(got(officer, of)) == 1
    officer.sync()
    new, old = got(officer, of)
    assert due(officer) == [] and new.told.contents == got(clerk, of)[0].told.contents != old.told.contents


def test_a_lost_answer_brings_the_receipt_with_the_next_one(near: World) -> None:
    class Deaf(Near):
        def exchange(self, body: bytes) -> bytes:
            super().exchange(body)
            raise Unreachable.on_the_way()

    officer = near.officer()
    of = visit(officer, 2)
    officer.line = Deaf(near.office)
    with pytest.raises(Unreachable):
        officer.sync()
    assert got(officer, of) == []
    officer.line = Near(near.office)
    officer.sync()
    assert len(got(officer, of)) == 1


def test_photos_that_follow_make_a_new_receipt(world: World) -> None:
    officer = world.officer()
    of = visit(officer, 1)
    for number in range(2):
        attach(officer.store, {"visit": of}, b"foto" * (number + 100), b"")
    report = officer.sync()
    told = [(found.told.photos, found.told.count("photo")) for found in got(officer, of)]
    assert told == [(2, 2), (0, 2)] and report.photos_sent == 2
    assert of in report.changed and due(officer) == []
    assert officer.sync().requests == 1


def test_a_photo_that_waits_is_said_to_be_missing(near: World) -> None:
    officer = near.officer()
    of = visit(officer)
    photo = attach(officer.store, {"visit": of}, b"foto" * 100, b"")
    with officer.store.transaction():
        officer.store.blobs.wait(str(officer.get(photo)["sha256"]), True)
    Engine(officer.store, officer.line, officer.env).exchange(Report(), free=False)
    (receipt,) = got(officer, of)
    assert (receipt.told.photos, receipt.told.count("photo")) == (0, 1)
    listed = lambda: [(line.receipt, line.photos_missing) for line in officer.store.queries.overview.visits()]  # noqa: E731
    assert listed() == [(True, True)]
    officer.sync()
    assert listed() == [(True, False)]
    officer.store.put("visit", {"theme": "Baru"}, of)
    assert listed() == [(False, False)]


def test_deleted_records_count_for_the_contents_and_not_for_the_numbers(near: World) -> None:
    officer = near.officer()
    of = visit(officer, 3)
    officer.sync()
    guest = str(officer.list("attendee")[0]["id"])
    officer.store.delete(guest)
    officer.sync()
    new, old = got(officer, of)
    assert (new.told.count("attendee"), old.told.count("attendee")) == (2, 3)
    assert new.told.contents != old.told.contents


def test_who_does_not_see_everything_of_a_visit_gets_no_receipt(near: World) -> None:
    """The head of office sees visits and not who attended: the number of attendees is not told either."""
    officer = near.officer()
    of = visit(officer, 2)
    officer.sync()
    head = near.laptop(near.office.account("Kepala", "head_of_office"))
    assert head.get(of)
    with head.store.transaction():
        head.store.receipts.owe([of])
    head.line = line = Overheard(near.office)
    head.sync()
    assert len(line.asked[0].wanted) == 1
    assert (line.answered[0].receipts, line.answered[0].receipts_signature) == ([], b"")


def test_a_laptop_of_an_earlier_program_is_told_nothing_of_receipts(
    near: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    officer = near.officer()
    visit(officer, 1)
    officer.line = line = Overheard(near.office)
    monkeypatch.setattr(engine.schema, "SCHEMA", receipts.SINCE - 1)
    assert officer.sync().digests_match
    assert line.answered[0].receipts_signature == b""


def test_an_office_that_was_set_back_signs_anew_what_it_was_given_back(near: World, tmp_path: Path) -> None:
    officer = near.officer()
    near.office.backup(tmp_path / "backup")
    of = visit(officer, 2)
    officer.sync()
    near.restore(tmp_path / "backup")
    assert officer.sync().healed == 3
    new, old = got(officer, of)
    assert new.told.contents == old.told.contents and new.told.number > old.told.number
    assert new.proves(office_key(officer)) and old.proves(office_key(officer))
