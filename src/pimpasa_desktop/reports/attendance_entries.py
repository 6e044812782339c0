"""What the list says of each attendee, and the counts under it, in the variant that was asked for.

All masking is decided here, before anything has a place on a page.
"""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

from pimpasa_desktop.domain.academic_title import without_titles
from pimpasa_desktop.reports.attendance_sheet import RESIDENT, AttendanceRow, AttendanceSheet
from pimpasa_desktop.reports.masking import initials, masked_phone, phone, service_number, without_nik, without_numbers
from pimpasa_desktop.reports.typeface import printable

UNKNOWN_GROUP = "Unsur lain"
NO_GROUP = "Tanpa unsur"
NONE = "-"


@dataclass(frozen=True)
class Entry:
    """One attendee as printed."""

    name: str
    number: str
    position: str
    group: str
    institution: str
    phone: str


@dataclass(frozen=True)
class Count:
    """One line of the summary."""

    label: str
    male: int
    female: int
    unknown: int

    @property
    def total(self) -> int:
        return self.male + self.female + self.unknown


def free_text(sheet: AttendanceSheet) -> Callable[[str], str]:
    """How this variant prints what somebody typed."""
    mask = without_numbers if sheet.public else without_nik
    return lambda text: printable(mask(text))


def entries(sheet: AttendanceSheet) -> list[Entry]:
    label_of = {group.code: group.label for group in sheet.groups}
    masked = {group.code for group in sheet.groups if group.masked}
    if sheet.public:
        return [_public_entry(row, sheet, label_of, row.group in masked) for row in sheet.rows]
    return [_official_entry(row, sheet, label_of) for row in sheet.rows]


def counts(sheet: AttendanceSheet) -> list[Count]:
    """The unsur that occur, in the order of the sheet, then unknown codes, then none; the total is not among them."""
    label_of = {
        group.code: RESIDENT if group.masked and sheet.public else printable(group.label) for group in sheet.groups
    }
    tally: Counter[tuple[str, str]] = Counter()
    for row in sheet.rows:
        tally[label_of.get(row.group, UNKNOWN_GROUP if row.group else NO_GROUP), row.sex] += 1
    order = [label for code, label in label_of.items() if label != RESIDENT]
    order += [RESIDENT, UNKNOWN_GROUP, NO_GROUP]
    lines = [_count(label, tally) for label in dict.fromkeys(order)]
    return [line for line in lines if line.total]


def total(lines: list[Count]) -> Count:
    return Count(
        "Jumlah",
        sum(line.male for line in lines),
        sum(line.female for line in lines),
        sum(line.unknown for line in lines),
    )


def _count(label: str, tally: Counter[tuple[str, str]]) -> Count:
    male, female = tally[label, "L"], tally[label, "P"]
    whole = sum(count for (name, _sex), count in tally.items() if name == label)
    return Count(label, male, female, whole - male - female)


def _official_entry(row: AttendanceRow, sheet: AttendanceSheet, label_of: dict[str, str]) -> Entry:
    say = free_text(sheet)
    return Entry(
        name=say(_full_name(row, sheet.show_titles)),
        number=say(service_number(row.number)) if sheet.show_nip and row.number else "",
        position=say(row.position),
        group=say(label_of.get(row.group, row.group)),
        institution=say(row.institution),
        phone=printable(phone(row.phone)) or NONE,
    )


def _public_entry(row: AttendanceRow, sheet: AttendanceSheet, label_of: dict[str, str], masked: bool) -> Entry:
    say = free_text(sheet)
    # An unsur that only a newer program knows may be one to mask.
    unknown = UNKNOWN_GROUP if row.group else ""
    # What a CPMI or a returned worker wrote as position may say just that, so it goes with the unsur.
    position = "" if masked else say(row.position)
    return Entry(
        name=say(initials(row.name) if row.minor else _full_name(row, sheet.show_titles)),
        number="",
        position=position,
        group=RESIDENT if masked else say(label_of.get(row.group, unknown)),
        institution=say(row.institution),
        phone=masked_phone(row.phone) or NONE,
    )


def _full_name(row: AttendanceRow, titles: bool) -> str:
    if not titles:
        return without_titles(row.name)
    before = f"{row.title_before} " if row.title_before else ""
    after = f", {row.title_after}" if row.title_after else ""
    return f"{before}{row.name}{after}"
