"""A filter that is on, as a word that one can click away."""

from math import ceil

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter
from PySide6.QtWidgets import QWidget

from pimpasa_desktop.app import drawing, theme
from pimpasa_desktop.app.fonts import Role, font
from pimpasa_desktop.app.widgets.button import Button, Size
from pimpasa_desktop.i18n import _

CROSS = 14


class FilterWord(Button):
    """A click, Enter, the space bar, Delete or Backspace takes the filter away."""

    removed = Signal()

    def __init__(self, word: str, *, parent: QWidget | None = None) -> None:
        super().__init__(word, size=Size.SMALL, parent=parent)
        self.setFont(font(Role.COLUMN))
        self.setAccessibleDescription(_("Saringan. Tekan untuk menghapusnya."))
        self.clicked.connect(self.removed)

    def sizeHint(self) -> QSize:  # noqa: N802
        return QSize(ceil(drawing.width(self.words(), self.font())) + 1 + 12 + 8 + CROSS + 8, theme.SMALL)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.click()
        else:
            super().keyPressEvent(event)

    def ground(self, painter: QPainter, rect: QRectF) -> None:
        palette = theme.now()
        border = palette.blue_tint_line if self.warm() else drawing.NONE
        drawing.box(painter, rect, rect.height() / 2, palette.blue_tint, border)
        if self.hasFocus():
            drawing.ring(painter, rect, rect.height() / 2)

    def _content(self, painter: QPainter, colour: QColor) -> None:
        link, middle = theme.now().link, self.height() / 2
        cross = self.width() - 8 - CROSS
        drawing.words(painter, QRectF(12, 0, cross - 8 - 12 + 1, self.height()), self.words(), self.font(), link)
        drawing.icon(painter, "x", CROSS, link, cross, middle)
