"""A state as icon and word on a tinted ground. The word carries the meaning; colour only repeats it."""

from enum import Enum
from math import ceil
from typing import NamedTuple

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from pimpasa_desktop.app import drawing, theme
from pimpasa_desktop.app.fonts import Role, font

HEIGHT, PADDING, ICON, GAP = 24, 8, 14, 6
WIDE = 240


class Kind(Enum):
    PLAIN = "plain"
    ACTIVE = "active"
    ATTENTION = "attention"
    DANGER = "danger"
    SENT = "sent"


class Colours(NamedTuple):
    ground: QColor
    ink: QColor


def colours(kind: Kind) -> Colours:
    palette = theme.now()
    return {
        Kind.PLAIN: Colours(palette.sunken, palette.text2),
        Kind.ACTIVE: Colours(palette.blue_tint, palette.link),
        Kind.ATTENTION: Colours(palette.gold_tint, palette.gold),
        Kind.DANGER: Colours(palette.red_tint, palette.red),
        Kind.SENT: Colours(palette.green_tint, palette.green),
    }[kind]


def width(word: str, icon: str) -> int:
    return ceil(drawing.width(word, font(Role.COLUMN))) + 1 + 2 * PADDING + (ICON + GAP if icon else 0)


def paint(painter: QPainter, rect: QRectF, word: str, icon: str, kind: Kind, on_chosen_row: bool = False) -> bool:
    """Paint a tag into `rect`; returns whether the whole word fitted."""
    ground, ink = colours(kind)
    drawing.box(painter, rect, 4, theme.now().surface if on_chosen_row else ground)
    left = rect.left() + PADDING
    if icon:
        drawing.icon(painter, icon, ICON, ink, left, rect.center().y())
        left += ICON + GAP
    inner = QRectF(left, rect.top(), rect.right() - PADDING - left + 1, rect.height())
    return drawing.words(painter, inner, word, font(Role.COLUMN), ink)


class Tag(QLabel):
    """It grows with its word; squeezed narrower, it ends in an ellipsis and tells all in the tooltip."""

    def __init__(self, word: str, icon: str = "", kind: Kind = Kind.PLAIN, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.say(word, icon, kind)

    def say(self, word: str, icon: str = "", kind: Kind = Kind.PLAIN) -> None:
        self._icon, self._kind = icon, kind
        self.setText(word)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802
        return QSize(width(self.text(), self._icon), HEIGHT)

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        return QSize(min(self.sizeHint().width(), WIDE), HEIGHT)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        super().resizeEvent(event)
        self.setToolTip(self.text() if self.width() < self.sizeHint().width() else "")

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        paint(QPainter(self), QRectF(self.rect()), self.text(), self._icon, self._kind)
