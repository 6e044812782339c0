"""An immigration office: its names, its letterhead (domain source: kop surat 2025-26), and who signs for it."""

from pimpasa_desktop.domain.entity import Level, Record, Values, field
from pimpasa_desktop.domain.kinds import Choice, Flag, Picture, Text

MINISTRY = "KEMENTERIAN IMIGRASI DAN PEMASYARAKATAN REPUBLIK INDONESIA"
DIRECTORATE = "DIREKTORAT JENDERAL IMIGRASI"

# Who acknowledges the attendance list of a visit to one village.
ACKNOWLEDGED_BY = {"village": "Kepala desa atau lurah", "office": "Kepala kantor"}
# So small, because every laptop of the office receives it, perhaps over EDGE: some 3 s at 60 kbit/s. 300 pixels are
# 346 dpi on the 22 mm that a logo has.
LOGO = Picture(max=32_000, side=300)


class Office(Record, entity="office", label="Kantor", level=Level.C, office="id", kept_by_office=True):
    name: str = field(Text(120), "Nama kantor", required=True, in_table=True)
    office_class: str = field(Text(60), "Kelas")
    ministry: str = field(Text(160), "Baris kop 1: kementerian")
    directorate: str = field(Text(160), "Baris kop 2: direktorat jenderal")
    regional_office: str = field(Text(160), "Baris kop 3: kantor wilayah")
    address: str = field(Text(200), "Alamat kantor")
    contact: str = field(Text(200), "Laman dan pos-el")
    city: str = field(Text(80), "Tempat surat")
    logo: str = field(LOGO, "Logo kantor")
    head_name: str = field(Text(120), "Nama kepala kantor")
    head_number: str = field(Text(30), "NIP kepala kantor")
    head_position: str = field(Text(160), "Jabatan kepala kantor")
    second_name: str = field(Text(120), "Nama penanda tangan kedua")
    second_number: str = field(Text(30), "NIP penanda tangan kedua")
    second_position: str = field(Text(160), "Jabatan penanda tangan kedua")
    acknowledged_by: str = field(Choice(ACKNOWLEDGED_BY), "Yang mengetahui Daftar Hadir")
    hide_titles: bool = field(Flag(), "Tanpa gelar pada Daftar Hadir")
    hide_nip: bool = field(Flag(), "Tanpa NIP pada Daftar Hadir")


def title(values: Values) -> str:
    """The office's full name, `Kantor Imigrasi Kelas II Non TPI Kotamobagu`."""
    name = str(values.get("name", ""))
    if name.lower().startswith("kantor"):
        return name
    return " ".join(part for part in ("Kantor Imigrasi", values.get("office_class", ""), name) if part)


def letterhead(values: Values) -> tuple[str, ...]:
    """The six lines above a document; the fourth is the office itself, printed bold. Unknown lines stay empty."""
    return (
        values.get("ministry") or MINISTRY,
        values.get("directorate") or DIRECTORATE,
        values.get("regional_office", ""),
        title(values).upper(),
        values.get("address", ""),
        values.get("contact", ""),
    )


def logo(values: Values) -> bytes | None:
    """The office's own logo as PNG; None where there is none that can be printed."""
    return LOGO.picture(values.get("logo", ""))


def head_position(values: Values) -> str:
    """What stands above the name of the office's signer, `Plh. Kepala Kantor`."""
    return str(values.get("head_position", "")) or f"Kepala {title(values)}"
