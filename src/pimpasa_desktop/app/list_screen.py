"""A long list as a screen: a search that has the focus, filters as words, a count, a table, and what an empty one says.

A subclass says what the lines are and how a line is a row. Esc in the table leads back to the search, arrows and Enter
from the search into the table; one who comes back finds it as it was left.
"""

from abc import abstractmethod
from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from pimpasa_desktop.app import theme
from pimpasa_desktop.app.fonts import Role
from pimpasa_desktop.app.screen import Context, Place, Screen
from pimpasa_desktop.app.widgets.card import Card
from pimpasa_desktop.app.widgets.empty_state import EmptyState
from pimpasa_desktop.app.widgets.filters import Filter, Filters
from pimpasa_desktop.app.widgets.key_cap import KeyCap
from pimpasa_desktop.app.widgets.page_header import PageHeader
from pimpasa_desktop.app.widgets.row import Row
from pimpasa_desktop.app.widgets.search_field import SearchField
from pimpasa_desktop.app.widgets.table import Table
from pimpasa_desktop.app.widgets.words import Words
from pimpasa_desktop.i18n import _
from pimpasa_desktop.spelling import number

T = TypeVar("T")

TYPING_MS = 120  # a list that jumps at every letter is hard to read


@dataclass(frozen=True)
class Wording:
    """`search`: the name of its field, and what stands in it while it is empty. `counted`: what is said of so many,
    where all are shown, with {count}, and where some are, with {shown} and {all}. `unmatched` is said where search and
    filters leave nothing, and `advice` what to do then."""

    search: tuple[str, str]
    counted: tuple[Callable[[int], str], Callable[[int], str]]
    unmatched: str
    advice: str


class ListScreen(Screen, Generic[T]):
    """`order` is the column by which the lines stand and whether downwards; `orders` has what to sort a column by."""

    order: tuple[int, bool]

    def __init__(self, context: Context, place: Place, words: Wording) -> None:
        super().__init__(context, place)
        self._words = words
        self._lines: list[T] = []
        self._order = self.order
        self._typing = QTimer(self)
        self._typing.setSingleShot(True)
        self._typing.setInterval(TYPING_MS)
        self._typing.timeout.connect(self._show)
        self.search = SearchField(*words.search)
        self.search.asked.connect(lambda _text: self._typing.start())
        self.search.left_down.connect(self._into_table)
        self.table = self.make_table()
        self.table.order(*self._order)
        self.table.order_asked.connect(self._reorder)
        self.table.left.connect(lambda: self.search.setFocus(Qt.FocusReason.OtherFocusReason))
        self.filters = Filters(self.offered)
        self.filters.changed.connect(self._show)
        self._counted = Words("", Role.SECOND, "text2", wraps=False, figures=True)
        self._body = QStackedWidget()
        self._nothing = QWidget()
        self._body.addWidget(self.table)
        self._body.addWidget(self._nothing)
        QShortcut(QKeySequence.StandardKey.Find, self).activated.connect(self.arrive)

    # -- what a subclass says

    @abstractmethod
    def make_table(self) -> Table: ...

    @abstractmethod
    def lines(self) -> list[T]:
        """All there are, in the order of `order`."""

    @abstractmethod
    def found(self, text: str) -> Callable[[T], bool]:
        """Whether a line has what was typed."""

    @abstractmethod
    def row(self, line: T) -> Row: ...

    @abstractmethod
    def orders(self) -> dict[int, Callable[[T], str | int]]: ...

    @abstractmethod
    def offered(self) -> dict[str, list[Filter]]:
        """What one may filter by, from what there is, under titles."""

    @abstractmethod
    def nothing(self) -> EmptyState:
        """What is said while there is not one line, with the one thing to do."""

    # -- what is shown

    def arrive(self) -> None:
        self.search.setFocus(Qt.FocusReason.OtherFocusReason)
        self.search.selectAll()

    def refresh(self, ids: frozenset[str]) -> None:
        self._lines = self.lines()
        self._show()

    def show_all(self) -> None:
        self.search.clear()
        self.filters.put()
        self.arrive()

    def _show(self) -> None:
        self._typing.stop()
        has = self.found(self.search.text())
        lines = [line for line in self._lines if has(line) and self.filters.passes(line)]
        column, descending = self._order
        if self._order != self.order:
            lines.sort(key=self.orders()[column], reverse=descending)
        self.table.show_rows([self.row(line) for line in lines])
        count = len(self._lines)
        shown, whole = number(len(lines)), number(count)
        of_all, of_some = self._words.counted
        if len(lines) == count:
            self._counted.say(of_all(count).format(count=whole), whole)
        else:
            self._counted.say(of_some(count).format(shown=shown, all=whole), shown)
        self._body.setCurrentIndex(0 if lines else 1)
        if not lines:
            self._explain()

    def _explain(self) -> None:
        """Why there is nothing, and the one thing to do about it."""
        if self._lines:
            words = self._words
            empty = EmptyState(words.unmatched, words.advice, _("Tampilkan semua"), icon="magnifying-glass")
            empty.acted.connect(self.show_all)
        else:
            empty = self.nothing()
        card = Card()
        card.add(empty, 1)
        self._body.removeWidget(self._nothing)
        self._nothing.deleteLater()
        self._nothing = card
        self._body.addWidget(card)
        self._body.setCurrentIndex(1)

    def _reorder(self, column: int, descending: bool) -> None:
        self._order = (column, descending)
        self._show()

    def _into_table(self) -> None:
        self._show()
        if self.table.rows.rowCount():
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    # -- laying out

    def lay_out(
        self,
        title: str,
        actions: tuple[QWidget, ...],
        keys: list[tuple[str, str]],
        *,
        over: QWidget | None = None,
        under: QWidget | None = None,
    ) -> QStackedWidget:
        """`keys` are caps and what they do; `over` and `under` stand around the list. Returns what holds it all, so
        that something else may take its place."""
        bar = QHBoxLayout()
        bar.setSpacing(16)
        bar.addWidget(self.search, 2)
        bar.addWidget(self.filters, 3)
        bar.addWidget(self._counted)
        listed = QWidget()
        inner = QVBoxLayout(listed)
        inner.setContentsMargins(theme.MARGIN, 0, theme.MARGIN, 12)
        inner.setSpacing(12)
        if over:
            inner.addWidget(over)
        inner.addLayout(bar)
        inner.addWidget(self._body, 1)
        if under:
            inner.addWidget(under)
        inner.addLayout(_caps(keys))
        whole = QStackedWidget()
        whole.addWidget(listed)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(PageHeader(title, actions=actions))
        column.addWidget(whole, 1)
        return whole


def _caps(keys: list[tuple[str, str]]) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(8)
    for cap, word in keys:
        row.addWidget(KeyCap(cap))
        row.addWidget(Words(word, Role.CAPTION, "text2", wraps=False))
        row.addSpacing(16)
    row.addStretch(1)
    return row
