"""A page that scrolls where the window is too low for it. The keyboard goes to what is in it, never to the page."""

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QScrollArea, QWidget


def scrolling(page: QWidget | None = None) -> QScrollArea:
    """`page` may be put in later."""
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    if page:
        area.setWidget(page)
    return area


def reveal(widget: QWidget) -> None:
    """Scroll the page so that all of it is in sight, or its beginning where it is higher than the page."""
    page = widget.parentWidget()
    while page and not isinstance(page, QScrollArea):
        page = page.parentWidget()
    if isinstance(page, QScrollArea) and (inner := page.widget()):
        bar = page.verticalScrollBar()
        top = widget.mapTo(inner, QPoint(0, 0)).y()
        least = top + widget.height() - page.viewport().height()
        bar.setValue(min(max(bar.value(), least), top))
