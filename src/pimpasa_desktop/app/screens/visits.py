"""Kunjungan: all visits, newest first, found by typing and narrowed by words that one can click away."""

from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from pimpasa_desktop.app import theme, visit_words, when
from pimpasa_desktop.app.fonts import Role
from pimpasa_desktop.app.office_notice import OfficeNotice
from pimpasa_desktop.app.screen import Context, Place, Screen
from pimpasa_desktop.app.widgets.button import PrimaryButton
from pimpasa_desktop.app.widgets.card import Card
from pimpasa_desktop.app.widgets.empty_state import EmptyState
from pimpasa_desktop.app.widgets.filters import Filter, Filters
from pimpasa_desktop.app.widgets.key_cap import KeyCap
from pimpasa_desktop.app.widgets.page_header import PageHeader
from pimpasa_desktop.app.widgets.row import Cell, Column, Row, Show
from pimpasa_desktop.app.widgets.search_field import SearchField
from pimpasa_desktop.app.widgets.table import Table
from pimpasa_desktop.app.widgets.words import Words
from pimpasa_desktop.i18n import _
from pimpasa_desktop.spelling import number
from pimpasa_desktop.store.overview import VisitLine

TYPING_MS = 120  # a list that jumps at every letter is hard to read
DATE, VILLAGE, COUNT = 0, 1, 3


class VisitsScreen(Screen):
    def __init__(self, context: Context, place: Place) -> None:
        super().__init__(context, place)
        self._lines: list[VisitLine] = []
        self._order = (DATE, True)
        self._typing = QTimer(self)
        self._typing.setSingleShot(True)
        self._typing.setInterval(TYPING_MS)
        self._typing.timeout.connect(self._show)
        self.search = SearchField(_("Cari kunjungan"), _("Cari desa, kegiatan, atau orang"))
        self.search.asked.connect(lambda _text: self._typing.start())
        self.search.left_down.connect(self._into_table)
        self.table = Table(_("Kunjungan"), _columns())
        self.table.order(*self._order)
        self.table.order_asked.connect(self._reorder)
        self.table.left.connect(lambda: self.search.setFocus(Qt.FocusReason.OtherFocusReason))
        if context.knows("visit"):
            self.table.opened.connect(lambda key: context.navigate(Place("visit", key)))
        self.filters = Filters(self.offered)
        self.filters.changed.connect(self._show)
        self._counted = Words("", Role.SECOND, "text2", wraps=False, figures=True)
        self._body = QStackedWidget()
        self._nothing = QWidget()
        self._lay_out()
        QShortcut(QKeySequence.StandardKey.Find, self).activated.connect(self.arrive)

    def arrive(self) -> None:
        self.search.setFocus(Qt.FocusReason.OtherFocusReason)
        self.search.selectAll()

    def refresh(self, ids: frozenset[str]) -> None:
        self._lines = self.context.queries.overview.visits()
        self._show()

    # -- what is shown

    def _show(self) -> None:
        self._typing.stop()
        found = self.context.queries.overview.visits_found(self.search.text())
        lines = [line for line in self._lines if (found is None or line.id in found) and self.filters.passes(line)]
        column, descending = self._order
        if column != DATE or not descending:
            lines.sort(key=_ORDERS[column], reverse=descending)
        self.table.show_rows([_row(line, self.context) for line in lines])
        shown, whole = number(len(lines)), number(len(self._lines))
        if len(lines) == len(self._lines):
            self._counted.say(_("{count} kunjungan").format(count=whole), whole)
        else:
            self._counted.say(_("{shown} dari {all} kunjungan").format(shown=shown, all=whole), shown)
        self._body.setCurrentIndex(0 if lines else 1)
        if not lines:
            self._explain()

    def _explain(self) -> None:
        """Why there is nothing, and the one thing to do about it."""
        if self._lines:
            empty = EmptyState(
                _("Tidak ada kunjungan yang cocok"),
                _("Periksa ejaannya, atau lepas pencarian dan saringan untuk melihat semua kunjungan."),
                _("Tampilkan semua"),
                icon="magnifying-glass",
            )
            empty.acted.connect(self.show_all)
        elif self.context.knows("visit"):
            empty = EmptyState(
                _("Belum ada kunjungan"),
                _("Kunjungan yang Anda tulis, dan yang dijadwalkan kantor, tampil di sini."),
                _("Kunjungan baru"),
                action_icon="plus",
            )
            empty.acted.connect(lambda: self.context.navigate(Place("visit")))
        else:
            empty = EmptyState(
                _("Belum ada kunjungan"),
                _("Kunjungan yang Anda tulis, dan yang dijadwalkan kantor, tampil di sini."),
                _("Periksa lagi"),
                action_icon="arrows-clockwise",
            )
            empty.acted.connect(self.context.send_now)
        card = Card()
        card.add(empty, 1)
        self._body.removeWidget(self._nothing)
        self._nothing.deleteLater()
        self._nothing = card
        self._body.addWidget(card)
        self._body.setCurrentIndex(1)

    def show_all(self) -> None:
        self.search.clear()
        self.filters.put()
        self.arrive()

    def _reorder(self, column: int, descending: bool) -> None:
        self._order = (column, descending)
        self._show()

    def _into_table(self) -> None:
        self._show()
        if self.table.rows.rowCount():
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    # -- filters

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

    def _lay_out(self) -> None:
        actions: tuple[QWidget, ...] = ()
        if self.context.knows("visit"):
            new = PrimaryButton(_("Kunjungan baru"), "plus")
            new.clicked.connect(lambda: self.context.navigate(Place("visit")))
            QShortcut(QKeySequence.StandardKey.New, self).activated.connect(new.click)
            actions = (new,)
        bar = QHBoxLayout()
        bar.setSpacing(16)
        bar.addWidget(self.search, 2)
        bar.addWidget(self.filters, 3)
        bar.addWidget(self._counted)
        inner = QVBoxLayout()
        inner.setContentsMargins(theme.MARGIN, 0, theme.MARGIN, 12)
        inner.setSpacing(12)
        inner.addWidget(OfficeNotice(self.context))
        inner.addLayout(bar)
        self._body.addWidget(self.table)
        self._body.addWidget(self._nothing)
        inner.addWidget(self._body, 1)
        inner.addLayout(self._keys())
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(PageHeader(_("Kunjungan"), actions=actions))
        column.addLayout(inner, 1)

    def _keys(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        known = [("↑ ↓", _("pilih")), ("Ctrl F", _("cari"))]
        if self.context.knows("visit"):
            known = [("↑ ↓", _("pilih")), ("Enter", _("buka")), ("Ctrl F", _("cari")), ("Ctrl N", _("kunjungan baru"))]
        for cap, word in known:
            row.addWidget(KeyCap(cap))
            row.addWidget(Words(word, Role.CAPTION, "text2", wraps=False))
            row.addSpacing(16)
        row.addStretch(1)
        return row


def _columns() -> tuple[Column, ...]:
    return (
        Column(_("Tanggal"), Show.QUIET, 188, sorts=True),
        Column(_("Desa"), Show.KEY, 208, sorts=True),
        Column(_("Kegiatan")),
        Column(_("Hadir"), Show.NUMBER, 80, sorts=True),
        Column(_("Keadaan"), Show.TAG, 148),
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
