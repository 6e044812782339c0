"""Days and hours as the person at the screen reads them, in the language of the screen ("Kamis, 3 Juli 2025").

Documents have their own words (domain.calendar), which are Indonesian always. Asks no clock.
"""

from datetime import date, datetime

from pimpasa_desktop.domain.calendar import Zone
from pimpasa_desktop.domain.calendar import zone_at as zone_at
from pimpasa_desktop.i18n import _
from pimpasa_desktop.problem import Problem


def weekday(day: date) -> str:
    names = (_("Senin"), _("Selasa"), _("Rabu"), _("Kamis"), _("Jumat"), _("Sabtu"), _("Minggu"))
    return names[day.weekday()]


def month(day: date) -> str:
    names = (
        *(_("Januari"), _("Februari"), _("Maret"), _("April"), _("Mei"), _("Juni")),
        *(_("Juli"), _("Agustus"), _("September"), _("Oktober"), _("November"), _("Desember")),
    )
    return names[day.month - 1]


def long_day(day: date) -> str:
    """Kamis, 3 Juli 2025"""
    return f"{weekday(day)}, {day.day} {month(day)} {day.year}"


def short_day(day: date, *, year: bool = True) -> str:
    """Kam, 3 Juli 2025"""
    return f"{weekday(day)[:3]}, {day.day} {month(day)}" + (f" {day.year}" if year else "")


def whole(moment: datetime, zone: Zone) -> str:
    """Kamis, 3 Juli 2025, 09.00 WITA"""
    return f"{long_day(moment.date())}, {hour(moment)} {zone.name}"


def hour(moment: datetime) -> str:
    """09.00"""
    return f"{moment.hour:02}.{moment.minute:02}"


def told(moment: datetime, now: datetime) -> str:
    """hari ini 14.51, kemarin 16.40, Sel, 1 Juli 18.22; both of the same zone."""
    days = (now.date() - moment.date()).days
    if days == 0:
        return _("hari ini {time}").format(time=hour(moment))
    if days == 1:
        return _("kemarin {time}").format(time=hour(moment))
    return f"{short_day(moment.date(), year=moment.year != now.year)} {hour(moment)}"


def briefly(moment: datetime, now: datetime) -> str:
    """The same where room is short: of an earlier day than yesterday no hour, 1 Juli or 31 Desember 2024."""
    if (now.date() - moment.date()).days in (0, 1):
        return told(moment, now)
    return f"{moment.day} {month(moment.date())}" + (f" {moment.year}" if moment.year != now.year else "")


def hours(starts_at: str, ends_at: str, zone: Zone) -> str:
    """09.00 – 12.00 WITA"""
    start = hour(zone.local(starts_at))
    return f"{start} – {hour(zone.local(ends_at))} {zone.name}" if ends_at else f"{start} {zone.name}"


def local(instant: str, zone: Zone) -> datetime | None:
    """The wall clock at an instant, or None where there is none."""
    try:
        return zone.local(instant) if instant else None
    except Problem:
        return None


def month_of(iso: str) -> str:
    """Juli 2025, of 2025-07; what is no month as it is."""
    try:
        first = date.fromisoformat(f"{iso}-01")
    except ValueError:
        return iso
    return f"{month(first)} {first.year}"
