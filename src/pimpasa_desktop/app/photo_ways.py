"""The ways by which photos come to a record, beside their heading: from a camera, or chosen from this laptop."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from pimpasa_desktop.app.photo_grid import PhotoGrid
from pimpasa_desktop.app.widgets.button import OutlinedButton
from pimpasa_desktop.i18n import _


class PhotoWays(QWidget):
    """`offering`: what stands in the place of photos while there are none, where that offers to choose some."""

    def __init__(self, grid: PhotoGrid, offering: QWidget | None = None) -> None:
        super().__init__()
        self._grid, self._offering = grid, offering
        self.camera = OutlinedButton(_("Dari kamera"), "image")
        self.camera.clicked.connect(grid.look_in_camera)
        self.choose = OutlinedButton(_("Pilih foto"), "plus")
        self.choose.clicked.connect(grid.choose)
        grid.stood.connect(self._stand)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.camera)
        row.addWidget(self.choose)

    def _stand(self) -> None:
        was_hidden = self.choose.isHidden()
        may = self._grid.may and not self._grid.looks_in_camera
        offered = self._offering is not None and not self._offering.isHidden()
        self.camera.setVisible(may)
        self.choose.setVisible(may and not offered)
        if was_hidden and self.choose.isVisible():
            self.choose.setFocus(Qt.FocusReason.OtherFocusReason)  # it was on the button that has just gone
