"""A person at the real window, in a process that may be killed: types with QTest and tells of every key.

`python -m app.typist FOLDER SECRET VISIT SCREEN [NAME]`: names into the register, or a narrative into a new finding.
"""

import json
import sys
from pathlib import Path
from time import monotonic

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from pimpasa_desktop.app.run import Program, application
from pimpasa_desktop.app.screen import Place
from pimpasa_desktop.home import PASSPHRASE_FILE, Home, Machine
from rig.window import CHEAP

BETWEEN_KEYS_MS = 60
NAMES = ("Nur", *(f"{word} binti Lumempow Mokodompit Damopolii Paputungan" for word in ("Siti", "Sri", "Ratna")))
NARRATIVE = (
    "Warga menyampaikan bahwa seorang perempuan menawarkan pekerjaan di luar negeri dengan biaya ditanggung. " * 4
)


def main(folder: str, secret: str, visit: str, screen: str) -> None:
    home = Home(Path(folder), Machine(kdf=CHEAP, keyring=lambda: None, environ={PASSPHRASE_FILE: secret}))
    app = application(home)
    program = Program(home)
    program.start()
    program.show()
    program.activateWindow()
    while program.window_ is None:
        app.processEvents()
    program._syncer.timer.stop()
    program.window_.go(Place("visit", visit))
    if screen == "register":
        program.window_.go(Place(screen, visit))
        _register(program)
    else:
        program.window_.go(Place(screen, f"visit:{visit}"))
        program.window_.shown.form.fields["narrative"].field.editor.setFocus()
        _type(NARRATIVE, "")


def _register(program: Program) -> None:
    screen = program.window_.shown
    for count, name in enumerate(NAMES):
        _type(name, name)
        QTest.keyClicks(QApplication.focusWidget(), "\r")
        while screen.tally.count.text() != str(count + 1):  # the window says that it is written
            QApplication.processEvents()
        print(json.dumps({"written": name}), flush=True)


def _type(text: str, of: str) -> None:
    for end in range(1, len(text) + 1):
        QTest.keyClicks(QApplication.focusWidget(), text[end - 1])
        print(json.dumps({"typed": text[:end], "at": monotonic()}), flush=True)
        QTest.qWait(BETWEEN_KEYS_MS)


if __name__ == "__main__":
    main(*sys.argv[1:])
