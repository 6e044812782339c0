"""What to look at in a visit: a sentence each, with a word that leads there, and one that says it was looked at."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from pimpasa_desktop.app import drawing, theme
from pimpasa_desktop.app.fonts import Role
from pimpasa_desktop.app.incoming import Doubt
from pimpasa_desktop.app.widgets.button import LinkButton
from pimpasa_desktop.app.widgets.clearing import clear
from pimpasa_desktop.app.widgets.notice import Kind, grounds
from pimpasa_desktop.app.widgets.sign import Sign
from pimpasa_desktop.app.widgets.words import Words
from pimpasa_desktop.i18n import _


class DoubtList(QWidget):
    """`asked` carries the Doubt that one wants to be led to; `looked_at` when the person has seen them all."""

    asked = Signal(object)
    looked_at = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(_("Perlu dilihat"))
        self._shown: tuple[Doubt, ...] = ()
        self.leads: list[LinkButton] = []
        self.seen = LinkButton(_("Sudah dilihat"), "check")
        self.seen.clicked.connect(self.looked_at)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(Sign("warning-circle-fill", "", tone="gold", size=20))
        head.addWidget(Words(_("Perlu dilihat"), Role.LABEL, wraps=False), 1)
        head.addWidget(self.seen)
        self._lines = QVBoxLayout()
        self._lines.setSpacing(4)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 8, 8, 10)
        column.setSpacing(4)
        column.addLayout(head)
        column.addLayout(self._lines)
        self.hide()

    def show_doubts(self, doubts: Sequence[Doubt], *, seen: bool) -> None:
        """`seen`: they have been looked at already, so nothing is asked."""
        self.seen.setVisible(not seen and bool(doubts))
        self.setVisible(bool(doubts))
        if tuple(doubts) == self._shown:
            return
        self._shown = tuple(doubts)
        self.setAccessibleDescription("\n".join(one.sentence for one in doubts))
        clear(self._lines)
        self.leads = []
        for one in doubts:
            self._lines.addWidget(self._line(one))

    def _line(self, doubt: Doubt) -> QWidget:
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(28, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(Words(doubt.sentence, Role.SECOND), 1)
        if doubt.person or doubt.screen:
            lead = LinkButton(_("Periksa"))
            lead.setAccessibleDescription(doubt.sentence)
            lead.clicked.connect(lambda: self.asked.emit(doubt))
            row.addWidget(lead, 0, Qt.AlignmentFlag.AlignTop)
            self.leads.append(lead)
        return line

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        ground, border = grounds(Kind.ATTENTION)
        drawing.box(QPainter(self), QRectF(self.rect()), theme.RADIUS, ground, border)
