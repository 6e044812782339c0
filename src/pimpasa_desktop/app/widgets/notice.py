"""A message inside the page: what happened, that the work is safe, and one thing to do. It never stops the work."""

from enum import Enum

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from pimpasa_desktop.app import drawing, theme
from pimpasa_desktop.app.fonts import Role
from pimpasa_desktop.app.theme import Tone
from pimpasa_desktop.app.widgets.button import IconButton, OutlinedButton
from pimpasa_desktop.app.widgets.sign import Sign
from pimpasa_desktop.app.widgets.words import Words
from pimpasa_desktop.i18n import _


class Kind(Enum):
    ATTENTION = "attention"
    DANGER = "danger"
    INFORMATION = "information"


_SIGNS: dict[Kind, tuple[str, Tone]] = {
    Kind.ATTENTION: ("warning-circle-fill", "gold"),
    Kind.DANGER: ("warning-octagon-fill", "red"),
    Kind.INFORMATION: ("info-fill", "link"),
}


def grounds(kind: Kind) -> tuple[QColor, QColor]:
    """Ground and border."""
    palette = theme.now()
    return {
        Kind.ATTENTION: (palette.gold_tint, palette.gold_tint_line),
        Kind.DANGER: (palette.red_tint, palette.red),
        Kind.INFORMATION: (palette.blue_tint, palette.blue_tint_line),
    }[kind]


class Notice(QWidget):
    """`acted` when its button is pressed. `dismissed` when it is put away; it then hides itself."""

    acted = Signal()
    dismissed = Signal()

    def __init__(
        self,
        kind: Kind,
        title: str,
        sentence: str = "",
        *,
        action: str = "",
        icon: str = "",
        can_dismiss: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._kind = kind
        sign, tone = _SIGNS[kind]
        self._title = Words(title, Role.LABEL)
        self._sentence = Words(sentence, Role.SECOND)
        for words in (self._title, self._sentence) if action else ():
            words.setMinimumWidth(168)  # what a long button must leave
        texts = QVBoxLayout()
        texts.setSpacing(2)
        texts.addStretch(1)
        texts.addWidget(self._title)
        texts.addWidget(self._sentence)
        texts.addStretch(1)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 12, 12, 12)
        row.setSpacing(12)
        row.addWidget(Sign(icon or sign, "", size=24 if icon else 20, tone=tone), 0, Qt.AlignmentFlag.AlignVCenter)
        row.addLayout(texts, 1)
        self.button = OutlinedButton(action) if action else None
        if self.button:
            self.button.clicked.connect(self.acted)
            row.addWidget(self.button)
        if can_dismiss:
            cross = IconButton("x", _("Tutup pesan ini"))
            cross.clicked.connect(self._put_away)
            row.addWidget(cross)
        self.say(title, sentence)

    def say(self, title: str, sentence: str = "") -> None:
        """Show other words, and let a screen reader tell them."""
        self._title.say(title)
        self._sentence.say(sentence)
        self._sentence.setVisible(bool(sentence))
        self.setAccessibleName(title)
        self.setAccessibleDescription(sentence)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        ground, border = grounds(self._kind)
        drawing.box(QPainter(self), QRectF(self.rect()), theme.RADIUS, ground, border)

    def _put_away(self) -> None:
        self.hide()
        self.dismissed.emit()
