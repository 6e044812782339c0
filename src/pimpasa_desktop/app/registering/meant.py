"""Somebody whom a typed name may mean, as a line to choose from."""

from pimpasa_desktop.app import record_words, when
from pimpasa_desktop.app.screen import Context
from pimpasa_desktop.app.widgets.suggestions import Suggestion
from pimpasa_desktop.i18n import _
from pimpasa_desktop.spelling import number
from pimpasa_desktop.store.people import Seen


def suggestion(one: Seen, present: int, context: Context) -> Suggestion:
    """`present`: at which place this name stands in the register already, 0 for none."""
    group = record_words.group(one.stakeholder_group)
    at = when.local(one.on, when.zone_at(one.on, context.zone))
    if present:
        last = _("sudah hadir, no. {place}").format(place=number(present))
    else:
        last = _("hadir terakhir {day}").format(day=when.short_day(at.date())) if at else ""
    return Suggestion(one.name, " · ".join(filter(None, (one.place, group))), last, doubt=bool(present))
