"""A day and an hour side by side, with the zone in which they are meant behind them. What they mean, others say."""

from collections.abc import Callable
from datetime import date

from PySide6.QtWidgets import QHBoxLayout, QWidget

from pimpasa_desktop.app.fonts import Role
from pimpasa_desktop.app.widgets.day_field import DayField
from pimpasa_desktop.app.widgets.time_field import TimeField
from pimpasa_desktop.app.widgets.words import Words
from pimpasa_desktop.i18n import _


class MomentField(QWidget):
    """What stands in it is a list of two texts: the day and the hour."""

    def __init__(
        self, name: str, today: Callable[[], date], *, placeholder: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.day = DayField(name, today, placeholder=placeholder)
        self.hour = TimeField(_("{name}: jam").format(name=name))
        self.zone = Words("", Role.BODY, "text2", wraps=False)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        for widget in (self.day, self.hour, self.zone):
            row.addWidget(widget)
        row.addStretch(1)
        self.setFocusProxy(self.day)

    def typed(self) -> list[str]:
        return [self.day.text(), self.hour.text()]

    def show_typed(self, texts: list[str]) -> None:
        self.day.setText(texts[0])
        self.hour.setText(texts[1])
