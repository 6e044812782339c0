"""The locks: everything pinned and hashed, no host named, and the reasons for upper bounds still hold."""

import re
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QObject

FOLDER = Path(__file__).parents[1] / "requirements"
LOCKS = ["all.txt", "office.txt"]


def locked(name: str) -> dict[str, str]:
    """Pinned name -> its whole entry."""
    entries = (FOLDER / name).read_text().replace("\\\n", " ").splitlines()
    return {re.match(r"[a-z0-9-]+(?===)", entry).group(): entry for entry in entries}


def asked() -> set[str]:
    lines = (line.split("#")[0].strip() for path in FOLDER.glob("*.in") for line in path.read_text().splitlines())
    return {re.match(r"[A-Za-z0-9._-]+", line).group().replace(".", "-").lower() for line in lines if line}


@pytest.mark.parametrize("lock", LOCKS)
def test_every_entry_carries_hashes(lock: str):
    assert all("--hash=sha256:" in entry for entry in locked(lock).values())


@pytest.mark.parametrize("lock", LOCKS)
def test_no_host_or_path_is_named(lock: str):
    assert "/" not in (FOLDER / lock).read_text()


def test_everything_asked_for_is_locked():
    assert asked() <= locked("all.txt").keys()


def test_the_office_has_the_same_versions_and_no_window():
    everything, office = locked("all.txt"), locked("office.txt")
    assert office.items() <= everything.items()
    assert "pyside6-essentials" not in office


@pytest.mark.skipif(sys.version_info >= (3, 12), reason="None is immortal from Python 3.12 on")
def test_a_void_call_of_qt_keeps_its_reference_to_none():
    thing = QObject()
    before = sys.getrefcount(None)
    for _ in range(2000):
        thing.setObjectName("")
    assert sys.getrefcount(None) > before - 1000
