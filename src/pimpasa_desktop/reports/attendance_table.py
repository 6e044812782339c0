"""The table of an attendance list: its columns, its rows set in type, how they fall on pages, and its ink.

Two rows make a pair, which shares one signature cell (odd number left, even right) and is never split over pages.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from pimpasa_desktop.reports.attendance_entries import Entry
from pimpasa_desktop.reports.attendance_sheet import AttendanceSheet
from pimpasa_desktop.reports.fitting import LEADING, Block, fit_cell
from pimpasa_desktop.reports.page import GREY, LEFT, RUNNING_HEADER, Leaf, Pen, paper
from pimpasa_desktop.reports.typeface import BOLD, ITALIC, MM_PER_POINT, REGULAR, width

NEXT_TOP = RUNNING_HEADER + 2.2
NOBODY = "Belum ada peserta yang dicatat."

_PADDING = 1.2
_PHONE_PADDING = 0.6
_ROW_PADDING = 0.45
_TALLEST_ROW = 36.0
_BASELINE = 0.9  # of the size, below the top of a line: capitals stand in the middle of a row
_INSIDE, _OUTSIDE, _DOTTED = Pen(0.4), Pen(0.6), Pen(0.4, 0.6, (0.8, 1.4))

_COLUMNS = {
    ("A4", False): (8.0, 41.0, 32.0, 27.0, 21.0, 31.0),
    ("F4", False): (8.0, 43.0, 33.0, 28.0, 21.0, 32.0),
    ("A4", True): (10.0, 62.0, 60.0, 51.0, 24.0, 40.0),
    ("F4", True): (10.0, 72.0, 70.0, 60.0, 26.0, 42.0),
}
# Rows on the first page and on the next ones, for a title of one or two lines. The narrow columns of portrait break
# most texts in two, so that only landscape has lower rows in the public copy.
_ROWS = {
    ("A4", False, "official"): (18, 26),
    ("F4", False, "official"): (22, 30),
    ("A4", True, "official"): (10, 16),
    ("F4", True, "official"): (10, 16),
    ("A4", False, "public"): (18, 26),
    ("F4", False, "public"): (22, 30),
    ("A4", True, "public"): (12, 20),
    ("F4", True, "public"): (14, 22),
}


@dataclass(frozen=True)
class Style:
    """The measures of one variant on one paper, in mm; sizes in points."""

    columns: tuple[float, ...]
    rows: tuple[int, int]
    row_height: float
    header_height: float
    size: float
    phone_size: float
    public: bool
    show_nip: bool
    next_room: float
    """What a page after the first has for rows and closing."""


@dataclass(frozen=True)
class Row:
    """One row set in type: for each of the four text columns the blocks that stand there, one under the other."""

    number: int
    cells: tuple[tuple[Block, ...], ...]
    height: float


def style_of(sheet: AttendanceSheet) -> Style:
    header_height = 8.5 if sheet.landscape else 9.0
    return Style(
        columns=_COLUMNS[sheet.paper, sheet.landscape],
        rows=_ROWS[sheet.paper, sheet.landscape, sheet.variant],
        row_height=7.0 if sheet.public and sheet.landscape else 9.0,
        header_height=header_height,
        size=9.5 if sheet.public else 9.0,
        phone_size=8.5 if sheet.public else 7.5,
        public=sheet.public,
        show_nip=sheet.show_nip and not sheet.public,
        next_room=paper(sheet.paper, sheet.landscape).foot - NEXT_TOP - header_height,
    )


def set_rows(entries: Sequence[Entry], spare: int, style: Style, closing_height: float) -> list[Row]:
    """Every entry set in type, then the spare rows. No row grows so high that a pair and the closing miss a page."""
    tallest = min(_TALLEST_ROW, (style.next_room - closing_height) / 2)
    setter = _Setter(style, tallest - 2 * _ROW_PADDING)
    rows = [setter.row(number, entry) for number, entry in enumerate(entries, 1)]
    rows.extend(Row(number, ((),) * 4, style.row_height) for number in range(len(rows) + 1, len(rows) + spare + 1))
    return rows


def paginate(
    heights: Sequence[float], rows: tuple[int, int], rooms: tuple[float, float], closing: float
) -> list[range]:
    """Which rows stand on which page, pairs whole; the last page also takes the closing, with one pair at least.

    `rows` and `rooms` (mm) are of the first page and of every next one. The first may get none when its head is long.
    """
    pages: list[range] = []
    start, used = 0, 0.0
    for at in range(0, len(heights), 2):
        pair = sum(heights[at : at + 2])
        later = min(len(pages), 1)
        if used + pair > rooms[later] + 1e-6 or at - start >= rows[later]:
            pages.append(range(start, at))
            start, used = at, 0.0
        used += pair
    pages.append(range(start, len(heights)))
    if used + closing > rooms[min(len(pages) - 1, 1)] + 1e-6:
        last_pair = (len(heights) - 1) // 2 * 2
        pages[-1:] = [range(pages[-1].start, last_pair), range(last_pair, len(heights))]
    # A single row at the end is no pair yet: it gets the pair before it, where three rows have the room.
    single = len(pages[-1]) == 1 and len(pages) > 1 and len(pages[-2]) >= 2
    if single and sum(heights[-3:]) + closing <= rooms[1] + 1e-6:
        rest = range(pages[-2].start, pages[-2].stop - 2)
        pages[-2:] = [*([rest] if rest or len(pages) == 2 else []), range(rest.stop, len(heights))]
    return pages


class _Setter:
    """Sets entries in type and remembers texts that repeat, for one document only."""

    def __init__(self, style: Style, tallest: float) -> None:
        self._style = style
        self._tallest = tallest
        self._known: dict[tuple[str, int, float], Block] = {}

    def row(self, number: int, entry: Entry) -> Row:
        style = self._style
        below = self._small(entry.number, 1) if entry.number else ()
        name = self._fit(entry.name, 1, self._room(below))
        cells = (
            (name, *below),
            self._position(entry),
            (self._fit(entry.institution, 3, self._room(())),),
            self._phone(entry),
        )
        height = max(sum(block.height for block in cell) for cell in cells) + 2 * _ROW_PADDING
        return Row(number, cells, max(style.row_height, height))

    def _position(self, entry: Entry) -> tuple[Block, ...]:
        """The position with the unsur under it where it has the room, or the unsur where no position is known."""
        if not entry.position:
            return (self._fit(entry.group, 2, self._room(())),) if entry.group else ()
        position = self._fit(entry.position, 2, self._room(()))
        repeated = entry.group.casefold() in entry.position.casefold()
        if repeated or len(position.lines) > 1 or self._style.public:
            return (position,)
        return (position, *self._small(entry.group, 2))

    def _phone(self, entry: Entry) -> tuple[Block, ...]:
        style = self._style
        room = style.columns[4] - 2 * _PHONE_PADDING
        return (fit_cell(entry.phone, REGULAR, style.phone_size, room, self._room(()), self._tallest),)

    def _room(self, below: tuple[Block, ...]) -> float:
        return self._style.row_height - 2 * _ROW_PADDING - sum(block.height for block in below)

    def _small(self, text: str, column: int) -> tuple[Block, ...]:
        room = self._style.columns[column] - 2 * _PADDING
        return (fit_cell(text, REGULAR, 7.0, room, 0.0, self._tallest / 3),)

    def _fit(self, text: str, column: int, room: float) -> Block:
        key = (text, column, room)
        block = self._known.get(key)
        if block is None:
            style = self._style
            tallest = self._tallest - (style.row_height - 2 * _ROW_PADDING - room)
            across = style.columns[column] - 2 * _PADDING
            block = self._known[key] = fit_cell(text, REGULAR, style.size, across, room, tallest)
        return block


def draw_table(leaf: Leaf, top: float, rows: Sequence[Row], style: Style) -> float:
    """Draw header and rows from `top` down; returns where the table ends."""
    edges = [LEFT]
    for column in style.columns:
        edges.append(edges[-1] + column)
    _draw_header(leaf, top, edges, style)
    y = top + style.header_height
    if not rows:
        leaf.line(edges[0], y, edges[-1], y, _INSIDE)
        foot = y + style.row_height
        leaf.centred((edges[0] + edges[-1]) / 2, y + style.row_height / 2 + 1.2, NOBODY, ITALIC, 9.0, GREY)
        draw_frame(leaf, top, foot, edges)
        for edge in edges[1:-1]:
            leaf.line(edge, top, edge, y, _INSIDE)
        return foot
    for row in rows:
        odd = row.number % 2 == 1
        leaf.line(edges[0], y, edges[-1] if odd else edges[5], y, _INSIDE)
        _draw_row(leaf, y, row, edges, style)
        y += row.height
    for edge in edges[1:-1]:
        leaf.line(edge, top, edge, y, _INSIDE)
    draw_frame(leaf, top, y, edges)
    return y


def draw_frame(leaf: Leaf, top: float, foot: float, edges: Sequence[float]) -> None:
    left, right = edges[0], edges[-1]
    for line in (
        (left, top, right, top),
        (left, foot, right, foot),
        (left, top, left, foot),
        (right, top, right, foot),
    ):
        leaf.line(*line, _OUTSIDE)


def _draw_header(leaf: Leaf, top: float, edges: Sequence[float], style: Style) -> None:
    leaf.fill(edges[0], top, edges[-1] - edges[0], style.header_height)
    labels = (
        ("No.", ""),
        ("Nama", "NIP/NRP" if style.show_nip else ""),
        ("Jabatan/Unsur", ""),
        ("Instansi/Alamat", ""),
        ("No. HP", "(disamarkan)" if style.public else ""),
        ("Tanda Tangan", ""),
    )
    middle = top + style.header_height / 2
    for index, (label, second) in enumerate(labels):
        x = (edges[index] + edges[index + 1]) / 2
        leaf.centred(x, middle + (-0.6 if second else 1.1), label, BOLD, 8.5)
        if second:
            leaf.centred(x, middle + 2.7, second, REGULAR, 7.5)


def _draw_row(leaf: Leaf, top: float, row: Row, edges: Sequence[float], style: Style) -> None:
    middle = top + row.height / 2
    number = str(row.number)
    size = min(9.0, 9.0 * (style.columns[0] - 0.8) / width(number, REGULAR, 9.0))
    leaf.centred(
        (edges[0] + edges[1]) / 2, middle + size * MM_PER_POINT * (_BASELINE - LEADING / 2), number, REGULAR, size
    )
    for column, blocks in enumerate(row.cells, 1):
        y = middle - sum(block.height for block in blocks) / 2
        for index, block in enumerate(blocks):
            pitch = block.size * MM_PER_POINT
            for line in block.lines:
                baseline = y + pitch * _BASELINE
                if column == 4:
                    leaf.centred((edges[4] + edges[5]) / 2, baseline, line, REGULAR, block.size)
                else:
                    leaf.text(edges[column] + _PADDING, baseline, line, REGULAR, block.size, GREY if index else 0.0)
                y += pitch * LEADING
    _draw_signature_place(leaf, top + row.height, row.number, edges, style)


def _draw_signature_place(leaf: Leaf, foot: float, number: int, edges: Sequence[float], style: Style) -> None:
    half = (edges[6] - edges[5]) / 2
    left = edges[5] if number % 2 else edges[5] + half
    label = f"{number}."
    leaf.text(left + 0.9, foot - 2.0, label, REGULAR, 7.5, GREY)
    start = left + max(4.9, 1.6 + width(label, REGULAR, 7.5))
    leaf.line(start, foot - 1.5, left + half - 1.0, foot - 1.5, _DOTTED)
    if style.public:
        leaf.text(start + 3.4, foot - 2.0, "ttd.", ITALIC, 8.5)
