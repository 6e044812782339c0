"""Tindak lanjut: what was agreed on, by when, and whether it was done. What is secret is not shown here."""

from datetime import date
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from pimpasa_desktop.app import typed, when
from pimpasa_desktop.app.fonts import Role
from pimpasa_desktop.app.screen import Context
from pimpasa_desktop.app.visiting.part import Shown, VisitPart, page
from pimpasa_desktop.app.widgets.button import IconButton, LinkButton, OutlinedButton
from pimpasa_desktop.app.widgets.labeled_field import LabeledField
from pimpasa_desktop.app.widgets.listing import Listing, two_lines
from pimpasa_desktop.app.widgets.parts import State
from pimpasa_desktop.app.widgets.text_field import TextField
from pimpasa_desktop.app.widgets.ticks import CheckBox
from pimpasa_desktop.app.widgets.words import Words
from pimpasa_desktop.domain.entity import REGISTRY
from pimpasa_desktop.i18n import _
from pimpasa_desktop.problem import Problem
from pimpasa_desktop.spelling import number
from pimpasa_desktop.store.people import Present

TEXT, DUE = 480, 24


class FollowUps(VisitPart):
    """They may also be added to a visit that was signed off."""

    key = "follow_ups"

    def __init__(self, context: Context) -> None:
        super().__init__(context, _("Tindak lanjut"))
        self._agreed: list[Present] = []
        text = TextField(_("Yang disepakati"))
        text.setFixedWidth(TEXT)
        self.text = LabeledField(_("Yang disepakati"), text)
        due = TextField(_("Batas waktu"), letters=DUE, placeholder=_("misalnya 17 Juli 2025"))
        self.due = LabeledField(_("Batas waktu"), due, optional=True)
        self.add = OutlinedButton(_("Tambah kesepakatan"), "plus")
        self.add.clicked.connect(self._write)
        for editor in (text, due):
            editor.returnPressed.connect(self._write)
        self._undo = LinkButton(_("Urungkan hapus"), "arrow-counter-clockwise")
        self._undo.hide()
        self._undo.clicked.connect(self._restore)
        self._gone = ""
        self._list = QVBoxLayout()
        self._listing: QWidget = QWidget()
        self._list.addWidget(self._listing)
        column = page(self)
        column.addLayout(self._list)
        row = QHBoxLayout()
        row.addWidget(self._undo)
        row.addStretch(1)
        column.addLayout(row)
        column.addWidget(self.text)
        column.addWidget(self.due)
        row = QHBoxLayout()
        row.addWidget(self.add)
        row.addStretch(1)
        column.addLayout(row)
        column.addStretch(1)

    def refresh(self, visit: Shown) -> None:
        super().refresh(visit)
        self._agreed = self.context.queries.people.follow_ups(visit.id) if visit.id else []
        shown = Listing()
        for one in self._agreed:
            self._show(shown, one)
        if not self._agreed:
            shown.add((Words(_("Belum ada yang disepakati."), Role.BODY, "text2"), 1))
        self._list.replaceWidget(self._listing, shown)
        self._listing.deleteLater()
        self._listing = shown
        self.stood.emit()

    def told(self) -> tuple[str, State]:
        if not self._agreed:
            return _("Belum ada"), State.EMPTY
        open_ = sum(not one.values.get("done_on") for one in self._agreed)
        told = _("{count} kesepakatan").format(count=number(len(self._agreed)))
        return (told, State.COMPLETE) if not open_ else (told, State.PARTLY)

    def arrive(self) -> None:
        self.text.editor.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show(self, listing: Listing, one: Present) -> None:
        done = CheckBox(_("Sudah selesai"))
        done.setChecked(bool(one.values.get("done_on")))
        done.setEnabled(self.visit.open)
        done.toggled.connect(partial(self._mark, one.id))
        remove = IconButton("trash", _("Hapus kesepakatan ini"))
        remove.clicked.connect(lambda: self._delete(one.id))
        remove.setEnabled(self.visit.open)
        due = str(one.values.get("due_on", ""))
        second = _("Batas {day}").format(day=_day(due)) if due else _("Tanpa batas waktu")
        words = two_lines(Words(str(one.values["text"])), Words(second, Role.SECOND, "text2", figures=True))
        listing.add((words, 1), (done, 0), (remove, 0))

    def _write(self) -> None:
        text, due = self.text.editor, self.due.editor
        assert isinstance(text, TextField) and isinstance(due, TextField)
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

        refused = lambda problem: self.text.refuse(problem.sentence)  # noqa: E731
        self.context.write(lambda store: store.put("follow_up", raw)).then(written, refused, owner=self)

    def _mark(self, record: str, done: bool) -> None:
        on = self.context.now().date().isoformat() if done else ""
        self.context.write(lambda store: store.put("follow_up", {"done_on": on}, record))

    def _delete(self, record: str) -> None:
        def gone(_none: None) -> None:
            self._gone = record
            self._undo.show()

        self.context.write(lambda store: store.delete(record)).then(gone, owner=self)

    def _restore(self) -> None:
        record = self._gone
        self._undo.hide()
        self.context.write(lambda store: store.restore(record))


def _day(text: str) -> str:
    return when.long_day(date.fromisoformat(text))
