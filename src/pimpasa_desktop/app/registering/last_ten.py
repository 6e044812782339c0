"""The last ten who were written down, the newest first, and what is doubtful about them."""

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import Qt

from pimpasa_desktop.app import record_words
from pimpasa_desktop.app.visiting.attendance import plain
from pimpasa_desktop.app.widgets.row import Cell, Column, Row, Show
from pimpasa_desktop.app.widgets.table import Table
from pimpasa_desktop.domain.attendee import lacks_digits
from pimpasa_desktop.i18n import _
from pimpasa_desktop.spelling import number
from pimpasa_desktop.store.people import Present

LAST = 10
_POSITION, _INSTITUTION, _PHONE = 4, 5, 6


class LastTen(Table):
    """It never has the focus: that stays in the line."""

    def __init__(self) -> None:
        super().__init__(_("Sepuluh terakhir"), _columns())
        self.horizontalHeader().hide()
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def show_people(
        self, people: Sequence[Present], first: Mapping[str, int], begun: Mapping[str, dict[str, Any]]
    ) -> None:
        """`first`: where each name stands for the first time; `begun`: what was typed of a person and lacks something,
        by person."""
        newest = range(len(people), max(len(people) - LAST, 0), -1)
        shown = ((place, people[place - 1]) for place in newest)
        self.show_rows([_row(place, one, first[plain(one.name)], begun.get(one.id, {})) for place, one in shown])

    def point_at(self, row: int) -> None:
        """-1: none."""
        if row >= 0:
            self.selectRow(row)
        else:
            self.clearSelection()
            self.setCurrentIndex(self.rows.index(-1, 0))

    def show_position(self, shown: bool) -> None:
        self.setColumnHidden(_POSITION, not shown)

    def narrow(self, narrow: bool) -> None:
        for column in (_INSTITUTION, _PHONE):
            self.setColumnHidden(column, narrow)


def _columns() -> tuple[Column, ...]:
    return (
        Column(_("No."), Show.NUMBER, 72),
        Column(_("Nama"), Show.KEY),
        Column(_("L/P"), Show.QUIET, 48),
        Column(_("Unsur"), width=148),
        Column(_("Jabatan"), width=132),
        Column(_("Instansi atau desa"), Show.QUIET, 160),
        Column(_("HP"), Show.QUIET, 140),
        Column("", Show.SIGNED, 188),
    )


def _row(place: int, one: Present, first: int, begun: dict[str, Any]) -> Row:
    values = one.values | begun
    group = str(values.get("stakeholder_group", ""))
    phone = str(values.get("phone", ""))
    doubts = [_("Sama dengan no. {place}").format(place=number(first))] if first != place else []
    if "phone" in begun or lacks_digits(phone):
        doubts.append(_("HP kurang angka"))
    return Row(
        one.id,
        (
            Cell(number(place)),
            Cell(one.name),
            Cell(str(values.get("sex", ""))),
            Cell(record_words.group(group)),
            Cell(str(values.get("position_title", ""))),
            Cell(str(values.get("institution") or values.get("address") or "")),
            Cell(record_words.phone(phone)),
            Cell(" · ".join(doubts), icon="warning-circle-fill", tone="gold") if doubts else Cell(),
        ),
        doubt=bool(doubts),
    )
