"""A dressed application for every test of the window."""

import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import pytest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from pimpasa_desktop.app import theme

TYPED_MS = 10_000  # a busy machine must not take the letters of one word for several words


@pytest.fixture(scope="session")
def qapp_args() -> list[str]:
    return ["pimpasa", *theme.ARGUMENTS]


@pytest.fixture(autouse=True)
def dressed(qapp: QApplication) -> QApplication:
    theme.dress(qapp)
    theme.show(qapp, theme.LIGHT)
    qapp.setKeyboardInputInterval(TYPED_MS)
    return qapp


@pytest.fixture
def shown(qtbot: QtBot):
    """Show a widget in a window that has the focus; returns the widget."""

    held = []  # the window lives as long as the test; qtbot refers to it only weakly

    def show(widget: QWidget, width: int = 0, height: int = 0) -> QWidget:
        held.append(widget)
        theme.clothe(widget)
        qtbot.addWidget(widget)
        if width:
            widget.resize(width, height)
        with qtbot.waitExposed(widget):
            widget.show()
        widget.activateWindow()
        QApplication.processEvents()
        return widget

    return show
