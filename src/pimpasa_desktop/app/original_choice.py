"""The one choice when photos are taken in: whether the files themselves are kept, too. Off, and off again next time.

It keeps nothing; whoever takes the photos in asks it.
"""

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from pimpasa_desktop.app.fonts import Role
from pimpasa_desktop.app.widgets.ticks import BOX, GAP, CheckBox
from pimpasa_desktop.app.widgets.words import Words
from pimpasa_desktop.i18n import _


class OriginalChoice(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self._taken = False
        self.box = CheckBox(_("Simpan juga foto aslinya di laptop ini"))
        self.box.clicked.connect(self._touched)
        told = _("Foto asli mencatat tempat dan waktu pengambilan. Tetap terenkripsi di sini dan tidak pernah dikirim.")
        self.box.setAccessibleDescription(told)
        under = QHBoxLayout()
        under.setContentsMargins(BOX + GAP, 0, 0, 0)
        under.addWidget(Words(told, Role.SECOND, "text2"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.box)
        column.addLayout(under)

    @property
    def wanted(self) -> bool:
        return self.box.isChecked()

    def show_wanted(self, wanted: bool) -> None:
        self._taken = False
        self.box.setChecked(wanted)

    def take(self) -> bool:
        """The choice, for files that are taken in now."""
        self._taken = True
        return self.wanted

    def settle(self) -> None:
        """They are in: off, unless somebody has chosen for the next ones meanwhile."""
        if self._taken:
            self.show_wanted(False)

    def _touched(self) -> None:
        self._taken = False
