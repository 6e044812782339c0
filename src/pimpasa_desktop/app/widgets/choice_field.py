"""A field that offers a list to choose from."""

from PySide6.QtCore import QEvent, QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QComboBox, QListView, QSizePolicy, QWidget

from pimpasa_desktop.app import drawing, theme
from pimpasa_desktop.app.fonts import Role, font


class ChoiceField(QComboBox):
    """`choices` are (value, words); `placeholder` stands there while nothing is chosen."""

    def __init__(
        self,
        name: str,
        choices: list[tuple[str, str]],
        *,
        placeholder: str = "",
        letters: int = 0,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setView(QListView())  # the plain list obeys the stylesheet on every system
        self.setAccessibleName(name)
        self.setPlaceholderText(placeholder)
        self.setFont(font(Role.BODY))
        self.setMaxVisibleItems(12)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(letters or 8)
        for value, words in choices:
            self.addItem(words, value)
        self.setCurrentIndex(-1 if placeholder else 0)
        if letters:
            self.setFixedWidth(letters * 8 + 48)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def chosen(self) -> str:
        """The value that is chosen, or ""."""
        value = self.currentData()
        return value if isinstance(value, str) else ""

    def sizeHint(self) -> QSize:  # noqa: N802
        return QSize(super().sizeHint().width(), theme.CONTROL)

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        return QSize(96, theme.CONTROL)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip:
            self.setToolTip(self.currentText() if drawing.width(self.currentText(), self.font()) > self._room() else "")
        return super().event(event)

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802
        event.ignore()  # scrolling a page must not change what somebody chose

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        painter, palette = QPainter(self), theme.now()
        rect = QRectF(self.rect())
        if not self.isEnabled():
            drawing.box(painter, rect, theme.RADIUS, palette.sunken)
        else:
            drawing.box(painter, rect, theme.RADIUS, palette.surface, palette.edge)
            if self.property("state") == "error":
                drawing.box(painter, rect, theme.RADIUS, border=palette.red, width=theme.RING)
            elif self.hasFocus():
                drawing.ring(painter, rect, theme.RADIUS)
        chosen = self.currentIndex() >= 0
        text = self.currentText() if chosen else self.placeholderText()
        ink = palette.text if chosen and self.isEnabled() else palette.text3
        room = QRectF(13, 0, self._room(), self.height())
        drawing.words(painter, room, text, self.font(), ink)
        caret = palette.text2 if self.isEnabled() else palette.text3
        drawing.icon(painter, "caret-down", 16, caret, self.width() - 29, self.height() / 2)

    def _room(self) -> int:
        return self.width() - 13 - 36
