"""A field to search a list: a glass on the left, a cross that empties it. Esc empties it first."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from pimpasa_desktop.app.widgets.button import IconButton
from pimpasa_desktop.app.widgets.text_field import TextField
from pimpasa_desktop.i18n import _


class SearchField(TextField):
    """`asked` carries the text after each change. Arrow down and Enter say `left_down`: go on in the list."""

    asked = Signal(str)
    left_down = Signal()

    def __init__(self, name: str, placeholder: str, *, parent: QWidget | None = None) -> None:
        super().__init__(name, placeholder=placeholder, room="search", icon="magnifying-glass", parent=parent)
        self.setMaximumWidth(360)
        self.setMinimumWidth(200)
        self._clear = IconButton("x", _("Kosongkan pencarian"), parent=self)
        self._clear.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # Esc does the same without a stop of its own
        self._clear.setFixedSize(28, 28)
        self._clear.hide()
        self._clear.clicked.connect(self.clear)
        self.textChanged.connect(self._changed)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        super().resizeEvent(event)
        self._clear.move(self.width() - 32, (self.height() - 28) // 2)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        key = event.key()
        if key == Qt.Key.Key_Escape and self.text():
            self.clear()
        elif key in (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.left_down.emit()
        else:
            super().keyPressEvent(event)

    def _changed(self, text: str) -> None:
        self._clear.setVisible(bool(text))
        self.asked.emit(text)
