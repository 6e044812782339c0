"""An icon that stands by itself in a layout. It says its name, or is marked as decoration by an empty one."""

from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QWidget

from pimpasa_desktop.app import drawing, theme
from pimpasa_desktop.app.theme import Tone


class Sign(QLabel):
    def __init__(
        self, icon: str, name: str, *, size: int = 20, tone: Tone = "text2", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._size = size
        self.setFixedSize(size, size)
        self.show_icon(icon, name, tone)

    def show_icon(self, icon: str, name: str, tone: Tone) -> None:
        self._icon, self._tone = icon, tone
        self.setAccessibleName(name)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        painter = QPainter(self)
        drawing.icon(painter, self._icon, self._size, theme.now().tone(self._tone), 0, self.height() / 2)
