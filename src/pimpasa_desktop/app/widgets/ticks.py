"""A box to tick and a choice to dot, painted from the palette."""

from PySide6.QtCore import QPoint, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QCheckBox, QRadioButton, QSizePolicy, QWidget

from pimpasa_desktop.app import drawing, theme
from pimpasa_desktop.app.fonts import Role, font

BOX, GAP, HEIGHT = 20, 10, 32


class CheckBox(QCheckBox):
    def __init__(self, words: str, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self.setAccessibleName(words)
        self.setFont(font(Role.BODY))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setToolTip("")

    def sizeHint(self) -> QSize:  # noqa: N802
        return _size(self._words, self)

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        return QSize(min(self.sizeHint().width(), 360), HEIGHT)

    def hitButton(self, at: QPoint) -> bool:  # noqa: N802
        return self.rect().contains(at)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        painter, palette = QPainter(self), theme.now()
        rect = QRectF(4, (self.height() - BOX) / 2, BOX, BOX)
        on = self.checkState() != Qt.CheckState.Unchecked
        if not self.isEnabled():
            drawing.box(painter, rect, 4, palette.sunken)
        elif on:
            drawing.box(painter, rect, 4, palette.blue)
        else:
            drawing.box(painter, rect, 4, palette.hover if self.underMouse() else palette.surface, palette.edge)
        if on:
            half = self.checkState() == Qt.CheckState.PartiallyChecked
            ink = palette.on_blue if self.isEnabled() else palette.text3
            if half:
                painter.fillRect(rect.adjusted(5, 9, -5, -9), ink)
            else:
                drawing.icon(painter, "check-bold", 14, ink, rect.left() + 3, rect.center().y())
        _words_and_focus(self, painter, rect, self._words, 6)


class RadioButton(QRadioButton):
    def __init__(self, words: str, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self.setAccessibleName(words)
        self.setFont(font(Role.BODY))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:  # noqa: N802
        return _size(self._words, self)

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        return QSize(min(self.sizeHint().width(), 360), HEIGHT)

    def hitButton(self, at: QPoint) -> bool:  # noqa: N802
        return self.rect().contains(at)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        painter, palette = QPainter(self), theme.now()
        rect = QRectF(4, (self.height() - BOX) / 2, BOX, BOX)
        if not self.isEnabled():
            drawing.box(painter, rect, BOX / 2, palette.sunken)
        elif self.isChecked():
            drawing.box(painter, rect, BOX / 2, palette.blue)
        else:
            drawing.box(painter, rect, BOX / 2, palette.hover if self.underMouse() else palette.surface, palette.edge)
        if self.isChecked():
            dot = palette.on_blue if self.isEnabled() else palette.text3
            drawing.box(painter, rect.adjusted(6, 6, -6, -6), 4, dot)
        _words_and_focus(self, painter, rect, self._words, BOX)


def _size(words: str, widget: QWidget) -> QSize:
    return QSize(4 + BOX + GAP + int(drawing.width(words, widget.font())) + 4, HEIGHT)


def _words_and_focus(widget: QWidget, painter: QPainter, rect: QRectF, words: str, radius: float) -> None:
    palette = theme.now()
    left = rect.right() + GAP
    room = QRectF(left, 0, widget.width() - left, widget.height())
    ink = palette.text if widget.isEnabled() else palette.text3
    widget.setToolTip("" if drawing.words(painter, room, words, widget.font(), ink) else words)
    if widget.hasFocus():
        drawing.ring(painter, rect.adjusted(-4, -4, 4, 4), radius + 2)
