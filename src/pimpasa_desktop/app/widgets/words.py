"""Text of any length: wraps between words, and inside one that is longer than the line; never cut.

QLabel wraps only between words, so one long word would push a window wider than the screen.
"""

from math import ceil, inf
from typing import NamedTuple

from PySide6.QtCore import QEvent, QPointF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent, QResizeEvent, QTextLayout, QTextOption
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from pimpasa_desktop.app import drawing, theme
from pimpasa_desktop.app.fonts import Role, font, line
from pimpasa_desktop.app.theme import Tone

# A column of text reads best up to some 75 letters; wider than this it is never asked for.
WIDEST = 560
WIDTHS_KEPT = 4  # a layout asks for the height at a few widths by turns, and a page is full of words
LINE_END = "\u2028"  # what QTextLayout takes for a line break


class _Whole(NamedTuple):
    """A text with no line broken but where it says so itself: it looks the same at each width beyond `least`. `longest`
    is the width of its longest word."""

    layout: QTextLayout
    natural: float
    least: float
    longest: float
    height: int


class Words(QLabel):
    """`strong` is the part of the text that stands out (its first occurrence), in full colour and weight 600."""

    def __init__(
        self,
        words: str = "",
        role: Role = Role.BODY,
        tone: Tone = "text",
        *,
        strong: str = "",
        wraps: bool = True,
        figures: bool = False,
        align: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._role, self._tone, self._strong, self._wraps = role, tone, strong, wraps
        self._laid: dict[int, tuple[QTextLayout, int]] = {}
        self._whole: _Whole | None = None
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setFont(font(role, figures))
        self.setAlignment(align | Qt.AlignmentFlag.AlignVCenter)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(wraps)
        self.setSizePolicy(policy)
        self.say(words, strong)

    def say(self, words: str, strong: str = "") -> None:
        """Show other words."""
        self._strong, self._laid, self._whole = strong, {}, None
        self.setText(words)
        self.updateGeometry()
        self.update()

    def colour(self, tone: Tone) -> None:
        self._tone, self._laid, self._whole = tone, {}, None
        self.update()

    def hasHeightForWidth(self) -> bool:  # noqa: N802
        return self._wraps

    def heightForWidth(self, width: int) -> int:  # noqa: N802
        return self._lines(width)[1] if self._wraps else line(self._role)

    def sizeHint(self) -> QSize:  # noqa: N802
        natural = ceil(self._unbroken().natural) + 1
        wide = min(natural, WIDEST) if self._wraps else natural
        return QSize(wide, self.heightForWidth(wide))

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        narrow = min(ceil(self._unbroken().longest) + 1, 120) if self._wraps else min(self.sizeHint().width(), 360)
        return QSize(narrow, line(self._role))

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        """The part that stands out has its colour from when the lines were laid."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._laid, self._whole = {}, None

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        super().resizeEvent(event)
        if not self._wraps:
            self.setToolTip(self.text() if self._unbroken().natural > self.width() + 1 else "")

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        painter = QPainter(self)
        palette = theme.now()
        if not self._wraps and self._unbroken().natural > self.width() + 1:
            drawing.words(painter, self.rect().toRectF(), self.text(), self.font(), palette.tone(self._tone))
            return
        painter.setPen(palette.tone(self._tone) if self.isEnabled() else palette.text3)
        layout, height = self._lines(self.width())
        layout.draw(painter, QPointF(0, max(self.height() - height, 0) // 2))

    def _unbroken(self) -> _Whole:
        if self._whole is None:
            layout = self._laid_out(10**6)
            boxes = [layout.lineAt(place).naturalTextRect() for place in range(layout.lineCount())]
            natural = max((box.width() for box in boxes), default=0.0)
            least = natural if all(box.x() == 0 for box in boxes) else inf  # else it begins at the right
            metrics = QFontMetricsF(self.font())
            longest = max(map(metrics.horizontalAdvance, self.text().split()), default=0.0)
            self._whole = _Whole(layout, natural, least, longest, max(len(boxes), 1) * line(self._role))
        return self._whole

    def _formats(self) -> list[QTextLayout.FormatRange]:
        at = self.text().find(self._strong) if self._strong else -1
        if at < 0:
            return []
        from PySide6.QtGui import QTextCharFormat  # see `_laid_out`

        part = QTextLayout.FormatRange()
        look = QTextCharFormat()
        look.setFontWeight(600)
        look.setForeground(theme.now().text if self._tone == "text2" else theme.now().tone(self._tone))
        part.start, part.length, part.format = at, len(self._strong), look
        return [part]

    def _lines(self, width: int) -> tuple[QTextLayout, int]:
        """The text in lines of that width, and their height."""
        whole = self._unbroken()
        if width > whole.least:
            return whole.layout, whole.height
        if width not in self._laid:
            if len(self._laid) == WIDTHS_KEPT:
                self._laid.clear()
            layout = self._laid_out(width)
            self._laid[width] = (layout, max(layout.lineCount(), 1) * line(self._role))
        return self._laid[width]

    def _laid_out(self, width: int) -> QTextLayout:
        option = QTextOption(self.alignment() & Qt.AlignmentFlag.AlignHorizontal_Mask)
        wrap = QTextOption.WrapMode
        option.setWrapMode(wrap.WrapAtWordBoundaryOrAnywhere if self._wraps else wrap.NoWrap)
        layout = QTextLayout(self.text().replace("\n", LINE_END), self.font())
        layout.setTextOption(option)
        if self._strong:  # it would make ready all that can be set in letters, even for none of it
            layout.setFormats(self._formats())
        layout.beginLayout()
        step, top = line(self._role), 0.0
        while (row := layout.createLine()).isValid():
            row.setLineWidth(width)
            row.setPosition(QPointF(0, top + (step - row.height()) / 2))
            top += step
        layout.endLayout()
        return layout
