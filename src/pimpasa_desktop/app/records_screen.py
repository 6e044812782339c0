"""A list of records that are few and stand by themselves, each a way to its page. A subclass says which and how."""

from abc import abstractmethod
from collections.abc import Callable
from dataclasses import dataclass
from typing import ClassVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from pimpasa_desktop.app import theme
from pimpasa_desktop.app.fonts import Role
from pimpasa_desktop.app.screen import Context, Place, Screen
from pimpasa_desktop.app.widgets.button import PrimaryButton
from pimpasa_desktop.app.widgets.empty_state import EmptyState
from pimpasa_desktop.app.widgets.page_header import PageHeader
from pimpasa_desktop.app.widgets.row import Column, Row
from pimpasa_desktop.app.widgets.search_field import SearchField
from pimpasa_desktop.app.widgets.table import Table
from pimpasa_desktop.app.widgets.table_or_empty import TableOrEmpty
from pimpasa_desktop.app.widgets.words import Words
from pimpasa_desktop.domain.entity import Level
from pimpasa_desktop.domain.policy import writes
from pimpasa_desktop.i18n import _
from pimpasa_desktop.spelling import number


@dataclass(frozen=True)
class Wording:
    """`back` is the word of the place one comes from; `empty` and `sentence` stand there while there are none; `new`
    is the word of the button, `search` what stands in the empty search field; of how many there are,
    `counted` has {count}, and `some` has {shown} and {all}."""

    title: str
    back: str
    empty: str
    sentence: str
    new: str
    search: str
    counted: Callable[[int], str]
    some: Callable[[int], str]


class RecordsScreen(Screen):
    """`opens`: the key of the page of one of them."""

    opens: ClassVar[str]

    def __init__(self, context: Context, place: Place) -> None:
        super().__init__(context, place)
        self._words = words = self.wording()
        may = writes(context.person, Level.C)
        self.table = Table(words.title, self.columns())
        self.table.opened.connect(lambda key: context.navigate(Place(self.opens, key)))
        self.search = SearchField(_("Cari"), words.search)
        self.search.asked.connect(lambda _text: self._show())
        self.search.left_down.connect(self._into_table)
        self.table.left.connect(lambda: self.search.setFocus(Qt.FocusReason.OtherFocusReason))
        self._counted = Words("", Role.SECOND, "text2", wraps=False, figures=True)
        self._rows: list[tuple[Row, str]] = []
        empty = EmptyState(words.empty, words.sentence, words.new if may else "", action_icon="plus")
        empty.acted.connect(self._new)
        self._body = TableOrEmpty(self.table, empty)
        self.new = PrimaryButton(words.new, "plus")
        self.new.clicked.connect(self._new)
        if may:
            QShortcut(QKeySequence.StandardKey.New, self).activated.connect(self._new)
        header = PageHeader(words.title, back=words.back, actions=(self.new,) if may else ())
        header.back_asked.connect(context.back)
        inner = QVBoxLayout()
        inner.setContentsMargins(theme.MARGIN, 0, theme.MARGIN, 16)
        inner.setSpacing(12)
        bar = QHBoxLayout()
        bar.addWidget(self.search, 1)
        bar.addStretch(1)
        bar.addWidget(self._counted)
        inner.addLayout(bar)
        inner.addWidget(self._body, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(header)
        column.addLayout(inner, 1)

    # -- what a subclass says

    @abstractmethod
    def wording(self) -> Wording: ...

    @abstractmethod
    def columns(self) -> tuple[Column, ...]: ...

    @abstractmethod
    def rows(self) -> list[tuple[Row, str]]:
        """Each with what it is searched by beside its own words."""

    # -- the list

    def refresh(self, ids: frozenset[str]) -> None:
        self._rows = self.rows()
        self._show()

    def arrive(self) -> None:
        self.search.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show(self) -> None:
        wanted = self.search.text().casefold().split()
        found = [row for row, further in self._rows if _has(row, further, wanted)]
        whole = number(len(self._rows))
        self._body.show_rows(found, has_any=bool(self._rows))
        for part in (self.new, self.search, self._counted):
            part.setVisible(bool(self._rows))  # the empty page has the one button in its middle
        words = self._words
        told = words.counted if len(found) == len(self._rows) else words.some
        self._counted.say(told(len(self._rows)).format(count=whole, shown=number(len(found)), all=whole))

    def _into_table(self) -> None:
        if self.table.rows.rowCount():
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _new(self) -> None:
        self.context.navigate(Place(self.opens))


def _has(row: Row, further: str, wanted: list[str]) -> bool:
    """Whether each word that was typed stands in it somewhere."""
    words = " ".join([*(cell.words for cell in row.cells), further]).casefold()
    return all(one in words for one in wanted)
