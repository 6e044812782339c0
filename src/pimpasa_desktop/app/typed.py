"""Days and hours as people type them: 3 Juli 2025, 3/7/25, 3 juli, 3, besok, senin; 9, 09.00, 9:30, 0930, jam 9.

What is short of a year or a month is taken as the one nearest to a day that is given. Asks no clock.
"""

import re
from datetime import date, time, timedelta

from pimpasa_desktop.app import when
from pimpasa_desktop.i18n import _
from pimpasa_desktop.problem import Problem

_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})", re.ASCII)
_DAY = re.compile(r"(?:[^\W\d]+\.?,?\s+)?(\d{1,2})[\s./-]+([^\W\d]+|\d{1,2})\.?(?:[\s./-]+(\d{4}|\d{2}))?", re.ASCII)
_HOUR = re.compile(r"(?:(?:jam|pukul|at)\s+)?(\d{1,2}?)(?:[.:]?(\d{2}))?(?:\s*[^\W\d]+)?", re.ASCII | re.IGNORECASE)


def day_of(text: str, near: date) -> date:
    """Raises Problem: no day that exists."""
    written = text.strip()
    if (spoken := _spoken(written.casefold(), near)) is not None:
        return spoken
    try:
        if written.isascii() and written.isdigit() and len(written) <= 2:
            return _day_of_month(int(written), near)
        if iso := _ISO.fullmatch(written):
            return date(*map(int, iso.groups()))
        if parts := _DAY.fullmatch(written):
            day, month, year = int(parts[1]), _month(parts[2]), parts[3]
            if year:
                return date(int(year) + (2000 if len(year) == 2 else 0), month, day)
            return min((date(near.year + step, month, day) for step in (-1, 0, 1)), key=lambda one: abs(one - near))
    except ValueError:
        pass
    raise Problem(_("Tanggal ini tidak dikenal. Tulis misalnya 3 Juli 2025 atau 3/7/2025."))


def _spoken(word: str, near: date) -> date | None:
    """A day by its word: today and those about it, or the next one of that name."""
    for away, said in ((0, _("hari ini")), (1, _("besok")), (2, _("lusa")), (-1, _("kemarin"))):
        if word == said:
            return near + timedelta(days=away)
    week = (near + timedelta(days=away) for away in range(7))
    return next((day for day in week if word == when.weekday(day).casefold()), None)


def _day_of_month(day: int, near: date) -> date:
    """The nearest day with that number."""
    around = (near + timedelta(days=away) for away in range(-31, 32))
    found = [one for one in around if one.day == day]
    if not found:
        raise ValueError(day)
    return min(found, key=lambda one: abs(one - near))


def hour_of(text: str) -> time:
    """Raises Problem: no time of day."""
    parts = _HOUR.fullmatch(text.strip())
    if parts and int(parts[1]) < 24 and int(parts[2] or 0) < 60:
        return time(int(parts[1]), int(parts[2] or 0))
    raise Problem(_("Jam ini tidak dikenal. Tulis misalnya 09.00."))


def _month(word: str) -> int:
    if word.isdigit():
        return int(word)
    begun = word.casefold()
    found = [n for n in range(1, 13) if len(begun) > 2 and when.month(date(2000, n, 1)).casefold().startswith(begun)]
    if len(found) != 1:
        raise ValueError(word)
    return found[0]
