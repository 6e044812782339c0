"""The letters of a document: which there are, how wide they are, and what stands for a letter that is missing.

Liberation Sans (Arial's metrics) carries Latin, Greek and Cyrillic. Scripts that need shaping or run from right
to left, and emoji, would come out wrong letter by letter; they are replaced visibly instead. Knows no page.
"""

import unicodedata
from collections.abc import Mapping
from functools import cache

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

from pimpasa_desktop.paths import RESOURCES

REGULAR, BOLD, ITALIC = "LiberationSans-Regular", "LiberationSans-Bold", "LiberationSans-Italic"
MISSING = "□"
MM_PER_POINT = 25.4 / 72

# Signs without a form of their own that do not change their neighbours in text from left to right.
_FORMLESS = frozenset(
    "\u00ad\u034f\u180e\u200b\u200c\u200d\u200e\u202a\u202c\u2060\u2061\u2062\u2063\u2064\u2066\u2069\ufeff"
)
_JOINER = "\u200d"


@cache
def advances(face: str) -> Mapping[str, float]:
    """Every letter the face can print, with its width in ems. The first call loads the face."""
    font = TTFont(face, str(RESOURCES / "fonts" / f"{face}.ttf"))
    pdfmetrics.registerFont(font)
    return {chr(code): width / 1000 for code, width in font.face.charWidths.items()}


def width(text: str, face: str, size: float) -> float:
    """How wide `text` is in mm. Every letter must have passed through `printable`."""
    return sum(map(advances(face).__getitem__, text)) * size * MM_PER_POINT


def printable(text: str) -> str:
    """`text` as one line that the faces can print, each sign that they cannot replaced by □.

    White space of any kind becomes one space. An accent becomes part of its letter; where there is no such letter a □
    follows, since an accent set by guess lands on a neighbour. Signs without a form are left out, but a text that has
    nothing else still shows one □.
    """
    if text.isascii() and text.isprintable():
        return text if "  " not in text and text[:1] != " " and text[-1:] != " " else " ".join(text.split())
    signs: list[str] = []
    for sign in unicodedata.normalize("NFC", text):
        if sign.isspace():
            signs.append(" ")
        elif _belongs_to_missing(sign, signs):
            # A sequence such as a family emoji is one sign to the eye, so one □.
            if sign == _JOINER:
                signs.append(_JOINER)
            elif signs[-1] == _JOINER:
                signs.pop()
        elif sign in _FORMLESS or "\ufe00" <= sign <= "\ufe0f":
            continue
        else:
            signs.append(sign if _stands_alone(sign) else MISSING)
    line = " ".join("".join(signs).replace(_JOINER, "").split())
    return line or (MISSING if text.strip() else "")


def _belongs_to_missing(sign: str, signs: list[str]) -> bool:
    """Whether `sign` only completes the sign before it, for which a □ stands already."""
    if not signs or signs[-1] not in (MISSING, _JOINER):
        return False
    if signs[-1] == _JOINER:
        return sign not in advances(REGULAR) or sign in _FORMLESS
    return (
        sign == _JOINER
        or unicodedata.category(sign) in ("Mn", "Mc", "Me")
        or "\U0001f3fb" <= sign <= "\U0001f3ff"
        or "\U000e0020" <= sign <= "\U000e007f"
    )


def _stands_alone(sign: str) -> bool:
    """Whether the faces have the sign and it needs no neighbour, no direction and no shaping to be right."""
    return (
        sign in advances(REGULAR)
        and unicodedata.category(sign) not in ("Cc", "Cf", "Cs", "Mn", "Mc", "Me")
        and unicodedata.bidirectional(sign) not in ("R", "AL", "AN")
    )
