"""A choice of two or three letters side by side (L / P): the letter itself chooses, pressing it again takes it back."""

from math import ceil

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from pimpasa_desktop.app import drawing, theme
from pimpasa_desktop.app.fonts import Role, font


class Segments(QWidget):
    """`choices` are (letter, what it means); `chosen` carries the letter, or "" when none is."""

    chosen = Signal(str)

    def __init__(
        self, name: str, choices: tuple[tuple[str, str], ...], *, height: int = 36, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._choices, self._height, self._name = choices, height, name
        self._letter = ""
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setToolTip(", ".join(f"{letter} {meaning}" for letter, meaning in choices))
        self._say()

    def letter(self) -> str:
        return self._letter

    def choose(self, letter: str) -> None:
        """Show this choice; "" is none. It tells nobody."""
        self._letter = letter
        self._say()
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802
        widest = max(drawing.width(letter, font(Role.LABEL)) for letter, _meaning in self._choices)
        return QSize(len(self._choices) * max(ceil(widest) + 24, 41), self._height)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        letters = [letter for letter, _meaning in self._choices]
        key, typed = event.key(), event.text().upper()
        if key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            step = 1 if key == Qt.Key.Key_Right else -1
            at = letters.index(self._letter) + step if self._letter else (0 if step == 1 else -1)
            self._press(letters[at % len(letters)], takes_back=False)
        elif key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self._press("", takes_back=False)
        elif typed and typed in letters:
            self._press(typed, takes_back=False)
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        part = self.width() / len(self._choices)
        at = min(int(event.position().x() / part), len(self._choices) - 1)
        self._press(self._choices[at][0], takes_back=True)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        painter, palette, rect = QPainter(self), theme.now(), QRectF(self.rect())
        drawing.box(painter, rect, theme.RADIUS, palette.surface, palette.edge)
        part = rect.width() / len(self._choices)
        for at, (letter, _meaning) in enumerate(self._choices):
            room = QRectF(at * part, 0, part, rect.height())
            on = letter == self._letter
            if on:
                drawing.box(painter, room.adjusted(3, 3, -3, -3), theme.RADIUS - 2, palette.blue)
            elif at and self._choices[at - 1][0] != self._letter:
                painter.setPen(QPen(palette.line, 1))
                painter.drawLine(QPointF(room.left(), 1), QPointF(room.left(), rect.height() - 1))
            ink = palette.on_blue if on else palette.text
            drawing.words(painter, room, letter, font(Role.LABEL), ink, Qt.AlignmentFlag.AlignCenter)
        if self.hasFocus():
            drawing.ring(painter, rect, theme.RADIUS)

    def _press(self, letter: str, takes_back: bool) -> None:
        before = self._letter
        self.choose("" if takes_back and letter == before else letter)
        if self._letter != before:
            self.chosen.emit(self._letter)

    def _say(self) -> None:
        meaning = dict(self._choices).get(self._letter, "")
        self.setAccessibleName(f"{self._name}: {meaning}" if meaning else self._name)
