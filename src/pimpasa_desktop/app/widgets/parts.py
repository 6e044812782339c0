"""The parts of a page on its left, each with its state as a sign and in words: kosong, sebagian, lengkap.

Keys as in the navigation: one stop for Tab, arrows along the parts, Enter or the space bar goes there.
"""

from dataclasses import dataclass
from enum import Enum

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from pimpasa_desktop.app import drawing, theme
from pimpasa_desktop.app.fonts import Role, font, line
from pimpasa_desktop.app.widgets.button import Button

WIDTH, HEIGHT = 232, 52


class State(Enum):
    """Its value is the icon."""

    EMPTY = "circle"
    PARTLY = "circle-half"
    COMPLETE = "check-circle-fill"
    ATTENTION = "warning-circle-fill"


@dataclass(frozen=True)
class Part:
    """`told` says the state in words ("47 orang, 1 nama mirip")."""

    key: str
    title: str
    told: str
    state: State


class Parts(QWidget):
    chosen = Signal(str)

    def __init__(self, name: str, parts: tuple[Part, ...], *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setFixedWidth(WIDTH)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 12, 12, 12)
        column.setSpacing(4)
        self._buttons = {part.key: _PartButton(part) for part in parts}
        for key, button in self._buttons.items():
            column.addWidget(button)
            button.clicked.connect(lambda _checked=False, key=key: self.choose(key))
            button.moved.connect(lambda step, key=key: self._step(key, step))
        column.addStretch(1)
        self.mark(parts[0].key)

    def choose(self, key: str) -> None:
        self.mark(key)
        self.chosen.emit(key)

    def mark(self, key: str) -> None:
        """Show where one is, without going there."""
        for other, button in self._buttons.items():
            button.setChecked(other == key)
            button.setFocusPolicy(Qt.FocusPolicy.StrongFocus if other == key else Qt.FocusPolicy.ClickFocus)

    def tell(self, part: Part) -> None:
        """Another state of the part of this key."""
        self._buttons[part.key].tell(part)

    def part(self, key: str) -> Button:
        return self._buttons[key]

    def _step(self, key: str, step: int) -> None:
        keys = list(self._buttons)
        self._buttons[keys[(keys.index(key) + step) % len(keys)]].setFocus(Qt.FocusReason.TabFocusReason)


class _PartButton(Button):
    moved = Signal(int)

    def __init__(self, part: Part) -> None:
        super().__init__(part.title)
        self.setCheckable(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.tell(part)

    def tell(self, part: Part) -> None:
        self._part = part
        self.setAccessibleDescription(part.told)
        self.say(part.title)

    def nextCheckState(self) -> None:  # noqa: N802
        """Only the list says what is chosen."""

    def sizeHint(self) -> QSize:  # noqa: N802
        return QSize(WIDTH - 24, HEIGHT)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
        else:
            self.moved.emit(step)

    def ink(self) -> QColor:
        return theme.now().link if self.isChecked() else theme.now().text

    def ground(self, painter: QPainter, rect: QRectF) -> None:
        palette = theme.now()
        if self.isChecked():
            drawing.box(painter, rect, theme.RADIUS, palette.blue_tint)
            drawing.fill(painter, QRectF(4 if self.hasFocus() else 0, 16, 3, rect.height() - 32), palette.link)
        elif self.warm():
            drawing.box(painter, rect, theme.RADIUS, palette.hover)
        if self.hasFocus():
            drawing.ring(painter, rect, theme.RADIUS)

    def _content(self, painter: QPainter, colour: QColor) -> None:
        palette, state = theme.now(), self._part.state
        signs = {State.EMPTY: palette.text3, State.ATTENTION: palette.gold}
        drawing.icon(painter, state.value, theme.ICON, signs.get(state, palette.link), 12, self.height() / 2)
        title, told = line(Role.BODY), line(Role.CAPTION)
        top, room = (self.height() - title - told) / 2, self.width() - 42 - 12
        face = font(Role.LABEL if self.isChecked() else Role.ENTRY)
        drawing.words(painter, QRectF(42, top, room, title), self._part.title, face, colour)
        under = QRectF(42, top + title, room, told)
        drawing.words(painter, under, self._part.told, font(Role.CAPTION, figures=True), palette.text2)
