"""Two values beside each other: what differs is marked under its letters, so that the eye need not search."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from pimpasa_desktop.app import drawing, theme
from pimpasa_desktop.app.fonts import Role, font, line

Spans = list[tuple[int, int]]
TAIL_LEAST = 3  # fewer equal letters at the end are chance


def differences(one: str, other: str) -> tuple[Spans, Spans]:
    """The (from, to) of what differs in each, whole stretches rather than single letters."""
    start = _alike(one, other)
    end = _alike(one[start:][::-1], other[start:][::-1])
    end = end if end >= TAIL_LEAST else 0
    return [(start, len(one) - end)], [(start, len(other) - end)]


def _alike(one: str, other: str) -> int:
    """How many letters both begin with."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((at for at, (a, b) in pairs if a != b), min(len(one), len(other)))


class Differing(QLabel):
    """A short value in large letters, `spans` of it on gold with a line under them."""

    def __init__(self, words: str, spans: Spans, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._spans = [(start, end) for start, end in spans if end > start]
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setText(drawing.one_line(words))
        self.setFont(font(Role.TITLE))
        self.setToolTip(words)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:  # noqa: N802
        return QSize(int(drawing.width(self.text(), self.font())) + 2, line(Role.TITLE) + 4)

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        return QSize(min(self.sizeHint().width(), 120), line(Role.TITLE) + 4)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        painter, palette = QPainter(self), theme.now()
        metrics = QFontMetricsF(self.font())
        for start, end in self._spans:
            left = metrics.horizontalAdvance(self.text()[:start])
            wide = metrics.horizontalAdvance(self.text()[:end]) - left
            drawing.fill(painter, QRectF(left, 2, wide, self.height() - 4), palette.gold_tint)
            drawing.fill(painter, QRectF(left, self.height() - 4, wide, 2), palette.gold_fill)
        drawing.words(painter, QRectF(self.rect()).adjusted(0, 0, 0, -2), self.text(), self.font(), palette.text)
