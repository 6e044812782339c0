"""Tindak lanjut: what was agreed on, by when, and whether it was done. What is secret is not shown here."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout

from pimpasa_desktop.app import typed
from pimpasa_desktop.app.record_list import Line, RecordList
from pimpasa_desktop.app.screen import Context
from pimpasa_desktop.app.visiting.part import Missing, Shown, VisitPart, page
from pimpasa_desktop.app.visiting.sections import begun
from pimpasa_desktop.app.widgets.button import OutlinedButton
from pimpasa_desktop.app.widgets.day_field import DayField
from pimpasa_desktop.app.widgets.labeled_field import LabeledField
from pimpasa_desktop.app.widgets.parts import State
from pimpasa_desktop.app.widgets.text_field import TextField
from pimpasa_desktop.app.widgets.ticks import CheckBox
from pimpasa_desktop.domain.entity import REGISTRY
from pimpasa_desktop.i18n import _
from pimpasa_desktop.problem import Problem
from pimpasa_desktop.spelling import number
from pimpasa_desktop.store.queries import Listed

TEXT = 480


class FollowUps(VisitPart):
    """They may also be added to a visit that was signed off."""

    key = "follow_ups"

    def __init__(self, context: Context) -> None:
        super().__init__(context, _("Tindak lanjut"))
        text = TextField(_("Yang disepakati"))
        text.setFixedWidth(TEXT)
        self.text = LabeledField(_("Yang disepakati"), text)
        example = _("misalnya 17 Juli 2025")
        due = DayField(_("Batas waktu"), lambda: self.context.now().date(), placeholder=example)
        self.due = LabeledField(_("Batas waktu"), due, optional=True)
        self.add = OutlinedButton(_("Tambah kesepakatan"), "plus")
        self.add.clicked.connect(self._write)
        for editor in (text, due):
            editor.returnPressed.connect(self._write)
        self.agreed = Agreed(context)
        self.agreed.stood.connect(self.stood)
        column = page(self)
        column.addWidget(self.agreed)
        column.addWidget(self.text)
        column.addWidget(self.due)
        row = QHBoxLayout()
        row.addWidget(self.add)
        row.addStretch(1)
        column.addLayout(row)
        column.addStretch(1)

    def refresh(self, visit: Shown) -> None:
        super().refresh(visit)
        self.agreed.refresh("visit", visit.id, may=visit.open)

    def told(self) -> tuple[str, State]:
        records = self.agreed.records
        if self.agreed.unfinished:
            return _("Ada yang belum tersimpan"), State.ATTENTION
        if not records:
            return _("Belum ada"), State.EMPTY
        open_ = sum(not one.values.get("done_on") for one in records)
        told = _("{count} kesepakatan").format(count=number(len(records)))
        return (told, State.COMPLETE) if not open_ else (told, State.PARTLY)

    def missing(self) -> list[Missing]:
        return begun([self.agreed], self.wanted.emit)

    def leave(self) -> None:
        self.agreed.leave()

    def arrive(self) -> None:
        self.text.editor.setFocus(Qt.FocusReason.OtherFocusReason)

    def _write(self) -> None:
        text, due = self.text.editor, self.due.editor
        assert isinstance(text, TextField) and isinstance(due, DayField)
        raw: dict[str, object] = {"visit": self.visit.id, "text": text.text()}
        self.text.accept()
        self.due.accept()
        if not text.text().strip():
            self.text.refuse(_("Tulis dulu apa yang disepakati."))
            return
        try:
            raw["text"] = REGISTRY["follow_up"].fields["text"].kind.read(text.text())
            if due.text().strip():
                raw["due_on"] = typed.day_of(due.text(), self.context.now().date()).isoformat()
        except Problem as problem:
            (self.text if "text" not in raw else self.due).refuse(problem.sentence)
            return

        def written(_id: str) -> None:
            text.clear()
            due.clear()
            text.setFocus(Qt.FocusReason.OtherFocusReason)

        def refused(problem: Problem) -> None:
            self.text.refuse(problem.sentence)

        self.context.changes.put("follow_up", raw).then(written, refused, owner=self)


class Agreed(RecordList):
    """What was agreed on, each with a tick for done. New ones are written in the line under it."""

    def __init__(self, context: Context) -> None:
        super().__init__(
            context,
            "follow_up",
            _("Tindak lanjut"),
            add="",
            empty=_("Belum ada yang disepakati."),
            where={"risk_report": ""},
            hints={"recurring": _("Bila harus dilakukan terus-menerus, tanpa batas waktu.")},
        )

    def dress(self, line: Line, one: Listed) -> None:
        box = line.findChild(CheckBox)
        if box is None:
            box = CheckBox(_("Sudah selesai"))
            box.clicked.connect(lambda done: self._mark(one.id, done))
            line.put_beside(box)
        box.setChecked(bool(one.values.get("done_on")))
        box.setEnabled(self.may)

    def _mark(self, record: str, done: bool) -> None:
        on = self.context.now().date().isoformat() if done else ""
        self.context.changes.put("follow_up", {"done_on": on}, record)
