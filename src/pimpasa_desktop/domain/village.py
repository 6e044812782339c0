"""A village or ward that an office looks after (desa, kelurahan, or a place that no area code knows).

Its kind, district, regency and province follow from the area code; `location` is for a place without one.
"""

from pimpasa_desktop.domain.entity import Level, Record, field
from pimpasa_desktop.domain.kinds import Choice, Many, Ref, RegionCode, Text

PROFILE = {
    "migrant_source": "Banyak warga bekerja di luar negeri",
    "returned_migrants": "Banyak purna PMI",
    "passport_applicants": "Banyak pemohon paspor",
    "recruiters_active": "Sasaran perekrut tidak resmi",
    "information_scarce": "Sulit mendapat informasi resmi",
    "law_little_known": "Hukum keimigrasian kurang dikenal",
    "foreign_workers": "Ada tenaga kerja asing",
    "foreign_visitors": "Sering didatangi orang asing",
    "border": "Di perbatasan",
    "coast": "Di pesisir atau dekat pelabuhan",
}
MATURITY = {
    "guided": "dibina",
    "resilient": "tangguh",
    "law_aware": "sadar hukum keimigrasian",
}


class Village(
    Record,
    entity="village",
    label="Desa",
    level=Level.C,
    office="office",
    villages="id",
    identity=("office", "region_code"),
):
    office: str = field(Ref("office"), "Kantor")
    region_code: str = field(RegionCode(), "Kode wilayah", in_table=True)
    name: str = field(Text(120), "Nama", required=True, in_table=True)
    location: str = field(Text(200), "Letak bila tanpa kode wilayah")
    profile: list[str] = field(Many(PROFILE), "Keadaan desa")
    destination_countries: str = field(Text(200), "Negara tujuan warga")
    maturity: str = field(Choice(MATURITY), "Tingkat pembinaan")
    maturity_target: str = field(Choice(MATURITY), "Sasaran pembinaan")
