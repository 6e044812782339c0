"""Buttons: filled for the one thing a screen is for, outlined for the others, a word alone for a way elsewhere.

A button grows with its words. Where a layout leaves it too little room, the words end in an ellipsis and the whole
of them stands in the tooltip; a screen reader always hears all of it.

A double click, or a key that is held down, presses it once: the second press would answer what only the first one
asked, or hit what it has put there.
"""

from abc import abstractmethod
from enum import Enum
from math import ceil

from msgspec import Struct
from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QEnterEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from pimpasa_desktop.app import drawing, theme
from pimpasa_desktop.app.fonts import Role, font
from pimpasa_desktop.app.widgets import key_cap

# Wider than this a button may be squeezed to fit a narrow window.
WIDE = 360


class Measure(Struct, frozen=True):
    height: int
    padding: int
    icon: int
    gap: int
    role: Role


class Size(Enum):
    REGULAR = Measure(theme.CONTROL, 16, 18, 10, Role.LABEL)
    LARGE = Measure(theme.LARGE, 22, 22, 12, Role.LARGE)
    SMALL = Measure(theme.SMALL, 12, 16, 8, Role.SMALL)
    DETAIL = Measure(theme.DETAIL, 12, 16, 8, Role.SMALL)
    LINK = Measure(theme.SMALL, theme.LINK_PAD, 16, 8, Role.SMALL)
    SQUARE = Measure(theme.DETAIL, 7, 18, 0, Role.SMALL)


class Button(QPushButton):
    """What all buttons share; use one of the classes below."""

    def __init__(
        self, words: str, icon: str = "", *, size: Size = Size.REGULAR, keys: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.measure: Measure = size.value
        self._icon, self._keys = icon, keys
        self._words = words
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setFont(font(self.measure.role))
        self.say(words)

    def say(self, words: str) -> None:
        """Show other words."""
        self._words = words
        self.setAccessibleName(words)
        self.updateGeometry()
        self.update()

    def words(self) -> str:
        return self._words

    def sizeHint(self) -> QSize:  # noqa: N802
        measure = self.measure
        wide = 2 * measure.padding + self._content_width()
        return QSize(ceil(wide), measure.height)

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        return QSize(min(self.sizeHint().width(), WIDE), self.measure.height)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.isAutoRepeat():
            self.click()  # Qt itself knows only the space bar outside of dialogs
        else:
            super().keyPressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        event.accept()  # else whatever it stands on would take it for its own

    def enterEvent(self, event: QEnterEvent) -> None:  # noqa: N802
        super().enterEvent(event)
        self.update()

    def leaveEvent(self, event: QEvent) -> None:  # noqa: N802
        super().leaveEvent(event)
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        super().resizeEvent(event)
        self.setToolTip(self._words if self.width() < self.sizeHint().width() else "")

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        painter = QPainter(self)
        self.ground(painter, QRectF(self.rect()))
        self._content(painter, self.ink())

    @abstractmethod
    def ground(self, painter: QPainter, rect: QRectF) -> None:
        """Paint what lies under the words."""

    def ink(self) -> QColor:
        """The colour of icon and words."""
        return theme.now().text if self.isEnabled() else theme.now().text3

    def warm(self) -> bool:
        """Under the pointer, or pressed."""
        return self.isEnabled() and (self.underMouse() or self.isDown())

    def _content_width(self) -> float:
        wide = drawing.width(self._words, self.font()) + 1
        if self._icon:
            wide += self.measure.icon + (self.measure.gap if self._words else -1)
        if self._keys:
            wide += self.measure.gap + key_cap.width(self._keys)
        return wide

    def _content(self, painter: QPainter, colour: QColor) -> None:
        measure, middle = self.measure, self.height() / 2
        room = self.width() - 2 * measure.padding
        left = measure.padding + max(room - self._content_width(), 0) / 2
        right = self.width() - left
        if self._icon:
            drawing.icon(painter, self._icon, measure.icon, colour, left, middle)
            left += measure.icon + measure.gap
        if self._keys:
            right -= key_cap.width(self._keys)
            key_cap.paint(painter, self._keys, right, middle)
            right -= measure.gap
        if self._words:
            room_for_words = QRectF(left, 0, right - left, self.height())
            drawing.words(painter, room_for_words, self._words, self.font(), colour)


class PrimaryButton(Button):
    """Filled; at most one on a screen."""

    def ink(self) -> QColor:
        return theme.now().on_blue if self.isEnabled() else theme.now().text3

    def ground(self, painter: QPainter, rect: QRectF) -> None:
        palette = theme.now()
        fill = palette.sunken if not self.isEnabled() else palette.blue_hover if self.warm() else palette.blue
        if self.hasFocus():
            drawing.box(painter, rect, theme.RADIUS + 2, palette.surface)
            drawing.ring(painter, rect, theme.RADIUS + 2)
            rect = rect.adjusted(4, 4, -4, -4)
        drawing.box(painter, rect, theme.RADIUS - (2 if self.hasFocus() else 0), fill)


class OutlinedButton(Button):
    def ground(self, painter: QPainter, rect: QRectF) -> None:
        palette = theme.now()
        if not self.isEnabled():
            drawing.box(painter, rect, theme.RADIUS, palette.sunken)
            return
        if self.hasFocus():
            drawing.box(painter, rect, theme.RADIUS + 2, palette.surface)
            drawing.ring(painter, rect, theme.RADIUS + 2)
            inner = rect.adjusted(4, 4, -4, -4)
            drawing.box(painter, inner, theme.RADIUS - 2, palette.hover if self.warm() else drawing.NONE, palette.edge)
            return
        drawing.box(painter, rect, theme.RADIUS, palette.hover if self.warm() else palette.surface, palette.edge)


class LinkButton(Button):
    """A word that leads somewhere, or acts on the line it stands in."""

    def __init__(self, words: str, icon: str = "", *, keys: str = "", parent: QWidget | None = None) -> None:
        super().__init__(words, icon, size=Size.LINK, keys=keys, parent=parent)

    def ink(self) -> QColor:
        return theme.now().link if self.isEnabled() else theme.now().text3

    def ground(self, painter: QPainter, rect: QRectF) -> None:
        if self.hasFocus():
            drawing.ring(painter, rect, 4)
        elif self.warm():
            under = QRectF(4, rect.height() / 2 + 9, rect.width() - 8, 1)
            drawing.fill(painter, under, theme.now().link)


class IconButton(Button):
    """An icon alone; `name` is what it does, for the tooltip and for those who do not see the icon."""

    def __init__(self, icon: str, name: str, *, outlined: bool = False, parent: QWidget | None = None) -> None:
        super().__init__("", icon, size=Size.SQUARE, parent=parent)
        self._outlined = outlined
        self._name = name
        self.setAccessibleName(name)
        self.setToolTip(name)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:  # noqa: N802
        return QSize(self.measure.height, self.measure.height)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        super().resizeEvent(event)
        self.setToolTip(self._name)

    def ink(self) -> QColor:
        return theme.now().text2 if self.isEnabled() else theme.now().text3

    def ground(self, painter: QPainter, rect: QRectF) -> None:
        palette = theme.now()
        fill = palette.hover if self.warm() else palette.surface if self._outlined else drawing.NONE
        drawing.box(painter, rect, theme.RADIUS, fill, palette.edge if self._outlined else drawing.NONE)
        if self.hasFocus():
            drawing.ring(painter, rect, theme.RADIUS)


class CaretButton(IconButton):
    """Leads to the page, or the month, before or after; the one button that is pressed fast on purpose."""

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        self.mousePressEvent(event)
