"""What the office refused an officer is put right by a clerk, and the officer sees by whom and how."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import msgspec
import pytest

from exchange.conftest import World
from exchange.test_exchange import attendee, ids, settled, visit
from pimpasa_desktop.problem import Problem
from rig.world import BONGKUDAI_UTARA, LaptopRig, OfficeRig, RigEnv


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    world = World(tmp_path, OfficeRig(tmp_path / "office", RigEnv("office")))
    yield world
    world.close()


def refused(laptop: LaptopRig, entity: str) -> str:
    (found,) = (row for row in laptop.list("rejected") if row["record_entity"] == entity)
    return str(found["id"])


def late(world: World) -> tuple[LaptopRig, LaptopRig, str, str]:
    """An officer wrote of a village that was taken meanwhile; a clerk."""
    officer, clerk = world.officer(), world.clerk()
    settled(officer, clerk)
    world.office.unassign(officer.account, BONGKUDAI_UTARA)
    held = visit(officer, theme="Sosialisasi TPO")
    person = attendee(officer, held, "Ani Mokodompt")
    settled(officer, clerk)
    return officer, clerk, held, person


def test_a_clerk_puts_right_what_was_refused_and_the_officer_sees_by_whom_and_how(world: World) -> None:
    officer, clerk, held, person = late(world)
    clerk.store.settle(refused(clerk, "visit"), '{"theme": "Sosialisasi TPPO"}')
    clerk.store.settle(refused(clerk, "attendee"), '{"name": "Ani Mokodompit"}')
    settled(clerk, officer)
    assert (ids(clerk, "visit"), clerk.get(held)["theme"]) == ({held}, "Sosialisasi TPPO")
    assert (ids(clerk, "attendee"), clerk.get(person)["name"]) == ({person}, "Ani Mokodompit")
    for name, value in (("visit", {"theme": "Sosialisasi TPPO"}), ("attendee", {"name": "Ani Mokodompit"})):
        (told,) = (row for row in officer.list("rejected") if row["record_entity"] == name)
        assert (told["settled"], told["settled_by"]) == ("text", "Vivi")
        assert msgspec.json.decode(str(told["settled_value"])) == value and told["settled_at"]


def test_what_two_people_send_again_is_one_record(world: World) -> None:
    officer, clerk, held, _person = late(world)
    world.office.assign(officer.account, BONGKUDAI_UTARA, "Bongkudai Utara")
    settled(officer)
    clerk.store.settle(refused(clerk, "visit"), "mine")
    officer.store.settle(refused(officer, "visit"), "mine")
    settled(clerk, officer, clerk)
    for laptop in (officer, clerk):
        assert ids(laptop, "visit") == {held}
        assert laptop.list("conflict") == []


def test_a_correction_that_is_none_is_told_and_leaves_the_question_open(world: World) -> None:
    _officer, clerk, _held, _person = late(world)
    question = refused(clerk, "visit")
    for wrong in ("Sosialisasi", "[1]", '{"tema": "x"}', '{"theme": '):
        with pytest.raises(Problem):
            clerk.store.settle(question, wrong)
    assert clerk.get(question).get("settled") is None


def test_nobody_settles_in_another_s_name(world: World) -> None:
    officer, clerk, _held, _person = late(world)
    clerk.store.put("rejected", {"settled": "office", "settled_by": "Ratna"}, refused(clerk, "visit"))
    assert clerk.sync().rejected == 1
    settled(clerk, officer)
    (told,) = (
        row for row in officer.list("rejected") if row["record_entity"] == "visit" and row["writer_name"] == "Deddy"
    )
    assert told["settled"] == told["settled_by"] == ""


def test_what_a_clerk_settled_is_given_back_by_the_officer_to_an_office_that_lost_it(
    world: World, tmp_path: Path
) -> None:
    officer, clerk = world.officer(), world.clerk()
    settled(officer, clerk)
    world.office.backup(tmp_path / "copy.db")
    world.office.unassign(officer.account, BONGKUDAI_UTARA)
    visit(officer)
    settled(officer, clerk)
    clerk.store.settle(refused(clerk, "visit"), "office")
    settled(clerk, officer)
    world.restore(tmp_path / "copy.db")
    settled(officer)  # the clerk's laptop does not come
    settled(officer)
    told = [(row["record_entity"], row["settled_by"]) for row in officer.list("rejected")]
    assert told == [("visit", "Vivi")]


def test_a_question_names_who_wrote_the_field_and_not_who_wrote_the_record_last(world: World) -> None:
    officer, clerk = world.officer(), world.clerk()
    other = world.laptop(world.office.account("Ratna", "office_clerk"))
    held = visit(officer, theme="Sosialisasi")
    settled(officer, clerk, other)
    clerk.store.put("visit", {"theme": "Penyuluhan"}, held)
    officer.store.put("visit", {"theme": "Pelatihan"}, held)
    settled(clerk, other)
    written = world.office.env.time.isoformat(timespec="seconds")
    world.office.env.time += timedelta(hours=5)
    other.store.put("visit", {"venue": "Balai desa"}, held)
    settled(other, officer)
    (question,) = officer.list("conflict")
    assert (question["office_author"], question["office_at"]) == ("Vivi", written)


def test_a_question_on_what_was_given_back_to_the_office_names_nobody_who_did_not_write_it(
    world: World, tmp_path: Path
) -> None:
    officer, clerk = world.officer(), world.clerk()
    other = world.laptop(world.office.account("Ratna", "office_clerk"))
    held = visit(officer, theme="Sosialisasi")
    settled(officer, clerk, other)
    world.office.backup(tmp_path / "copy.db")
    other.store.put("visit", {"theme": "Penyuluhan"}, held)
    settled(other, clerk)
    world.restore(tmp_path / "copy.db")
    settled(clerk)  # gives back what Ratna wrote
    officer.store.put("visit", {"theme": "Pelatihan"}, held)
    settled(officer)
    (question,) = officer.list("conflict")
    assert (question["office_value"], question["mine_value"]) == ('"Penyuluhan"', '"Pelatihan"')
    assert (question["office_author"], question["office_at"]) == ("", "")


def test_a_question_whether_a_record_stays_names_who_changed_something_in_it(world: World) -> None:
    officer, clerk = world.officer(), world.clerk()
    held = visit(officer, theme="Sosialisasi")
    settled(officer, clerk)
    clerk.store.put("visit", {"venue": "Balai desa"}, held)
    settled(clerk)
    officer.store.delete(held)
    settled(officer, clerk)
    (question,) = officer.list("conflict")
    assert (question["field_name"], question["office_author"]) == ("$deleted", "Vivi")
