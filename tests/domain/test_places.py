"""Where each entity's records lie."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

import strategies
from pimpasa_desktop.domain import places
from pimpasa_desktop.domain.entity import Entity, entity
from pimpasa_desktop.domain.places import places_of, villages_of
from pimpasa_desktop.domain.register import entities


def where(name: str, /, **values: object) -> set[str]:
    return set(places_of(entity(name), "ME", values, "AUTHOR"))


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        (where("office", name="Kotamobagu"), {"o:ME", "m:ME"}),
        (where("account", offices=["o1", "o2"], role="office_clerk"), {"o:o1", "o:o2", "s:ME"}),
        (where("assignment", office="o1", account="a1", village="v1"), {"o:o1", "s:a1"}),
        (where("village", office="o1", name="Moyag"), {"o:o1", "v:ME", "v:ME:s:AUTHOR"}),
        (where("visit", office="o1", villages=["v1"]), {"o:o1", "v:v1", "v:v1:s:AUTHOR"}),
        (where("visit", office="o1", villages=["v1", "v2"]),
         {"o:o1", "v:v1", "v:v1:s:AUTHOR", "v:v2", "v:v2:s:AUTHOR"}),
        (where("visit", office="o1", place="Pelabuhan"), {"o:o1", "s:AUTHOR"}),
        (where("visit"), {"s:AUTHOR"}),
        (where("risk_report", office="o1", village="v1"), {"o:o1", "v:v1", "v:v1:s:AUTHOR"}),
        (where("risk_report", office="o1"), {"o:o1", "s:AUTHOR"}),
        (where("rejected", office="o1", writer="a1"), {"o:o1", "s:a1"}),
        (where("campaign", office="o1", villages=["v1", "v2"]),
         {"o:o1", "v:v1", "v:v1:s:AUTHOR", "v:v2", "v:v2:s:AUTHOR"}),
        (where("designation", office="o1", villages=["v1"]), {"o:o1", "v:v1", "v:v1:s:AUTHOR"}),
        (where("designation", office="o1", region="Kabupaten Kapuas"), {"o:o1", "s:AUTHOR"}),
        (where("volunteer_group", office="o1", village="v1"), {"o:o1", "v:v1", "v:v1:s:AUTHOR"}),
        (where("material", office="o1"), {"o:o1", "m:o1", "s:AUTHOR"}),
    ],
)  # fmt: skip
def test_a_root_lies_in_its_office_its_villages_and_with_its_people(found: set[str], expected: set[str]) -> None:
    assert found == expected


def test_every_root_entity_is_in_the_table_above() -> None:
    roots = {declared.name for declared in entities() if not declared.parents}
    assert roots == {
        "office", "account", "assignment", "village", "visit", "risk_report", "rejected",
        "campaign", "designation", "volunteer_group", "material",
    }  # fmt: skip


def test_a_village_is_its_own_village() -> None:
    assert villages_of(entity("village"), "v1", {}) == ["v1"]
    assert villages_of(entity("visit"), "x", {"villages": ["v1", "v2"]}) == ["v1", "v2"]
    assert villages_of(entity("risk_report"), "x", {"village": "v1"}) == ["v1"]
    assert villages_of(entity("account"), "x", {}) == []


@given(st.data(), st.sampled_from([declared for declared in entities() if not declared.parents]))
def test_no_record_is_nowhere_unless_it_concerns_nobody(data: st.DataObject, declared: Entity) -> None:
    values = data.draw(strategies.values_of(declared))
    found = places_of(declared, "ME", values, "AUTHOR")
    concerns = [values.get(name) for name in declared.people if name != "id"]
    assert found or (declared.people and not any(concerns))


def test_places_of_different_sorts_never_coincide() -> None:
    spelled = {places.office("x"), places.members("x"), places.village("x"), places.person("x")}
    assert len(spelled | {places.person_in_village("x", "x")}) == 5
