"""The house style of a page: paper, margins, letterhead, running header, footer, and the ink between them.

A Leaf is a page as a value: what stands where, in mm from the paper's upper left corner. `write_pdf` is the one
place that draws. Knows no kind of document.
"""

import zlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from io import BytesIO
from typing import Any, BinaryIO, Literal

from reportlab.lib.utils import ImageReader
from reportlab.pdfbase.pdfdoc import PDFDictionary, PDFInfo, PDFName, PDFStream, PDFString
from reportlab.pdfgen.canvas import Canvas

from pimpasa_desktop.i18n import _
from pimpasa_desktop.problem import Problem
from pimpasa_desktop.reports.fitting import fit_lines
from pimpasa_desktop.reports.typeface import BOLD, ITALIC, MM_PER_POINT, REGULAR, advances, printable, width

GREY = 0.35
HEADER_FILL = 0.925

LEFT, TOP, RIGHT, BOTTOM = 30.0, 20.0, 20.0, 25.0
LETTERHEAD_TOP, LETTERHEAD_HEIGHT = 13.0, 27.5
RUNNING_HEADER = 22.0

_LETTERHEAD_STYLES = (
    (3.2, REGULAR, 10.0),
    (7.5, REGULAR, 10.0),
    (11.8, REGULAR, 10.0),
    (16.4, BOLD, 11.0),
    (20.3, REGULAR, 9.0),
    (23.9, REGULAR, 8.0),
)
_LOGO = 22.0
_LOGO_OUTSIDE = 8.0
_TAG_WIDTH, _TAG_HEIGHT = 46.0, 6.0


@dataclass(frozen=True)
class Paper:
    """A sheet as it lies before the reader, in mm."""

    width: float
    height: float

    @property
    def landscape(self) -> bool:
        return self.width > self.height

    @property
    def text_width(self) -> float:
        return self.width - LEFT - RIGHT

    @property
    def right(self) -> float:
        """Where the text ends on the right."""
        return self.width - RIGHT

    @property
    def foot(self) -> float:
        """Where the text ends below."""
        return self.height - BOTTOM


def paper(size: Literal["A4", "F4"], landscape: bool) -> Paper:
    short, long = (210.0, 297.0) if size == "A4" else (215.0, 330.0)
    return Paper(long, short) if landscape else Paper(short, long)


@dataclass(frozen=True)
class Letterhead:
    """Up to six centred lines, from ministry to addresses, and the office's own logo. All of it is office data."""

    lines: tuple[str, ...]
    logo: bytes | None = None


@dataclass(frozen=True)
class Pen:
    """How a line is drawn: width in points, grey from 0 (black), a dash pattern in points."""

    width: float
    grey: float = 0.0
    dash: tuple[float, float] | None = None


@dataclass
class Leaf:
    """One page being filled. Lengths in mm from the upper left, sizes in points, texts as `printable` returns them."""

    paper: Paper
    texts: list[tuple[float, float, str, str, float, float]] = field(default_factory=list)
    lines: dict[Pen, list[tuple[float, float, float, float]]] = field(default_factory=dict)
    fills: list[tuple[float, float, float, float]] = field(default_factory=list)
    frames: list[tuple[float, float, float, float]] = field(default_factory=list)
    pictures: list[tuple[float, float, float, bytes]] = field(default_factory=list)

    def text(self, x: float, baseline: float, text: str, face: str, size: float, grey: float = 0.0) -> None:
        self.texts.append((x, baseline, text, face, size, grey))

    def centred(self, x: float, baseline: float, text: str, face: str, size: float, grey: float = 0.0) -> None:
        self.texts.append((x - width(text, face, size) / 2, baseline, text, face, size, grey))

    def right_aligned(self, x: float, baseline: float, text: str, face: str, size: float, grey: float = 0.0) -> None:
        self.texts.append((x - width(text, face, size), baseline, text, face, size, grey))

    def line(self, x1: float, y1: float, x2: float, y2: float, pen: Pen) -> None:
        self.lines.setdefault(pen, []).append((x1, y1, x2, y2))

    def fill(self, x: float, y: float, across: float, down: float) -> None:
        """A grey ground under what is written there."""
        self.fills.append((x, y, across, down))


def draw_letterhead(leaf: Leaf, letterhead: Letterhead) -> None:
    sheet = leaf.paper
    left = LEFT - _LOGO_OUTSIDE if letterhead.logo and not sheet.landscape else LEFT
    middle = LEFT + sheet.text_width / 2
    room = sheet.text_width
    if letterhead.logo:
        leaf.pictures.append((left, LETTERHEAD_TOP, _LOGO, letterhead.logo))
        room = 2 * (middle - left - _LOGO - 1)
    for line, (below_top, face, size) in zip(letterhead.lines, _LETTERHEAD_STYLES, strict=False):
        block = fit_lines(printable(line), face, size, room, 1)
        leaf.centred(middle, LETTERHEAD_TOP + below_top, block.lines[0], face, block.size)
    foot = LETTERHEAD_TOP + LETTERHEAD_HEIGHT
    leaf.line(left, foot - 0.9, sheet.right, foot - 0.9, Pen(1.5))
    leaf.line(left, foot, sheet.right, foot, Pen(0.5))


def draw_running_header(leaf: Leaf, text: str) -> None:
    room = leaf.paper.text_width - width("lanjutan", ITALIC, 8.5) - 4
    block = fit_lines(text, REGULAR, 8.5, room, 1)
    leaf.text(LEFT, RUNNING_HEADER, block.lines[0], REGULAR, block.size, GREY)
    leaf.right_aligned(leaf.paper.right, RUNNING_HEADER, "lanjutan", ITALIC, 8.5, GREY)


def draw_tag(leaf: Leaf, text: str, first: bool) -> None:
    """A framed word at the upper right, clear of the letterhead, which leaves less room in portrait."""
    x = leaf.paper.right - _TAG_WIDTH
    y = (15.1 if leaf.paper.landscape else 6.0) if first else 10.5
    leaf.frames.append((x, y, _TAG_WIDTH, _TAG_HEIGHT))
    leaf.centred(x + _TAG_WIDTH / 2, y + 4.1, text, BOLD, 8.5, GREY)


def draw_footer(leaf: Leaf, code: str, notice: str, number: int, total: int) -> None:
    sheet = leaf.paper
    rule = sheet.foot + 1.8
    leaf.line(LEFT, rule, sheet.right, rule, Pen(0.4, 0.7))
    of_pages = f"Halaman {number} dari {total}"
    leaf.right_aligned(sheet.right, rule + 3.7, of_pages, REGULAR, 8)
    baseline = rule + 3.5
    if code:
        leaf.text(LEFT, baseline, f"Kode dokumen {code}", BOLD, 7, GREY)
        baseline += 3.7
    block = fit_lines(notice, REGULAR, 7, sheet.text_width - width(of_pages, REGULAR, 8) - 8, 4)
    for line in block.lines:
        leaf.text(LEFT, baseline, line, REGULAR, block.size, GREY)
        baseline += 8.4 * MM_PER_POINT


class _Info(PDFInfo):  # type: ignore[misc]
    """What the file says of itself: a title and the program. reportlab would add persons and an invented date."""

    def format(self, document: Any) -> Any:
        return PDFDictionary({"Title": PDFString(self.title), "Creator": PDFString("PIMPASA Desktop")}).format(document)


class PdfWriter:
    """A PDF that grows by leaves and is written by `save`. The same leaves give the same bytes; the file names nobody,
    no program user and no time. What is held until then is each page packed, some 6 kB, not what it was drawn from."""

    def __init__(self, title: str, out: BinaryIO) -> None:
        for face in (REGULAR, BOLD, ITALIC):
            advances(face)
        # Without a first font of ours the file would refer to Helvetica, which it does not carry.
        self._canvas = Canvas(out, invariant=1, pageCompression=1, lang="id", initialFontName=REGULAR)
        self._canvas._doc.info = _Info()
        self._canvas.setTitle(title)
        self.pages = 0

    def add(self, leaf: Leaf) -> None:
        _draw(leaf, self._canvas)
        self._canvas.showPage()
        self.pages += 1
        page = self._canvas._doc.Pages.pages[-1]
        packed = zlib.compress(page.stream.encode("latin-1"))
        page.Contents = PDFStream(PDFDictionary({"Filter": PDFName("FlateDecode")}), packed + b"\n")
        page.stream = ""

    def save(self) -> None:
        self._canvas.save()


def write_pdf(leaves: Iterable[Leaf], title: str, out: BinaryIO) -> None:
    """Draw the leaves into one file."""
    writer = PdfWriter(title, out)
    for leaf in leaves:
        writer.add(leaf)
    writer.save()


def _draw(leaf: Leaf, canvas: Any) -> None:
    point = 1 / MM_PER_POINT
    top = leaf.paper.height
    canvas.setPageSize((leaf.paper.width * point, top * point))
    for x, y, side, data in leaf.pictures:
        _draw_picture(canvas, data, x * point, (top - y - side) * point, side * point)
    canvas.setFillGray(HEADER_FILL)
    for x, y, across, down in leaf.fills:
        canvas.rect(x * point, (top - y - down) * point, across * point, down * point, stroke=0, fill=1)
    canvas.setStrokeGray(GREY)
    for x, y, across, down in leaf.frames:
        canvas.roundRect(x * point, (top - y - down) * point, across * point, down * point, 2, stroke=1, fill=0)
    for pen, lines in leaf.lines.items():
        canvas.setLineWidth(pen.width)
        canvas.setStrokeGray(pen.grey)
        canvas.setDash(*pen.dash) if pen.dash else canvas.setDash()
        canvas.lines([(x1 * point, (top - y1) * point, x2 * point, (top - y2) * point) for x1, y1, x2, y2 in lines])
    _draw_texts(leaf, canvas, point)


def _draw_texts(leaf: Leaf, canvas: Any, point: float) -> None:
    """All texts of the page in one text object: half the work of one object for each."""
    top = leaf.paper.height
    ink = canvas.beginText()
    current: tuple[str, float] | None = None
    shade: float | None = None
    for x, baseline, text, face, size, grey in leaf.texts:
        if (face, size) != current:
            ink.setFont(face, size)
            current = (face, size)
        if grey != shade:
            ink.setFillGray(grey)
            shade = grey
        ink.setTextOrigin(x * point, (top - baseline) * point)
        ink.textOut(text)
    canvas.drawText(ink)


@lru_cache(maxsize=4)
def _picture(data: bytes) -> ImageReader:
    """Decoded once for all lists of a batch. As RGBA: of a palette reportlab would not keep what shines through."""
    from PIL import Image

    picture = ImageReader(Image.open(BytesIO(data)).convert("RGBA"))
    picture.getRGBData()
    return picture


def _draw_picture(canvas: Any, data: bytes, x: float, y: float, side: float) -> None:
    try:
        picture = _picture(data)
    except Exception as error:  # Pillow raises what each format's reader happens to raise
        raise Problem(
            _("Logo kantor tidak terbaca, dokumen belum dibuat. Pasang lagi logo sebagai berkas PNG atau JPEG.")
        ) from error
    canvas.drawImage(picture, x, y, side, side, mask="auto", preserveAspectRatio=True, anchor="c")
