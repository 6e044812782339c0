"""The day and the hours of a visit as its form writes them: wall clock and zone to instants, and back to text.

Which zone counts, the form says. Asks no clock.
"""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta, timezone

from pimpasa_desktop.app import when
from pimpasa_desktop.domain.calendar import Zone
from pimpasa_desktop.domain.entity import Values


def instant(day: date, at: time, zone: Zone) -> str:
    offset = timezone(timedelta(hours=zone.offset_hours))
    return datetime.combine(day, at, offset).isoformat(timespec="seconds")


def day_text(values: Values) -> str:
    at = own_clock(values, "starts_at")
    return when.long_day(at.date()) if at else ""


def hour_text(name: str) -> Callable[[Values], str]:
    def text(values: Values) -> str:
        at = own_clock(values, name)
        return when.hour(at) if at else ""

    return text


def own_clock(values: Values, name: str) -> datetime | None:
    """The wall clock in the zone in which it was written."""
    try:
        return datetime.fromisoformat(str(values.get(name, "")))
    except ValueError:
        return None
