"""Declarations, read: what a form may name, what it still asks, and the sparse form that is stored and sent."""

from dataclasses import FrozenInstanceError

import pytest
from hypothesis import given
from hypothesis import strategies as st

import strategies
from pimpasa_desktop.domain.entity import REGISTRY, Entity, Level, entity, sparse
from pimpasa_desktop.domain.register import entities
from pimpasa_desktop.domain.speaker import full_name
from pimpasa_desktop.domain.visit import Visit
from pimpasa_desktop.problem import Problem


def test_an_unknown_entity_is_a_problem_that_lists_the_known_ones() -> None:
    with pytest.raises(Problem, match=r"account, activity, aid, .*visit, volunteer, volunteer_group"):
        entity("kunjungan")


def test_an_unknown_field_is_a_problem_that_lists_the_known_ones() -> None:
    with pytest.raises(Problem, match=r"'colour'.*region_code"):
        entity("village").read({"name": "Moyag", "colour": "merah"})


def test_a_bad_value_names_its_field_in_both_languages() -> None:
    with pytest.raises(Problem, match=r"^Mulai \(starts_at\): "):
        entity("visit").read({"starts_at": "kapan-kapan"})


def test_a_computed_field_is_ignored_when_it_comes_back() -> None:
    report = entity("risk_report")
    assert report.read({"kind": "TPPO", "level": "high", "reasons": ["x"]}) == {"kind": "tppo"}


def test_what_is_missing_is_asked_by_label_and_name() -> None:
    assert entity("attendee").missing({"visit": "x"}) == ["Nama (name) belum diisi."]
    assert entity("attendee").missing({"visit": "x", "name": "Ani"}) == []


@pytest.mark.parametrize(
    ("values", "asked"),
    [
        ({"starts_at": "2025-07-03T09:00:00+08:00", "place": "Pelabuhan"}, 0),
        ({"starts_at": "2025-07-03T09:00:00+08:00"}, 1),
        ({"place": "Pelabuhan"}, 1),
        ({"starts_at": "2025-07-03T09:00:00+08:00", "ends_at": "2025-07-03T08:59:59+08:00", "place": "P"}, 1),
        ({"starts_at": "2025-07-03T09:00:00+08:00", "ends_at": "2025-07-03T08:30:00+07:00", "place": "P"}, 0),
    ],
)
def test_a_visit_asks_for_a_place_and_for_an_end_that_is_not_before_its_start(
    values: dict[str, str], asked: int
) -> None:
    assert len(entity("visit").missing(values)) == asked


@pytest.mark.parametrize(("values", "asked"), [({}, 1), ({"visit": "a"}, 0), ({"visit": "a", "risk_report": "b"}, 1)])
def test_a_follow_up_hangs_on_exactly_one_thing(values: dict[str, str], asked: int) -> None:
    assert len(entity("follow_up").missing({"text": "Hubungi", **values})) == asked


def test_a_follow_up_of_a_report_is_as_secret_as_the_report() -> None:
    follow_up = entity("follow_up")
    assert follow_up.level_of({"visit": "v"}) is Level.C
    assert follow_up.level_of({"risk_report": "r"}) is Level.A
    assert follow_up.parent_of({"risk_report": "r"}) == "r"
    assert follow_up.parent_of({}) == ""


@pytest.mark.parametrize(
    ("name", "parents", "otherwise"),
    [
        ("photo", ("visit", "risk_report"), "B"),
        ("document", ("visit", "campaign", "designation", "risk_report"), "C"),
        ("quote", ("visit", "campaign"), "C"),
    ],
)
def test_what_can_hang_on_several_things_hangs_on_one_and_is_secret_with_a_report(
    name: str, parents: tuple[str, ...], otherwise: str
) -> None:
    declared = entity(name)
    for parent in parents:
        assert declared.parent_of({parent: "x"}) == "x"
        assert declared.level_of({parent: "x"}) == ("A" if parent == "risk_report" else otherwise)
        assert not any("salah satu" in asked for asked in declared.missing({parent: "x"}))
    for wrong in ({}, dict.fromkeys(parents[:2], "x")):
        assert sum("salah satu" in asked for asked in declared.missing(wrong)) == 1


HASH = "0123456789abcdef" * 4


@pytest.mark.parametrize(
    ("name", "values", "asked"),
    [
        ("campaign", {"name": "Serentak", "starts_on": "2025-05-22", "ends_on": "2025-05-22"}, 0),
        ("campaign", {"name": "Serentak", "starts_on": "2025-05-22", "ends_on": "2025-05-21"}, 1),
        ("designation", {"status": "designated", "villages": ["v"]}, 0),
        ("designation", {"status": "designated", "region": "Kabupaten Kapuas", "village_count": 1}, 0),
        ("designation", {"status": "designated"}, 1),
        ("head_count", {"visit": "x", "stakeholder_group": "warga"}, 0),
        ("head_count", {"visit": "x", "stakeholder_group": "warga", "men": 3, "women": 4, "total": 7}, 0),
        ("head_count", {"visit": "x", "stakeholder_group": "warga", "men": 3, "total": 7}, 0),
        ("head_count", {"visit": "x", "stakeholder_group": "warga", "men": 3, "women": 5, "total": 7}, 1),
        ("head_count", {"visit": "x", "stakeholder_group": "warga", "women": 1, "total": 0}, 1),
        ("speaker", {"visit": "x", "position_title": "Kapolsek"}, 0),
        ("speaker", {"visit": "x", "name": "Ani"}, 0),
        ("speaker", {"visit": "x", "institution": "Polsek"}, 1),
        ("document", {"visit": "x", "kind": "circular", "number": "IMI.4"}, 0),
        ("document", {"visit": "x", "kind": "presidential_instruction", "issuer": "Presiden"}, 0),
        ("document", {"visit": "x", "kind": "circular", "dated_on": "2023-07-26"}, 1),
        ("photo", {"visit": "x", "sha256": HASH}, 0),
        ("photo", {"visit": "x", "sha256": HASH[1:]}, 1),
        ("photo", {"visit": "x", "sha256": HASH.upper()}, 1),
        ("referral", {"risk_report": "x", "recipient": "bp3mi"}, 0),
        (
            "referral",
            {"risk_report": "x", "recipient": "bp3mi", "sent_at": "2025-07-03T09:00:00+08:00", "outcome": "Diterima"},
            0,
        ),
        ("referral", {"risk_report": "x", "recipient": "bp3mi", "outcome": "Diterima"}, 1),
    ],
)
def test_what_a_form_still_asks_beyond_required_fields(name: str, values: dict[str, object], asked: int) -> None:
    assert len(entity(name).missing(values)) == asked


@pytest.mark.parametrize(
    ("values", "shown"),
    [
        ({"name": "Ani"}, "Ani"),
        ({"title_before": "Dr.", "name": "Ani", "title_after": "S.H., M.H."}, "Dr. Ani, S.H., M.H."),
        ({"name": "Ani", "title_after": "S.H."}, "Ani, S.H."),
        ({"position_title": "Kapolsek"}, ""),
    ],
)
def test_a_speakers_name_is_written_with_its_titles(values: dict[str, str], shown: str) -> None:
    assert full_name(values) == shown


@pytest.mark.parametrize(("secrecy", "level"), [("", "A"), ("A", "A"), ("B", "B"), ("C", "C")])
def test_a_tray_record_is_as_secret_as_what_it_holds_and_secret_in_doubt(secrecy: str, level: str) -> None:
    assert (
        entity("conflict").level_of({"secrecy": secrecy}) == entity("rejected").level_of({"secrecy": secrecy}) == level
    )


def test_nothing_that_somebody_counted_or_chose_is_taken_for_empty() -> None:
    assert sparse({"a": 0, "b": "0", "c": True, "d": ["x"]}) == {"a": 0, "b": "0", "c": True, "d": ["x"]}
    assert sparse({"a": None, "b": "", "c": False, "d": []}) == {}


@given(st.data(), strategies.declared_entities)
def test_complete_and_sparse_undo_each_other(data: st.DataObject, declared: Entity) -> None:
    values = data.draw(strategies.values_of(declared, unknown=True))
    full = declared.complete(values)
    assert set(declared.fields) <= set(full)
    assert sparse(full) == values == sparse(values)


@given(st.data(), strategies.declared_entities)
def test_what_was_read_once_reads_the_same_again(data: st.DataObject, declared: Entity) -> None:
    full = declared.complete(data.draw(strategies.values_of(declared)))
    assert declared.read(full) == full


def test_two_records_never_share_an_empty_list() -> None:
    entity("visit").complete({})["villages"].append("x")
    assert entity("visit").complete({})["villages"] == []


def test_a_typed_view_leaves_unknown_fields_aside() -> None:
    visit = Visit.of("1", {"place": "Pelabuhan", "warna": "biru"})
    assert (visit.id, visit.place, visit.villages, visit.nil) == ("1", "Pelabuhan", [], False)


def test_a_typed_view_is_never_changed_and_equals_one_that_says_the_same() -> None:
    visit = Visit.of("1", {"place": "Pelabuhan"})
    with pytest.raises(FrozenInstanceError):
        visit.place = "Pasar"
    assert visit == Visit(id="1", place="Pelabuhan")
    assert visit != Visit(id="2", place="Pelabuhan")
    with pytest.raises(TypeError, match="warna"):
        Visit(warna="biru")


def test_every_declaration_is_whole() -> None:
    assert {declared.name for declared in entities()} == set(REGISTRY)
    for declared in entities():
        named = {*declared.parents, declared.office, declared.villages, *declared.people, *declared.identity}
        assert named - {"", "id"} <= set(declared.fields), declared.name
        assert not declared.computed & set(declared.fields), declared.name
        assert all(f.label for f in declared.fields.values()), declared.name


def test_roots_come_before_what_hangs_on_them() -> None:
    hanging = [bool(declared.parents) for declared in entities()]
    assert hanging == sorted(hanging)
