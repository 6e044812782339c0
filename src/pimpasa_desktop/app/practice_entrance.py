"""The two screens before the practice: what it is still preparing, and as whom one wants to work. They only ask."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from pimpasa_desktop.app.entrance import Entrance
from pimpasa_desktop.app.fonts import Role
from pimpasa_desktop.app.widgets.button import Button, OutlinedButton, PrimaryButton, Size
from pimpasa_desktop.app.widgets.card import Card
from pimpasa_desktop.app.widgets.progress_bar import ProgressBar
from pimpasa_desktop.app.widgets.sign import Sign
from pimpasa_desktop.app.widgets.words import Words
from pimpasa_desktop.i18n import _

WIDE = 760


class Preparing(Entrance):
    """The practice is being made."""

    def __init__(self) -> None:
        super().__init__(wide=WIDE)
        self._told = Words("", Role.LARGE, "text2")
        self._bar = ProgressBar(_("Langkah"), can_stop=False)
        self._trouble = Words("", Role.TOLD, "red")
        self._trouble.hide()
        self.language.hide()  # what is being told is told in the language in which it began
        self.column.addStretch(1)
        self.column.addWidget(Words(_("Menyiapkan latihan"), Role.TITLE))
        self.column.addWidget(self._told)
        self.column.addSpacing(8)
        self.column.addWidget(self._bar)
        self.column.addWidget(self._trouble)
        self.column.addStretch(2)

    def advance(self, done: int, steps: int, told: str) -> None:
        self._told.say(told)
        self._bar.advance(done, steps)

    def refuse(self, sentence: str) -> None:
        self._bar.hide()
        self._told.say(_("Latihan belum dapat dimulai."))
        self._trouble.say(sentence)
        self._trouble.show()


class Choosing(Entrance):
    """`officer_asked`, `clerk_asked`: that is who one wants to be."""

    officer_asked = Signal()
    clerk_asked = Signal()

    def __init__(self, officer: str, office: str) -> None:
        super().__init__(wide=WIDE)
        self.officer = PrimaryButton(_("Masuk sebagai petugas"), "arrow-right", size=Size.LARGE)
        self.officer.clicked.connect(self.officer_asked)
        self.clerk = OutlinedButton(_("Masuk sebagai staf kantor"), "arrow-right", size=Size.LARGE)
        self.clerk.clicked.connect(self.clerk_asked)
        self.column.addStretch(1)
        self.column.addWidget(Words(_("Latihan"), Role.TITLE))
        told = _("Kantor latihan melayani di laptop ini. Petugas dan staf kantor saling menerima pekerjaannya.")
        self.column.addWidget(Words(told, Role.LARGE, "text2"))
        self.column.addSpacing(8)
        across = QHBoxLayout()
        across.setSpacing(20)
        across.addWidget(
            _choice(
                "identification-card",
                _("Petugas: {name}, {office}").format(name=officer, office=office),
                _("Buat kunjungan, isi daftar hadir dan temuan, lalu kirim ke kantor."),
                self.officer,
            ),
            1,
        )
        across.addWidget(
            _choice(
                "desktop",
                _("Staf kantor"),
                _("Lihat kunjungan yang masuk, betulkan nama, lalu simpan daftar hadir sebagai PDF."),
                self.clerk,
            ),
            1,
        )
        self.column.addLayout(across)
        self.column.addStretch(2)

    def arrive(self) -> None:
        self.officer.setFocus(Qt.FocusReason.OtherFocusReason)


def _choice(icon: str, title: str, told: str, button: Button) -> QWidget:
    card = Card()
    card.add(Sign(icon, "", size=32, tone="link"))
    card.add(Words(title, Role.SECTION))
    card.add(Words(told, Role.BODY, "text2"))
    card.fill()
    card.add(button)
    return card
