"""The door of people: what may be written, what a person is told otherwise, and what is queued."""

from pathlib import Path

import pytest

from pimpasa_desktop.domain.operation import Action
from pimpasa_desktop.problem import Problem
from pimpasa_desktop.store.store import Draft, Store
from rig.world import LaptopRig, OfficeRig, RigEnv

VISIT = {"place": "Pelabuhan", "starts_at": "2025-07-03T09:00+08:00"}
UNKNOWN = "85426a12-548e-4ff7-9d55-c282821b3ef1"


def visit(laptop: LaptopRig, **more: object) -> str:
    return laptop.store.put("visit", {"villages": [laptop.village()], "starts_at": VISIT["starts_at"], **more})


def attendee(laptop: LaptopRig, of: str, name: str = "Ani", **more: object) -> str:
    return laptop.store.put("attendee", {"visit": of, "name": name, **more})


def everything(laptop: LaptopRig) -> dict[str, list[tuple[object, ...]]]:
    sql = laptop.store._sql
    tables = [name for (name,) in sql.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")]
    return {name: sql.execute(f'SELECT * FROM "{name}"').fetchall() for name in tables}


def outbox(laptop: LaptopRig) -> list[tuple[str, str, str]]:
    return laptop.store._sql.execute("SELECT record, action, patch FROM outbox ORDER BY seq").fetchall()


def test_what_was_put_is_listed_with_its_office_and_waits_to_be_sent(laptop: LaptopRig, office: OfficeRig) -> None:
    identifier = visit(laptop, programme="DBI")
    found = laptop.store.queries.get(identifier)
    assert found.values == {
        "office": office.office,
        "villages": [laptop.village()],
        "starts_at": "2025-07-03T09:00:00+08:00",
        "programme": "DBI",
    }
    assert found.pending and found.number == 0 and found.author == laptop.account


def test_a_batch_with_one_bad_record_leaves_nothing(laptop: LaptopRig) -> None:
    of = visit(laptop)
    before = everything(laptop)
    drafts = [Draft("attendee", {"visit": of, "name": name, "phone": phone}) for name, phone in
              [("Ani", ""), ("Budi", "081234567890"), ("Cici", "satu dua")]]  # fmt: skip
    with pytest.raises(Problem, match="Nomor HP"):
        laptop.store.put_all(drafts)
    assert everything(laptop) == before
    assert len(laptop.store.put_all(drafts[:2])) == 2


def test_a_batch_may_name_what_it_made_itself_only_by_an_id_that_is_here(laptop: LaptopRig) -> None:
    with pytest.raises(Problem, match="tidak ada di sini"):
        attendee(laptop, UNKNOWN)


@pytest.mark.parametrize(
    ("entity", "raw", "sentence"),
    [
        ("visit", {"place": "Pelabuhan"}, "starts_at"),
        ("visit", {**VISIT, "place": ""}, "Pilih desa"),
        ("attendee", {"name": "Ani"}, "visit"),
        ("zebra", {}, "tidak dikenal"),
        ("visit", {**VISIT, "warna": "biru"}, "warna"),
        ("visit", {**VISIT, "villages": [UNKNOWN]}, "tidak ada di sini"),
        ("account", {"name": "X", "role": "administrator"}, "offices"),
        ("village", {"region_code": "71.10.07.2005", "name": "Baru"}, "di luar wilayah"),
        ("conflict", {"about": UNKNOWN}, "belum diisi"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_told_and_nothing_is_written(
    laptop: LaptopRig, entity: str, raw: dict[str, object], sentence: str
) -> None:
    before = everything(laptop)
    with pytest.raises(Problem, match=sentence):
        laptop.store.put(entity, raw)
    assert everything(laptop) == before


def test_a_reference_of_the_wrong_kind_is_not_followed(laptop: LaptopRig) -> None:
    with pytest.raises(Problem, match="Pilih dari daftar visit"):
        attendee(laptop, laptop.village())


def test_nobody_writes_outside_what_he_was_given(laptop: LaptopRig, clerk: LaptopRig, office: OfficeRig) -> None:
    other = clerk.store.put("village", {"region_code": "71.10.07.2005", "name": "Lain"})
    with pytest.raises(Problem, match="tidak ada di sini"):
        laptop.store.put("visit", {**VISIT, "villages": [other]})
    clerk.sync()
    laptop.sync()
    with pytest.raises(Problem, match="tidak ada di sini"):  # no bucket of his holds that village
        laptop.store.put("visit", {**VISIT, "villages": [other]})
    with pytest.raises(Problem, match=r"di luar wilayah|Peran Anda"):
        clerk.store.put("risk_report", {"kind": "tppo", "village": other})
    with pytest.raises(Problem, match="Peran Anda"):
        laptop.store.put("office", {"name": "Kantorku"}, office.office)
    clerk.store.put("office", {"city": "Kotamobagu"}, office.office)
    with pytest.raises(Problem, match="Peran Anda"):
        clerk.store.delete(office.office)


def test_a_record_never_changes_what_it_hangs_on(laptop: LaptopRig) -> None:
    one, other = visit(laptop), visit(laptop)
    identifier = attendee(laptop, one)
    with pytest.raises(Problem, match="induk lain"):
        laptop.store.put("attendee", {"visit": other}, identifier)
    laptop.store.put("attendee", {"visit": one, "sex": "l"}, identifier)


def test_a_change_to_the_same_value_is_no_change(laptop: LaptopRig) -> None:
    identifier = visit(laptop)
    laptop.sync()
    laptop.store.put("visit", {"starts_at": "2025-07-03 09:00:00+08:00", "nil": False, "theme": " "}, identifier)
    assert outbox(laptop) == []


def test_a_deleted_record_is_gone_until_it_is_restored(laptop: LaptopRig) -> None:
    of = visit(laptop)
    identifier = attendee(laptop, of)
    laptop.store.delete(identifier)
    for refused in (
        lambda: laptop.store.delete(identifier),
        lambda: laptop.store.put("attendee", {"name": "B"}, identifier),
    ):
        with pytest.raises(Problem):
            refused()
    assert laptop.list("attendee") == []
    laptop.store.restore(identifier)
    assert [found["name"] for found in laptop.list("attendee")] == ["Ani"]
    with pytest.raises(Problem):
        laptop.store.restore(identifier)
    with pytest.raises(Problem):
        laptop.store.delete(UNKNOWN)


def test_a_deleted_root_hides_what_hangs_on_it_and_nothing_is_written_there(laptop: LaptopRig) -> None:
    of = visit(laptop)
    identifier = attendee(laptop, of)
    laptop.store.delete(of)
    assert laptop.list("attendee") == []
    with pytest.raises(Problem):
        laptop.store.queries.get(identifier)
    with pytest.raises(Problem):
        laptop.store.put("attendee", {"name": "Hantu"}, identifier)
    with pytest.raises(Problem):
        attendee(laptop, of)
    laptop.store.restore(of)
    assert laptop.store.queries.get(identifier).values["name"] == "Ani"


def test_the_same_village_made_twice_is_one(clerk: LaptopRig) -> None:
    raw = {"region_code": "71.10.07.2005", "name": "Moyag"}
    one = clerk.store.put("village", raw)
    assert clerk.store.put("village", {**raw, "region_code": "7110072005", "name": "Moyag Baru"}) == one
    assert clerk.store.queries.get(one).values["name"] == "Moyag Baru"
    assert clerk.store.put("village", {"name": "Tanpa kode"}) != clerk.store.put("village", {"name": "Tanpa kode"})


def test_a_village_that_was_deleted_and_is_made_again_is_back(clerk: LaptopRig) -> None:
    raw = {"region_code": "71.10.07.2005", "name": "Moyag"}
    identifier = clerk.store.put("village", raw)
    clerk.sync()
    clerk.store.delete(identifier)
    assert clerk.store.put("village", {**raw, "name": "Moyag Dua"}) == identifier
    assert clerk.store.queries.get(identifier).values["name"] == "Moyag Dua"
    assert clerk.sync().digests_match
    assert clerk.store.queries.get(identifier).values["name"] == "Moyag Dua"


def test_a_signed_off_visit_takes_follow_ups_only(laptop: LaptopRig) -> None:
    of = visit(laptop)
    identifier = attendee(laptop, of)
    laptop.store.put("visit", {"status": "done", "signed_off_at": "2025-07-03T17:00+08:00"}, of)
    for refused in (
        lambda: laptop.store.put("visit", {"theme": "x"}, of),
        lambda: laptop.store.put("attendee", {"name": "x"}, identifier),
        lambda: attendee(laptop, of),
        lambda: laptop.store.delete(of),
        lambda: laptop.store.delete(identifier),
    ):
        with pytest.raises(Problem, match="ditandai selesai"):
            refused()
    laptop.store.put("follow_up", {"visit": of, "text": "Hubungi BP3MI"})


@pytest.mark.parametrize("at_once", [2_000, 2])
def test_a_visit_written_and_signed_off_without_signal_arrives_whole(
    laptop: LaptopRig, clerk: LaptopRig, at_once: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The signing off travels last, or the office would refuse the attendees that were written before it."""
    monkeypatch.setattr("pimpasa_desktop.sync.batch.OFFER_MAX", at_once)
    of, signed = visit(laptop, signed_off_at=""), {"status": "done", "signed_off_at": "2025-07-03T17:00+08:00"}
    for index in range(5):
        attendee(laptop, of, f"Orang {index}")
    laptop.store.put("visit", {"theme": "x"}, of)
    laptop.store.put("visit", signed, of)
    laptop.store.put("follow_up", {"visit": of, "text": "Hubungi BP3MI"})
    at_birth = visit(laptop, **signed)
    laptop.store.put("follow_up", {"visit": at_birth, "text": "Hubungi BP2MI"})
    report = laptop.sync()
    assert (report.rejected, report.digests_match) == (0, True)
    clerk.sync()
    assert len(clerk.list("attendee")) == 5 and len(clerk.list("follow_up")) == 2
    assert {found["status"] for found in clerk.list("visit") if found["signed_off_at"]} == {"done"}
    assert len(clerk.list("visit")) == 2


# -- what waits to be sent


def test_two_edits_that_were_not_sent_are_one_operation(laptop: LaptopRig) -> None:
    identifier = visit(laptop, theme="satu")
    laptop.store.put("visit", {"theme": "dua"}, identifier)
    laptop.store.put("visit", {"venue": "Balai"}, identifier)
    (only,) = laptop.store.offer(10, 10**6)
    assert only.patch["theme"] == "dua" and only.patch["venue"] == "Balai" and only.base == 0


def test_an_operation_that_was_offered_is_not_touched(laptop: LaptopRig) -> None:
    identifier = visit(laptop, theme="satu")
    offered = laptop.store.offer(10, 10**6)
    laptop.store.put("visit", {"theme": "dua"}, identifier)
    laptop.store.put("visit", {"venue": "Balai"}, identifier)
    again = laptop.store.offer(10, 10**6)
    assert again[:1] == offered
    assert [sorted(op.patch) for op in again[1:]] == [["theme", "venue"]]


def test_operations_on_other_versions_stay_apart(laptop: LaptopRig) -> None:
    identifier = visit(laptop, theme="satu")
    offered = laptop.store.offer(10, 10**6)
    laptop.store.put("visit", {"theme": "dua"}, identifier)
    assert [op.base for op in laptop.store.offer(10, 10**6)] == [0, 0]
    laptop.sync()
    number = laptop.store.queries.get(identifier).number
    laptop.store.put("visit", {"theme": "tiga"}, identifier)
    assert [op.base for op in laptop.store.offer(10, 10**6)] == [number]
    assert offered[0].base == 0


def test_a_deletion_is_not_folded_away(laptop: LaptopRig) -> None:
    identifier = visit(laptop)
    laptop.store.delete(identifier)
    laptop.store.restore(identifier)
    assert [op.action for op in laptop.store.offer(10, 10**6)] == [Action.PUT, Action.DELETE, Action.RESTORE]


def test_at_least_one_operation_is_offered_and_never_more_than_asked(laptop: LaptopRig) -> None:
    of = visit(laptop)
    for index in range(5):
        attendee(laptop, of, f"Orang {index}")
    assert len(laptop.store.offer(10, 1)) == 1
    assert len(laptop.store.offer(3, 10**6)) == 3
    assert len(laptop.store.offer(10, 300)) < 6


def test_ids_of_secret_records_and_of_their_operations_carry_no_counter(laptop: LaptopRig) -> None:
    from pimpasa_desktop.domain.ids import parts

    report = laptop.store.put("risk_report", {"village": laptop.village(), "kind": "tppo"})
    laptop.store.put("follow_up", {"risk_report": report, "text": "Hubungi"})
    offered = laptop.store.offer(10, 10**6)
    assert len(offered) == 2
    assert all(parts(op.id) is None and parts(op.record) is None for op in offered)


# -- one folder


def test_a_second_program_may_read_and_not_write(laptop: LaptopRig) -> None:
    identifier = visit(laptop)
    with pytest.raises(Problem, match="dipakai program PIMPASA lain"):
        Store(laptop.folder, b"l" * 32, laptop.env)
    with Store(laptop.folder, b"l" * 32, laptop.env, readonly=True) as reader:
        assert reader.queries.get(identifier).id == identifier
        with pytest.raises(Problem, match="ditulis"):
            reader.put("visit", VISIT)
    visit(laptop)


def test_a_folder_is_free_again_once_its_program_has_ended(tmp_path: Path) -> None:
    env = RigEnv()
    Store(tmp_path, b"k" * 32, env).close()
    with pytest.raises(Problem):
        Store(tmp_path, b"wrong key, wrong key, wrong key!", env)
    with Store(tmp_path, b"k" * 32, env) as store:
        assert store.standing.cursor == b""


def test_what_was_said_to_be_saved_survives_a_power_cut(laptop: LaptopRig) -> None:
    """With synchronous=NORMAL it does not; see the reasons beside the pragma."""
    pragma = {name: laptop.store._sql.execute(f"PRAGMA {name}").fetchone()[0] for name in
              ("synchronous", "journal_mode", "secure_delete", "foreign_keys")}  # fmt: skip
    assert pragma == {"synchronous": 2, "journal_mode": "wal", "secure_delete": 1, "foreign_keys": 1}


def test_a_save_compiles_no_statement_anew(laptop: LaptopRig) -> None:
    of = visit(laptop)
    compiled: list[object] = []
    laptop.store._sql.set_authorizer(lambda _action, table, *_: compiled.append(table) or 0)
    attendee(laptop, of)
    compiled.clear()
    attendee(laptop, of, "Budi")
    assert compiled == ["cipher_status"]  # which says each time anew whether a damaged page was read
