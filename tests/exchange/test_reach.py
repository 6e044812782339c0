"""Who has what after an exchange, for the records that lie somewhere else than a visit does."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from pimpasa_desktop.problem import Problem
from rig.on_postgresql import ON_BOTH, office_on
from rig.world import BONGKUDAI_UTARA, LaptopRig, RigEnv

Laptops = Callable[[str], LaptopRig]


@pytest.fixture(params=ON_BOTH)
def laptops(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Laptops]:
    """A laptop for each role of one office, made when it is asked for."""
    office = office_on(request.param, request, tmp_path / "office")
    made: dict[str, LaptopRig] = {}

    def laptop(role: str) -> LaptopRig:
        if role not in made:
            account = office.account(role, role)
            if role == "field_officer":
                office.assign(account, BONGKUDAI_UTARA, "Bongkudai Utara")
            made[role] = LaptopRig(tmp_path / role, RigEnv(role), office, account)
        return made[role]

    yield laptop
    assert office.alarms == []
    for rig in [*made.values(), office]:
        rig.close()


def has(laptop: LaptopRig, identifier: str) -> bool:
    assert laptop.sync().digests_match
    try:
        laptop.get(identifier)
    except Problem:
        return False
    return True


def test_a_material_that_a_clerk_adds_reaches_the_officers_of_the_office(laptops: Laptops) -> None:
    clerk, officer = laptops("office_clerk"), laptops("field_officer")
    material = clerk.store.put("material", {"title": "Kartu kontak", "kind": "alat_peraga"})
    clerk.sync()
    assert (
        has(officer, material) and has(laptops("intel_section"), material) and has(laptops("head_of_office"), material)
    )
    visit = officer.store.put("visit", {"villages": [officer.village()], "starts_at": "2025-07-03T09:00+08:00"})
    handed = officer.store.put(
        "material_delivery", {"visit": visit, "kind": "alat_peraga", "material": material, "copies": 40}
    )
    officer.sync()
    assert has(clerk, handed)


def test_a_referral_goes_where_its_report_goes_and_to_no_clerk(laptops: Laptops) -> None:
    officer = laptops("field_officer")
    report = officer.store.put("risk_report", {"village": officer.village(), "kind": "tppo", "indicators": ["C01"]})
    referral = officer.store.put(
        "referral", {"risk_report": report, "recipient": "inteldakim", "sent_at": "2025-07-03T12:00+08:00"}
    )
    photo = officer.store.put("photo", {"risk_report": report, "sha256": "ab" * 32, "caption": "Surat perekrut"})
    officer.sync()
    for identifier in (report, referral, photo):
        assert has(laptops("intel_section"), identifier)
        assert not has(laptops("office_clerk"), identifier)
        assert not has(laptops("head_of_office"), identifier)
    intel = laptops("intel_section")
    intel.store.put("referral", {"answered_on": "2025-07-04", "outcome": "Diteruskan kepada Polres"}, referral)
    intel.sync()
    officer.sync()
    assert officer.get(referral)["outcome"] == "Diteruskan kepada Polres"


def test_a_group_of_volunteers_is_known_to_the_head_of_office_and_its_members_are_not(laptops: Laptops) -> None:
    officer = laptops("field_officer")
    group = officer.store.put("volunteer_group", {"village": officer.village(), "name": "Relawan Bongkudai Utara"})
    member = officer.store.put("volunteer", {"volunteer_group": group, "name": "Ani", "phone": "0812-0000-1111"})
    officer.sync()
    assert has(laptops("office_clerk"), member)
    assert has(laptops("head_of_office"), group)
    assert not has(laptops("head_of_office"), member)


def test_one_decree_for_villages_of_two_officers_reaches_both(laptops: Laptops) -> None:
    officer, clerk = laptops("field_officer"), laptops("office_clerk")
    other = clerk.store.put("village", {"region_code": "71.10.07.2005", "name": "Guaan"})
    decree = clerk.store.put(
        "designation", {"villages": [officer.village(), other], "status": "designated", "decree_number": "W.24-1"}
    )
    clerk.sync()
    assert has(officer, decree)
    assert len(officer.get(decree)["villages"]) == 2  # a village out of reach is a plain id here
    officer.store.put(
        "document", {"designation": decree, "kind": "certificate", "use": "handed_over", "title": "Sertifikat"}
    )
    assert officer.sync().rejected == 0
