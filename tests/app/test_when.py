"""Days and hours as they stand on the screen."""

from datetime import UTC, date, datetime

import pytest

from pimpasa_desktop import i18n
from pimpasa_desktop.app import when
from pimpasa_desktop.domain.calendar import WIB, WITA

NOW = datetime(2025, 7, 3, 14, 51, tzinfo=UTC)


@pytest.mark.parametrize(
    ("then", "words"),
    [
        (datetime(2025, 7, 3, 9, 5, tzinfo=UTC), "hari ini 09.05"),
        (datetime(2025, 7, 2, 16, 40, tzinfo=UTC), "kemarin 16.40"),
        (datetime(2025, 7, 1, 18, 22, tzinfo=UTC), "Sel, 1 Juli 18.22"),
        (datetime(2024, 7, 1, 18, 22, tzinfo=UTC), "Sen, 1 Juli 2024 18.22"),
    ],
)
def test_a_moment_is_told_as_people_tell_it(then: datetime, words: str) -> None:
    assert when.told(then, NOW) == words


@pytest.mark.parametrize(
    ("then", "words"),
    [
        (datetime(2025, 7, 3, 9, 5, tzinfo=UTC), "hari ini 09.05"),
        (datetime(2025, 7, 2, 16, 40, tzinfo=UTC), "kemarin 16.40"),
        (datetime(2025, 7, 1, 18, 22, tzinfo=UTC), "1 Juli"),
        (datetime(2024, 7, 1, 18, 22, tzinfo=UTC), "1 Juli 2024"),
    ],
)
def test_where_room_is_short_the_hour_of_a_day_long_past_is_left_out(then: datetime, words: str) -> None:
    assert when.briefly(then, NOW) == words


def test_days_follow_the_language_of_the_screen() -> None:
    assert when.long_day(date(2025, 7, 3)) == "Kamis, 3 Juli 2025"
    i18n.use("en")
    try:
        assert when.long_day(date(2025, 7, 3)) == "Thursday, 3 July 2025"
        assert when.short_day(date(2025, 7, 3)) == "Thu, 3 July 2025"
    finally:
        i18n.use("id")


def test_hours_stand_in_the_zone_they_were_written_in() -> None:
    zone = when.zone_at("2025-07-03T09:00+08:00", WIB)
    assert zone is WITA
    assert when.hours("2025-07-03T09:00+08:00", "2025-07-03T12:00+08:00", zone) == "09.00 – 12.00 WITA"
    assert when.hours("2025-07-03T09:00+08:00", "", zone) == "09.00 WITA"
    assert when.zone_at("2025-07-03T09:00+00:00", WIB) is WIB


def test_what_is_no_moment_is_none() -> None:
    assert when.local("", WIB) is None and when.local("besok", WIB) is None
