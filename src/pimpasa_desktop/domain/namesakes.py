"""Who on one list is probably written down twice: names that sound alike, and one telephone for two people.

A proposal to look at, never a verdict: two people of one village may be called the same and share a telephone.
"""

import re
from functools import lru_cache

from msgspec import Struct

from pimpasa_desktop.domain.academic_title import without_titles

ALIKE = 88  # per cent; below it Siti Simbala and Siti Simbolon would be one
PEOPLE_MAX = 400  # pairs grow with the square: beyond it only equal names and telephones are looked for

_ADDRESS = re.compile(r"\b(?:bapak|bpk|pak|ibu|bu|sdr|sdri|h|hj|kh|ustaz|ustadz|pdt)\b\.?", re.IGNORECASE)
# The same sound in the old and the new spelling, and as one hears it.
_SOUNDS = (("oe", "u"), ("dj", "j"), ("tj", "c"), ("sj", "sy"), ("ch", "kh"), ("y", "i"), ("v", "f"), ("q", "k"))
_MUHAMMAD = re.compile(r"\b(?:m(?:u|o)?h(?:d|amm?ad)?|md|mhd)\b")


class Namesakes(Struct, frozen=True):
    """Two places in a list, the first first, and why: their names are alike, or their telephone is one."""

    one: int
    other: int
    by_phone: bool


@lru_cache(maxsize=4096)
def namesakes(people: tuple[tuple[str, str], ...]) -> tuple[Namesakes, ...]:
    """Pairs among (name, phone) in the order of a list; each person is paired with the one whom it resembles most."""
    from rapidfuzz import fuzz, process  # 20 ms: only who looks at lists pays

    names: dict[str, int] = {}
    phones: dict[str, int] = {}
    # What differs in a figure is meant to differ: Warga 1 and Warga 2.
    heard: dict[str, list[str]] = {}
    found = []
    for place, (name, phone) in enumerate(people):
        sound = _heard(name)
        among = heard.setdefault("".join(filter(str.isdigit, sound)), [])
        before = names.get(sound, place)
        if sound and before == place and place < PEOPLE_MAX:
            like = process.extractOne(sound, among, scorer=fuzz.ratio, score_cutoff=ALIKE)
            before = names[like[0]] if like else place
        if sound and sound not in names:
            names[sound] = place
            among.append(sound)
        if before != place:
            found.append(Namesakes(before, place, by_phone=False))
        elif phone and phones.get(phone, place) != place:
            found.append(Namesakes(phones[phone], place, by_phone=True))
        if phone:
            phones.setdefault(phone, place)
    return tuple(found)


def _heard(name: str) -> str:
    sound = _MUHAMMAD.sub("muhamad", _ADDRESS.sub(" ", without_titles(name)).casefold().replace(".", " "))
    for old, new in _SOUNDS:
        sound = sound.replace(old, new)
    return " ".join(sorted("".join(sign if sign.isalnum() else " " for sign in sound).split()))
