"""The letter number of a visit's Daftar Hadir in a field: remembered for the visit, printed on every copy since."""

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QWidget

from pimpasa_desktop.app.screen import Context
from pimpasa_desktop.app.widgets.labeled_field import LabeledField
from pimpasa_desktop.app.widgets.text_field import TextField
from pimpasa_desktop.domain.entity import entity
from pimpasa_desktop.i18n import _
from pimpasa_desktop.problem import Problem
from pimpasa_desktop.store.letter_number import give_letter_number, letter_number

SAVED_AFTER_MS = 800


class LetterNumber(LabeledField):
    """`entered` when Enter was pressed and what stands there is saved or on its way."""

    entered = Signal()

    def __init__(self, context: Context, *, hint: str = "", parent: QWidget | None = None) -> None:
        self.field = TextField(_("Nomor surat"))
        super().__init__(_("Nomor surat"), self.field, hint=hint, optional=True, parent=parent)
        self._context = context
        self._visit, self._saved, self._refused = "", "", ""
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(SAVED_AFTER_MS)
        self._pause.timeout.connect(self.save)
        self.field.textEdited.connect(lambda _text: self._pause.start())
        self.field.editingFinished.connect(self.save)
        self.field.returnPressed.connect(self._enter)

    def show_visit(self, visit: str) -> None:
        """ "" is none; what is being typed for another one is saved first."""
        if visit != self._visit:
            self.save()
            self.accept()
            self._refused = ""
        busy = visit == self._visit and (self._pause.isActive() or bool(self._refused))
        self._visit = visit
        self.setEnabled(bool(visit))
        if not busy:
            self._saved = letter_number(self._context.queries, visit) if visit else ""
            if self.field.text() != self._saved:
                self.field.setText(self._saved)

    def save(self) -> None:
        self._pause.stop()
        visit, typed = self._visit, self.field.text()
        if not visit or typed.strip() == self._saved or typed == self._refused:
            return
        try:
            number = str(entity("document").fields["number"].kind.read(typed))
        except Problem as problem:
            self._refuse(visit, typed, problem)
            return
        self._saved, self._refused = number, ""
        self.accept()
        self._context.write(lambda store: give_letter_number(store, visit, number)).then(
            lambda _none: None, lambda problem: self._refuse(visit, typed, problem), owner=self
        )

    def _refuse(self, visit: str, typed: str, problem: Problem) -> None:
        if visit == self._visit:
            self._refused = typed
            self.refuse(problem.sentence)

    def _enter(self) -> None:
        self.save()
        if not self._refused:
            self.entered.emit()
