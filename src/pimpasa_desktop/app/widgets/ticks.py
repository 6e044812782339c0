"""A box to tick and a choice to dot, painted from the palette."""

from math import ceil

from PySide6.QtCore import QPoint, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QCheckBox, QRadioButton, QSizePolicy, QWidget

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

    def sizeHint(self) -> QSize:  # noqa: N802
        return _size(self._words, self)

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        return QSize(min(self.sizeHint().width(), 360), HEIGHT)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        super().resizeEvent(event)
        self.setToolTip(self._words if self.width() < self.sizeHint().width() else "")

    def hitButton(self, at: QPoint) -> bool:  # noqa: N802
        return self.rect().contains(at)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        painter = QPainter(self)
        on = self.checkState() != Qt.CheckState.Unchecked
        inner = _ground(self, painter, 4, on)
        ink = theme.now().on_blue if self.isEnabled() else theme.now().text3
        if self.checkState() == Qt.CheckState.PartiallyChecked:
            drawing.fill(painter, QRectF(inner.left() + 4, inner.center().y() - 1, inner.width() - 8, 2), ink)
        elif on:
            size = 14 if inner.width() == BOX else 12
            drawing.icon(painter, "check-bold", size, ink, inner.center().x() - size / 2, inner.center().y())
        _words(self, painter, self._words)


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

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        super().resizeEvent(event)
        self.setToolTip(self._words if self.width() < self.sizeHint().width() else "")

    def hitButton(self, at: QPoint) -> bool:  # noqa: N802
        return self.rect().contains(at)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        painter = QPainter(self)
        inner = _ground(self, painter, BOX / 2, self.isChecked())
        if self.isChecked():
            dot = theme.now().on_blue if self.isEnabled() else theme.now().text3
            small = inner.width() / 2 - 4
            drawing.box(painter, inner.adjusted(small, small, -small, -small), 4, dot)
        _words(self, painter, self._words)


def _size(words: str, widget: QWidget) -> QSize:
    return QSize(BOX + GAP + ceil(drawing.width(words, widget.font())) + 1, HEIGHT)


def _ground(button: QAbstractButton, painter: QPainter, radius: float, on: bool) -> QRectF:
    """Paint the box, with the ring of the focus inside its outer size; returns what the ring leaves."""
    palette = theme.now()
    rect = QRectF(0, (button.height() - BOX) / 2, BOX, BOX)
    if not button.isEnabled():
        drawing.box(painter, rect, radius, palette.sunken)
        return rect
    empty = palette.hover if button.underMouse() else palette.surface
    if button.hasFocus():
        drawing.box(painter, rect, radius, empty)
        drawing.ring(painter, rect, radius)
        rect = rect.adjusted(3, 3, -3, -3) if on else rect
    if on:
        drawing.box(painter, rect, max(radius - 2, 2) if button.hasFocus() else radius, palette.blue)
    elif not button.hasFocus():
        drawing.box(painter, rect, radius, empty, palette.edge)
    return rect


def _words(button: QAbstractButton, painter: QPainter, words: str) -> None:
    room = QRectF(BOX + GAP, 0, button.width() - BOX - GAP, button.height())
    ink = theme.now().text if button.isEnabled() else theme.now().text3
    drawing.words(painter, room, words, button.font(), ink)
