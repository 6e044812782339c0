"""How the cells and heads of a table are painted."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QHelpEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QToolTip,
    QWidget,
)

from pimpasa_desktop.app import drawing, theme
from pimpasa_desktop.app.fonts import Role, font, line
from pimpasa_desktop.app.theme import Tone
from pimpasa_desktop.app.widgets import tag
from pimpasa_desktop.app.widgets.row import CELL, DOUBT, Cell, Column, Show

Index = QModelIndex | QPersistentModelIndex
PADDING, FIRST = 12, 20
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
# A figure stands at the right of its column, and what follows needs air.
AFTER_NUMBER = 20
TICK = 18
# Less than this shows no word, only the beginning of one.
WORD_LEAST = 48


def inner(rect: QRect, column: int, columns: tuple[Column, ...]) -> QRectF:
    """The room of a cell's words."""
    left = FIRST if column == 0 else PADDING
    right = AFTER_NUMBER if columns[column].show is Show.NUMBER else PADDING
    return QRectF(rect).adjusted(left, 0, -right, 0)


class Painter(QStyledItemDelegate):
    def __init__(self, columns: tuple[Column, ...], parent: QWidget) -> None:
        super().__init__(parent)
        self._columns = columns
        self.under_pointer = -1

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        rect: QRect = option.rect
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        self._ground(painter, rect, index, chosen)
        cell: Cell = index.data(CELL)
        self._cell(painter, inner(rect, index.column(), self._columns), cell, self._columns[index.column()], chosen)
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: N802
        return QSize(0, theme.ROW)

    def helpEvent(  # noqa: N802
        self, event: QHelpEvent, view: QAbstractItemView, option: QStyleOptionViewItem, index: Index
    ) -> bool:
        """What a narrow column cut short stands in the tooltip."""
        if not index.isValid():
            return False
        cell: Cell = index.data(CELL)
        whole = "\n".join(filter(None, (cell.words, cell.second)))
        room = inner(option.rect, index.column(), self._columns).width()
        signed = theme.ICON + 8 if cell.icon else 0
        tall = option.rect.height() >= theme.ROW_OF_TWO and not cell.second
        words = drawing.in_two(cell.words, font(Role.LABEL), room)[1] if tall else cell.words
        fits = drawing.width(words, font(Role.LABEL)) + signed <= room
        fits = fits and drawing.width(cell.second, font(Role.SECOND)) <= room
        QToolTip.showText(event.globalPos(), "" if fits else whole, view)
        return True

    def _ground(self, painter: QPainter, rect: QRect, index: Index, chosen: bool) -> None:
        palette = theme.now()
        if chosen:
            drawing.fill(painter, rect, palette.blue_tint)
        elif index.data(DOUBT):
            drawing.fill(painter, rect, palette.gold_tint)
        elif index.row() == self.under_pointer:
            drawing.fill(painter, rect, palette.hover)
        drawing.fill(painter, QRectF(rect.left(), rect.bottom(), rect.width(), 1), palette.line)
        if chosen and index.column() == 0:
            drawing.fill(painter, QRectF(rect.left(), rect.top(), 3, rect.height()), palette.link)

    def _cell(self, painter: QPainter, room: QRectF, cell: Cell, column: Column, chosen: bool) -> None:
        palette, show = theme.now(), column.show
        if show is Show.TAG:
            wide = min(tag.width(cell.words, cell.icon), room.width())
            where = QRectF(room.left(), round(room.center().y() - tag.HEIGHT / 2), wide, tag.HEIGHT)
            if cell.words:
                tag.paint(painter, where, cell.words, cell.icon, cell.kind, on_chosen_row=chosen)
        elif show is Show.NUMBER:
            words = cell.words or "–"
            drawing.words(painter, room, words, font(Role.BODY, figures=True), palette.text, RIGHT)
        elif show is Show.SIGNED:
            self._signed(painter, room, cell)
        elif show is Show.TICK:
            box = QRectF(room.left(), round(room.center().y()) - TICK / 2, TICK, TICK)
            edge = drawing.NONE if cell.words else palette.edge
            drawing.box(painter, box, 4, palette.blue if cell.words else palette.surface, edge)
            if cell.words:
                drawing.icon(painter, "check-bold", 12, palette.on_blue, box.center().x() - 6, box.center().y())
        else:
            self._words(painter, room, cell, show)

    def _signed(self, painter: QPainter, room: QRectF, cell: Cell) -> None:
        ink = theme.now().tone(cell.tone)
        if cell.icon:
            drawing.icon(painter, cell.icon, theme.ICON, ink, room.left(), room.center().y())
            room = room.adjusted(theme.ICON + 8, 0, 0, 0)
        if room.width() >= WORD_LEAST:
            role = Role.LABEL if cell.tone in ("gold", "red") else Role.BODY
            drawing.words(painter, room, cell.words, font(role), ink)

    def _words(self, painter: QPainter, room: QRectF, cell: Cell, show: Show) -> None:
        tone: Tone = "text2" if show is Show.QUIET else "text"
        face = font(Role.LABEL) if show is Show.KEY else font(Role.BODY, figures=True)
        palette = theme.now()
        if not cell.second:
            self._plain(painter, room, cell.words, face, palette.tone(tone))
            return
        first, second = line(Role.BODY), line(Role.SECOND)
        top = room.top() + (room.height() - first - second) / 2
        drawing.words(painter, QRectF(room.left(), top, room.width(), first), cell.words, face, palette.tone(tone))
        under = QRectF(room.left(), top + first, room.width(), second)
        drawing.words(painter, under, cell.second, font(Role.SECOND), palette.text2)

    def _plain(self, painter: QPainter, room: QRectF, words: str, face: QFont, ink: QColor) -> None:
        """Words alone; where the row has room for two lines they use both."""
        tall = room.height() >= theme.ROW_OF_TWO
        first, rest = drawing.in_two(words, face, room.width()) if tall else (words, "")
        if not rest:
            drawing.words(painter, room, first, face, ink)
            return
        step = line(Role.BODY)
        top = room.top() + (room.height() - 2 * step) / 2
        drawing.words(painter, QRectF(room.left(), top, room.width(), step), first, face, ink)
        drawing.words(painter, QRectF(room.left(), top + step, room.width(), step), rest, face, ink)


class Head(QHeaderView):
    """It stays while the rows scroll. A caret after the word tells the order."""

    def __init__(self, columns: tuple[Column, ...], parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._columns = columns
        self.setHighlightSections(False)
        self.setFixedHeight(theme.ROW)
        self.setFont(font(Role.COLUMN))

    def paintSection(self, painter: QPainter, rect: QRect, logicalIndex: int) -> None:  # noqa: N802, N803
        palette, column = theme.now(), self._columns[logicalIndex]
        room = inner(rect, logicalIndex, self._columns)
        painter.save()
        face = font(Role.COLUMN)
        right = column.show is Show.NUMBER
        drawing.words(painter, room, column.title, face, palette.text2, RIGHT if right else drawing.LEFT)
        if self.isSortIndicatorShown() and self.sortIndicatorSection() == logicalIndex and column.sorts:
            up = self.sortIndicatorOrder() == Qt.SortOrder.AscendingOrder
            after = room.right() + 2 if right else room.left() + drawing.width(column.title, face) + 4
            drawing.icon(painter, "caret-up" if up else "caret-down", 12, palette.text2, after, room.center().y())
        drawing.fill(painter, QRectF(rect.left(), rect.bottom(), rect.width(), 1), palette.line)
        painter.restore()
