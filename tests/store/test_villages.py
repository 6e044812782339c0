"""How villages stand, and what is known of one of them."""

from collections.abc import Iterator

import pytest

from app.screens import day
from pimpasa_desktop.domain.ids import derived
from pimpasa_desktop.store.store import Store
from pimpasa_desktop.store.villages import VillageLine
from rig.window import VILLAGES, Town


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """An officer's laptop with one written day; every test looks at it, and those that write tidy up."""
    town = Town(tmp_path_factory.mktemp("town"))
    officer = town.person("Meyke Mamonto", villages=list(VILLAGES)).enrol()
    day.filled(officer)
    with officer.store() as store:
        yield store
    town.close()


def line(store: Store, name: str) -> VillageLine:
    return next(one for one in store.queries.villages.lines() if one.name == name)


def test_villages_stand_by_name_with_the_visits_that_took_place_and_the_last_of_them(store: Store) -> None:
    lines = store.queries.villages.lines()
    assert [one.name for one in lines] == ["Bongkudai Utara", "Liberia", "Modayag", "Tobongon"]
    assert [(one.visits, one.last_visit[:10]) for one in lines] == [
        (2, "2025-06-26"),
        (1, "2025-06-12"),
        (1, "2025-06-18"),
        (1, "2025-06-20"),
    ]


def test_the_follow_up_that_is_due_first_counts_and_a_secret_one_never_does(store: Store) -> None:
    assert (line(store, "Tobongon").due_on, line(store, "Liberia").due_on) == ("2025-06-30", "")
    liberia = day.village(store, "Liberia")
    before = line(store, "Liberia")
    report = store.put("risk_report", {"village": liberia, "kind": "tppo", "indicators": ["A01"]})
    store.put("follow_up", {"risk_report": report, "text": "rahasia", "due_on": "2025-01-01"})
    assert line(store, "Liberia") == before
    assert store.queries.villages.promised(liberia) == []


def test_what_is_done_or_deleted_is_promised_no_more(store: Store) -> None:
    modayag = day.village(store, "Modayag")
    (promise,) = store.queries.villages.promised(modayag)
    assert (promise.text, promise.due_on) == ("Antar materi cetak ke kantor desa", "2025-08-01")
    store.put("follow_up", {"done_on": "2025-07-03"}, promise.id)
    assert store.queries.villages.promised(modayag) == [] and line(store, "Modayag").due_on == ""
    store.put("follow_up", {"done_on": ""}, promise.id)


def test_one_decree_names_ten_villages_and_a_later_one_may_revoke_one_of_them(store: Store) -> None:
    there = [day.village(store, name) for name in ("Liberia", "Tobongon")]
    first = store.put("designation", {"villages": there, "status": "designated", "decree_on": "2025-01-10"})
    assert [line(store, name).designation for name in ("Liberia", "Tobongon", "Modayag")] == [
        "designated",
        "designated",
        "",
    ]
    later = store.put("designation", {"villages": there[:1], "status": "revoked", "decree_on": "2025-03-01"})
    assert [line(store, name).designation for name in ("Liberia", "Tobongon")] == ["revoked", "designated"]
    store.delete(later)
    store.delete(first)
    assert line(store, "Liberia").designation == ""


def test_people_met_there_stand_by_how_often_and_only_names_of_that_village(store: Store) -> None:
    met = store.queries.villages.met(day.village(store, "Bongkudai Utara"))
    assert len(met) == 8
    assert met[0].times == 2 and met[0].on == "2025-06-26T09:00:00+08:00"
    assert [one.times for one in met] == sorted((one.times for one in met), reverse=True)
    assert len(store.queries.villages.met(day.village(store, "Modayag"), limit=20)) == 6


def test_a_campaign_is_at_the_villages_that_it_names_and_where_its_visits_are(store: Store) -> None:
    liberia = day.village(store, "Liberia")
    campaign = store.put("campaign", {"name": "Sosialisasi serentak", "villages": [liberia]})
    visit = day.visit(store, "Modayag", "2025-05-22T09:00+08:00", status="done")
    store.put("visit", {"campaign": campaign}, visit)
    at = [one.name for one in store.queries.villages.lines() if one.campaigns]
    assert at == ["Liberia", "Modayag"]
    assert line(store, "Liberia").campaigns[0].name == "Sosialisasi serentak"
    assert store.queries.villages.visits_of_campaign(campaign) == [visit]
    store.delete(visit)
    store.delete(campaign)
    assert not any(one.campaigns for one in store.queries.villages.lines())


def test_a_group_that_was_disbanded_is_no_group_any_more(store: Store) -> None:
    group = store.put("volunteer_group", {"village": day.village(store, "Modayag"), "name": "Relawan Modayag"})
    assert line(store, "Modayag").groups == 1
    store.put("volunteer_group", {"disbanded_on": "2025-07-01"}, group)
    assert line(store, "Modayag").groups == 0


def test_all_visits_to_a_village_are_found_the_planned_ones_too(store: Store) -> None:
    assert len(store.queries.villages.visits(day.village(store, "Bongkudai Utara"))) == 3
    assert store.queries.villages.visits(derived("village", "nowhere", "x")) == []
