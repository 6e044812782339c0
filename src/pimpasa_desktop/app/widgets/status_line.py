"""The line at the foot of the window: is it saved, what has not been sent, when was the last exchange; and one button.

The caller writes times as its person reads them ("10.12", "kemarin 16.40").
"""

from msgspec import Struct
from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from pimpasa_desktop.app import drawing, theme
from pimpasa_desktop.app.fonts import Role
from pimpasa_desktop.app.theme import Tone
from pimpasa_desktop.app.widgets.button import LinkButton, OutlinedButton, Size
from pimpasa_desktop.app.widgets.rule import Rule
from pimpasa_desktop.app.widgets.sign import Sign
from pimpasa_desktop.app.widgets.words import Words
from pimpasa_desktop.i18n import _, plural
from pimpasa_desktop.spelling import number

NARROW = 760  # px, as a screen magnified to 200 % leaves them
WIDE = 1200


class Standing(Struct, frozen=True):
    """`saved_at` "" = not yet written; `sent_at` "" = never; `percent` None = no exchange is under way, else of the
    records, or of the `files` ("foto") once it is their turn. `files_waiting`, and apart from them `files_held`, which
    wait for Wi-Fi, are counted in words ("3 foto, 1 dokumen"); "" = none. `held`: how many of `files_waiting` wait for
    Wi-Fi. `stopped`: nothing goes by itself."""

    saved_at: str = ""
    waiting: int = 0
    sent_at: str = ""
    percent: int | None = None
    files: str = ""
    files_waiting: str = ""
    files_held: str = ""
    held: int = 0
    stopped: bool = False


class StatusLine(QWidget):
    send_asked = Signal()
    progress_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(_("Keadaan simpanan dan kiriman"))
        self._saved, self._waiting, self._sent = _Answer(), _Answer(), _Answer()
        self._send = OutlinedButton(_("Kirim sekarang"), "paper-plane-tilt", size=Size.SMALL)
        self._send.clicked.connect(self.send_asked)
        self._sending = LinkButton("")
        self._sending.clicked.connect(self.progress_asked)
        self._row = row = QHBoxLayout(self)
        for answer in (self._saved, self._waiting):
            row.addWidget(answer)
            row.addWidget(Rule(upright=True), 0, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self._sent)
        row.addStretch(1)
        row.addWidget(self._send)
        row.addWidget(self._sending)
        self.show_standing(Standing())

    def show_standing(self, standing: Standing) -> None:
        if standing.saved_at:
            self._saved.say("check", "text2", _("Tersimpan {time}").format(time=standing.saved_at), standing.saved_at)
        else:
            self._saved.say("circle", "text2", _("Belum ada yang ditulis"))
        self._waiting.say(*_waits(standing))
        if standing.sent_at:
            sent = _("Terkirim {time}").format(time=standing.sent_at)
            self._sent.say("check-circle-fill", "green", sent, standing.sent_at)
        else:
            self._sent.say("cloud-slash", "text2", _("Belum pernah terkirim"))
        self._send.setVisible(standing.percent is None)
        self._sending.setVisible(standing.percent is not None)
        if standing.percent is not None:
            told = _("Mengirim {what}, {percent} %") if standing.files else _("Mengirim, {percent} %")
            self._sending.say(told.format(what=standing.files, percent=standing.percent))

    def sizeHint(self) -> QSize:  # noqa: N802
        return QSize(super().sizeHint().width(), theme.STATUS_LINE)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        super().resizeEvent(event)
        narrow = self.width() < NARROW
        self._row.setContentsMargins(8 if narrow else 20, 1, 8, 0)
        self._row.setSpacing(8 if narrow else 24 if self.width() >= WIDE else 16)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        painter = QPainter(self)
        drawing.fill(painter, self.rect(), theme.now().surface)
        drawing.fill(painter, QRectF(0, 0, self.width(), 1), theme.now().line)


def _waits(standing: Standing) -> tuple[str, Tone, str, str]:
    """What has not been sent, and what of it waits for something else than a signal."""
    records = plural("{count} catatan", standing.waiting).format(count=number(standing.waiting))
    parts = [part for part in (records if standing.waiting else "", standing.files_waiting) if part]
    waiting, held = ", ".join(parts), standing.files_held
    if not parts and not held:
        return "cloud-check", "text2", _("{counted} menunggu").format(counted=records), records
    if standing.stopped:
        both = ", ".join(filter(None, (waiting, held)))
        return "cloud-slash", "text2", _("{counted} menunggu (dihentikan)").format(counted=both), [*parts, held][0]
    if standing.held:
        told = _("{counted} menunggu ({held} tunggu Wi-Fi)").format(counted=waiting, held=number(standing.held))
    elif not held:
        told = _("{counted} menunggu dikirim").format(counted=waiting)
    elif not parts:
        told = _("{counted} menunggu Wi-Fi").format(counted=held)
    else:
        told = _("{counted} menunggu, {held} tunggu Wi-Fi").format(counted=waiting, held=held)
    return "cloud-arrow-up", "text2", told, [*parts, held][0]


class _Answer(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self._sign = Sign("check", "", size=16)
        self._words = Words("", Role.SECOND, "text2", wraps=False, figures=True)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self._sign)
        row.addWidget(self._words)

    def say(self, icon: str, tone: Tone, words: str, strong: str = "") -> None:
        self._sign.show_icon(icon, "", tone)
        self._words.say(words, strong)
