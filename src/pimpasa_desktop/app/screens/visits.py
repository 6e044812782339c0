"""Kunjungan: all visits, newest first, found by typing and narrowed by words that one can click away."""

from collections.abc import Callable

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from pimpasa_desktop.app import visit_words, when
from pimpasa_desktop.app.list_screen import ListScreen, Wording
from pimpasa_desktop.app.office_notice import OfficeNotice
from pimpasa_desktop.app.screen import Context, Place
from pimpasa_desktop.app.widgets.button import PrimaryButton
from pimpasa_desktop.app.widgets.empty_state import EmptyState
from pimpasa_desktop.app.widgets.filters import Filter
from pimpasa_desktop.app.widgets.row import Cell, Column, Row, Show
from pimpasa_desktop.app.widgets.table import Table
from pimpasa_desktop.i18n import _, plural
from pimpasa_desktop.spelling import number
from pimpasa_desktop.store.overview import VisitLine

DATE, VILLAGE, COUNT = 0, 1, 3


class VisitsScreen(ListScreen[VisitLine]):
    order = (DATE, True)

    def __init__(self, context: Context, place: Place) -> None:
        words = Wording(
            search=(_("Cari kunjungan"), _("Cari desa, kegiatan, atau orang")),
            counted=(
                lambda count: plural("{count} kunjungan", count),
                lambda count: plural("{shown} dari {all} kunjungan", count),
            ),
            unmatched=_("Tidak ada kunjungan yang cocok"),
            advice=_("Periksa ejaannya, atau lepas pencarian dan saringan untuk melihat semua kunjungan."),
        )
        super().__init__(context, place, words)
        actions: tuple[QWidget, ...] = ()
        keys = [("↑ ↓", _("pilih")), ("Ctrl F", _("cari"))]
        if context.knows("visit"):
            new = PrimaryButton(_("Kunjungan baru"), "plus")
            new.clicked.connect(lambda: context.navigate(Place("visit")))
            QShortcut(QKeySequence.StandardKey.New, self).activated.connect(new.click)
            actions = (new,)
            keys = [*keys[:1], ("Enter", _("buka")), *keys[1:], ("Ctrl N", _("kunjungan baru"))]
        self.lay_out(_("Kunjungan"), actions, keys, over=OfficeNotice(context))

    def make_table(self) -> Table:
        table = Table(_("Kunjungan"), _columns())
        if self.context.knows("visit"):
            table.opened.connect(lambda key: self.context.navigate(Place("visit", key)))
        return table

    def lines(self) -> list[VisitLine]:
        return self.context.queries.overview.visits()

    def found(self, text: str) -> Callable[[VisitLine], bool]:
        found = self.context.queries.overview.visits_found(text)
        return lambda line: found is None or line.id in found

    def row(self, line: VisitLine) -> Row:
        return _row(line, self.context)

    def orders(self) -> dict[int, Callable[[VisitLine], str | int]]:
        return _ORDERS

    def nothing(self) -> EmptyState:
        title = _("Belum ada kunjungan")
        told = _("Kunjungan yang Anda tulis, dan yang dijadwalkan kantor, tampil di sini.")
        if self.context.knows("visit"):
            empty = EmptyState(title, told, _("Kunjungan baru"), action_icon="plus")
            empty.acted.connect(lambda: self.context.navigate(Place("visit")))
        else:
            empty = EmptyState(title, told, _("Periksa lagi"), action_icon="arrows-clockwise")
            empty.acted.connect(self.context.send_now)
        return empty

    def offered(self) -> dict[str, list[Filter]]:
        """What one may filter by, from what there is."""
        years = sorted({line.starts_at[:4] for line in self._lines}, reverse=True)
        villages = sorted({village.name for line in self._lines for village in line.villages})
        states = {str(line.values.get("status", "")) or "planned" for line in self._lines}
        sent = {visit_words.sending(line).words for line in self._lines}
        offered = {
            _("Tahun"): [Filter("year", _("Tahun {year}").format(year=year), _year(year)) for year in years],
            _("Desa"): [Filter("village", name, _village(name)) for name in villages[:40]],
            _("Keadaan"): [Filter("state", visit_words.status(code).words, _state(code)) for code in sorted(states)],
            _("Kiriman"): [Filter("sent", word, _sent(word)) for word in sorted(sent)],
        }
        return {title: filters for title, filters in offered.items() if filters}


def _columns() -> tuple[Column, ...]:
    return (
        Column(_("Tanggal"), Show.QUIET, 188, sorts=True, least=172),
        Column(_("Desa"), Show.KEY, 208, sorts=True, least=140),
        Column(_("Kegiatan")),
        Column(_("Hadir"), Show.NUMBER, 88, sorts=True, least=80),
        Column(_("Keadaan"), Show.TAG, 148, least=136),
        Column(_("Kiriman"), Show.SIGNED, 172),
    )


_ORDERS: dict[int, Callable[[VisitLine], str | int]] = {
    DATE: lambda line: line.starts_at,
    VILLAGE: lambda line: line.place.casefold(),
    COUNT: lambda line: line.attendees,
}


def _row(line: VisitLine, context: Context) -> Row:
    at = when.local(line.starts_at, when.zone_at(line.starts_at, context.zone))
    return Row(
        line.id,
        (
            Cell(when.short_day(at.date()) if at else line.starts_at),
            Cell(line.place),
            Cell(line.about),
            Cell(number(line.attendees) if line.attendees else ""),
            visit_words.status(str(line.values.get("status", ""))),
            visit_words.sending(line),
        ),
    )


def _year(year: str) -> Callable[[VisitLine], bool]:
    return lambda line: line.starts_at.startswith(year)


def _village(name: str) -> Callable[[VisitLine], bool]:
    return lambda line: any(village.name == name for village in line.villages)


def _state(code: str) -> Callable[[VisitLine], bool]:
    return lambda line: (str(line.values.get("status", "")) or "planned") == code


def _sent(word: str) -> Callable[[VisitLine], bool]:
    return lambda line: visit_words.sending(line).words == word
