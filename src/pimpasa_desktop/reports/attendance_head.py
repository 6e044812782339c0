"""What stands between letterhead and table on the first page: title, activity, day, hours, place, speakers."""

from pimpasa_desktop.reports.attendance_entries import free_text
from pimpasa_desktop.reports.attendance_sheet import AttendanceSheet
from pimpasa_desktop.reports.fitting import fit_balanced, together
from pimpasa_desktop.reports.page import LEFT, LETTERHEAD_HEIGHT, LETTERHEAD_TOP, Leaf
from pimpasa_desktop.reports.typeface import BOLD, MM_PER_POINT, REGULAR, width

TITLE = "DAFTAR HADIR"
DOTS = "." * 90

_PITCH = 5.0
_COLON, _VALUE = 24.6, 27.0
_LINES_MAX = 4


def draw_head(leaf: Leaf, sheet: AttendanceSheet) -> float:
    """Returns where the table begins. What nobody has written down stays a dotted line, for a pen."""
    say = free_text(sheet)
    y = draw_title(leaf, TITLE, say(sheet.subject.upper()))
    when_and_where = [("Nomor", say(sheet.letter_number))] if sheet.letter_number else []
    when_and_where += [("Hari/Tanggal", say(sheet.day)), ("Waktu", say(sheet.time)), ("Tempat", say(sheet.place))]
    what = [("Acara", say(sheet.programme)), ("Narasumber", say("; ".join(sheet.speakers)))]
    what = [(label, value) for label, value in what if value or (not sheet.subject and label == "Acara")]
    if not leaf.paper.landscape:
        return draw_fields(leaf, LEFT, y, leaf.paper.text_width, when_and_where + what) + 4.0
    half = leaf.paper.text_width / 2
    return (
        max(
            draw_fields(leaf, LEFT, y, half - 4, when_and_where),
            draw_fields(leaf, LEFT + half, y, half, what),
        )
        + 4.0
    )


def draw_title(leaf: Leaf, title: str, subject: str) -> float:
    """The kind of paper and what it is about, under the letterhead; returns the baseline of what follows."""
    middle = LEFT + leaf.paper.text_width / 2
    y = LETTERHEAD_TOP + LETTERHEAD_HEIGHT + 7.0
    leaf.centred(middle, y, title, BOLD, 12)
    y += 5.7
    block = fit_balanced(subject, BOLD, 11, leaf.paper.text_width - 20, _LINES_MAX - 1)
    for line in block.lines if subject else ():
        leaf.centred(middle, y, line, BOLD, block.size)
        y += 13.5 * MM_PER_POINT
    return y + 6.9 - 13.5 * MM_PER_POINT


def draw_fields(leaf: Leaf, x: float, y: float, room: float, fields: list[tuple[str, str]]) -> float:
    """Returns the baseline of the last line."""
    last = y
    for label, value in fields:
        block = fit_balanced(together(value) or DOTS, REGULAR, 10, room - _VALUE, _LINES_MAX)
        leaf.text(x, y, label, REGULAR, 10)
        leaf.text(x + _COLON, y, ":", REGULAR, 10)
        for line in block.lines:
            leaf.text(x + _VALUE, y, line, REGULAR, block.size)
            last = y
            y += _PITCH
    return last


def running_header(sheet: AttendanceSheet, room: float) -> str:
    """Document, activity, village and day; without the activity where that would be too long for one line."""
    say = free_text(sheet)
    whole = say(f"Daftar Hadir {sheet.subject}, {sheet.village}, {sheet.day}")
    return whole if width(whole, REGULAR, 8.5) <= room else say(f"Daftar Hadir {sheet.village}, {sheet.day}")
