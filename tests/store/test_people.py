"""Who came, and whom a name that is being typed may mean."""

from hypothesis import given, settings
from hypothesis import strategies as st

from rig.world import LaptopRig


def _visit(laptop: LaptopRig, day: str) -> str:
    return laptop.store.put("visit", {"villages": [laptop.village()], "starts_at": f"{day}T09:00+08:00"})


def _names(laptop: LaptopRig, typed: str, **more: str) -> list[str]:
    return [one.name for one in laptop.store.queries.people.seen(typed, **more)]


def test_the_people_of_a_visit_come_in_the_order_in_which_they_were_written(laptop: LaptopRig) -> None:
    visit, other = _visit(laptop, "2025-07-03"), _visit(laptop, "2025-07-04")
    for name in ("Cici", "Ani", "Budi"):
        laptop.store.put("attendee", {"visit": visit, "name": name})
    gone = laptop.store.put("attendee", {"visit": visit, "name": "Dewi"})
    laptop.store.put("attendee", {"visit": other, "name": "Eka"})
    laptop.store.delete(gone)
    assert [one.name for one in laptop.store.queries.people.present(visit)] == ["Cici", "Ani", "Budi"]


def test_a_name_is_found_by_its_beginning_then_by_its_words(laptop: LaptopRig) -> None:
    visit = _visit(laptop, "2025-07-03")
    for name in ("Sri Wahyuni Mokoginta", "Wahyuni Sri", "Éva Srikandi", "Budi"):
        laptop.store.put("attendee", {"visit": visit, "name": name, "institution": "Sri Rejeki"})
    assert _names(laptop, "sri wa") == ["Sri Wahyuni Mokoginta", "Wahyuni Sri"]
    assert _names(laptop, "eva")[0] == "Éva Srikandi"
    assert "Budi" not in _names(laptop, "sri")


def test_what_was_written_down_the_last_time_counts(laptop: LaptopRig) -> None:
    for day, group in (("2025-01-05", "warga"), ("2025-06-26", "relawan"), ("2025-03-01", "pemuda")):
        laptop.store.put("attendee", {"visit": _visit(laptop, day), "name": "Siti Simbala", "stakeholder_group": group})
    (one,) = laptop.store.queries.people.seen("siti")
    assert (one.stakeholder_group, one.on[:10], one.place) == ("relawan", "2025-06-26", "Bongkudai Utara")


def test_people_of_the_visit_itself_and_of_deleted_ones_are_not_suggested(laptop: LaptopRig) -> None:
    now, gone = _visit(laptop, "2025-07-03"), _visit(laptop, "2025-06-03")
    laptop.store.put("attendee", {"visit": now, "name": "Siti Sini"})
    laptop.store.put("attendee", {"visit": gone, "name": "Siti Lalu"})
    laptop.store.delete(gone)
    assert _names(laptop, "siti", not_of=now) == []


def test_whatever_is_typed_is_no_error(laptop: LaptopRig) -> None:
    laptop.store.put("attendee", {"visit": _visit(laptop, "2025-07-03"), "name": "Sri Wahyuni"})

    @settings(max_examples=300, deadline=None)
    @given(st.text(max_size=12))
    def ask(typed: str) -> None:
        laptop.store.queries.people.seen(typed)

    ask()
    assert _names(laptop, 'sri" OR "wa* (^)') == []


def test_who_came_most_often_to_a_village_comes_first_and_only_from_there(laptop: LaptopRig) -> None:
    store, village = laptop.store, laptop.village()
    days = [store.put("visit", {"villages": [village], "starts_at": f"2025-0{at}-03T09:00+08:00"}) for at in (3, 4, 5)]
    elsewhere = store.put("visit", {"place": "Kantor", "starts_at": "2025-06-03T09:00+08:00"})
    for visit, names in zip(days, (("Siti", "Budi"), ("Siti", "Ratna"), ("SITI",)), strict=True):
        for name in names:
            store.put("attendee", {"visit": visit, "name": name})
    store.put("attendee", {"visit": elsewhere, "name": "Yusuf"})
    found = store.queries.people.frequent([village])
    assert [one.name for one in found] == ["SITI", "Ratna", "Budi"]
    assert found[0].on.startswith("2025-05") and found[0].place == "Bongkudai Utara"
    store.delete(days[1])
    assert [one.name for one in store.queries.people.frequent([village], not_of=days[2])] == ["Budi", "Siti"]
