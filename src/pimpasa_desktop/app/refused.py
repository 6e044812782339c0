"""What the office has not taken: what was written by whom and when, why not, and the ways on. It may be mended first.

Nothing of it is lost while it stands here. It settles nothing itself: `settle` is handed in.
"""

from collections.abc import Callable
from typing import Any, Protocol

import msgspec
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from pimpasa_desktop.app import record_words
from pimpasa_desktop.app.fonts import Role
from pimpasa_desktop.app.screen import Context
from pimpasa_desktop.app.widgets.button import LinkButton, OutlinedButton
from pimpasa_desktop.app.widgets.card import Card
from pimpasa_desktop.app.widgets.flow import Flow
from pimpasa_desktop.app.widgets.labeled_field import LabeledField
from pimpasa_desktop.app.widgets.text_field import TextField
from pimpasa_desktop.app.widgets.words import Words
from pimpasa_desktop.domain.entity import REGISTRY, Field, Level, Values
from pimpasa_desktop.domain.kinds import Phone, Text
from pimpasa_desktop.domain.policy import sentence
from pimpasa_desktop.i18n import _
from pimpasa_desktop.problem import Problem
from pimpasa_desktop.store.queries import Listed

WIDE = 400


class Settle(Protocol):
    def __call__(
        self,
        item: Listed,
        keep: str,
        told: str,
        refused: Callable[[Problem], None] | None = None,
    ) -> None: ...


class Refused(Card):
    """One change that was refused. `head` says of what record it is; `written` by whom and when."""

    def __init__(self, context: Context, found: Listed, head: QWidget, written: str, settle: Settle) -> None:
        super().__init__()
        self._context, self._found, self._settle = context, found, settle
        declared = REGISTRY.get(str(found.values["record_entity"]))
        fields = declared.fields if declared else {}
        self._patch = patch_of(found.values)
        told = [_spelled(context, fields[name], value) for name, value in self._patch.items() if name in fields]
        self.fields: dict[str, LabeledField] = {}
        self.editors: dict[str, TextField] = {}
        self._mendable = [fields[name] for name in self._patch if name in fields and _mendable(fields[name])]
        self._form = QWidget()
        self._form.hide()
        self.add(head)
        self.add(Words(sentence(str(found.values["reason"])), Role.BODY))
        if any(told) and not is_secret(found.values):  # others may look at this screen
            self.add(Words(" · ".join(filter(None, told)), Role.LABEL, figures=True))
        self.add(Words(written, Role.SECOND, "text2", figures=True))
        self._trouble = Words("", Role.TOLD, "red")
        self._trouble.hide()
        self.add(self._form)
        self.add(self._trouble)
        self.add(self._ways())

    def _ways(self) -> QWidget:
        held = QWidget()
        row = Flow(held, gap=8)
        self.mend = OutlinedButton(_("Perbaiki"), "pencil-simple")
        self.mend.clicked.connect(self._open)
        again, leave = OutlinedButton(_("Kirim ulang"), "arrows-clockwise"), LinkButton(_("Biarkan"))
        leave.setToolTip(_("Kantor tidak memakai perubahan ini."))
        again.clicked.connect(self._send)
        leave.clicked.connect(lambda: self._end("office", _("{name}: dibiarkan seperti di kantor")))
        for button in (again, self.mend, leave):
            row.addWidget(button)
        self.mend.setVisible(bool(self._mendable))  # in its place: before, it would be a window of its own
        return held

    def _open(self) -> None:
        """The words that were refused, to be mended where they stand."""
        column = QVBoxLayout(self._form)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        for field in self._mendable:
            self.editors[field.name] = editor = TextField(record_words.label(field))
            editor.setFixedWidth(WIDE)
            editor.setText(record_words.value(self._context, field, self._patch[field.name]))
            editor.returnPressed.connect(self._send)
            self.fields[field.name] = LabeledField(record_words.label(field), editor, optional=not field.required)
            column.addWidget(self.fields[field.name])
        self._form.show()
        self.mend.hide()
        next(iter(self.fields.values())).editor.setFocus(Qt.FocusReason.OtherFocusReason)

    def _send(self) -> None:
        edited: Values = {}
        for field in self._mendable if self.fields else []:
            labeled = self.fields[field.name]
            try:
                read = _read(field, self.editors[field.name].text())
                labeled.accept()
            except Problem as problem:
                labeled.refuse(problem.sentence)
                labeled.editor.setFocus(Qt.FocusReason.OtherFocusReason)
                return
            if read != self._patch[field.name]:
                edited[field.name] = read
        self._end(msgspec.json.encode(edited).decode() if edited else "mine", _("{name}: dikirim ulang"), edited)

    def _end(self, keep: str, told: str, edited: Values | None = None) -> None:
        self._settle(self._found, keep, told.format(name=name_of(self._found.values, edited)), self._refuse)

    def _refuse(self, problem: Problem) -> None:
        """It stays here as it is mended."""
        self._trouble.say(problem.sentence)
        self._trouble.show()


def name_of(values: Values, edited: Values | None = None) -> str:
    """What the record was to be called, from what was refused: it may be nowhere else."""
    patch = patch_of(values) | (edited or {})
    declared = REGISTRY.get(str(values["record_entity"]))
    kind = _(declared.label) if declared else str(values["record_entity"])
    if is_secret(values):
        return kind
    called = next((str(patch[name]) for name in ("name", "text", "theme", "programme") if patch.get(name)), "")
    return " ".join(filter(None, (kind, called)))


def is_secret(values: Values) -> bool:
    return values.get("secrecy") == Level.A.value


def patch_of(values: Values) -> dict[str, Any]:
    """The refused fields; for a deletion there are none."""
    patch = msgspec.json.decode(values.get("patch") or "{}")
    return {name: value for name, value in patch.items() if not name.startswith("$")}


def _mendable(field: Field) -> bool:
    return isinstance(field.kind, Text | Phone)


def _read(field: Field, text: str) -> object:
    read = field.kind.read(text)
    if field.required and not read:
        raise Problem(_("{label} tidak boleh kosong.").format(label=record_words.label(field)))
    return read


def _spelled(context: Context, field: Field, value: object) -> str:
    words = record_words.value(context, field, value)
    return f"{record_words.label(field)}: {words}" if words else ""
