"""What stands in the place of the window when the database is damaged: two ways back, and nothing of the data.

It knows neither files nor keys: it asks, and shows what came of it.
"""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QWidget

from pimpasa_desktop.app.entrance import WIDER, Entrance, signed
from pimpasa_desktop.app.fonts import Role
from pimpasa_desktop.app.widgets.button import Button, OutlinedButton, PrimaryButton
from pimpasa_desktop.app.widgets.card import Card
from pimpasa_desktop.app.widgets.listing import two_lines
from pimpasa_desktop.app.widgets.sign import Sign
from pimpasa_desktop.app.widgets.words import Words
from pimpasa_desktop.i18n import _


class Rescue(Entrance):
    """`restore_asked` carries the path of a backup; `enrol_asked`: everything is to come from the office again."""

    restore_asked = Signal(str)
    enrol_asked = Signal()

    def __init__(self) -> None:
        super().__init__(wide=WIDER)
        self.choose = PrimaryButton(_("Pilih cadangan"))
        self.choose.clicked.connect(self._choose)
        self.enrol = OutlinedButton(_("Daftar ulang"))
        self.enrol.clicked.connect(self.enrol_asked)
        self._trouble = Words("", Role.TOLD, "red")
        self._trouble.hide()
        told = _(
            "Berkasnya tidak dapat dibaca utuh lagi, misalnya karena diska. Supaya tidak ada isi yang salah, tidak "
            "ada yang ditampilkan atau diubah. Yang sudah terkirim aman di kantor."
        )
        backup = _("Perlu berkas cadangan. Yang terkirim sesudahnya datang lagi dari kantor.")
        office = _("Perlu sinyal dan berkas pendaftaran baru dari staf kantor. Semua yang sudah terkirim datang lagi.")
        kept = _("Berkas yang rusak tetap disimpan di laptop ini. Jangan dihapus: isinya mungkin masih terselamatkan.")
        self.column.addStretch(1)
        self.column.addWidget(Words(_("Catatan di laptop ini rusak"), Role.TITLE))
        self.column.addWidget(Words(told, Role.BODY, "text2"))
        self.column.addSpacing(8)
        self.column.addWidget(
            _way("arrow-counter-clockwise", _("Pulihkan dari cadangan terakhir"), backup, self.choose)
        )
        self.column.addWidget(self._trouble)
        self.column.addWidget(_way("building-office", _("Ambil lagi dari kantor"), office, self.enrol))
        self.column.addSpacing(8)
        self.column.addWidget(signed("shield-check", kept))
        self.column.addStretch(2)

    def arrive(self) -> None:
        self.choose.setFocus(Qt.FocusReason.OtherFocusReason)

    def busy(self) -> None:
        self._trouble.hide()
        self.choose.setEnabled(False)

    def refuse(self, sentence: str) -> None:
        self.choose.setEnabled(True)
        self._trouble.say(sentence)
        self._trouble.show()

    def trouble(self) -> str:
        """What is said about the backup that was chosen."""
        return self._trouble.text()

    def _choose(self) -> None:
        path, _kind = QFileDialog.getOpenFileName(self, _("Pilih berkas cadangan"))
        if path:
            self.restore_asked.emit(path)


def _way(icon: str, title: str, told: str, button: Button) -> QWidget:
    card = Card()
    line = QWidget()
    row = QHBoxLayout(line)
    row.setContentsMargins(4, 4, 4, 4)
    row.setSpacing(20)
    row.addWidget(Sign(icon, "", size=32, tone="link"))
    row.addWidget(two_lines(Words(title, Role.SECTION), Words(told, Role.SECOND, "text2")), 1)
    row.addWidget(button)
    card.add(line)
    return card
