"""Which villages a person may choose, found by typing among all of the country, and made records when chosen.

The villages on this laptop come first, then those of the regencies that the office works in, then all others. It
draws nothing; what the list looks like is the field's (widgets/village_field.py).
"""

from collections.abc import Callable, Iterable

from PySide6.QtCore import QObject

from pimpasa_desktop.app.screen import Context
from pimpasa_desktop.app.widgets.village_field import OFFERED_MAX, Offered
from pimpasa_desktop.domain.entity import Values
from pimpasa_desktop.domain.policy import makes_villages
from pimpasa_desktop.domain.roles import Role
from pimpasa_desktop.i18n import _
from pimpasa_desktop.regions import Region, folded
from pimpasa_desktop.store.overview import Village

# A place that no table knows is offered only from so many letters on, or each key would offer to make one.
UNLISTED_FROM = 4

# The villages that a new record is to begin with, as the record of a Place.
_OF = "of:"


class VillageChoice:
    """`owner`: the page that asks, and is told nothing once it is gone. `own`: whether the villages on this laptop may
    be chosen, too. `place_beside`: it has a field for another place, which whoever may not choose one is led to."""

    def __init__(self, context: Context, owner: QObject, *, own: bool = True, place_beside: bool = False) -> None:
        self._context, self._owner, self._own, self._place_beside = context, owner, own, place_beside
        self._makes = makes_villages(context.person)
        self._worded: dict[Village, tuple[Offered, str]] = {}  # asked for at every key

    def named(self, identifier: str) -> Offered | None:
        known = self._context.queries.overview.villages().get(identifier)
        return _known(self._context, known) if known else None

    def find(self, text: str) -> list[Offered]:
        """At most OFFERED_MAX, best first; without a text those on this laptop."""
        records = self._context.queries.overview.villages()
        own = [self._in_words(records[one]) for one in records if self._may_choose(one)]
        words = [plain for word in text.replace(",", " ").split() if (plain := folded(word))]
        fits = [one for one, plain in own if self._own and all(word in plain for word in words)]
        whole = "".join(words)
        fits.sort(key=lambda one: (not folded(one.name).startswith(whole), one.path))
        if words and len(fits) < OFFERED_MAX:
            here = {one.region_code for one, _plain in own}
            near = sorted({one.region_code[:5] for one in records.values() if one.region_code})
            # What is here already is found a second time.
            found = self._context.regions.search(text, OFFERED_MAX + len(fits) if self._own else 200, near)
            fits += [self._listed(region) for region in found if region.code not in here]
        listed = any(folded(one.name) == whole for one in fits)
        if self._makes and not listed and len(whole) >= UNLISTED_FROM and len(fits) < OFFERED_MAX:
            fits.append(_unlisted(text))
        return fits[:OFFERED_MAX]

    def take(self, one: Offered, done: Callable[[str], None], refused: Callable[[str], None]) -> None:
        """`done` gets the id of its record, which is made where there is none; `refused` a sentence instead."""
        if not one.yours:
            refused(self._not_yours())
        elif one.id:
            done(one.id)
        else:
            values: Values = {"name": one.name, "region_code": one.region_code, "location": one.location}
            written = {name: value for name, value in values.items() if value}
            self._context.write(lambda store: store.put("village", written)).then(
                done, lambda problem: refused(problem.sentence), owner=self._owner
            )

    def nothing(self) -> str:
        """What to do where no village fits."""
        if self._place_beside:
            return _("Tidak ada desa yang cocok. Periksa ejaannya, atau tulis di Tempat lain.")
        return _("Tidak ada desa yang cocok. Periksa ejaannya.")

    def _not_yours(self) -> str:
        if self._place_beside:
            return _("Desa ini bukan wilayah Anda. Minta kantor menugaskannya, atau tulis di Tempat lain.")
        return _("Desa ini bukan wilayah Anda. Minta kantor menugaskannya.")

    def _in_words(self, village: Village) -> tuple[Offered, str]:
        if village not in self._worded:
            known = _known(self._context, village)
            self._worded[village] = known, folded(known.path)
        return self._worded[village]

    def _may_choose(self, identifier: str) -> bool:
        person = self._context.person
        return person.role is not Role.FIELD_OFFICER or identifier in person.villages

    def _listed(self, region: Region) -> Offered:
        return Offered("", region.name, _path(region.name, region), region.code, yours=self._makes)


def choosable(context: Context) -> list[Offered]:
    """The villages that a person may choose: an officer those of today's work, others all of the office."""
    officer = context.person.role is Role.FIELD_OFFICER
    return [
        _known(context, one)
        for one in context.queries.overview.villages().values()
        if not officer or one.id in context.person.villages
    ]


def beginning_with(villages: Iterable[str]) -> str:
    """What a Place names for a new record in these villages."""
    return _OF + ",".join(sorted(villages))


def begins_with(record: str) -> list[str]:
    """The ids of the villages that a new record begins with."""
    return [one for one in record.removeprefix(_OF).split(",") if one] if is_new(record) else []


def is_new(record: str) -> bool:
    return not record or record.startswith(_OF)


def above(region: Region | None) -> str:
    """Kec. Mooat, Kab. Bolaang Mongondow Timur, Sulawesi Utara"""
    if region is None:
        return ""
    regency, kabupaten = region.regency, region.regency.removeprefix("Kabupaten ")
    if kabupaten != regency:
        regency = _("Kab. {name}").format(name=kabupaten)
    return ", ".join((_("Kec. {name}").format(name=region.district), regency, region.province))


def _known(context: Context, village: Village) -> Offered:
    """By the name that the office writes, with everything above it."""
    region = context.regions.village(village.region_code)
    return Offered(village.id, village.name, _path(village.name, region), village.region_code)


def _path(name: str, region: Region | None) -> str:
    return ", ".join(filter(None, (name, above(region))))


def _unlisted(text: str) -> Offered:
    """A place that the table of regions does not know: its name, and after a comma where it lies."""
    name, _comma, location = (part.strip() for part in text.partition(","))
    told = _("Catat sebagai tempat tanpa kode wilayah")
    return Offered("", name, f"{name}, {told}", location=location)
