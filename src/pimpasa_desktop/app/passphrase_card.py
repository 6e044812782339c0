"""Pengaturan: another passphrase for this laptop, by the one that is known."""

from PySide6.QtWidgets import QHBoxLayout, QWidget

from pimpasa_desktop.app.screen import Context
from pimpasa_desktop.app.widgets.button import OutlinedButton
from pimpasa_desktop.app.widgets.card import Card
from pimpasa_desktop.app.widgets.notice import Kind, Notice
from pimpasa_desktop.app.widgets.passphrase import ChosenPassphrase, Passphrase
from pimpasa_desktop.i18n import _
from pimpasa_desktop.problem import Problem


class PassphraseCard(Card):
    def __init__(self, context: Context) -> None:
        super().__init__(_("Kata sandi"))
        self._context = context
        self.known = Passphrase(_("Kata sandi sekarang"))
        self.chosen = ChosenPassphrase()
        self.button = OutlinedButton(_("Ganti kata sandi"), "lock")
        self.button.clicked.connect(self._ask)
        self.chosen.second.field.returnPressed.connect(self._ask)
        self.done = Notice(
            Kind.INFORMATION, _("Kata sandi diganti."), _("Cadangan lama tetap dibuka dengan yang lama.")
        )
        self.done.hide()
        for part in (self.known, self.chosen):
            self.add(part)
        row = QWidget()
        beside = QHBoxLayout(row)
        beside.setContentsMargins(0, 0, 0, 0)
        beside.addWidget(self.button)
        beside.addStretch(1)
        self.add(row)
        self.add(self.done)

    def forget(self) -> None:
        """What was typed and not used is not left standing."""
        self.known.field.clear()
        self.chosen.clear()
        self.done.hide()

    def _ask(self) -> None:
        self.known.accept()
        self.done.hide()
        if not self.known.field.text():
            self.known.refuse(_("Tulis kata sandi dahulu."))
            return
        chosen = self.chosen.taken()
        if not chosen or not self.button.isEnabled():
            return
        self.button.setEnabled(False)

        def changed(_none: None) -> None:
            self.button.setEnabled(True)
            self.forget()
            self.done.show()

        def refused(problem: Problem) -> None:
            self.button.setEnabled(True)
            self.known.refuse(problem.sentence)

        self._context.change_passphrase(self.known.field.text(), chosen).then(changed, refused, owner=self)
