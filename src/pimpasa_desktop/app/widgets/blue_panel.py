"""The left side of the screens before the window: whose program this is, and three promises it keeps."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from pimpasa_desktop.app import drawing, theme
from pimpasa_desktop.app.fonts import Role, font
from pimpasa_desktop.i18n import _

WIDE = 456
# On blue; readable in both themes (9.1, 7.9 and 7.0 to 1 on #123F7A).
WORDS, SECOND, FOOT = QColor("#EAF1FA"), QColor("#D5E2F4"), QColor("#C4D5EC")
GROUND_DARK = QColor("#123F7A")


class BluePanel(QWidget):
    """`foot` is the quiet line at the bottom: the office."""

    def __init__(self, foot: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._foot = foot
        self._promises = (
            ("wifi-slash", _("Bekerja tanpa sinyal")),
            ("lock", _("Tersimpan terkunci di laptop ini")),
            ("paper-plane-tilt", _("Terkirim sendiri saat ada sinyal")),
        )
        self._second = (_("Buku lapangan"), _("Petugas Imigrasi Pembina Desa"))
        self.setAccessibleName("PIMPASA. " + ". ".join((*self._second, *(words for _icon, words in self._promises))))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)
        self.setMinimumWidth(360)
        self.setMaximumWidth(WIDE)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        painter = QPainter(self)
        drawing.fill(painter, self.rect(), GROUND_DARK)
        drawing.box(painter, QRectF(56, 56, 56, 56), theme.RADIUS, QColor("#FFFFFF"))
        drawing.icon(painter, "notebook-fill", 32, GROUND_DARK, 68, 84)
        room = self.width() - 80
        drawing.words(painter, QRectF(56, 144, room, 40), "PIMPASA", font(Role.FIGURE), QColor("#FFFFFF"))
        for place, words in enumerate(self._second):
            drawing.words(painter, QRectF(56, 188 + 24 * place, room, 24), words, font(Role.LARGE), SECOND)
        drawing.fill(painter, QRectF(56, 268, 48, 4), theme.now().gold_fill)
        for place, (icon, words) in enumerate(self._promises):
            middle = 316 + 44 * place
            drawing.icon(painter, icon, 24, WORDS, 56, middle)
            drawing.words(painter, QRectF(96, middle - 14, room - 40, 28), words, font(Role.LARGE), WORDS)
        if self._foot:
            foot = QRectF(56, self.height() - 60, room, 20)
            drawing.words(painter, foot, self._foot, font(Role.SECOND), FOOT, Qt.AlignmentFlag.AlignVCenter)
