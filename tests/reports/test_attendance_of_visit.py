"""From the records of a visit to the values of its list, with a real store."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from pimpasa_desktop.domain.row import Row
from pimpasa_desktop.problem import Problem
from pimpasa_desktop.reports.attendance_of_visit import attendance_sheet, document_code
from pimpasa_desktop.reports.attendance_sheet import AttendanceSheet
from pimpasa_desktop.store.delivery import Delivery
from pimpasa_desktop.store.letter_number import give_letter_number
from reports.printed import printed
from rig.world import LaptopRig, OfficeRig, RigEnv

SLEMANAN, SENGETI = "35.05.02.2010", "15.05.02.1010"
HOURS = {"starts_at": "2025-07-03T09:00+07:00", "ends_at": "2025-07-03T11:30+07:00"}


@pytest.fixture
def laptop(tmp_path: Path) -> Iterator[LaptopRig]:
    office = OfficeRig(tmp_path / "office", RigEnv("office"))
    account = office.account("Agus Prasetyo", "field_officer")
    office.assign(account, SLEMANAN, "Slemanan")
    office.assign(account, SENGETI, "Sengeti")
    laptop = LaptopRig(tmp_path / "laptop", RigEnv("laptop"), office, account)
    yield laptop
    laptop.close()
    office.close()


def villages(laptop: LaptopRig) -> dict[str, str]:
    return {str(village["region_code"]): str(village["id"]) for village in laptop.list("village")}


def sheet(laptop: LaptopRig, *codes: str, came: tuple[dict[str, Any], ...] = (), **values: Any) -> AttendanceSheet:
    here = [villages(laptop)[code] for code in codes]
    visit = laptop.store.put("visit", {**HOURS, "villages": here, **values})
    for who in came:
        laptop.store.put("attendee", {"visit": visit, **who})
    return attendance_sheet(laptop.store.queries, visit)


def test_day_and_hours_are_those_of_the_village(laptop: LaptopRig) -> None:
    found = sheet(laptop, SLEMANAN, starts_at="2025-07-04T01:30+00:00", ends_at="2025-07-04T12:30+08:00")
    assert (found.day, found.time) == ("Jumat, 4 Juli 2025", "08.30 s.d. 11.30 WIB")


def test_an_event_elsewhere_keeps_the_zone_it_was_written_in(laptop: LaptopRig) -> None:
    found = sheet(laptop, place="Hotel", starts_at="2025-07-04T08:30+09:00", ends_at="")
    assert (found.time, found.place, found.village) == ("08.30 WIT s.d. selesai", "Hotel", "Hotel")


def test_an_event_elsewhere_in_no_zone_of_indonesia_asks_for_one(laptop: LaptopRig) -> None:
    with pytest.raises(Problem, match="Zona waktu"):
        sheet(laptop, place="Hotel", starts_at="2025-07-04T08:30+00:00", ends_at="")


@pytest.mark.parametrize(
    ("venue", "place"),
    [
        ("Balai Desa Slemanan", "Balai Desa Slemanan, Kecamatan Udanawu, Kabupaten Blitar"),
        ("SDN 1", "SDN 1, Desa Slemanan, Kecamatan Udanawu, Kabupaten Blitar"),
        ("", "Desa Slemanan, Kecamatan Udanawu, Kabupaten Blitar"),
    ],
)
def test_the_place_names_the_area_in_full_and_nothing_twice(laptop: LaptopRig, venue: str, place: str) -> None:
    assert sheet(laptop, SLEMANAN, venue=venue).place == place


def test_the_theme_is_the_title_and_the_programme_stands_below(laptop: LaptopRig) -> None:
    both = sheet(laptop, SLEMANAN, theme="Penguatan", programme="IMDES")
    assert (both.subject, both.programme) == ("Penguatan", "IMDES")
    one = sheet(laptop, SLEMANAN, programme="IMDES")
    assert (one.subject, one.programme) == ("IMDES", "")


def test_the_head_of_the_village_acknowledges_by_name_when_there(laptop: LaptopRig) -> None:
    guest = {"name": "Tamu", "position_title": "Kepala Desa Udanawu", "stakeholder_group": "perangkat_desa"}
    head = {"name": "Sumarji", "position_title": "kepala desa Slemanan", "stakeholder_group": "perangkat_desa"}
    here = sheet(laptop, SLEMANAN, came=(guest, head)).left
    assert here and (here.captions, here.name) == (("Mengetahui,", "Kepala Desa Slemanan"), "Sumarji")
    absent = sheet(laptop, SLEMANAN, came=(guest,)).left
    assert absent and (absent.captions, absent.name) == (("Mengetahui,", "Kepala Desa Slemanan"), "")


def test_a_ward_has_a_lurah_and_a_sangadi_is_called_sangadi(laptop: LaptopRig) -> None:
    ward = sheet(laptop, SENGETI).left
    assert ward and ward.captions == ("Mengetahui,", "Lurah Sengeti")
    sangadi = sheet(laptop, SLEMANAN, came=({"name": "Rusdi", "position_title": "Sangadi Slemanan"},)).left
    assert sangadi and (sangadi.captions[1], sangadi.name) == ("Sangadi Slemanan", "Rusdi")


def test_of_several_villages_no_single_head_acknowledges(laptop: LaptopRig) -> None:
    head = {"name": "Sumarji", "position_title": "Kepala Desa Slemanan"}
    found = sheet(laptop, SLEMANAN, SENGETI, came=(head,))
    assert found.left and found.left.captions[1].startswith("Kepala Kantor Imigrasi") and found.left.name == ""
    assert {"Desa Slemanan", "Kelurahan Sengeti"} == set(found.village.split(", "))


def test_the_officer_who_wrote_it_signs(laptop: LaptopRig) -> None:
    signer = sheet(laptop, SLEMANAN).right
    assert signer and signer.name == "Agus Prasetyo"
    assert signer.captions == (
        "Kotamobagu, 3 Juli 2025",
        "Petugas Imigrasi Pembina Desa",
        "Kantor Imigrasi Kelas II Non TPI Kotamobagu",
    )


def test_a_code_belongs_to_a_list_and_uses_no_sign_that_is_read_as_another() -> None:
    one, other = document_code("a", "official"), document_code("a", "public")
    assert one != other and one == document_code("a", "official")
    assert len(one) == 9 and one[4] == "-" and not set(one) & set("ILOU")


# -- what the office has settled once


def settled(laptop: LaptopRig, **fields: Any) -> None:
    """The office's record as a clerk would have left it; an officer may not write it."""
    office = laptop.store.queries.get(str(laptop.store.meta.get("office")))
    row = Row("office", office.id, office.number + 1, office.author, False, office.values | fields)
    laptop.store.take(Delivery(laptop.store.standing, rows=(row,)))


def test_the_office_signs_where_it_wishes_so_with_its_own_position(laptop: LaptopRig) -> None:
    settled(laptop, acknowledged_by="office", head_name="Jusup Ginting, S.H.", head_position="Plh. Kepala Kantor")
    left = sheet(laptop, SLEMANAN).left
    assert left and (left.captions, left.name) == (("Mengetahui,", "Plh. Kepala Kantor"), "Jusup Ginting, S.H.")


def test_a_second_signer_stands_below_and_titles_and_nip_can_be_left_out(laptop: LaptopRig, tmp_path: Path) -> None:
    settled(
        laptop, second_name="Drs. Keneth Rompas, M.Si.", second_position="Kepala Seksi Inteldakim",
        second_number="198001012005011001",
    )  # fmt: skip
    both = sheet(laptop, SLEMANAN, came=({"name": "Dr. Ani Wijaya, S.H."},))
    text = printed(both, tmp_path).text
    assert "Drs. Keneth Rompas, M.Si." in text and "NIP 19800101 200501 1 001" in text
    settled(laptop, hide_titles=True, hide_nip=True)
    text = printed(attendance_sheet(laptop.store.queries, str(laptop.list("visit")[0]["id"])), tmp_path).text
    assert "Keneth Rompas" in text and "Ani Wijaya" in text
    assert not any(word in text for word in ("Drs.", "M.Si.", "S.H.", "NIP"))


def test_the_letter_number_is_remembered_also_for_a_visit_that_was_signed_off(laptop: LaptopRig) -> None:
    visit = laptop.store.put("visit", {**HOURS, "villages": [villages(laptop)[SLEMANAN]]})
    queries = laptop.store.queries
    assert attendance_sheet(queries, visit).letter_number == ""
    give_letter_number(laptop.store, visit, "W.11-GR.03.05-12")
    give_letter_number(laptop.store, visit, "W.11-GR.03.05-13")
    assert len(laptop.list("document")) == 1
    laptop.store.put("visit", {"signed_off_at": "2025-07-04T09:00+07:00"}, visit)
    laptop.sync()
    give_letter_number(laptop.store, visit, "W.11-GR.03.05-14")
    give_letter_number(laptop.store, visit, "W.11-GR.03.05-15")
    assert attendance_sheet(queries, visit).letter_number == "W.11-GR.03.05-15"
    laptop.sync()
    assert laptop.list("rejected") == []
    assert attendance_sheet(queries, visit).letter_number == "W.11-GR.03.05-15"
    give_letter_number(laptop.store, visit, "")
    assert attendance_sheet(queries, visit).letter_number == ""


def test_a_logo_that_is_none_never_keeps_a_list_from_being_made(laptop: LaptopRig) -> None:
    settled(laptop, logo="rusak")
    assert sheet(laptop, SLEMANAN).letterhead.logo is None
