"""The child process that looks through a camera's folder: pictures on stdin one after another, when each was taken and
a small picture of it on stdout.

What comes out of it is looked at and chosen from, never kept; a photo that is chosen is decoded again, in a process of
its own. One picture that cannot be opened costs no other.
"""

import json
import sys

from pimpasa_desktop.intake.confinement import confine
from pimpasa_desktop.intake.decoding import MEMORY_BYTES_MAX, opened, small, words_of_the_camera

REENTRY = "preview-photos"
SECONDS_MAX = 300  # of computing, for all of a folder; how long one picture may take is watched from outside

# What is asked of a picture, and after it four bytes of its length.
WHEN, PICTURE = b"w", b"p"


def main() -> int:
    """Until stdin ends. Each answer: a line of JSON (the camera's words for when, the size of the picture) and the
    picture, empty where there is none."""
    confine(MEMORY_BYTES_MAX, SECONDS_MAX)
    source, out = sys.stdin.buffer, sys.stdout.buffer
    while len(asked := source.read(5)) == 5:
        content = source.read(int.from_bytes(asked[1:]))
        told, drawn = _looked_at(content, with_picture=asked[:1] == PICTURE)
        out.write(json.dumps(told | {"size": len(drawn)}).encode() + b"\n" + drawn)
        out.flush()
    return 0


def _looked_at(content: bytes, *, with_picture: bool) -> tuple[dict[str, object], bytes]:
    try:
        picture = opened(content)
        told = words_of_the_camera(picture)
        return told, small(picture) if with_picture else b""
    except Exception:  # noqa: BLE001 - too many pixels, no memory, and Pillow raises what each format's reader happens to raise
        return {}, b""


if __name__ == "__main__":
    sys.exit(main())
