"""What a field holds, as words that one can click away. It knows no record: ids and words are handed in."""

from collections.abc import Collection

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from pimpasa_desktop.app.widgets.clearing import clear
from pimpasa_desktop.app.widgets.filter_word import FilterWord
from pimpasa_desktop.app.widgets.flow import Flow


class ChosenWords(QWidget):
    """`removed` carries the id of the word that was clicked away; `described` is what such a word is to one who
    hears it. Nothing is there while nothing is chosen."""

    removed = Signal(str)

    def __init__(self, described: str) -> None:
        super().__init__()
        self._described = described
        self._flow = Flow(self)

    def show_words(self, chosen: Collection[tuple[str, str, str]]) -> None:
        """For each its id, its word and what is told of it under the pointer."""
        clear(self._flow)
        for identifier, called, told in chosen:
            word = FilterWord(called)
            word.setAccessibleDescription(self._described)
            word.setToolTip(told)
            word.removed.connect(lambda identifier=identifier: self.removed.emit(identifier))
            self._flow.addWidget(word)
            word.show()
        self.setVisible(bool(chosen))
        self.updateGeometry()
