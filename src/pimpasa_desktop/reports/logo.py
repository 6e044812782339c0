"""An office's logo out of a file that somebody chose: looked at before it is decoded, scaled down, kept small.

The bounds stand before the decoder: a file of a few kilobytes can ask for gigabytes of pixels.
"""

import base64
import warnings
from io import BytesIO
from pathlib import Path
from typing import Any

from pimpasa_desktop.domain.office import LOGO
from pimpasa_desktop.i18n import _
from pimpasa_desktop.problem import Problem

FILE_BYTES_MAX = 5_000_000
PIXELS_MAX = 20_000_000
# From as drawn to hardly more than readable; the first that is small enough is taken.
_STEPS = ((1.0, 0), (1.0, 256), (1.0, 64), (0.8, 64), (0.6, 64), (0.6, 16), (0.3, 16))


def logo_of(path: Path) -> str:
    """The value of an office's `logo`. Problem: no PNG or JPEG, or larger than a logo needs to be."""
    try:
        with path.open("rb") as file:
            content = file.read(FILE_BYTES_MAX + 1)
    except OSError:
        raise Problem(
            _("Berkas {name} tidak dapat dibuka. Logo yang lama tetap dipakai; pilih berkas lain.").format(
                name=path.name
            )
        ) from None
    if len(content) > FILE_BYTES_MAX:
        raise Problem(
            _("Berkas logo lebih besar dari 5 MB. Logo yang lama tetap dipakai; pilih gambar yang lebih kecil.")
        )
    return base64.b64encode(_small(_decoded(content))).decode()


def _decoded(content: bytes) -> Any:
    from PIL import Image, ImageOps

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            picture: Any = Image.open(BytesIO(content), formats=("PNG", "JPEG"))  # reads no more than the head
        too_many = picture.width * picture.height > PIXELS_MAX
        if not too_many:
            picture.draft("RGB", (2 * LOGO.side, 2 * LOGO.side))  # a JPEG is decoded no larger than needed
            picture = ImageOps.exif_transpose(picture).convert("RGBA")
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        too_many = True
    except Exception as error:  # Pillow raises what each format's reader happens to raise
        raise Problem(_("Berkas ini bukan PNG atau JPEG yang utuh. Logo yang lama tetap dipakai.")) from error
    if too_many:
        raise Problem(
            _("Gambar logo lebih dari 20 juta piksel. Logo yang lama tetap dipakai; pilih gambar yang lebih kecil.")
        )
    picture.thumbnail((LOGO.side, LOGO.side))
    return picture


def _small(picture: Any) -> bytes:
    """A PNG that fits into the record, without what the file told of its maker."""
    from PIL import Image

    content = b""
    for scale, colours in _STEPS:
        size = (max(1, round(picture.width * scale)), max(1, round(picture.height * scale)))
        drawn = picture.resize(size) if scale < 1 else picture
        if colours:
            drawn = drawn.quantize(colours, method=Image.Quantize.FASTOCTREE)
        out = BytesIO()
        drawn.save(out, "PNG", optimize=True)
        content = out.getvalue()
        if len(content) * 4 <= (LOGO.max - 4) * 3:
            break
    return content
