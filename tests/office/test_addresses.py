"""Where laptops are told to look for the office."""

from pathlib import Path

import pytest

from pimpasa_office import addresses
from pimpasa_office.setting_up import set_up
from rig.world import OfficeRig, RigEnv


class Connected(RigEnv):
    def __init__(self, outward: str) -> None:
        super().__init__()
        self._outward = outward

    def outward_address(self) -> str:
        return self._outward


def test_given_addresses_come_first_and_only_the_newest_heard_ones_stay(tmp_path: Path) -> None:
    office = OfficeRig(tmp_path, RigEnv())
    with office.ledger.begin() as books:
        set_up(books, "Manado", addresses=("https://given:1",))
        for port in (1, 2, 3, 4, 5, 3):
            addresses.heard_at(books, f"https://heard:{port}")
        assert addresses.known(books) == ["https://given:1", *(f"https://heard:{port}" for port in (3, 5, 4, 2))]
    office.close()


@pytest.mark.parametrize(
    ("host", "outward", "expected"),
    [
        ("0.0.0.0", "10.1.2.3", "https://10.1.2.3:8443"),
        ("", "10.1.2.3", "https://10.1.2.3:8443"),
        ("0.0.0.0", "", "https://127.0.0.1:8443"),
        ("127.0.0.1", "10.1.2.3", "https://127.0.0.1:8443"),
    ],
)
def test_a_server_that_listens_everywhere_is_known_by_its_outward_address(
    host: str, outward: str, expected: str
) -> None:
    assert addresses.seen_from_outside("https://127.0.0.1:8443", host, Connected(outward)) == expected


def test_the_mark_of_a_list_differs_when_the_list_does(tmp_path: Path) -> None:
    lists = [[], ["https://a"], ["https://a", "https://b"], ["https://b", "https://a"]]
    assert len({addresses.mark(each) for each in lists}) == len(lists)
