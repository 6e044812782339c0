"""A fresh process that shows one window, says so when that is painted, and stays until its input is closed.

`python -m bench.starting bare` is a PySide6 window with nothing in it; `... starting FOLDER SECRET` the program.
"""

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
    from PySide6.QtCore import QEvent, QObject, QTimer
    from PySide6.QtWidgets import QWidget

    from pimpasa_desktop.app.run import Program, application
    from pimpasa_desktop.home import PASSPHRASE_FILE, Home, Machine
    from pimpasa_desktop.store.slots import Argon2

    class Watch(QObject):
        """Of the first screen: it is only painted when it shows its data."""

        def eventFilter(self, watched: QObject, event: QEvent) -> bool:
            if event.type() == QEvent.Type.Paint:
                QTimer.singleShot(0, _told)
            return False

    watch = Watch()

    def shown(_place: int) -> None:
        page: QWidget | None = program.window_
        if page is not None:
            program.window_.shown.installEventFilter(watch)

    cheap = Argon2(memory_kib=8, iterations=1, lanes=1, floor_kib=8)
    environ = {PASSPHRASE_FILE: str(secret), "LANG": "id_ID.UTF-8"}
    home = Home(folder, Machine(kdf=cheap, keyring=lambda: None, environ=environ))
    app = application(home)
    program = Program(home)
    program.currentChanged.connect(shown)
    program.start()
    program.show()
    app.exec()


def _told() -> None:
    """From here the process stays as it is, so that its memory can be read."""
    print("ready", flush=True)
    sys.stdin.read()
    raise SystemExit  # at once: nothing was written


if __name__ == "__main__":
    main(sys.argv[1:])
