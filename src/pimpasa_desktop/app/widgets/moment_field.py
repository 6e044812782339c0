"""A day and an hour side by side, with the zone in which they are meant behind them. What they mean, others say."""

from PySide6.QtWidgets import QHBoxLayout, QWidget

from pimpasa_desktop.app.fonts import Role
from pimpasa_desktop.app.widgets.text_field import TextField
from pimpasa_desktop.app.widgets.words import Words
from pimpasa_desktop.i18n import _

DAY, HOUR = 24, 7


class MomentField(QWidget):
    """What stands in it is a list of two texts: the day and the hour."""

    def __init__(self, name: str, *, placeholder: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.day = TextField(name, letters=DAY, placeholder=placeholder)
        self.hour = TextField(_("{name}: jam").format(name=name), letters=HOUR, placeholder="09.00", figures=True)
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
