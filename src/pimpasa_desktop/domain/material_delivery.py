"""What was explained, handed out or put up on a visit: one record a subject."""

from pimpasa_desktop.domain.entity import Level, Record, field
from pimpasa_desktop.domain.kinds import Choice, Count, Ref, Text
from pimpasa_desktop.domain.material import MATERIAL_KINDS

WAYS = {"explained": "Dijelaskan", "handed_out": "Dibagikan", "put_up": "Dipasang", "practised": "Dipraktikkan"}


class MaterialDelivery(Record, entity="material_delivery", label="Materi yang diberikan", level=Level.C, root="visit"):
    visit: str = field(Ref("visit"), "Kunjungan", required=True)
    kind: str = field(Choice(MATERIAL_KINDS), "Jenis", required=True, in_table=True)
    topic: str = field(Text(300), "Pokok bahasan", in_table=True)
    material: str = field(Ref("material"), "Materi")
    way: str = field(Choice(WAYS), "Cara", in_table=True)
    copies: int | None = field(Count(100_000), "Jumlah lembar atau buah", in_table=True)
