"""The practice in the window: who one wants to be, that it is practice, and that the other role finds the work."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from pimpasa_desktop import i18n
from pimpasa_desktop.app import connection
from pimpasa_desktop.app.connection import Cost
from pimpasa_desktop.app.practising import PracticeWindow
from pimpasa_desktop.app.screen import Context
from pimpasa_desktop.app.taking_in import Of
from pimpasa_desktop.app.widgets.button import Button
from pimpasa_desktop.home import PASSPHRASE_FILE, Home
from pimpasa_desktop.problem import Problem
from rig.desk import PASSPHRASE
from rig.window import VILLAGES, Seat, Town

WRITTEN = "Bongkudai Utara\nKamis, 3 Juli 2025"
OUT = Path(__file__).parents[2] / "out" / "screens"


@dataclass
class Ground:
    """A practice of two seats of one town."""

    officer: Home
    clerk: Home
    trouble: str = ""
    gate: Event = field(default_factory=Event)
    officer_name: str = "Meyke Mamonto"
    office_name: str = "Kotamobagu"

    def prepare(self, tell: Callable[[int, int, str], None]) -> None:
        tell(3, 9, "Mengisi kantor Kotamobagu: Sosialisasi dan Edukasi Keimigrasian.")
        assert self.gate.wait(10)
        if self.trouble:
            raise Problem(self.trouble)


class Practised:
    def __init__(self, qtbot: QtBot, ground: Ground) -> None:
        self.bot, self.told = qtbot, list[str]()
        self.window = PracticeWindow(ground)
        self.window.resize(1366, 768)
        self.window.show()
        self.window.start(self.told.append)

    def words(self) -> str:
        return "\n".join(one.text() for one in self.window.findChildren(QLabel) if one.isVisible())

    def until(self, true: Callable[[], object]) -> None:
        self.bot.waitUntil(lambda: bool(true()), timeout=10_000)

    def offered(self, words: str) -> Any:
        return next((b for b in self.window.findChildren(Button) if b.isVisible() and b.words() == words), None)

    def press(self, words: str) -> None:
        self.until(lambda: self.offered(words))
        self.offered(words).click()

    def write(self, context: Context) -> None:
        villages = list(context.queries.overview.villages())
        context.write(
            lambda store: store.put("visit", {"villages": villages[:1], "starts_at": "2025-07-03T09:00+08:00"})
        )

    def picture(self, name: str) -> None:
        QApplication.processEvents()
        OUT.mkdir(parents=True, exist_ok=True)
        assert self.window.grab().save(str(OUT / f"{name}.png"))


def home(seat: Seat, folder: Path) -> Home:
    secret = folder / "passphrase"
    secret.write_text(PASSPHRASE)
    return seat.home.with_machine(replace(seat.home.machine, environ={PASSPHRASE_FILE: str(secret)}))


@pytest.fixture
def ground(tmp_path: Path) -> Iterator[Ground]:
    town = Town(tmp_path)
    officer = town.person("Meyke Mamonto", villages=list(VILLAGES)).enrol()
    clerk = town.person("Vivi Tumbelaka", "office_clerk").enrol()
    yield Ground(home(officer, tmp_path), home(clerk, tmp_path))
    town.close()
    i18n.use("id")


@pytest.fixture
def practise(qtbot: QtBot) -> Iterator[Callable[[Ground], Practised]]:
    opened: list[QWidget] = []

    def open_(ground: Ground) -> Practised:
        practised = Practised(qtbot, ground)
        opened.append(practised.window)
        return practised

    yield open_
    for window in opened:
        window.close()
        window.deleteLater()


def test_what_the_officer_wrote_is_at_the_clerks_when_one_changes_roles(
    ground: Ground, practise: Callable[[Ground], Practised], monkeypatch: pytest.MonkeyPatch
) -> None:
    practised = practise(ground)
    practised.until(lambda: "Mengisi kantor Kotamobagu: Sosialisasi dan Edukasi Keimigrasian." in practised.words())
    assert "3 dari 9" in practised.words() and "Latihan: data ini bukan data sungguhan" in practised.words()
    practised.picture("practice-preparing")
    ground.gate.set()
    practised.until(lambda: practised.offered("Masuk sebagai petugas"))
    assert "Latihan: data ini bukan data sungguhan" in practised.words() and not practised.offered("Ganti peran")
    assert "Petugas: Meyke Mamonto, Kotamobagu" in practised.words()
    practised.picture("practice-choosing")
    practised.press("Masuk sebagai petugas")
    practised.until(lambda: practised.offered("Beranda"))
    assert "Latihan: data ini bukan data sungguhan" in practised.words()
    program: Any = practised.window._program
    practised.write(program.window_.context)
    monkeypatch.setattr(connection, "cost", lambda: Cost.PAID)  # as the laptop changes from Wi-Fi to a telephone
    practised.press("Ganti peran")
    practised.press("Masuk sebagai staf kantor")
    practised.until(lambda: WRITTEN in practised.words())
    assert practised.offered("Masuk") and not practised.offered("Beranda")


def test_what_was_written_as_an_exchange_ended_is_at_the_clerks_too(
    ground: Ground, practise: Callable[[Ground], Practised]
) -> None:
    ground.gate.set()
    practised = practise(ground)
    practised.press("Masuk sebagai petugas")
    practised.until(lambda: practised.offered("Beranda"))
    program: Any = practised.window._program
    context, road = program.window_.context, ground.officer.line(program._reader)
    road.hung_up.clear()
    practised.until(road.hanging_up.is_set)  # the exchange that begins by itself asks no more, but has not ended
    practised.write(context)
    practised.press("Ganti peran")
    road.hung_up.set()
    practised.press("Masuk sebagai staf kantor")
    practised.until(lambda: WRITTEN in practised.words())


def test_closing_and_changing_roles_ask_while_files_are_coming_and_a_signal_does_not(
    ground: Ground, practise: Callable[[Ground], Practised]
) -> None:
    ground.gate.set()
    practised, let = practise(ground), Event()
    practised.press("Masuk sebagai petugas")
    practised.until(lambda: practised.offered("Beranda"))
    program: Any = practised.window._program
    program._taking.add(Of("photo", "one"), [lambda _decoder: let.wait(10) and (lambda _store: None)])
    assert not practised.window.close()
    practised.until(lambda: "1 foto masih disiapkan." in practised.words())
    program.window_.release()
    practised.press("Ganti peran")
    practised.until(lambda: "1 foto masih disiapkan." in practised.words())
    assert not practised.window._going
    program.window_.release()
    let.set()
    practised.window.end()
    assert not practised.window.isVisible()


def test_a_practice_that_cannot_start_says_why(ground: Ground, practise: Callable[[Ground], Practised]) -> None:
    ground.gate.set()
    ground.trouble = "Data ini sedang dipakai program PIMPASA lain."
    practised = practise(ground)
    practised.until(lambda: ground.trouble in practised.words())
    assert practised.told[-1] == ground.trouble
    assert "Latihan belum dapat dimulai." in practised.words() and not practised.offered("Masuk sebagai petugas")


def test_the_choice_is_offered_in_english_too(ground: Ground, practise: Callable[[Ground], Practised]) -> None:
    ground.gate.set()
    practised = practise(ground)
    practised.until(lambda: practised.offered("Masuk sebagai petugas"))
    practised.window.resize(1024, 700)
    practised.press("Bahasa: Indonesia")
    practised.until(lambda: practised.offered("Enter as officer"))
    practised.until(lambda: "Practice: this is not real data" in practised.words())
    practised.picture("practice-choosing-en")
