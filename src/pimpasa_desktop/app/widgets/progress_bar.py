"""How far something has come: what, "36 dari 107", a bar, the time that is left, and a way to stop it.

It knows no clock: whoever works says how much is done and, after some five seconds, how long it may still take.
"""

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QSizePolicy, QVBoxLayout, QWidget

from pimpasa_desktop.app import drawing, theme
from pimpasa_desktop.app.fonts import Role
from pimpasa_desktop.app.widgets.button import OutlinedButton
from pimpasa_desktop.app.widgets.words import Words
from pimpasa_desktop.i18n import _
from pimpasa_desktop.spelling import number

BAR = 8


class ProgressBar(QWidget):
    """`what` names the work ("Catatan"). `stopped` when the person asks for an end."""

    stopped = Signal()

    def __init__(self, what: str, *, can_stop: bool = True, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bar = _Bar(what)
        self._told = Words("", Role.SECOND, "text2", wraps=False, figures=True)
        self._left = Words("", Role.SECOND, "text2", figures=True)
        self.stop = OutlinedButton(_("Hentikan"))
        self.stop.clicked.connect(self.stopped)
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(Words(what, Role.SMALL), 1)
        head.addWidget(self._told)
        column = QVBoxLayout()
        column.setSpacing(8)
        column.addLayout(head)
        column.addWidget(self._bar)
        column.addWidget(self._left)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(20)
        row.addLayout(column, 1)
        row.addWidget(self.stop, 0, Qt.AlignmentFlag.AlignVCenter)
        self.stop.setVisible(can_stop)  # in its place: before, it would be a window of its own
        self.wait()

    def wait(self, told: str = "") -> None:
        """Its turn has not come, or there is no telling how much it will be."""
        self._say(0, 0, told or _("menunggu giliran"), "")

    def advance(self, done: int, total: int, *, detail: str = "", seconds_left: int | None = None) -> None:
        """`detail` follows the count ("54 KB dari 156 KB")."""
        told = _("{done} dari {total}").format(done=number(done), total=number(total))
        left = "" if seconds_left is None else remaining(seconds_left)
        self._say(done, total, f"{told} · {detail}" if detail else told, left)

    def _say(self, done: int, total: int, told: str, left: str) -> None:
        self._bar.setRange(0, max(total, 1))
        self._bar.setValue(min(done, max(total, 1)))
        self._bar.setAccessibleDescription(". ".join(filter(None, (told, left))))
        self._told.say(told)
        self._left.say(left)
        self._left.setVisible(bool(left))


class _Bar(QProgressBar):
    def __init__(self, what: str) -> None:
        super().__init__()
        self.setAccessibleName(what)
        self.setTextVisible(False)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:  # noqa: N802
        return QSize(160, BAR)

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        return QSize(48, BAR)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        painter, rect = QPainter(self), QRectF(self.rect())
        drawing.box(painter, rect, BAR / 2, theme.now().sunken)
        if done := self.value() / max(self.maximum(), 1):
            rect.setWidth(max(rect.width() * done, BAR))
            drawing.box(painter, rect, BAR / 2, theme.now().link)


def remaining(seconds: int) -> str:
    if seconds < 60:
        return _("Kira-kira {seconds} detik lagi").format(seconds=max(seconds, 1))
    return _("Kira-kira {minutes} menit lagi").format(minutes=number(round(seconds / 60)))
