"""Days, hours and zones as an Indonesian office writes them.

An instant comes as an ISO 8601 string with its offset and is shown in the zone of the village. Indonesia has
three zones, without summer time, so a province code is enough and no table of time zones is needed. Asks no clock.
"""

from datetime import date, datetime, timedelta, timezone

from msgspec import Struct

from pimpasa_desktop.i18n import _
from pimpasa_desktop.problem import Problem

DAYS = ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu")
MONTHS = (
    "Januari",
    "Februari",
    "Maret",
    "April",
    "Mei",
    "Juni",
    "Juli",
    "Agustus",
    "September",
    "Oktober",
    "November",
    "Desember",
)


class Zone(Struct, frozen=True):
    """A zone by its printed abbreviation and its hours east of UTC."""

    name: str
    offset_hours: int

    def local(self, instant: str) -> datetime:
        """The wall clock of this zone at `instant`. Raises Problem when that is no instant with an offset."""
        try:
            moment = datetime.fromisoformat(instant)
            if moment.tzinfo is not None:
                return moment.astimezone(timezone(timedelta(hours=self.offset_hours)))
        except (ValueError, OverflowError):
            pass
        raise Problem(
            _("Waktu {text!r} tidak terbaca. Tulis tanggal, jam, dan zonanya, misalnya 2025-07-03T09:00+08:00.").format(
                text=instant
            )
        )


WIB, WITA, WIT = Zone("WIB", 7), Zone("WITA", 8), Zone("WIT", 9)
_ZONES = {
    **{str(province): WIB for province in (*range(11, 20), 21, *range(31, 37), 61, 62)},
    **{str(province): WITA for province in (*range(51, 54), *range(63, 66), *range(71, 77))},
    **{str(province): WIT for province in (81, 82, *range(91, 97))},
}


def zone_of(region_code: str) -> Zone:
    """The zone of a region, from the province in the first two digits of its code ("71.10.04.2009" or "7110042009").

    Raises Problem for an unknown province: a document with a guessed zone would be wrong by an hour and look right.
    """
    zone = _ZONES.get(region_code.strip()[:2])
    if zone is None:
        raise Problem(
            _("Provinsi dari kode wilayah {code!r} tidak dikenal. Periksa kode desa itu, lalu ulangi.").format(
                code=region_code
            )
        )
    return zone


def zone_at(instant: str, zone: Zone) -> Zone:
    """The zone that an instant was written in; `zone` where it is none of the three."""
    try:
        offset = datetime.fromisoformat(instant).utcoffset()
    except ValueError:
        return zone
    seconds = offset.total_seconds() if offset else 0
    return next((known for known in (WIB, WITA, WIT) if known.offset_hours * 3600 == seconds), zone)


def date_in_words(day: date) -> str:
    """3 Juli 2025"""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def day_and_date(day: date) -> str:
    """Kamis, 3 Juli 2025"""
    return f"{DAYS[day.weekday()]}, {date_in_words(day)}"


def date_in_digits(day: date) -> str:
    """03/07/2025"""
    return f"{day.day:02}/{day.month:02}/{day.year:04}"


def hour(moment: datetime) -> str:
    """09.00"""
    return f"{moment.hour:02}.{moment.minute:02}"


def printed_days(starts_at: str, ends_at: str | None, zone: Zone) -> str:
    """The day of a visit; both days when it ends on another one than it began on."""
    first = zone.local(starts_at).date()
    last = zone.local(ends_at).date() if ends_at else first
    return day_and_date(first) if first == last else f"{day_and_date(first)} s.d. {day_and_date(last)}"


def printed_hours(starts_at: str, ends_at: str | None, zone: Zone) -> str:
    """09.00 s.d. 12.00 WITA, or 09.00 WITA s.d. selesai while the end is not known."""
    start = hour(zone.local(starts_at))
    return f"{start} s.d. {hour(zone.local(ends_at))} {zone.name}" if ends_at else f"{start} {zone.name} s.d. selesai"
