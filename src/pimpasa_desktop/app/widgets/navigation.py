"""The way between screens: at most seven entries, icon and word, on the left of the window.

Tab stops at the entry that is chosen; arrows go to the others, Enter or the space bar chooses. Ctrl and a figure
chooses from anywhere. It knows keys of screens, not screens.
"""

from msgspec import Struct
from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QKeySequence, QPainter, QPaintEvent, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from pimpasa_desktop.app import drawing, theme
from pimpasa_desktop.app.fonts import Role, font
from pimpasa_desktop.app.widgets.button import Button, IconButton
from pimpasa_desktop.app.widgets.listing import two_lines
from pimpasa_desktop.app.widgets.rule import Rule
from pimpasa_desktop.app.widgets.words import Words
from pimpasa_desktop.i18n import _
from pimpasa_desktop.spelling import number

MOST, HEIGHT = 7, 40
NARROW = 69


class Entry(Struct, frozen=True):
    key: str
    icon: str
    word: str


class Person(Struct, frozen=True):
    name: str
    role: str

    @property
    def initials(self) -> str:
        parts = self.name.split()
        return "".join(part[0] for part in (parts[0], *parts[1:][-1:])).upper() if parts else ""


class Navigation(QWidget):
    chosen = Signal(str)
    lock_asked = Signal()

    def __init__(
        self, office: str, person: Person, entries: tuple[Entry, ...], *, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        if not 0 < len(entries) <= MOST:
            raise ValueError(f"{len(entries)} entries; more than {MOST} nobody finds at a glance")
        self.setAccessibleName(_("Menu utama"))
        self.setFixedWidth(theme.NAVIGATION)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 16, 13, 12)
        column.setSpacing(4)
        self._head = _Head(office)
        column.addWidget(self._head)
        column.addSpacing(12)
        self._entries = {entry.key: _Entry(entry) for entry in entries}
        for place, (key, button) in enumerate(self._entries.items(), 1):
            column.addWidget(button)
            button.clicked.connect(lambda _checked=False, key=key: self.choose(key))
            button.moved.connect(lambda step, key=key: self._step(key, step))
            shortcut = QShortcut(QKeySequence(f"Ctrl+{place}"), self)
            shortcut.activated.connect(lambda key=key: self.choose(key))
        column.addStretch(1)
        column.addWidget(Rule())
        self._foot = _Foot(person)
        self._foot.lock.clicked.connect(self.lock_asked)
        column.addWidget(self._foot)
        self.mark(entries[0].key)

    def narrow(self, is_narrow: bool) -> None:
        """Icons alone, their words as tips: where the window is small or all is shown twice as large."""
        self.setFixedWidth(NARROW if is_narrow else theme.NAVIGATION)
        for part in (self._head.texts, self._foot.who):
            part.setHidden(is_narrow)
        for button in self._entries.values():
            button.setToolTip(button.words() if is_narrow else "")

    def choose(self, key: str) -> None:
        """As if the person had pressed it."""
        self.mark(key)
        self.chosen.emit(key)

    def mark(self, key: str) -> None:
        """Show where one is, without going there."""
        for other, button in self._entries.items():
            button.mark(other == key)

    def count(self, key: str, waiting: int) -> None:
        """The figure beside an entry; 0 takes it away."""
        self._entries[key].count(waiting)

    def entry(self, key: str) -> Button:
        return self._entries[key]

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        painter = QPainter(self)
        drawing.fill(painter, self.rect(), theme.now().nav)
        drawing.fill(painter, QRectF(self.width() - 1, 0, 1, self.height()), theme.now().line)

    def _step(self, key: str, step: int) -> None:
        keys = list(self._entries)
        self._entries[keys[(keys.index(key) + step) % len(keys)]].setFocus(Qt.FocusReason.TabFocusReason)


class _Entry(Button):
    moved = Signal(int)

    def __init__(self, entry: Entry) -> None:
        super().__init__(entry.word, entry.icon)
        self._count = 0
        self.setCheckable(True)
        self.setFont(font(Role.ENTRY))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def mark(self, chosen: bool) -> None:
        self.setChecked(chosen)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if chosen else Qt.FocusPolicy.ClickFocus)
        self.setFont(font(Role.LABEL if chosen else Role.ENTRY))
        self.update()

    def count(self, waiting: int) -> None:
        self._count = waiting
        self.setAccessibleDescription(_("{count} menunggu").format(count=number(waiting)) if waiting else "")
        self.update()

    def nextCheckState(self) -> None:  # noqa: N802
        """Only `mark` says what is chosen: a second press must not take the choice away."""

    def sizeHint(self) -> QSize:  # noqa: N802
        return QSize(theme.NAVIGATION - 25, HEIGHT)

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        return QSize(NARROW - 25, HEIGHT)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
        else:
            self.moved.emit(step)

    def ink(self) -> QColor:
        return theme.now().link if self.isChecked() else theme.now().text2

    def ground(self, painter: QPainter, rect: QRectF) -> None:
        palette = theme.now()
        if self.isChecked():
            drawing.box(painter, rect, theme.RADIUS, palette.nav_chosen)
            drawing.fill(painter, QRectF(4 if self.hasFocus() else 0, 10, 3, rect.height() - 20), palette.link)
        elif self.warm():
            drawing.box(painter, rect, theme.RADIUS, palette.hover)
        if self.hasFocus():
            drawing.ring(painter, rect, theme.RADIUS)

    def _content(self, painter: QPainter, colour: QColor) -> None:
        middle = self.height() / 2
        drawing.icon(painter, f"{self._icon}-fill" if self.isChecked() else self._icon, 20, colour, 12, middle)
        if self.width() < theme.NAVIGATION / 2:
            self._dot(painter, colour)
            return
        right = self.width() - 12.0
        if self._count:
            figure, small = number(self._count), font(Role.COLUMN, figures=True)
            wide = drawing.width(figure, small) + 1
            drawing.words(painter, QRectF(right - wide, 0, wide, self.height()), figure, small, colour)
            right -= wide + 8
        drawing.words(painter, QRectF(44, 0, right - 44, self.height()), self.words(), self.font(), colour)

    def _dot(self, painter: QPainter, colour: QColor) -> None:
        """That there is a figure; there is no room for it."""
        if self._count:
            drawing.box(painter, QRectF(self.width() - 14, 6, 8, 8), 4, colour)


class _Head(QWidget):
    def __init__(self, office: str) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(4, 0, 0, 0)
        row.setSpacing(12)
        row.addWidget(_Mark(), 0, Qt.AlignmentFlag.AlignVCenter)
        self.texts = two_lines(Words("PIMPASA", Role.SECTION, wraps=False), Words(office, Role.CAPTION, "text2"))
        row.addWidget(self.texts, 1)


class _Mark(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self.setFixedSize(32, 32)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        painter, palette = QPainter(self), theme.now()
        drawing.box(painter, QRectF(self.rect()), theme.RADIUS, palette.blue)
        drawing.icon(painter, "notebook-fill", 20, palette.on_blue, 6, 16)


class _Foot(QWidget):
    def __init__(self, person: Person) -> None:
        super().__init__()
        self.lock = IconButton("lock", _("Kunci sekarang"))
        row = QHBoxLayout(self)
        row.setContentsMargins(4, 8, 0, 0)
        row.setSpacing(8)
        self.who = QWidget()
        inner = QHBoxLayout(self.who)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(8)
        inner.addWidget(_Avatar(person.initials))
        name, role = Words(person.name, Role.SMALL, wraps=False), Words(person.role, Role.CAPTION, "text2", wraps=False)
        inner.addWidget(two_lines(name, role), 1)
        row.addWidget(self.who, 1)
        row.addWidget(self.lock)


class _Avatar(QWidget):
    def __init__(self, initials: str) -> None:
        super().__init__()
        self._initials = initials
        self.setFixedSize(32, 32)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        painter, palette = QPainter(self), theme.now()
        drawing.box(painter, QRectF(self.rect()), 16, palette.nav_chosen)
        centre = Qt.AlignmentFlag.AlignCenter
        drawing.words(painter, QRectF(self.rect()), self._initials, font(Role.COLUMN), palette.link, centre)
