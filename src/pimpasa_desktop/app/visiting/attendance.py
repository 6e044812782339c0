"""Hadir: who came, as a list to look through; names are written down in the register, which fills the window."""

from collections.abc import Sequence
from typing import overload

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout

from pimpasa_desktop.app.fonts import Role
from pimpasa_desktop.app.screen import Context, Place
from pimpasa_desktop.app.visiting.part import Missing, Shown, VisitPart
from pimpasa_desktop.app.widgets.button import OutlinedButton
from pimpasa_desktop.app.widgets.empty_state import EmptyState
from pimpasa_desktop.app.widgets.parts import State
from pimpasa_desktop.app.widgets.row import Cell, Column, Row, Show
from pimpasa_desktop.app.widgets.table import Table
from pimpasa_desktop.app.widgets.words import Words
from pimpasa_desktop.domain.attendee import STAKEHOLDER_GROUPS
from pimpasa_desktop.i18n import _
from pimpasa_desktop.spelling import number
from pimpasa_desktop.store.people import Present


class Attendance(VisitPart):
    key = "attendance"

    def __init__(self, context: Context) -> None:
        super().__init__(context, _("Hadir"))
        self._people: list[Present] = []
        self.table = Table(
            _("Yang hadir"),
            (
                Column(_("No."), Show.NUMBER, 64),
                Column(_("Nama"), Show.KEY),
                Column(_("L/P"), Show.QUIET, 64),
                Column(_("Unsur"), width=160),
                Column(_("Instansi atau desa"), Show.QUIET, 180),
            ),
        )
        self.write = OutlinedButton(_("Isi daftar hadir"), "users", keys="F11")
        self.table.left.connect(lambda: self.write.setFocus(Qt.FocusReason.OtherFocusReason))
        self.write.clicked.connect(self._open)
        self._counted = Words("", Role.SECOND, "text2", wraps=False, figures=True)
        self._empty = EmptyState(
            _("Belum ada yang dicatat"),
            _("Tulis nama satu per satu sambil orang datang. Semua tersimpan di laptop ini, juga tanpa sinyal."),
            _("Isi daftar hadir"),
            icon="users",
        )
        self._empty.acted.connect(self._open)
        self._body = QStackedWidget()
        self._lay_out()

    def refresh(self, visit: Shown) -> None:
        super().refresh(visit)
        self._people = self.context.queries.people.present(visit.id) if visit.id else []
        self.table.show_rows(_Rows(self._people))
        self._body.setCurrentIndex(0 if self._people else 1)
        self.write.setVisible(bool(self._people))
        self.write.setEnabled(visit.open)
        self._counted.say(_("{count} orang").format(count=number(len(self._people))) if self._people else "")
        self.stood.emit()

    def told(self) -> tuple[str, State]:
        if not self._people:
            return _("Belum diisi"), State.EMPTY
        counted = _("{count} orang").format(count=number(len(self._people)))
        twice = len(self._people) - len({plain(one.name) for one in self._people})
        if twice:
            return _("{people}, {count} nama sama").format(people=counted, count=number(twice)), State.ATTENTION
        return counted, State.COMPLETE

    def missing(self) -> list[Missing]:
        return [] if self._people else [Missing(_("Isi daftar hadir"), self._open)]

    def arrive(self) -> None:
        (self.table if self._people else self._empty.button).setFocus(Qt.FocusReason.OtherFocusReason)

    def _open(self) -> None:
        if self.visit.id and self.visit.open:
            self.context.navigate(Place("register", self.visit.id))

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(32, 16, 24, 16)
        column.setSpacing(12)
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(Words(self.title, Role.SECTION))
        head.addWidget(self._counted, 1)
        head.addWidget(self.write)
        column.addLayout(head)
        self._body.addWidget(self.table)
        self._body.addWidget(self._empty)
        column.addWidget(self._body, 1)


class _Rows(Sequence[Row]):
    """Rows made when they are looked at: of a thousand some ten are on the screen."""

    def __init__(self, people: list[Present]) -> None:
        self._people = people

    def __len__(self) -> int:
        return len(self._people)

    @overload
    def __getitem__(self, at: int) -> Row: ...
    @overload
    def __getitem__(self, at: slice) -> list[Row]: ...
    def __getitem__(self, at: int | slice) -> Row | list[Row]:
        if isinstance(at, slice):
            return [self[place] for place in range(*at.indices(len(self)))]
        return _row(range(1, len(self) + 1)[at], self._people[at])


def plain(name: str) -> str:
    """A name as one hears it: without capitals and double spaces."""
    return " ".join(name.casefold().split())


def _row(place: int, one: Present) -> Row:
    values = one.values
    group = str(values.get("stakeholder_group", ""))
    where = str(values.get("institution") or values.get("address") or "")
    words = (str(place), one.name, str(values.get("sex", "")), STAKEHOLDER_GROUPS.get(group, group), where)
    return Row(one.id, tuple(Cell(word) for word in words))
