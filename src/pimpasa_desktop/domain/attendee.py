"""Somebody who came. As little as the list needs: no national id number, no birth date, no street."""

from pimpasa_desktop.domain.entity import Level, Record, field
from pimpasa_desktop.domain.kinds import Choice, Flag, Phone, Ref, Text

STAKEHOLDER_GROUPS = {
    "imigrasi": "Imigrasi",
    "kanwil": "Kanwil",
    "pemda_prov": "Pemda provinsi",
    "pemda_kab": "Pemda kabupaten/kota",
    "kecamatan": "Kecamatan",
    "perangkat_desa": "Perangkat desa",
    "BPD": "BPD",
    "TNI": "TNI",
    "Polri": "Polri",
    "Forkopimcam": "Forkopimcam",
    "BP3MI": "BP3MI/P4MI",
    "disnaker": "Disnaker",
    "instansi_lain": "Instansi lain",
    "tokoh_masyarakat": "Tokoh masyarakat",
    "tokoh_adat": "Tokoh adat",
    "tokoh_agama": "Tokoh agama",
    "pemuda": "Pemuda",
    "perempuan": "Perempuan/PKK",
    "CPMI": "CPMI",
    "purna_PMI": "Purna PMI",
    "keluarga_PMI": "Keluarga PMI",
    "relawan": "Relawan",
    "pelajar": "Pelajar",
    "media": "Media",
    "warga": "Warga",
}

# Printed and counted as residents in a copy for the public: the list must not show who wants to leave or came back.
SHOWN_AS_RESIDENTS = frozenset({"CPMI", "purna_PMI", "keluarga_PMI"})


def lacks_digits(phone: str) -> bool:
    """Whether this mobile number (E.164) is shorter than any that is given out here: 10 digits as one dials it."""
    return phone.startswith("+628") and len(phone) < len("+62811234567")


class Attendee(Record, entity="attendee", label="Peserta", level=Level.B, root="visit"):
    visit: str = field(Ref("visit"), "Kunjungan", required=True)
    name: str = field(Text(160), "Nama", required=True, in_table=True)
    sex: str = field(Choice({"L": "Laki-laki", "P": "Perempuan"}), "L/P", in_table=True)
    stakeholder_group: str = field(Choice(STAKEHOLDER_GROUPS), "Unsur", in_table=True)
    position_title: str = field(Text(160), "Jabatan", in_table=True)
    institution: str = field(Text(160), "Instansi", in_table=True)
    address: str = field(Text(160), "Alamat (instansi atau desa)")
    phone: str = field(Phone(), "Nomor HP", in_table=True)
    civil_servant_number: str = field(Text(30), "NIP/NRP")
    minor: bool = field(Flag(), "Di bawah 18 tahun")
