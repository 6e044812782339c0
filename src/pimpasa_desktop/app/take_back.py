"""Words on a page that take back what was written last, and make it again; with the keys of every program.

They say what they take back ("Urungkan: Tema"). It knows no record but by the id of its root.
"""

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QWidget

from pimpasa_desktop.app.screen import Screen
from pimpasa_desktop.app.undoing import REDO_KEYS
from pimpasa_desktop.app.widgets.button import LinkButton
from pimpasa_desktop.i18n import _

ROOM = 260  # a long label must not push the page's own buttons away


class TakeBack(QWidget):
    """Call `follow` in each refresh of the screen."""

    def __init__(self, screen: Screen) -> None:
        super().__init__(screen)
        self._context, self._root = screen.context, ""
        self.undo = LinkButton("", "arrow-counter-clockwise")
        self.redo = LinkButton("", "arrow-clockwise")
        self.undo.clicked.connect(self.take_back)
        self.redo.clicked.connect(self.make_again)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        for button in (self.undo, self.redo):
            button.setMaximumWidth(ROOM)
            row.addWidget(button)
        QShortcut(QKeySequence("Ctrl+Z"), screen).activated.connect(self.take_back)
        for keys in REDO_KEYS:
            QShortcut(QKeySequence(keys), screen).activated.connect(self.make_again)
        self.follow("")

    def follow(self, root: str) -> None:
        """Show what can be taken back of this root now."""
        self._root = root
        changes = self._context.changes
        undoable, redoable = changes.undoable(root), changes.redoable(root)
        self.undo.say(_("Urungkan: {what}").format(what=undoable))
        self.redo.say(_("Ulangi: {what}").format(what=redoable))
        self.undo.setVisible(bool(undoable))
        self.redo.setVisible(bool(redoable))

    def take_back(self) -> None:
        self._context.changes.undo(self._root).then(self._tell, owner=self)

    def make_again(self) -> None:
        self._context.changes.redo(self._root).then(self._tell, owner=self)

    def _tell(self, left: str) -> None:
        self.follow(self._root)
        if left:
            self._context.offer(left, "", lambda: None)
