"""A question with a few answers below each other, of which one is dotted."""

from typing import Generic, TypeVar

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from pimpasa_desktop.app.fonts import Role
from pimpasa_desktop.app.widgets.flow import Flow
from pimpasa_desktop.app.widgets.ticks import RadioButton
from pimpasa_desktop.app.widgets.words import Words

V = TypeVar("V", bound=str)


class RadioGroup(QWidget, Generic[V]):
    """`answers` are (value, words); `chosen` carries the value that the person dots."""

    chosen = Signal(str)

    def __init__(
        self,
        question: str,
        answers: tuple[tuple[V, str], ...],
        *,
        across: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setAccessibleName(question)
        self._dots = {value: RadioButton(words, parent=self) for value, words in answers}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(Words(question, Role.LABEL))
        flow = Flow(gap=20)
        for value, dot in self._dots.items():
            (flow if across else column).addWidget(dot)
            dot.setAccessibleName(f"{question}: {dict(answers)[value]}")
            dot.clicked.connect(lambda _checked=False, value=value: self.chosen.emit(value))
        if across:
            column.addLayout(flow)
        self.choose(answers[0][0])

    def choose(self, value: str) -> None:
        """Show this answer. It tells nobody."""
        for answer, dot in self._dots.items():
            if answer == value:
                dot.setChecked(True)

    def value(self) -> V:
        return next(value for value, dot in self._dots.items() if dot.isChecked())

    def dot(self, value: V) -> RadioButton:
        return self._dots[value]
