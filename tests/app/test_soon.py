"""What is asked for again and again happens once, and is not put off by asking."""

from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from pimpasa_desktop.app.soon import Soon


def test_asking_again_does_not_begin_the_wait_anew(qtbot: QtBot) -> None:
    owner, calls = QObject(), []
    soon = Soon(owner, 60_000, lambda: calls.append("called"))
    soon.ask()
    qtbot.wait(20)
    left = soon.remainingTime()
    soon.ask()
    assert soon.remainingTime() <= left
    soon.start(0)
    qtbot.waitUntil(lambda: calls == ["called"])
    assert not soon.isActive()
