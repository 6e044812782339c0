"""Photos whose village was taken away before they were sent, and photos that nobody can bring any more."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from exchange.conftest import World
from exchange.test_exchange import settled
from exchange.test_photos import LARGE, SMALL, Listening, about, asked, at_office, photographed, sha, visit
from pimpasa_desktop.store.blobs import want
from pimpasa_desktop.sync.engine import Engine, Report
from pimpasa_desktop.sync.protocol.blobs import PART_BYTES
from pimpasa_desktop.sync.trouble import Unreachable
from rig.world import BONGKUDAI_UTARA, LaptopRig, Near, OfficeRig, RigEnv


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    world = World(tmp_path, OfficeRig(tmp_path / "office", RigEnv("office")))
    yield world
    world.close()
    assert world.office.alarms == []


def records_only(world: World, laptop: LaptopRig) -> None:
    """The line breaks when the photos' turn comes."""
    laptop.line = line = Listening(world.office)
    line.lose = lambda asked: "question"
    with pytest.raises(Unreachable):
        laptop.sync()
    laptop.line = world.office.line(laptop.env)


def blobs_of(laptop: LaptopRig) -> set[str]:
    return {row[0] for row in laptop.store._sql.execute("SELECT sha256 FROM blob")}


def test_an_unsent_photo_of_a_village_that_was_taken_reaches_the_office_and_then_goes(world: World) -> None:
    officer, clerk = world.officer(), world.clerk()
    of = visit(officer)
    photographed(officer, of)
    records_only(world, officer)
    world.office.unassign(officer.account, BONGKUDAI_UTARA)
    records_only(world, officer)  # the records go; the bytes are kept apart
    assert officer.list("photo") == []
    assert officer.store.queries.photos.pending()[0] == 1
    assert officer.sync().photos_sent == 1
    assert at_office(world) == {sha(LARGE): LARGE}
    assert blobs_of(officer) == set()
    clerk.sync()
    want(clerk.store, sha(LARGE), len(LARGE))
    assert clerk.sync().photos_fetched == 1


def test_a_photo_of_a_deleted_visit_reaches_the_office_too_for_the_visit_may_come_back(world: World) -> None:
    officer, clerk = world.officer(), world.clerk()
    of = visit(officer)
    photographed(officer, of)
    records_only(world, officer)
    settled(clerk)
    clerk.store.delete(of)
    settled(clerk)
    world.office.unassign(officer.account, BONGKUDAI_UTARA)
    settled(officer)
    assert blobs_of(officer) == set()
    clerk.store.restore(of)
    settled(clerk)
    assert at_office(world) == {sha(LARGE): LARGE}


def test_a_photo_whose_outcome_was_lost_before_the_village_was_taken_reaches_the_office(world: World) -> None:
    officer, clerk = world.officer(), world.clerk()
    of = visit(officer)
    settled(officer, clerk)
    made = photographed(officer, of)
    officer.line = Deaf(world.office)
    with pytest.raises(Unreachable):
        officer.sync()
    clerk.sync()
    clerk.store.put("photo", {"caption": "Balai desa"}, made)
    clerk.sync()
    world.office.unassign(officer.account, BONGKUDAI_UTARA)
    officer.line = world.office.line(officer.env)
    settled(officer)
    assert (at_office(world), blobs_of(officer)) == ({sha(LARGE): LARGE}, set())


def test_a_colleague_with_the_last_copy_brings_what_a_restored_office_lost(world: World, tmp_path: Path) -> None:
    officer, colleague, clerk = world.officer(), world.officer(name="Meyke"), world.clerk()
    of = visit(officer)
    settled(officer, colleague, clerk)
    world.office.backup(tmp_path / "copy.db")
    photographed(officer, of)
    settled(officer, colleague, clerk)
    want(colleague.store, sha(LARGE), len(LARGE))
    colleague.sync()
    world.restore(tmp_path / "copy.db")
    world.office.revoke(officer.store.standing.device)
    world.office.unassign(colleague.account, BONGKUDAI_UTARA)
    settled(clerk, colleague)
    assert (at_office(world), blobs_of(colleague)) == ({sha(LARGE): LARGE}, set())


class Deaf(Near):
    """A line whose answers are lost."""

    def exchange(self, body: bytes) -> bytes:
        super().exchange(body)
        raise Unreachable.on_the_way()


@pytest.mark.parametrize("first", [False, True])
def test_a_photo_that_a_restored_office_lost_reaches_it_from_a_village_taken_since(
    world: World, tmp_path: Path, first: bool
) -> None:
    officer, clerk = world.officer(), world.clerk()
    of = visit(officer)
    settled(officer, clerk)
    world.office.backup(tmp_path / "copy.db")
    photographed(officer, of)
    settled(officer, clerk)
    world.restore(tmp_path / "copy.db")
    world.office.unassign(officer.account, BONGKUDAI_UTARA)
    settled(*((clerk, officer) if first else (officer, clerk)), clerk, officer)
    assert at_office(world) == {sha(LARGE): LARGE}


def test_a_photo_kept_apart_waits_for_a_free_connection_if_it_was_told_to(world: World) -> None:
    officer = world.officer()
    photographed(officer)
    with officer.store.transaction():
        officer.store.blobs.wait(sha(LARGE), True)
    Engine(officer.store, officer.line, officer.env).exchange(Report(), free=False)
    world.office.unassign(officer.account, BONGKUDAI_UTARA)
    Engine(officer.store, officer.line, officer.env).exchange(Report(), free=False)
    assert (at_office(world), blobs_of(officer)) == ({}, {sha(LARGE)})
    officer.sync()
    assert (at_office(world), blobs_of(officer)) == ({sha(LARGE): LARGE}, set())


def refused_photo(world: World) -> tuple[LaptopRig, LaptopRig, str]:
    """An officer whose village was taken before the photo of that visit was sent, and a clerk; the office holds it."""
    officer, clerk = world.officer(), world.clerk()
    of = visit(officer)
    officer.sync()
    world.office.unassign(officer.account, BONGKUDAI_UTARA)
    photographed(officer, of)
    settled(officer, clerk)
    assert at_office(world) == {sha(LARGE): LARGE}
    return officer, clerk, of


def test_a_photo_that_was_refused_reaches_the_office_and_a_clerk_sends_it_again(world: World) -> None:
    officer, clerk, _of = refused_photo(world)
    (refused,) = (row for row in clerk.list("rejected") if row["record_entity"] == "photo")
    clerk.store.settle(str(refused["id"]), "mine")
    settled(clerk, officer)
    assert blobs_of(officer) == set()
    want(clerk.store, sha(LARGE), len(LARGE))
    assert clerk.sync().photos_fetched == 1


def test_erasing_another_visit_leaves_the_photo_of_a_refusal_that_was_sent_again(world: World) -> None:
    officer, clerk = world.officer(), world.clerk()
    of, other = visit(officer), visit(officer)
    settled(officer, clerk)
    photographed(officer, of)
    world.office.unassign(officer.account, BONGKUDAI_UTARA)
    records_only(world, officer)
    clerk.sync()
    (refused,) = clerk.list("rejected")
    clerk.store.settle(str(refused["id"]), "mine")
    clerk.sync()
    world.office.ledger.erase(other)
    settled(officer, clerk)
    assert at_office(world) == {sha(LARGE): LARGE}
    assert [row["settled"] for row in clerk.list("rejected")] == ["mine"]


def test_of_an_erased_visit_no_photo_is_brought_and_none_stays(world: World) -> None:
    officer = world.officer()
    of = visit(officer)
    photographed(officer, of)
    records_only(world, officer)
    world.office.ledger.erase(of)
    officer.sync()
    assert at_office(world) == {}
    assert blobs_of(officer) == set()


def test_of_an_erased_visit_the_picture_of_a_refused_photo_goes_too(world: World) -> None:
    _officer, _clerk, of = refused_photo(world)
    world.office.ledger.erase(of)
    assert at_office(world) == {}


def test_who_may_bring_a_photo_may_not_fetch_it_for_that(world: World) -> None:
    officer = world.officer()
    of = visit(officer)
    photographed(officer, of, SMALL)
    officer.sync()
    world.office.unassign(officer.account, BONGKUDAI_UTARA)
    (made,) = (row["id"] for row in officer.list("photo"))
    reply = asked(world, officer, about(str(made), SMALL, fetch=True))
    assert reply.part == b""


def test_a_wanted_photo_whose_laptop_was_revoked_is_shown_as_missing(world: World) -> None:
    officer, clerk = world.officer(), world.clerk()
    of = visit(officer)
    photographed(officer, of)
    records_only(world, officer)
    clerk.sync()
    want(clerk.store, sha(LARGE), len(LARGE))
    clerk.sync()
    (photo,) = clerk.store.queries.photos.of(of)
    assert (photo.asked, photo.missing) == (True, False)  # it may still come
    world.office.revoke(officer.store.standing.device)
    clerk.sync()
    (photo,) = clerk.store.queries.photos.of(of)
    assert (photo.asked, photo.missing) == (False, True)
    clerk.line = line = Listening(world.office)
    clerk.sync()
    assert line.questions == []  # nobody waits for it, and nothing is asked for it
    want(clerk.store, sha(LARGE), len(LARGE))
    (photo,) = clerk.store.queries.photos.of(of)
    assert photo.asked


def test_a_photo_of_which_half_had_come_before_the_laptop_was_revoked_is_missing_too(world: World) -> None:
    officer, clerk = world.officer(), world.clerk()
    of = visit(officer)
    photographed(officer, of)
    officer.line = line = Listening(world.office)
    line.lose = lambda asked: "question" if asked == 3 else ""
    with pytest.raises(Unreachable):
        officer.sync()
    assert line.part_bytes > PART_BYTES
    world.office.revoke(officer.store.standing.device)
    clerk.sync()
    want(clerk.store, sha(LARGE), len(LARGE))
    clerk.sync()
    assert clerk.store.queries.photos.of(of)[0].missing
