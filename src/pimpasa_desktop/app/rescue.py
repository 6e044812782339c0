"""What stands in the place of the window when the database is damaged: the ways back, and nothing of the data.

It knows neither files nor keys: it asks, and shows what came of it.
"""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QWidget

from pimpasa_desktop.app import when
from pimpasa_desktop.app.entrance import WIDER, Entrance, signed
from pimpasa_desktop.app.fonts import Role
from pimpasa_desktop.app.widgets.button import Button, OutlinedButton, PrimaryButton
from pimpasa_desktop.app.widgets.card import Card
from pimpasa_desktop.app.widgets.listing import two_lines
from pimpasa_desktop.app.widgets.sign import Sign
from pimpasa_desktop.app.widgets.words import Words
from pimpasa_desktop.i18n import _, plural
from pimpasa_desktop.store.snapshots import Snapshot


class Rescue(Entrance):
    """`snapshots`: what the program itself has kept, newest first. `restore_asked` carries the path of a backup;
    `enrol_asked`: everything is to come from the office again."""

    restore_asked = Signal(str)
    enrol_asked = Signal()

    def __init__(self, snapshots: Sequence[Snapshot] = ()) -> None:
        super().__init__(wide=WIDER)
        self._snapshots = list(snapshots)
        self._tried = False  # the snapshot that is offered, and not a file
        self._offered, self._counted = Words("", Role.SECTION), Words("", Role.SECOND, "text2")
        self.back = PrimaryButton(_("Pulihkan"))
        self.back.clicked.connect(self._go_back)
        self._newest = _way("arrow-counter-clockwise", self._offered, self._counted, self.back)
        self.choose = OutlinedButton(_("Pilih cadangan")) if snapshots else PrimaryButton(_("Pilih cadangan"))
        self.choose.clicked.connect(self._choose)
        self.enrol = OutlinedButton(_("Daftar ulang"))
        self.enrol.clicked.connect(self.enrol_asked)
        self._trouble = Words("", Role.TOLD, "red")
        self._trouble.hide()
        told = _(
            "Berkasnya tidak dapat dibaca utuh lagi, misalnya karena diska. Supaya tidak ada isi yang salah, tidak "
            "ada yang ditampilkan atau diubah. Yang sudah terkirim aman di kantor dan datang lagi dari sana."
        )
        backup = _("Perlu berkas yang pernah Anda simpan.")
        office = _("Perlu sinyal dan berkas pendaftaran baru.")
        kept = _("Berkas yang rusak tetap disimpan di laptop ini. Jangan dihapus: isinya mungkin masih terselamatkan.")
        self.column.addStretch(1)
        self.column.addWidget(Words(_("Catatan di laptop ini rusak"), Role.TITLE))
        self.column.addWidget(Words(told, Role.BODY, "text2"))
        self.column.addSpacing(8)
        self.column.addWidget(self._newest)
        self.column.addWidget(self._trouble)
        self.column.addWidget(_told_way("file-text", _("Pulihkan dari berkas cadangan"), backup, self.choose))
        self.column.addWidget(_told_way("building-office", _("Ambil lagi dari kantor"), office, self.enrol))
        self.column.addSpacing(8)
        self.column.addWidget(signed("shield-check", kept))
        self.column.addStretch(2)
        self._offer()

    def arrive(self) -> None:
        first = self.back if self._snapshots else self.choose
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    def busy(self) -> None:
        self._trouble.hide()
        for button in (self.back, self.choose):
            button.setEnabled(False)

    def refuse(self, sentence: str) -> None:
        """Told; and where it was a snapshot that did not do, the one before is offered."""
        for button in (self.back, self.choose):
            button.setEnabled(True)
        self._trouble.say(sentence)
        self._trouble.show()
        if self._tried:
            self._tried = False
            del self._snapshots[0]
            self._offer()

    def trouble(self) -> str:
        """What is said about what was chosen."""
        return self._trouble.text()

    def _offer(self) -> None:
        self._newest.setVisible(bool(self._snapshots))
        if self._snapshots:
            one = self._snapshots[0]
            self._offered.say(
                _("Pulihkan keadaan {day} {time}").format(day=when.weekday(one.at.date()), time=when.hour(one.at))
            )
            self._counted.say(
                plural("{day}: {count} catatan", one.records).format(
                    day=when.long_day(one.at.date()), count=one.records
                )
            )

    def _go_back(self) -> None:
        self._tried = True
        self.restore_asked.emit(str(self._snapshots[0].path))

    def _choose(self) -> None:
        path, _kind = QFileDialog.getOpenFileName(self, _("Pilih berkas cadangan"))
        if path:
            self.restore_asked.emit(path)


def _told_way(icon: str, title: str, told: str, button: Button) -> QWidget:
    return _way(icon, Words(title, Role.SECTION), Words(told, Role.SECOND, "text2"), button)


def _way(icon: str, title: Words, told: Words, button: Button) -> QWidget:
    card = Card()
    line = QWidget()
    row = QHBoxLayout(line)
    row.setContentsMargins(4, 4, 4, 4)
    row.setSpacing(20)
    row.addWidget(Sign(icon, "", size=32, tone="link"))
    row.addWidget(two_lines(title, told), 1)
    row.addWidget(button)
    card.add(line)
    return card
