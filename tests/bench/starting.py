"""A fresh process that shows one window, says so when that is painted, and stays until its input is closed.

`python -m bench.starting bare` is a PySide6 window with nothing in it; `... starting FOLDER SECRET` the program.
"""

import gc
import os
import sys
from pathlib import Path


def main(arguments: list[str]) -> None:
    if arguments == ["bare"]:
        _bare()
    else:
        _program(Path(arguments[0]), Path(arguments[1]))


def _bare() -> None:
    from PySide6.QtCore import QEvent, QObject, QTimer
    from PySide6.QtWidgets import QApplication, QWidget

    class Window(QWidget):
        def event(self, event: QEvent) -> bool:
            if event.type() == QEvent.Type.Paint:
                QTimer.singleShot(0, _told)
            return super().event(event)

    app = QApplication(sys.argv[:1])
    window: QObject = Window()
    window.resize(1280, 800)
    window.show()
    app.exec()


def _program(folder: Path, secret: Path) -> None:
    """As from the command line; only the cost of a guess is another one, since it is what it is on purpose."""
    from pimpasa_desktop import cli
    from pimpasa_desktop.home import PASSPHRASE_FILE, Machine
    from pimpasa_desktop.store.slots import Argon2

    cheap = Argon2(memory_kib=8, iterations=1, lanes=1, floor_kib=8)
    environ = dict(os.environ) | {PASSPHRASE_FILE: str(secret), "LANG": "id_ID.UTF-8"}
    _watch_first_screen()
    cli.main(["--data", str(folder)], Machine(kdf=cheap, keyring=lambda: None, environ=environ))


def _watch_first_screen() -> None:
    """It is only painted when it shows its data."""
    gc.disable()  # as the command does before it imports the window
    from PySide6.QtCore import QEvent, QObject, QTimer

    from pimpasa_desktop.app import run

    class Watch(QObject):
        def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
            if event.type() == QEvent.Type.Paint:
                QTimer.singleShot(0, _told)
            return False

    class Program(run.Program):
        def _work(self, key: bytes) -> None:
            super()._work(key)
            self._watch = Watch(self)
            self.window_.shown.installEventFilter(self._watch)

    run.Program = Program


def _told() -> None:
    """From here the process stays as it is, so that its memory can be read."""
    print("ready", flush=True)
    sys.stdin.read()
    raise SystemExit  # at once: nothing was written


if __name__ == "__main__":
    main(sys.argv[1:])
