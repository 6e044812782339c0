"""Hands and eyes of the walk: click what is called so, type, read what is on the screen, take its picture.

Clicks and keys go to the top-level window, as those of a machine do; what lies under something else is not reached.
"""

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QAbstractTableModel, QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QScrollArea,
    QWidget,
)

from pimpasa_desktop.env import Env
from pimpasa_desktop.problem import Problem

W = TypeVar("W", bound=QWidget)

PATIENCE_SECONDS = 20.0
BREATH_SECONDS = 0.005
SETTLED_SECONDS = 0.2  # what has just arrived has its place on the screen
KEYS = {
    "Enter": Qt.Key.Key_Return,
    "Esc": Qt.Key.Key_Escape,
    "Tab": Qt.Key.Key_Tab,
    "F11": Qt.Key.Key_F11,
    "Del": Qt.Key.Key_Delete,
}


class Astray(Problem):
    """A step did not lead where it should."""


class Hands:
    """`step` is what one is doing, for the sentence that tells where the walk went astray; `bugs` what the window
    raised and nobody caught."""

    def __init__(self, window: QWidget, out: Path, env: Env, tell: Callable[[str], None]) -> None:
        self.window, self._out, self._env, self._tell = window, out, env, tell
        self.step = ""
        self.bugs: list[BaseException] = []
        self._taken = 0

    # -- eyes

    def until(self, true: Callable[[], object], otherwise: str, seconds: float = PATIENCE_SECONDS) -> None:
        """Wait for it; `otherwise` says what did not happen."""
        deadline = self._env.monotonic() + seconds
        while not true():
            if self._env.monotonic() > deadline:
                self._picture("tersesat")
                raise Astray(f'Tersesat pada langkah "{self.step}": {otherwise} Gambar terakhir ada di {self._out}.')
            self.breathe()

    def breathe(self, seconds: float = BREATH_SECONDS) -> None:
        """Let the window and the threads beside it work."""
        QApplication.processEvents()
        if not self.window.isActiveWindow() and QApplication.activePopupWidget() is None:
            self.window.activateWindow()  # a desktop gives it back after a list or a tip was shown; here nobody does
        self._env.sleep(seconds)
        QApplication.processEvents()

    def rest(self, seconds: float) -> None:
        deadline = self._env.monotonic() + seconds
        while self._env.monotonic() < deadline:
            self.breathe()

    def text(self) -> str:
        """Every word on the screen, as it may be read."""
        return "\n".join(self._texts())

    def _texts(self) -> Iterator[str]:
        for widget in self._visible(QWidget):
            if isinstance(widget, QLabel | QLineEdit):
                yield widget.text()
            elif isinstance(widget, QPlainTextEdit):
                yield widget.toPlainText()
            elif isinstance(widget, QAbstractItemView):
                yield from (" · ".join(row) for row in _rows(widget))
            else:
                yield _name(widget)

    def see(self, *wanted: str, seconds: float = PATIENCE_SECONDS) -> None:
        """Wait until all of these words stand on the screen."""
        for words in wanted:
            self.until(partial(self.reads, words), f'"{words}" tidak tampak di layar.', seconds)

    def reads(self, words: str) -> bool:
        return words in self.text()

    def rows(self, name: str) -> list[list[str]]:
        """The rows of the table of that name."""
        return _rows(self._find(QAbstractItemView, name))

    def offers(self, words: str, within: str = "") -> bool:
        return bool(self._buttons(words, within))

    def _buttons(self, words: str, within: str) -> list[QAbstractButton]:
        """Those of that name; `within` names what holds them, where a word stands twice on the screen."""
        named = [one for one in self._visible(QAbstractButton) if _called(one, words)]
        held = [one for one in self._visible(QWidget) if within and _called(one, within)]
        return [one for one in named if not within or any(part.isAncestorOf(one) for part in held)]

    def show(self, what: str, told: str) -> None:
        """A step has led where it should: take its picture, tell what is to be seen."""
        self.rest(SETTLED_SECONDS)
        if self.bugs:
            self._picture("tersesat")
            raise Astray(f'Tersesat pada langkah "{self.step}": {self.bugs[0]!r}. Ini kesalahan program.')
        path = self._picture(what)
        self._tell(f"  {path.name}: {told}")

    def _picture(self, what: str) -> Path:
        self._taken += 1
        path = self._out / f"{self._taken:02}-{what}.png"
        self.window.grab().save(str(path))
        return path

    # -- hands

    def press(self, words: str, within: str = "") -> None:
        """Click the button, tick or entry that is called so."""
        self.until(lambda: self.offers(words, within), f'tidak ada tombol "{words}".')
        button = self._buttons(words, within)[0]
        self.until(button.isEnabled, f'tombol "{words}" tidak dapat ditekan.')
        self.click(button)

    def click(self, widget: QWidget, at: QPoint | None = None) -> None:
        spot = widget.rect().center() if at is None else at
        self._bring_to_sight(widget)
        there = widget.mapTo(self.window, spot)
        under = self.window.childAt(there)
        if under is None or not (under is widget or widget.isAncestorOf(under)):
            self._picture("tersesat")
            raise Astray(f'Tersesat pada langkah "{self.step}": "{_name(widget)}" tertutup oleh yang lain.')
        QTest.mouseClick(self.window.windowHandle(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, there)
        self.breathe()

    def choose_row(self, table: str, words: str) -> None:
        """Click the first row that holds these words; once more where the list moved under the pointer."""
        view = self._find(QAbstractItemView, table)
        self.until(lambda: self._row_of(view, words) >= 0, f'tidak ada baris "{words}" di {table}.')
        self.until(lambda: self._row_clicked(view, words), f'baris "{words}" di {table} tidak dapat dipilih.')

    def _row_clicked(self, view: QAbstractItemView, words: str) -> bool:
        self.rest(SETTLED_SECONDS)
        index = view.model().index(self._row_of(view, words), min(1, _columns(view) - 1))
        view.scrollTo(index, QAbstractItemView.ScrollHint.PositionAtCenter)
        self.click(view.viewport(), view.visualRect(index).center())
        self.rest(SETTLED_SECONDS)
        return view.currentIndex().row() == self._row_of(view, words)

    def _row_of(self, view: QAbstractItemView, words: str) -> int:
        return next((place for place, row in enumerate(_rows(view)) if words in " · ".join(row)), -1)

    def key(self, name: str) -> None:
        QTest.keyClick(self.window.windowHandle(), KEYS[name])
        self.breathe()

    def write(self, text: str) -> None:
        """Key by key, into whatever has the focus."""
        for letter in text:
            QTest.keyClick(self.window.windowHandle(), ord(letter))
        self.breathe()

    def fill(self, field: str, text: str) -> None:
        """Click into the field, put `text` in place of what stands there, and go on to the next one."""
        editor = self.field(field)
        self.click(editor)
        QTest.keyClick(self.window.windowHandle(), Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
        self.write(text)
        self.key("Tab")

    def into(self, field: str) -> None:
        """Click into the field."""
        self.click(self.field(field))

    def pick(self, field: str, words: str) -> None:
        """Choose in the list that has the focus, by typing how the choice begins; then go on to the next field."""
        editor = self._find(QComboBox, field)
        self.until(editor.hasFocus, f"{field} belum dapat diisi.")
        self.rest(QApplication.keyboardInputInterval() / 1000)  # what is typed sooner belongs to the word before
        self.write(words.split(" ")[0])
        self.until(lambda: editor.currentText() == words, f'"{words}" tidak dapat dipilih di {field}.')
        self.key("Tab")

    def field(self, name: str) -> QWidget:
        """The field that one types into under that name."""
        found: list[QWidget] = []

        def look() -> bool:
            for kind in (QLineEdit, QPlainTextEdit):
                found[:] = [one for one in self._visible(kind) if _called(one, name)]
                if found:
                    return True
            for held in self._visible(QWidget):
                if _called(held, name) and (inner := [one for one in held.findChildren(QLineEdit) if one.isVisible()]):
                    found[:] = inner
                    return True
            return False

        self.until(look, f'tidak ada isian "{name}".')
        return found[0]

    def _find(self, kind: type[W], name: str) -> W:
        found: list[W] = []

        def look() -> bool:
            found[:] = [one for one in self._visible(kind) if _called(one, name)]
            return bool(found)

        self.until(look, f'tidak ada "{name}".')
        return found[0]

    def _visible(self, kind: type[W]) -> list[W]:
        return [one for one in self.window.findChildren(kind) if one.isVisible()]

    def _bring_to_sight(self, widget: QWidget) -> None:
        above = widget.parentWidget()
        while above is not None:
            if isinstance(above, QScrollArea):
                above.ensureWidgetVisible(widget)
            above = above.parentWidget()
        self.breathe()


def _name(widget: QWidget) -> str:
    return widget.accessibleName() or (widget.text() if isinstance(widget, QAbstractButton) else "")


def _called(widget: QWidget, words: str) -> bool:
    """Under that name, perhaps with "(opsional)" or a count behind it."""
    name = _name(widget)
    return name == words or name.startswith((f"{words} (", f"{words},", f"{words}.", f"{words}:"))


def _rows(view: QAbstractItemView) -> list[list[str]]:
    model = view.model()
    if model is None:
        return []
    columns = _columns(view)
    return [
        [str(model.index(row, column).data() or "") for column in range(columns)] for row in range(model.rowCount())
    ]


def _columns(view: QAbstractItemView) -> int:
    model = view.model()
    return model.columnCount() if isinstance(model, QAbstractTableModel) else 1
