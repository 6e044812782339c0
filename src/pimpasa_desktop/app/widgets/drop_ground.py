"""A part of a page on which files may be dropped; it shows that it takes them while they are held over it."""

from pathlib import Path

from PySide6.QtCore import QRectF, Signal
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from pimpasa_desktop.app import drawing, theme


class DropGround(QWidget):
    """`dropped` carries the paths of files and folders. `takes`: whether any may be dropped now."""

    dropped = Signal(list)

    def __init__(self) -> None:
        super().__init__()
        self.setAcceptDrops(True)
        self.takes = True
        self._over = False

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802
        if self.takes and any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()
            self._hover(True)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:  # noqa: N802
        self._hover(False)

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802
        self._hover(False)
        event.acceptProposedAction()
        if self.takes:
            self.dropped.emit([Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()])

    def _hover(self, over: bool) -> None:
        self._over = over
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        if self._over:
            palette = theme.now()
            drawing.box(QPainter(self), QRectF(self.rect()), theme.RADIUS, palette.blue_tint, palette.link, 2)
