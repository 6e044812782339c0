"""A day and a time of day, by keys, by typing, and from the small calendar."""

from datetime import date, time

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from pimpasa_desktop.app.widgets.day_field import DayField
from pimpasa_desktop.app.widgets.month_grid import CELL, HEAD, MonthGrid
from pimpasa_desktop.app.widgets.time_field import TimeField

TODAY = date(2025, 7, 3)


def _pressed(widget: QWidget, *keys: Qt.Key) -> None:
    for key in keys:
        QTest.keyClick(widget, key)


def test_arrows_go_through_the_days(shown) -> None:
    field = shown(DayField("Tanggal", lambda: TODAY))
    _pressed(field, Qt.Key.Key_Up)
    assert field.text() == "Kamis, 3 Juli 2025"
    _pressed(field, Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Down)
    assert field.day() == date(2025, 6, 30)
    field.setText("besok")
    _pressed(field, Qt.Key.Key_Up)
    assert field.text() == "Sabtu, 5 Juli 2025"


def test_an_arrow_leaves_alone_what_is_no_day(shown) -> None:
    field = shown(DayField("Tanggal", lambda: TODAY))
    field.setText("habis panen")
    _pressed(field, Qt.Key.Key_Up)
    assert field.text() == "habis panen" and field.day() is None


def test_a_day_is_taken_from_the_calendar_by_keys(shown) -> None:
    field = shown(DayField("Tanggal", lambda: TODAY))
    taken = []
    field.returnPressed.connect(lambda: taken.append(field.day()))
    QTest.keyClick(field, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    grid = field._popup.grid
    _pressed(grid, Qt.Key.Key_PageDown, Qt.Key.Key_Down, Qt.Key.Key_Left, Qt.Key.Key_Return)
    assert taken == [date(2025, 8, 9)] and not field._popup.isVisible()
    field.open_calendar()
    assert grid.marked == date(2025, 8, 9)
    _pressed(grid, Qt.Key.Key_Right, Qt.Key.Key_Escape)
    assert not field._popup.isVisible() and field.day() == date(2025, 8, 9)


def test_a_day_is_pointed_at(shown) -> None:
    grid = shown(MonthGrid(TODAY))
    taken = []
    grid.picked.connect(taken.append)
    assert grid.first() == date(2025, 6, 30)
    QTest.mouseClick(grid, Qt.MouseButton.LeftButton, pos=QPoint(3 * CELL + 9, HEAD + CELL + 9))
    assert taken == [date(2025, 7, 10)]


def test_the_last_of_a_long_month_is_the_last_of_a_short_one(shown) -> None:
    grid = shown(MonthGrid(date(2025, 1, 31)))
    _pressed(grid, Qt.Key.Key_PageDown)
    assert grid.marked == date(2025, 2, 28)
    _pressed(grid, Qt.Key.Key_PageUp, Qt.Key.Key_PageUp)
    assert grid.marked == date(2024, 12, 28)


def test_arrows_go_to_the_next_quarter_of_an_hour(shown) -> None:
    field = shown(TimeField("Mulai", begins=time(9)))
    _pressed(field, Qt.Key.Key_Up)
    assert field.text() == "09.00"
    for text, key, then in (
        ("9.10", Qt.Key.Key_Up, "09.15"),
        ("9.10", Qt.Key.Key_Down, "09.00"),
        ("09.00", Qt.Key.Key_Down, "08.45"),
        ("23.50", Qt.Key.Key_Up, "23.45"),
        ("0", Qt.Key.Key_Down, "00.00"),
        ("sesudah salat", Qt.Key.Key_Up, "sesudah salat"),
    ):
        field.setText(text)
        _pressed(field, key)
        assert field.text() == then
    assert QApplication.focusWidget() in (field, None)
