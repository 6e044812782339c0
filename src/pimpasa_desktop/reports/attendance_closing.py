"""What closes an attendance list: the summary by unsur, two signatures, and where the office asks for it a third one
under them. It is never split over pages."""

from dataclasses import dataclass

from pimpasa_desktop.domain.academic_title import without_titles
from pimpasa_desktop.reports.attendance_entries import Count, counts, free_text, total
from pimpasa_desktop.reports.attendance_sheet import AttendanceSheet, Signer
from pimpasa_desktop.reports.fitting import fit_lines, together
from pimpasa_desktop.reports.masking import service_number
from pimpasa_desktop.reports.page import LEFT, Leaf, Pen, paper
from pimpasa_desktop.reports.typeface import BOLD, ITALIC, MM_PER_POINT, REGULAR

_TITLE_BELOW_TABLE = 6.1
_SUMMARY_BELOW_TITLE = 1.7
_SUMMARY_ROW = 4.5
_SIGNERS_BELOW_SUMMARY = 8.6
_PITCH = 12.5 * MM_PER_POINT
_DESCENT = 1.2
_FIGURE_COLUMN, _NARROW_FIGURE_COLUMN = 8.5, 7.0
_SIGNER_WIDTH_MAX = 90.0
_SIGNER_OFFSETS = {("A4", False): 92.0, ("F4", False): 92.0, ("A4", True): 157.0, ("F4", True): 190.0}


@dataclass(frozen=True)
class _Signature:
    """A signer's lines as they fit: above the signature and below it."""

    above: tuple[tuple[str, float], ...]
    below: tuple[tuple[str, float], ...]
    x: float


@dataclass(frozen=True)
class Closing:
    """Summary and signatures, set in type, ready to stand under a table. Heights in mm."""

    summary: tuple[Count, ...]
    blocks: int
    rows: tuple[tuple[_Signature, ...], ...]
    """Signatures side by side, row under row."""
    public: bool

    @property
    def summary_rows(self) -> int:
        return -(-len(self.summary) // self.blocks)

    @property
    def summary_cells(self) -> tuple[Count | None, ...]:
        """Every place of the summary, block after block; the total has the last one."""
        empty = self.summary_rows * self.blocks - len(self.summary)
        return (*self.summary[:-1], *[None] * empty, self.summary[-1])

    @property
    def pen_room(self) -> float:
        return 15.0 if self.public else 20.0

    @property
    def height(self) -> float:
        height = _TITLE_BELOW_TABLE + _SUMMARY_BELOW_TITLE + (self.summary_rows + 1) * _SUMMARY_ROW + _DESCENT
        return height + sum(_SIGNERS_BELOW_SUMMARY + self.row_height(row) for row in self.rows)

    def row_height(self, row: tuple[_Signature, ...]) -> float:
        """From the first caption's baseline to that of the last line under a name."""
        lines = max(len(one.above) for one in row) + max(len(one.below) for one in row) - 2
        return lines * _PITCH + self.pen_room


def closing_of(sheet: AttendanceSheet) -> Closing:
    lines = counts(sheet)
    page = paper(sheet.paper, sheet.landscape)
    offset = _SIGNER_OFFSETS[sheet.paper, sheet.landscape]
    room = min(_SIGNER_WIDTH_MAX, page.text_width - offset)
    beside = ((sheet.left, LEFT), (sheet.right, LEFT + offset))
    under = ((sheet.below, LEFT + offset / 2),)
    rows = (tuple(_signature(one, sheet, x, room) for one, x in placed if one) for placed in (beside, under))
    return Closing(
        summary=(*lines, total(lines)),
        blocks=min(4 if sheet.landscape else 3, len(lines) + 1),  # no columns of nothing
        rows=tuple(row for row in rows if row),
        public=sheet.public,
    )


def draw_closing(leaf: Leaf, closing: Closing, table_foot: float) -> None:
    y = table_foot + _TITLE_BELOW_TABLE
    leaf.text(LEFT, y, f"Rekap kehadiran: {_thousands(closing.summary[-1].total)} orang", BOLD, 9)
    y = _draw_summary(leaf, closing, y + _SUMMARY_BELOW_TITLE)
    for row in closing.rows:
        y += _SIGNERS_BELOW_SUMMARY
        _draw_signatures(leaf, closing, row, y)
        y += closing.row_height(row)


def _draw_signatures(leaf: Leaf, closing: Closing, row: tuple[_Signature, ...], y: float) -> None:
    name_y = y + (max(len(one.above) for one in row) - 1) * _PITCH + closing.pen_room
    for signature in row:
        for index, (line, size) in enumerate(signature.above):
            leaf.text(signature.x, y + index * _PITCH, line, REGULAR, size)
        if closing.public:
            leaf.text(signature.x + 8.2, name_y - 6.0, "ttd.", ITALIC, 10)
        for index, (line, size) in enumerate(signature.below):
            leaf.text(signature.x, name_y + index * _PITCH, line, REGULAR, size)


def _signature(signer: Signer, sheet: AttendanceSheet, x: float, room: float) -> _Signature:
    say = free_text(sheet)
    above = [_fitted(together(say(caption)), room) for caption in signer.captions]
    name = signer.name if sheet.show_titles else without_titles(signer.name)
    below = [_fitted(say(name) or "." * 40, room)]
    if signer.nip and sheet.show_nip and not sheet.public:
        below.append(_fitted(say(service_number(signer.nip)), room))
    return _Signature(
        tuple(line for lines in above for line in lines) or (("", 10.0),),
        tuple(line for lines in below for line in lines),
        x,
    )


def _fitted(text: str, room: float) -> tuple[tuple[str, float], ...]:
    block = fit_lines(text, REGULAR, 10, room, 2)
    return tuple((line, block.size) for line in block.lines)


def _draw_summary(leaf: Leaf, closing: Closing, top: float) -> float:
    """Blocks side by side, filled one after the other, the total last. Returns where the summary ends."""
    unknown = closing.summary[-1].unknown > 0
    headings = ("L", "P", "?", "Jml") if unknown else ("L", "P", "Jml")
    figure = _NARROW_FIGURE_COLUMN if unknown else _FIGURE_COLUMN
    across = leaf.paper.text_width / closing.blocks
    label_width = across - figure * len(headings)
    foot = top + (closing.summary_rows + 1) * _SUMMARY_ROW
    leaf.fill(LEFT, top, leaf.paper.text_width, _SUMMARY_ROW)
    for block in range(closing.blocks):
        x = LEFT + block * across
        rows = closing.summary_cells[block * closing.summary_rows :][: closing.summary_rows]
        _draw_summary_row(leaf, x, top, label_width, figure, ("Unsur", *headings), BOLD)
        for index, count in enumerate(rows, 1):
            if count is None:
                continue
            figures = [count.male, count.female, *([count.unknown] if unknown else []), count.total]
            texts = (count.label, *(_thousands(number) if number else "-" for number in figures))
            face = BOLD if count is closing.summary[-1] else REGULAR
            _draw_summary_row(leaf, x, top + index * _SUMMARY_ROW, label_width, figure, texts, face)
        for edge in range(len(headings) + 1):
            line = x + label_width + edge * figure
            if edge < len(headings) or block < closing.blocks - 1:
                leaf.line(line, top, line, foot, Pen(0.4))
    for index in range(1, closing.summary_rows + 1):
        y = top + index * _SUMMARY_ROW
        leaf.line(LEFT, y, leaf.paper.right, y, Pen(0.4))
    for frame in (
        (LEFT, top, leaf.paper.right, top),
        (LEFT, foot, leaf.paper.right, foot),
        (LEFT, top, LEFT, foot),
        (leaf.paper.right, top, leaf.paper.right, foot),
    ):
        leaf.line(*frame, Pen(0.6))
    return foot


def _draw_summary_row(
    leaf: Leaf, x: float, top: float, label_width: float, figure: float, texts: tuple[str, ...], face: str
) -> None:
    baseline = top + 3.3
    label = fit_lines(texts[0], face, 8.5, label_width - 2.2, 1)
    leaf.text(x + 1.2, baseline, label.lines[0], face, label.size)
    for index, text in enumerate(texts[1:]):
        block = fit_lines(text, face, 8.5, figure - 0.8, 1)
        leaf.centred(x + label_width + (index + 0.5) * figure, baseline, text, face, block.size)


def _thousands(number: int) -> str:
    return f"{number:,}".replace(",", ".")
