"""When to look whether a snapshot is due, and the thread in which it is made; what one is, stands in
`store.snapshots`.

It reads through a connection of its own, so neither a keystroke nor a save waits for it. Locking or closing the window
breaks it off.
"""

from collections.abc import Callable
from contextlib import suppress
from threading import Event, Thread

from PySide6.QtCore import QObject, QTimer

from pimpasa_desktop import sqlcipher
from pimpasa_desktop.app.background import Background
from pimpasa_desktop.home import Home
from pimpasa_desktop.problem import Problem
from pimpasa_desktop.store.store import Store

FIRST_SECONDS = 20.0  # the window and its first exchange come first
EVERY_SECONDS = 900.0


class Keeping(QObject):
    def __init__(self, background: Background, home: Home, key: bytes, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._background, self._home, self._key = background, home, key
        self._thread: Thread | None = None
        self._stopping = Event()
        self._interrupt: Callable[[], None] = lambda: None
        self.timer = QTimer(self)
        self.timer.setSingleShot(True)
        self.timer.timeout.connect(self.look)

    def start(self) -> None:
        self.timer.start(round(FIRST_SECONDS * 1000))

    def look(self) -> None:
        """Make a snapshot if one is due."""
        self.timer.start(round(EVERY_SECONDS * 1000))
        if self.running:
            return
        self._thread = Thread(target=self._work, name="snapshot")
        self._thread.start()

    @property
    def running(self) -> bool:
        return self._thread is not None and self._thread.is_alive()

    def stop(self) -> None:
        """Give up what is under way; afterwards nothing here reads the store."""
        self.timer.stop()
        self._stopping.set()
        while self.running:
            with suppress(sqlcipher.DatabaseError):  # closed by its thread at this very moment
                self._interrupt()
            if self._thread is not None:
                self._thread.join(0.01)

    def _work(self) -> None:
        try:
            with self._home.reading(self._key) as store:
                self._make(store)
        except sqlcipher.Damaged:
            self._background.broke.emit()
        except (Problem, sqlcipher.OperationalError):
            pass  # tried again at the next look; `pimpasa doctor` says what hinders it

    def _make(self, store: Store) -> None:
        self._interrupt = store.interrupt
        try:
            self._home.snapshots.renew(store, self._key, self._home.key_path, self._stopping.is_set)
        finally:
            self._interrupt = lambda: None
