"""The files on their way in to one record, on its page: how far they are, a way to stop them, and what failed.

It keeps nothing: `taking_in` knows, also when this page is left and another comes.
"""

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from pimpasa_desktop.app.fonts import Role
from pimpasa_desktop.app.taking_in import Of, TakingIn, sentence
from pimpasa_desktop.app.widgets.button import LinkButton
from pimpasa_desktop.app.widgets.notice import Kind, Notice
from pimpasa_desktop.app.widgets.words import Words
from pimpasa_desktop.i18n import _
from pimpasa_desktop.spelling import number


class Coming(QWidget):
    """`stood` when there is more or less of it; `words` say how far, with {done} and {all}."""

    stood = Signal()

    def __init__(self, taking: TakingIn, words: str) -> None:
        super().__init__()
        self._taking, self._words, self._of = taking, words, Of("", "")
        self.trouble = Notice(Kind.ATTENTION, "", can_dismiss=True)
        self.trouble.dismissed.connect(self._put_away)
        self.progress = Words("", Role.BODY, "text2", figures=True, wraps=False)
        self.cancel = LinkButton(_("Berhenti"), "x")
        self.cancel.clicked.connect(lambda: taking.stop(self._of))
        self._under_way = QWidget()
        row = QHBoxLayout(self._under_way)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.progress)
        row.addWidget(self.cancel)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(self.trouble)
        column.addWidget(self._under_way)
        self._say()
        taking.stood.connect(self._stand)

    def follow(self, of: Of) -> None:
        """Show what comes to this record."""
        if of != self._of:
            self._of = of
            self._say()

    @property
    def busy(self) -> bool:
        return self._taking.batch(self._of).busy

    def tell(self, sentence: str) -> None:
        """A trouble with files that are not on their way at all."""
        self.trouble.say(sentence)
        self.trouble.setVisible(bool(sentence))
        self.setVisible(bool(sentence) or self.busy)

    def _stand(self, of: Of) -> None:
        if of == self._of:
            self._say()
            self.stood.emit()

    def _say(self) -> None:
        batch = self._taking.batch(self._of)
        self._under_way.setVisible(batch.busy)
        self.cancel.setVisible(batch.count - batch.done > 1)
        at = min(batch.done + 1, batch.count)
        self.progress.say(self._words.format(done=number(at), all=number(batch.count)))
        self.tell(sentence(batch.troubles))
        self._hear()

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802
        super().showEvent(event)
        self._hear()

    def _hear(self) -> None:
        if self.isVisible():
            self._taking.batch(self._of).heard = True

    def _put_away(self) -> None:
        self._taking.batch(self._of).troubles.clear()
        self._say()
