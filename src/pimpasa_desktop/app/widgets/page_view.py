"""A page of a document on the screen, drawn from the same values and with the same faces as the PDF.

It knows no kind of document: a Leaf says what stands where, in mm. Paper is white in the dark theme too, because
that is how it will be printed.
"""

from functools import lru_cache

from PySide6.QtCore import QLineF, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QImage, QPainter, QPaintEvent, QPen, QPixmap, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from pimpasa_desktop.app import drawing, theme
from pimpasa_desktop.paths import RESOURCES
from pimpasa_desktop.reports.page import GREY, HEADER_FILL, Leaf
from pimpasa_desktop.reports.typeface import BOLD, ITALIC, MM_PER_POINT, REGULAR

# Texts are set this much larger and drawn smaller: Qt knows font sizes only as whole pixels.
FINE = 32
# Sizes that a page may have on the screen, in px across; smaller than this nobody reads a name.
LEAST, WIDEST = 200, 900
HAIR = 0.75  # px: thinner lines fade, where print shows them black


class PageView(QWidget):
    """Shows one leaf as large as the room allows; nothing while there is none. With `grows`, it is as wide as the
    room and as high as its paper asks."""

    def __init__(self, name: str, *, grows: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._grows = grows
        self._leaf: Leaf | None = None
        self._drawn: tuple[float, QPixmap] | None = None
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(LEAST, 60)

    def show_leaf(self, leaf: Leaf | None) -> None:
        self._leaf, self._drawn = leaf, None
        told = " ".join(text for _x, _y, text, *_style in leaf.texts) if leaf else ""
        self.setAccessibleDescription(told)
        self._grow()
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        super().resizeEvent(event)
        self._grow()

    def _grow(self) -> None:
        if self._grows:
            self.setFixedHeight(self._height_for(self.width()))

    def _height_for(self, width: int) -> int:
        if self._leaf is None:
            return 60
        return round((min(width, WIDEST) - 2) * self._leaf.paper.height / self._leaf.paper.width) + 2

    def sizeHint(self) -> QSize:  # noqa: N802
        return QSize(400, 560)

    def page(self) -> QRectF:
        """Where the paper lies: at the top, in the middle."""
        if self._leaf is None:
            return QRectF()
        paper = self._leaf.paper
        per_mm = min((min(self.width(), WIDEST) - 2) / paper.width, (self.height() - 2) / paper.height)
        wide, high = paper.width * per_mm, paper.height * per_mm
        return QRectF(round((self.width() - wide) / 2), 1, wide, high)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        rect = self.page()
        if self._leaf is None or rect.width() < 1:
            return
        ratio = self.devicePixelRatioF()
        if self._drawn is None or self._drawn[0] != rect.width() * ratio:
            self._drawn = rect.width() * ratio, picture(self._leaf, rect.width(), ratio)
        painter = QPainter(self)
        painter.drawPixmap(rect.topLeft(), self._drawn[1])
        drawing.box(painter, rect.adjusted(-1, -1, 1, 1), 0, border=theme.now().line)


def picture(leaf: Leaf, width: float, ratio: float = 1.0) -> QPixmap:
    """The leaf as a picture of this width in px at 100 %."""
    per_mm = width * ratio / leaf.paper.width
    drawn = QPixmap(max(round(width * ratio), 1), max(round(leaf.paper.height * per_mm), 1))
    drawn.fill(Qt.GlobalColor.white)
    painter = QPainter(drawn)
    painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
    painter.scale(per_mm, per_mm)
    draw(leaf, painter)
    painter.end()
    drawn.setDevicePixelRatio(ratio)
    return drawn


def draw(leaf: Leaf, painter: QPainter) -> None:
    """Draw the leaf in mm, in the order in which the PDF is written."""
    for x, y, side, data in leaf.pictures:
        _picture(painter, QRectF(x, y, side, side), data)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(_grey(HEADER_FILL))
    for x, y, across, down in leaf.fills:
        painter.drawRect(QRectF(x, y, across, down))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(_grey(GREY), MM_PER_POINT))
    for x, y, across, down in leaf.frames:
        painter.drawRoundedRect(QRectF(x, y, across, down), 2 * MM_PER_POINT, 2 * MM_PER_POINT)
    _lines(leaf, painter)
    _texts(leaf, painter)


def _lines(leaf: Leaf, painter: QPainter) -> None:
    """In fine units, because Qt takes the width of a dash's pen for at least 1."""
    unit = MM_PER_POINT / FINE
    hair = HAIR / painter.transform().m11() / unit
    painter.scale(unit, unit)
    for pen, lines in leaf.lines.items():
        width = max(pen.width * FINE, hair)
        stroke = QPen(_grey(pen.grey), width)
        stroke.setCapStyle(Qt.PenCapStyle.FlatCap)
        if pen.dash:
            stroke.setDashPattern([max(length * FINE / width, 0.01) for length in pen.dash])
        painter.setPen(stroke)
        painter.drawLines([QLineF(*(at / unit for at in line)) for line in lines])
    painter.scale(1 / unit, 1 / unit)


def _texts(leaf: Leaf, painter: QPainter) -> None:
    unit = MM_PER_POINT / FINE
    painter.scale(unit, unit)
    for x, baseline, text, face, size, grey in leaf.texts:
        painter.setFont(_font(face, round(size * FINE)))
        painter.setPen(_grey(grey))
        painter.drawText(QPointF(x / unit, baseline / unit), text)
    painter.scale(1 / unit, 1 / unit)


def _picture(painter: QPainter, room: QRectF, data: bytes) -> None:
    image = QImage.fromData(data)
    if image.isNull():
        return  # the PDF says so in words when it is made
    size = image.size().toSizeF().scaled(room.size(), Qt.AspectRatioMode.KeepAspectRatio)
    middle = QRectF(room.topLeft(), size)
    middle.moveCenter(room.center())
    painter.drawImage(middle, image)


def _grey(level: float) -> QColor:
    return QColor.fromRgbF(level, level, level)


@lru_cache
def _families() -> dict[str, tuple[str, str]]:
    """Family and style of each face, as Qt calls them."""
    found = {}
    for face in (REGULAR, BOLD, ITALIC):
        known = QFontDatabase.addApplicationFont(str(RESOURCES / "fonts" / f"{face}.ttf"))
        (family, *_others) = QFontDatabase.applicationFontFamilies(known) or ("Liberation Sans",)
        found[face] = family, face.partition("-")[2]
    return found


@lru_cache(maxsize=256)
def _font(face: str, px: int) -> QFont:
    family, style = _families()[face]
    made = QFont(family)
    made.setPixelSize(px)
    made.setWeight(QFont.Weight.Bold if style == "Bold" else QFont.Weight.Normal)
    made.setItalic(style == "Italic")
    made.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    made.setStyleStrategy(QFont.StyleStrategy.NoSubpixelAntialias)
    return made
