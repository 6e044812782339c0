"""A field that finds records while one types and holds those chosen as words that one can click away.

Case, spaces and accents do not count. Arrows go through what was found, Enter takes it, Esc closes the list, Backspace
in the empty field takes the last word away. It knows no record: names and paths are handed in.
"""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from pimpasa_desktop.app import theme
from pimpasa_desktop.app.fonts import Role, font
from pimpasa_desktop.app.widgets.chosen_words import ChosenWords
from pimpasa_desktop.app.widgets.text_field import TextField
from pimpasa_desktop.i18n import _
from pimpasa_desktop.regions import folded

FOUND_MAX = 6


@dataclass(frozen=True)
class Choosable:
    """`path` is the name with everything above it, as it has to be shown."""

    id: str
    name: str
    path: str


@dataclass(frozen=True)
class Wording:
    """What the field calls the list, a search without result, and something chosen that is not here."""

    found: str
    nothing: str
    absent: str


class RecordField(QWidget):
    """`changed` after a word was added or taken away by the person. With `one`, another choice takes its place.
    `named` tells what is chosen and was not handed in by `know`; `source` is asked for all when one comes here."""

    changed = Signal()

    def __init__(
        self,
        name: str,
        placeholder: str,
        wording: Wording,
        *,
        one: bool = False,
        source: Callable[[], list[Choosable]] | None = None,
        named: Callable[[str], Choosable | None] = lambda _id: None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._wording, self._one, self._source, self._named = wording, one, source, named
        self._known: dict[str, Choosable] = {}
        self._plain: dict[str, str] = {}
        self._chosen: list[str] = []
        self.setAccessibleName(name)
        self.entry = TextField(name, placeholder=placeholder)
        self.entry.textEdited.connect(lambda _text: self._offer())
        self.entry.installEventFilter(self)
        self.found = QListWidget()
        self.found.setObjectName("suggestions")
        self.found.setAccessibleName(wording.found)
        self.found.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.found.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.found.setFont(font(Role.BODY))
        self.found.itemClicked.connect(lambda item: self._take(str(item.data(Qt.ItemDataRole.UserRole))))
        self.found.hide()
        self._words = ChosenWords(_("Yang dipilih. Tekan untuk melepasnya."))
        self._words.removed.connect(self._drop)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self._words)
        column.addWidget(self.entry)
        column.addWidget(self.found)
        self.setFocusProxy(self.entry)
        self.show_chosen([])

    def know(self, choosable: list[Choosable]) -> None:
        """What one may choose from."""
        self._known = {one.id: one for one in choosable}
        self._plain = {one.id: folded(one.path) for one in choosable}

    def chosen(self) -> list[str]:
        return list(self._chosen)

    def show_chosen(self, ids: list[str]) -> None:
        self._chosen = list(ids)
        known = [(one, self._known.get(one) or self._named(one)) for one in self._chosen]
        absent = self._wording.absent
        self._words.show_words([(one, its.name, its.path) if its else (one, absent, "") for one, its in known])

    def matching(self, text: str) -> list[Choosable]:
        """Those whose path holds every word of `text`, names that begin with it first."""
        words = [plain for word in text.replace(",", " ").split() if (plain := folded(word))]
        fits = [
            one
            for identifier, one in self._known.items()
            if identifier not in self._chosen and all(word in self._plain[identifier] for word in words)
        ]
        return sorted(fits, key=lambda one: (not folded(one.name).startswith("".join(words)), one.path))[:FOUND_MAX]

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            return self._pressed(event.key())
        if event.type() == QEvent.Type.FocusIn and self._source:
            self.know(self._source())
        if event.type() == QEvent.Type.FocusOut:
            self.found.hide()
        return False

    def _pressed(self, key: int) -> bool:
        shown = self.found.isVisible()
        if key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            if not shown:
                self._offer()
            else:
                step = 1 if key == Qt.Key.Key_Down else -1
                self.found.setCurrentRow((self.found.currentRow() + step) % max(self.found.count(), 1))
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and shown and self.found.currentItem():
            self._take(str(self.found.currentItem().data(Qt.ItemDataRole.UserRole)))
        elif key == Qt.Key.Key_Escape and (shown or self.entry.text()):
            self.entry.clear()
            self.found.hide()
        elif key == Qt.Key.Key_Backspace and not self.entry.text() and self._chosen:
            self._drop(self._chosen[-1])
        else:
            return False
        return True

    def _offer(self) -> None:
        self.found.clear()
        for one in self.matching(self.entry.text()):
            item = QListWidgetItem(one.path)
            item.setData(Qt.ItemDataRole.UserRole, one.id)
            item.setToolTip(one.path)
            self.found.addItem(item)
        if not self.found.count():
            self.found.addItem(self._wording.nothing)
            self.found.item(0).setFlags(Qt.ItemFlag.NoItemFlags)
        self.found.setCurrentRow(0)
        self.found.setFixedHeight(self.found.count() * theme.ROW + 10)
        self.found.show()

    def _take(self, identifier: str) -> None:
        if identifier in self._known:
            self.entry.clear()
            self.found.hide()
            self.show_chosen([identifier] if self._one else [*self._chosen, identifier])
            self.changed.emit()

    def _drop(self, identifier: str) -> None:
        self.show_chosen([one for one in self._chosen if one != identifier])
        self.entry.setFocus(Qt.FocusReason.OtherFocusReason)
        self.changed.emit()
