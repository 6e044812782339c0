"""What docs/protocol.md says of single hazards and no test of a whole exchange says by itself."""

import shutil
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from exchange.conftest import TOBONGON, World
from exchange.test_exchange import attendee, ids, raw_operation, report, settled, visit
from exchange.test_hazards import Overheard
from pimpasa_desktop.domain.entity import entity
from pimpasa_desktop.domain.operation import Operation
from pimpasa_desktop.problem import Problem
from pimpasa_desktop.sync import trouble
from pimpasa_desktop.sync.protocol import messages
from pimpasa_office import feed
from pimpasa_office.acceptance import Acceptance, Accepted
from rig.world import BONGKUDAI_UTARA, OfficeRig, RigEnv


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    world = World(tmp_path, OfficeRig(tmp_path / "office", RigEnv("office")))
    yield world
    world.close()


def test_an_office_whose_clock_goes_back_or_stands_still_hides_nothing(world: World) -> None:
    officer, clerk = world.officer(), world.clerk()
    settled(officer, clerk)
    world.office.env.time -= timedelta(minutes=30)
    written = set()
    for _change in range(3):
        written.add(visit(officer))
        assert officer.sync().requests == 1
        assert clerk.sync().requests == 1  # by the answer itself, not because the digests differed
        assert ids(clerk, "visit") == written


@pytest.mark.parametrize("days", [-7305, -2, 7305])
def test_an_office_whose_clock_is_wrong_takes_no_village_from_anybody(world: World, days: int) -> None:
    officer = world.officer()
    held = visit(officer)
    officer.sync()
    wrong = timedelta(days=days)
    world.office.env.time += wrong
    assert officer.sync().removed == 0
    assert ids(officer, "visit") == {held}
    world.office.env.time -= wrong
    assert officer.sync().removed == 0


@pytest.mark.parametrize("days", [-7305, 7305])
def test_what_was_given_and_taken_under_a_wrong_clock_stays_so_when_it_is_right_again(world: World, days: int) -> None:
    officer = world.officer()
    wrong = timedelta(days=days)
    world.office.env.time += wrong
    world.office.assign(officer.account, TOBONGON, "Tobongon")
    world.office.unassign(officer.account, BONGKUDAI_UTARA)
    for by in (wrong, timedelta()):
        officer.sync()
        assert [row["name"] for row in officer.list("village")] == ["Tobongon"]
        world.office.env.time -= by
    world.office.assign(officer.account, BONGKUDAI_UTARA, "Bongkudai Utara")
    world.office.unassign(officer.account, TOBONGON)
    officer.sync()
    assert [row["region_code"] for row in officer.list("village")] == [BONGKUDAI_UTARA]


def test_a_laptop_whose_clock_is_twenty_years_slow_is_heard_like_any_other(world: World) -> None:
    officer, clerk = world.officer(), world.clerk()
    held = visit(officer)
    settled(officer, clerk)
    clerk.store.put("visit", {"venue": "Balai"}, held)
    clerk.sync()
    officer.env.time -= timedelta(days=7305)
    officer.store.put("visit", {"theme": "TPPO"}, held)
    settled(officer, clerk)
    assert (clerk.get(held)["venue"], clerk.get(held)["theme"]) == ("Balai", "TPPO")


def test_a_deletion_reaches_whoever_holds_the_record(world: World) -> None:
    officer, clerk = world.officer(), world.clerk()
    person = attendee(officer, visit(officer))
    settled(officer, clerk)
    officer.store.delete(person)
    officer.sync()
    assert clerk.sync().requests == 1
    assert ids(clerk, "attendee") == set()


def test_a_child_whose_root_was_changed_later_never_comes_before_it(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    officer = world.officer()
    held = visit(officer)
    person = attendee(officer, held)
    officer.sync()
    officer.store.put("visit", {"theme": "Sesudahnya"}, held)
    officer.sync()
    monkeypatch.setattr(feed, "PAGE_ROWS", 1)
    monkeypatch.setattr(feed, "PAGE_ROWS_MAX", 1)
    clerk = world.clerk()
    assert (ids(clerk, "visit"), ids(clerk, "attendee")) == ({held}, {person})


def test_two_people_who_write_down_the_same_name_make_two_records(world: World) -> None:
    first, second = world.officer(), world.officer(name="Sari")
    held = visit(first)
    settled(first, second)
    both = [attendee(first, held, "Budi"), attendee(second, held, "Budi")]
    settled(first, second, first)
    assert len(set(both)) == 2
    assert ids(first, "attendee") == ids(second, "attendee") == set(both)


def test_a_request_at_which_the_office_breaks_down_leaves_nothing_behind(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    officer, clerk = world.officer(), world.clerk()
    attendee(officer, visit(officer))
    accept, taken = Acceptance.accept, []

    def breaking(self: Acceptance, operation: Operation) -> Accepted:
        taken.append(operation)
        if len(taken) == 2:
            raise RuntimeError
        return accept(self, operation)

    monkeypatch.setattr(Acceptance, "accept", breaking)
    with pytest.raises(RuntimeError):
        officer.sync()
    monkeypatch.undo()
    clerk.sync()
    assert ids(clerk, "visit") == set()
    assert officer.sync().pushed == 2


def test_a_laptop_that_was_put_back_does_not_overwrite_what_it_sent_since(world: World) -> None:
    officer, clerk = world.officer(), world.clerk()
    held = visit(officer, theme="awal")
    settled(officer, clerk)
    officer.store._sql.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    shutil.copytree(officer.folder, world.folder / "old")
    officer.store.put("visit", {"theme": "sebelum dipulihkan"}, held)
    officer.sync()
    officer.sync()
    restored = world.opened(world.folder / "old")
    restored.store.put("visit", {"theme": "sesudah dipulihkan"}, held)
    settled(restored, clerk)
    (conflict,) = clerk.list("conflict")
    values = (conflict["office_value"], conflict["mine_value"])
    assert values == ('"sebelum dipulihkan"', '"sesudah dipulihkan"')


def test_a_first_exchange_comes_in_bounded_pages(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    officer = world.officer()
    held = visit(officer)
    guests = {attendee(officer, held, f"Peserta {n}") for n in range(30)}
    officer.sync()
    monkeypatch.setattr(feed, "PAGE_ROWS", 10)
    monkeypatch.setattr(feed, "PAGE_ROWS_MAX", 10)
    clerk = world.laptop(world.office.account("Vivi", "office_clerk"))
    assert ids(clerk, "attendee") == guests
    clerk.store.compare()
    assert clerk.sync().requests >= 4


def test_what_moved_together_under_one_number_is_not_torn_by_the_end_of_a_page(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    officer, clerk = world.officer(), world.clerk()
    neighbour = world.officer("71.10.07.2001", name="Sari")
    held = visit(officer)
    guests = {attendee(officer, held, f"Peserta {n}") for n in range(5)}
    settled(officer, clerk)
    clerk.store.put("visit", {"villages": [neighbour.village()]}, held)
    clerk.sync()
    monkeypatch.setattr(feed, "PAGE_ROWS", 2)
    monkeypatch.setattr(feed, "PAGE_ROWS_MAX", 2)
    neighbour.store.compare = lambda: pytest.fail("compared")
    neighbour.sync()
    assert ids(neighbour, "attendee") == guests


def test_a_photo_is_not_written_without_the_hash_of_its_file(world: World) -> None:
    officer = world.officer()
    held = visit(officer)
    for wrong in ("", "ab", "zz" * 32):
        with pytest.raises(Problem):
            officer.store.put("photo", {"visit": held, "sha256": wrong, "caption": "Aula"})
    assert officer.list("photo") == []


def test_a_photo_of_a_secret_report_is_in_no_answer_to_who_may_not_read_the_report(world: World) -> None:
    officer, clerk = world.officer(), world.clerk()
    found = report(officer)
    photo = officer.store.put("photo", {"risk_report": found, "sha256": "ab" * 32, "caption": "Surat perekrut"})
    settled(officer)
    clerk.line = line = Overheard(clerk.line)
    clerk.sync()
    told = {row.id for answer in line.answers for row in messages.unpack_rows(answer.ids, answer.rows)}
    assert not told & {found, photo}


def test_a_row_that_a_laptop_lost_is_noticed_and_comes_back(world: World) -> None:
    officer = world.officer()
    person = attendee(officer, visit(officer))
    officer.sync()
    with officer.store.transaction():
        stored = officer.store._shelf.find(person)
        assert stored is not None
        officer.store._shelf.remove([stored.key])
    assert officer.sync().digests_match
    assert ids(officer, "attendee") == {person}


def test_what_follows_from_the_values_is_worked_out_at_both_ends_and_never_sent(world: World) -> None:
    officer, intel = world.officer(), world.intel()
    report = officer.store.put("risk_report", {"village": officer.village(), "kind": "tppo", "indicators": ["A01"]})
    settled(officer, intel)
    assert entity("risk_report").computed and not entity("risk_report").computed & intel.get(report).keys()
    assert officer.store.queries.get(report).full() == intel.store.queries.get(report).full()


def test_a_small_request_that_unpacks_to_more_than_is_allowed_is_turned_away_unread(world: World) -> None:
    officer = world.officer()
    held = visit(officer)
    officer.sync()
    raw_operation(officer, held, {"theme": "x" * (17 << 20)})
    with pytest.raises(trouble.Refused) as refused:
        officer.sync()
    assert refused.value.status == 400


def test_one_word_in_two_spellings_of_its_accents_is_one_word(world: World) -> None:
    officer, clerk = world.officer(), world.clerk()
    person = attendee(officer, visit(officer), "Jose")
    settled(officer, clerk)
    officer.store.put("attendee", {"name": "José"}, person)
    clerk.store.put("attendee", {"name": "Jose\u0301"}, person)
    settled(officer, clerk, officer)
    assert officer.get(person)["name"] == clerk.get(person)["name"] == "José"
    assert clerk.list("conflict") == []
