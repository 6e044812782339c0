"""The child process in which pictures are decoded: files on stdin one after another, small JPEG out, under own bounds.

A picture comes from anywhere, and a few kilobytes of it can ask for gigabytes. Whatever happens to the decoder
happens here; the program only sees what this process said and how it ended. It refuses to know where files lie and what
they are for.
"""

import json
import sys
from collections.abc import Callable
from io import BytesIO
from typing import Any

from pimpasa_desktop.intake.confinement import confine

REENTRY = "decode-photo"  # the one word by which the packaged program starts itself as this process
PIXELS_MAX = 40_000_000
SIDE_MAX = 1_600
THUMBNAIL_SIDE_MAX = 320
BYTES_WANTED = 230_000  # what a sharp picture of that size needs at the least; most come out below it
MEMORY_BYTES_MAX = 768 << 20  # forty million pixels of a progressive JPEG, and the program itself
SECONDS_MAX = 10  # for one picture, watched from outside
COMPUTING_SECONDS_MAX = 300  # for all of them

# What is asked of a picture, and after it four bytes of its length: when it was taken, a small picture to choose by, or
# the photo as it is kept and its small picture.
WHEN, SMALL, WHOLE = b"w", b"s", b"p"

# What came of it.
DONE, TOO_MANY_PIXELS, TORN, TOO_HEAVY = 0, 3, 4, 5

# From as good as one sees on a screen to hardly more than readable; the first that is small enough is taken.
_STEPS = ((1.0, 75), (1.0, 60), (0.8, 56), (0.6, 56), (0.6, 40))
_THUMBNAIL_QUALITY = 72
_EXIF, _TAKEN_AT, _TAKEN_OFFSET = 0x8769, 0x9003, 0x9011


class TooManyPixels(Exception):
    """More than any camera of an office makes; nothing of it was decoded."""


def main() -> int:
    """Until stdin ends. Each answer: a line of JSON (what came of it, the camera's words for when, the sizes of the
    pictures) and the pictures."""
    confine(MEMORY_BYTES_MAX, COMPUTING_SECONDS_MAX)
    source, out = sys.stdin.buffer, sys.stdout.buffer
    while len(asked := source.read(5)) == 5:
        content = source.read(int.from_bytes(asked[1:]))
        told, parts = _answered(asked[:1], content)
        out.write(json.dumps(told | {"sizes": [len(part) for part in parts]}).encode() + b"\n")
        for part in parts:
            out.write(part)
        out.flush()
    return 0


def _answered(kind: bytes, content: bytes) -> tuple[dict[str, object], list[bytes]]:
    try:
        picture = _opened(content)
        return {"ended": DONE} | _words_of_the_camera(picture), _MAKES[kind](picture)
    except TooManyPixels:
        return {"ended": TOO_MANY_PIXELS}, []
    except MemoryError:
        return {"ended": TOO_HEAVY}, []
    except Exception:  # noqa: BLE001 - Pillow raises what each format's reader happens to raise
        return {"ended": TORN}, []


def _whole_and_small(picture: Any) -> list[bytes]:
    drawn = _drawn(picture, SIDE_MAX)
    return [_small_enough(drawn), _thumbnail(drawn)]


def _small(picture: Any) -> list[bytes]:
    return [_thumbnail(_drawn(picture, THUMBNAIL_SIDE_MAX))]


_MAKES: dict[bytes, Callable[[Any], list[bytes]]] = {WHEN: lambda _picture: [], SMALL: _small, WHOLE: _whole_and_small}


def _opened(content: bytes) -> Any:
    """The picture with its head read and nothing decoded."""
    from PIL import Image

    Image.MAX_IMAGE_PIXELS = None  # it only warns, and later than we refuse
    picture = Image.open(BytesIO(content), formats=("JPEG", "PNG", "WEBP"))
    if picture.width * picture.height > PIXELS_MAX:
        raise TooManyPixels
    return picture


def _words_of_the_camera(picture: Any) -> dict[str, object]:
    """When it was taken, as it says."""
    exif = picture.getexif().get_ifd(_EXIF)
    return {"taken": str(exif.get(_TAKEN_AT, "")), "offset": str(exif.get(_TAKEN_OFFSET, ""))}


def _thumbnail(drawn: Any) -> bytes:
    drawn.thumbnail((THUMBNAIL_SIDE_MAX, THUMBNAIL_SIDE_MAX))
    return _encoded(drawn, _THUMBNAIL_QUALITY)


def _drawn(picture: Any, side: int) -> Any:
    """Scaled down to a side while it is decoded where its format can, upright, without transparency or palette."""
    from PIL import Image, ImageOps

    if picture.mode in ("P", "1", "I", "F") or picture.mode.startswith("I;"):
        picture = picture.convert("RGBA" if "transparency" in picture.info else "RGB")
    scale = min(1.0, side / max(picture.size))
    # A JPEG is decoded at a half, a quarter or an eighth where that is enough; the others take no notice.
    picture.draft(None, (round(picture.width * scale), round(picture.height * scale)))
    picture.thumbnail((side, side), Image.Resampling.HAMMING)
    picture = ImageOps.exif_transpose(picture)
    if "A" in picture.mode or "a" in picture.mode:
        paper = Image.new("RGB", picture.size, "white")
        paper.paste(picture, mask=picture.convert("RGBA").getchannel("A"))
        return paper
    return picture if picture.mode == "RGB" else picture.convert("RGB")


def _small_enough(drawn: Any) -> bytes:
    content = b""
    for scale, quality in _STEPS:
        size = (max(1, round(drawn.width * scale)), max(1, round(drawn.height * scale)))
        content = _encoded(drawn.resize(size) if scale < 1 else drawn, quality)
        if len(content) <= BYTES_WANTED:
            break
    return content


def _encoded(drawn: Any, quality: int) -> bytes:
    """A JPEG of the pixels alone: what the file told of its maker, place and time is not taken along."""
    drawn.info.clear()
    out = BytesIO()
    drawn.save(out, "JPEG", quality=quality)
    return out.getvalue()


if __name__ == "__main__":
    sys.exit(main())
