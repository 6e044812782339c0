"""How a text gets into its place: never cut, never dots.

Too long for its cell: one line, a little smaller; then two lines, from full size down; then more lines at the
smallest size, and the row grows. Lines break at spaces and after "/"; only a word wider than its cell breaks inside.
Works on texts that `printable` has passed; draws nothing.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from pimpasa_desktop.i18n import _
from pimpasa_desktop.problem import Problem
from pimpasa_desktop.reports.typeface import MM_PER_POINT, advances

LEADING = 1.14
STEP = 0.25
ONE_LINE_LOSS = 1.25
SMALLEST = 7.0
# A text of tens of thousands of letters is a mistake, not a name; below this size nobody could find it either.
_UNREADABLE = 1.0

_AFTER_SLASH = re.compile(r"(?<=/)(?=[^/])")

_TOGETHER = re.compile(
    r"\b\d{1,2} (?:Januari|Februari|Maret|April|Mei|Juni|Juli|Agustus|September|Oktober|November|Desember) \d{4}\b"
    r"|\b[\d.]+ (?:WIB|WITA|WIT|orang|paket|kg|km|meter|menit|jam|hari|lembar|unit)\b"
    r"|\bPolri \d"
    r"|\b(?:Desa|Kelurahan|Kecamatan|Kabupaten|Kota) (?=[A-Z])"
)


@dataclass(frozen=True)
class Block:
    """Lines of one size, one under the other."""

    lines: tuple[str, ...]
    face: str
    size: float

    @property
    def height(self) -> float:
        """In mm."""
        return len(self.lines) * self.size * LEADING * MM_PER_POINT


def together(text: str) -> str:
    """`text` with its dates, numbers and their units, and areas and their names made unbreakable."""
    return _TOGETHER.sub(lambda match: match[0].replace(" ", "\xa0"), text)


def fit_cell(text: str, face: str, size: float, width: float, height: float, tallest: float) -> Block:
    """`text` in a cell `width` mm wide that should stay `height` mm high and may never be higher than `tallest`."""
    limit = width / MM_PER_POINT
    ems = _ems(text, face)
    if ems * size <= limit:
        return Block((text,), face, size)
    smaller = limit / ems // STEP * STEP
    if smaller >= size - ONE_LINE_LOSS:
        return Block((text,), face, smaller)
    longest = max((_ems(piece, face) for piece, _joined in _pieces(text)), default=0.0)
    endless = longest * SMALLEST > limit
    for points in _sizes(size, SMALLEST):
        too_high = 2 * points * LEADING * MM_PER_POINT > height and points > SMALLEST
        if too_high or (longest * points > limit and not endless):
            continue
        lines = wrap(text, face, limit / points)
        if len(lines) <= 2:
            return Block(lines, face, points)
    return _as_many_lines_as_needed(text, face, SMALLEST, limit, tallest)


def fit_lines(text: str, face: str, size: float, width: float, lines_max: int) -> Block:
    """`text` in at most `lines_max` lines `width` mm wide, smaller only as far as that needs."""
    limit = width / MM_PER_POINT
    points = size
    while len(lines := wrap(text, face, limit / points)) > lines_max:
        points = _next_smaller(points)
    return Block(lines, face, points)


def fit_balanced(text: str, face: str, size: float, width: float, lines_max: int) -> Block:
    """As `fit_lines`, with no line much longer than another."""
    block = fit_lines(text, face, size, width, lines_max)
    limit = width / MM_PER_POINT / block.size - 1
    while limit > 2 and len(lines := wrap(text, face, limit)) == len(block.lines):
        block, limit = Block(lines, face, block.size), limit - 1
    return block


def wrap(text: str, face: str, limit: float) -> tuple[str, ...]:
    """Lines no wider than `limit` ems, filled one after the other."""
    space = advances(face)[" "]
    lines: list[str] = []
    line, line_ems = "", 0.0
    for piece, joined in _pieces(text):
        gap = 0.0 if joined or not line else space
        ems = _ems(piece, face)
        if line and line_ems + gap + ems <= limit:
            line, line_ems = line + (" " if gap else "") + piece, line_ems + gap + ems
            continue
        if line:
            lines.append(line)
        *full, line = _broken(piece, face, limit) if ems > limit else (piece,)
        lines.extend(full)
        line_ems = _ems(line, face)
    return (*lines, line)


def _as_many_lines_as_needed(text: str, face: str, size: float, limit: float, tallest: float) -> Block:
    points = size
    while True:
        block = Block(wrap(text, face, limit / points), face, points)
        if block.height <= tallest:
            return block
        points = _next_smaller(points)


def _next_smaller(points: float) -> float:
    if points <= _UNREADABLE:
        raise Problem(
            _("Satu isian terlalu panjang untuk dicetak, dokumen belum dibuat. Persingkat isian itu, lalu ulangi.")
        )
    return max(points - STEP, _UNREADABLE)


def _sizes(size: float, smallest: float) -> Iterator[float]:
    while size >= smallest:
        yield size
        size -= STEP


def _pieces(text: str) -> Iterator[tuple[str, bool]]:
    """What may stand on a line by itself, and whether it is joined to the piece before it without a space."""
    for word in text.split(" "):
        for index, piece in enumerate(_AFTER_SLASH.split(word)):
            yield piece, index > 0


def _broken(word: str, face: str, limit: float) -> list[str]:
    """A word wider than the line, cut where the line is full."""
    parts: list[str] = []
    part, part_ems = "", 0.0
    for sign in word:
        ems = advances(face)[sign]
        if part and part_ems + ems > limit:
            parts.append(part)
            part, part_ems = "", 0.0
        part, part_ems = part + sign, part_ems + ems
    return [*parts, part]


def _ems(text: str, face: str) -> float:
    return sum(map(advances(face).__getitem__, text))
