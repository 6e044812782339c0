"""What somebody said for the public, in that person's words, with the function in which it was said."""

from pimpasa_desktop.domain.entity import Level, Record, field
from pimpasa_desktop.domain.kinds import Day, Ref, Text


class Quote(Record, entity="quote", label="Kutipan", level=Level.C, root=("campaign", "visit")):
    visit: str = field(Ref("visit"), "Kunjungan")
    campaign: str = field(Ref("campaign"), "Rangkaian kegiatan")
    speaker_name: str = field(Text(160), "Nama", required=True, in_table=True)
    position_title: str = field(Text(160), "Jabatan", in_table=True)
    institution: str = field(Text(160), "Instansi")
    text: str = field(Text(2_000, lines=True), "Ucapan", required=True, in_table=True)
    said_on: str = field(Day(), "Diucapkan pada", in_table=True)
