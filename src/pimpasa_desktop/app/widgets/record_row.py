"""A record in a short list: what it is called, under it the rest in one quiet line. It opens on a click or Enter."""

from math import ceil

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from pimpasa_desktop.app import drawing, theme
from pimpasa_desktop.app.fonts import Role, font
from pimpasa_desktop.app.widgets.button import Button

PADDING, SIGN = 12, 26


class RecordRow(Button):
    """`doubt` stands in gold instead of the quiet line. Delete says `removed`."""

    removed = Signal()

    def __init__(self, *, parent: QWidget | None = None) -> None:
        super().__init__("", parent=parent)
        self._beside = self._doubt = ""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_record(self, title: str, beside: str, doubt: str = "") -> None:
        self._beside, self._doubt = beside, doubt
        self.say(title)
        self.setAccessibleDescription(doubt or beside)

    def beside(self) -> str:
        return self._doubt or self._beside

    def sizeHint(self) -> QSize:  # noqa: N802
        wide = max(drawing.width(self.words(), font(Role.LABEL)), drawing.width(self.beside(), font(Role.SECOND)))
        return QSize(ceil(wide) + 2 * PADDING + SIGN, theme.ROW if not self.beside() else 56)

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        return QSize(160, self.sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        super().resizeEvent(event)
        cut = self.width() < self.sizeHint().width()
        self.setToolTip("\n".join(filter(None, (self.words(), self.beside()))) if cut else "")

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.removed.emit()
        else:
            super().keyPressEvent(event)

    def ground(self, painter: QPainter, rect: QRectF) -> None:
        palette = theme.now()
        if self._doubt:
            drawing.box(painter, rect, theme.RADIUS, palette.gold_tint)
        elif self.warm():
            drawing.box(painter, rect, theme.RADIUS, palette.hover)
        if self.hasFocus():
            drawing.ring(painter, rect, theme.RADIUS)

    def _content(self, painter: QPainter, colour: QColor) -> None:
        palette, two = theme.now(), bool(self.beside())
        room = self.width() - 2 * PADDING - SIGN
        first = QRectF(PADDING, 8 if two else 0, room, 20 if two else self.height())
        drawing.words(painter, first, self.words(), font(Role.LABEL), colour)
        ink = palette.gold if self._doubt else palette.text2
        drawing.words(painter, QRectF(PADDING, 29, room, 18), self.beside(), font(Role.SECOND, figures=True), ink)
        drawing.icon(painter, "pencil-simple", 16, palette.text3, self.width() - PADDING - 16, self.height() / 2)
