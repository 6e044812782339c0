"""A table in which rows are ticked: the first column is a box. A click on it or the space bar ticks, Ctrl+A all."""

from collections.abc import Iterable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QMouseEvent
from PySide6.QtWidgets import QWidget

from pimpasa_desktop.app.widgets.row import Cell, Column, Row, Show
from pimpasa_desktop.app.widgets.table import Table
from pimpasa_desktop.i18n import _

BOX_COLUMN = 52


class TickTable(Table):
    """`ticked` after each change by the person. What is ticked stays so while it is not shown."""

    ticked = Signal()

    def __init__(
        self, name: str, columns: Sequence[Column], *, two_lines: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(name, (Column("", Show.TICK, BOX_COLUMN), *columns), two_lines=two_lines, parent=parent)
        self.on: set[str] = set()

    def show_rows(self, rows: Sequence[Row]) -> None:
        super().show_rows([Row(row.key, (self._box(row.key), *row.cells), row.doubt) for row in rows])

    def tick(self, keys: Iterable[str], on: bool = True) -> None:
        wanted = set(keys)
        self.on = self.on | wanted if on else self.on - wanted
        for at in range(self.rows.rowCount()):
            row = self.rows.row(at)
            if row.key in wanted:
                self.rows.change(at, Row(row.key, (self._box(row.key), *row.cells[1:]), row.doubt))
        self.ticked.emit()

    def shown(self) -> list[str]:
        return [self.rows.row(at).key for at in range(self.rows.rowCount())]

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        key = self.chosen_key()
        if event.key() == Qt.Key.Key_Space and key:
            self.tick([key], key not in self.on)
        elif event.matches(QKeySequence.StandardKey.SelectAll):
            self.tick(self.shown())
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        super().mousePressEvent(event)
        index = self.indexAt(event.position().toPoint())
        if index.isValid() and index.column() == 0 and event.button() == Qt.MouseButton.LeftButton:
            key = self.rows.row(index.row()).key
            self.tick([key], key not in self.on)

    def _box(self, key: str) -> Cell:
        return Cell(_("dipilih") if key in self.on else "")
