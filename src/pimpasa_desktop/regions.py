"""The table of Indonesian regions that comes with the program: a code's full path, and search as one types.

A read-only file, made by build/regions.py and never copied into a store. Knows villages by the ministry's codes;
does not know which of them anybody works in, nor villages made after its version.

The file: lines of notice that start with "#", an empty line, then zlib over one line of UTF-8 per province,
regency and district in order of code: code TAB name, and for a district TAB and the last four digits and the
name of each of its villages.
"""

import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from heapq import nsmallest
from pathlib import Path
from unicodedata import combining, normalize

from pimpasa_desktop.paths import RESOURCES

VERSION = "REF-2025-1"
KINDS = {"1": "kelurahan", "2": "desa", "3": "desa adat"}
# Words that people write before a name and that the names of the table lack.
TITLES = frozenset({"desa", "kelurahan", "kel", "kecamatan", "kec", "provinsi", "prov"})

_CODE = re.compile(r"(\d\d)\.?(\d\d)\.?(\d\d)\.?(\d{4})", re.ASCII)
_PREFIX = re.compile(r"\d[\d.]+", re.ASCII)
_Match = tuple[int, str]  # rank, smaller is better, and code


@dataclass(frozen=True)
class Region:
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


@dataclass(frozen=True)
class _District:
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

    def load(self) -> None:
        """Unpack the table now, for whoever has time before the first question comes. From any thread."""
        self._body  # noqa: B018 - kept once it was read

    def village(self, code: str) -> Region | None:
        """The village with this code, dotted or not; None when the table has none."""
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

    def search(self, text: str, limit: int = 20) -> list[Region]:
        """The villages whose path holds every word of `text`, best first; digits are the beginning of a code.

        Case, spaces, accents and punctuation do not count. Names equal to the text come first, then names that
        begin with it, then those that match its first word, then the rest; within each, in order of code.
        """
        if _PREFIX.fullmatch(text.strip()):
            matches = self._by_code(text.replace(".", "").strip())
        else:
            matches = self._by_words(text)
        return [found for _, code in nsmallest(limit, matches) if (found := self.village(code))]

    @cached_property
    def _body(self) -> bytes:
        _notice, _separator, packed = self._path.read_bytes().partition(b"\n\n")
        return b"\n" + zlib.decompress(packed)

    def _line(self, code: str) -> list[str]:
        start = self._body.find(f"\n{code}\t".encode())
        if start < 0:
            return []
        return self._body[start + 1 : self._body.index(b"\n", start + 1)].decode().split("\t")

    def _district(self, code: str) -> _District | None:
        if not (line := self._line(code)):
            return None
        return _District(code, line[1], self._line(code[:5])[1], self._line(code[:2])[1], tuple(line[2:]))

    @cached_property
    def _folded(self) -> list[tuple[str, str, str]]:
        """For each district its code, the folded names above its villages, and its folded villages with their tabs."""
        folded: list[tuple[str, str, str]] = []
        province = regency = ""
        for line in self._body.decode().splitlines()[1:]:
            code, name, *villages = line.split("\t", 2)
            if len(code) == 2:
                province = _fold(name)
            elif len(code) == 5:
                regency = _fold(name)
            else:
                folded.append((code, f"{_fold(name)}\t{regency}\t{province}", _fold("\t".join(villages))))
        return folded

    def _by_code(self, digits: str) -> Iterator[_Match]:
        for code, _above, villages in self._folded:
            district = code.replace(".", "")
            if villages and district.startswith(digits[:6]):
                for village in villages.split("\t"):
                    if (district + village[:4]).startswith(digits):
                        yield 0, f"{code}.{village[:4]}"

    def _by_words(self, text: str) -> Iterator[_Match]:
        whole = _fold(text)
        words = [folded for word in re.split(r"[\s,;/]+", text) if (folded := _fold(word))]
        words = [word for word in words if word not in TITLES] or words
        if not words:
            return
        for code, above, villages in self._folded:
            wanted = [word for word in words if word not in above]
            if villages and all(word in villages for word in wanted):
                for village in villages.split("\t"):
                    name = village[4:]
                    if all(word in name for word in wanted):
                        yield _rank(name, whole, words), f"{code}.{village[:4]}"


def _rank(name: str, whole: str, words: list[str]) -> int:
    """Smaller is better. The first word is the name where people write a path from the village upwards."""
    first = words[0]
    verdicts = (name == whole, name.startswith(whole), name == first, name.startswith(first), first in name, True)
    return verdicts.index(True)


def _fold(text: str) -> str:
    """Only letters, digits and tabs, without case and accents."""
    if not text.isascii():
        text = "".join(sign for sign in normalize("NFKD", text) if not combining(sign))
    return "".join(sign for sign in text.casefold() if sign.isalnum() or sign == "\t")
