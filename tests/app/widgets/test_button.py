"""A button does what it says once, however fast or long it is pressed."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QVBoxLayout, QWidget

from pimpasa_desktop.app.widgets.button import Button, CaretButton, OutlinedButton
from rig.window import double_click, hold

Shown = Callable[..., QWidget]


def counting(button: Button) -> list[bool]:
    pressed: list[bool] = []
    button.clicked.connect(lambda: pressed.append(True))
    return pressed


def test_the_second_press_of_a_double_click_is_none(shown: Shown) -> None:
    button = OutlinedButton("Hapus")
    pressed = counting(shown(button))
    double_click(button)
    assert len(pressed) == 1
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert len(pressed) == 2, "who presses again is heard"


def test_what_has_moved_under_the_pointer_meanwhile_is_not_pressed(shown: Shown) -> None:
    page = QWidget()
    column = QVBoxLayout(page)
    first, second = OutlinedButton("Kirim sekarang"), OutlinedButton("Hentikan")
    for button in (first, second):
        column.addWidget(button)
    second.hide()
    first.clicked.connect(first.hide)
    first.clicked.connect(second.show)
    shown(page)
    pressed = counting(second)
    double_click(first)
    assert second.isVisible() and pressed == []


def test_pages_are_turned_as_fast_as_one_presses(shown: Shown) -> None:
    button = CaretButton("caret-right", "Halaman berikutnya")
    pressed = counting(shown(button))
    double_click(button)
    assert len(pressed) == 2


@pytest.mark.parametrize("key", [Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter])
def test_a_key_that_is_held_down_presses_once(shown: Shown, key: Qt.Key) -> None:
    button = OutlinedButton("Tandai selesai")
    pressed = counting(shown(button))
    hold(button, key)
    assert len(pressed) == 1
