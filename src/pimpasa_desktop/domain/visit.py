"""A visit: what an officer does in a village on a day. Signed off, it is immutable; additions stay possible."""

from pimpasa_desktop.domain.entity import Level, Record, Values, field
from pimpasa_desktop.domain.kinds import Choice, Flag, Moment, Ref, Refs, Text
from pimpasa_desktop.i18n import _

STATUS = {
    "planned": "terjadwal",
    "ongoing": "berlangsung",
    "done": "selesai",
    "postponed": "ditunda",
    "diverted": "dialihkan",
    "cancelled": "dibatalkan",
}

# States of a visit that did not take place as planned: nobody came, and somebody will ask why.
NOT_HELD = ("postponed", "diverted", "cancelled")

# How far the hour can be trusted; a visit that is taken over from a newspaper or from memory has a day and no hour.
TIME_PRECISION = {"day": "hanya harinya yang pasti", "approximate": "kira-kira"}

# What may still be added to a visit that was signed off: the record of what came of it, never of what happened.
ADDITIONS = frozenset({"follow_up", "conflict", "document"})


class Visit(Record, entity="visit", label="Kunjungan", level=Level.C, office="office", villages="villages"):
    office: str = field(Ref("office"), "Kantor")
    villages: list[str] = field(Refs("village"), "Desa", in_table=True)
    place: str = field(Text(200), "Tempat lain")
    starts_at: str = field(Moment(), "Mulai", required=True, in_table=True)
    ends_at: str = field(Moment(), "Selesai")
    time_precision: str = field(Choice(TIME_PRECISION), "Kepastian waktu")
    venue: str = field(Text(200), "Tempat acara")
    programme: str = field(Text(200), "Program", in_table=True)
    theme: str = field(Text(300), "Tema")
    status: str = field(Choice(STATUS), "Keadaan", in_table=True)
    status_reason: str = field(Text(300), "Alasan")
    campaign: str = field(Ref("campaign"), "Rangkaian kegiatan")
    follows: str = field(Ref("visit"), "Kelanjutan dari kunjungan")
    section: str = field(Text(120), "Seksi penyelenggara")
    officers: list[str] = field(Refs("account"), "Petugas")
    purpose: str = field(Text(2_000, lines=True), "Maksud dan tujuan")
    results: str = field(Text(5_000, lines=True), "Hasil")
    obstacles: str = field(Text(2_000, lines=True), "Kendala")
    nil: bool = field(Flag(), "Nihil")
    signed_off_at: str = field(Moment(), "Ditandai selesai")

    @classmethod
    def rules(cls, values: Values) -> list[str]:
        asked = []
        if not values.get("villages") and not values.get("place"):
            asked.append(_("Pilih desa (villages) atau tulis tempat lain (place)."))
        if _before(values.get("ends_at", ""), values.get("starts_at", "")):
            asked.append(_("Waktu selesai (ends_at) lebih awal daripada waktu mulai."))
        return asked


def _before(one: str, other: str) -> bool:
    from datetime import datetime

    return bool(one and other) and datetime.fromisoformat(one) < datetime.fromisoformat(other)


SEAL = "signed_off_at"


def seals(entity: str, patch: Values) -> bool:
    """Whether a change signs a visit off. Such a change is an operation of its own and is sent after what was
    written before it, or the office would refuse the visit's own attendees."""
    return entity == "visit" and set(patch) == {SEAL}


def parted(entity: str, patch: Values) -> list[Values]:
    """A patch as the operations that it makes: what is written, then the signing off."""
    rest = {name: value for name, value in patch.items() if name != SEAL}
    return [patch] if entity != "visit" or len(rest) in (0, len(patch)) else [rest, {SEAL: patch[SEAL]}]


def signed_off(values: Values) -> bool:
    return bool(values.get("signed_off_at"))
