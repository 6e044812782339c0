"""The days of one month, six weeks of seven, to point at one: arrows go by day and week, Page Up and Down by month.

Painted from the palette. It asks no clock: today is handed in.
"""

import calendar
from datetime import date, timedelta

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from pimpasa_desktop.app import drawing, theme, when
from pimpasa_desktop.app.fonts import Role, font
from pimpasa_desktop.app.widgets.button import CaretButton, LinkButton
from pimpasa_desktop.app.widgets.words import Words
from pimpasa_desktop.i18n import _

CELL, HEAD, WEEKS, DAYS = 36, 24, 6, 7
STEPS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: -7, Qt.Key.Key_Down: 7}
CENTRE = Qt.AlignmentFlag.AlignCenter


class MonthGrid(QWidget):
    """`picked` carries the day that was taken; `marked` changed by keys tells its month by `moved`."""

    picked = Signal(object)
    moved = Signal()

    def __init__(self, today: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.today = self.marked = today
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(_("Pilih tanggal"))
        self.setFixedSize(self.sizeHint())
        self.mark(today)

    def mark(self, day: date) -> None:
        self.marked = day
        self.setAccessibleDescription(when.long_day(day))
        self.update()
        self.moved.emit()

    def turn(self, months: int) -> None:
        """The same day of another month, or its last one."""
        at = self.marked.year * 12 + self.marked.month - 1 + months
        year, month = at // 12, at % 12 + 1
        self.mark(date(year, month, min(self.marked.day, calendar.monthrange(year, month)[1])))

    def first(self) -> date:
        """The Monday in the first row."""
        begins = self.marked.replace(day=1)
        return begins - timedelta(days=begins.weekday())

    def sizeHint(self) -> QSize:  # noqa: N802
        return QSize(DAYS * CELL, HEAD + WEEKS * CELL)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        key = Qt.Key(event.key())
        if key in STEPS:
            self.mark(self.marked + timedelta(days=STEPS[key]))
        elif key in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown):
            self.turn(-1 if key == Qt.Key.Key_PageUp else 1)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.picked.emit(self.marked)
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        row, column = int(event.position().y() - HEAD) // CELL, int(event.position().x()) // CELL
        if 0 <= row < WEEKS and 0 <= column < DAYS:
            self.mark(self.first() + timedelta(days=row * DAYS + column))
            self.picked.emit(self.marked)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        painter, palette, first = QPainter(self), theme.now(), self.first()
        for column in range(DAYS):
            name = when.weekday(first + timedelta(days=column))[:3]
            room = QRectF(column * CELL, 0, CELL, HEAD)
            drawing.words(painter, room, name, font(Role.CAPTION), palette.text2, CENTRE)
        for place in range(WEEKS * DAYS):
            day = first + timedelta(days=place)
            box = QRectF(place % DAYS * CELL + 2, HEAD + place // DAYS * CELL + 2, CELL - 4, CELL - 4)
            ink = palette.text if day.month == self.marked.month else palette.text3
            if day == self.marked:
                drawing.box(painter, box, theme.RADIUS, palette.blue)
                ink = palette.on_blue
                if self.hasFocus():
                    drawing.ring(painter, box.adjusted(-2, -2, 2, 2), theme.RADIUS + 2)
            elif day == self.today:
                drawing.box(painter, box, theme.RADIUS, palette.blue_tint, palette.blue_tint_line)
            face = font(Role.LABEL if day in (self.marked, self.today) else Role.BODY, figures=True)
            drawing.words(painter, box, str(day.day), face, ink, CENTRE)


class MonthPopup(QWidget):
    """The grid under its month's name, in a small window of its own; Esc and a click elsewhere close it."""

    picked = Signal(object)

    def __init__(self, today: date, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.grid = MonthGrid(today)
        self._named = Words("", Role.LABEL, wraps=False)
        before = CaretButton("caret-left", _("Bulan sebelumnya"))
        after = CaretButton("caret-right", _("Bulan berikutnya"))
        now = LinkButton(_("Hari ini"))
        for button, act in (
            (before, lambda: self.grid.turn(-1)),
            (after, lambda: self.grid.turn(1)),
            (now, lambda: self._take(self.grid.today)),
        ):
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the keys belong to the grid
            button.clicked.connect(act)
        self.grid.moved.connect(self._name)
        self.grid.picked.connect(self._take)
        head = QHBoxLayout()
        head.addWidget(self._named, 1)
        for button in (now, before, after):
            head.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 8, 12, 12)
        column.setSpacing(4)
        column.addLayout(head)
        column.addWidget(self.grid)
        self.setFocusProxy(self.grid)

    def open_on(self, day: date, under: QWidget) -> None:
        self.grid.mark(day)
        self.adjustSize()
        at = under.mapToGlobal(under.rect().bottomLeft())
        screen = under.screen().availableGeometry()
        if at.y() + self.height() > screen.bottom():
            at.setY(under.mapToGlobal(under.rect().topLeft()).y() - self.height())
        self.move(min(at.x(), screen.right() - self.width()), at.y() + 4)
        self.show()
        self.grid.setFocus(Qt.FocusReason.PopupFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        if event.key() == Qt.Key.Key_Escape:
            self.close()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        palette = theme.now()
        drawing.fill(QPainter(self), self.rect(), palette.surface)
        drawing.box(QPainter(self), QRectF(self.rect()), 0, palette.surface, palette.edge)

    def _name(self) -> None:
        self._named.say(f"{when.month(self.grid.marked)} {self.grid.marked.year}")

    def _take(self, day: date) -> None:
        self.close()
        self.picked.emit(day)
