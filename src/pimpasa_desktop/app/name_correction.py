"""The names of a visit as a list, and one field to correct the chosen one. Saved while one types; taken back by a word.

It changes names and nothing else of a person.
"""

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from pimpasa_desktop.app.fonts import Role
from pimpasa_desktop.app.screen import Context
from pimpasa_desktop.app.widgets.button import LinkButton
from pimpasa_desktop.app.widgets.labeled_field import LabeledField
from pimpasa_desktop.app.widgets.row import Cell, Column, Row, Show
from pimpasa_desktop.app.widgets.table import Table
from pimpasa_desktop.app.widgets.text_field import TextField
from pimpasa_desktop.app.widgets.words import Words
from pimpasa_desktop.domain.entity import entity
from pimpasa_desktop.i18n import _
from pimpasa_desktop.spelling import number
from pimpasa_desktop.store.queries import Listed

SAVED_AFTER_MS = 800


class NameCorrection(QWidget):
    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._visit, self._chosen = "", ""
        self._names: dict[str, str] = {}
        self._undo: tuple[str, str] | None = None
        self._refused = ("", "")  # not asked again until it is another name
        self.table = Table(_("Nama peserta"), (Column(_("No."), Show.QUIET, 68), Column(_("Nama"), Show.KEY)))
        self.table.chosen.connect(self._choose)
        self.table.opened.connect(lambda _key: self._into_field())
        self.field = TextField(_("Betulkan nama"))
        self.labeled = LabeledField(_("Betulkan nama"), self.field)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(SAVED_AFTER_MS)
        self._pause.timeout.connect(self._save)
        self.field.textEdited.connect(lambda _text: self._pause.start())
        self.field.returnPressed.connect(self._next)
        self.field.editingFinished.connect(self._save)
        self.told = Words("", Role.SECOND, "text2")
        self.take_back = LinkButton(_("Urungkan"), "arrow-counter-clockwise")
        self.take_back.clicked.connect(self._back)
        undo = QHBoxLayout()
        undo.addWidget(self.told, 1)
        undo.addWidget(self.take_back)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        self.table.setMinimumHeight(110)  # the head and two names
        column.addWidget(self.table, 1)
        column.addWidget(self.labeled)
        column.addLayout(undo)
        self._tell()

    def show_visit(self, visit: str) -> None:
        if visit != self._visit:
            self._save()
            self._visit, self._chosen, self._undo = visit, "", None
            self.table.clearSelection()
            self.labeled.accept()
        people = self._people()
        self._names = {one.id: str(one.values.get("name", "")) for one in people}
        self.table.show_rows([_row(at, one) for at, one in enumerate(people, 1)])
        if self._chosen not in self._names:
            self._chosen = ""
            self.field.clear()
        elif not self._pause.isActive() and not self.field.property("state"):
            self._fill()
        self.labeled.setEnabled(bool(self._chosen))
        self.field.setPlaceholderText(_("Pilih nama di daftar") if people and not self._chosen else "")
        self._tell()

    def people(self) -> int:
        return len(self._names)

    def _people(self) -> list[Listed]:
        if not self._visit:
            return []
        return list(self._context.queries.every(entity("attendee"), {"visit": self._visit}))

    def _choose(self, key: str) -> None:
        if key == self._chosen:
            return
        self._save()
        self._chosen = key
        self.labeled.accept()
        self.labeled.setEnabled(True)
        self._fill()

    def _fill(self) -> None:
        if self.field.text() != self._names[self._chosen]:
            self.field.setText(self._names[self._chosen])

    def _into_field(self) -> None:
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)
        self.field.selectAll()

    def _next(self) -> None:
        """Saved; the next name is chosen, so that a whole list is gone through by Enter alone."""
        self._save()
        at = self.table.currentIndex().row()
        if 0 <= at < self.table.rows.rowCount() - 1 and not self.field.property("state"):
            self.table.selectRow(at + 1)
            self.field.selectAll()

    def _save(self) -> None:
        self._pause.stop()
        person, name = self._chosen, self.field.text()
        before = self._names.get(person)
        if before is None or name == before or (person, name) == self._refused:
            return
        self._write(person, name, (person, before))

    def _write(self, person: str, name: str, undo: tuple[str, str] | None) -> None:
        self._names[person] = name

        def done(_id: str) -> None:
            self._undo = undo
            if person == self._chosen:
                self.labeled.accept()
            self._tell()

        def refused(sentence: str) -> None:
            self._names[person] = undo[1] if undo else name
            self._refused = person, name
            self.table.choose(person)  # Enter had gone on to the next
            if person == self._chosen:
                self.field.setText(name)
                self.labeled.refuse(sentence)

        self._context.write(lambda store: store.put("attendee", {"name": name}, person)).then(
            done, lambda problem: refused(problem.sentence), owner=self
        )

    def _back(self) -> None:
        if self._undo is not None:
            person, before = self._undo
            self.table.choose(person)
            self._undo = None
            self._write(person, before, None)
            if person == self._chosen:
                self.field.setText(before)

    def _tell(self) -> None:
        self.take_back.setVisible(self._undo is not None)
        if self._undo is None:
            self.told.say("")
            return
        person, before = self._undo
        now = self._names.get(person, "")
        self.told.say(_("Tersimpan: {before} menjadi {now}").format(before=before, now=now), strong=now)


def _row(at: int, one: Listed) -> Row:
    return Row(one.id, (Cell(number(at)), Cell(str(one.values.get("name", "")))))
