"""Several answers of which any may be ticked, side by side in columns of one width."""

from collections.abc import Iterable, Sequence
from math import ceil

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from pimpasa_desktop.app.widgets.flow import Flow
from pimpasa_desktop.app.widgets.ticks import CheckBox

WIDEST, BESIDE = 340, 8


class TickList(QWidget):
    """`answers` are (value, words); `changed` after each tick by the person. A value that is none of them stands
    among them as it came, once it is shown."""

    changed = Signal()

    def __init__(self, name: str, answers: Sequence[tuple[str, str]], *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.boxes: dict[str, CheckBox] = {}
        self._flow = Flow(self, gap=4)
        self._wide = 0
        for value, words in answers:
            self._offer(value, words)
        policy = self.sizePolicy()
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        if self.boxes:
            self.setFocusProxy(next(iter(self.boxes.values())))

    def ticked(self) -> list[str]:
        return sorted(value for value, box in self.boxes.items() if box.isChecked())

    def show_ticked(self, values: Iterable[str]) -> None:
        """Show these ticked. It tells nobody."""
        wanted = set(values)
        for value in sorted(wanted - self.boxes.keys()):
            self._offer(value, value)
        for value, box in self.boxes.items():
            box.setChecked(value in wanted)

    def _offer(self, value: str, words: str) -> None:
        box = CheckBox(words)
        box.clicked.connect(self.changed)
        self.boxes[value] = box
        self._flow.addWidget(box)
        self._wide = max(self._wide, min(ceil(box.sizeHint().width()) + BESIDE, WIDEST))
        for each in self.boxes.values():
            each.setFixedWidth(self._wide)
