"""A list of records that are few and stand by themselves, each a way to its page. A subclass says which and how."""

from abc import abstractmethod
from dataclasses import dataclass
from typing import ClassVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QVBoxLayout

from pimpasa_desktop.app import theme
from pimpasa_desktop.app.screen import Context, Place, Screen
from pimpasa_desktop.app.widgets.button import PrimaryButton
from pimpasa_desktop.app.widgets.empty_state import EmptyState
from pimpasa_desktop.app.widgets.page_header import PageHeader
from pimpasa_desktop.app.widgets.row import Column, Row
from pimpasa_desktop.app.widgets.table import Table
from pimpasa_desktop.app.widgets.table_or_empty import TableOrEmpty
from pimpasa_desktop.domain.entity import Level
from pimpasa_desktop.domain.policy import writes


@dataclass(frozen=True)
class Wording:
    """`back` is the word of the place one comes from; `empty` and `sentence` stand there while there are none; `new`
    is the word of the button."""

    title: str
    back: str
    empty: str
    sentence: str
    new: str


class RecordsScreen(Screen):
    """`opens`: the key of the page of one of them."""

    opens: ClassVar[str]

    def __init__(self, context: Context, place: Place) -> None:
        super().__init__(context, place)
        words, may = self.wording(), writes(context.person, Level.C)
        self.table = Table(words.title, self.columns())
        self.table.opened.connect(lambda key: context.navigate(Place(self.opens, key)))
        self.table.left.connect(context.back)
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
        inner.addWidget(self._body)
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
    def rows(self) -> list[Row]: ...

    # -- the list

    def refresh(self, ids: frozenset[str]) -> None:
        rows = self.rows()
        self._body.show_rows(rows)
        self.new.setVisible(bool(rows))  # the empty page has the same button in its middle

    def arrive(self) -> None:
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _new(self) -> None:
        self.context.navigate(Place(self.opens))
