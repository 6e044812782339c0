"""The people of a visit as a list, and what was written down of the chosen one, to be corrected where it is seen.

Saved while one types; the last correction is taken back by a word. It adds nobody and removes nobody.
"""

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from pimpasa_desktop.app import record_words, theme
from pimpasa_desktop.app.fonts import Role
from pimpasa_desktop.app.screen import Context
from pimpasa_desktop.app.widgets.button import LinkButton
from pimpasa_desktop.app.widgets.choice_field import ChoiceField
from pimpasa_desktop.app.widgets.empty_state import EmptyState
from pimpasa_desktop.app.widgets.labeled_field import LabeledField
from pimpasa_desktop.app.widgets.row import Cell, Column, Row, Show
from pimpasa_desktop.app.widgets.segments import Segments
from pimpasa_desktop.app.widgets.table import Table
from pimpasa_desktop.app.widgets.table_or_empty import TableOrEmpty
from pimpasa_desktop.app.widgets.text_field import TextField
from pimpasa_desktop.app.widgets.words import Words
from pimpasa_desktop.domain.attendee import STAKEHOLDER_GROUPS
from pimpasa_desktop.domain.entity import Values, entity, same
from pimpasa_desktop.i18n import _
from pimpasa_desktop.problem import Problem
from pimpasa_desktop.spelling import number
from pimpasa_desktop.store.people import Present

SAVED_AFTER_MS = 800
Undo = tuple[str, Values]


class AttendeeCorrection(QWidget):
    """`corrected` after each correction that was written; `led` carries the field that one is led into."""

    corrected = Signal()
    led = Signal(QWidget)

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._visit, self._chosen = "", ""
        self._people: dict[str, Values] = {}
        self._doubted: frozenset[str] = frozenset()
        self._undo: Undo | None = None
        self._refused: dict[str, str] = {}  # by field what was typed and not taken; not asked again until it differs
        self.table = Table(_("Nama peserta"), (Column(_("No."), Show.QUIET, 68), Column(_("Nama"), Show.KEY)))
        self.table.chosen.connect(self._choose)
        self.table.opened.connect(lambda _key: self.into_field("name"))
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(SAVED_AFTER_MS)
        self._pause.timeout.connect(self._save)
        self.lines: dict[str, TextField] = {}
        self.labeled: dict[str, LabeledField] = {}
        self.sex = Segments(_("L/P"), (("L", _("Laki-laki")), ("P", _("Perempuan"))))
        self.group = ChoiceField(
            _("Unsur"), [("", _("(belum diisi)")), *((code, _(label)) for code, label in STAKEHOLDER_GROUPS.items())]
        )
        self._fields = self._grid()
        self.sex.chosen.connect(lambda _letter: self._save())
        self.group.activated.connect(lambda _index: self._save())
        self.told = Words("", Role.SECOND, "text2")
        self.take_back = LinkButton(_("Urungkan"), "arrow-counter-clockwise")
        self.take_back.clicked.connect(self._back)
        undo = QHBoxLayout()
        undo.addWidget(self.told, 1)
        undo.addWidget(self.take_back)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        self.table.horizontalHeader().hide()  # a number and a name explain themselves; the room is for one name more
        told = _("Daftar hadirnya masih kosong.")
        self.listed = TableOrEmpty(self.table, EmptyState(_("Belum ada nama"), told, icon="users"))
        self.listed.setMinimumHeight(110)  # three names; more only where there is room
        self.listed.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
        column.addWidget(self.listed, 1)
        column.addWidget(self._fields)
        column.addLayout(undo)
        self._tell()

    @property
    def field(self) -> TextField:
        return self.lines["name"]

    def show_visit(self, visit: str, doubted: frozenset[str] = frozenset()) -> None:
        """`doubted`: ids of people who are to be looked at; they are marked in the list."""
        if visit != self._visit:
            self._save()
            self._visit, self._chosen, self._undo = visit, "", None
            self.table.clearSelection()
            self._accept()
        self._doubted = doubted
        people = self._context.queries.people.present(visit) if visit else []
        self._people = {one.id: one.values for one in people}
        self.listed.show_rows([self._row(at, one) for at, one in enumerate(people, 1)])
        if self._chosen not in self._people:
            self._chosen = ""
            self._fill({})
        elif not self._pause.isActive() and not self._refused:
            self._fill(self._people[self._chosen])
        self._fields.setVisible(bool(self._chosen))  # until then the room is the list's
        self._tell()

    def choose(self, person: str, field: str = "name") -> None:
        """Lead to that person, and into that field."""
        self.table.choose(person)
        self.into_field(field)

    def into_field(self, name: str) -> None:
        editor = self.labeled[name].editor
        editor.setFocus(Qt.FocusReason.OtherFocusReason)
        if isinstance(editor, TextField):
            editor.selectAll()
        self.led.emit(self.labeled[name])

    # -- one person

    def _choose(self, key: str) -> None:
        if key == self._chosen:
            return
        self._save()
        self._chosen = key
        self._accept()
        self._fields.show()
        self._fill(self._people.get(key, {}))
        self._tell()
        QTimer.singleShot(0, self.table, lambda: self.table.scrollTo(self.table.currentIndex()))  # it is lower now

    def _fill(self, values: Values) -> None:
        for name, line in self.lines.items():
            text = str(values.get(name, ""))
            text = record_words.phone(text) if name == "phone" else text
            if line.text() != text:
                line.setText(text)
        self.sex.choose(str(values.get("sex", "")))
        self.group.setCurrentIndex(self.group.findData(str(values.get("stakeholder_group", ""))))

    def _typed(self) -> Values:
        typed: Values = {name: line.text() for name, line in self.lines.items()} | {"sex": self.sex.letter()}
        if self.group.currentIndex() >= 0:  # an unsur of a newer program stays as it is
            typed["stakeholder_group"] = self.group.chosen()
        return typed

    def _next(self) -> None:
        """Saved; the next name is chosen, so that a whole list is gone through by Enter alone."""
        self._save()
        at = self.table.currentIndex().row()
        if 0 <= at < self.table.rows.rowCount() - 1 and not self._refused:
            self.table.selectRow(at + 1)
            self.field.selectAll()

    def _save(self) -> None:
        self._pause.stop()
        before = self._people.get(self._chosen)
        if before is None:
            return
        patch = self._readable(before)
        if patch:
            self._write(self._chosen, patch, (self._chosen, {name: before.get(name, "") for name in patch}))

    def _readable(self, before: Values) -> Values:
        """What differs and can be read; under the other fields it is said why not."""
        patch: Values = {}
        kinds = entity("attendee").fields
        for name, typed in self._typed().items():
            if typed == self._refused.get(name):
                continue
            self._refused.pop(name, None)
            self.labeled[name].accept()
            try:
                read = kinds[name].kind.read(typed)
                if name == "name" and not read:
                    raise Problem(_("Nama tidak boleh kosong. Tulis namanya, atau urungkan."))
            except Problem as problem:
                self._refuse(name, str(typed), problem.sentence)
                continue
            if not same(read, before.get(name, "")):
                patch[name] = read
        return patch

    def _write(self, person: str, patch: Values, undo: Undo | None) -> None:
        before = self._people.get(person, {})
        self._people[person] = before | patch

        def done(_id: str) -> None:
            self._undo = undo
            self._tell()
            self.corrected.emit()

        def refused(problem: Problem) -> None:
            self._people[person] = before
            self.table.choose(person)  # Enter had gone on to the next
            if person == self._chosen:
                self._fill(before | patch)
                for name, value in patch.items():
                    self._refuse(name, str(value), problem.sentence)

        self._context.write(lambda store: store.put("attendee", patch, person)).then(done, refused, owner=self)

    def _refuse(self, name: str, typed: str, sentence: str) -> None:
        self._refused[name] = typed
        self.labeled[name].refuse(sentence)

    def _accept(self) -> None:
        self._refused = {}
        for labeled in self.labeled.values():
            labeled.accept()

    def _back(self) -> None:
        if self._undo is not None:
            person, before = self._undo
            self.table.choose(person)
            self._undo = None
            self._write(person, before, None)
            if person == self._chosen:
                self._fill(self._people[person])

    def _tell(self) -> None:
        self.take_back.setVisible(self._undo is not None)
        if self._undo is None:
            asks = bool(self._people) and not self._chosen
            self.told.say(_("Pilih nama di daftar untuk membetulkannya.") if asks else "")
            return
        person, before = self._undo
        now = self._people.get(person, {})
        told = [(shown(name, value), shown(name, now.get(name, ""))) for name, value in before.items()]
        sentence = _("Tersimpan: {before} menjadi {now}")
        self.told.say("\n".join(sentence.format(before=old, now=new) for old, new in told), strong=told[0][1])

    # -- layout

    def _row(self, at: int, one: Present) -> Row:
        return Row(one.id, (Cell(number(at)), Cell(one.name)), doubt=one.id in self._doubted)

    def _grid(self) -> QWidget:
        held = QWidget()
        held.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)  # never squeezed
        grid = QGridLayout(held)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        grid.addWidget(self._line("name", _("Betulkan nama")), 0, 0, 1, 2)
        for name, label, editor, column in (
            ("sex", _("L/P"), self.sex, 0),
            ("stakeholder_group", _("Unsur"), self.group, 1),
        ):
            self.labeled[name] = LabeledField(label, editor)
            grid.addWidget(self.labeled[name], 1, column)
        places = (("position_title", 2, 0), ("institution", 2, 1), ("address", 3, 0), ("phone", 3, 1))
        words = {
            "position_title": _("Jabatan"),
            "institution": _("Instansi"),
            "address": _("Alamat"),
            "phone": _("Nomor HP"),
        }
        for name, row, column in places:
            grid.addWidget(self._line(name, words[name]), row, column)
        for labeled in self.labeled.values():  # a layout asks what is inside, not for what it was set to
            labeled.editor.setMinimumHeight(theme.CONTROL)
        return held

    def _line(self, name: str, label: str) -> LabeledField:
        line = TextField(label, figures=name == "phone")
        line.setMinimumWidth(96)
        line.textEdited.connect(lambda _text: self._pause.start())
        line.returnPressed.connect(self._next)
        line.editingFinished.connect(self._save)
        self.lines[name], self.labeled[name] = line, LabeledField(label, line)
        return self.labeled[name]


def shown(name: str, value: object) -> str:
    """A value of a person in words."""
    if name == "stakeholder_group" and value in STAKEHOLDER_GROUPS:
        return _(STAKEHOLDER_GROUPS[str(value)])
    told = record_words.phone(str(value)) if name == "phone" else str(value)
    return told or _("(kosong)")
