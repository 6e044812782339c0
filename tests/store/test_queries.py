"""Lists, filters and the search."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

import strategies
from pimpasa_desktop.domain.entity import REGISTRY
from pimpasa_desktop.domain.roles import Role
from pimpasa_desktop.problem import Problem
from pimpasa_desktop.sqlcipher import Connection
from pimpasa_desktop.store.queries import Queries
from pimpasa_desktop.store.store import Draft
from rig.world import LaptopRig, OfficeRig


def visit(laptop: LaptopRig, **more: object) -> str:
    return laptop.store.put("visit", {"villages": [laptop.village()], "starts_at": "2025-07-03T09:00+08:00", **more})


def guests(laptop: LaptopRig, of: str, *people: dict[str, object]) -> list[str]:
    return laptop.store.put_all([Draft("attendee", {"visit": of, **person}) for person in people])


def found(laptop: LaptopRig, entity: str, **where: str) -> list[str]:
    return [listed.id for listed in laptop.store.queries.every(REGISTRY[entity], where)]


def test_records_are_listed_in_the_order_in_which_they_came(laptop: LaptopRig) -> None:
    of = visit(laptop)
    made = guests(laptop, of, *({"name": f"Orang {n}"} for n in range(20)))
    assert found(laptop, "attendee") == made


def test_filters_compare_what_is_stored_however_it_is_spelled(laptop: LaptopRig) -> None:
    of, nil = visit(laptop), visit(laptop, nil=True)
    ani, ben = guests(
        laptop, of, {"name": "Ani", "phone": "081234567890", "stakeholder_group": "CPMI"}, {"name": "José"}
    )
    assert found(laptop, "visit", nil="true") == [nil]
    assert found(laptop, "visit", nil="tidak") == [of]
    assert found(laptop, "visit", starts_at="2025-07-03 09:00+08:00") == [of, nil]
    assert found(laptop, "attendee", phone="0812-3456-7890") == [ani]
    assert found(laptop, "attendee", phone="") == [ben]
    assert found(laptop, "attendee", stakeholder_group="cpmi", name="Ani") == [ani]
    assert found(laptop, "attendee", name="Jose\u0301") == [ben]
    assert found(laptop, "attendee", visit=nil) == []


def test_what_was_agreed_about_a_finding_is_not_among_what_a_visit_agreed_on(laptop: LaptopRig) -> None:
    of = visit(laptop)
    finding = laptop.store.put("risk_report", {"kind": "tppo", "village": laptop.village(), "visit": of})
    agreed = laptop.store.put("follow_up", {"visit": of, "text": "Kirim undangan"})
    laptop.store.put("follow_up", {"risk_report": finding, "text": "Telepon"})
    assert found(laptop, "follow_up", visit=of, risk_report="") == [agreed]


def test_what_hangs_on_a_record_is_found_by_its_index(laptop: LaptopRig) -> None:
    """A page of a visit asks for a dozen lists after each keystroke that is saved."""
    asked: list[str] = []
    laptop.store._sql.set_trace_callback(asked.append)
    found(laptop, "aid", visit=visit(laptop))
    laptop.store._sql.set_trace_callback(None)
    (statement,) = (one for one in asked if 'FROM "aid"' in one)
    plan = laptop.store._sql.execute(f"EXPLAIN QUERY PLAN {statement}").fetchall()
    assert any("aid_visit" in str(line) for *_ids, line in plan)


def test_what_somebody_began_is_found_by_what_it_is(laptop: LaptopRig) -> None:
    laptop.store.drafts.save("aid:1", "aid", "", "1", {"item": "Semb"})
    laptop.store.drafts.save("quote:1", "quote", "", "1", {"text": "Ayo"})
    assert [draft.name for draft in laptop.store.queries.begun(REGISTRY["aid"])] == ["aid:1"]


def test_a_filter_on_several_values_asks_for_one_of_them(laptop: LaptopRig) -> None:
    of, elsewhere = visit(laptop), laptop.store.put("visit", {"place": "Pelabuhan", "starts_at": "2025-07-03T09:00Z"})
    report = laptop.store.put(
        "risk_report", {"kind": "tppo", "indicators": ["C01", "A01"], "village": laptop.village()}
    )
    assert found(laptop, "visit", villages=laptop.village()) == [of]
    assert found(laptop, "visit", villages="") == [elsewhere]
    assert found(laptop, "risk_report", indicators="a01") == [report]
    assert found(laptop, "risk_report", indicators="A02") == []


@pytest.mark.parametrize(
    "where", [{"warna": "biru"}, {"id": "x"}, {"name' OR 1=1 --": "x"}, {"sex": "X"}, {"visit": "x"}]
)
def test_a_filter_that_cannot_be_is_a_problem(laptop: LaptopRig, where: dict[str, str]) -> None:
    with pytest.raises(Problem):
        found(laptop, "attendee", **where)


def test_a_listed_record_shows_all_fields_and_what_is_derived(laptop: LaptopRig) -> None:
    laptop.store.put("risk_report", {"kind": "tppo", "indicators": ["A01"], "village": laptop.village()})
    (full,) = laptop.list("risk_report")
    assert next(iter(full)) == "id" and {"level", "reasons", "narrative", "indicators"} <= set(full)
    assert full["narrative"] == "" and full["level"] == "low"


def test_a_person_is_who_the_office_says_with_the_villages_it_opened(laptop: LaptopRig, office: OfficeRig) -> None:
    person = laptop.store.queries.person()
    assert (person.role, person.offices) == (Role.FIELD_OFFICER, {office.office})
    assert person.villages == {laptop.village()}


def test_a_clock_that_went_wrong_keeps_nobody_from_writing(laptop: LaptopRig) -> None:
    laptop.env.time = datetime(1970, 1, 1, tzinfo=UTC)
    assert laptop.get(visit(laptop))["villages"] == [laptop.village()]


# -- search


def search(laptop: LaptopRig, text: str, secret: bool = False) -> list[str]:
    return laptop.store.queries.search(text, secret=secret)


def test_every_word_begins_a_word_whatever_the_accents_and_capitals(laptop: LaptopRig) -> None:
    of = visit(laptop)
    ani, ben = guests(laptop, of, {"name": "Ani Mokoginta", "institution": "BP3MI"}, {"name": "Béni Mokodompit"})
    assert search(laptop, "moko ani") == [ani]
    assert set(search(laptop, "MOKO")) == {ani, ben}
    assert search(laptop, "beni") == [ben]
    assert search(laptop, "BÉNI moko") == [ben]
    assert search(laptop, "bp3") == [ani]
    assert search(laptop, "ginta") == []


def test_the_text_of_secret_records_lies_in_an_index_of_its_own(laptop: LaptopRig) -> None:
    of = visit(laptop, theme="kasuari di luar")
    report = laptop.store.put(
        "risk_report", {"kind": "tppo", "village": laptop.village(), "narrative": "kasuari di dalam"}
    )
    follow = laptop.store.put("follow_up", {"risk_report": report, "text": "kasuari dicari"})
    assert search(laptop, "kasuari") == [of]
    assert set(search(laptop, "kasuari", secret=True)) == {report, follow}
    laptop.store.put("risk_report", {"narrative": "kakatua"}, report)
    assert search(laptop, "kakatua", secret=True) == [report]
    assert search(laptop, "kakatua") == []


def test_a_changed_text_is_found_as_it_is_now(laptop: LaptopRig) -> None:
    of = visit(laptop, theme="kasuari")
    laptop.store.put("visit", {"theme": "kakatua"}, of)
    assert (search(laptop, "kasuari"), search(laptop, "kakatua")) == ([], [of])
    laptop.store.put("visit", {"theme": ""}, of)
    assert search(laptop, "kakatua") == []
    laptop.store.put("visit", {"theme": "maleo"}, of)
    assert search(laptop, "maleo") == [of]


def test_what_was_deleted_is_not_found_and_what_came_back_is(laptop: LaptopRig) -> None:
    of = visit(laptop, theme="kasuari")
    (ani,) = guests(laptop, of, {"name": "Kasuari"})
    laptop.store.delete(of)
    assert search(laptop, "kasuari") == []
    laptop.store.restore(of)
    laptop.store.delete(ani)
    assert search(laptop, "kasuari") == [of]


def test_signs_between_words_find_no_less(laptop: LaptopRig) -> None:
    of = visit(laptop, theme="Penyuluhan TPPO (bagian 2), di Balai")
    for asked in ("penyuluhan - tppo", "tppo (bagian", '"penyuluhan" & tppo!', "2) balai", "pen* OR"):
        assert search(laptop, asked) == [of] if "OR" not in asked else search(laptop, asked) == []


@pytest.mark.parametrize(
    "asked", ["", "  ", '"', "*", "- (", "NEAR(", 'a" OR "b', "a\x00b", "\ud800", "x" * 100_000, "'; --"]
)
def test_no_search_is_an_error(laptop: LaptopRig, asked: str) -> None:
    assert search(laptop, asked) == []


def test_any_text_may_be_searched_for(laptop: LaptopRig) -> None:
    queries = laptop.store.queries

    @given(st.text(max_size=20) | strategies.raw_texts)
    def never_fails(text: str) -> None:
        queries.search(text, secret=False)

    never_fails()


def test_a_list_does_not_read_records_of_other_entities(laptop: LaptopRig) -> None:
    """Asked three times for each record that is written: with all records in between it took ten times as long."""
    seen: list[str] = []

    class Watched:
        def __init__(self, connection: Connection) -> None:
            self._connection = connection

        def execute(self, sql: str, arguments: object = ()) -> object:
            plan = self._connection.execute(f"EXPLAIN QUERY PLAN {sql}", arguments).fetchall()
            seen.extend(str(step[3]) for step in plan)
            return self._connection.execute(sql, arguments)

    watched = Queries(Watched(laptop.store._sql))
    assert len(list(watched.every(REGISTRY["assignment"], {"account": laptop.account}))) == 1
    assert "SCAN e" in seen
    assert not [step for step in seen if step.startswith("SCAN r") or "TEMP B-TREE" in step]
