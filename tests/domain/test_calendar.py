"""Dates, hours and zones as they stand in a document."""

from datetime import date

import pytest

from pimpasa_desktop.domain.calendar import (
    WIB,
    WIT,
    WITA,
    date_in_digits,
    date_in_words,
    day_and_date,
    printed_days,
    printed_hours,
    zone_of,
)
from pimpasa_desktop.problem import Problem


@pytest.mark.parametrize(
    ("code", "zone"),
    [
        *[(code, WIB) for code in (*range(11, 20), 21, *range(31, 37), 61, 62)],
        *[(code, WITA) for code in (*range(51, 54), *range(63, 66), *range(71, 77))],
        *[(code, WIT) for code in (81, 82, *range(91, 97))],
    ],
)
def test_every_province_has_its_zone(code: int, zone: object) -> None:
    assert zone_of(f"{code}.10.04.2009") == zone
    assert zone_of(f"{code}10042009") == zone
    assert zone_of(str(code)) == zone


def test_the_zones_stand_seven_eight_and_nine_hours_east() -> None:
    assert [(zone.name, zone.offset_hours) for zone in (WIB, WITA, WIT)] == [("WIB", 7), ("WITA", 8), ("WIT", 9)]


@pytest.mark.parametrize("code", ["", "7", "00", "20.01", "99.01.01.2001", "Sulawesi"])
def test_an_unknown_province_is_a_problem_and_not_a_guess(code: str) -> None:
    with pytest.raises(Problem):
        zone_of(code)


def test_dates_are_written_in_words_and_in_digits() -> None:
    day = date(2025, 7, 3)
    assert date_in_words(day) == "3 Juli 2025"
    assert day_and_date(day) == "Kamis, 3 Juli 2025"
    assert date_in_digits(day) == "03/07/2025"


def test_every_day_and_month_has_its_indonesian_name() -> None:
    assert [day_and_date(date(2025, 9, day)).split(",")[0] for day in range(1, 8)] == [
        "Senin",
        "Selasa",
        "Rabu",
        "Kamis",
        "Jumat",
        "Sabtu",
        "Minggu",
    ]
    months = "Januari Februari Maret April Mei Juni Juli Agustus September Oktober November Desember"
    assert " ".join(date_in_words(date(2025, month, 1)).split()[1] for month in range(1, 13)) == months


def test_hours_are_those_of_the_village_whatever_offset_was_recorded() -> None:
    assert printed_hours("2025-07-03T01:00:00Z", "2025-07-03T11:00:00+07:00", WITA) == "09.00 s.d. 12.00 WITA"
    assert printed_hours("2025-07-03T09:05+08:00", "2025-07-03T12:00+08:00", WIB) == "08.05 s.d. 11.00 WIB"


def test_hours_without_an_end_say_so() -> None:
    assert printed_hours("2025-07-03T09:00+08:00", None, WITA) == "09.00 WITA s.d. selesai"


def test_the_day_is_the_day_of_the_village() -> None:
    assert printed_days("2025-07-03T16:30:00Z", None, WITA) == "Jumat, 4 Juli 2025"
    assert printed_days("2025-07-03T16:30:00Z", None, WIB) == "Kamis, 3 Juli 2025"


def test_a_visit_over_midnight_or_several_days_prints_both_dates() -> None:
    assert (
        printed_days("2025-07-03T22:00+08:00", "2025-07-04T01:00+08:00", WITA)
        == "Kamis, 3 Juli 2025 s.d. Jumat, 4 Juli 2025"
    )
    assert printed_hours("2025-07-03T22:00+08:00", "2025-07-04T01:00+08:00", WITA) == "22.00 s.d. 01.00 WITA"
    assert (
        printed_days("2025-12-30T08:00+09:00", "2026-01-02T12:00+09:00", WIT)
        == "Selasa, 30 Desember 2025 s.d. Jumat, 2 Januari 2026"
    )


@pytest.mark.parametrize(
    "text", ["", "kemarin", "2025-07-03", "2025-07-03T09:00", "9999-12-31T23:59:59-10:00", "2025-13-01T00:00Z"]
)
def test_what_is_no_instant_with_an_offset_is_a_problem(text: str) -> None:
    with pytest.raises(Problem):
        printed_days(text, None, WITA)
