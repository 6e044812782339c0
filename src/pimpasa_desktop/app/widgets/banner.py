"""A strip over the whole width of a page that says under which rule one works here: practice, or restricted."""

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from pimpasa_desktop.app import drawing
from pimpasa_desktop.app.fonts import Role
from pimpasa_desktop.app.theme import Tone
from pimpasa_desktop.app.widgets.button import LinkButton
from pimpasa_desktop.app.widgets.notice import Kind, grounds
from pimpasa_desktop.app.widgets.sign import Sign
from pimpasa_desktop.app.widgets.words import Words
from pimpasa_desktop.i18n import _


class Banner(QWidget):
    """`strong` is the first word, the rule itself; `keys` a key that does what `action` says."""

    acted = Signal()

    def __init__(
        self,
        kind: Kind,
        icon: str,
        strong: str,
        sentence: str,
        *,
        action: str = "",
        keys: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._kind = kind
        tones: dict[Kind, Tone] = {Kind.ATTENTION: "gold", Kind.DANGER: "red", Kind.INFORMATION: "link"}
        self.setAccessibleName(f"{strong} {sentence}")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        row = QHBoxLayout(self)
        row.setContentsMargins(24, 2 if action else 6, 24, 2 if action else 6)  # a button brings room of its own
        row.setSpacing(12)
        row.addWidget(Sign(icon, "", size=18, tone=tones[kind]), 0, Qt.AlignmentFlag.AlignVCenter)
        text = Words(f"{strong} {sentence}", Role.SECOND, strong=strong)
        row.addWidget(text, 1)
        if action:
            button = LinkButton(action, keys=keys)
            button.clicked.connect(self.acted)
            row.addWidget(button)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        painter = QPainter(self)
        ground, border = grounds(self._kind)
        drawing.fill(painter, self.rect(), ground)
        drawing.fill(painter, QRectF(0, self.height() - 1, self.width(), 1), border)


def practice(*, can_leave: bool, parent: QWidget | None = None) -> Banner:
    """What stands over every page of the practice; `can_leave` where one works in a role."""
    return Banner(
        Kind.ATTENTION,
        "info-fill",
        _("Latihan:"),
        _("data ini bukan data sungguhan"),
        action=_("Ganti peran") if can_leave else "",
        parent=parent,
    )
