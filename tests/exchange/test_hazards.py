"""Meetings of faults that only the simulator found at first, each written down once in plain steps."""

import shutil
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from exchange.conftest import TOBONGON, World
from exchange.test_exchange import attendee, ids, report, settled, visit
from pimpasa_desktop.problem import Problem
from pimpasa_desktop.sync import batch
from pimpasa_desktop.sync.protocol import messages
from pimpasa_desktop.sync.protocol.messages import Answer, Office
from pimpasa_office import feed
from pimpasa_office.accounts import Accounts
from pimpasa_office.ledger import Books
from pimpasa_office.setting_up import set_back
from rig.on_postgresql import ON_BOTH, office_on
from rig.world import BONGKUDAI_UTARA, LaptopRig


@pytest.fixture(params=ON_BOTH)
def world(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[World]:
    world = World(tmp_path, office_on(request.param, request, tmp_path / "office"))
    yield world
    world.close()


class Overheard:
    """A line that keeps the answers, and breaks after so many requests."""

    def __init__(self, line: Office, breaks_after: int = 1_000) -> None:
        self._line, self._left = line, breaks_after
        self.answers: list[Answer] = []

    def exchange(self, body: bytes) -> bytes:
        if not self._left:
            raise Problem("the line is cut")
        self._left -= 1
        reply = self._line.exchange(body)
        self.answers.append(messages._decoded(reply[64:], Answer, messages.ANSWER_PLAIN_MAX))
        return reply


class Deaf(Overheard):
    """The office hears every question; no answer comes back."""

    def exchange(self, body: bytes) -> bytes:
        super().exchange(body)
        raise Problem("the answer is lost")


def copy_of(world: World, laptop: LaptopRig, name: str) -> LaptopRig:
    """A second laptop from the files of the first."""
    folder = world.folder / name
    shutil.copytree(laptop.folder, folder)
    return world.opened(folder)


def cut(laptop: LaptopRig, line: Overheard) -> None:
    laptop.line, whole = line, laptop.line
    with pytest.raises(Problem):
        laptop.sync()
    laptop.line = whole


def books(world: World) -> Any:
    return world.office.ledger.begin()


def test_a_secret_report_that_moves_away_is_not_named_to_those_who_never_saw_it(world: World) -> None:
    writer, other, intel = world.officer(), world.officer(name="Nina"), world.intel()
    world.office.assign(writer.account, TOBONGON, "Tobongon")
    found = report(writer)
    settled(writer, other, intel)
    away = next(row["id"] for row in writer.list("village") if row["id"] != other.village())
    intel.store.put("risk_report", {"village": away}, found)
    intel.sync()
    other.line = line = Overheard(other.line)
    other.sync()
    assert [answer.forget for answer in line.answers] == [[]]


def test_who_heard_only_part_of_what_was_added_does_not_delete_a_visit_silently(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    officer, clerk = world.officer(), world.clerk()
    held = visit(officer)
    settled(officer, clerk)
    added = {attendee(clerk, held, "Ani"), attendee(clerk, held, "Budi")}
    clerk.sync()
    monkeypatch.setattr(feed, "PAGE_ROWS", 1)
    monkeypatch.setattr(feed, "PAGE_ROWS_MAX", 1)
    officer.store.put("visit", {"theme": "TPPO"}, held)
    cut(officer, Overheard(officer.line, 1))  # the theme is taken, and of the two only one comes
    assert len(ids(officer, "attendee")) == 1
    officer.store.delete(held)
    settled(officer, clerk, officer)
    for laptop in (officer, clerk):
        assert ids(laptop, "visit") == {held}
        assert ids(laptop, "attendee") == added
        assert [conflict["field_name"] for conflict in laptop.list("conflict")] == ["$deleted"]


def test_an_exchange_that_broke_off_is_finished_without_reading_everything_again(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(feed, "PAGE_ROWS", 1)
    monkeypatch.setattr(feed, "PAGE_ROWS_MAX", 1)
    officer, clerk = world.officer(), world.clerk()
    held = visit(officer)
    attendee(officer, held)
    officer.sync()
    cut(clerk, Overheard(clerk.line, 1))
    officer.store.put("visit", {"theme": "Sesudahnya"}, held)
    officer.sync()
    clerk.store.compare = lambda: pytest.fail("compared")
    assert clerk.sync().digests_match
    assert clerk.get(held)["theme"] == "Sesudahnya"


def test_a_village_that_came_and_went_while_pages_were_under_way_is_taken_away(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    officer = world.officer()
    monkeypatch.setattr(feed, "PAGE_ROWS", 1)
    monkeypatch.setattr(feed, "PAGE_ROWS_MAX", 1)
    world.office.assign(officer.account, TOBONGON, "Tobongon")
    cut(officer, Overheard(officer.line, 1))
    world.office.unassign(officer.account, TOBONGON)
    assert officer.sync().digests_match
    assert [row["name"] for row in officer.list("village")] == [f"Desa {BONGKUDAI_UTARA[-4:]}"]


def test_what_was_typed_under_a_visit_that_the_office_refused_is_refused_in_its_turn(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(batch, "OFFER_MAX", 1)
    officer, clerk = world.officer(), world.clerk()
    world.office.unassign(officer.account, BONGKUDAI_UTARA)
    attendee(officer, visit(officer))
    settled(officer, clerk)
    assert ids(officer, "visit") == ids(officer, "attendee") == set()
    assert {row["record_entity"] for row in officer.list("rejected")} == {"visit", "attendee"}
    assert {row["record_entity"] for row in clerk.list("rejected")} >= {"visit"}


def test_an_edit_after_a_refused_creation_does_not_become_a_record(world: World) -> None:
    officer, clerk = world.officer(), world.clerk()
    world.office.unassign(officer.account, BONGKUDAI_UTARA)
    held = visit(officer)
    cut(officer, Deaf(officer.line))
    officer.store.put("visit", {"theme": "Sesudahnya"}, held)
    settled(officer, clerk)
    assert ids(clerk, "visit") == set()
    assert len(officer.list("rejected")) == 2


def test_a_second_refusal_does_not_bring_back_what_was_to_be_forgotten(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(batch, "OFFER_MAX", 1)
    officer, clerk = world.officer(), world.clerk()
    held = visit(officer, place="Aula")
    settled(officer, clerk)
    clerk.store.put("visit", {"villages": []}, held)
    world.office.assign(clerk.account, TOBONGON, "Tobongon")
    clerk.sync()
    with books(world) as open_books:
        elsewhere = next(found.id for found in open_books.find("village") if found.values["name"] == "Tobongon")
    clerk.sync()
    clerk.store.put("visit", {"villages": [elsewhere]}, held)
    clerk.sync()
    officer.store.put("visit", {"theme": "satu"}, held)
    officer.store.put("visit", {"theme": "dua"}, held)
    officer.store.delete(held)
    settled(officer)
    assert officer.store.queries.pending_count() == 0
    assert officer.store._shelf.find(held) is None


def test_two_laptops_of_one_person_keep_a_conflict_each(world: World) -> None:
    first, clerk = world.officer(), world.clerk()
    held = visit(first, theme="awal")
    second = world.laptop(first.account)
    settled(first, second, clerk)
    for laptop, theme in ((clerk, "kantor"), (first, "satu"), (second, "dua")):
        laptop.store.put("visit", {"theme": theme}, held)
    settled(clerk, first, second)
    assert {row["mine_value"] for row in clerk.list("conflict")} == {'"satu"', '"dua"'}


def test_a_copy_does_not_pass_for_the_laptop_whose_answer_was_lost(world: World) -> None:
    first, clerk = world.officer(), world.clerk()
    held = visit(first, theme="awal")
    settled(first, clerk)
    second = copy_of(world, first, "copy")
    first.store.put("visit", {"theme": "satu"}, held)
    cut(first, Deaf(first.line))
    second.store.put("visit", {"theme": "dua"}, held)
    settled(second, first, clerk)
    (conflict,) = clerk.list("conflict")
    assert (conflict["office_value"], conflict["mine_value"]) == ('"satu"', '"dua"')


def test_after_a_restore_a_newer_version_survives_although_an_older_one_was_given_back_first(
    world: World, tmp_path: Path
) -> None:
    officer, clerk = world.officer(), world.clerk()
    held = visit(officer, theme="awal")
    officer.sync()
    world.office.backup(tmp_path / "copy.db")
    officer.store.put("visit", {"theme": "satu"}, held)
    settled(officer, clerk)
    officer.store.put("visit", {"theme": "dua", "venue": "Balai"}, held)
    officer.sync()
    world.restore(tmp_path / "copy.db")
    settled(clerk, officer)
    settled(clerk, officer)
    assert clerk.get(held)["theme"] == "dua" and clerk.get(held)["venue"] == "Balai"


def test_the_numbers_of_a_life_between_two_restores_of_one_backup_are_not_given_again(
    world: World, tmp_path: Path
) -> None:
    officer, clerk = world.officer(), world.clerk()
    held = visit(officer, theme="awal")
    settled(officer, clerk)
    world.office.backup(tmp_path / "copy.db")
    world.restore(tmp_path / "copy.db")
    officer.store.put("visit", {"theme": "dalam hidup kedua"}, held)
    settled(officer, clerk)
    world.office.env.time += timedelta(hours=1)
    world.restore(tmp_path / "copy.db")
    other = visit(clerk, villages=[clerk.village()])
    settled(clerk, officer)
    assert officer.get(held)["theme"] == clerk.get(held)["theme"] == "dalam hidup kedua"
    assert other in ids(officer, "visit")


def test_a_copy_whose_name_was_given_after_the_backup_still_gives_its_work_back(world: World, tmp_path: Path) -> None:
    officer = world.officer()
    visit(officer)
    officer.sync()
    world.office.backup(tmp_path / "copy.db")
    second = copy_of(world, officer, "copy")
    officer.sync()
    second.sync()
    unsent = visit(second, theme="belum terkirim")
    world.restore(tmp_path / "copy.db")
    second.line = world.office.line(second.env)
    settled(second, officer)
    assert unsent in ids(officer, "visit")


def test_what_only_the_office_writes_is_after_a_restore_what_the_office_says(world: World, tmp_path: Path) -> None:
    officer = world.officer()
    world.office.backup(tmp_path / "copy.db")
    world.office.assign(officer.account, TOBONGON, "Tobongon")
    settled(officer)
    world.restore(tmp_path / "copy.db")
    settled(officer)
    assert len(officer.list("assignment")) == 1


def test_unsent_work_on_a_record_whose_healing_is_refused_goes_to_the_tray(world: World, tmp_path: Path) -> None:
    officer, clerk = world.officer(), world.clerk()
    world.office.backup(tmp_path / "copy.db")
    held = visit(officer, theme="awal")
    settled(officer, clerk)
    world.restore(tmp_path / "copy.db")
    world.office.unassign(officer.account, BONGKUDAI_UTARA)
    officer.store.put("visit", {"theme": "belum terkirim"}, held)
    settled(officer, clerk)
    kept = [row["patch"] for row in clerk.list("rejected")]
    assert any("belum terkirim" in str(patch) for patch in kept)


def test_a_record_given_back_under_a_visit_deleted_since_the_restore_makes_it_stand(
    world: World, tmp_path: Path
) -> None:
    officer, clerk = world.officer(), world.clerk()
    held = visit(officer)
    settled(officer, clerk)
    world.office.backup(tmp_path / "copy.db")
    person = attendee(officer, held)
    officer.sync()
    world.restore(tmp_path / "copy.db")
    clerk.store.delete(held)
    clerk.sync()
    settled(officer, clerk)
    assert person in ids(clerk, "attendee")
    assert [row["field_name"] for row in clerk.list("conflict")] == ["$deleted"]


def test_after_a_restore_two_copies_of_one_laptop_are_not_taken_for_one(world: World, tmp_path: Path) -> None:
    first, clerk = world.officer(), world.clerk()
    held = visit(first, theme="awal")
    settled(first, clerk)
    second = copy_of(world, first, "copy")
    with books(world) as open_books:
        assert isinstance(open_books, Books)
        set_back(open_books)
        assert len(Accounts(open_books).every_device()) == 2
    first.store.put("visit", {"theme": "satu"}, held)
    first.sync()
    second.store.put("visit", {"theme": "dua"}, held)
    settled(second, clerk)
    (conflict,) = clerk.list("conflict")
    assert (conflict["office_value"], conflict["mine_value"]) == ('"satu"', '"dua"')


def test_an_older_copy_put_back_does_not_keep_what_its_writer_may_see_no_more(world: World, tmp_path: Path) -> None:
    officer = world.officer()
    attendee(officer, visit(officer))
    older = copy_of(world, officer, "copy")
    officer.sync()
    world.office.backup(tmp_path / "copy.db")
    world.restore(tmp_path / "copy.db")
    older.line = world.office.line(older.env)
    world.office.unassign(officer.account, BONGKUDAI_UTARA)
    older.sync()
    assert ids(older, "visit") == ids(older, "attendee") == set()
    with older.store.transaction():
        assert older.store._sql.execute("SELECT count(*) FROM record WHERE entity = 'visit'").fetchone() == (0,)


def test_a_version_of_a_later_life_is_given_back_although_an_older_one_still_waits_to_be(
    world: World, tmp_path: Path
) -> None:
    officer, clerk = world.officer(), world.clerk()
    world.office.backup(tmp_path / "before.db")
    held = visit(officer, theme="awal")
    settled(officer, clerk)
    world.office.backup(tmp_path / "with.db")
    world.restore(tmp_path / "before.db")
    cut(clerk, Overheard(clerk.line, 2))  # it has compared, and what it would give back waits
    settled(officer)
    clerk.store.compare()
    cut(clerk, Overheard(clerk.line, 1))
    clerk.store.compare = lambda: pytest.fail("compared once more")
    world.office.env.time += timedelta(hours=1)
    world.restore(tmp_path / "with.db")
    assert clerk.sync().digests_match
    assert clerk.get(held)["theme"] == "awal"


def test_a_refusal_is_given_back_by_its_writer_however_secret_it_was_taken_to_be(world: World, tmp_path: Path) -> None:
    clerk = world.clerk()
    village = clerk.store.put("village", {"region_code": TOBONGON, "name": "Tobongon"})
    settled(clerk)
    world.office.backup(tmp_path / "copy.db")
    held = visit(clerk, villages=[village])
    person = attendee(clerk, held)
    with clerk.store.transaction():
        clerk.store._sql.execute("DELETE FROM outbox WHERE record = ?", (held,))
    cut(clerk, Deaf(clerk.line))
    clerk.store.put("attendee", {"institution": "BPD"}, person)
    settled(clerk)
    before = clerk.list("rejected")
    assert {row["secrecy"] for row in before} == {"A", "B"}
    world.restore(tmp_path / "copy.db")
    settled(clerk)
    assert clerk.list("rejected") == before


def test_what_was_erased_does_not_come_back_in_a_refusal_that_speaks_of_it(world: World, tmp_path: Path) -> None:
    officer, clerk = world.officer(), world.clerk()
    held = visit(officer)
    settled(officer, clerk)
    world.office.backup(tmp_path / "copy.db")
    officer.store.put("visit", {"signed_off_at": "2025-07-03T12:00+08:00"}, held)
    clerk.store.put("visit", {"theme": "Xaverius"}, held)
    settled(officer, clerk)
    assert "Xaverius" in str(clerk.list("rejected"))
    world.restore(tmp_path / "copy.db")
    world.office.ledger.erase(held)
    settled(clerk, officer)
    assert clerk.list("rejected") == officer.list("rejected") == []
    with books(world) as open_books:
        assert not any("Xaverius" in str(found.values) for found in open_books.find("rejected"))


def test_what_was_written_on_what_the_office_lost_goes_with_what_it_hung_on(world: World, tmp_path: Path) -> None:
    """A late edit names no parent; that its record hung on an erased visit is known from giving back alone."""
    officer = world.officer()
    held = visit(officer)
    settled(officer)
    world.office.backup(tmp_path / "copy.db")
    guest = attendee(officer, held)
    settled(officer)
    officer.store.put("attendee", {"name": "Xaverius"}, guest)
    world.restore(tmp_path / "copy.db")
    world.office.ledger.erase(held)
    settled(officer)
    with books(world) as open_books:
        assert "Xaverius" not in str([found.values for found in open_books.find("rejected")])


def test_a_conflict_given_back_stands_beside_the_one_that_giving_back_made(world: World, tmp_path: Path) -> None:
    officer, clerk, other = world.officer(), world.clerk(), world.laptop(world.office.account("Vivi", "office_clerk"))
    held = visit(officer, theme="awal")
    settled(officer, clerk, other)
    world.office.backup(tmp_path / "copy.db")
    officer.store.put("visit", {"theme": "satu"}, held)
    clerk.store.put("visit", {"theme": "dua"}, held)
    settled(officer, clerk)
    world.restore(tmp_path / "copy.db")
    other.store.put("visit", {"theme": "tiga"}, held)
    settled(other)
    settled(clerk, other)
    settled(officer, clerk, other)
    found = [(row["record"], row["mine_value"]) for row in other.list("conflict")]
    assert {(held, '"satu"'), (held, '"dua"')} <= set(found)
    assert {record for record, _value in found} == {held}


def test_a_version_given_back_does_not_move_a_visit_to_where_its_giver_may_not(world: World, tmp_path: Path) -> None:
    officer, clerk = world.officer(BONGKUDAI_UTARA, TOBONGON), world.clerk()
    here, there = (str(row["id"]) for row in officer.list("village"))
    held = visit(officer, villages=[here])
    settled(officer, clerk)
    world.office.backup(tmp_path / "copy.db")
    officer.store.put("visit", {"villages": [there]}, held)
    settled(officer)
    world.restore(tmp_path / "copy.db")
    world.office.unassign(officer.account, str(officer.get(there)["region_code"]))
    settled(officer, clerk)
    assert clerk.get(held)["villages"] == [here]
    assert [row["record"] for row in clerk.list("rejected")] == [held]
