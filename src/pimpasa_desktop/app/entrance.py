"""The two screens before the window: enrolling a new laptop, and unlocking one. Blue on the left, one thing to do on
the right. They know neither keys nor stores: they ask, and show what came of it."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from pimpasa_desktop.app.fonts import Role
from pimpasa_desktop.app.widgets.blue_panel import BluePanel
from pimpasa_desktop.app.widgets.button import LinkButton, PrimaryButton
from pimpasa_desktop.app.widgets.card import Card
from pimpasa_desktop.app.widgets.listing import two_lines
from pimpasa_desktop.app.widgets.passphrase import ChosenPassphrase, Passphrase
from pimpasa_desktop.app.widgets.progress_bar import ProgressBar
from pimpasa_desktop.app.widgets.rule import Rule
from pimpasa_desktop.app.widgets.sign import Sign
from pimpasa_desktop.app.widgets.words import Words
from pimpasa_desktop.i18n import _

# px; all of a column is equally wide, or a wrapped line would be measured at another width than it gets
FORM, WIDER = 440, 560
ROOM_FOR_PANEL = 800  # px; under that, as on a screen magnified to 200 %, the form has it all


class Entrance(QWidget):
    """`column` is where a screen puts its own things."""

    language_asked = Signal()

    def __init__(self, *, wide: int, foot: str = "") -> None:
        super().__init__()
        self.column = QVBoxLayout()
        self.column.setSpacing(16)
        held = QWidget()
        held.setMaximumWidth(wide)
        held.setLayout(self.column)
        right = QVBoxLayout()
        right.setContentsMargins(48, 40, 48, 24)
        page = QScrollArea()  # a low window, as a magnified screen makes it, cuts nothing
        page.setWidgetResizable(True)
        page.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        middle = QWidget()
        page.setWidget(middle)
        across = QHBoxLayout(middle)
        across.setContentsMargins(0, 0, 0, 0)
        across.addStretch(1)
        across.addWidget(held, 100)
        across.addStretch(1)
        right.addWidget(page, 1)
        self.language = LinkButton(_("Bahasa: Indonesia"))
        self.language.clicked.connect(self.language_asked)
        bottom = QHBoxLayout()
        bottom.addWidget(self.language)
        bottom.addStretch(1)
        right.addLayout(bottom)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        self._panel = BluePanel(foot)
        row.addWidget(self._panel, 2)
        row.addLayout(right, 4)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        super().resizeEvent(event)
        self._panel.setVisible(self.width() >= ROOM_FOR_PANEL)

    def arrive(self) -> None:
        """Set the focus where one types first."""


class Unlock(Entrance):
    """`asked` carries the passphrase; `forgotten` when the person has none any more and the office may help."""

    asked = Signal(str)
    forgotten = Signal()

    def __init__(self, *, recoverable: bool = False) -> None:
        super().__init__(wide=FORM)
        self.passphrase = Passphrase(_("Kata sandi"))
        self.passphrase.field.returnPressed.connect(self._ask)
        self.button = PrimaryButton(_("Buka"), "lock-open")
        self.button.clicked.connect(self._ask)
        self.column.addStretch(1)
        self.column.addWidget(Words(_("Selamat datang kembali"), Role.TITLE))
        told = _("Tulis kata sandi untuk membuka catatan di laptop ini.")
        self.column.addWidget(Words(told, Role.BODY, "text2"))
        self.column.addSpacing(8)
        self.column.addWidget(self.passphrase)
        self.column.addWidget(self.button)
        self.column.addSpacing(8)
        self.column.addWidget(Rule())
        safe = _("Catatan Anda aman. Lupa kata sandi tidak menghapus apa pun: kantor dapat membukanya kembali.")
        self.column.addWidget(signed("shield-check", safe))
        self.forgot = LinkButton(_("Lupa kata sandi"))
        self.forgot.clicked.connect(self.forgotten)
        self.forgot.setVisible(recoverable)
        self.column.addWidget(self.forgot, 0, Qt.AlignmentFlag.AlignLeft)
        self.column.addStretch(2)

    def arrive(self) -> None:
        self.passphrase.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def busy(self) -> None:
        """The passphrase is being tried; that takes a moment on purpose."""
        self.passphrase.accept()
        self.button.setEnabled(False)
        self.button.say(_("Sedang membuka …"))

    def refuse(self, sentence: str) -> None:
        self.button.setEnabled(True)
        self.button.say(_("Buka"))
        self.passphrase.refuse(sentence)
        self.passphrase.field.selectAll()
        self.arrive()

    def _ask(self) -> None:
        if not self.button.isEnabled():
            return
        if self.passphrase.field.text():
            self.asked.emit(self.passphrase.field.text())
        else:
            self.passphrase.refuse(_("Tulis kata sandi dahulu."))


class FirstTime(Entrance):
    """`asked` carries the path of the enrolment file and the new passphrase."""

    asked = Signal(str, str)

    def __init__(self) -> None:
        super().__init__(wide=WIDER)
        self._path = ""
        self.choose = PrimaryButton(_("Pilih berkas"))
        self.choose.clicked.connect(self._choose)
        self.named = Words(_("Berkas dari staf kantor, berlaku satu kali."), Role.SECOND, "text2")
        self._file_trouble = Words("", Role.TOLD, "red")
        self.chosen = ChosenPassphrase()
        self.first, self.second = self.chosen.first, self.chosen.second
        self.button = PrimaryButton(_("Mulai"), "arrow-right")
        self.button.clicked.connect(self._ask)
        self.second.field.returnPressed.connect(self._ask)
        self._progress = ProgressBar(_("Menyiapkan laptop ini"), can_stop=False)
        self._progress.hide()
        self.column.addStretch(1)
        self.column.addWidget(Words(_("Selamat datang"), Role.TITLE))
        told = _("Untuk memulai Anda memerlukan berkas pendaftaran dari kantor.")
        self.column.addWidget(Words(told, Role.LARGE, "text2"))
        self.column.addSpacing(8)
        self.column.addWidget(self._file_card())
        self.column.addWidget(self._file_trouble)
        self._form = QWidget()
        form = QVBoxLayout(self._form)
        form.setContentsMargins(0, 8, 0, 0)
        form.setSpacing(16)
        for part in (self.chosen, self.button):
            form.addWidget(part)
        self._form.hide()
        self._file_trouble.hide()
        self.column.addWidget(self._form)
        self.column.addWidget(self._progress)
        self.column.addStretch(2)

    def arrive(self) -> None:
        self.choose.setFocus(Qt.FocusReason.OtherFocusReason)

    def take(self, path: str) -> None:
        """The file that the person chose, or dropped."""
        self._path = path
        name = path.replace("\\", "/").rpartition("/")[2]
        self.named.say(_("Dipilih: {file}").format(file=name), strong=name)
        self.choose.say(_("Ganti berkas"))
        self._file_trouble.hide()
        self._form.show()
        self.first.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def busy(self, received: int = 0) -> None:
        self.button.setEnabled(False)
        self._progress.show()
        if received:
            self._progress.advance(received, received)

    def refuse(self, sentence: str) -> None:
        self.button.setEnabled(True)
        self._progress.hide()
        self._file_trouble.say(sentence)
        self._file_trouble.show()

    def trouble(self) -> str:
        """What is said about the file."""
        return self._file_trouble.text()

    def _choose(self) -> None:
        path, _kind = QFileDialog.getOpenFileName(self, _("Pilih berkas pendaftaran"))
        if path:
            self.take(path)

    def _ask(self) -> None:
        """Slips of the finger are found before the file is used up."""
        chosen = self.chosen.taken()
        if chosen and self.button.isEnabled():
            self.asked.emit(self._path, chosen)

    def _file_card(self) -> QWidget:
        card = Card()
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(4, 4, 4, 4)
        row.setSpacing(20)
        row.addWidget(Sign("identification-card", "", size=32, tone="link"))
        row.addWidget(two_lines(Words(_("Berkas pendaftaran dari kantor"), Role.SECTION), self.named), 1)
        row.addWidget(self.choose)
        card.add(line)
        return card


class Recovery(Entrance):
    """The passphrase is forgotten: the office's recovery key and a new one. `asked` carries both, the key as it was
    typed; `left` when one goes back."""

    asked = Signal(str, str)
    left = Signal()

    def __init__(self) -> None:
        super().__init__(wide=WIDER)
        self.key = Passphrase(
            _("Kunci pemulihan kantor"),
            hint=_("13 kelompok empat tanda, dari kertas yang disimpan kantor. Biarkan orang kantor yang menulisnya."),
        )
        self.chosen = ChosenPassphrase()
        self.button = PrimaryButton(_("Buka dengan kata sandi baru"), "lock-open")
        self.button.clicked.connect(self._ask)
        self.chosen.second.field.returnPressed.connect(self._ask)
        self.back = LinkButton(_("Kembali"), "arrow-left")
        self.back.clicked.connect(self.left)
        self.column.addStretch(1)
        self.column.addWidget(self.back, 0, Qt.AlignmentFlag.AlignLeft)
        self.column.addWidget(Words(_("Lupa kata sandi"), Role.TITLE))
        told = _("Kantor dapat membuka catatan di laptop ini. Tidak ada yang hilang, dan jejaknya dicatat.")
        self.column.addWidget(Words(told, Role.LARGE, "text2"))
        self.column.addSpacing(8)
        for part in (self.key, self.chosen, self.button):
            self.column.addWidget(part)
        self.column.addStretch(2)

    def arrive(self) -> None:
        self.key.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def busy(self) -> None:
        self.key.accept()
        self.button.setEnabled(False)

    def refuse(self, sentence: str) -> None:
        self.button.setEnabled(True)
        self.key.refuse(sentence)
        self.arrive()

    def _ask(self) -> None:
        chosen = self.chosen.taken()
        if chosen and self.button.isEnabled():
            self.asked.emit(self.key.field.text(), chosen)


def signed(icon: str, words: str) -> QWidget:
    held = QWidget()
    row = QHBoxLayout(held)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(12)
    row.addWidget(Sign(icon, "", size=20), 0, Qt.AlignmentFlag.AlignTop)
    row.addWidget(Words(words, Role.SECOND, "text2"), 1)
    return held
