"""Volunteers of a village who watch and report, and the messaging group in which they do so. Names: volunteer.py."""

from pimpasa_desktop.domain.entity import Level, Record, field
from pimpasa_desktop.domain.kinds import Choice, Count, Day, Many, Ref, Text

CHANNELS = {"whatsapp": "WhatsApp", "telegram": "Telegram", "sms": "SMS", "radio": "Radio", "lainnya": "Lainnya"}
WATCHED = {
    "keberadaan_wna": "Keberadaan orang asing",
    "dugaan_pelanggaran": "Dugaan pelanggaran keimigrasian",
    "perekrutan": "Perekrutan tenaga kerja",
    "keberangkatan": "Keberangkatan CPMI",
    "lainnya": "Lainnya",
}


class VolunteerGroup(
    Record, entity="volunteer_group", label="Kelompok relawan", level=Level.C, office="office", villages="village"
):
    office: str = field(Ref("office"), "Kantor")
    village: str = field(Ref("village"), "Desa", required=True, in_table=True)
    name: str = field(Text(160), "Nama kelompok", required=True, in_table=True)
    channel: str = field(Choice(CHANNELS), "Sarana komunikasi", in_table=True)
    messaging_group: str = field(Text(160), "Nama grup")
    watches: list[str] = field(Many(WATCHED), "Yang dilaporkan")
    formed_on: str = field(Day(), "Dibentuk pada", in_table=True)
    visit: str = field(Ref("visit"), "Kunjungan saat dibentuk")
    members: int | None = field(Count(100_000), "Jumlah anggota")
    last_active_on: str = field(Day(), "Terakhir aktif")
    disbanded_on: str = field(Day(), "Dibubarkan pada")
