"""An office that came back from a backup: laptops give back what it lacks, and nothing is written twice."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from exchange.conftest import World
from exchange.test_exchange import attendee, ids, settled, visit
from rig.on_postgresql import ON_BOTH, office_on
from rig.over_https import OfficeOverHttps
from rig.world import BONGKUDAI_UTARA, LaptopRig, RigEnv


@pytest.fixture(params=[*ON_BOTH, "https"])
def world(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[World]:
    folder = tmp_path / "office"
    if request.param == "https":
        world = World(tmp_path, OfficeOverHttps(folder, RigEnv("office")))
    else:
        world = World(tmp_path, office_on(request.param, request, folder))
    yield world
    world.close()


def test_laptops_give_back_what_a_restored_office_lacks(world: World, tmp_path: Path) -> None:
    officer, clerk = world.officer(), world.clerk()
    held = visit(officer)
    old = attendee(officer, held, "Sebelum cadangan")
    settled(officer, clerk)
    world.office.backup(tmp_path / "copy.db")
    new = attendee(officer, held, "Sesudah cadangan")
    officer.store.put("visit", {"theme": "Sesudah cadangan"}, held)
    settled(officer, clerk)
    world.restore(tmp_path / "copy.db")
    unsent = attendee(officer, held, "Belum terkirim")
    healed = officer.sync().healed
    settled(clerk, officer, clerk)
    assert healed == 2
    for laptop in (officer, clerk):
        assert ids(laptop, "attendee") == {old, new, unsent}
        assert laptop.get(held)["theme"] == "Sesudah cadangan"
        assert laptop.list("conflict") == laptop.list("rejected") == []
    assert len(world.office.devices()) == 2


def test_what_was_deleted_after_the_backup_stays_deleted(world: World, tmp_path: Path) -> None:
    officer, clerk = world.officer(), world.clerk()
    person = attendee(officer, visit(officer))
    settled(officer, clerk)
    world.office.backup(tmp_path / "copy.db")
    clerk.store.delete(person)
    settled(clerk, officer)
    world.restore(tmp_path / "copy.db")
    settled(officer, clerk)
    assert ids(officer, "attendee") == ids(clerk, "attendee") == set()


def test_a_laptop_that_edits_before_it_heals_keeps_its_edit(world: World, tmp_path: Path) -> None:
    officer, clerk = world.officer(), world.clerk()
    held = visit(officer, theme="satu")
    settled(officer, clerk)
    world.office.backup(tmp_path / "copy.db")
    officer.store.put("visit", {"theme": "dua"}, held)
    settled(officer, clerk)
    world.restore(tmp_path / "copy.db")
    officer.store.put("visit", {"theme": "tiga"}, held)
    settled(clerk, officer, clerk)
    assert officer.get(held)["theme"] == clerk.get(held)["theme"] == "tiga"


def test_what_was_given_back_late_is_not_overwritten_by_who_saw_only_an_older_version(
    world: World, tmp_path: Path
) -> None:
    officer, clerk = world.officer(), world.clerk()
    settled(officer)
    world.office.backup(tmp_path / "copy.db")
    held = visit(officer, theme="satu")
    settled(officer, clerk)
    officer.store.put("visit", {"theme": "dua"}, held)
    officer.sync()
    world.restore(tmp_path / "copy.db")
    clerk.sync()  # gives back "satu", the only version that this laptop ever saw
    clerk.store.put("visit", {"theme": "tiga"}, held)
    officer.sync()  # gives back "dua"
    settled(clerk, officer)
    for laptop in (officer, clerk):
        (conflict,) = laptop.list("conflict")
        assert (conflict["office_value"], conflict["mine_value"]) == ('"dua"', '"tiga"')


def test_what_was_given_back_is_overwritten_by_who_has_seen_it(world: World, tmp_path: Path) -> None:
    officer, clerk = world.officer(), world.clerk()
    settled(officer)
    world.office.backup(tmp_path / "copy.db")
    held = visit(officer, theme="satu")
    settled(officer, clerk)
    world.restore(tmp_path / "copy.db")
    settled(officer, clerk)
    clerk.store.put("visit", {"theme": "dua"}, held)
    settled(clerk, officer)
    assert officer.get(held)["theme"] == "dua"
    assert officer.list("conflict") == []


def test_an_office_that_goes_back_to_a_later_backup_does_not_lose_what_the_life_between_never_knew(
    world: World, tmp_path: Path
) -> None:
    officer, clerk = world.officer(), world.clerk()
    held = visit(officer, theme="satu")
    settled(officer, clerk)
    world.office.backup(tmp_path / "early.db")
    officer.store.put("visit", {"theme": "dua"}, held)
    officer.sync()
    world.office.backup(tmp_path / "late.db")
    world.restore(tmp_path / "early.db")
    clerk.store.put("visit", {"place": "Balai"}, held)
    clerk.sync()  # on top of "satu"
    world.office.env.time += timedelta(hours=1)
    world.restore(tmp_path / "late.db")
    settled(clerk, officer, clerk)
    for laptop in (officer, clerk):
        assert laptop.get(held)["theme"] == "dua"


def test_what_the_office_lost_reaches_it_also_from_a_village_taken_since(world: World, tmp_path: Path) -> None:
    officer = world.officer()
    settled(officer)
    world.office.backup(tmp_path / "copy.db")
    held = visit(officer, theme="hanya di laptop ini")
    settled(officer)
    world.restore(tmp_path / "copy.db")
    world.office.unassign(officer.account, BONGKUDAI_UTARA)
    settled(officer)
    assert officer.list("visit") == []
    (refused,) = (found for found in officer.list("rejected") if found["record"] == held)
    assert "hanya di laptop ini" in str(refused["patch"])


def test_who_was_added_to_a_visit_that_was_deleted_before_that_is_not_hidden_when_both_are_given_back(
    world: World, tmp_path: Path
) -> None:
    officer, clerk = world.officer(), world.clerk()
    held = visit(officer)
    settled(officer, clerk)
    world.office.backup(tmp_path / "copy.db")
    known = number_of(officer, held)
    clerk.store.delete(held)
    clerk.sync()
    person = attendee(officer, held)
    officer.sync()
    hears_nothing_of_the_deletion(officer, held, known)
    world.restore(tmp_path / "copy.db")
    settled(clerk, officer, clerk)
    for laptop in (officer, clerk):
        assert ids(laptop, "attendee") == {person}
        assert [conflict["record"] for conflict in laptop.list("conflict")] == [held]


def number_of(laptop: LaptopRig, record: str) -> int:
    (number,) = laptop.store._sql.execute("SELECT number FROM record WHERE id = ?", (record,)).fetchone()
    return int(number)


def hears_nothing_of_the_deletion(laptop: LaptopRig, record: str, number: int) -> None:
    """As though the line had broken after the outcome of what was added."""
    with laptop.store.transaction():
        laptop.store._shelf.remove(key for (key,) in laptop.store._sql.execute("SELECT key FROM conflict").fetchall())
        laptop.store._sql.execute("UPDATE record SET number = ? WHERE id = ?", (number, record))
