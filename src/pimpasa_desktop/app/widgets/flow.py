"""Things side by side that go on in the next line where the window is too narrow: filter words, tags, buttons."""

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget


class Flow(QLayout):
    """Things of one line stand on its middle; `gap` is the room between them, in both directions."""

    def __init__(self, parent: QWidget | None = None, *, gap: int = 8) -> None:
        super().__init__(parent)
        self._gap = gap
        self._items: list[QLayoutItem] = []
        self.setContentsMargins(0, 0, 0, 0)

    def addItem(self, item: QLayoutItem) -> None:  # noqa: N802
        self._items.append(item)

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:  # noqa: N802
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:  # noqa: N802
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:  # noqa: N802
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:  # noqa: N802
        return True

    def heightForWidth(self, width: int) -> int:  # noqa: N802
        return self._place(QRect(0, 0, width, 0), only_measure=True)

    def sizeHint(self) -> QSize:  # noqa: N802
        hints = [item.sizeHint() for item in self._shown()]
        wide = sum(hint.width() for hint in hints) + self._gap * max(len(hints) - 1, 0)
        return QSize(wide, max((hint.height() for hint in hints), default=0))

    def minimumSize(self) -> QSize:  # noqa: N802
        least = QSize()
        for item in self._shown():
            least = least.expandedTo(item.minimumSize())
        return least

    def setGeometry(self, rect: QRect) -> None:  # noqa: N802
        super().setGeometry(rect)
        over = rect.height() - self.heightForWidth(rect.width())
        self._place(rect.adjusted(0, max(over, 0) // 2, 0, 0))

    def _shown(self) -> list[QLayoutItem]:
        return [item for item in self._items if not item.isEmpty()]

    def _place(self, rect: QRect, only_measure: bool = False) -> int:
        """Lay out from left to right; returns the height that this takes."""
        top, at, tallest = rect.top(), rect.left(), 0
        line: list[tuple[QLayoutItem, int, int]] = []
        for item in self._shown():
            wide = min(item.sizeHint().width(), rect.width())
            if line and at + wide > rect.left() + rect.width():
                self._set(line, top, tallest, only_measure)
                top, at, tallest, line = top + tallest + self._gap, rect.left(), 0, []
            line.append((item, at, wide))
            at += wide + self._gap
            tallest = max(tallest, _height(item, wide))
        self._set(line, top, tallest, only_measure)
        return top + tallest - rect.top()

    def _set(self, line: list[tuple[QLayoutItem, int, int]], top: int, tallest: int, only_measure: bool) -> None:
        for item, left, wide in [] if only_measure else line:
            high = _height(item, wide)
            item.setGeometry(QRect(QPoint(left, top + (tallest - high) // 2), QSize(wide, high)))


def _height(item: QLayoutItem, width: int) -> int:
    return item.heightForWidth(width) if item.hasHeightForWidth() else item.sizeHint().height()
