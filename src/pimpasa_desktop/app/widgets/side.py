"""A panel at the right edge of a screen: a ground of its own, and a line towards the work."""

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from pimpasa_desktop.app import drawing, theme


class Side(QWidget):
    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        painter, palette = QPainter(self), theme.now()
        drawing.fill(painter, self.rect(), palette.surface)
        drawing.fill(painter, QRectF(0, 0, 1, self.height()), palette.line)
