"""A line of text to type into. It shows trouble by its border; the words for it stand under it (LabeledField)."""

from typing import Literal

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QSizePolicy, QWidget

from pimpasa_desktop.app import drawing, theme
from pimpasa_desktop.app.fonts import Role, font

Room = Literal["", "register", "unlock", "search"]
# The width tells the length expected; a letter is some 8 px wide.
LETTER, BESIDE = 8, 26


class TextField(QLineEdit):
    """`letters` is the length expected (0: as wide as the layout gives); `name` is for those who do not see."""

    def __init__(
        self,
        name: str,
        *,
        placeholder: str = "",
        letters: int = 0,
        room: Room = "",
        icon: str = "",
        figures: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._icon = icon
        self.setAccessibleName(name)
        self.setPlaceholderText(placeholder)
        self.setProperty("room", room)
        self.setFont(font(Role.NAME if room == "register" else Role.BODY, figures))
        if letters:
            self.setFixedWidth(letters * LETTER + BESIDE)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Enter that is held down is one: it must not decide twice, nor what comes next."""
        if not (event.isAutoRepeat() and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)):
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        super().paintEvent(event)
        if self._icon:
            drawing.icon(QPainter(self), self._icon, theme.ICON, theme.now().text2, 13, self.height() / 2)


class TextArea(QPlainTextEdit):
    """Several lines; Tab leaves it, as in every other field."""

    def __init__(self, name: str, *, lines: int = 4, placeholder: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setPlaceholderText(placeholder)
        self.setTabChangesFocus(True)
        self.setFont(font(Role.BODY))
        self.setFixedHeight(lines * 18 + 24)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
