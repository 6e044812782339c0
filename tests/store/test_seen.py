"""What was looked at, by the number received by then."""

from pimpasa_desktop.store.store import Store
from rig.world import LaptopRig


def mark(store: Store, numbers: dict[str, int]) -> None:
    with store.transaction():
        store.queries.seen.mark(numbers)


def test_nothing_was_looked_at_at_first_and_each_mark_adds_to_the_others(laptop: LaptopRig) -> None:
    assert laptop.store.queries.seen.all() == {}
    mark(laptop.store, {"a": 3, "b": 4})
    mark(laptop.store, {"b": 9})
    assert laptop.store.queries.seen.all() == {"a": 3, "b": 9}


def test_an_attendee_that_comes_raises_the_latest_number_of_the_visit(laptop: LaptopRig) -> None:
    visit = laptop.store.put("visit", {"place": "Balai", "starts_at": "2025-07-03T09:00+08:00"})
    assert laptop.store.queries.overview.latest()[visit] == 0
    laptop.sync()
    before = laptop.store.queries.overview.latest()[visit]
    laptop.store.put("attendee", {"visit": visit, "name": "Budi"})
    assert laptop.store.queries.overview.latest()[visit] == before
    laptop.sync()
    assert laptop.store.queries.overview.latest()[visit] > before


def test_looking_leaves_no_trail_and_an_export_does(laptop: LaptopRig) -> None:
    visit = laptop.store.put("visit", {"place": "Balai", "starts_at": "2025-07-03T09:00+08:00"})
    mark(laptop.store, {visit: 1})
    laptop.store.note("export", "visit", visit)
    trail = laptop.store._sql.execute("SELECT action, record, fields FROM audit ORDER BY seq").fetchall()
    assert trail[1:] == [("export", visit, "")]
    assert laptop.store._audit.broken_at() is None
