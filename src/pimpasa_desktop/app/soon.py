"""Something to do a moment from now, once, however often it is asked for meanwhile; asking again does not put it off.

What is typed must be kept while one goes on typing: a pause that each key begins anew may never come.
"""

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer


class Soon(QTimer):
    def __init__(self, parent: QObject, milliseconds: int, call: Callable[[], None]) -> None:
        super().__init__(parent)
        self.setSingleShot(True)
        self.setInterval(milliseconds)
        self.timeout.connect(call)

    def ask(self) -> None:
        if not self.isActive():
            self.start()
