"""The rows of a table as values: what stands in each cell, and a model that hands them to Qt.

A row is known by its key. Rows may be any sequence, also one that reads its rows only when they are looked at.
"""

from collections.abc import Sequence
from enum import Enum
from typing import Any

from msgspec import Struct
from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from pimpasa_desktop.app.theme import Tone
from pimpasa_desktop.app.widgets.tag import Kind

Index = QModelIndex | QPersistentModelIndex
CELL = Qt.ItemDataRole.UserRole
DOUBT = Qt.ItemDataRole.UserRole + 1


class Show(Enum):
    """How the cells of a column are set."""

    WORDS = "words"
    KEY = "key"
    QUIET = "quiet"
    NUMBER = "number"
    TAG = "tag"
    SIGNED = "signed"
    TICK = "tick"  # a box, ticked where there are words


class Column(Struct, frozen=True):
    """`width` in px at 100 %, 0 = it takes what is left; `sorts` = a click on its head asks for that order; `least` =
    what it may shrink to where the window is narrow, 0 = it does not."""

    title: str
    show: Show = Show.WORDS
    width: int = 0
    sorts: bool = False
    least: int = 0


class Cell(Struct, frozen=True):
    """`second` is the line under the words, in rows of two; `icon`, `tone` and `kind` dress tags and signs."""

    words: str = ""
    second: str = ""
    icon: str = ""
    tone: Tone = "text2"
    kind: Kind = Kind.PLAIN


class Row(Struct, frozen=True):
    """`doubt` lays the whole row on gold: something in it waits for a person."""

    key: str
    cells: tuple[Cell, ...]
    doubt: bool = False


class Rows(QAbstractTableModel):
    def __init__(self, columns: Sequence[Column]) -> None:
        super().__init__()
        self.columns = tuple(columns)
        self._rows: Sequence[Row] = ()

    def show(self, rows: Sequence[Row]) -> None:
        self.beginResetModel()
        self._rows = rows
        self.endResetModel()

    def insert(self, at: int, row: Row) -> None:
        """One more row, without touching what is on the screen."""
        self.beginInsertRows(QModelIndex(), at, at)
        self._own().insert(at, row)
        self.endInsertRows()

    def change(self, at: int, row: Row) -> None:
        self._own()[at] = row
        self.dataChanged.emit(self.index(at, 0), self.index(at, len(self.columns) - 1))

    def remove(self, at: int) -> None:
        self.beginRemoveRows(QModelIndex(), at, at)
        del self._own()[at]
        self.endRemoveRows()

    def row(self, at: int) -> Row:
        return self._rows[at]

    def place(self, key: str) -> int:
        """Where the row of this key stands, or -1."""
        return next((at for at, row in enumerate(self._rows) if row.key == key), -1)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008, N802
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008, N802
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role not in (CELL, DOUBT, Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return None
        row = self._rows[index.row()]
        if role == DOUBT:
            return row.doubt
        cell = row.cells[index.column()]
        if role == CELL:
            return cell
        return f"{cell.words}, {cell.second}" if cell.second else cell.words

    def headerData(  # noqa: N802
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self.columns[section].title
        return None

    def _own(self) -> list[Row]:
        if not isinstance(self._rows, list):
            self._rows = list(self._rows)
        return self._rows
