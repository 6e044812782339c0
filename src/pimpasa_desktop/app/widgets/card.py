"""A border and a surface around things that belong together. Inside it only lines, never another card."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from pimpasa_desktop.app import drawing, theme
from pimpasa_desktop.app.fonts import Role
from pimpasa_desktop.app.widgets.button import LinkButton
from pimpasa_desktop.app.widgets.words import Words

PADDING = 20


class Card(QWidget):
    """`add` puts something under what is there; `beside` stands at the right of the title."""

    def __init__(self, title: str = "", *, beside: QWidget | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(title)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        if title or beside:
            head = QHBoxLayout()
            flush = theme.LINK_PAD if isinstance(beside, LinkButton) else 0
            head.setContentsMargins(PADDING, 16, PADDING - flush, 0)
            head.setSpacing(12)
            head.addWidget(Words(title, Role.SECTION), 1)
            if beside:
                head.addWidget(beside, 0, Qt.AlignmentFlag.AlignVCenter)
            whole.addLayout(head)
        self._column = QVBoxLayout()
        self._column.setContentsMargins(PADDING, 12 if title or beside else 16, PADDING, 16)
        self._column.setSpacing(12)
        whole.addLayout(self._column, 1)

    def add(self, widget: QWidget, stretch: int = 0) -> None:
        self._column.addWidget(widget, stretch)

    def replace(self, before: QWidget, after: QWidget) -> None:
        """Put something in the place of what is there, which ends."""
        self._column.replaceWidget(before, after)
        before.hide()
        before.deleteLater()
        after.show()

    def fill(self) -> None:
        """Leave the rest of the card empty."""
        self._column.addStretch(1)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        palette = theme.now()
        drawing.box(QPainter(self), QRectF(self.rect()), theme.RADIUS, palette.surface, palette.line)
