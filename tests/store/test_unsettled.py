"""What of a visit is not final, by kind; and what was changed of it here."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.screens import day
from pimpasa_desktop.store.unsettled import Unsettled
from rig.window import VILLAGES, Seat, Town


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Town]:
    town = Town(tmp_path)
    yield town
    town.close()


@pytest.fixture
def officer(town: Town) -> Seat:
    return town.person("Meyke Mamonto", villages=list(VILLAGES)).enrol()


def test_what_waits_what_two_wrote_and_what_was_refused_is_counted_by_visit(town: Town, officer: Seat) -> None:
    visits = day.filled(officer)
    day.disputed(town, officer, visits)
    two_wrote, refused = visits["Bongkudai Utara 2025-06-26"], visits["Liberia 2025-06-12"]
    plain, waiting = visits["Tobongon 2025-06-20"], visits["Modayag 2025-06-18"]
    with officer.store() as store:
        store.put("attendee", {"visit": waiting, "name": "Ani"})
        store.put("attendee", {"visit": waiting, "name": "Ani Wijaya"})
        store.put("visit", {"venue": "Kantor desa"}, waiting)
        assert store.queries.unsettled([two_wrote, refused, plain, waiting]) == {
            two_wrote: Unsettled(conflicts=2),
            refused: Unsettled(rejected=1),
            waiting: Unsettled(waiting={"attendee": 2, "visit": 1}),
        }
        assert store.queries.unsettled([plain]) == {}
        undecided = {line.id for line in store.queries.overview.visits() if line.undecided}
        assert undecided == {two_wrote, refused}  # also where what was refused is not here any more


def test_a_finding_is_counted_with_no_visit(officer: Seat) -> None:
    with officer.store() as store:
        visit = day.visit(store, "Modayag", "2025-07-03T09:00+08:00")
    officer.sync()
    with officer.store() as store:
        report = {"visit": visit, "village": day.village(store, "Modayag"), "kind": "tppo", "narrative": "rahasia"}
        store.put("risk_report", report)
        assert store.queries.unsettled([visit]) == {}
        assert [change.entity for change in store.queries.changes(visit)] == ["visit"]


def test_changes_name_the_fields_and_never_a_value(officer: Seat) -> None:
    with officer.store() as store:
        visit = day.visit(store, "Modayag", "2025-07-03T09:00+08:00")
        person = store.put("attendee", {"visit": visit, "name": "Ani"})
        store.put("attendee", {"name": "Ani Wijaya", "sex": "P"}, person)
        store.note("export", "visit", visit)
        told = [(change.action, change.entity, change.fields) for change in store.queries.changes(visit)]
    assert told[:3] == [
        ("export", "visit", ()),
        ("put", "attendee", ("name", "sex")),
        ("put", "attendee", ("visit", "name")),
    ]
