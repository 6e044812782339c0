"""Penetapan: every decree that names villages, the newest first; also those from before the register began."""

from pimpasa_desktop.app import village_words
from pimpasa_desktop.app.records_screen import RecordsScreen, Wording
from pimpasa_desktop.app.widgets.row import Cell, Column, Row, Show
from pimpasa_desktop.domain.entity import REGISTRY, Values
from pimpasa_desktop.i18n import _, plural
from pimpasa_desktop.spelling import number

NAMED = 3  # villages by name; more are counted


class DesignationsScreen(RecordsScreen):
    opens = "designation"

    def wording(self) -> Wording:
        return Wording(
            title=_("Penetapan desa binaan"),
            back=_("Desa"),
            empty=_("Belum ada penetapan"),
            sentence=_("Satu SK dapat menetapkan banyak desa. Centang desanya di daftar Desa, atau mulai dari sini."),
            new=_("Penetapan baru"),
            search=_("Cari desa, tahun, atau nomor SK"),
            counted=lambda count: plural("{count} penetapan", count),
            some=lambda count: plural("{shown} dari {all} penetapan", count),
        )

    def columns(self) -> tuple[Column, ...]:
        return (
            Column(_("Tahun"), Show.QUIET, 92),
            Column(_("Desa"), Show.KEY),
            Column(_("Jumlah desa"), Show.NUMBER, 128),
            Column(_("Nomor SK"), Show.QUIET, 208),
            Column(_("Keadaan"), Show.TAG, 132),
        )

    def rows(self) -> list[tuple[Row, str]]:
        found = list(self.context.queries.every(REGISTRY["designation"]))
        found.sort(key=lambda one: int(one.values.get("year") or 0))
        names = {key: one.name for key, one in self.context.queries.overview.villages().items()}
        return [(Row(one.id, _cells(one.values, names)), _every(one.values, names)) for one in reversed(found)]


def _every(values: Values, names: dict[str, str]) -> str:
    """The villages that a row has no room for, too."""
    return " ".join(names.get(one, "") for one in values.get("villages") or [])


def _cells(values: Values, names: dict[str, str]) -> tuple[Cell, ...]:
    villages = values.get("villages") or []
    named = sorted(names[one] for one in villages if one in names)
    where = ", ".join(named[:NAMED]) + ("…" if len(named) > NAMED else "")
    count = len(villages) or values.get("village_count")
    return (
        Cell(str(values.get("year") or "")),
        Cell(where or str(values.get("region", ""))),
        Cell(number(count) if count else ""),
        Cell(str(values.get("decree_number", "")) or _("belum dicatat")),
        village_words.designation(str(values.get("status", ""))),
    )
