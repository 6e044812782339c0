"""The table of Indonesian regions that comes with the program: a code's full path, and search as one types.

A read-only file, made by build/regions.py and never copied into a store. Knows villages by the ministry's codes;
does not know which of them anybody works in, nor villages made after its version.

The file: lines of notice that start with "#", an empty line, a line with the code and the bytes of each province, then
its bytes: zlib over one line of UTF-8 for the province and each regency and district in order of code: code TAB name,
and for a district TAB and the last four digits and the name of each of its villages. Each province by itself, since an
office asks for one: to unpack them all takes 7 ms, and a screen that shows a path waits for it.
"""

import re
import zlib
from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import chain
from pathlib import Path
from typing import NamedTuple
from unicodedata import combining, normalize

from msgspec import Struct

from pimpasa_desktop.paths import RESOURCES

VERSION = "REF-2025-1"
KINDS = {"1": "kelurahan", "2": "desa", "3": "desa adat"}
# Words that people write before a name and that the names of the table lack.
TITLES = frozenset({"desa", "kelurahan", "kel", "kecamatan", "kec", "provinsi", "prov"})

ASKED_MAX = 1000

_CODE = re.compile(r"(\d\d)\.?(\d\d)\.?(\d\d)\.?(\d{4})", re.ASCII)
_PREFIX = re.compile(r"\d[\d.]+", re.ASCII)
_DROPPED = str.maketrans("", "", "".join(sign for sign in map(chr, range(128)) if not sign.isalnum() and sign != "\t"))


class Region(Struct, frozen=True):
    """A village. `kind` is "desa", "kelurahan" or "desa adat"; `regency` begins with Kabupaten or Kota."""

    code: str
    name: str
    kind: str
    district: str
    regency: str
    province: str

    @property
    def full_path(self) -> str:
        return f"{self.name}, Kecamatan {self.district}, {self.regency}, {self.province}"


class _District(Struct, frozen=True):
    """One district with its villages; each village is its four digits and its name in one string."""

    code: str
    name: str
    regency: str
    province: str
    villages: tuple[str, ...]

    def region(self, village: str) -> Region:
        digits, name = village[:4], village[4:]
        return Region(f"{self.code}.{digits}", name, KINDS[digits[0]], self.name, self.regency, self.province)


class Regions:
    """Opens nothing before the first question; the first search folds all names once."""

    def __init__(self, path: Path = RESOURCES / "regions" / f"villages-{VERSION}.dat") -> None:
        self._path = path
        self._asked: dict[str, Region | None] = {}  # one office's villages are asked for again and again
        self._unpacked: dict[str, bytes] = {}

    def fold(self) -> None:
        """Make ready for the first search. From any thread."""
        self._in_regency  # noqa: B018

    def village(self, code: str) -> Region | None:
        """The village with this code, dotted or not; None when the table has none."""
        if code not in self._asked:
            if len(self._asked) >= ASKED_MAX:
                self._asked.clear()
            self._asked[code] = self._village(code)
        return self._asked[code]

    def _village(self, code: str) -> Region | None:
        parts = _CODE.fullmatch(code.strip())
        if parts is None:
            return None
        province, regency, district, digits = parts.groups()
        home = self._district(f"{province}.{regency}.{district}")
        if home is None:
            return None
        return next((home.region(village) for village in home.villages if village.startswith(digits)), None)

    def full_path(self, code: str) -> str | None:
        """The name with everything above it, as it has to be shown: 83,762 villages share 63,691 names."""
        found = self.village(code)
        return found.full_path if found else None

    def search(self, text: str, limit: int = 20, near: Sequence[str] = ()) -> list[Region]:
        """The villages whose path holds every word of `text`, best first; digits are the beginning of a code.

        Those in the regencies of `near` (codes such as "71.10") come before all others. Case, spaces, accents and
        punctuation do not count. Names equal to the text come first, then names that begin with it, then those that
        match its first word, then the rest; within each, in order of code.
        """
        close = [one for code in sorted(near) for one in self._in_regency.get(code, ())]
        found: dict[str, None] = {}
        for code in chain(_matching(text, close), _matching(text, self._folded)):
            found[code] = None
            if len(found) == limit:
                break
        return [region for code in found if (region := self._village(code))]

    @cached_property
    def _packed(self) -> dict[str, bytes]:
        """What the file holds of each province."""
        _notice, _separator, table = self._path.read_bytes().partition(b"\n\n")
        line, _separator, packed = table.partition(b"\n")
        words = line.decode().split()
        found, start = {}, 0
        for code, size in zip(words[::2], map(int, words[1::2]), strict=True):
            found[code] = packed[start : start + size]
            start += size
        return found

    def _province(self, code: str) -> bytes:
        """The lines of a province; none where the table has no such province."""
        if code not in self._unpacked and code in self._packed:
            self._unpacked[code] = zlib.decompress(self._packed[code])
        return self._unpacked.get(code, b"")

    def _line(self, code: str) -> list[str]:
        """The line of a code, found by halving; none where there is none."""
        body, wanted = self._province(code[:2]), code.encode()
        low, high = 0, len(body)
        while low < high:
            start = body.rfind(b"\n", low, (low + high) // 2 + 1) + 1 or low
            end = body.find(b"\n", start, high)
            end = high if end < 0 else end
            found = body[start:end].split(b"\t", 1)[0]
            if found == wanted:
                return body[start:end].decode().split("\t")
            low, high = (end + 1, high) if found < wanted else (low, start - 1)
        return []

    def _district(self, code: str) -> _District | None:
        if not (line := self._line(code)):
            return None
        return _District(code, line[1], self._line(code[:5])[1], self._line(code[:2])[1], tuple(line[2:]))

    @cached_property
    def _folded(self) -> list["_Names"]:
        districts: list[_Names] = []
        province = regency = ""
        for line in b"".join(map(zlib.decompress, self._packed.values())).decode().splitlines():
            code, name, *villages = line.split("\t", 2)
            if len(code) == 2:
                province = folded(name)
            elif len(code) == 5:
                regency = folded(name)
            elif villages:
                plain = folded(villages[0]).split("\t")
                names = "\n".join(village[4:] for village in plain)
                digits = "".join(village[:4] for village in plain)
                districts.append(_Names(code, f"{folded(name)}\t{regency}\t{province}", f"\n{names}\n", digits))
        return districts

    @cached_property
    def _in_regency(self) -> dict[str, list["_Names"]]:
        found: dict[str, list[_Names]] = {}
        for one in self._folded:
            found.setdefault(one.code[:5], []).append(one)
        return found


class _Names(NamedTuple):
    """A district for the search: the folded names `above` its villages, theirs between line ends, their digits."""

    code: str
    above: str
    names: str
    digits: str

    def village(self, at: int) -> str:
        return f"{self.code}.{self.digits[4 * at : 4 * at + 4]}"


def _matching(text: str, districts: Sequence[_Names]) -> Iterator[str]:
    """Codes of the villages that match, best first."""
    if _PREFIX.fullmatch(text.strip()):
        return _by_code(text.replace(".", "").strip(), districts)
    return _by_words(text, districts)


def _by_code(digits: str, districts: Sequence[_Names]) -> Iterator[str]:
    for one in districts:
        district = one.code.replace(".", "")
        if district.startswith(digits[:6]):
            for at in range(len(one.digits) // 4):
                if (district + one.digits[4 * at : 4 * at + 4]).startswith(digits):
                    yield one.village(at)


def _by_words(text: str, districts: Sequence[_Names]) -> Iterator[str]:
    """From the best kind of match to the least, so that whoever wants eight does not pay for thousands; a village
    that matches in several ways comes as often.

    The first word is the name where people write a path from the village upwards. Each kind of match is a piece that
    the names of a district hold or not: most districts are passed over without a look at their villages.
    """
    whole = folded(text).replace("\t", "")
    words = [plain for word in re.split(r"[\s,;/]+", text) if (plain := folded(word))]
    words = [word for word in words if word not in TITLES] or words
    if not words:
        return
    first, rest = words[0], words[1:]
    for piece in (f"\n{whole}\n", f"\n{whole}"):
        yield from _holding(piece, districts, [])
    for word in words:
        districts = [one for one in districts if word in one[2] or word in one[1]]
    for piece in (f"\n{first}\n", f"\n{first}", first):
        yield from _holding(piece, districts, rest)
    yield from _holding("\n", districts, words)


def _holding(piece: str, districts: Sequence[_Names], words: list[str]) -> Iterator[str]:
    """Codes of the villages in whose name, between line ends, stands that piece, and in whose path all words."""
    for one in districts:
        if piece in one[2]:  # by number: this line is read 7,285 times for a key
            wanted = [word for word in words if word not in one.above]
            for at, name in enumerate(one.names[1:-1].split("\n")):
                if piece in f"\n{name}\n" and all(word in name for word in wanted):
                    yield one.village(at)


def folded(text: str) -> str:
    """Only letters, digits and tabs, without case and accents."""
    if text.isascii():
        return text.lower().translate(_DROPPED)
    text = "".join(sign for sign in normalize("NFKD", text) if not combining(sign))
    return "".join(sign for sign in text.casefold() if sign.isalnum() or sign == "\t")
