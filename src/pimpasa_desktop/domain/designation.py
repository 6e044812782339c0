"""Villages named as assisted villages (Desa Binaan Imigrasi) by one decree, with the ceremony that went with it.

One record for one decree, however many villages it names: a slip in its number is mended once. A village that leaves
the programme alone does so by a decree, and a record, of its own (status `revoked`). What was named before the
register began may be known by region and number only.
"""

from pimpasa_desktop.domain.attendee import STAKEHOLDER_GROUPS
from pimpasa_desktop.domain.entity import Level, Record, Values, field
from pimpasa_desktop.domain.kinds import Choice, Count, Day, Many, Ref, Refs, Text
from pimpasa_desktop.i18n import _

DESIGNATION_STATUS = {
    "candidate": "calon",
    "designated": "ditetapkan",
    "active": "aktif",
    "revoked": "dicabut",
}
ISSUERS = {"kantor": "Kantor imigrasi", "kanwil": "Kantor wilayah"}


class Designation(
    Record, entity="designation", label="Penetapan desa binaan", level=Level.C, office="office", villages="villages"
):
    office: str = field(Ref("office"), "Kantor")
    villages: list[str] = field(Refs("village"), "Desa", in_table=True)
    region: str = field(Text(160), "Wilayah bila desanya belum tercatat")
    village_count: int | None = field(Count(100_000), "Jumlah desa bila desanya belum tercatat")
    year: int | None = field(Count(9_999), "Tahun program", in_table=True)
    status: str = field(Choice(DESIGNATION_STATUS), "Keadaan", required=True, in_table=True)
    reason: str = field(Text(1_000, lines=True), "Alasan")
    partners: list[str] = field(Many(STAKEHOLDER_GROUPS), "Mitra")
    decree_number: str = field(Text(120), "Nomor SK", in_table=True)
    decree_on: str = field(Day(), "Tanggal SK")
    issuer_level: str = field(Choice(ISSUERS), "Penerbit SK")
    signer_name: str = field(Text(120), "Penanda tangan SK")
    signer_position: str = field(Text(160), "Jabatan penanda tangan")
    visit: str = field(Ref("visit"), "Kunjungan saat ditetapkan")
    ceremony_on: str = field(Day(), "Tanggal peresmian")
    ceremony_place: str = field(Text(200), "Tempat peresmian")
    inaugurated_by: str = field(Text(160), "Diresmikan oleh")
    inaugurator_position: str = field(Text(160), "Jabatan yang meresmikan")

    @classmethod
    def rules(cls, values: Values) -> list[str]:
        if not values.get("villages") and not values.get("region"):
            return [_("Pilih desa (villages) atau tulis wilayahnya (region).")]
        return []
