"""What an exchange must do, whatever road it takes: first pull, push, merge, refusal, reach, loss and repair."""

import shutil
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from exchange.conftest import TOBONGON, World
from pimpasa_desktop.domain.entity import Values
from pimpasa_desktop.domain.operation import Action, Operation
from pimpasa_desktop.problem import Problem
from pimpasa_desktop.store.store import Store
from pimpasa_desktop.sync import engine, trouble
from pimpasa_desktop.sync.http import Line
from pimpasa_desktop.sync.joining import join
from pimpasa_desktop.sync.protocol.messages import Office
from pimpasa_desktop.sync.trouble import TooOld, Unreachable
from rig.world import BONGKUDAI_UTARA, LAPTOP_KEY, LaptopRig, Near, RigEnv


def visit(laptop: LaptopRig, **fields: Any) -> str:
    return laptop.store.put(
        "visit", {"villages": [laptop.village()], "starts_at": "2025-07-03T09:00+08:00", "programme": "DBI"} | fields
    )


def attendee(laptop: LaptopRig, of: str, name: str = "Budi Santoso") -> str:
    return laptop.store.put("attendee", {"visit": of, "name": name})


def report(laptop: LaptopRig, **fields: Any) -> str:
    values = {"village": laptop.village(), "kind": "tppo", "narrative": "Perekrut", "indicators": ["A01"]}
    return laptop.store.put("risk_report", values | fields)


def settled(*laptops: LaptopRig) -> None:
    """Everybody exchanges until nothing moves any more; then all hold what the office holds."""
    for _round in range(2):
        reports = [laptop.sync() for laptop in laptops]
    assert all(each.digests_match for each in reports)


def ids(laptop: LaptopRig, entity: str) -> set[object]:
    return {row["id"] for row in laptop.list(entity)}


def raw_operation(laptop: LaptopRig, record: str, patch: Values) -> None:
    """A change as a newer program might make it, past this program's form."""
    store = laptop.store
    with store.transaction():
        stored = store._shelf.find(record)
        assert stored is not None
        operation = Operation(store.ids.draw(), stored.entity, record, Action.PUT, stored.number, patch, 0)
        store._change(stored, operation)
        store._outbox.add(operation)


class Losing:
    """A line on which the next answers are lost after the office has worked."""

    def __init__(self, line: Near | Line, losses: int) -> None:
        self._line, self._losses = line, losses

    def exchange(self, body: bytes) -> bytes:
        return self._lost(self._line.exchange(body))

    def enrol(self, body: bytes) -> bytes:
        return self._lost(self._line.enrol(body))

    def _lost(self, answer: bytes) -> bytes:
        if self._losses:
            self._losses -= 1
            raise Unreachable.on_the_way()
        return answer


class Doubling:
    """A line on which every request arrives twice; the first answer is the one that is lost."""

    def __init__(self, line: Office) -> None:
        self._line = line

    def exchange(self, body: bytes) -> bytes:
        self._line.exchange(body)
        return self._line.exchange(body)


# -- both ways


def test_a_new_laptop_gets_its_village_its_office_and_its_own_account(world: World) -> None:
    officer = world.officer()
    assert [row["region_code"] for row in officer.list("village")] == [BONGKUDAI_UTARA]
    assert [row["name"] for row in officer.list("office")] == ["Kotamobagu"]
    assert [row["name"] for row in officer.list("account")] == ["Deddy"]
    settled(officer)


def test_what_an_officer_writes_is_at_the_office_after_one_exchange(world: World) -> None:
    officer, clerk = world.officer(), world.clerk()
    held = visit(officer)
    for n in range(30):
        attendee(officer, held, f"Peserta {n}")
    sent = officer.sync()
    assert (sent.pushed, sent.requests, sent.digests_match) == (31, 1, True)
    assert clerk.sync().pulled == 31
    assert [row["name"] for row in clerk.list("attendee")] == [f"Peserta {n}" for n in range(30)]
    assert officer.sync().pulled == 0
    settled(officer, clerk)


def test_a_village_given_later_is_there_after_the_next_exchange(world: World) -> None:
    officer = world.officer()
    world.office.assign(officer.account, TOBONGON, "Tobongon")
    officer.sync()
    assert {row["region_code"] for row in officer.list("village")} == {BONGKUDAI_UTARA, TOBONGON}
    settled(officer)


# -- merging


def test_a_conflict_keeps_both_values_until_a_person_settles_it(world: World) -> None:
    officer, clerk = world.officer(), world.clerk()
    person = attendee(officer, visit(officer))
    settled(officer, clerk)
    clerk.store.put("attendee", {"name": "Budi Santosa"}, person)
    officer.store.put("attendee", {"name": "Budi Susanto", "institution": "BPD"}, person)
    clerk.sync()
    assert officer.sync().merged == 1
    clerk.sync()
    for laptop in (officer, clerk):
        (conflict,) = laptop.list("conflict")
        assert (conflict["office_value"], conflict["mine_value"]) == ('"Budi Santosa"', '"Budi Susanto"')
        assert laptop.get(person)["name"] == "Budi Santosa"
        assert laptop.get(person)["institution"] == "BPD"
    officer.store.settle(str(officer.list("conflict")[0]["id"]), "mine")
    settled(officer, clerk)
    assert clerk.get(person)["name"] == officer.get(person)["name"] == "Budi Susanto"
    assert [row["settled"] for row in clerk.list("conflict")] == ["mine"]


def test_signs_that_two_people_tick_are_all_kept(world: World) -> None:
    officer, intel = world.officer(), world.intel()
    found = report(officer, indicators=["A01", "A02"])
    settled(officer, intel)
    officer.store.put("risk_report", {"indicators": ["A01", "A02", "C01"]}, found)
    intel.store.put("risk_report", {"indicators": ["A02", "B01"]}, found)
    settled(intel, officer)
    assert officer.get(found)["indicators"] == intel.get(found)["indicators"] == ["A02", "B01", "C01"]
    assert officer.list("conflict") == []


def test_different_fields_of_one_record_merge_without_a_question(world: World) -> None:
    officer, clerk = world.officer(), world.clerk()
    person = attendee(officer, visit(officer))
    settled(officer, clerk)
    officer.store.put("attendee", {"institution": "BPD"}, person)
    clerk.store.put("attendee", {"position_title": "Ketua"}, person)
    settled(officer, clerk)
    assert officer.get(person) == clerk.get(person)
    assert (officer.get(person)["institution"], officer.get(person)["position_title"]) == ("BPD", "Ketua")
    assert officer.list("conflict") == []


def test_three_edits_of_ones_own_without_signal_are_no_conflict(world: World) -> None:
    officer = world.officer()
    held = visit(officer)
    officer.sync()
    for theme in ("satu", "dua", "tiga"):
        officer.store.put("visit", {"theme": theme}, held)
        losing = Losing(officer.line, 1)
        officer.line, line = losing, officer.line
        with pytest.raises(Unreachable):
            officer.sync()
        officer.line = line
    settled(officer)
    assert officer.get(held)["theme"] == "tiga"
    assert officer.list("conflict") == []


@pytest.mark.parametrize("deleted_first", [True, False])
def test_a_deletion_and_an_edit_become_a_question_and_the_record_stands(world: World, deleted_first: bool) -> None:
    officer, clerk = world.officer(), world.clerk()
    person = attendee(officer, visit(officer))
    settled(officer, clerk)
    clerk.store.delete(person)
    officer.store.put("attendee", {"institution": "BPD"}, person)
    settled(*(clerk, officer) if deleted_first else (officer, clerk))
    for laptop in (officer, clerk):
        assert laptop.get(person)["institution"] == "BPD"
        assert [row["field_name"] for row in laptop.list("conflict")] == ["$deleted"]
    clerk.store.settle(str(clerk.list("conflict")[0]["id"]), "mine")
    settled(clerk, officer)
    assert ids(officer, "attendee") == ids(clerk, "attendee") == set()


@pytest.mark.parametrize("deleted_first", [True, False])
def test_a_visit_that_somebody_added_to_is_not_deleted_silently(world: World, deleted_first: bool) -> None:
    officer, clerk = world.officer(), world.clerk()
    held = visit(officer)
    settled(officer, clerk)
    clerk.store.delete(held)
    person = attendee(officer, held)
    settled(*(clerk, officer) if deleted_first else (officer, clerk))
    for laptop in (officer, clerk):
        assert ids(laptop, "visit") == {held}
        assert ids(laptop, "attendee") == {person}
        assert [row["record"] for row in laptop.list("conflict")] == [held]


# -- refusals


def test_a_refused_operation_is_listed_on_both_sides_and_the_queue_goes_on(world: World) -> None:
    officer, clerk = world.officer(BONGKUDAI_UTARA, TOBONGON), world.clerk()
    lost, kept = (str(row["id"]) for row in officer.list("village"))
    world.office.unassign(officer.account, str(officer.get(lost)["region_code"]))
    refused, good = visit(officer, villages=[lost]), visit(officer, villages=[kept])
    sent = officer.sync()
    assert (sent.pushed, sent.rejected) == (1, 1)
    clerk.sync()
    for laptop in (officer, clerk):
        assert [(row["record"], row["reason"]) for row in laptop.list("rejected")] == [(refused, "handed_over")]
        assert ids(laptop, "visit") == {good}
    settled(officer, clerk)


def test_a_visit_that_was_signed_off_changes_no_more_and_takes_follow_ups(world: World) -> None:
    officer, clerk = world.officer(), world.clerk()
    held = visit(officer)
    settled(officer, clerk)
    officer.store.put("visit", {"signed_off_at": "2025-07-03T12:00+08:00"}, held)
    clerk.store.put("visit", {"theme": "TPPO"}, held)
    follow_up = clerk.store.put("follow_up", {"visit": held, "text": "Hubungi kepala desa"})
    officer.sync()
    assert clerk.sync().rejected == 1
    settled(officer, clerk)
    assert "theme" not in officer.get(held)
    assert "theme" not in clerk.get(held)
    assert [row["reason"] for row in clerk.list("rejected")] == ["signed_off"]
    assert ids(officer, "follow_up") == {follow_up}


def test_what_hangs_on_a_visit_that_the_office_lacks_is_refused_as_torn(world: World) -> None:
    officer = world.officer()
    held = visit(officer)
    attendee(officer, held)
    with officer.store.transaction():
        officer.store._sql.execute("DELETE FROM outbox WHERE record = ?", (held,))
    assert officer.sync().rejected == 1
    assert [row["reason"] for row in officer.list("rejected")] == ["torn"]


def test_an_operation_that_is_too_large_is_refused_and_the_next_one_is_not(world: World) -> None:
    officer = world.officer()
    held, other = visit(officer), visit(officer)
    officer.sync()
    raw_operation(officer, held, {"theme": "x" * 300_000})
    officer.store.put("visit", {"theme": "kecil"}, other)
    sent = officer.sync()
    assert (sent.pushed, sent.rejected) == (1, 1)
    assert [row["reason"] for row in officer.list("rejected")] == ["too_large"]
    assert officer.get(other)["theme"] == "kecil"
    settled(officer)


# -- reach


def test_a_village_gained_brings_what_is_there_and_a_village_lost_takes_it_away(world: World) -> None:
    first, second = world.officer(), world.officer(TOBONGON, name="Sari")
    held = visit(first)
    person = attendee(first, held, "Markus Lumenta")
    first.sync()
    assert second.sync().pulled == 0
    world.office.assign(second.account, BONGKUDAI_UTARA, "Bongkudai Utara")
    assert second.sync().requests == 1  # by the answer itself, not because the digests differed
    assert (ids(second, "visit"), ids(second, "attendee")) == ({held}, {person})
    assert second.store.queries.search("lumenta", secret=False) == [person]
    settled(second)
    world.office.unassign(second.account, BONGKUDAI_UTARA)
    assert second.sync().requests == 1
    assert (ids(second, "visit"), ids(second, "attendee")) == (set(), set())
    assert second.store.queries.search("lumenta", secret=False) == []
    assert {row["region_code"] for row in second.list("village")} == {TOBONGON}
    settled(first, second)


def test_a_visit_stays_and_another_goes_when_one_of_their_villages_is_taken_and_the_other_given(world: World) -> None:
    """Two visits in both villages. One of them was moved out of the village that is given, into a third."""
    officer, clerk = world.officer(TOBONGON), world.clerk()
    world.office.assign(clerk.account, BONGKUDAI_UTARA, "Bongkudai Utara")
    world.office.assign(clerk.account, "71.10.07.2005", "Bongkudai Barat")
    clerk.sync()
    village = {str(row["region_code"]): str(row["id"]) for row in clerk.list("village")}
    both = [village[TOBONGON], village[BONGKUDAI_UTARA]]
    moved, kept = visit(clerk, villages=both), visit(clerk, villages=both)
    person = attendee(clerk, kept)
    settled(clerk, officer)
    assert ids(officer, "visit") == {moved, kept}
    world.office.unassign(officer.account, TOBONGON)
    clerk.store.put("visit", {"villages": [village[TOBONGON], village["71.10.07.2005"]]}, moved)
    clerk.sync()
    world.office.assign(officer.account, BONGKUDAI_UTARA, "Bongkudai Utara")
    report = officer.sync()
    assert (report.digests_match, report.requests) == (True, 1)
    assert (ids(officer, "visit"), ids(officer, "attendee")) == ({kept}, {person})


def test_a_risk_report_reaches_its_writer_and_inteldakim_and_nobody_else(world: World) -> None:
    officer, colleague = world.officer(), world.officer(name="Sari")
    clerk, intel = world.clerk(), world.intel()
    found = report(officer, narrative="Perekrut bernama Xaverius")
    task = officer.store.put("follow_up", {"risk_report": found, "text": "Temui keluarga Xaverius"})
    settled(officer, colleague, clerk, intel)
    for laptop in (colleague, clerk):
        assert laptop.list("risk_report") == laptop.list("follow_up") == []
        assert laptop.store.queries.search("xaverius", secret=True) == []
        assert laptop.store.queries.search("xaverius", secret=False) == []
    assert ids(intel, "risk_report") == ids(officer, "risk_report") == {found}
    assert ids(intel, "follow_up") == {task}


def test_a_conflict_about_a_risk_report_goes_to_inteldakim_and_not_to_the_clerk(world: World) -> None:
    officer, clerk, intel = world.officer(), world.clerk(), world.intel()
    found = report(officer)
    settled(officer, clerk, intel)
    intel.store.put("risk_report", {"narrative": "Nama lain"}, found)
    officer.store.put("risk_report", {"narrative": "Nama Xaverius"}, found)
    settled(intel, officer, clerk)
    assert len(intel.list("conflict")) == len(officer.list("conflict")) == 1
    assert clerk.list("conflict") == []


def test_a_visit_moved_to_another_village_is_forgotten_with_all_that_hangs_on_it(world: World) -> None:
    officer, clerk = world.officer(), world.clerk()
    neighbour = world.officer(TOBONGON, name="Sari")
    held = visit(officer)
    person = attendee(officer, held)
    settled(officer, clerk)
    elsewhere = neighbour.village()
    clerk.sync()
    clerk.store.put("visit", {"villages": [elsewhere]}, held)
    clerk.sync()
    assert officer.sync().requests == 1
    settled(neighbour)
    assert (ids(officer, "visit"), ids(officer, "attendee")) == (set(), set())
    assert (ids(neighbour, "visit"), ids(neighbour, "attendee")) == ({held}, {person})
    assert ids(clerk, "attendee") == {person}


# -- loss


def test_a_lost_reply_costs_nothing_and_doubles_nothing(world: World) -> None:
    officer, clerk = world.officer(), world.clerk()
    attendee(officer, visit(officer))
    officer.line, line = Losing(officer.line, 2), officer.line
    for _loss in range(2):
        with pytest.raises(Unreachable):
            officer.sync()
    officer.line = line
    assert officer.sync().pushed == 2
    settled(officer, clerk)
    assert len(clerk.list("attendee")) == len(officer.list("attendee")) == 1
    assert officer.list("conflict") == []
    assert len(world.office.devices()) == 2


def test_a_request_that_arrives_twice_is_accepted_once(world: World) -> None:
    officer, clerk = world.officer(), world.clerk()
    officer.line, line = Doubling(officer.line), officer.line
    held = visit(officer)
    attendee(officer, held)
    assert officer.sync().pushed == 2
    officer.store.put("visit", {"theme": "TPPO"}, held)
    officer.sync()
    officer.line = line
    settled(officer, clerk)
    assert len(clerk.list("attendee")) == 1
    assert clerk.get(held)["theme"] == "TPPO"
    assert clerk.list("conflict") == []


def test_a_change_sent_again_does_not_undo_what_others_wrote_on_it(world: World) -> None:
    officer, clerk = world.officer(), world.clerk()
    held = visit(officer)
    settled(officer, clerk)
    officer.store.put("visit", {"theme": "satu"}, held)
    officer.line, line = Losing(officer.line, 1), officer.line
    with pytest.raises(Unreachable):
        officer.sync()
    officer.line = line
    clerk.sync()
    clerk.store.put("visit", {"theme": "dua"}, held)
    settled(clerk, officer)
    assert officer.get(held)["theme"] == clerk.get(held)["theme"] == "dua"
    assert officer.list("conflict") == clerk.list("conflict") == []


def test_a_copied_laptop_gets_a_name_of_its_own_and_both_keep_their_work(world: World) -> None:
    officer, clerk = world.officer(), world.clerk()
    held = visit(officer)
    officer.sync()
    officer.store._sql.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    shutil.copytree(officer.folder, world.folder / "copy")
    copy = world.opened(world.folder / "copy")
    ours, theirs = attendee(officer, held, "Asli"), attendee(copy, held, "Salinan")
    officer.sync()
    copy.sync()
    settled(officer, copy, clerk)
    assert officer.store.standing.device != copy.store.standing.device
    for laptop in (officer, copy, clerk):
        assert ids(laptop, "attendee") == {ours, theirs}


def test_an_older_copy_of_a_laptop_put_back_is_noticed_and_healed(world: World) -> None:
    officer, clerk = world.officer(), world.clerk()
    held = visit(officer)
    officer.sync()
    officer.store._sql.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    shutil.copytree(officer.folder, world.folder / "old")
    for theme in ("satu", "dua"):
        officer.store.put("visit", {"theme": theme}, held)
        officer.sync()
    restored = world.opened(world.folder / "old")
    person = attendee(restored, held, "Ditulis sesudah dipulihkan")
    settled(restored, clerk)
    assert restored.get(held)["theme"] == "dua"
    assert ids(clerk, "attendee") == {person}
    assert restored.list("conflict") == []


# -- versions


def test_a_field_that_only_a_newer_laptop_knows_is_kept_and_given_back(world: World) -> None:
    officer, clerk = world.officer(), world.clerk()
    held = visit(officer)
    officer.sync()
    raw_operation(officer, held, {"weather": "hujan", "boats": 3, "tags": {"+": ["a", "b"], "-": []}})
    settled(officer, clerk)
    known = {"weather": "hujan", "boats": 3, "tags": ["a", "b"]}
    for laptop in (officer, clerk):
        assert {name: laptop.get(held)[name] for name in known} == known
    clerk.store.put("visit", {"theme": "TPPO"}, held)
    settled(clerk, officer)
    assert {name: officer.get(held)[name] for name in known} == known
    assert officer.get(held)["theme"] == "TPPO"


def test_a_laptop_that_speaks_an_older_protocol_is_told_to_update(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    officer = world.officer()
    visit(officer)
    monkeypatch.setattr(engine, "PROTOCOL", 0)
    with pytest.raises(TooOld):
        officer.sync()
    monkeypatch.undo()
    assert officer.sync().pushed == 1


# -- joining and leaving


def test_a_revoked_laptop_is_turned_away_with_its_work_still_on_it(world: World) -> None:
    officer = world.officer()
    held = visit(officer)
    world.office.revoke(officer.store.standing.device)
    with pytest.raises(trouble.Refused) as refused:
        officer.sync()
    assert refused.value.status == 401
    assert ids(officer, "visit") == {held}
    assert officer.store.queries.pending_count() == 1


@pytest.fixture
def empty_store(tmp_path: Path) -> Any:
    (tmp_path / "empty").mkdir()
    with Store(tmp_path / "empty", LAPTOP_KEY, RigEnv("empty")) as store:
        yield store


def test_an_enrolment_file_serves_one_laptop(world: World, empty_store: Store, tmp_path: Path) -> None:
    account = world.office.account("Deddy", "field_officer")
    file = world.office.enrolment(account)
    line = world.office.line(empty_store.env)
    join(empty_store, file, line)
    (tmp_path / "second").mkdir()
    with Store(tmp_path / "second", LAPTOP_KEY, RigEnv("second")) as second, pytest.raises(Problem, match="dipakai"):
        join(second, file, line)
    close(line)


def test_an_enrolment_whose_answer_was_lost_succeeds_when_asked_again(world: World, empty_store: Store) -> None:
    file = world.office.enrolment(world.office.account("Deddy", "field_officer"))
    line = world.office.line(empty_store.env)
    with pytest.raises(Unreachable):
        join(empty_store, file, Losing(line, 1))
    join(empty_store, file, line)
    assert len(world.office.devices()) == 1
    close(line)


def test_an_enrolment_file_holds_for_seven_days(world: World, empty_store: Store) -> None:
    account = world.office.account("Deddy", "field_officer")
    world.office.env.time -= timedelta(days=8)
    file = world.office.enrolment(account)
    world.office.env.time += timedelta(days=8)
    line = world.office.line(empty_store.env)
    with pytest.raises(Problem, match="kedaluwarsa"):
        join(empty_store, file, line)
    assert empty_store.standing.device == ""
    close(line)


def test_an_unknown_code_is_refused(world: World, empty_store: Store) -> None:
    file = world.office.enrolment(world.office.account("Deddy", "field_officer"))
    file.code = bytes(16)
    line = world.office.line(empty_store.env)
    with pytest.raises(Problem, match="tidak dikenal"):
        join(empty_store, file, line)
    close(line)


def close(line: Office) -> None:
    closing: Callable[[], None] = getattr(line, "close", lambda: None)
    closing()


def test_new_addresses_reach_every_laptop_with_its_next_exchange(world: World) -> None:
    officer = world.officer()
    world.office.heard_at("https://kantor.example:8443")
    officer.sync()
    assert "https://kantor.example:8443" in officer.store.meta.get("addresses").split("\n")
