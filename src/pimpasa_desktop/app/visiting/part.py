"""What a part of a visit's page is: it shows its share of the visit, says how it stands, and what is missing in it."""

from abc import abstractmethod
from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLayout, QScrollArea, QVBoxLayout, QWidget

from pimpasa_desktop.app.fonts import Role
from pimpasa_desktop.app.screen import Context
from pimpasa_desktop.app.widgets.parts import Part, State
from pimpasa_desktop.app.widgets.words import Words
from pimpasa_desktop.domain.entity import Values
from pimpasa_desktop.domain.visit import signed_off

FIELD_WIDTH = 400


@dataclass(frozen=True)
class Shown:
    """The visit on the page: `id` is "" until it was made."""

    id: str
    values: Values

    @property
    def open(self) -> bool:
        """Whether it may still be changed."""
        return not signed_off(self.values)


@dataclass(frozen=True)
class Missing:
    """What is to be done before the visit can be finished, and the way to it."""

    words: str
    go: Callable[[], None]


class VisitPart(QWidget):
    """`stood` when its state may be another one; `wanted` when the person asked to be led here."""

    key = ""
    stood = Signal()
    wanted = Signal()

    def __init__(self, context: Context, title: str) -> None:
        super().__init__()
        self.context, self.title = context, title
        self.visit = Shown("", {})

    def refresh(self, visit: Shown) -> None:
        """Show what is there now."""
        self.visit = visit

    @abstractmethod
    def told(self) -> tuple[str, State]:
        """How it stands, in words and as a sign."""

    def missing(self) -> list[Missing]:
        return []

    def arrive(self) -> None:
        """The person has come to this part."""

    def leave(self) -> None:
        """Write what is still being typed."""

    def part(self) -> Part:
        words, state = self.told()
        return Part(self.key, self.title, words, state)


def page(part: VisitPart, *, space: int = 16, beside: QLayout | None = None) -> QVBoxLayout:
    """A column under the part's title and what stands beside that; it scrolls where the window is too low."""
    inner = QWidget()
    column = QVBoxLayout(inner)
    column.setContentsMargins(32, 16, 32, 24)
    column.setSpacing(space)
    head = QHBoxLayout()
    head.setSpacing(12)
    head.addWidget(Words(part.title, Role.SECTION), 1)
    if beside:
        head.addLayout(beside)
    column.addLayout(head)
    scrolls = QScrollArea()
    scrolls.setWidgetResizable(True)
    scrolls.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    scrolls.setWidget(inner)
    whole = QVBoxLayout(part)
    whole.setContentsMargins(0, 0, 0, 0)
    whole.addWidget(scrolls)
    return column
