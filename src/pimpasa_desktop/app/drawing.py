"""The few strokes that every painted widget shares: a ground, a rounded box, an icon, a line of words."""

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPainterPath, QPen

from pimpasa_desktop.app import icons, theme

NONE = QColor(0, 0, 0, 0)
LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


def box(
    painter: QPainter, rect: QRectF, radius: float, fill: QColor = NONE, border: QColor = NONE, width: float = 1
) -> None:
    """A rounded box whose border lies wholly inside `rect`."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    inside = width / 2 if border.alpha() else 0.0
    painter.setPen(QPen(border, width) if border.alpha() else Qt.PenStyle.NoPen)
    painter.setBrush(fill if fill.alpha() else Qt.BrushStyle.NoBrush)
    within = max(radius - inside, 0)
    painter.drawRoundedRect(rect.adjusted(inside, inside, -inside, -inside), within, within)


def fill(painter: QPainter, rect: QRectF | QRect, colour: QColor) -> None:
    """A plain ground. Not with fillRect: it takes so many things for a colour that to find out which it was given takes
    twenty times as long, and the first time it makes all of them ready."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    painter.drawRect(rect)


def ring(painter: QPainter, rect: QRectF, radius: float) -> None:
    """The mark of what has the focus."""
    box(painter, rect, radius, border=theme.now().link, width=theme.RING)


def icon(painter: QPainter, name: str, size: int, colour: QColor, left: float, middle: float) -> None:
    """An icon whose left edge and vertical middle are given."""
    drawn = icons.pixmap(name, size, colour, painter.device().devicePixelRatioF())
    painter.drawPixmap(QPointF(round(left), round(middle - size / 2)), drawn)


def words(
    painter: QPainter, rect: QRectF, text: str, font: QFont, colour: QColor, align: Qt.AlignmentFlag = LEFT
) -> bool:
    """One line of text; returns whether all of it fitted, otherwise it ends in an ellipsis."""
    shown = one_line(text)
    if width(shown, font) > rect.width() + 0.5:
        shown = QFontMetricsF(font).elidedText(shown, Qt.TextElideMode.ElideRight, rect.width())
    painter.setFont(font)
    painter.setPen(colour)
    painter.drawText(rect, int(align | Qt.TextFlag.TextSingleLine), shown)
    return shown == one_line(text)


def one_line(text: str) -> str:
    return " ".join(text.split()) if "\n" in text or "\t" in text else text


def in_two(text: str, font: QFont, room: float) -> tuple[str, str]:
    """What of the text fits into a line, broken between words, and the rest; all in the first when it fits."""
    whole = one_line(text)
    if width(whole, font) <= room:
        return whole, ""
    parts = whole.split(" ")
    fitting = 1
    while fitting < len(parts) and width(" ".join(parts[: fitting + 1]), font) <= room:
        fitting += 1
    return " ".join(parts[:fitting]), " ".join(parts[fitting:])


def width(text: str, font: QFont) -> float:
    return QFontMetricsF(font).horizontalAdvance(text)


def half_rounded(rect: QRectF, radius: float) -> QPainterPath:
    """A bar that is round on its right side only."""
    path = QPainterPath()
    path.addRoundedRect(rect, radius, radius)
    left = QPainterPath()
    left.addRect(QRectF(rect.left(), rect.top(), rect.width() / 2, rect.height()))
    return path.united(left)
