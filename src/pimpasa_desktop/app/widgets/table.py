"""A list as a table: one chosen row, the head always in sight, everything by keyboard.

Enter or a double click opens the row, Esc leaves the table. The order is the caller's: a click on a head only asks.
"""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QModelIndex, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QScrollBar, QTableView, QWidget

from pimpasa_desktop.app import theme
from pimpasa_desktop.app.widgets.cells import Head, Painter
from pimpasa_desktop.app.widgets.row import Column, Row, Rows, Show

# px: what a column of free words needs at least, and a column of signs that have lost their words
STRETCHED_LEAST, SIGN_ALONE = 180, 76


class Table(QTableView):
    """`chosen`, `opened` carry a row's key; `left` is Esc; `order_asked` a column and whether it goes down."""

    chosen = Signal(str)
    opened = Signal(str)
    left = Signal()
    order_asked = Signal(int, bool)

    def __init__(
        self, name: str, columns: Sequence[Column], *, two_lines: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.rows = Rows(columns)
        self._fitted: dict[int, int] = {}
        self._order = (-1, False)  # Qt turns its own indicator before it tells of a click
        self.setAccessibleName(name)
        self.setModel(self.rows)
        self._painter = Painter(self.rows.columns, self)
        self.setItemDelegate(self._painter)
        self._behave()
        self._measure(theme.ROW_OF_TWO if two_lines else theme.ROW)
        self._thumb = _Thumb(self)
        self.selectionModel().currentRowChanged.connect(self._tell_chosen)
        self.doubleClicked.connect(lambda index: self.opened.emit(self.rows.row(index.row()).key))

    def show_rows(self, rows: Sequence[Row]) -> None:
        """Show other rows; the chosen one stays chosen when it is still among them."""
        key = self.chosen_key()
        self.rows.show(rows)
        self.choose(key)

    def chosen_key(self) -> str:
        at = self.currentIndex().row()
        return self.rows.row(at).key if at >= 0 else ""

    def choose(self, key: str) -> None:
        """Choose the row of `key`; none when it is not there."""
        at = self.rows.place(key) if key else -1
        if at >= 0:
            self.selectRow(at)

    def order(self, column: int, descending: bool) -> None:
        """Show by which column the rows are in order."""
        self._order = (column, descending)
        direction = Qt.SortOrder.DescendingOrder if descending else Qt.SortOrder.AscendingOrder
        self.horizontalHeader().setSortIndicatorShown(True)
        self.horizontalHeader().setSortIndicator(column, direction)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        key = event.key()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.chosen_key():
            self.opened.emit(self.chosen_key())
        elif key == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802
        super().focusInEvent(event)
        if not self.chosen_key() and self.rows.rowCount():
            self.selectRow(0)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        super().mouseMoveEvent(event)
        self._point_at(self.indexAt(event.position().toPoint()).row())

    def leaveEvent(self, event: QEvent) -> None:  # noqa: N802
        super().leaveEvent(event)
        self._point_at(-1)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        super().resizeEvent(event)
        self._fit()
        self._thumb.place(theme.ROW)

    def _behave(self) -> None:
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)  # Tab goes on to the next thing, arrows go through the rows
        self.setCornerButtonEnabled(False)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setMouseTracking(True)
        self.setFrameShape(QFrame.Shape.StyledPanel)

    def _measure(self, row_height: int) -> None:
        head = Head(self.rows.columns, self)
        self.setHorizontalHeader(head)
        for place, column in enumerate(self.rows.columns):
            if column.width:
                head.setSectionResizeMode(place, QHeaderView.ResizeMode.Interactive)
                head.resizeSection(place, column.width)
            else:
                head.setSectionResizeMode(place, QHeaderView.ResizeMode.Stretch)
        head.setMinimumSectionSize(48)
        head.setSectionsClickable(any(column.sorts for column in self.rows.columns))
        head.sectionClicked.connect(self._ask_order)
        upright = self.verticalHeader()
        upright.hide()
        upright.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        upright.setMinimumSectionSize(row_height)
        upright.setDefaultSectionSize(row_height)

    def _fit(self) -> None:
        """Where the window is too narrow for all words, columns shrink to their least, and where that is not enough
        signs stand without their words (the tooltip has them)."""
        shown = [(at, one) for at, one in enumerate(self.rows.columns) if one.width and not self.isColumnHidden(at)]
        stretched = sum(not one.width for one in self.rows.columns)
        lack = stretched * STRETCHED_LEAST + sum(one.width for _at, one in shown) - self.viewport().width()
        gives = sum(one.width - one.least for _at, one in shown if one.least)
        share = min(max(lack / gives, 0), 1) if gives else 0
        fitted = {at: one.width - int(share * (one.width - one.least)) for at, one in shown if one.least}
        alone = lack > gives
        fitted |= {at: SIGN_ALONE if alone else one.width for at, one in shown if one.show is Show.SIGNED}
        if fitted != self._fitted:  # a width that the person chose stays until the room is another
            self._fitted = fitted
            for at, width in fitted.items():
                self.horizontalHeader().resizeSection(at, width)

    def _tell_chosen(self, now: QModelIndex, before: QModelIndex) -> None:
        if now.isValid():
            self.chosen.emit(self.rows.row(now.row()).key)

    def _ask_order(self, column: int) -> None:
        if not self.rows.columns[column].sorts:
            self.order(*self._order)
            return
        down = self._order == (column, False)
        self.order(column, down)
        self.order_asked.emit(column, down)

    def _point_at(self, row: int) -> None:
        if row != self._painter.under_pointer:
            self._painter.under_pointer = row
            self.viewport().update()


class _Thumb(QScrollBar):
    """The scroll bar, over the rows instead of beside them, so that a row reaches from edge to edge."""

    def __init__(self, table: QTableView) -> None:
        super().__init__(Qt.Orientation.Vertical, table)
        self._table = table
        table.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        inner = table.verticalScrollBar()
        inner.rangeChanged.connect(self._follow)
        inner.valueChanged.connect(self.setValue)
        self.valueChanged.connect(inner.setValue)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.hide()

    def place(self, head: int) -> None:
        width = self.sizeHint().width()
        self.setGeometry(self._table.width() - width - 2, head + 2, width, self._table.height() - head - 4)
        self._follow()

    def _follow(self) -> None:
        inner = self._table.verticalScrollBar()
        self.setRange(inner.minimum(), inner.maximum())
        self.setPageStep(inner.pageStep())
        self.setSingleStep(inner.singleStep())
        self.setVisible(inner.maximum() > inner.minimum())
        self.raise_()
