"""Taking everything out of a layout that is filled anew. It knows no widget."""

from PySide6.QtWidgets import QLayout


def clear(layout: QLayout) -> None:
    """Hidden at once: a widget is deleted only when the event loop comes to it."""
    while item := layout.takeAt(0):
        if widget := item.widget():
            widget.hide()
            widget.deleteLater()
