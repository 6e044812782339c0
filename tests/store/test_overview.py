"""The lists and counts that a day begins with."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.screens import day
from pimpasa_desktop.store.overview import Overview
from pimpasa_desktop.store.store import Store
from rig.window import VILLAGES, Seat, Town


@pytest.fixture
def officer(tmp_path: Path) -> Iterator[Seat]:
    town = Town(tmp_path)
    yield town.person("Meyke Mamonto", villages=list(VILLAGES)).enrol()
    town.close()


@pytest.fixture
def store(officer: Seat) -> Iterator[Store]:
    with officer.store() as store:
        yield store


@pytest.fixture
def overview(store: Store) -> Overview:
    return store.queries.overview


def test_visits_stand_newest_first_by_the_instant_and_not_by_its_spelling(store: Store, overview: Overview) -> None:
    for name, starts_at in (
        ("Tobongon", "2025-07-03T09:00+09:00"),
        ("Liberia", "2025-07-03T08:30+07:00"),
        ("Modayag", "2025-07-03T09:00+08:00"),
    ):
        day.visit(store, name, starts_at)
    assert [line.place for line in overview.visits()] == ["Liberia", "Modayag", "Tobongon"]
    after = overview.visits(since="2025-07-03T09:00+08:00", until="2025-07-03T09:30+08:00")
    assert [line.place for line in after] == ["Modayag"]


def test_a_visit_counts_the_attendees_that_are_there(store: Store, overview: Overview) -> None:
    visit = day.visit(store, "Tobongon", "2025-07-03T09:00+08:00")
    first, *_others = [store.put("attendee", {"visit": visit, "name": name}) for name in ("Budi", "Siti", "Ratna")]
    store.delete(first)
    (line,) = overview.visits()
    assert line.attendees == 2 and line.pending and not line.sent


def test_a_deleted_visit_is_in_no_list(store: Store, overview: Overview) -> None:
    visit = day.visit(store, "Tobongon", "2025-07-03T09:00+08:00")
    store.put("attendee", {"visit": visit, "name": "Budi"})
    store.put("follow_up", {"visit": visit, "text": "Surat", "due_on": "2025-07-01"})
    store.delete(visit)
    there = [village.id for village in overview.villages().values()]
    assert overview.visits() == [] and overview.overdue("2025-07-03") == []
    assert overview.known_people(there) == 0 and overview.promised(there) == 0


def test_each_word_must_be_found_in_the_visit_its_villages_or_its_people(store: Store, overview: Overview) -> None:
    visit = day.visit(store, "Tobongon", "2025-07-03T09:00+08:00", theme="Rapat koordinasi")
    other = day.visit(store, "Liberia", "2025-07-03T09:00+08:00", theme="Rapat kerja")
    store.put("attendee", {"visit": visit, "name": "Budi Santoso"})
    assert overview.visits_found("rapat") == {visit, other}
    assert overview.visits_found("RAPAT tobong") == {visit}
    assert overview.visits_found("budi rapat tobongon") == {visit}
    assert overview.visits_found("budi liberia") == set()
    assert overview.visits_found(' "" \0 ') is None


def test_the_search_never_looks_through_secret_records(store: Store, overview: Overview) -> None:
    visit = day.visit(store, "Tobongon", "2025-07-03T09:00+08:00")
    village = day.village(store, "Tobongon")
    store.put("risk_report", {"village": village, "visit": visit, "kind": "tppo", "narrative": "Perekrut Kamboja"})
    assert overview.visits_found("kamboja") == set()


def test_a_secret_follow_up_is_overdue_without_its_text(store: Store, overview: Overview) -> None:
    report = store.put("risk_report", {"village": day.village(store, "Tobongon"), "kind": "tppo", "narrative": "x"})
    store.put("follow_up", {"risk_report": report, "text": "Temui keluarga", "due_on": "2025-07-01"})
    (item,) = overview.overdue("2025-07-03")
    assert item.secret and item.text == "" and item.place == ""
    assert overview.waiting() == {"other": 2}


def test_a_follow_up_that_is_done_or_due_today_is_not_overdue(store: Store, overview: Overview) -> None:
    visit = day.visit(store, "Tobongon", "2025-07-03T09:00+08:00")
    store.put("follow_up", {"visit": visit, "text": "Hari ini", "due_on": "2025-07-03"})
    store.put("follow_up", {"visit": visit, "text": "Selesai", "due_on": "2025-06-01", "done_on": "2025-06-01"})
    store.put("follow_up", {"visit": visit, "text": "Lewat", "due_on": "2025-07-02"})
    assert [item.text for item in overview.overdue("2025-07-03")] == ["Lewat"]


def test_what_changed_since_a_mark_comes_with_its_roots(store: Store, overview: Overview) -> None:
    visit = day.visit(store, "Tobongon", "2025-07-03T09:00+08:00")
    mark = overview.mark()
    assert overview.changed_since(mark) == frozenset()
    person = store.put("attendee", {"visit": visit, "name": "Budi"})
    assert overview.changed_since(mark) == {person, visit}
    assert overview.with_roots([person]) == {person, visit}
