"""The main job from start to end: an officer's visit, and what becomes of it in the office."""

from collections.abc import Callable
from pathlib import Path
from typing import Protocol

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
        window.resize(*SIZE)
        window.show()
        window.activateWindow()
        window.start(lambda sentence: tell(f"  {sentence}"))
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
        clerk.export(hands, out)
        clerk.send(hands)
    finally:
        window.close()
        window.deleteLater()
        QApplication.processEvents()
    return sorted(out.iterdir())
