"""An official or a speaker at a visit: who, in which function, and what that person did there.

A public function, so no secret; that is why it holds no telephone number. A name may be missing where only the
function is known ("the head of the district police").
"""

from pimpasa_desktop.domain.attendee import STAKEHOLDER_GROUPS
from pimpasa_desktop.domain.entity import Level, Record, Values, field
from pimpasa_desktop.domain.kinds import Choice, Many, Ref, Text
from pimpasa_desktop.i18n import _

DEEDS = {
    "attended": "Hadir",
    "welcomed": "Memberi sambutan",
    "opened": "Membuka acara",
    "inaugurated": "Meresmikan",
    "presented": "Membawakan materi",
    "stated": "Memberi keterangan",
    "closed": "Menutup acara",
}


class Speaker(Record, entity="speaker", label="Pejabat dan narasumber", level=Level.C, root="visit"):
    visit: str = field(Ref("visit"), "Kunjungan", required=True)
    title_before: str = field(Text(60), "Gelar depan")
    name: str = field(Text(160), "Nama", in_table=True)
    title_after: str = field(Text(80), "Gelar belakang")
    position_title: str = field(Text(160), "Jabatan", in_table=True)
    institution: str = field(Text(160), "Instansi", in_table=True)
    stakeholder_group: str = field(Choice(STAKEHOLDER_GROUPS), "Unsur")
    did: list[str] = field(Many(DEEDS), "Yang dilakukan", in_table=True)
    topic: str = field(Text(300), "Pokok pembicaraan")

    @classmethod
    def rules(cls, values: Values) -> list[str]:
        if not values.get("name") and not values.get("position_title"):
            return [_("Tulis nama (name) atau jabatan (position_title).")]
        return []


def full_name(values: Values) -> str:
    """The name with its titles, `Dr. Ani Wijaya, S.H., M.H.`."""
    named = " ".join(part for part in (values.get("title_before", ""), values.get("name", "")) if part)
    return ", ".join(part for part in (named, values.get("title_after", "")) if part)
