"""Icons as pixmaps in any colour and size. A file is read and drawn once for each look of it, never while painting."""

from functools import lru_cache

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from pimpasa_desktop.paths import RESOURCES

FOLDER = RESOURCES / "icons"
# One screen shows some forty; two themes and two scales beside each other still fit.
KEPT = 512


def pixmap(name: str, size: int, colour: QColor, ratio: float = 1.0) -> QPixmap:
    """The icon `name` ("house", "house-fill"), `size` px at 100 %, for a screen of this device pixel ratio."""
    return _drawn(name, size, colour.name(), ratio)


def exists(name: str) -> bool:
    return (FOLDER / f"{name}.svg").is_file()


@lru_cache(maxsize=KEPT)
def _drawn(name: str, size: int, colour: str, ratio: float) -> QPixmap:
    renderer = QSvgRenderer(QByteArray(_source(name).replace(b"currentColor", colour.encode())))
    pixels = round(size * ratio)
    drawn = QPixmap(pixels, pixels)
    drawn.fill(Qt.GlobalColor.transparent)
    painter = QPainter(drawn)
    renderer.render(painter, QRectF(0, 0, pixels, pixels))
    painter.end()
    drawn.setDevicePixelRatio(ratio)
    return drawn


@lru_cache
def _source(name: str) -> bytes:
    return (FOLDER / f"{name}.svg").read_bytes()
