"""Records in and out as JSON lines."""

import json
import resource
import signal
import sys
from typing import Any

import pytest

from rig.desk import Desk


def attendee(visit: str, name: str, **values: Any) -> str:
    return json.dumps({"visit": visit, "name": name, **values})


def test_every_line_becomes_a_record_and_prints_its_id_in_order(desk: Desk) -> None:
    visit = desk.visit()
    told = desk.run(
        "record",
        "put",
        "attendee",
        stdin=f"{attendee(visit, 'Siti')}\n\n{attendee(visit, 'Budi', phone='08123456789')}",
    )
    found = desk.list("attendee", f"visit={visit}")
    assert [line["id"] for line in told.lines] == [record["id"] for record in found]
    assert [(record["name"], record["phone"]) for record in found] == [("Siti", ""), ("Budi", "+628123456789")]


def test_a_line_with_an_id_changes_that_record(desk: Desk) -> None:
    visit = desk.visit()
    (identifier,) = desk.put("visit", {"id": visit, "theme": "Tema"})
    assert identifier == visit
    assert desk.run("record", "get", "visit", visit).line["theme"] == "Tema"


def test_what_list_prints_can_be_put_again(desk: Desk) -> None:
    desk.visit()
    (village,) = desk.list("village")
    desk.put("risk_report", {"village": village["id"], "kind": "tppo", "indicators": ["C01"]})
    for entity in ("visit", "risk_report"):
        before = desk.list(entity)
        desk.put(entity, *before)
        assert desk.list(entity) == before


def test_a_risk_report_is_shown_with_its_level_and_its_reasons(desk: Desk) -> None:
    (village,) = desk.list("village")
    (identifier,) = desk.put("risk_report", {"village": village["id"], "kind": "tppo", "indicators": ["C01"]})
    found = desk.run("record", "get", "risk_report", identifier).line
    assert found["level"] == "high" and found["reasons"]
    assert [record["id"] for record in desk.list("risk_report", "level=high")] == [identifier]
    assert desk.list("risk_report", "level=low") == []


@pytest.mark.parametrize(
    "condition", ["nil=true", "status=done", "starts_at=2025-07-03T09:00+08:00", "venue=", "signed_off_at="]
)
def test_conditions_are_understood_as_fields_are(desk: Desk, condition: str) -> None:
    visit = desk.visit(nil=True, status="done")
    assert [record["id"] for record in desk.list("visit", condition)] == [visit]


@pytest.mark.parametrize("condition", ["nil=false", "status=planned", "programme=IMDES"])
def test_conditions_leave_out_what_differs(desk: Desk, condition: str) -> None:
    desk.visit(nil=True, status="done")
    assert desk.list("visit", condition) == []


def test_a_village_finds_the_visits_that_name_it(desk: Desk) -> None:
    visit = desk.visit()
    (village,) = desk.list("village")
    assert [record["id"] for record in desk.list("visit", f"villages={village['id']}")] == [visit]


def test_a_deleted_record_is_gone_until_it_is_restored(desk: Desk) -> None:
    visit = desk.visit()
    assert desk.run("record", "delete", "visit", visit).status == 0
    assert desk.list("visit") == [] and desk.run("record", "get", "visit", visit).status == 1
    assert desk.run("record", "restore", "visit", visit).status == 0
    assert [record["id"] for record in desk.list("visit")] == [visit]


def test_the_schema_names_choices_labels_and_what_is_required(desk: Desk) -> None:
    schema = desk.run("record", "schema", "attendee").line
    assert schema["required"] == ["visit", "name"]
    assert schema["properties"]["sex"]["x-labels"] == {"L": "Laki-laki", "P": "Perempuan"}
    everything = {line["title"] for line in desk.run("record", "schema").lines}
    assert {"office", "account", "assignment", "village", "visit", "attendee", "risk_report", "follow_up"} <= everything


GOOD = '{"name": "Siti"}'


@pytest.mark.parametrize(
    ("second", "why"),
    [
        (b'{"name": "Bu', "terpotong"),
        (b"[1]", "objek"),
        (b'{"name": "A", "name": "B"}', "dua kali"),
        (b'{"name": "\xff"}', "UTF-8"),
        (b'{"name": NaN}', "JSON"),
        (b"[" * 200_000, "JSON"),
        (b'{"name": "' + b"x" * 10_000_001, "terlalu besar"),
        (b'{"name": "A", "kota": "B"}', "kota"),
        (b'{"name": ""}', "belum diisi"),
        (b'{"name": "A", "sex": "X"}', "L, P"),
        (b'{"name": "A", "id": 7}', "id"),
        (b'{"name": "A", "id": "00000000-0000-4000-8000-000000000000"}', "tidak ada di sini"),
        (b'{"name": "A", "phone": "081"}', "HP"),
    ],
)
def test_one_bad_line_names_itself_and_nothing_is_written(desk: Desk, second: bytes, why: str) -> None:
    visit = desk.visit()
    first = f'{{"visit": "{visit}", "name": "Siti"}}\n'.encode()
    told = desk.run(
        "record",
        "put",
        "attendee",
        stdin=first + second.replace(b'{"name"', b'{"visit": "%s", "name"' % visit.encode(), 1),
    )
    assert (told.status, told.out) == (1, "")
    assert told.trouble.startswith("Baris 2: ") and why in told.trouble and told.trouble.count("\n") == 1
    assert desk.list("attendee") == []


@pytest.mark.parametrize(
    ("record", "why"),
    [
        ({"starts_at": "kemarin"}, "Waktu 'kemarin' tidak dikenal"),
        ({"starts_at": "2025-07-03T09:00"}, "tidak dikenal"),
        (
            {"starts_at": "2025-07-03T09:00+08:00", "villages": ["00000000-0000-4000-8000-000000000000"]},
            "tidak ada di sini",
        ),
        ({"starts_at": "2025-07-03T09:00+08:00", "villages": ["desa"]}, "bukan nomor catatan"),
        ({"starts_at": "2025-07-03T09:00+08:00"}, "Pilih desa"),
    ],
)
def test_unknown_dates_and_references_are_told_in_words(desk: Desk, record: dict[str, Any], why: str) -> None:
    told = desk.run("record", "put", "visit", stdin=json.dumps(record))
    assert told.status == 1 and why in told.trouble
    assert desk.list("visit") == []


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        (("list", "dragon"), "'dragon' tidak dikenal"),
        (("put", "dragon"), "'dragon' tidak dikenal"),
        (("schema", "dragon"), "'dragon' tidak dikenal"),
        (("list", "visit", "--where", "kota=A"), "tidak mempunyai isian 'kota'"),
        (("list", "visit", "--where", "nil"), "isian=nilai"),
        (("list", "visit", "--where", "starts_at=x"), "tidak dikenal"),
        (("get", "visit", "nomor"), "tidak ada di sini"),
        (("delete", "visit", "00000000-0000-4000-8000-000000000000"), "tidak ada di sini"),
    ],
)
def test_unknown_names_are_told_in_one_sentence(desk: Desk, arguments: tuple[str, ...], why: str) -> None:
    told = desk.run("record", *arguments)
    assert (told.status, told.out) == (1, "") and why in told.trouble


def test_a_record_of_another_kind_does_not_answer(desk: Desk) -> None:
    visit = desk.visit()
    for action in ("get", "delete", "restore"):
        assert desk.run("record", action, "village", visit).status == 1
    assert desk.list("visit")


def test_reading_goes_on_while_another_program_writes(desk: Desk) -> None:
    visit = desk.visit()
    with desk.home().writing():
        assert [record["id"] for record in desk.list("visit")] == [visit]
        told = desk.run("record", "put", "visit", stdin="{}")
        assert told.status == 1
        assert "program PIMPASA lain" in desk.run("record", "delete", "visit", visit).trouble


@pytest.mark.skipif(sys.platform != "linux", reason="limits of a process")
def test_a_full_disk_keeps_what_was_saved_and_says_so(desk: Desk) -> None:
    """The limit on a file's size stands for the disk's end: writing fails in the middle of the transaction."""
    visit = desk.visit()
    lines = "\n".join(f'{{"visit": "{visit}", "name": "Orang {n}"}}' for n in range(3000))
    size = max(path.stat().st_size for path in desk.folder.iterdir())
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    handled = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size + 60_000, before[1]))
    try:
        told = desk.run("record", "put", "attendee", stdin=lines)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
        signal.signal(signal.SIGXFSZ, handled)
    assert told.status == 1 and "Diska" in told.trouble and told.out == ""
    assert desk.list("attendee") == [] and [record["id"] for record in desk.list("visit")] == [visit]
    assert desk.run("doctor").status == 0
