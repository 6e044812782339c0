"""A key as it is printed on the keyboard: Enter, F11, Ctrl N."""

from math import ceil

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from pimpasa_desktop.app import drawing, theme
from pimpasa_desktop.app.fonts import Role, font

HEIGHT, PADDING = 20, 6


def width(keys: str) -> int:
    return max(ceil(drawing.width(keys, font(Role.CAPTION))) + 2 * PADDING + 1, HEIGHT)


def paint(painter: QPainter, keys: str, left: float, middle: float) -> None:
    palette = theme.now()
    rect = QRectF(round(left), round(middle - HEIGHT / 2), width(keys), HEIGHT)
    drawing.box(painter, rect, 4, palette.surface, palette.line)
    drawing.words(painter, rect, keys, font(Role.CAPTION), palette.text2, Qt.AlignmentFlag.AlignCenter)


class KeyCap(QWidget):
    def __init__(self, keys: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._keys = keys
        self.setAccessibleName(keys)
        self.setFixedSize(width(keys), HEIGHT)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        paint(QPainter(self), self._keys, 0, HEIGHT / 2)
