"""People whom a name may mean, in a place of four lines that never covers anything.

It never takes the focus: whoever types moves the mark (`step`) and takes what is marked. Nothing is marked by itself,
so that Enter writes what was typed and not somebody else.
"""

from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from pimpasa_desktop.app import drawing, theme
from pimpasa_desktop.app.fonts import Role, font
from pimpasa_desktop.app.widgets import key_cap

LINES = 4
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


@dataclass(frozen=True)
class Suggestion:
    """`doubt`: taking it needs a second look; `last` then says why."""

    name: str
    where: str
    last: str
    doubt: bool = False


class Suggestions(QWidget):
    taken = Signal(int)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
        self.setMouseTracking(True)
        self._shown: list[Suggestion] = []
        self._quiet = ""
        self.marked = -1

    def offer(self, shown: list[Suggestion], quiet: str = "") -> None:
        """Show others, nothing marked; `quiet` stands there while there are none."""
        self._shown, self._quiet, self.marked = shown[:LINES], quiet, -1
        self.setAccessibleDescription("\n".join(f"{one.name}, {one.where}, {one.last}" for one in self._shown))
        self.update()

    def shown(self) -> list[Suggestion]:
        return list(self._shown)

    def step(self, by: int) -> None:
        """Mark the next one or the one before; past the ends none is marked."""
        count = len(self._shown) + 1
        self.mark((self.marked + 1 + by) % count - 1)

    def mark(self, at: int) -> None:
        """Mark this one; -1 for none."""
        self.marked = at
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802
        return QSize(400, LINES * theme.ROW + 2)

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        at = int((event.position().y() - 1) // theme.ROW)
        if 0 <= at < len(self._shown):
            self.taken.emit(at)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        painter, palette = QPainter(self), theme.now()
        if not self._shown:
            drawing.words(
                painter, QRectF(20, 0, self.width() - 40, theme.ROW), self._quiet, font(Role.SECOND), palette.text2
            )
            return
        high = len(self._shown) * theme.ROW + 2
        drawing.box(painter, QRectF(0, 0, self.width(), high), theme.RADIUS, palette.surface, palette.line)
        for place, one in enumerate(self._shown):
            self._line(
                painter, QRectF(1, 1 + place * theme.ROW, self.width() - 2, theme.ROW), one, place == self.marked
            )

    def _line(self, painter: QPainter, room: QRectF, one: Suggestion, marked: bool) -> None:
        palette = theme.now()
        if marked:
            drawing.box(painter, room, theme.RADIUS - 1, palette.blue_tint)
        icon, ink = ("warning-circle-fill", palette.gold) if one.doubt else ("user", palette.text2)
        drawing.icon(painter, icon, theme.ICON, ink, room.left() + 16, room.center().y())
        right = room.right() - 16
        if marked:
            right -= key_cap.width("Enter")
            key_cap.paint(painter, "Enter", right, room.center().y())
            right -= 12
        name, where = room.width() * 0.32, room.width() * 0.32
        left = room.left() + 46
        drawing.words(
            painter, QRectF(left, room.top(), name - 12, room.height()), one.name, font(Role.LABEL), palette.text
        )
        middle = QRectF(left + name, room.top(), where - 12, room.height())
        drawing.words(painter, middle, one.where, font(Role.BODY), palette.text2)
        last = QRectF(left + name + where, room.top(), right - left - name - where, room.height())
        role = Role.SMALL if one.doubt else Role.SECOND
        drawing.words(
            painter, last, one.last, font(role, figures=True), palette.gold if one.doubt else palette.text2, RIGHT
        )
