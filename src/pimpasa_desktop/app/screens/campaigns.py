"""Rangkaian kegiatan: events at several places, the newest first, with how many villages and visits each has."""

from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout

from pimpasa_desktop.app import theme, when
from pimpasa_desktop.app.screen import Context, Place, Screen
from pimpasa_desktop.app.widgets.button import PrimaryButton
from pimpasa_desktop.app.widgets.card import Card
from pimpasa_desktop.app.widgets.empty_state import EmptyState
from pimpasa_desktop.app.widgets.page_header import PageHeader
from pimpasa_desktop.app.widgets.row import Cell, Column, Row, Show
from pimpasa_desktop.app.widgets.table import Table
from pimpasa_desktop.domain.entity import Level
from pimpasa_desktop.domain.policy import writes
from pimpasa_desktop.i18n import _
from pimpasa_desktop.spelling import number


class CampaignsScreen(Screen):
    def __init__(self, context: Context, place: Place) -> None:
        super().__init__(context, place)
        may = writes(context.person, Level.C)
        self.table = Table(
            _("Rangkaian kegiatan"),
            (
                Column(_("Mulai"), Show.QUIET, 188),
                Column(_("Nama"), Show.KEY),
                Column(_("Desa"), Show.NUMBER, 96),
                Column(_("Kunjungan"), Show.NUMBER, 112),
            ),
        )
        self.table.opened.connect(lambda key: context.navigate(Place("campaign", key)))
        self.table.left.connect(context.back)
        empty = EmptyState(
            _("Belum ada rangkaian kegiatan"),
            _("Satu acara di beberapa tempat dicatat sebagai rangkaian; tiap kunjungannya tetap catatan sendiri."),
            _("Rangkaian baru") if may else "",
            action_icon="plus",
        )
        empty.acted.connect(self._new)
        card = Card()
        card.add(empty, 1)
        self._body = QStackedWidget()
        self._body.addWidget(self.table)
        self._body.addWidget(card)
        self.new = PrimaryButton(_("Rangkaian baru"), "plus")
        self.new.clicked.connect(self._new)
        if may:
            QShortcut(QKeySequence.StandardKey.New, self).activated.connect(self._new)
        header = PageHeader(_("Rangkaian kegiatan"), back=_("Desa"), actions=(self.new,) if may else ())
        header.back_asked.connect(context.back)
        inner = QVBoxLayout()
        inner.setContentsMargins(theme.MARGIN, 0, theme.MARGIN, 16)
        inner.addWidget(self._body)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(header)
        column.addLayout(inner, 1)

    def refresh(self, ids: frozenset[str]) -> None:
        found = self.context.queries.villages.campaigns()
        self.table.show_rows(
            [
                Row(one.id, (Cell(_day(one.starts_on)), Cell(one.name), _count(one.villages), _count(one.visits)))
                for one in found
            ]
        )
        self._body.setCurrentIndex(0 if found else 1)
        self.new.setVisible(bool(found))  # the empty page has the same button in its middle

    def arrive(self) -> None:
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _new(self) -> None:
        self.context.navigate(Place("campaign"))


def _day(iso: str) -> str:
    return when.short_day(date.fromisoformat(iso)) if iso else ""


def _count(count: int) -> Cell:
    return Cell(number(count) if count else "")
