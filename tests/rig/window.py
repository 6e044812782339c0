"""The real window on a real store, with a real office in the same process; the line can be cut and held."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Event
from time import sleep
from typing import Any

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from pimpasa_desktop.app.run import Program
from pimpasa_desktop.app.screen import Kind
from pimpasa_desktop.home import Home, Machine
from pimpasa_desktop.problem import Problem
from pimpasa_desktop.store.slots import Argon2
from pimpasa_desktop.store.store import Store
from pimpasa_desktop.sync.engine import Engine, Report
from pimpasa_desktop.sync.joining import join
from pimpasa_desktop.sync.trouble import Cancelled, Unreachable
from rig.desk import PASSPHRASE
from rig.world import Near, OfficeRig, RigEnv

CHEAP = Argon2(memory_kib=8, iterations=1, lanes=1, floor_kib=8)  # what a guess costs here
MORNING = datetime(2025, 7, 2, 23, 42, tzinfo=UTC)  # 07.42 WITA on Thursday, 3 July 2025
VILLAGES = {
    "71.10.07.2004": "Bongkudai Utara",
    "71.10.07.2001": "Tobongon",
    "71.10.06.2001": "Modayag",
    "71.10.06.2002": "Liberia",
}


class Road(Near):
    """A line to the office that a test may cut (`cut`), hold (`gate`), hold as it is given up (`hung_up`), or give a
    trouble; so many questions of photos get through."""

    def __init__(self, office: OfficeRig) -> None:
        super().__init__(office)
        self.cut = False
        self.trouble: Problem | None = None
        self.gate = Event()
        self.gate.set()
        self.photo_questions = 1_000_000
        self.photos_asked = False
        self.asked = Event()
        self.hanging_up, self.hung_up = Event(), Event()
        self.hung_up.set()
        self._cancelled = Event()
        self.bytes_sent = self.bytes_received = self.bytes_handshake = 0
        self.address = ""
        self.clock_behind: float | None = None

    def exchange(self, body: bytes) -> bytes:
        self.asked.set()
        self._pass(self.gate.is_set)
        self.bytes_sent += len(body)
        answer = super().exchange(body)
        self.bytes_received += len(answer)
        return answer

    def _pass(self, opened: Callable[[], bool]) -> None:
        if self.cut:
            raise Unreachable()
        if self.trouble is not None:
            raise self.trouble
        while not opened():
            sleep(0.01)
            if self._cancelled.is_set():
                raise Cancelled

    def blobs(self, body: bytes) -> bytes:
        self.photos_asked = True
        self._pass(lambda: self.photo_questions > 0)
        self.photo_questions -= 1
        self.bytes_sent += len(body)
        return super().blobs(body)

    def cancel(self) -> None:
        self._cancelled.set()

    def close(self) -> None:
        self.hanging_up.set()
        self.hung_up.wait(10)
        self._cancelled.clear()
        self.bytes_sent = self.bytes_received = 0

    def __enter__(self) -> "Road":
        return self

    def __exit__(self, *_error: object) -> None:
        self.close()


class HomeRig(Home):
    """A data folder whose office is in this process."""

    road: Road

    def with_machine(self, machine: Machine) -> "HomeRig":
        other = HomeRig(self.folder, machine)
        other.road = self.road
        return other

    def line(self, store: Store) -> Any:
        return self.road

    def line_to(self, addresses: list[str], trust: str, name: str) -> Any:
        return self.road


class Town:
    """One office, and the laptops of its people."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        env = RigEnv("office")
        env.time = MORNING - timedelta(days=30)  # villages were given before today
        self.office = OfficeRig(folder / "office", env)

    def person(self, name: str, role: str = "field_officer", villages: Sequence[str] = ()) -> "Seat":
        account = self.office.account(name, role)
        for code in villages:
            self.office.assign(account, code, VILLAGES[code])
        return Seat(self, name, account)

    def close(self) -> None:
        self.office.close()
        assert self.office.alarms == []


class Seat:
    """A person at a laptop. Without a window, `store` opens it as a command would."""

    def __init__(self, town: Town, name: str, account: str) -> None:
        self.town, self.account = town, account
        self.env = RigEnv(name)
        self.env.time = MORNING
        machine = Machine(
            env=self.env,
            kdf=CHEAP,
            keyring=lambda: None,
            environ={"LC_ALL": "id_ID.UTF-8"},
        )
        self.home = HomeRig(town.folder / name, machine)
        self.home.road = Road(town.office)

    @property
    def road(self) -> Road:
        return self.home.road

    def enrol(self) -> "Seat":
        self.home.folder.mkdir(parents=True)
        key = self.home.key_file().create(PASSPHRASE)
        with Store(self.home.folder, key, self.env) as store:
            join(store, self.town.office.enrolment(self.account), self.road)
            Engine(store, self.road, self.env).exchange(Report())
        return self

    def store(self) -> Store:
        return self.home.exchanging(self.home.unlock(PASSPHRASE))

    def sync(self) -> None:
        with self.store() as store:
            Engine(store, self.road, self.env).exchange(Report())


class Screenful:
    """The program as a person meets it: clicks, keys, and words on the screen."""

    def __init__(self, qtbot: QtBot, seat: Seat, kinds: Sequence[Kind] | None = None) -> None:
        self.bot, self.seat = qtbot, seat
        self._closed = False
        self.program = Program(seat.home, kinds)
        self.program.resize(1366, 736)
        self.program.show()
        self.program.start()

    def unlock(self, passphrase: str = PASSPHRASE) -> "Screenful":
        page: Any = self.program.currentWidget()
        page.passphrase.field.setText(passphrase)
        page.button.click()
        self.until(lambda: self.program.window_ is not None or page.button.isEnabled())
        return self

    @property
    def window(self) -> Any:
        assert self.program.window_ is not None
        return self.program.window_

    @property
    def screen(self) -> Any:
        return self.window.shown

    def until(self, true: Callable[[], object], seconds: float = 10) -> None:
        self.bot.waitUntil(lambda: bool(true()), timeout=int(seconds * 1000))

    def close(self) -> None:
        """Close the window as a person does, also where that is asked about; once."""
        if not self._closed:
            self._closed = True
            if not self.program.close():
                self.program.close()
            self.program.deleteLater()


def double_click(widget: QWidget) -> None:
    """As the hand does it: the second press goes to whatever lies there by then."""
    window, interval = widget.window(), QApplication.doubleClickInterval()
    at = widget.mapTo(window, widget.rect().center())
    QApplication.setDoubleClickInterval(10_000)
    for _press in range(2):
        QTest.mouseClick(window.windowHandle(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, at)
        QApplication.processEvents()
    QApplication.setDoubleClickInterval(interval)


def hold(widget: QWidget, key: Qt.Key) -> None:
    """Hold a key down until it has come four times."""
    for kind, repeated in (
        (QEvent.Type.KeyPress, False),
        *((QEvent.Type.KeyRelease, True), (QEvent.Type.KeyPress, True)) * 3,
        (QEvent.Type.KeyRelease, False),
    ):
        QApplication.sendEvent(widget, QKeyEvent(kind, key, Qt.KeyboardModifier.NoModifier, "", repeated))
