"""How a visit stands in words and signs: its state, and what the office has of it."""

from pimpasa_desktop.app import when
from pimpasa_desktop.app.widgets.row import Cell
from pimpasa_desktop.app.widgets.tag import Kind
from pimpasa_desktop.domain.calendar import Zone
from pimpasa_desktop.domain.visit import STATUS
from pimpasa_desktop.i18n import _
from pimpasa_desktop.problem import Problem
from pimpasa_desktop.regions import Regions
from pimpasa_desktop.store.overview import VisitLine

_SIGNS = {
    "planned": ("calendar-blank", Kind.ACTIVE),
    "ongoing": ("play-circle", Kind.ACTIVE),
    "done": ("check", Kind.PLAIN),
    "postponed": ("pause-circle", Kind.PLAIN),
    "diverted": ("arrow-bend-up-right", Kind.PLAIN),
    "cancelled": ("x-circle", Kind.PLAIN),
}


def status(code: str) -> Cell:
    """A visit without a state is planned; an unknown one is shown as it came."""
    icon, kind = _SIGNS.get(code or "planned", ("circle", Kind.PLAIN))
    word = _(STATUS[code or "planned"]) if (code or "planned") in STATUS else code
    return Cell(word[:1].upper() + word[1:], icon=icon, kind=kind)


def named(line: VisitLine, regions: Regions) -> str:
    """Desa Bongkudai Utara, Kelurahan Mogolaing; several villages stand by their names."""
    if len(line.villages) != 1:
        return line.place or _("Tanpa desa")
    region = regions.village(line.villages[0].region_code)
    ward = region is not None and region.kind == "kelurahan"
    return (_("Kelurahan {name}") if ward else _("Desa {name}")).format(name=line.place.removeprefix("Desa "))


def sending(line: VisitLine) -> Cell:
    """What the office has of it."""
    if line.undecided:
        return Cell(_("Perlu diputuskan"), icon="warning-circle-fill", tone="gold")
    if line.pending:
        return Cell(_("Menunggu"), icon="cloud-arrow-up")
    if line.photos_missing:
        return Cell(_("Foto menyusul"), icon="cloud-arrow-up")
    if line.receipt:
        return Cell(_("Terkirim, ada resi"), icon="seal-check", tone="green")
    if line.sent:
        return Cell(_("Terkirim"), icon="cloud-check", tone="green")
    return Cell(_("Belum diterima"), icon="cloud-x", tone="gold")


def hours(line: VisitLine, zone: Zone) -> str:
    """09.00 – 12.00 WITA, in the zone that it was written in; "" where the time cannot be read or only the day is
    sure."""
    precision = line.values.get("time_precision")
    try:
        told = when.hours(line.starts_at, str(line.values.get("ends_at", "")), when.zone_at(line.starts_at, zone))
    except Problem:
        return ""
    if precision == "approximate":
        return _("sekitar {hours}").format(hours=told)
    return "" if precision == "day" else told
