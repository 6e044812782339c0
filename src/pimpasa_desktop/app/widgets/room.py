"""The room for pages: where the window has less than a page needs, the page keeps its least size and is scrolled.

So in a magnified window nothing is squeezed over its neighbour. It knows pages by their layouts alone.
"""

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QScrollArea, QStackedWidget


class Room(QScrollArea):
    """It gives the pages their size; the one in sight counts, not the largest."""

    def __init__(self, pages: QStackedWidget) -> None:
        super().__init__()
        self._pages = pages
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidget(pages)
        pages.installEventFilter(self)
        pages.currentChanged.connect(self._begin)

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        return QSize(0, 0)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        super().resizeEvent(event)
        self._fit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        if event.type() == QEvent.Type.LayoutRequest:
            self._fit()
        return super().eventFilter(watched, event)

    def _begin(self) -> None:
        """Another page is read from its top."""
        self._fit()
        self.verticalScrollBar().setValue(0)
        self.horizontalScrollBar().setValue(0)

    def _fit(self) -> None:
        """As large as the room, or as the page must be; a bar that is then needed takes its part of the other side."""
        room = self.maximumViewportSize()
        bar = self.verticalScrollBar().sizeHint().width()
        if self._least(room.width()).height() > room.height():
            room.setWidth(room.width() - bar)
        least = self._least(room.width())
        if least.width() > room.width():
            room.setHeight(room.height() - bar)
        self._pages.resize(room.expandedTo(least))

    def _least(self, width: int) -> QSize:
        page = self._pages.currentWidget()
        if page is None or (layout := page.layout()) is None:
            return QSize(0, 0)
        least = layout.totalMinimumSize()
        if layout.hasHeightForWidth():
            least.setHeight(layout.totalMinimumHeightForWidth(max(width, least.width())))
        return least.expandedTo(page.minimumSize())
