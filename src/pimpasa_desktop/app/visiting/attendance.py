"""Hadir: who came, as a list to look through; names are written down in the register, which fills the window.

Under it who was there in a function, and how many came of a group whose names nobody wrote.
"""

from collections.abc import Sequence
from functools import lru_cache
from typing import overload

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget

from pimpasa_desktop.app import record_words, theme
from pimpasa_desktop.app.fonts import Role
from pimpasa_desktop.app.screen import Context, Place
from pimpasa_desktop.app.visiting.part import Missing, Shown, VisitPart, page
from pimpasa_desktop.app.visiting.sections import BETWEEN, officials
from pimpasa_desktop.app.widgets.button import LinkButton, OutlinedButton
from pimpasa_desktop.app.widgets.empty_state import EmptyState
from pimpasa_desktop.app.widgets.parts import State
from pimpasa_desktop.app.widgets.row import Cell, Column, Row, Show
from pimpasa_desktop.app.widgets.table import Table
from pimpasa_desktop.app.widgets.words import Words
from pimpasa_desktop.domain.visit import NOT_HELD
from pimpasa_desktop.i18n import _, plural
from pimpasa_desktop.spelling import number
from pimpasa_desktop.store.people import Present
from pimpasa_desktop.store.queries import Listed

INSTITUTION, ROOM = 4, 720


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
        self.remove = OutlinedButton(_("Hapus"), "trash", keys="Del")
        self.remove.clicked.connect(self._delete)
        self.table.left.connect(lambda: self.remove.setFocus(Qt.FocusReason.OtherFocusReason))
        QShortcut(QKeySequence("Del"), self.table, self._delete, context=Qt.ShortcutContext.WidgetShortcut)
        self.table.chosen.connect(self._follow)
        self.further = LinkButton(_("Pejabat, jumlah, kutipan"))
        self.further.clicked.connect(self._to_officials)
        self._counted = Words("", Role.SECOND, "text2", wraps=False, figures=True)
        self._empty = EmptyState(
            _("Belum ada yang dicatat"),
            _(
                "Tulis nama satu per satu sambil orang datang, juga tanpa sinyal. Bila tidak ada yang datang, "
                "tandai nihil di Ringkasan."
            ),
            _("Isi daftar hadir"),
            icon="users",
        )
        self._empty.acted.connect(self._open)
        self._body = QStackedWidget()
        self.officials = officials(context)
        self.officials.stood.connect(self.stood)
        self._lay_out()

    def refresh(self, visit: Shown) -> None:
        super().refresh(visit)
        self.officials.refresh(visit)
        self._people = self.context.queries.people.present(visit.id) if visit.id else []
        self.table.show_rows(_Rows(self._people))
        self._body.setCurrentIndex(0 if self._people else 1)
        rows, nobody = len(self._people), self._empty.sizeHint().height()
        self._body.setFixedHeight((rows + 1) * theme.ROW + 4 if rows else nobody)
        self.further.setVisible(bool(rows))
        self.remove.setVisible(bool(self._people) and visit.open)
        self._counted.say(
            plural("{count} orang", len(self._people)).format(count=number(len(self._people))) if self._people else ""
        )
        self.stood.emit()

    def told(self) -> tuple[str, State]:
        if self.officials.unfinished:
            return _("Ada yang belum tersimpan"), State.ATTENTION
        if not self._people and self.visit.values.get("nil"):
            return _("Nihil"), State.COMPLETE
        if not self._people:
            return self._told_without_names()
        counted = plural("{count} orang", len(self._people)).format(count=number(len(self._people)))
        twice = len(self._people) - len({plain(one.name) for one in self._people})
        if twice:
            return plural("{people}, {count} nama sama", twice).format(
                people=counted, count=number(twice)
            ), State.ATTENTION
        return counted, State.COMPLETE

    def _told_without_names(self) -> tuple[str, State]:
        groups = len(self._counted_groups())
        if groups:
            return plural("{count} unsur, tanpa nama", groups).format(count=number(groups)), State.PARTLY
        if any(one.records for one in self.officials.lists):
            return _("Pejabat dan narasumber"), State.PARTLY
        return _("Belum diisi"), State.EMPTY

    def _counted_groups(self) -> list[Listed]:
        return next(one.records for one in self.officials.lists if one.entity.name == "head_count")

    def missing(self) -> list[Missing]:
        begun = self.officials.missing(self.wanted.emit)
        nobody = self.visit.values.get("nil") or self.visit.values.get("status") in NOT_HELD
        there = nobody or self._people or self._counted_groups()
        return begun if there else [Missing(_("Isi daftar hadir"), self._open), *begun]

    def arrive(self) -> None:
        (self.table if self._people else self._empty.button).setFocus(Qt.FocusReason.OtherFocusReason)

    def leave(self) -> None:
        self.officials.leave()

    def _open(self) -> None:
        if self.visit.id and self.visit.open:
            self.context.navigate(Place("register", self.visit.id))

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Where there is little room, the names have it."""
        super().resizeEvent(event)
        self.table.setColumnHidden(INSTITUTION, self.width() < ROOM)

    def _follow(self, _key: str) -> None:
        """The page goes with the arrows; it stays where it is when the list was only read anew."""
        if self.table.hasFocus() and (page := self.scrolls.widget()):
            row = self.table.visualRect(self.table.currentIndex()).center()
            at = self.table.viewport().mapTo(page, row)
            self.scrolls.ensureVisible(0, at.y(), 0, 2 * theme.ROW)

    def _to_officials(self) -> None:
        """What stands under many names is one press away."""
        self.scrolls.verticalScrollBar().setValue(self.officials.y() - 16)
        self.officials.lists[0].add.setFocus(Qt.FocusReason.OtherFocusReason)

    def _delete(self) -> None:
        """The chosen one leaves the list; the page's own undo brings it back."""
        record = self.table.chosen_key()
        if record and self.visit.open:
            self.context.changes.delete(record)

    def _lay_out(self) -> None:
        beside = QHBoxLayout()
        beside.setSpacing(12)
        beside.addWidget(self._counted)
        beside.addWidget(self.further)
        beside.addWidget(self.remove)
        column = page(self, beside=beside)
        self._body.addWidget(self.table)
        self._body.addWidget(self._empty)
        column.addWidget(self._body)  # as high as its names: the page scrolls, nothing in it
        column.addSpacing(BETWEEN - column.spacing())
        column.addWidget(self.officials)
        column.addStretch(1)


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


@lru_cache(maxsize=4096)
def plain(name: str) -> str:
    """A name as one hears it: without capitals and double spaces."""
    return " ".join(name.casefold().split())


def _row(place: int, one: Present) -> Row:
    values = one.values
    group = str(values.get("stakeholder_group", ""))
    where = str(values.get("institution") or values.get("address") or "")
    words = (str(place), one.name, str(values.get("sex", "")), record_words.group(group), where)
    return Row(one.id, tuple(Cell(word) for word in words))
