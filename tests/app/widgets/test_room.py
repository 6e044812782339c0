"""A page that needs more than the window has is scrolled, and never squeezed."""

import pytest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from pimpasa_desktop.app.widgets.room import Room


def page(buttons: int) -> QWidget:
    made = QWidget()
    column = QVBoxLayout(made)
    label = QLabel("Kamis, 3 Juli 2025, 09.00 – 12.00 WITA " * 4)
    label.setWordWrap(True)
    column.addWidget(label)
    for _each in range(buttons):
        button = QPushButton("Kirim sekarang")
        button.setFixedHeight(36)
        column.addWidget(button)
    return made


@pytest.fixture
def room(shown) -> Room:
    pages = QStackedWidget()
    for buttons in (10, 1):
        pages.addWidget(page(buttons))
    return shown(Room(pages), 400, 300)


def test_what_does_not_fit_keeps_its_height_and_is_scrolled_to(room):
    long = room.widget().currentWidget()
    bar = room.verticalScrollBar()
    assert long.height() > 360 and bar.maximum() == long.height() - room.viewport().height()
    assert long.width() == room.viewport().width() and not room.horizontalScrollBar().maximum()
    above, first = (long.layout().itemAt(at).widget() for at in (0, 1))
    assert above.height() >= above.heightForWidth(above.width()) and first.y() > above.geometry().bottom()


def test_a_page_that_fits_has_all_the_room_and_no_bar(room):
    room.verticalScrollBar().setValue(100)
    room.widget().setCurrentIndex(1)
    QApplication.processEvents()
    assert room.widget().size() == room.viewport().size()
    room.widget().setCurrentIndex(0)
    assert room.verticalScrollBar().value() == 0
    assert room.verticalScrollBar().maximum() > 0


def test_a_page_that_grows_becomes_scrollable(room):
    room.widget().setCurrentIndex(1)
    told = QLabel("Nomor HP ini kurang satu angka.")
    told.setFixedHeight(400)
    room.widget().currentWidget().layout().addWidget(told)
    for _turn in range(3):
        QApplication.processEvents()
    assert room.verticalScrollBar().maximum() > 100
