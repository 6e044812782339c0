"""Rangkaian kegiatan: events at several places, the newest first, with how many villages and visits each has."""

from datetime import date

from pimpasa_desktop.app import when
from pimpasa_desktop.app.records_screen import RecordsScreen, Wording
from pimpasa_desktop.app.widgets.row import Cell, Column, Row, Show
from pimpasa_desktop.i18n import _, plural
from pimpasa_desktop.spelling import number


class CampaignsScreen(RecordsScreen):
    opens = "campaign"

    def wording(self) -> Wording:
        return Wording(
            title=_("Rangkaian kegiatan"),
            back=_("Desa"),
            empty=_("Belum ada rangkaian kegiatan"),
            sentence=_(
                "Satu acara di beberapa tempat dicatat sebagai rangkaian; tiap kunjungannya tetap catatan sendiri."
            ),
            new=_("Rangkaian baru"),
            search=_("Cari rangkaian atau tanggal"),
            counted=lambda count: plural("{count} rangkaian", count),
            some=lambda count: plural("{shown} dari {all} rangkaian", count),
        )

    def columns(self) -> tuple[Column, ...]:
        return (
            Column(_("Mulai"), Show.QUIET, 188),
            Column(_("Nama"), Show.KEY),
            Column(_("Desa"), Show.NUMBER, 96),
            Column(_("Kunjungan"), Show.NUMBER, 112),
        )

    def rows(self) -> list[tuple[Row, str]]:
        found = self.context.queries.villages.campaigns()
        return [
            (Row(one.id, (Cell(_day(one.starts_on)), Cell(one.name), _count(one.villages), _count(one.visits))), "")
            for one in found
        ]


def _day(iso: str) -> str:
    return when.short_day(date.fromisoformat(iso)) if iso else ""


def _count(count: int) -> Cell:
    return Cell(number(count) if count else "")
