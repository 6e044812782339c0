"""The head of a page: the way back, what one looks at, its state, and what can be done with it."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from pimpasa_desktop.app import theme
from pimpasa_desktop.app.fonts import Role
from pimpasa_desktop.app.widgets.button import LinkButton
from pimpasa_desktop.app.widgets.flow import Flow
from pimpasa_desktop.app.widgets.words import Words
from pimpasa_desktop.i18n import _


class PageHeader(QWidget):
    """`back` is the word of the place one comes from; `beside_back` stands at the other end of its line, where there is
    room in any window; `tag` stands beside the title, `actions` at the right."""

    back_asked = Signal()

    def __init__(
        self,
        title: str,
        *,
        second: str = "",
        back: str = "",
        beside_back: QWidget | None = None,
        tag: QWidget | None = None,
        actions: tuple[QWidget, ...] = (),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._title = Words(title, Role.TITLE)
        self._second = Words(second, Role.BODY, "text2", figures=True)
        left = QVBoxLayout()
        left.setSpacing(2)
        if back:
            link = LinkButton(back, "arrow-left")
            link.setAccessibleName(_("Kembali ke {place}").format(place=back))
            link.clicked.connect(self.back_asked)
            line = QHBoxLayout()
            line.addWidget(link)
            line.addStretch(1)
            if beside_back:
                line.addWidget(beside_back)
            left.addLayout(line)
        under = QVBoxLayout()
        under.setContentsMargins(theme.LINK_PAD, 0, 0, 0)
        under.setSpacing(2)
        named = Flow(gap=12)
        named.addWidget(self._title)
        if tag:
            named.addWidget(tag)
        under.addLayout(named)
        under.addWidget(self._second)
        left.addLayout(under)
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.MARGIN - theme.LINK_PAD, 12 if back else 20, theme.MARGIN, 16)
        row.setSpacing(12)
        row.addLayout(left, 1)
        for action in actions:
            row.addWidget(action, 0, Qt.AlignmentFlag.AlignVCenter)
        self._second.setVisible(bool(second))  # in its place: before, it would be a window of its own

    def say(self, title: str, second: str = "") -> None:
        self._title.say(title)
        self._second.say(second)
        self._second.setVisible(bool(second))
