"""Joining an office and exchanging with it, as commands; and every way in which the office cannot be had."""

import json
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from pimpasa_desktop.env import Env
from pimpasa_desktop.sync.http import Line
from rig.desk import Desk, QuickOffice, cheap_machine, enrolled
from rig.world import BONGKUDAI_UTARA
from sync.certificates import NAME, TODAY, Signed, authority, leaf, self_signed
from sync.hostile import Server, answer, blurts, hang_up, says

KEYS = [
    *("pushed", "pulled", "rejected", "conflicts", "pending"),
    *("photos_sent", "photos_pending", "requests"),
    *("bytes_sent", "bytes_received", "bytes_handshake", "digests_match", "warning", "problem"),
]
NOBODY = "https://127.0.0.1:1"


class Then(Env):
    def now(self) -> datetime:
        return TODAY


@pytest.fixture
def officer(office: QuickOffice, tmp_path: Path) -> Desk:
    return enrolled(office, tmp_path, "Deddy", "field_officer", BONGKUDAI_UTARA)


@pytest.fixture
def file(office: QuickOffice, tmp_path: Path) -> Path:
    """An enrolment file for a new officer."""
    out = tmp_path / "enrolment.json"
    office.enrol(office.account("Rini", "field_officer", office.every()), out)
    return out


@pytest.fixture
def new(tmp_path: Path) -> Desk:
    return Desk(tmp_path / "new", cheap_machine(tmp_path))


def changed(file: Path, **values: object) -> Path:
    file.write_text(json.dumps(json.loads(file.read_text()) | values))
    return file


# -- sync


def test_a_visit_travels_to_the_clerk_in_one_request_each_and_the_finding_does_not(
    office: QuickOffice, officer: Desk, tmp_path: Path
) -> None:
    clerk = enrolled(office, tmp_path, "Vivi", "office_clerk")
    visit = officer.visit(theme="Tema")
    officer.put("attendee", *({"visit": visit, "name": f"Orang {n}"} for n in range(60)))
    (village,) = officer.list("village")
    officer.put("risk_report", {"village": village["id"], "visit": visit, "kind": "tppo", "indicators": ["C01"]})
    sent = officer.run("sync")
    assert sent.status == 0 and list(sent.line) == KEYS
    assert (sent.line["pushed"], sent.line["pending"], sent.line["requests"]) == (62, 0, 1)
    assert sent.line["digests_match"] is True and sent.line["problem"] is None
    assert min(sent.line["bytes_sent"], sent.line["bytes_received"], sent.line["bytes_handshake"]) > 100
    assert clerk.run("sync").line["requests"] == 1
    assert clerk.list("attendee", f"visit={visit}") == officer.list("attendee", f"visit={visit}")
    assert clerk.list("risk_report") == []


def test_two_people_who_write_one_field_both_see_it_and_settle_it(
    office: QuickOffice, officer: Desk, tmp_path: Path
) -> None:
    clerk = enrolled(office, tmp_path, "Vivi", "office_clerk")
    (who,) = officer.put("attendee", {"visit": officer.visit(), "name": "Budi"})
    officer.run("sync")
    clerk.run("sync")
    clerk.put("attendee", {"id": who, "name": "Budi Santoso"})
    officer.put("attendee", {"id": who, "name": "Budi Susanto"})
    assert clerk.run("sync").line["conflicts"] == 0
    assert officer.run("sync").line["conflicts"] == 1
    waiting = officer.run("tray", "list").line
    assert (waiting["kind"], waiting["entity"], waiting["field"]) == ("conflict", "attendee", "name")
    assert (waiting["mine"], waiting["office"]) == ("Budi Susanto", "Budi Santoso")
    assert (waiting["mine_author"], waiting["office_author"]) == ("Deddy", "Vivi")
    assert "Nama" in waiting["reason"]
    assert officer.run("status").line["tray"] == {"conflicts": 1, "rejected": 0}
    assert officer.run("tray", "settle", waiting["id"], "--keep", "mine").status == 0
    assert officer.run("tray", "list").out == ""
    officer.run("sync")
    clerk.run("sync")
    assert clerk.run("record", "get", "attendee", who).line["name"] == "Budi Susanto"
    again = officer.run("tray", "settle", waiting["id"], "--keep", "mine")
    assert again.status == 1 and "sudah diputuskan" in again.trouble


def test_work_in_a_village_that_was_taken_away_waits_in_the_tray_of_both(
    office: QuickOffice, officer: Desk, tmp_path: Path
) -> None:
    clerk = enrolled(office, tmp_path, "Vivi", "office_clerk")
    visit = officer.visit()
    officer.run("sync")
    office._run("unassign", officer.run("status").line["account"]["id"], BONGKUDAI_UTARA)
    officer.put("attendee", {"visit": visit, "name": "Terlambat"})
    told = officer.run("sync")
    assert told.status == 0 and (told.line["rejected"], told.line["pending"]) == (1, 0)
    for laptop in (officer, clerk):
        laptop.run("sync")
        rejected = [line for line in laptop.run("tray", "list").lines if line["mine"].get("name") == "Terlambat"]
        assert [line["kind"] for line in rejected] == ["rejected"]
        assert "dialihkan" in rejected[0]["reason"]
    assert officer.list("visit") == []
    wrong = clerk.run("tray", "settle", rejected[0]["id"], "--keep", "Terlambat Sekali")
    assert wrong.status == 1 and '{"name": "Ani"}' in wrong.trouble
    corrected = {"name": "Terlambat Sekali"}
    assert clerk.run("tray", "settle", rejected[0]["id"], "--keep", json.dumps(corrected)).status == 0
    for laptop in (clerk, officer):
        laptop.run("sync")
        assert rejected[0]["id"] not in [line["id"] for line in laptop.run("tray", "list").lines]
        told = next(line for line in laptop.run("tray", "list", "--settled").lines if line["id"] == rejected[0]["id"])
        assert (told["settled"], told["office"], told["office_author"]) == ("text", corrected, "Vivi")
        assert (told["mine_author"], told["mine"]["name"]) == ("Deddy", "Terlambat")
    assert [row["name"] for row in clerk.list("attendee", f"visit={visit}")] == ["Terlambat Sekali"]


def test_status_tells_who_where_and_how_things_stand(officer: Desk) -> None:
    officer.visit()
    told = officer.run("status").line
    assert (told["account"]["name"], told["account"]["role"], told["role"]) == ("Deddy", "field_officer", "PIMPASA")
    assert told["office"]["name"] == "Kotamobagu" and told["pending"] == 1
    assert [village["region_code"] for village in told["villages"]] == [BONGKUDAI_UTARA]
    assert told["protection"] == {"passphrase": True, "laptop_keyring": False, "office_recovery": True}
    assert datetime.fromisoformat(told["last_exchange"]).tzinfo is not None


# -- the office cannot be had


def fails_kindly(desk: Desk, why: str) -> None:
    (visit,) = [record["id"] for record in desk.list("visit")] or [desk.visit()]
    told = desk.run("sync")
    assert told.status == 1 and list(told.line) == KEYS
    assert why in told.line["problem"] and "tersimpan aman" in told.line["problem"]
    assert told.trouble == told.line["problem"] + "\n"
    assert told.line["pending"] == 1 and told.line["digests_match"] is None
    assert [record["id"] for record in desk.list("visit")] == [visit]


def test_an_office_out_of_reach_leaves_everything_safe_and_pending(desk: Desk) -> None:
    desk.know(addresses=NOBODY)
    fails_kindly(desk, "Kantor belum bisa dihubungi")


def test_the_address_that_answered_is_asked_first_the_next_time(desk: Desk) -> None:
    with desk.home().reading() as store:
        address = str(store.meta.get("addresses"))
    with Server(hang_up, None) as gone:
        desk.know(addresses=f"{gone.url}\n{address}")
        for _twice in range(2):
            assert desk.run("sync").status == 0
        assert gone.connections == 1


@pytest.mark.parametrize(
    ("hours", "told"),
    [(-2, "tertinggal sekitar 2 jam dari jam kantor"), (3.5, "sekitar 3 jam 30 menit lebih cepat"), (0.05, None)],
)
def test_a_wrong_clock_is_named_and_everything_is_sent_all_the_same(desk: Desk, hours: float, told: str | None) -> None:
    class Wrong(Env):
        def now(self) -> datetime:
            return super().now() + timedelta(hours=hours)

    wrong = replace(desk, machine=replace(desk.machine, env=Wrong()))
    wrong.visit()
    (line,) = wrong.run("sync").lines
    assert (line["pushed"], line["problem"]) == (1, None)
    assert told in line["warning"] if told else line["warning"] is None


def test_the_login_page_of_a_network_is_recognised(desk: Desk) -> None:
    page = answer(b"<html>Silakan masuk</html>", media_type="text/html")
    with Server(blurts(page), None) as portal:
        desk.know(addresses=portal.url)
        fails_kindly(desk, "meminta masuk dulu")


def meeting(desk: Desk, server: Server) -> Desk:
    """A laptop whose office is `server`, on a day on which the certificates of these tests hold."""
    desk.visit()
    desk.know(addresses=server.url, trust=authority().pem.decode(), server_name=NAME)
    return replace(desk, machine=replace(desk.machine, env=Then()))


def test_a_page_in_html_from_behind_the_right_certificate_is_not_the_office(desk: Desk, tmp_path: Path) -> None:
    page = answer(b"<html>Silakan masuk</html>", media_type="text/html")
    with Server(says(page), leaf().server(tmp_path)) as portal:
        fails_kindly(meeting(desk, portal), "meminta masuk dulu")


@pytest.mark.parametrize(
    ("certificate", "why"),
    [
        (leaf(name="orang-lain.pimpasa"), "memakai nama lain"),
        (leaf(of=authority("Kantor Palsu")), "bukan kantor Anda"),
        (self_signed(), "buatan sendiri"),
        (leaf(ends=TODAY.replace(month=7, day=1)), "01-07-2025"),
        (leaf(starts=TODAY.replace(month=8)), "Jam laptop"),
    ],
    ids=["wrong name", "other authority", "self-signed", "expired", "not yet valid"],
)
def test_a_certificate_that_is_not_the_offices_ends_it_before_anything_is_sent(
    desk: Desk, tmp_path: Path, certificate: Signed, why: str
) -> None:
    with Server(hang_up, certificate.server(tmp_path)) as server:
        fails_kindly(meeting(desk, server), why)
        assert server.heard == []


def test_an_answer_that_the_office_did_not_sign_is_not_believed(desk: Desk, tmp_path: Path) -> None:
    with Server(says(answer(b"x" * 500)), leaf().server(tmp_path)) as server:
        fails_kindly(meeting(desk, server), "bukan dari kantor Anda")


def test_a_locked_folder_still_answers_in_json(desk: Desk) -> None:
    with desk.home().writing():
        told = desk.run("sync")
    assert told.status == 1 and list(told.line) == KEYS
    assert told.line["pending"] is None and "program PIMPASA lain" in told.line["problem"]


def test_a_wrong_passphrase_is_one_sentence_and_after_three_costs_a_wait(desk: Desk, tmp_path: Path) -> None:
    wrong = tmp_path / "wrong"
    wrong.write_text("bukan kata sandi itu\n")
    stranger = replace(desk, machine=replace(desk.machine, environ={"PIMPASA_PASSPHRASE_FILE": str(wrong)}))
    assert "Kata sandi salah." in stranger.run("status").trouble
    assert stranger.run("sync").line["problem"] is not None
    assert "30 detik" in stranger.run("record", "list", "visit").trouble
    assert desk.run("status").status == 1


# -- enrol


def test_a_new_passphrase_is_asked_for_twice_and_must_be_long(new: Desk, file: Path) -> None:
    answers = iter(["lima kata acak saja", "lima kata acak beda", "pendek", "pendek"])
    asked = replace(new, machine=replace(new.machine, environ={}, ask=lambda prompt: next(answers)))
    assert "tidak sama" in asked.run("enrol", file).trouble
    assert "terlalu pendek" in asked.run("enrol", file).trouble
    assert not new.folder.exists()
    assert new.run("enrol", file).status == 0


def test_a_file_that_was_used_or_is_not_known_leaves_nothing_behind(new: Desk, file: Path, tmp_path: Path) -> None:
    assert new.run("enrol", file).line["name"] == "Rini"
    second = Desk(tmp_path / "second", new.machine)
    told = second.run("enrol", file)
    assert told.status == 1 and "sudah dipakai" in told.trouble and not second.folder.exists()
    told = second.run("enrol", changed(file, code="AAAAAAAAAAAAAAAAAAAAAA=="))
    assert told.status == 1 and "tidak dikenal" in told.trouble and not second.folder.exists()


def test_an_expired_file_says_so(office: QuickOffice, new: Desk, tmp_path: Path) -> None:
    out = tmp_path / "expired.json"
    office.enrol(office.account("Rini", "field_officer", office.every()), out)
    office.expire_enrolments()
    told = new.run("enrol", out)
    assert told.status == 1 and "kedaluwarsa" in told.trouble and not new.folder.exists()


@pytest.mark.parametrize(
    "content", [b"", b"{}", b'{"pimpasa_enrolment": 2}', b"\xff\xfe", b"PK\x03\x04", b"[" * 100_000], ids=range(6)
)
def test_what_is_no_enrolment_file_is_refused(new: Desk, tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "file"
    file.write_bytes(content)
    told = new.run("enrol", file)
    assert told.status == 1 and "bukan berkas pendaftaran" in told.trouble and not new.folder.exists()


@pytest.mark.parametrize(
    "values", [{"trust": "no PEM"}, {"addresses": []}, {"addresses": [NOBODY]}, {"server_name": "x"}]
)
def test_a_file_that_leads_nowhere_leaves_nothing_behind(new: Desk, file: Path, values: dict[str, object]) -> None:
    told = new.run("enrol", changed(file, **values))
    assert told.status == 1 and told.trouble.count("\n") == 1 and not new.folder.exists()


@pytest.mark.parametrize("key", ["office_key", "recovery_key"])
def test_a_key_of_another_length_is_no_key(new: Desk, file: Path, key: str) -> None:
    assert "bukan berkas pendaftaran" in new.run("enrol", changed(file, **{key: "AAAA"})).trouble


def test_when_the_answer_is_lost_the_same_file_works_again(
    new: Desk, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def losing(line: Line, body: bytes) -> bytes:
        really(line, body)
        raise line_cut

    from pimpasa_desktop.sync.trouble import Unreachable

    really, line_cut = Line.enrol, Unreachable.on_the_way()
    with monkeypatch.context() as patched:
        patched.setattr(Line, "enrol", losing)
        told = new.run("enrol", file)
        assert told.status == 1 and "terputus" in told.trouble
    assert "pimpasa enrol" in new.run("record", "list", "visit").trouble
    assert new.run("enrol", file).status == 0


def test_enrolling_again_never_takes_work_away(new: Desk, file: Path, office: QuickOffice, tmp_path: Path) -> None:
    assert new.run("enrol", file).status == 0
    visit = new.put("visit", {"starts_at": "2025-07-03T09:00+08:00", "place": "Hotel"})
    assert new.run("enrol", changed(file, code="AAAAAAAAAAAAAAAAAAAAAA==")).status == 1
    other = tmp_path / "other.json"
    office.enrol(office.account("Vivi", "field_officer", office.every()), other)
    assert "sudah terdaftar" in new.run("enrol", other).trouble
    assert new.run("enrol", changed(file, addresses=[NOBODY])).status == 1
    assert [record["id"] for record in new.list("visit")] == visit


def test_when_the_first_exchange_breaks_off_enrolling_again_finishes_it(
    new: Desk, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from pimpasa_desktop.sync.trouble import Unreachable

    def cut(line: Line, body: bytes) -> bytes:
        raise Unreachable()

    with monkeypatch.context() as patched:
        patched.setattr(Line, "exchange", cut)
        told = new.run("enrol", file)
        assert told.status == 1 and "sudah terdaftar, tetapi data pertama belum sampai" in told.trouble
    assert (
        "pimpasa sync"
        in new.run("record", "put", "visit", stdin='{"starts_at": "2025-07-03T09:00+08:00", "place": "x"}').trouble
    )
    assert new.run("enrol", file).line["name"] == "Rini"


def test_a_folder_that_waits_for_one_office_does_not_join_another(
    new: Desk, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from pimpasa_desktop.sync.trouble import Busy

    def busy(line: Line, body: bytes) -> bytes:
        line._traffic.sent += 1
        raise Busy(1)

    with monkeypatch.context() as patched:
        patched.setattr(Line, "enrol", busy)
        assert new.run("enrol", file).status == 1
    told = new.run("enrol", changed(file, office_key="AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="))
    assert told.status == 1 and "kantor lain" in told.trouble and new.folder.exists()
