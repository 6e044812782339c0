"""The log says what happened and never to whom."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pimpasa_desktop import log
from pimpasa_desktop.env import Env


class Noon(Env):
    def now(self) -> datetime:
        return datetime(2026, 3, 2, 5, 0, tzinfo=UTC)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "pimpasa.log"


def test_an_event_is_one_line_of_numbers_identifiers_and_words(path: Path) -> None:
    diary = log.Log(path, Noon())
    diary.event("exchange_done", pushed=3, id="0190a5b2-0000-7000-8000-0000000000ff", state="ongoing", ok=True)
    diary.close()
    assert path.read_text() == (
        "2026-03-02T05:00:00+00:00 exchange_done pushed=3 "
        "id=0190a5b2-0000-7000-8000-0000000000ff state=ongoing ok=True\n"
    )


PERSONAL = ["Siti Aminah", "+6281234567890", "081234567890", "3271046504930002", "siti@desa.id", "/home/siti/data"]


@pytest.mark.parametrize("text", [*PERSONAL, "a\nfailure forged", "a\rb", ""])
def test_text_that_a_person_could_have_typed_has_no_way_in(path: Path, text: str) -> None:
    diary = log.Log(path, Noon())
    diary.event("saved", what=text)
    diary.close()
    assert path.read_text() == "2026-03-02T05:00:00+00:00 saved what=?\n"


@settings(max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text())
def test_no_text_makes_a_second_line(path: Path, text: str) -> None:
    path.unlink(missing_ok=True)
    diary = log.Log(path, Noon())
    diary.event(text, what=text)
    diary.close()
    assert len(path.read_bytes().splitlines()) == 1


def test_a_bug_is_logged_by_class_and_place_without_its_message(path: Path) -> None:
    diary = log.Log(path, Noon())
    try:
        int("Siti Aminah")
    except ValueError as error:
        diary.failure(error)
    diary.close()
    assert "failure kind=ValueError module=test_log line=" in path.read_text()
    assert "Siti" not in path.read_text()


def test_the_log_has_a_bound(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(log, "SIZE_MAX", 2_000)
    diary = log.Log(path, Noon())
    for count in range(500):
        diary.event("saved", count=count)
    diary.close()
    files = list(path.parent.iterdir())
    assert len(files) == log.FILES_MAX
    assert all(file.stat().st_size <= 2_000 for file in files)


def test_a_log_that_cannot_be_written_disturbs_nobody(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    diary = log.Log(tmp_path / "no such folder" / "pimpasa.log", Noon())
    diary.event("saved")
    diary.close()
    assert capfd.readouterr() == ("", "")
