"""The records of one entity under another, in words; each opens in place, new ones are added in place.

What is removed goes at once and one press brings it back. It knows no entity: a declared field more needs no change
here. Every removal and return of a record is asked for in this file.
"""

from collections.abc import Collection, Mapping
from itertools import pairwise

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from pimpasa_desktop.app import record_words
from pimpasa_desktop.app.background import Pending
from pimpasa_desktop.app.fonts import Role
from pimpasa_desktop.app.form import draft_name
from pimpasa_desktop.app.record_form import RecordForm
from pimpasa_desktop.app.screen import Context
from pimpasa_desktop.app.widgets.button import IconButton, LinkButton, OutlinedButton
from pimpasa_desktop.app.widgets.record_row import PADDING, RecordRow
from pimpasa_desktop.app.widgets.rule import Rule
from pimpasa_desktop.app.widgets.scrolling import reveal
from pimpasa_desktop.app.widgets.words import Words
from pimpasa_desktop.domain.entity import REGISTRY, Values
from pimpasa_desktop.i18n import _
from pimpasa_desktop.spelling import number
from pimpasa_desktop.store.queries import Listed


def remove(context: Context, record: str) -> Pending[None]:
    return context.changes.delete(record)


def bring_back(context: Context, record: str) -> Pending[None]:
    return context.changes.restore(record)


class RecordList(QWidget):
    """`add` are the words of the button ("" where others add), `empty` what stands there while there is none. `stood`
    when it may have changed how this list stands. `where`: fields that must be so, beside what it hangs on;
    `without`: fields that are not asked; `own_undo`: on a page that offers no undo of its own."""

    stood = Signal()

    def __init__(
        self,
        context: Context,
        entity: str,
        title: str,
        *,
        add: str,
        empty: str,
        where: Mapping[str, str] | None = None,
        hints: Mapping[str, str] | None = None,
        without: Collection[str] = (),
        own_undo: bool = False,
    ) -> None:
        super().__init__()
        self.setAccessibleName(title)
        self.context, self.entity, self._hints = context, REGISTRY[entity], hints
        self._without, self._own_undo = without, own_undo
        self._where = dict(where or {})
        self._parent: dict[str, str] = {}
        self.may = True
        self.records: list[Listed] = []
        self._begun: frozenset[str] = frozenset()
        self.rows: dict[str, Line] = {}
        self.opened: RecordForm | None = None
        self._gone = ""
        self._shown: list[QWidget] = []
        self.add, self._add_words = OutlinedButton(add, "plus"), add
        self.add.clicked.connect(self.open_new)
        self._count = Words("", Role.SECOND, "text2", wraps=False, figures=True)
        self._empty = Words(empty, Role.BODY, "text2")
        self.undo = LinkButton(_("Urungkan"), "arrow-counter-clockwise")
        self.undo.clicked.connect(self._restore)
        self._told = Words("", Role.BODY, "text2")
        self._strip = QWidget()
        self._lay_out(title)

    # -- what is there

    def refresh(self, field: str, parent: str, *, may: bool = True) -> None:
        """Show the records whose `field` names `parent`. `may`: whether they may be changed."""
        if self._parent != {field: parent}:
            self._close()
            self._strip.hide()
            self._parent = {field: parent}
        self.may = may
        self._read()

    @property
    def unfinished(self) -> int:
        """How many have something that could not be saved."""
        return len(self._begun)

    def leave(self) -> None:
        if self.opened:
            self.opened.form.leave()

    def _read(self) -> None:
        (parent,) = self._parent.values()
        queries = self.context.queries
        self.records = list(queries.every(self.entity, self._where | self._parent)) if parent else []
        if any(one.id == self._gone for one in self.records):
            self._strip.hide()  # brought back by the page's own undo
        names = {draft_name(self.entity, one.id, {}): one.id for one in self.records}
        names[draft_name(self.entity, "", self._parent)] = ""
        begun = {draft.name for draft in queries.begun(self.entity)} if parent else set()
        self._begun = frozenset(record for name, record in names.items() if name in begun)
        self._arrange()
        self.stood.emit()

    def _arrange(self) -> None:
        values = {one.id: one.values for one in self.records}
        form = self.opened
        if form and form.form.record and form.form.record not in values:
            self._close()  # somebody removed it
            form = None
        if form and form.form.record:
            form.show_values(values[form.form.record])
        if form:
            form.enable(self.may)
        shown: list[QWidget] = []
        for one in self.records:
            mine = form is not None and form.form.record == one.id
            line = self._line(one)
            line.setVisible(not mine)
            shown += [line] if form is None or not mine else [line, form]
        if form and not form.form.record:
            shown.append(form)
        for gone in self.rows.keys() - values.keys():
            _away(self.rows.pop(gone))
        self._place(shown)
        self._say()

    def _line(self, one: Listed) -> "Line":
        line = self.rows.get(one.id)
        if line is None:
            line = self.rows[one.id] = Line(self)
            line.row.clicked.connect(lambda: self.open(one.id))
            line.row.removed.connect(lambda: self._remove(one.id))
            line.remove.clicked.connect(lambda: self._remove(one.id))
        title = record_words.title(self.context, self.entity, one.values)
        beside = record_words.details(self.context, self.entity, one.values)
        doubt = _("Ada isian yang belum tersimpan. Buka dan betulkan.") if one.id in self._begun else ""
        line.row.show_record(title, record_words.APART.join(beside), doubt)
        line.remove.setVisible(self.may)
        self.dress(line, one)
        return line

    def dress(self, line: "Line", one: Listed) -> None:
        """For a list that is more than that: put beside the row what else may be done with this record."""

    def _place(self, shown: list[QWidget]) -> None:
        if self._shown != shown:
            while (item := self._column.itemAt(0)) and (widget := item.widget()):
                self._column.removeWidget(widget)  # taken out by its place it would keep the height that it has now
            for widget in shown:
                self._column.addWidget(widget)
            self._shown = shown
        self._chain(shown)

    def _chain(self, shown: list[QWidget]) -> None:
        """Tab goes as one reads, whenever a line was made."""
        stops: list[QWidget] = [self.add]
        for widget in (*shown, self._strip):
            stops += [one for one in widget.findChildren(QWidget) if _stop(one)]
        for before, after in pairwise(stops):
            QWidget.setTabOrder(before, after)

    def _say(self) -> None:
        count = len(self.records)
        self._count.say(number(count) if count else "")
        self._empty.setVisible(not count and self.opened is None)
        self.add.setVisible(self.may and bool(self._add_words))
        self.add.say(_("Lanjutkan isian") if "" in self._begun else self._add_words)

    # -- one of them

    def open(self, record: str) -> None:
        """Open a record where it stands; "" for a new one after the last."""
        self._close()
        if self._parent and not all(self._parent.values()):
            return
        values = next((one.values for one in self.records if one.id == record), {})
        title = record_words.title(self.context, self.entity, values) if record else self._add_words
        start: Values = {} if record else self._where | self._parent
        form = self.opened = RecordForm(
            self.context, self.entity, record, title, start=start, hints=self._hints, without=self._without, parent=self
        )
        form.closed.connect(self._done)
        form.more.connect(self._another)
        form.form.saved.connect(lambda _record: self._read())
        form.form.judged.connect(self.stood)
        form.open(values or start)
        self._arrange()
        form.show()
        form.arrive()
        QTimer.singleShot(0, form, lambda: reveal(form))  # once it has its size

    def open_new(self) -> None:
        """A new one, once the last new one stands: until then what was begun would be taken for this one's."""
        self._close()
        self.context.work(lambda _store: None).then(lambda _none: self.open(""), owner=self)

    def _done(self) -> None:
        form = self.opened
        record = form.form.record if form else ""
        self._close()
        self._arrange()
        line = self.rows.get(record)
        (line.row if line else self.add).setFocus(Qt.FocusReason.OtherFocusReason)
        self._after_drafts()

    def _another(self) -> None:
        """The next new one; while the last is not one yet, that one stays open."""
        form = self.opened
        if form and not form.form.wrong and not form.form.asked():
            self.open_new()

    def _close(self) -> None:
        if self.opened:
            form, self.opened = self.opened, None
            form.form.leave()
            form.hide()
            if form.form.making:  # what was typed last is written when the record is there
                form.form.saved.connect(form.deleteLater)
                form.form.judged.connect(form.deleteLater)
            else:
                form.deleteLater()

    def _after_drafts(self) -> None:
        """What was begun is written behind what is shown: look again when it stands."""
        self.context.work(lambda _store: None).then(lambda _none: self._read(), owner=self)

    # -- removing

    def _remove(self, record: str) -> None:
        if not self.may:
            return
        places = [one.id for one in self.records]
        called = self.rows[record].row.words()
        next_ = [*places[places.index(record) + 1 :], *reversed(places[: places.index(record)])][:1]

        def gone(_none: None) -> None:
            self._gone = record
            self._told.say(_("{name} dihapus.").format(name=called), called)
            self._strip.setVisible(self._own_undo)
            self._read()
            line = self.rows.get(next_[0]) if next_ else None
            (line.row if line else self.add).setFocus(Qt.FocusReason.OtherFocusReason)

        remove(self.context, record).then(gone, owner=self)

    def _restore(self) -> None:
        record = self._gone

        def back(_none: None) -> None:
            self._strip.hide()
            self._read()
            if line := self.rows.get(record):
                line.row.setFocus(Qt.FocusReason.OtherFocusReason)

        bring_back(self.context, record).then(back, owner=self)

    def _lay_out(self, title: str) -> None:
        head = QHBoxLayout()
        head.setSpacing(12)
        if self._add_words:
            head.addWidget(Words(title, Role.LABEL, wraps=False))
            head.addWidget(self._count, 1)
        head.addWidget(self.add)
        strip = QHBoxLayout(self._strip)
        strip.setContentsMargins(0, 4, 0, 4)
        strip.setSpacing(8)
        strip.addWidget(self._told)
        strip.addWidget(self.undo)
        strip.addStretch(1)
        self._strip.hide()
        self._column = QVBoxLayout()
        self._column.setSpacing(0)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(8)
        whole.addLayout(head)
        whole.addWidget(self._empty)
        whole.addLayout(self._column)
        whole.addWidget(self._strip)


class Line(QWidget):
    """A row, what else belongs to it, and what removes it."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.row = RecordRow()
        self.remove = IconButton("trash", _("Hapus"))
        self._line = QHBoxLayout()
        self._line.setContentsMargins(0, 2, 0, 2)
        self._line.setSpacing(8)
        self._line.addWidget(self.row, 1)
        self._line.addWidget(self.remove)
        column = self._column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(Rule())
        column.addLayout(self._line)

    def put_beside(self, widget: QWidget) -> None:
        self._line.insertWidget(1, widget)

    def put_under(self, widget: QWidget) -> None:
        """In line with the words of the row; no room is taken while it is hidden."""
        widget.setContentsMargins(PADDING, 0, PADDING, 12)
        self._column.addWidget(widget)


def _stop(widget: QWidget) -> bool:
    """Whether Tab stops there."""
    tabs = widget.focusPolicy() & Qt.FocusPolicy.TabFocus
    return bool(tabs) and widget.focusProxy() is None and not widget.isWindow() and not _in_popup(widget)


def _in_popup(widget: QWidget) -> bool:
    parent = widget.parentWidget()
    while parent and not parent.isWindow():
        parent = parent.parentWidget()
    return parent is not None and bool(parent.windowFlags() & Qt.WindowType.Popup == Qt.WindowType.Popup)


def _away(widget: QWidget) -> None:
    widget.hide()
    widget.deleteLater()
