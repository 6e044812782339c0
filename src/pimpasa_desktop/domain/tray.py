"""What a person still has to decide: conflicts (two people wrote one field) and operations the office refused.

Both are records with a root, so that they travel, are permitted and are erased like everything else. Only the
office makes them; a person settles them.
"""

from pimpasa_desktop.domain.entity import Level, Record, Values, field
from pimpasa_desktop.domain.kinds import Choice, Code, Moment, Ref, Text

SETTLED = {"mine": "nilai yang disisihkan", "office": "nilai yang berlaku", "text": "nilai lain", "done": "selesai"}
_LEVELS = {level.value: level.value for level in Level}

# The field name under which existence itself is in conflict: one deleted what another added to.
EXISTENCE = "$deleted"


def _level(values: Values) -> Level:
    return Level(values.get("secrecy") or Level.A)


class Conflict(Record, entity="conflict", label="Perlu diputuskan", level=_level, root="about"):
    about: str = field(Ref("*"), "Induk", required=True)
    record: str = field(Ref("*"), "Catatan", required=True)
    record_entity: str = field(Code(), "Jenis catatan", required=True)
    field_name: str = field(Code(), "Isian", required=True, in_table=True)
    secrecy: str = field(Choice(_LEVELS), "Kerahasiaan", required=True)
    office_value: str = field(Text(40_000, lines=True), "Nilai yang berlaku")
    office_author: str = field(Text(120), "Ditulis oleh")
    office_at: str = field(Moment(), "Ditulis pada")
    mine_value: str = field(Text(40_000, lines=True), "Nilai yang disisihkan")
    mine_author: str = field(Text(120), "Ditulis oleh")
    mine_account: str = field(Ref("account"), "Akun penulis kedua")
    mine_at: str = field(Moment(), "Ditulis pada")
    settled: str = field(Choice(SETTLED), "Keputusan")


class Rejected(
    Record, entity="rejected", label="Belum diterima kantor", level=_level, office="office", people=("writer",)
):
    office: str = field(Ref("office"), "Kantor")
    writer: str = field(Ref("account"), "Penulis", required=True)
    writer_name: str = field(Text(120), "Nama penulis")
    operation: str = field(Ref("*"), "Operasi", required=True)
    record: str = field(Ref("*"), "Catatan", required=True)
    record_entity: str = field(Code(), "Jenis catatan", required=True)
    action: str = field(Code(), "Tindakan", required=True)
    patch: str = field(Text(2_000_000, lines=True), "Isi")
    reason: str = field(Code(), "Alasan", required=True, in_table=True)
    secrecy: str = field(Choice(_LEVELS), "Kerahasiaan", required=True)
    written_at: str = field(Moment(), "Ditulis pada")
    settled: str = field(Choice(SETTLED), "Keputusan")
    settled_by: str = field(Text(120), "Diputuskan oleh")
    settled_value: str = field(Text(40_000, lines=True), "Nilai yang dibetulkan")
    settled_at: str = field(Moment(), "Diputuskan pada")


SETTLING = frozenset({"settled", "settled_by", "settled_value", "settled_at"})  # what a person writes in a tray record
TRAY = frozenset({"conflict", "rejected"})


def open_tray(values: Values) -> bool:
    return not values.get("settled")
