"""How a village stands in words and signs: its designation, when somebody was there last, what is promised by when."""

from datetime import date

from pimpasa_desktop.app import when
from pimpasa_desktop.app.screen import Context
from pimpasa_desktop.app.widgets.row import Cell
from pimpasa_desktop.app.widgets.tag import Kind
from pimpasa_desktop.domain.designation import DESIGNATION_STATUS
from pimpasa_desktop.domain.village import MATURITY
from pimpasa_desktop.i18n import _, plural
from pimpasa_desktop.spelling import number

_SIGNS = {
    "candidate": ("circle", Kind.PLAIN),
    "designated": ("seal-check", Kind.ACTIVE),
    "active": ("seal-check-fill", Kind.ACTIVE),
    "revoked": ("x-circle", Kind.PLAIN),
}


def designation(code: str) -> Cell:
    """No words where it is not designated; an unknown state as it came."""
    if not code:
        return Cell()
    icon, kind = _SIGNS.get(code, ("circle", Kind.PLAIN))
    return Cell(_capital(_(DESIGNATION_STATUS[code]) if code in DESIGNATION_STATUS else code), icon=icon, kind=kind)


def maturity(code: str) -> str:
    return _capital(_(MATURITY[code]) if code in MATURITY else code)


def last_visit(context: Context, instant: str) -> Cell:
    """The day, and under it how long ago that is."""
    at = when.local(instant, when.zone_at(instant, context.zone))
    if at is None:
        return Cell(_("Belum pernah"))
    return Cell(when.short_day(at.date()), second=_ago((context.now().date() - at.date()).days))


def due(context: Context, day: str, *, nothing: str = "") -> Cell:
    """By when, or by how many days that has passed."""
    if not day:
        return Cell(nothing)
    days = (context.now().date() - date.fromisoformat(day)).days
    if days > 0:
        return Cell(late(days), icon="warning-circle-fill", tone="gold")
    on = date.fromisoformat(day)
    return Cell(_("s.d. {day}").format(day=f"{on.day} {when.month(on)}"), icon="clock")


def late(days: int) -> str:
    """By how many days something is overdue."""
    return plural("lewat {days} hari", days).format(days=number(days))


def days_since(context: Context, instant: str) -> int | None:
    """How many days ago that was on the wall there; None where there is no such instant."""
    at = when.local(instant, when.zone_at(instant, context.zone))
    return (context.now().date() - at.date()).days if at else None


def _ago(days: int) -> str:
    if days <= 0:
        return _("hari ini") if days == 0 else ""
    if days == 1:
        return _("kemarin")
    return plural("{days} hari lalu", days).format(days=number(days))


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
