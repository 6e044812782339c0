"""A field for a day: typed in any spelling, moved by the arrows up and down, or pointed at in a small calendar.

What stands in it is text until somebody reads it with `typed.day_of`; what is no day stays as it was typed. It asks
no clock: `today` is handed in.
"""

from collections.abc import Callable
from datetime import date, timedelta

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from pimpasa_desktop.app import theme, typed, when
from pimpasa_desktop.app.widgets.button import IconButton
from pimpasa_desktop.app.widgets.month_grid import MonthPopup
from pimpasa_desktop.app.widgets.text_field import TextField
from pimpasa_desktop.i18n import _
from pimpasa_desktop.problem import Problem

LETTERS = 27  # Minggu, 23 November 2025, and the button of the calendar


class DayField(TextField):
    """Alt with the arrow down, or F4, opens the calendar. `returnPressed` tells that a day was taken there."""

    def __init__(
        self, name: str, today: Callable[[], date], *, placeholder: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(name, placeholder=placeholder, letters=LETTERS, figures=True, parent=parent)
        self._today = today
        self._popup: MonthPopup | None = None
        self.setTextMargins(0, 0, theme.DETAIL - 8, 0)
        self.button = IconButton("calendar-blank", _("Buka kalender"), parent=self)
        self.button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.button.clicked.connect(self.open_calendar)

    def day(self) -> date | None:
        """The day that stands there; None where it is none yet."""
        try:
            return typed.day_of(self.text(), self._today()) if self.text().strip() else None
        except Problem:
            return None

    def show_day(self, day: date | None) -> None:
        self.setText(when.long_day(day) if day else "")

    def open_calendar(self) -> None:
        if self._popup is None:
            self._popup = MonthPopup(self._today(), self)
            self._popup.picked.connect(self._picked)
        self._popup.grid.today = self._today()
        self._popup.open_on(self.day() or self._today(), self)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        key, alt = event.key(), event.modifiers() == Qt.KeyboardModifier.AltModifier
        if key == Qt.Key.Key_F4 or (key == Qt.Key.Key_Down and alt):
            self.open_calendar()
        elif key in (Qt.Key.Key_Up, Qt.Key.Key_Down) and not event.modifiers():
            self._step(1 if key == Qt.Key.Key_Up else -1)
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        super().resizeEvent(event)
        size = self.button.sizeHint()
        self.button.setGeometry(self.width() - size.width() - 2, (self.height() - size.height()) // 2, *size.toTuple())

    def _step(self, days: int) -> None:
        """Another day, from the one that stands there, or today; what is no day is left alone."""
        day = self.day()
        if day or not self.text().strip():
            self.show_day(day + timedelta(days=days) if day else self._today())
            self.textEdited.emit(self.text())

    def _picked(self, day: date) -> None:
        self.show_day(day)
        self.textEdited.emit(self.text())
        self.returnPressed.emit()
        self.setFocus(Qt.FocusReason.OtherFocusReason)
