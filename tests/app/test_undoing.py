"""Taking back what was written, and making it again, on a real store and a real office."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from pimpasa_desktop.app.undoing import STEPS_MAX, Changes
from pimpasa_desktop.problem import Problem
from pimpasa_desktop.store.store import Store
from rig.window import VILLAGES, Seat, Town


class Desk:
    """A laptop whose writer answers at once."""

    def __init__(self, town: Town, officer: Seat) -> None:
        self.town, self.officer = town, officer
        self.store = officer.store()
        self.changes: Any = Changes(self._write)
        village = next(iter(self.store.queries.overview.villages()))
        self.visit = self.store.put("visit", {"villages": [village], "starts_at": "2025-07-03T09:00+08:00"})

    def _write(self, change: Callable[[Store], Any]) -> Any:
        return change(self.store)

    def values(self, record: str) -> dict[str, Any]:
        return self.store.queries.get(record).values

    def meanwhile(self, record: str, values: dict[str, Any]) -> None:
        """A clerk writes this, and both exchange."""
        self.store.close()
        self.officer.sync()
        clerk = self.town.person("Vivi Tumbelaka", "office_clerk").enrol()
        with clerk.store() as store:
            store.put(store.queries.get(record).entity, values, record)
        clerk.sync()
        self.officer.sync()
        self.store = self.officer.store()


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    town = Town(tmp_path)
    desk = Desk(town, town.person("Meyke Mamonto", villages=list(VILLAGES)).enrol())
    yield desk
    desk.store.close()
    town.close()


def test_a_field_goes_back_and_forth(desk: Desk) -> None:
    changes, visit = desk.changes, desk.visit
    changes.put("visit", {"theme": "Sambang"}, visit)
    changes.put("visit", {"theme": "Sambang desa"}, visit)
    changes.put("visit", {"venue": "Balai Desa"}, visit, words="Tempat acara")
    assert changes.undoable(visit) == "Tempat acara"
    assert changes.undo(visit) == "" and changes.undoable(visit) == "Tema"
    changes.undo(visit)
    assert desk.values(visit)["theme"] == "Sambang" and "venue" not in desk.values(visit)
    changes.redo(visit)
    assert desk.values(visit)["theme"] == "Sambang desa" and changes.redoable(visit) == "Tempat acara"
    changes.put("visit", {"theme": "Penyuluhan"}, visit)
    assert changes.redoable(visit) == ""
    for _step in range(3):
        changes.undo(visit)
    assert "theme" not in desk.values(visit) and changes.undoable(visit) == ""


def test_what_was_added_goes_and_comes_back_as_it_was(desk: Desk) -> None:
    changes, visit = desk.changes, desk.visit
    person = changes.put("attendee", {"visit": visit, "name": "Budi Santoso"})
    changes.delete(person)
    assert changes.undoable(visit) == "Peserta dihapus"
    changes.undo(visit)
    assert desk.values(person)["name"] == "Budi Santoso" and changes.undoable(visit) == "Peserta baru"
    changes.undo(visit)
    assert desk.store.queries.people.present(visit) == []
    changes.redo(visit)
    changes.redo(visit)
    changes.undo(visit)
    assert [one.id for one in desk.store.queries.people.present(visit)] == [person]


def test_one_visit_does_not_take_back_what_was_written_in_another(desk: Desk) -> None:
    other = desk.store.put("visit", {"place": "Pelabuhan", "starts_at": "2025-07-04T09:00+08:00"})
    desk.changes.put("visit", {"theme": "Rapat"}, other)
    desk.changes.put("visit", {"theme": "Sambang"}, desk.visit)
    desk.changes.undo(desk.visit)
    assert desk.values(other)["theme"] == "Rapat" and desk.changes.undoable(other) == "Tema"


def test_a_way_back_is_sent_like_any_other_change(desk: Desk) -> None:
    desk.store.close()
    desk.officer.sync()
    desk.store = desk.officer.store()
    desk.changes.put("visit", {"theme": "Sambang"}, desk.visit)
    desk.store.close()
    desk.officer.sync()
    desk.store = desk.officer.store()
    desk.changes.undo(desk.visit)
    assert desk.store.queries.pending_count() == 1


def test_what_somebody_else_wrote_meanwhile_stays_and_is_said(desk: Desk) -> None:
    changes, visit = desk.changes, desk.visit
    changes.put("visit", {"theme": "Sambang", "venue": "Balai Desa"}, visit)
    desk.meanwhile(visit, {"theme": "Penyuluhan"})
    assert changes.undo(visit) == "Tema sudah diubah orang lain sesudah Anda, jadi dibiarkan seperti sekarang."
    assert desk.values(visit)["theme"] == "Penyuluhan" and "venue" not in desk.values(visit)


def test_a_person_whom_somebody_else_completed_is_not_deleted(desk: Desk) -> None:
    person = desk.changes.put("attendee", {"visit": desk.visit, "name": "Budi Santoso"})
    desk.meanwhile(person, {"institution": "Polsek"})
    assert "dibiarkan" in desk.changes.undo(desk.visit)
    assert desk.values(person)["institution"] == "Polsek"


def test_of_several_villages_only_the_own_addition_goes(desk: Desk) -> None:
    villages = list(desk.store.queries.overview.villages())
    desk.changes.put("visit", {"villages": villages[:2]}, desk.visit)
    desk.meanwhile(desk.visit, {"villages": villages[:3]})
    assert desk.changes.undo(desk.visit) == ""
    assert desk.values(desk.visit)["villages"] == sorted([villages[0], villages[2]])


def test_a_way_back_that_is_refused_says_why_and_blocks_nothing(desk: Desk) -> None:
    desk.changes.put("visit", {"theme": "Sambang"}, desk.visit)
    desk.changes.put("visit", {"status": "done"}, desk.visit)
    desk.store.put("visit", {"signed_off_at": "2025-07-04T09:00+08:00"}, desk.visit)
    with pytest.raises(Problem, match="ditandai selesai"):
        desk.changes.undo(desk.visit)
    assert desk.changes.undoable(desk.visit) == "Tema" and desk.values(desk.visit)["status"] == "done"


def test_a_long_day_keeps_the_last_changes_only(desk: Desk) -> None:
    for count in range(STEPS_MAX + 5):
        desk.changes.put("visit", {"theme": f"Tema {count}"}, desk.visit)
    while desk.changes.undoable(desk.visit):
        desk.changes.undo(desk.visit)
    assert desk.values(desk.visit)["theme"] == "Tema 4"
