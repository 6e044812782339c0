"""How many came of a group, counted or estimated, where nobody wrote names. A group without a number was there."""

from pimpasa_desktop.domain.attendee import STAKEHOLDER_GROUPS
from pimpasa_desktop.domain.entity import Level, Record, Values, field
from pimpasa_desktop.domain.kinds import Choice, Count, Ref, Text
from pimpasa_desktop.i18n import _

ESTIMATES = {"belasan": "belasan", "puluhan": "puluhan", "ratusan": "ratusan", "ribuan": "ribuan"}


class HeadCount(Record, entity="head_count", label="Jumlah hadir", level=Level.C, root="visit"):
    visit: str = field(Ref("visit"), "Kunjungan", required=True)
    stakeholder_group: str = field(Choice(STAKEHOLDER_GROUPS), "Unsur", required=True, in_table=True)
    institution: str = field(Text(160), "Instansi", in_table=True)
    men: int | None = field(Count(100_000), "Laki-laki", in_table=True)
    women: int | None = field(Count(100_000), "Perempuan", in_table=True)
    total: int | None = field(Count(100_000), "Seluruhnya", in_table=True)
    estimate: str = field(Choice(ESTIMATES), "Perkiraan", in_table=True)

    @classmethod
    def rules(cls, values: Values) -> list[str]:
        total, counted = values.get("total"), (values.get("men") or 0) + (values.get("women") or 0)
        if total is not None and counted > total:
            return [_("Laki-laki dan perempuan bersama-sama lebih banyak daripada seluruhnya (total).")]
        return []
