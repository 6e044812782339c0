"""The main job from start to end: an officer's visit, and what becomes of it in the office."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Protocol

from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler
from PySide6.QtWidgets import QApplication

from pimpasa_desktop.app import practising
from pimpasa_desktop.app.run import application
from pimpasa_desktop.app.walk import clerk, officer
from pimpasa_desktop.app.walk.hands import Hands

SIZE = (1366, 768)
PREPARING_SECONDS = 120.0


class Ground(practising.Ground, Protocol):
    """A practice whose office can be made to go out of reach."""

    @property
    def office(self) -> officer.Office: ...


def walk(ground: Ground, out: Path, tell: Callable[[str], None]) -> list[Path]:
    """Pictures and the PDF go to the empty folder `out`; returns them. Raises Problem where a step goes astray."""
    application(ground.officer)
    window = practising.PracticeWindow(ground)
    hands = Hands(window, out, ground.officer.env, tell)
    try:
        with _listening(hands):
            window.resize(*SIZE)
            window.show()
            window.activateWindow()
            window.start(lambda sentence: tell(f"  {sentence}"))
            _go(hands, ground, out, tell)
    finally:
        window.close()
        window.deleteLater()
        QApplication.processEvents()
    return sorted(out.iterdir())


def _go(hands: Hands, ground: Ground, out: Path, tell: Callable[[str], None]) -> None:
    hands.step = "menyiapkan latihan"
    hands.see("Masuk sebagai petugas", "Masuk sebagai staf kantor", seconds=PREPARING_SECONDS)
    tell("Petugas di desa, tanpa sinyal:")
    hands.show("latihan", "Layar pertama: masuk sebagai petugas atau sebagai staf kantor.")
    officer.enter(hands, ground.office)
    officer.new_visit(hands)
    officer.register(hands)
    officer.finding(hands)
    officer.send_without_signal(hands)
    officer.send(hands, ground.office)
    officer.leave(hands)
    tell("Staf kantor:")
    clerk.enter(hands)
    clerk.mend(hands)
    clerk.send(hands)
    clerk.export(hands, out)


@contextmanager
def _listening(hands: Hands) -> Iterator[None]:
    """What the window raises where nobody catches it ends the walk; what Qt regrets of an unseen window is left out."""
    raised, told = sys.excepthook, qInstallMessageHandler(None)

    def hear(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        hands.bugs.append(error)
        raised(kind, error, trace)

    def leave_out(_kind: QtMsgType, _context: QMessageLogContext, message: str) -> None:
        if "This plugin does not support" not in message:
            sys.stderr.write(message + "\n")

    sys.excepthook = hear
    qInstallMessageHandler(leave_out)
    try:
        yield
    finally:
        sys.excepthook = raised
        qInstallMessageHandler(told)
