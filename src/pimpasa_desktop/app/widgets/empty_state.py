"""What a list shows while there is nothing in it: a picture, one sentence, one thing to do."""

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from pimpasa_desktop.app import theme
from pimpasa_desktop.app.fonts import Role
from pimpasa_desktop.app.widgets.button import Button, PrimaryButton
from pimpasa_desktop.app.widgets.sign import Sign
from pimpasa_desktop.app.widgets.words import Words

CENTRE = Qt.AlignmentFlag.AlignHCenter


class EmptyState(QWidget):
    """Without an `icon` it shows the village. `foot` is a quiet line under the button, which is a
    filled one unless the screen has one already, or nothing need be done."""

    acted = Signal()

    def __init__(
        self,
        title: str,
        sentence: str,
        action: str = "",
        *,
        icon: str = "",
        action_icon: str = "",
        strong: str = "",
        foot: str = "",
        button: type[Button] = PrimaryButton,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setAccessibleName(title)
        column = QVBoxLayout(self)
        column.setSpacing(0)
        column.addStretch(1)
        picture: QWidget = Sign(icon, "", size=32, tone="text3") if icon else Village()
        column.addWidget(picture, 0, CENTRE)
        column.addSpacing(24)
        column.addWidget(Words(title, Role.NAME, align=CENTRE))
        column.addSpacing(8)
        told = Words(sentence, Role.BODY, "text2", strong=strong, align=CENTRE)
        told.setMaximumWidth(440)
        middle = QHBoxLayout()  # not by alignment: an aligned item is not asked for its height
        middle.addStretch(1)
        middle.addWidget(told, 100)
        middle.addStretch(1)
        column.addLayout(middle)
        if action:
            column.addSpacing(24)
            self.button = button(action, action_icon)
            self.button.clicked.connect(self.acted)
            column.addWidget(self.button, 0, CENTRE)
        if foot:
            column.addSpacing(16)
            column.addWidget(Words(foot, Role.SECOND, "text2", align=CENTRE))
        column.addStretch(1)


class Village(QWidget):
    """Two houses and a flag: one is here, the next still an outline."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedSize(152, 72)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        painter, palette = QPainter(self), theme.now()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        join = (Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin)
        firm = QPen(palette.link, 2, Qt.PenStyle.SolidLine, *join)
        painter.setPen(QPen(palette.edge, 2, Qt.PenStyle.SolidLine, *join))
        painter.drawLine(QPointF(4, 66), QPointF(148, 66))
        painter.setPen(firm)
        painter.setBrush(palette.blue_tint)
        painter.drawPolygon(_house(24, 10, 52, 66))
        painter.setBrush(palette.surface)
        painter.drawRect(QRectF(42, 44, 16, 22))
        painter.setPen(QPen(palette.edge, 2, Qt.PenStyle.DotLine, *join))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPolygon(_house(84, 29, 36, 66))
        painter.setPen(firm)
        painter.drawLine(QPointF(134, 66), QPointF(134, 5))
        painter.setPen(QPen(palette.gold, 2, Qt.PenStyle.SolidLine, *join))
        painter.setBrush(palette.gold_fill)
        painter.drawPolygon(
            QPolygonF([QPointF(x, y) for x, y in ((134, 5), (151, 5), (147, 12), (151, 19), (134, 19))])
        )


def _house(left: float, top: float, wide: float, foot: float) -> QPolygonF:
    eaves = top + wide * 0.38
    right = left + wide
    corners = ((left, foot), (left, eaves), (left + wide / 2, top), (right, eaves), (right, foot))
    return QPolygonF([QPointF(x, y) for x, y in corners])
