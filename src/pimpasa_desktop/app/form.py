"""The fields of one record on a page: each is saved when one leaves it, and nothing that was typed is lost.

What cannot be saved yet stays in the field as it was typed, with the reason under it, and is kept as a draft. What
is being typed is kept every second too, should the machine stop. Knows no field of any record.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QPlainTextEdit, QWidget

from pimpasa_desktop.app.screen import Context
from pimpasa_desktop.app.soon import Soon
from pimpasa_desktop.app.undoing import LetThrough
from pimpasa_desktop.app.widgets.labeled_field import LabeledField
from pimpasa_desktop.domain.entity import Entity, Values, is_empty, same
from pimpasa_desktop.i18n import _
from pimpasa_desktop.problem import Problem
from pimpasa_desktop.store.drafts import Unfinished, begun_name

KEPT_AFTER_MS = 1000


@dataclass(frozen=True)
class Bound:
    """A field on the page. `typed` is what stands in it (JSON), `show` puts such a thing there, `read` makes values of
    it (Problem: it is not one yet), `of` makes what stands there of the record's values."""

    field: LabeledField
    typed: Callable[[], Any]
    show: Callable[[Any], None]
    read: Callable[[Any], Values]
    of: Callable[[Values], Any]


class Form(QObject):
    """`saved` carries the record's id after each write; for a new record also when it was made. `judged` when a field
    became wrong, or right again. `kept` when something else is begun and not in the record than before."""

    saved = Signal(str)
    judged = Signal()
    kept = Signal()

    def __init__(self, context: Context, entity: Entity, record: str, parent: QObject, *, start: Values) -> None:
        super().__init__(parent)
        self._context, self.entity, self.record = context, entity, record
        self._start = start
        self.values: Values = {} if record else dict(start)
        self.fields: dict[str, Bound] = {}
        self._wrong: dict[str, str] = {}
        self._making = self._leaving = False
        self._kept: dict[str, Any] = {}
        self._typing = Soon(self, KEPT_AFTER_MS, self._keep)

    # -- putting it together

    def add(self, name: str, bound: Bound, *editors: QWidget) -> LabeledField:
        self.fields[name] = bound
        for editor in editors or (bound.field.editor,):
            if isinstance(editor, QLineEdit):
                editor.returnPressed.connect(lambda: self.left(name))
                editor.textEdited.connect(self._typing.ask)
            elif isinstance(editor, QPlainTextEdit):
                editor.textChanged.connect(self._typing.ask)
            elif isinstance(editor, QComboBox):
                editor.activated.connect(lambda _index: self.left(name))
            if isinstance(editor, QLineEdit | QPlainTextEdit):
                editor.installEventFilter(_Leaving(editor, lambda: self.left(name)))
                LetThrough(editor, lambda: bound.typed() == bound.of(self.values))
        return bound.field

    def line(self, name: str, field: LabeledField) -> LabeledField:
        """A field of one or more lines of text, as it stands in the record."""
        editor = field.editor
        assert isinstance(editor, QLineEdit | QPlainTextEdit)
        kind = self.entity.fields[name].kind
        text = editor.text if isinstance(editor, QLineEdit) else editor.toPlainText
        put = editor.setText if isinstance(editor, QLineEdit) else editor.setPlainText
        shown = stood = ""

        def show(raw: Any) -> None:
            nonlocal shown, stood
            shown = str(raw)
            put(shown)
            stood = text()

        def typed() -> str:
            # Qt shows some letters as others (a hard space as a space): not a change that anybody made.
            return shown if text() == stood else text()

        def read(raw: Any) -> Values:
            return {name: kind.read(raw)}

        return self.add(name, Bound(field, typed, show, read, lambda v: v.get(name, "")))

    def choice(self, name: str, field: LabeledField) -> LabeledField:
        editor = field.editor
        assert isinstance(editor, QComboBox)

        def show(raw: Any) -> None:
            if raw and editor.findData(raw) < 0:  # no longer offered, or of a newer program: shown as it came
                options = getattr(self.entity.fields[name].kind, "options", {})
                editor.addItem(_(options[raw]) if raw in options else str(raw), raw)
            editor.setCurrentIndex(editor.findData(raw) if raw else -1 if editor.placeholderText() else 0)

        def read(raw: Any) -> Values:
            return {name: self.entity.fields[name].kind.read(raw)}

        return self.add(name, Bound(field, lambda: editor.currentData() or "", show, read, lambda v: v.get(name, "")))

    # -- showing

    def open(self, values: Values) -> None:
        """Show the record, then what was begun and not saved."""
        self.show(values)
        draft = self._draft()
        for name, typed in (draft.raw if draft else {}).items():
            if bound := self.fields.get(name):
                self._kept[name] = typed
                bound.show(typed)
                self.left(name)

    def show(self, values: Values) -> None:
        """Other values came; what is being typed and what is wrong stay as they are."""
        before, self.values = self.values, dict(values)
        for name, bound in self.fields.items():
            typing = self._busy(bound) and bound.typed() != bound.of(before)
            if name not in self._wrong and not typing:
                _refresh(bound, values)

    def _busy(self, bound: Bound) -> bool:
        focus = QApplication.focusWidget()
        return focus is not None and (focus is bound.field.editor or bound.field.editor.isAncestorOf(focus))

    @property
    def wrong(self) -> dict[str, str]:
        """Fields whose content is not saved, and why."""
        return dict(self._wrong)

    def enable(self, may: bool) -> None:
        for bound in self.fields.values():
            bound.field.editor.setEnabled(may)

    # -- saving

    def leave(self) -> None:
        """Save every field that one has not left; a new record is made once, of all of them."""
        self._leaving = True
        for name in self.fields:
            self.left(name)
        self._leaving = False
        if not self.record and self.fields:
            self._make(next(iter(self.fields)))

    def left(self, name: str) -> None:
        """Save this field, or say why that cannot be."""
        bound = self.fields[name]
        typed = bound.typed()
        if typed == bound.of(self.values) and name not in self._wrong and self.record:
            return
        try:
            read = bound.read(typed)
        except Problem as problem:
            self._refuse(name, problem)
            return
        self._accept(name)
        patch = {key: value for key, value in read.items() if not same(value, self.values.get(key))}
        if not patch and self.record:
            _refresh(bound, self.values)
        elif trouble := self._ruled(patch):
            self._refuse(name, Problem(trouble))
        else:
            self._put(name, patch)

    def _ruled(self, patch: Values) -> str:
        """What the record's own rules say against it; a new record is asked only when all is there."""
        after = self.values | patch
        if not self.record:
            return ""
        before = self.entity.missing(self.values)
        return self._plain(" ".join(told for told in self.entity.missing(after) if told not in before))

    def _plain(self, sentence: str) -> str:
        """Without the names by which commands know the fields."""
        for name in self.entity.fields:
            sentence = sentence.replace(f" ({name})", "")
        return sentence

    def _put(self, name: str, patch: Values) -> None:
        before, self.values = self.values, self.values | patch
        entity, record, bound = self.entity.name, self.record, self.fields[name]
        _refresh(bound, self.values)
        _forget_typing(bound.field.editor)
        if not record:
            self._make(name)
            return

        def refused(problem: Problem) -> None:
            self._refuse(name, problem)

        self._context.changes.put(entity, patch, record, words=bound.field.name, shown=before).then(
            self.saved.emit, refused, owner=self
        )
        self._keep()

    def _make(self, name: str) -> None:
        """A new record is made as soon as it has what it needs."""
        if self._making or self._leaving:
            return
        written = {key: value for key, value in self.values.items() if not is_empty(value)}
        if self.entity.missing(written):
            self._keep()
            return
        self._making = True
        entity, draft = self.entity.name, self._draft_name()

        def made(record: str) -> None:
            self._making, self.record = False, record
            late = {key: value for key, value in self.values.items() if not same(value, written.get(key))}
            if late:
                self._context.changes.put(entity, late, record).then(lambda _id: None, owner=self)
            self._kept = {}
            self._keep()
            self.saved.emit(record)

        def refused(problem: Problem) -> None:
            self._making = False
            self._refuse(name, problem)

        # The draft goes with it, should the page be gone when the answer comes.
        self._context.changes.put(entity, written, draft=draft).then(made, refused, owner=self)

    @property
    def making(self) -> bool:
        """Whether a new record is just being written."""
        return self._making

    def _refuse(self, name: str, problem: Problem) -> None:
        self._wrong[name] = problem.sentence
        self.fields[name].field.refuse(problem.sentence)
        self._keep()
        self.judged.emit()

    def _accept(self, name: str) -> None:
        self.fields[name].field.accept()
        if self._wrong.pop(name, None) is not None:
            self._keep()
            self.judged.emit()

    # -- what is not saved

    @property
    def begun(self) -> bool:
        """Whether something stands here that is not in the record."""
        return bool(self._kept)

    def asked(self) -> str:
        """What a new record still needs before it can be made, as sentences."""
        return "" if self.record else self._plain(" ".join(self.entity.missing(self.values)))

    def discard(self) -> None:
        """Throw away what was begun and is no record yet."""
        self._typing.stop()
        self._kept, self._wrong = {}, {}
        self.values = {} if self.record else dict(self._start)
        for bound in self.fields.values():
            bound.field.accept()
            _refresh(bound, self.values)
        draft = self._draft_name()
        self._context.write(lambda store: store.drafts.drop(draft))

    def _draft_name(self) -> str:
        return draft_name(self.entity, self.record, self._start)

    def _root(self) -> str:
        """What the draft goes with when that is taken off this laptop."""
        return self.entity.parent_of(self.values) or self.record

    def _draft(self) -> Unfinished | None:
        return self._context.queries.unfinished(self._draft_name())

    def _keep(self) -> None:
        """Keep what stands in the fields and not in the record."""
        self._typing.stop()
        saved = self.values if self.record else {}
        kept = {
            name: bound.typed()
            for name, bound in self.fields.items()
            if name in self._wrong or bound.typed() != bound.of(saved)
        }
        if kept == self._kept:
            return
        self._kept = kept
        draft, entity, record, root = self._draft_name(), self.entity.name, self.record, self._root()
        if kept:
            self._context.write(lambda store: store.drafts.save(draft, entity, record, root, kept))
        else:
            self._context.write(lambda store: store.drafts.drop(draft))
        self.kept.emit()


def draft_name(entity: Entity, record: str, start: Values) -> str:
    """What is begun of a record is kept under; of a new one, by what it will hang on, or where it will lie."""
    begins = (
        entity.parent_of(start) or start.get("visit") or start.get("village") or ",".join(start.get("villages", ()))
    )
    return begun_name(entity.name, record or begins or "new")


def _refresh(bound: Bound, values: Values) -> None:
    """Show what the values say, without moving the cursor where it stands there already."""
    if bound.typed() != bound.of(values):
        bound.show(bound.of(values))


def _forget_typing(editor: QWidget) -> None:
    """What was typed is saved: taking it back is no longer the field's own affair."""
    if isinstance(editor, QLineEdit):
        at = editor.cursorPosition()
        editor.setText(editor.text())
        editor.setCursorPosition(at)
    elif isinstance(editor, QPlainTextEdit):
        editor.document().clearUndoRedoStacks()


class _Leaving(QObject):
    """A field of several lines does not tell by itself that one has left it, and one that offers words forgets to."""

    def __init__(self, editor: QWidget, left: Callable[[], None]) -> None:
        super().__init__(editor)
        self._left = left

    def eventFilter(self, watched: QObject, event: Any) -> bool:  # noqa: N802
        if event.type() == event.Type.FocusOut and event.reason() != Qt.FocusReason.PopupFocusReason:
            self._left()
        return False
