"""A village or ward that an office looks after (desa, kelurahan, or a place that no area code knows)."""

from pimpasa_desktop.domain.entity import Level, Record, field
from pimpasa_desktop.domain.kinds import Ref, RegionCode, Text


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
