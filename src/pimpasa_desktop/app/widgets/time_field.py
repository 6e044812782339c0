"""A field for a time of day: typed in any spelling, moved by a quarter of an hour with the arrows up and down.

What stands in it is text until somebody reads it with `typed.hour_of`; what is no time stays as it was typed.
"""

from datetime import time

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from pimpasa_desktop.app import typed
from pimpasa_desktop.app.widgets.text_field import TextField
from pimpasa_desktop.problem import Problem

LETTERS, QUARTER, DAY = 7, 15, 24 * 60


class TimeField(TextField):
    """`begins` stands there when an arrow is pressed in the empty field."""

    def __init__(self, name: str, *, begins: time = time(9), parent: QWidget | None = None) -> None:
        super().__init__(name, letters=LETTERS, figures=True, parent=parent)
        self._begins = begins

    def hour(self) -> time | None:
        """The time that stands there; None where it is none yet."""
        try:
            return typed.hour_of(self.text()) if self.text().strip() else None
        except Problem:
            return None

    def show_time(self, at: time | None) -> None:
        self.setText(f"{at.hour:02}.{at.minute:02}" if at else "")

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self._step(1 if event.key() == Qt.Key.Key_Up else -1)
        else:
            super().keyPressEvent(event)

    def _step(self, by: int) -> None:
        """To the next quarter in that direction, within the day; what is no time is left alone."""
        at = self.hour()
        if at is None and self.text().strip():
            return
        if at is not None:
            minutes = at.hour * 60 + at.minute
            quarters = minutes // QUARTER + 1 if by > 0 else (minutes - 1) // QUARTER
            minutes = max(0, min(quarters * QUARTER, DAY - QUARTER))
            at = time(minutes // 60, minutes % 60)
        self.show_time(at or self._begins)
        self.textEdited.emit(self.text())
