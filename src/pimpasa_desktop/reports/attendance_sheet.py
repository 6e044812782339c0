"""What an attendance list is made from: plain values, no record, no page."""

from dataclasses import dataclass
from typing import Literal

from pimpasa_desktop.reports.page import Letterhead

RESIDENT = "Warga"


@dataclass(frozen=True)
class StakeholderGroup:
    """An unsur by its code and its printed label. A masked one is shown and counted as Warga in a public copy."""

    code: str
    label: str
    masked: bool = False


@dataclass(frozen=True)
class AttendanceRow:
    """One attendee as recorded; nothing is masked yet. Empty means not known or not given."""

    name: str
    title_before: str = ""
    title_after: str = ""
    number: str = ""  # NIP or NRP
    position: str = ""
    group: str = ""  # code of a StakeholderGroup
    institution: str = ""
    phone: str = ""  # E.164
    sex: Literal["L", "P", ""] = ""
    minor: bool = False


@dataclass(frozen=True)
class Signer:
    """Who signs: what stands above the signature ("Mengetahui,", "Kepala Desa Slemanan"), the name, the NIP."""

    captions: tuple[str, ...]
    name: str
    nip: str = ""


@dataclass(frozen=True)
class AttendanceSheet:
    """A whole list. Dates and hours come printed, from domain.calendar, in the zone of the village."""

    letterhead: Letterhead
    subject: str  # the activity; printed in capitals under DAFTAR HADIR
    village: str  # "Desa Slemanan", for the running header
    day: str
    time: str
    place: str
    letter_number: str = ""  # as the office wrote it; no line for it while there is none
    programme: str = ""
    speakers: tuple[str, ...] = ()
    groups: tuple[StakeholderGroup, ...] = ()  # in the order of the summary
    rows: tuple[AttendanceRow, ...] = ()
    left: Signer | None = None
    right: Signer | None = None
    below: Signer | None = None  # a second signer of the office, under the two
    document_code: str = ""  # XXXX-XXXX
    variant: Literal["official", "public"] = "official"
    paper: Literal["A4", "F4"] = "A4"
    landscape: bool = False
    show_titles: bool = True
    show_nip: bool = True
    spare_rows: int = 4  # 0 to 20, printed in the official variant only

    @property
    def public(self) -> bool:
        return self.variant == "public"
