"""All fields of one record, opened in place: made from its declaration, each saved when one leaves it. Esc closes.

It knows no entity. What a record hangs on is not asked again.
"""

from collections.abc import Mapping

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from pimpasa_desktop.app import drawing, editors, theme
from pimpasa_desktop.app.fonts import Role
from pimpasa_desktop.app.form import Form
from pimpasa_desktop.app.screen import Context
from pimpasa_desktop.app.widgets.button import LinkButton, OutlinedButton
from pimpasa_desktop.app.widgets.labeled_field import LabeledField
from pimpasa_desktop.app.widgets.words import Words
from pimpasa_desktop.domain.entity import Entity, Values
from pimpasa_desktop.i18n import _

BAR, INSIDE = 3, 20
MODIFIERS = Qt.KeyboardModifier.ControlModifier


class RecordForm(QWidget):
    """`closed` when the person is done; `more` when another new one is wanted after it. `hints` by field."""

    closed = Signal()
    more = Signal()

    def __init__(
        self,
        context: Context,
        entity: Entity,
        record: str,
        title: str,
        *,
        start: Values,
        hints: Mapping[str, str] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.form = Form(context, entity, record, self, start=start)
        self.setAccessibleName(title)
        told = hints or {}
        self.fields = {
            name: editors.editor(context, self.form, name, hint=told.get(name, ""))
            for name in entity.fields
            if name not in entity.parents
        }
        self.done = OutlinedButton(_("Tutup isian"), keys="Esc")
        self.done.clicked.connect(self.close_form)
        self.another = OutlinedButton(_("Tambah satu lagi"), "plus")
        self.another.clicked.connect(self._more)
        self.discard = LinkButton(_("Buang isian ini"), "trash")
        self.discard.clicked.connect(self._discard)
        self._stands = Words("", Role.SECOND, "text2")
        self.form.saved.connect(lambda _record: self._say())
        self.form.kept.connect(self._say)
        self._lay_out(title)
        self.another.setVisible(not record)

    def open(self, values: Values) -> None:
        """Show the record and what was begun in it."""
        self.form.open(values)
        self._say()

    def show_values(self, values: Values) -> None:
        self.form.show(values)
        self._say()

    def enable(self, may: bool) -> None:
        self.form.enable(may)
        self.another.setVisible(may and self.another.isVisibleTo(self))

    def arrive(self) -> None:
        """Begin at what has to be corrected, or at the first field."""
        names = [*self.form.wrong, *self.fields]
        self.fields[names[0]].setFocus(Qt.FocusReason.OtherFocusReason)

    def close_form(self) -> None:
        self.form.leave()
        self.closed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        key = event.key()
        if key == Qt.Key.Key_Escape:
            self.close_form()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and event.modifiers() & MODIFIERS:
            self._more() if self.another.isVisible() else self.close_form()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        drawing.box(QPainter(self), QRectF(0, 8, BAR, self.height() - 16), BAR / 2, theme.now().link)

    def _more(self) -> None:
        self.form.leave()
        self.more.emit()

    def _discard(self) -> None:
        self.form.discard()
        self.closed.emit()

    def _say(self) -> None:
        """What a new record still needs before it is one."""
        asked = self.form.asked() if self.form.begun else ""
        self._stands.say(_("Belum menjadi catatan. {asked}").format(asked=asked))
        self._stands.setVisible(bool(asked))
        self.discard.setVisible(bool(asked))

    def _lay_out(self, title: str) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(INSIDE, 12, 0, 16)
        column.setSpacing(16)
        column.addWidget(Words(title, Role.LABEL))
        for beside in _in_lines(list(self.fields.values())):
            if len(beside) == 1:
                column.addWidget(beside[0])
            else:
                column.addLayout(_line(beside))
        column.addWidget(self._stands)
        row = QHBoxLayout()
        row.setSpacing(12)
        for button in (self.done, self.another, self.discard):
            row.addWidget(button)
        row.addStretch(1)
        column.addLayout(row)


def _in_lines(fields: list[LabeledField]) -> list[list[LabeledField]]:
    """Short fields that follow each other stand side by side, three at most."""
    lines: list[list[LabeledField]] = []
    for field in fields:
        last = lines[-1] if lines else []
        if last and len(last) < 3 and all(editors.short(one) for one in (*last, field)):
            last.append(field)
        else:
            lines.append([field])
    return lines


def _line(fields: list[LabeledField]) -> QVBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(16)
    for field in fields:
        row.addWidget(field, 0, Qt.AlignmentFlag.AlignTop)
    row.addStretch(1)
    held = QVBoxLayout()
    held.setSpacing(2)
    held.addLayout(row)
    for field in fields:
        held.addWidget(field.trouble_apart())
    return held
