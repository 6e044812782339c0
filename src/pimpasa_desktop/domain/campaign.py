"""One event at several places: what its visits have in common. Each visit names its campaign and is kept by itself."""

from pimpasa_desktop.domain.entity import Level, Record, Values, field
from pimpasa_desktop.domain.kinds import Day, Ref, Refs, Text
from pimpasa_desktop.i18n import _


class Campaign(
    Record, entity="campaign", label="Rangkaian kegiatan", level=Level.C, office="office", villages="villages"
):
    office: str = field(Ref("office"), "Kantor")
    name: str = field(Text(200), "Nama rangkaian", required=True, in_table=True)
    programme: str = field(Text(200), "Program", in_table=True)
    theme: str = field(Text(300), "Tema")
    villages: list[str] = field(Refs("village"), "Desa", in_table=True)
    starts_on: str = field(Day(), "Mulai tanggal", in_table=True)
    ends_on: str = field(Day(), "Sampai tanggal")
    reason: str = field(Text(1_000, lines=True), "Latar belakang")
    goal: str = field(Text(1_000, lines=True), "Sasaran")

    @classmethod
    def rules(cls, values: Values) -> list[str]:
        if values.get("ends_on") and values["ends_on"] < values.get("starts_on", ""):
            return [_("Hari terakhir (ends_on) lebih awal daripada hari pertama (starts_on).")]
        return []
