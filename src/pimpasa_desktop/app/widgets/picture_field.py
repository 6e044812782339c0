"""A small picture as a field: what it is now, a button to choose another, a word to take it away.

Who reads the chosen file says what is wrong with it; this knows pictures by their bytes only.
"""

from PySide6.QtCore import QByteArray, Qt, Signal
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLabel, QWidget

from pimpasa_desktop.app.widgets.button import LinkButton, OutlinedButton
from pimpasa_desktop.i18n import _

SIDE = 72


class PictureField(QWidget):
    """`picked` carries the path of a chosen file; `removed` when it shall go."""

    picked = Signal(str)
    removed = Signal()

    def __init__(self, name: str, *, choose: str = "", remove: str = "") -> None:
        super().__init__()
        self.setAccessibleName(name)
        self._name = name
        self._shown = QLabel()
        self.choose = OutlinedButton(choose or _("Pilih gambar"), "image")
        self.remove = LinkButton(remove or _("Hapus gambar"), "trash")
        self.choose.clicked.connect(self._ask)
        self.remove.clicked.connect(self.removed)
        self.setFocusProxy(self.choose)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        for widget in (self._shown, self.choose, self.remove):
            row.addWidget(widget)
        row.addStretch(1)
        self.show_picture(None)

    def show_picture(self, content: bytes | None) -> None:
        """`content`: a PNG, or None for no picture."""
        pixmap = QPixmap()
        if content:
            pixmap.loadFromData(QByteArray(content), "PNG")
            keep, smooth = Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
            pixmap = pixmap.scaled(SIDE, SIDE, keep, smooth) if not pixmap.isNull() else pixmap
        self._shown.setPixmap(pixmap)
        self._shown.setVisible(not pixmap.isNull())
        self.remove.setVisible(bool(content))

    def _ask(self) -> None:
        path, _kind = QFileDialog.getOpenFileName(self, self._name, "", "PNG, JPEG (*.png *.jpg *.jpeg)")
        if path:
            self.picked.emit(path)
