"""From nothing to the first screen: enrolling, unlocking, locking, and opening again where one was."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.screens import day
from pimpasa_desktop.app.entrance import FirstTime, Unlock
from pimpasa_desktop.app.run import show
from pimpasa_desktop.app.screen import Place
from rig.desk import PASSPHRASE
from rig.window import Screenful, Seat, Town

Opened = Callable[..., Screenful]


def trouble(page: Any) -> str:
    return str(page.passphrase.field.accessibleDescription())


def test_a_new_laptop_asks_for_the_file_from_the_office_and_a_passphrase_twice(
    town: Town, opened: Opened, tmp_path: Path
) -> None:
    seat = town.person("Meyke Mamonto", villages=["71.10.07.2004"])
    file = tmp_path / "meyke.pimpasa"
    file.write_bytes(msgspec.json.encode(town.office.enrolment(seat.account)))
    program = opened(seat, locked=True)
    page: Any = program.program.currentWidget()
    assert isinstance(page, FirstTime)
    page.take(str(file))
    page.first.field.setText(PASSPHRASE)
    page.second.field.setText("lain sekali kata sandinya")
    page.button.click()
    assert "tidak sama" in page.second.field.accessibleDescription()
    assert not seat.home.key_path.exists()
    page.second.field.setText(PASSPHRASE)
    page.button.click()
    program.until(lambda: program.program.window_)
    assert program.window.context.name == "Meyke Mamonto"
    assert seat.home.unlock(PASSPHRASE)


def test_a_file_that_is_none_is_refused_and_leaves_nothing_behind(town: Town, opened: Opened, tmp_path: Path) -> None:
    seat = town.person("Meyke Mamonto")
    file = tmp_path / "foto.pimpasa"
    file.write_bytes(b"\x89PNG")
    program = opened(seat, locked=True)
    page: Any = program.program.currentWidget()
    page.take(str(file))
    page.first.field.setText(PASSPHRASE)
    page.second.field.setText(PASSPHRASE)
    page.button.click()
    program.until(lambda: page.trouble())
    assert not seat.home.key_path.exists()
    assert page.button.isEnabled()


def test_a_wrong_passphrase_says_so_under_the_field_and_the_third_costs_a_wait(officer: Seat, opened: Opened) -> None:
    program = opened(officer, locked=True)
    page: Any = program.program.currentWidget()
    assert isinstance(page, Unlock)
    program.unlock("salah sekali kata sandinya")
    assert "Kata sandi salah" in trouble(page)
    program.unlock("salah sekali kata sandinya")
    program.unlock("salah sekali kata sandinya")
    assert "coba lagi setelah 30 detik" in trouble(page)
    program.unlock()
    assert "coba lagi setelah" in trouble(page)  # even the right one has to wait
    officer.env.time += day.A_MINUTE
    program.unlock()
    assert program.program.window_


def test_locking_closes_everything_and_asks_for_the_passphrase_again(officer: Seat, opened: Opened) -> None:
    program = opened(officer)
    program.window.navigation.lock_asked.emit()
    assert isinstance(program.program.currentWidget(), Unlock)
    program.unlock()
    assert program.screen.place == Place("home")


def test_a_second_program_on_the_same_data_is_told_so(officer: Seat, opened: Opened) -> None:
    program = opened(officer, locked=True)
    with officer.store():
        program.unlock()
        assert "sedang dipakai program PIMPASA lain" in trouble(program.program.currentWidget())
    program.unlock()
    assert program.program.window_


def test_it_opens_again_where_one_was(officer: Seat, opened: Opened) -> None:
    first = opened(officer)
    first.window.go(Place("visits"))
    first.close()
    assert opened(officer).screen.place == Place("visits")


def test_where_the_screen_is_smaller_than_the_window_it_fills_the_screen(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    show(window)
    assert window.isMaximized()
