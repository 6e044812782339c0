"""A member of a volunteer group; restricted, because it says who reports in a village."""

from pimpasa_desktop.domain.entity import Level, Record, field
from pimpasa_desktop.domain.kinds import Choice, Day, Phone, Ref, Text

PARTS = {"coordinator": "Koordinator", "member": "Anggota"}


class Volunteer(Record, entity="volunteer", label="Relawan", level=Level.B, root="volunteer_group"):
    volunteer_group: str = field(Ref("volunteer_group"), "Kelompok relawan", required=True)
    name: str = field(Text(160), "Nama", required=True, in_table=True)
    part: str = field(Choice(PARTS), "Tugas", in_table=True)
    position_title: str = field(Text(160), "Jabatan di desa")
    phone: str = field(Phone(), "Nomor HP", in_table=True)
    joined_on: str = field(Day(), "Bergabung pada")
    left_on: str = field(Day(), "Keluar pada")
