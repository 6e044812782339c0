"""Filters of a list as words that one can click away, and a word that offers more of them."""

from collections.abc import Callable, Hashable
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QMenu, QWidget

from pimpasa_desktop.app.widgets.button import LinkButton
from pimpasa_desktop.app.widgets.filter_word import FilterWord
from pimpasa_desktop.app.widgets.flow import Flow
from pimpasa_desktop.i18n import _


@dataclass(frozen=True)
class Filter:
    """A word and what it lets through. Of one `kind` several may be on: any of them lets through."""

    kind: str
    word: str
    keeps: Callable[[Any], bool]

    @property
    def key(self) -> Hashable:
        return self.kind, self.word


class Filters(QWidget):
    """`offered` tells, when asked, what one may filter by, under titles. `changed` after each change by the person."""

    changed = Signal()

    def __init__(self, offered: Callable[[], dict[str, list[Filter]]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._offered = offered
        self.on: list[Filter] = []
        self._flow = Flow(self)
        self.more = LinkButton(_("Tambah saringan"), "plus")
        self.more.clicked.connect(self._offer)
        self._show()

    def put(self, *filters: Filter) -> None:
        """Have exactly these on."""
        self.on = list(filters)
        self._show()
        self.changed.emit()

    def add(self, one: Filter) -> None:
        self.put(*(other for other in self.on if other.key != one.key), one)

    def passes(self, thing: Any) -> bool:
        kinds = {one.kind for one in self.on}
        return all(any(one.keeps(thing) for one in self.on if one.kind == kind) for kind in kinds)

    def words(self) -> list[FilterWord]:
        items = (self._flow.itemAt(at) for at in range(self._flow.count()))
        return [word for item in items if item and isinstance(word := item.widget(), FilterWord)]

    def _remove(self, one: Filter) -> None:
        self.put(*(other for other in self.on if other.key != one.key))
        self.more.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show(self) -> None:
        while item := self._flow.takeAt(0):
            shown = item.widget()
            if isinstance(shown, FilterWord):
                shown.hide()  # at once: it is deleted only when the event loop comes to it
                shown.deleteLater()
        for one in self.on:
            shown = FilterWord(one.word)
            shown.removed.connect(lambda one=one: self._remove(one))
            self._flow.addWidget(shown)
            shown.show()
        self._flow.addWidget(self.more)
        self.updateGeometry()

    def _offer(self) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for title, filters in self._offered().items():
            part = menu.addMenu(title)
            for one in filters:
                part.addAction(one.word).triggered.connect(lambda _checked=False, one=one: self.add(one))
        menu.popup(self.more.mapToGlobal(self.more.rect().bottomLeft()))
