"""One photo large, in the place of the grid; a press, Enter or Esc leads back to where one was."""

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QImage, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QVBoxLayout, QWidget

from pimpasa_desktop.app import drawing, theme
from pimpasa_desktop.app.fonts import Role, font
from pimpasa_desktop.app.original_kept import OriginalKept
from pimpasa_desktop.app.screen import Context
from pimpasa_desktop.app.widgets.button import LinkButton
from pimpasa_desktop.app.widgets.words import Words
from pimpasa_desktop.i18n import _
from pimpasa_desktop.store.photos import Kept

LEAST_HEIGHT = 280


class PhotoView(QWidget):
    left = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.back = LinkButton(_("Semua foto"), "arrow-left")
        self.back.clicked.connect(self.left)
        self.picture = _Large()
        self.picture.clicked.connect(self.left)
        self._caption = Words("", Role.BODY)
        self.original = OriginalKept(context)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.back, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.picture, 1)
        column.addWidget(self._caption)
        column.addWidget(self.original)

    def show_photo(self, photo: Kept, told: str) -> None:
        """The words of it; the picture follows once it is decoded."""
        self.tell(photo, told)
        self.picture.setAccessibleName(photo.caption or _("Foto tanpa keterangan"))
        self.picture.show_image(QImage(), _("Sedang dibuka …"))
        self.show()
        self.picture.setFocus(Qt.FocusReason.OtherFocusReason)

    def tell(self, photo: Kept, told: str) -> None:
        """What has changed in the words while the picture is in sight."""
        self._caption.say(" · ".join(filter(None, (photo.caption, told))))
        self.original.show_of(photo.id, photo.sha256, photo.original)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        if event.key() in (Qt.Key.Key_Escape, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.left.emit()
        else:
            super().keyPressEvent(event)


class _Large(QAbstractButton):
    """As large as there is room, all of it."""

    def __init__(self) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumHeight(LEAST_HEIGHT)
        self._pixmap, self._words = QPixmap(), ""

    def show_image(self, image: QImage, words: str = "") -> None:
        self._pixmap, self._words = QPixmap.fromImage(image), words
        self.update()

    @property
    def shows(self) -> bool:
        return not self._pixmap.isNull()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        event.accept()  # the second press of who opened the small one with two

    def sizeHint(self) -> QSize:  # noqa: N802
        return QSize(800, LEAST_HEIGHT)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        painter, palette, rect = QPainter(self), theme.now(), QRectF(self.rect())
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        drawing.box(painter, rect, theme.RADIUS, palette.sunken)
        if self.shows:
            size = self._pixmap.size().scaled(self.size(), Qt.AspectRatioMode.KeepAspectRatio).toSizeF()
            frame = QRectF((rect.width() - size.width()) / 2, 0, size.width(), size.height())
            frame.moveTop((rect.height() - size.height()) / 2)
            painter.drawPixmap(frame, self._pixmap, QRectF(self._pixmap.rect()))
        else:
            middle = Qt.AlignmentFlag.AlignCenter
            drawing.words(painter, rect, self._words, font(Role.BODY), palette.text2, middle)
        if self.hasFocus():
            drawing.ring(painter, rect, theme.RADIUS)
