"""The attendance list of a visit as the store has it: records in, the values of a sheet out.

Draws nothing. What the office has not written down stays a dotted line; no name, number or date is invented.
"""

import hashlib
from datetime import datetime
from functools import cache
from typing import Literal

from pimpasa_desktop.domain.attendee import SHOWN_AS_RESIDENTS, STAKEHOLDER_GROUPS
from pimpasa_desktop.domain.calendar import Zone, date_in_words, printed_days, printed_hours, zone_of
from pimpasa_desktop.domain.code import code
from pimpasa_desktop.domain.entity import Values, entity
from pimpasa_desktop.domain.office import head_position, letterhead, logo, title
from pimpasa_desktop.i18n import _
from pimpasa_desktop.problem import Problem
from pimpasa_desktop.regions import Region, Regions
from pimpasa_desktop.reports.attendance_sheet import AttendanceRow, AttendanceSheet, Signer, StakeholderGroup
from pimpasa_desktop.reports.page import Letterhead
from pimpasa_desktop.store.letter_number import letter_number
from pimpasa_desktop.store.queries import Listed, Queries

# How the head of a village is called; longer words first, because a title begins with one of them.
VILLAGE_HEADS = (
    *("Penjabat Kepala Desa", "Pj. Kepala Desa", "Kepala Desa", "Lurah"),
    *("Sangadi", "Perbekel", "Hukum Tua", "Pangulu", "Keuchik", "Wali Nagari", "Kuwu"),
)
NAMED_MAX = 3
OFFICER = "Petugas Imigrasi Pembina Desa"
_GROUPS = tuple(StakeholderGroup(c, label, c in SHOWN_AS_RESIDENTS) for c, label in STAKEHOLDER_GROUPS.items())


def attendance_sheet(
    queries: Queries,
    visit_id: str,
    *,
    variant: Literal["official", "public"] = "official",
    paper: Literal["A4", "F4"] = "A4",
    landscape: bool = False,
    spare_rows: int = 4,
) -> AttendanceSheet:
    """Raises Problem: no such visit here, or no zone for its hours."""
    found = queries.get(visit_id)
    if found.entity != "visit":
        raise Problem(_("Catatan {id} bukan kunjungan. Lihat pimpasa record list visit.").format(id=visit_id))
    visit = found.values
    villages = [village for identifier in visit.get("villages", ()) for village in _maybe(queries, identifier)]
    office = _values(queries, visit.get("office", ""))
    attendees = [one.values for one in queries.every(entity("attendee"), {"visit": visit_id})]
    regions = [region for one in villages if (region := _regions().village(one.values.get("region_code", "")))]
    zone = _zone(villages, visit)
    starts, ends = visit["starts_at"], visit.get("ends_at") or None
    return AttendanceSheet(
        letterhead=Letterhead(letterhead(office), logo(office)),
        subject=visit.get("theme") or visit.get("programme") or "Kunjungan desa",
        village=_places(villages, regions) or visit.get("place", ""),
        day=printed_days(starts, ends, zone),
        time=printed_hours(starts, ends, zone),
        place=_place(villages, regions, visit),
        letter_number=letter_number(queries, visit_id),
        programme=_programme(villages, regions, visit),
        groups=_GROUPS,
        rows=tuple(map(_row, attendees)),
        left=_acknowledged(villages, regions, attendees, office),
        right=_officer(queries, found, office, date_in_words(zone.local(starts).date())),
        below=_second(office),
        document_code=document_code(visit_id, variant),
        variant=variant,
        paper=paper,
        landscape=landscape,
        show_titles=not office.get("hide_titles"),
        show_nip=not office.get("hide_nip"),
        spare_rows=spare_rows,
    )


def office_sheet(queries: Queries, office: str, *, paper: Literal["A4", "F4"] = "A4") -> AttendanceSheet:
    """A sheet of no visit: the office's letterhead, everything else to be written by hand."""
    values = _values(queries, office)
    return AttendanceSheet(
        letterhead=Letterhead(letterhead(values), logo(values)),
        subject="",
        village="",
        day="",
        time="",
        place="",
        groups=_GROUPS,
        paper=paper,
    )


@cache
def _regions() -> Regions:
    """Unpacked once: a batch asks for a hundred villages."""
    return Regions()


def document_code(visit_id: str, variant: str) -> str:
    """XXXX-XXXX, the same for the same list; no letter number."""
    return code(hashlib.sha256(f"daftar hadir\x1f{visit_id}\x1f{variant}".encode()).digest())


def zone_of_visit(queries: Queries, visit: Values) -> Zone:
    """The zone in which its papers tell the time. Raises Problem where there is none."""
    return _zone(
        [village for identifier in visit.get("villages", ()) for village in _maybe(queries, identifier)], visit
    )


def _maybe(queries: Queries, identifier: str) -> list[Listed]:
    """The record, unless it lies outside what this person sees."""
    try:
        return [queries.get(identifier)] if identifier else []
    except Problem:
        return []


def _values(queries: Queries, identifier: str) -> Values:
    return next((found.values for found in _maybe(queries, identifier)), {})


def _zone(villages: list[Listed], visit: Values) -> Zone:
    """The village's province decides; a visit elsewhere keeps the offset in which its hours were written."""
    for village in villages:
        if region := village.values.get("region_code"):
            return zone_of(region)
    offset = datetime.fromisoformat(visit["starts_at"]).utcoffset()
    hours = int(offset.total_seconds() // 3600) if offset is not None else 0
    names = {7: "WIB", 8: "WITA", 9: "WIT"}
    if hours not in names:
        raise Problem(
            _("Zona waktu kunjungan ini bukan WIB, WITA, atau WIT. Betulkan starts_at atau pilih desanya, lalu ulangi.")
        )
    return Zone(names[hours], hours)


def _name(village: Listed, region: Region | None) -> str:
    kind = "Kelurahan" if region and region.kind == "kelurahan" else "Desa"
    name = str(village.values.get("name", ""))
    return name if name.lower().startswith(("desa ", "kelurahan ")) else f"{kind} {name}"


def _region_of(village: Listed, regions: list[Region]) -> Region | None:
    return next((region for region in regions if region.code == village.values.get("region_code")), None)


def _places(villages: list[Listed], regions: list[Region]) -> str:
    """The villages by name; many of them by number, with their districts."""
    if len(villages) <= NAMED_MAX:
        return ", ".join(_name(village, _region_of(village, regions)) for village in villages)
    kinds = {_name(village, _region_of(village, regions)).partition(" ")[0].lower() for village in villages}
    return f"{len(villages)} {'/'.join(sorted(kinds))} di {_districts(regions, ' dan ')}".removesuffix(" di ")


def _districts(regions: list[Region], between: str) -> str:
    return between.join(dict.fromkeys(f"Kecamatan {region.district}" for region in regions))


def _place(villages: list[Listed], regions: list[Region], visit: Values) -> str:
    """Where it was: venue, village, district and regency, none of them twice; elsewhere, as it was written down."""
    venue, elsewhere = str(visit.get("venue", "")), str(visit.get("place", ""))
    if elsewhere:
        return ", ".join(part for part in (venue, elsewhere) if part)
    names = [_name(village, _region_of(village, regions)) for village in villages]
    where = [venue, *(name for name in names if name not in venue), _districts(regions, ", ")]
    where += dict.fromkeys(region.regency for region in regions)
    return ", ".join(part for part in where if part)


def _programme(villages: list[Listed], regions: list[Region], visit: Values) -> str:
    """What is not the title already; for an event held elsewhere also for whom it was."""
    named = str(visit.get("programme", "")) if visit.get("theme") else ""
    if visit.get("place") and villages:
        return f"{named} untuk {_places(villages, regions)}".strip()
    return named


def _row(values: Values) -> AttendanceRow:
    return AttendanceRow(
        name=values.get("name", ""),
        number=values.get("civil_servant_number", ""),
        position=values.get("position_title", ""),
        group=values.get("stakeholder_group", ""),
        institution=values.get("institution") or values.get("address", ""),
        phone=values.get("phone", ""),
        sex=values.get("sex", ""),
        minor=bool(values.get("minor")),
    )


def _acknowledged(villages: list[Listed], regions: list[Region], attendees: list[Values], office: Values) -> Signer:
    """The head of the village, by name when among those who came; of several villages, and where the office wishes it
    so, the office's own signer."""
    if len(villages) != 1 or office.get("acknowledged_by") == "office":
        captions = ("Mengetahui,", head_position(office))
        return Signer(captions, office.get("head_name", ""), office.get("head_number", ""))
    name = str(villages[0].values.get("name", ""))
    for values in attendees:
        position = str(values.get("position_title", "")).lower()
        word = next((head for head in VILLAGE_HEADS if position.startswith(head.lower())), "")
        # "Kepala Desa Slemanan", or plainly "Kepala Desa": never the head of the next village who came as a guest.
        if word and position.removeprefix(word.lower()).strip() in ("", name.lower()):
            captions = ("Mengetahui,", f"{word} {name}")
            return Signer(captions, values.get("name", ""), values.get("civil_servant_number", ""))
    region = _region_of(villages[0], regions)
    return Signer(("Mengetahui,", f"{'Lurah' if region and region.kind == 'kelurahan' else 'Kepala Desa'} {name}"), "")


def _second(office: Values) -> Signer | None:
    name, position = office.get("second_name", ""), office.get("second_position", "")
    if not name and not position:
        return None
    return Signer(("Mengetahui,", position) if position else ("Mengetahui,",), name, office.get("second_number", ""))


def _officer(queries: Queries, visit: Listed, office: Values, day: str) -> Signer:
    author = _values(queries, visit.author)
    is_officer = author.get("role") == "field_officer"
    city = office.get("city") or office.get("name", "")
    dated = f"{city}, {day}" if city else day
    if not is_officer:  # written down by the office: who was there signs with a pen
        return Signer((dated, OFFICER, title(office)), "")
    captions = (dated, author.get("position_title") or OFFICER, title(office))
    return Signer(captions, author.get("name", ""), author.get("civil_servant_number", ""))
