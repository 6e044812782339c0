"""A field that holds several things out of a list, as words that one can click away; the list offers the others.

For a handful up to some dozens. It knows no record: ids and words are handed in; an id without words is kept.
"""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from pimpasa_desktop.app.widgets.choice_field import ChoiceField
from pimpasa_desktop.app.widgets.chosen_words import ChosenWords
from pimpasa_desktop.i18n import _


class SeveralField(QWidget):
    """`changed` after a word was added or taken away by the person."""

    changed = Signal()

    def __init__(self, name: str, placeholder: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._known: dict[str, str] = {}
        self._chosen: list[str] = []
        self.list = ChoiceField(name, [], placeholder=placeholder)
        self.list.activated.connect(lambda _index: self._take())
        self._words = ChosenWords(_("Tekan untuk melepasnya."))
        self._words.removed.connect(self._drop)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self._words)
        column.addWidget(self.list)
        self.setFocusProxy(self.list)
        self.show_chosen([])

    def know(self, choices: Sequence[tuple[str, str]]) -> None:
        """What one may choose from: (id, words)."""
        if dict(choices) != self._known:
            self._known = dict(choices)
            self.show_chosen(self._chosen)

    def chosen(self) -> list[str]:
        return list(self._chosen)

    def show_chosen(self, ids: Sequence[str]) -> None:
        self._chosen = list(ids)
        absent = _("di luar wilayah Anda")
        self._words.show_words([(one, self._known.get(one, absent), "") for one in self._chosen])
        self.list.clear()
        for identifier, words in self._known.items():
            if identifier not in self._chosen:
                self.list.addItem(words, identifier)
        self.list.setCurrentIndex(-1)
        self.list.setVisible(self.list.count() > 0)

    def _take(self) -> None:
        self._choose([*self._chosen, self.list.chosen()])

    def _drop(self, identifier: str) -> None:
        self._choose([one for one in self._chosen if one != identifier])

    def _choose(self, ids: list[str]) -> None:
        self.show_chosen(sorted(ids))
        self.changed.emit()
