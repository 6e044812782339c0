"""One photo of a grid: the picture, its caption to be typed, when it was taken, whether the office has it.

It shows what it is told and asks for nothing by itself; a picture is handed to it decoded.
"""

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QImage, QPainter, QPainterPath, QPaintEvent, QPixmap
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QVBoxLayout, QWidget

from pimpasa_desktop.app import drawing, theme
from pimpasa_desktop.app.fonts import Role, font
from pimpasa_desktop.app.widgets.button import IconButton, LinkButton
from pimpasa_desktop.app.widgets.text_field import TextField
from pimpasa_desktop.app.widgets.words import Words
from pimpasa_desktop.i18n import _
from pimpasa_desktop.store.photos import Kept

WIDTH, HEIGHT = 240, 160


class PhotoCard(QWidget):
    """`asked` for what its word offers (fetch it, let it wait for Wi-Fi, or no longer); `opened` to see it large."""

    captioned = Signal(str)
    asked = Signal()
    opened = Signal()
    removed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setFixedWidth(WIDTH)
        self.picture = Picture()
        self.picture.clicked.connect(self.opened)
        self.caption = TextField(_("Keterangan foto"), placeholder=_("Keterangan (opsional)"))
        self.caption.setMaxLength(300)
        self.caption.editingFinished.connect(self._typed)
        self._told = Words("", Role.SECOND, "text2", figures=True)
        self.way = LinkButton("", "wifi-high")
        self.way.clicked.connect(self.asked)
        self._original = Words(_("ada aslinya"), Role.SECOND, "text2", wraps=False)
        self.remove = IconButton("trash", _("Hapus foto"))
        self.remove.clicked.connect(self.removed)
        self._caption = ""
        self._lay_out()

    def show_photo(self, photo: Kept, told: str, *, may: bool) -> None:
        """`told`: when it was taken and whether it was sent."""
        if self.caption.text() == self._caption:
            self.caption.setText(photo.caption)  # what somebody is typing stays
            if not self.caption.hasFocus():
                self.caption.setCursorPosition(0)
        self._caption = photo.caption
        self.caption.setEnabled(may)
        self.caption.setVisible(may or bool(photo.caption))
        self.remove.setVisible(may)
        self._told.say(told)
        words = _way(photo)
        self.way.setVisible(bool(words))
        self.way.say(words)
        self._original.setVisible(photo.original > 0)
        self.picture.tell("" if photo.here else _whereabouts(photo))
        self.picture.setAccessibleName(photo.caption or _("Foto tanpa keterangan"))

    def leave(self) -> None:
        self._typed()

    def _typed(self) -> None:
        if self.caption.text().strip() != self._caption:
            self._caption = self.caption.text().strip()
            self.captioned.emit(self._caption)

    def _lay_out(self) -> None:
        foot = QHBoxLayout()
        foot.setContentsMargins(0, 0, 0, 0)
        foot.setSpacing(4)
        foot.addWidget(self._told, 1)
        foot.addWidget(self.remove, 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self.picture)
        column.addWidget(self.caption)
        column.addLayout(foot)
        ways = QHBoxLayout()
        ways.addWidget(self.way)
        ways.addStretch(1)
        ways.addWidget(self._original)
        column.addLayout(ways)
        column.addStretch(1)


class Picture(QAbstractButton):
    """The photo, filling its frame; without one a word for where it is."""

    def __init__(self, size: QSize = QSize(WIDTH, HEIGHT)) -> None:  # noqa: B008 - never changed
        super().__init__()
        self.setFixedSize(size)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._pixmap = QPixmap()
        self._words = ""

    def show_image(self, image: QImage) -> None:
        self._pixmap = QPixmap.fromImage(image)
        self.update()

    @property
    def shows(self) -> bool:
        return not self._pixmap.isNull()

    def tell(self, words: str) -> None:
        self._words = words
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802
        return self.minimumSize()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        painter, palette, rect = QPainter(self), theme.now(), QRectF(self.rect())
        drawing.box(painter, rect, theme.RADIUS, palette.sunken, palette.line)
        if self.shows:
            self._paint_photo(painter, rect)
        else:
            drawing.icon(painter, "image", 24, palette.text3, (rect.width() - 24) / 2, rect.height() / 2 - 14)
            under = QRectF(8, rect.height() / 2 + 6, rect.width() - 16, 20)
            drawing.words(painter, under, self._words, font(Role.SECOND), palette.text2, Qt.AlignmentFlag.AlignCenter)
        if self.hasFocus():
            drawing.ring(painter, rect, theme.RADIUS)

    def _paint_photo(self, painter: QPainter, rect: QRectF) -> None:
        """The middle of the picture, so that every frame is full."""
        whole = self._pixmap.size()
        part = self.size().scaled(whole, Qt.AspectRatioMode.KeepAspectRatio)
        left, top = (whole.width() - part.width()) // 2, (whole.height() - part.height()) // 2
        frame = QPainterPath()
        frame.addRoundedRect(rect, theme.RADIUS, theme.RADIUS)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.setClipPath(frame)
        painter.drawPixmap(self.rect(), self._pixmap, QRect(left, top, part.width(), part.height()))
        painter.restore()


def _whereabouts(photo: Kept) -> str:
    """Where the picture is that is not here."""
    if photo.missing:
        return _("Tidak pernah sampai ke kantor")
    return _("Menunggu dari kantor") if photo.asked else _("Ada di kantor")


def _way(photo: Kept) -> str:
    """What may be asked of a photo now."""
    if not photo.here:
        return "" if photo.asked else _("Ambil foto")
    if photo.sent:
        return ""
    return _("Kirim tanpa Wi-Fi") if photo.waits else _("Tunggu Wi-Fi")
