"""A page that scrolls where the window is too low for it. The keyboard goes to what is in it, never to the page."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QScrollArea, QWidget


def scrolling(page: QWidget | None = None) -> QScrollArea:
    """`page` may be put in later."""
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    if page:
        area.setWidget(page)
    return area
