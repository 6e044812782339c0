"""A laptop that has joined an office, and the office with a clerk, all real."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from rig.world import BONGKUDAI_UTARA, LaptopRig, OfficeRig, RigEnv


@pytest.fixture
def office(tmp_path: Path) -> Iterator[OfficeRig]:
    rig = OfficeRig(tmp_path / "office", RigEnv("office"))
    yield rig
    rig.ledger.engine.dispose()
    assert rig.alarms == []


@pytest.fixture
def officer_account(office: OfficeRig) -> str:
    account = office.account("Deddy", "field_officer")
    office.assign(account, BONGKUDAI_UTARA, "Bongkudai Utara")
    return account


@pytest.fixture
def laptop(tmp_path: Path, office: OfficeRig, officer_account: str) -> Iterator[LaptopRig]:
    """A field officer's."""
    rig = LaptopRig(tmp_path / "laptop", RigEnv("laptop"), office, officer_account)
    yield rig
    rig.close()


@pytest.fixture
def clerk(tmp_path: Path, office: OfficeRig, officer_account: str) -> Iterator[LaptopRig]:
    rig = LaptopRig(tmp_path / "clerk", RigEnv("clerk"), office, office.account("Vivi", "office_clerk"))
    yield rig
    rig.close()
