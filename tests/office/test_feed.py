"""Pages of changes for a laptop whose villages come and go while the pages are under way."""

from contextlib import suppress
from pathlib import Path

import pytest

from rig.on_postgresql import ON_BOTH, office_on
from rig.world import BONGKUDAI_UTARA, LaptopRig, OfficeRig, RigEnv

MOYAG = "71.10.07.2005"


class Line:
    """Lets so many questions through, then none."""

    def __init__(self, office: OfficeRig) -> None:
        self._service, self.left = office.service, 1_000

    def exchange(self, body: bytes) -> bytes:
        if not self.left:
            raise ConnectionError
        self.left -= 1
        return self._service.exchange(body)

    def enrol(self, body: bytes) -> bytes:
        return self._service.enrol(body)


@pytest.fixture(params=ON_BOTH)
def office(request: pytest.FixtureRequest, tmp_path: Path) -> OfficeRig:
    return office_on(request.param, request, tmp_path / "office")


def breaking_off(rig: LaptopRig, line: Line, after: int) -> None:
    line.left = after
    with suppress(ConnectionError):  # a short way may end before
        rig.sync()
    line.left = 1_000


@pytest.mark.parametrize("after", [1, 2, 3])
@pytest.mark.parametrize("first", ["taken away", "given"])
def test_a_village_that_goes_and_comes_while_pages_are_under_way_is_whole(
    tmp_path: Path, office: OfficeRig, monkeypatch: pytest.MonkeyPatch, first: str, after: int
) -> None:
    monkeypatch.setattr("pimpasa_office.feed.PAGE_ROWS", 2)
    monkeypatch.setattr("pimpasa_office.feed.PAGE_ROWS_MAX", 2)
    officer, line = office.account("Deddy", "field_officer"), Line(office)
    office.assign(officer, BONGKUDAI_UTARA, "Bongkudai Utara")
    office.assign(officer, MOYAG, "Moyag")
    laptop = LaptopRig(tmp_path / "laptop", RigEnv("laptop"), office, officer, line)
    clerk = LaptopRig(tmp_path / "clerk", RigEnv("clerk"), office, office.account("Vivi", "office_clerk"))
    visits = [
        clerk.store.put("visit", {"villages": [village["id"]], "starts_at": "2025-07-03T09:00+08:00"})
        for village in clerk.list("village")
    ]
    guests = [clerk.store.put("attendee", {"visit": visit, "name": "Ani"}) for visit in visits for _ in range(4)]
    clerk.sync()
    if first == "given":
        office.unassign(officer, MOYAG)
    laptop.sync()
    for guest in guests:  # more than a page of changes, none of them of the visits themselves
        clerk.store.put("attendee", {"name": "Budi"}, guest)
    clerk.sync()
    come, go = (lambda: office.assign(officer, MOYAG, "Moyag")), (lambda: office.unassign(officer, MOYAG))
    for change in (come, go) if first == "given" else (go, come):
        change()
        breaking_off(laptop, line, after)
    assert laptop.sync().digests_match
    assert laptop.sync().requests == 1
    assert len(laptop.list("visit")) == (1 if first == "given" else 2)
    assert len(laptop.list("attendee")) == (4 if first == "given" else 8)
    for rig in (laptop, clerk):
        rig.close()
    office.ledger.engine.dispose()
