"""Days and hours in the spellings in which people type them."""

from datetime import date, time

import pytest

from pimpasa_desktop.app import when
from pimpasa_desktop.app.typed import day_of, hour_of
from pimpasa_desktop.problem import Problem

NEAR = date(2025, 7, 3)


@pytest.mark.parametrize(
    "text",
    ["17 Juli 2025", "17 juli", "17/7/2025", "17-7-25", "17.07.2025", "2025-07-17", "Kamis, 17 Juli 2025", "17 jul"],
)
def test_a_day_is_understood_in_any_spelling(text: str) -> None:
    assert day_of(text, NEAR) == date(2025, 7, 17)


def test_a_day_without_a_year_is_the_nearest_one() -> None:
    assert day_of("5 Januari", date(2025, 12, 20)) == date(2026, 1, 5)
    assert day_of("20/12", date(2026, 1, 5)) == date(2025, 12, 20)


@pytest.mark.parametrize(
    "text", ["", "besok pagi", "0", "32", "31 Februari 2025", "32/1/2025", "3 Ju 2025", "2025", "1/1/0000", "٣/٧/٢٠٢٥"]
)
def test_what_is_no_day_is_said_to_be_none(text: str) -> None:
    with pytest.raises(Problem):
        day_of(text, NEAR)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("hari ini", date(2025, 7, 3)),
        ("Besok", date(2025, 7, 4)),
        ("lusa", date(2025, 7, 5)),
        ("kemarin", date(2025, 7, 2)),
        ("kamis", date(2025, 7, 3)),
        ("Senin", date(2025, 7, 7)),
        ("17", date(2025, 7, 17)),
        ("30", date(2025, 6, 30)),
    ],
)
def test_a_day_is_understood_as_one_says_it(text: str, day: date) -> None:
    assert day_of(text, NEAR) == day


def test_the_long_form_is_read_back() -> None:
    for month in range(1, 13):
        day = date(2025, month, 9)
        assert day_of(when.long_day(day), NEAR) == day


@pytest.mark.parametrize(
    ("text", "hour"),
    [
        *(
            ("9", time(9)),
            ("09.30", time(9, 30)),
            ("9:05", time(9, 5)),
            ("14.00 WITA", time(14)),
            ("13:30", time(13, 30)),
        ),
        *(("0930", time(9, 30)), ("930", time(9, 30)), ("1330", time(13, 30)), ("jam 9", time(9)), ("10", time(10))),
    ],
)
def test_an_hour_is_understood_in_any_spelling(text: str, hour: time) -> None:
    assert hour_of(text) == hour


@pytest.mark.parametrize("text", ["", "pagi", "24", "9.60", "9.5", "-1", "960", "12345"])
def test_what_is_no_hour_is_said_to_be_none(text: str) -> None:
    with pytest.raises(Problem):
        hour_of(text)
