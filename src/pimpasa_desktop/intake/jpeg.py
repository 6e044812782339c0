"""Whether some bytes are a JPEG that holds a picture and nothing else, and how large it is. Decodes nothing."""

_START, _SCAN, _ENDS = 0xD8, 0xDA, b"\xff\xd9"
_FRAMES = frozenset({0xC0, 0xC1, 0xC2})
# What a picture is made of: its JFIF head, tables, the frame. No application data (EXIF, GPS, thumbnails), no comment.
_ALLOWED = _FRAMES | {0xE0, 0xDB, 0xC4, 0xDD}


def bare_size(content: bytes) -> tuple[int, int]:
    """(width, height). ValueError: no JPEG, or one that tells more than its pixels."""
    if content[:2] != bytes((0xFF, _START)) or not content.endswith(_ENDS):
        raise ValueError("no JPEG")
    at, size = 2, (0, 0)
    while at + 4 <= len(content):
        mark, kind = content[at], content[at + 1]
        if mark != 0xFF:
            break
        if kind == _SCAN and min(size) > 0:
            return size
        if kind not in _ALLOWED:
            break
        if kind in _FRAMES:
            size = int.from_bytes(content[at + 7 : at + 9]), int.from_bytes(content[at + 5 : at + 7])
        at += 2 + int.from_bytes(content[at + 2 : at + 4])
    raise ValueError("more than a picture")
