"""A few lines of widgets under each other inside a card, with a thin rule between them; for more, use a Table."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from pimpasa_desktop.app import theme
from pimpasa_desktop.app.widgets.rule import Rule


class Listing(QWidget):
    """`add` takes the widgets of a line and how much of the room each asks for (0: what it needs)."""

    def __init__(self, *, ruled: bool = True, least: int = theme.ROW, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._ruled, self._least = ruled, least
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)

    def add(self, *cells: tuple[QWidget, int]) -> None:
        if self._ruled and self._column.count():
            self._column.addWidget(Rule())
        line = QWidget()
        line.setMinimumHeight(self._least)
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 2, 0, 2)
        row.setSpacing(12)
        for widget, stretch in cells:
            row.addWidget(widget, stretch, Qt.AlignmentFlag(0) if stretch else Qt.AlignmentFlag.AlignVCenter)
        self._column.addWidget(line)


def two_lines(first: QWidget, second: QWidget, *, around: int = 0) -> QWidget:
    """One cell of two lines; `around`: what is left free above and under them."""
    held = QWidget()
    column = QVBoxLayout(held)
    column.setContentsMargins(0, around, 0, around)
    column.setSpacing(0)
    column.addWidget(first)
    column.addWidget(second)
    return held
