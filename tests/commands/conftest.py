"""One office that serves for all of these tests, and laptops of it: copies, so that each test has its own."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from rig.desk import Desk, QuickOffice, enrolled, served_office

# A village of its own: what other tests write in theirs must not come along.
SLEMANAN = "35.05.02.2010"


@pytest.fixture(scope="session")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[QuickOffice]:
    office = served_office(tmp_path_factory.mktemp("office") / "data")
    yield office
    office.stop()


@pytest.fixture(scope="session")
def _officer(office: QuickOffice, tmp_path_factory: pytest.TempPathFactory) -> Desk:
    return enrolled(office, tmp_path_factory.mktemp("officer"), "Deddy", "field_officer", SLEMANAN)


@pytest.fixture
def desk(_officer: Desk, tmp_path: Path) -> Desk:
    """An officer's laptop for tests that do not reach the office (a copy would be told from its original there)."""
    return _officer.copied_to(tmp_path / "officer")
