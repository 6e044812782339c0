"""An immigration office: its names and the six lines of its letterhead (domain source: kop surat 2025-26)."""

from pimpasa_desktop.domain.entity import Level, Record, Values, field
from pimpasa_desktop.domain.kinds import Text

MINISTRY = "KEMENTERIAN IMIGRASI DAN PEMASYARAKATAN REPUBLIK INDONESIA"
DIRECTORATE = "DIREKTORAT JENDERAL IMIGRASI"


class Office(Record, entity="office", label="Kantor", level=Level.C, office="id", kept_by_office=True):
    name: str = field(Text(120), "Nama kantor", required=True, in_table=True)
    office_class: str = field(Text(60), "Kelas")
    ministry: str = field(Text(160), "Baris kop 1: kementerian")
    directorate: str = field(Text(160), "Baris kop 2: direktorat jenderal")
    regional_office: str = field(Text(160), "Baris kop 3: kantor wilayah")
    address: str = field(Text(200), "Alamat kantor")
    contact: str = field(Text(200), "Laman dan pos-el")
    city: str = field(Text(80), "Tempat surat")
    head_name: str = field(Text(120), "Nama kepala kantor")
    head_number: str = field(Text(30), "NIP kepala kantor")


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
