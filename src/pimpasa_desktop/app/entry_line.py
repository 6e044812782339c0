"""The one line into which people are written: name, L/P, group, institution, phone. By keyboard alone.

It knows no store. Enter anywhere in it asks to write; what cannot be written stays where it was typed.
"""

from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from pimpasa_desktop.app.undoing import LetThrough
from pimpasa_desktop.app.widgets.choice_field import ChoiceField
from pimpasa_desktop.app.widgets.labeled_field import LabeledField
from pimpasa_desktop.app.widgets.segments import Segments
from pimpasa_desktop.app.widgets.text_field import TextField
from pimpasa_desktop.domain.attendee import STAKEHOLDER_GROUPS
from pimpasa_desktop.domain.entity import REGISTRY, Values
from pimpasa_desktop.domain.kinds import Short
from pimpasa_desktop.i18n import _
from pimpasa_desktop.problem import Problem

HEIGHT = 48
# How the fields share the room; with six of them no label may wrap in a narrow window.
FIVE, SIX = (32, 0, 16, 0, 21, 16), (28, 0, 17, 14, 22, 18)
ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class EntryLine(QWidget):
    """`entered`: Enter; `stepped`: an arrow up (-1) or down (1) in the name; `escaped`, `deleted` (in an empty name):
    those keys; `pasted`: several lines; `typed`: the content is another one."""

    entered = Signal()
    stepped = Signal(int)
    escaped = Signal()
    deleted = Signal()
    pasted = Signal(str)
    typed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.name = TextField(_("Nama"), room="register")
        self.sex = Segments(_("L / P"), (("L", _("Laki-laki")), ("P", _("Perempuan"))), height=HEIGHT)
        self.group = ChoiceField(
            _("Unsur"), [(code, _(word)) for code, word in STAKEHOLDER_GROUPS.items()], placeholder=_("Pilih")
        )
        self.group.setFixedHeight(HEIGHT)
        self.institution = TextField(_("Instansi atau desa"), room="register")
        self.position = TextField(_("Jabatan"), room="register")
        self.phone = TextField(_("HP"), room="register", placeholder="08…", figures=True)
        for line in (self.position, self.institution, self.phone):
            line.setFont(self.group.font())
        self.fields = {
            "name": LabeledField(_("Nama"), self.name),
            "sex": LabeledField(_("L / P"), self.sex),
            "stakeholder_group": LabeledField(_("Unsur"), self.group),
            "position_title": LabeledField(_("Jabatan"), self.position),
            "institution": LabeledField(_("Instansi atau desa"), self.institution),
            "phone": LabeledField(_("HP"), self.phone, optional=True),
        }
        self._row = QHBoxLayout()
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(8)
        for field in self.fields.values():
            self._row.addWidget(field, 0, Qt.AlignmentFlag.AlignBottom)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addLayout(self._row)
        for field in self.fields.values():  # a sentence needs more room than a short field has
            whole.addWidget(field.trouble_apart())
        for editor in self._editors():
            editor.installEventFilter(self)
        for line in (self.name, self.position, self.institution, self.phone):
            line.textEdited.connect(self.typed)
            LetThrough(line, lambda: not self.raw())
        self.sex.chosen.connect(self._sex_chosen)
        self.group.activated.connect(self.typed)
        self.ask_position(False)

    def ask_position(self, asked: bool) -> None:
        """Whether the position title has a field; without one it is neither shown nor written."""
        self._asked = tuple(name for name in self.fields if asked or name != "position_title")
        self.fields["position_title"].setVisible(asked)
        for at, stretch in enumerate(SIX if asked else FIVE):
            self._row.setStretch(at, stretch)

    def raw(self) -> dict[str, str]:
        """What stands in the line, by field; empty ones left out."""
        raw = {
            "name": self.name.text(),
            "sex": self.sex.letter(),
            "stakeholder_group": self.group.chosen(),
            "position_title": self.position.text(),
            "institution": self.institution.text(),
            "phone": self.phone.text(),
        }
        return {name: text for name, text in raw.items() if name in self._asked and text.strip()}

    def show_raw(self, raw: dict[str, Any]) -> None:
        """Put this into the line; what it does not name becomes empty."""
        self.name.setText(str(raw.get("name", "")))
        self.sex.choose(str(raw.get("sex", "")))
        self.group.setCurrentIndex(self.group.findData(raw.get("stakeholder_group", "")))
        self.position.setText(str(raw.get("position_title", "")))
        self.institution.setText(str(raw.get("institution", "")))
        self.phone.setText(str(raw.get("phone", "")))
        for field in self.fields.values():
            field.accept()

    def read(self) -> tuple[Values, dict[str, str]] | None:
        """What may be written, and what is kept as it was typed since it lacks something; None where something may be
        neither: it is then marked, and the focus is there."""
        raw, declared, values, kept = self.raw(), REGISTRY["attendee"], {}, {}
        fields = {name: self.fields[name] for name in self._asked}
        for name, field in fields.items():
            try:
                values[name] = declared.fields[name].kind.read(raw.get(name, ""))
                field.accept()
            except Short:
                kept[name] = raw[name]
                field.accept()
            except Problem as problem:
                field.refuse(problem.sentence)
        wrong = next((field for name, field in fields.items() if name not in values and name not in kept), None)
        if not values.get("name") and wrong is None:
            wrong = self.fields["name"]
            wrong.refuse(_("Tulis namanya dulu."))
        if wrong is not None:
            wrong.editor.setFocus(Qt.FocusReason.OtherFocusReason)
            if isinstance(wrong.editor, TextField):
                wrong.editor.selectAll()
            return None
        return values, kept

    def start(self) -> None:
        self.name.setFocus(Qt.FocusReason.OtherFocusReason)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        if isinstance(event, QKeyEvent) and watched in self._editors() and event.type() == QEvent.Type.KeyPress:
            if event.matches(QKeySequence.StandardKey.Paste):
                return self._paste()
            return self._pressed(watched, event)
        return False

    def _pressed(self, watched: QObject, event: QKeyEvent) -> bool:
        key = event.key()
        if key in ENTER:
            self.entered.emit()
        elif key == Qt.Key.Key_Escape:
            self.escaped.emit()
        elif watched is self.name and key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.stepped.emit(1 if key == Qt.Key.Key_Down else -1)
        elif watched is self.name and key == Qt.Key.Key_Delete and not self.name.text():
            self.deleted.emit()
        else:
            return False
        return True

    def _paste(self) -> bool:
        """Several lines are several people; one line belongs where the caret stands."""
        text = QGuiApplication.clipboard().text()
        if len([line for line in text.splitlines() if line.strip()]) < 2:
            return False
        self.pasted.emit(text)
        return True

    def _sex_chosen(self, letter: str) -> None:
        """One key, and on: the next thing to write is the group."""
        self.typed.emit()
        if letter:
            self.group.setFocus(Qt.FocusReason.TabFocusReason)

    def _editors(self) -> tuple[QWidget, ...]:
        return (self.name, self.sex, self.group, self.position, self.institution, self.phone)
