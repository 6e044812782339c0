"""A thin line between things inside a card."""

from PySide6.QtCore import QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from pimpasa_desktop.app import drawing, theme


class Rule(QWidget):
    def __init__(self, *, upright: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._upright = upright
        policy = QSizePolicy.Policy
        across, along = (policy.Fixed, policy.Expanding) if upright else (policy.Expanding, policy.Fixed)
        self.setSizePolicy(across, along)

    def sizeHint(self) -> QSize:  # noqa: N802
        return QSize(1, 20) if self._upright else QSize(20, 1)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        drawing.fill(QPainter(self), self.rect(), theme.now().line)
