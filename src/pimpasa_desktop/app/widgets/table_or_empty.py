"""A table, or in its place what is said while there is nothing in it. It knows no row."""

from PySide6.QtWidgets import QStackedWidget

from pimpasa_desktop.app.widgets.card import Card
from pimpasa_desktop.app.widgets.empty_state import EmptyState
from pimpasa_desktop.app.widgets.row import Row
from pimpasa_desktop.app.widgets.table import Table


class TableOrEmpty(QStackedWidget):
    def __init__(self, table: Table, empty: EmptyState) -> None:
        super().__init__()
        self._table = table
        card = Card()
        card.add(empty, 1)
        self.addWidget(table)
        self.addWidget(card)

    def show_rows(self, rows: list[Row], *, has_any: bool = False) -> None:
        """`has_any`: there are some, though a search may have left none of them."""
        self._table.show_rows(rows)
        self.setCurrentIndex(0 if rows or has_any else 1)
