"""How the office's recovery key stands on paper: 32 bytes as 13 groups of 4 signs, and back from what a hand typed."""

import base64
import binascii

from pimpasa_desktop.i18n import _
from pimpasa_desktop.problem import Problem

BYTES = 32
_SIGNS = 52
_MISREAD = str.maketrans("018", "OIB")  # signs that base32 does not have


def spelled(key: bytes) -> str:
    signs = base64.b32encode(key).decode().rstrip("=")
    return " ".join(signs[start : start + 4] for start in range(0, len(signs), 4))


def read(text: str) -> bytes:
    """However it was spaced. Problem: that is none."""
    signs = "".join(sign for sign in text.upper() if sign.isalnum()).translate(_MISREAD)
    try:
        if len(signs) == _SIGNS:
            return base64.b32decode(signs + "====")
    except (binascii.Error, ValueError):
        pass
    raise Problem(
        _("Kunci pemulihan terdiri dari 13 kelompok empat tanda; yang ditulis {count} tanda. Periksa lagi.").format(
            count=len(signs)
        )
    )
