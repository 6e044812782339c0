"""What is to be done after a visit or about a risk report, by when, and whether it was done."""

from pimpasa_desktop.domain.entity import Level, Record, Values, field
from pimpasa_desktop.domain.kinds import Day, Ref, Text
from pimpasa_desktop.i18n import _


def _level(values: Values) -> Level:
    return Level.A if values.get("risk_report") else Level.C


class FollowUp(Record, entity="follow_up", label="Tindak lanjut", level=_level, root=("risk_report", "visit")):
    visit: str = field(Ref("visit"), "Kunjungan")
    risk_report: str = field(Ref("risk_report"), "Temuan")
    text: str = field(Text(2_000, lines=True), "Uraian", required=True, in_table=True)
    due_on: str = field(Day(), "Batas waktu", in_table=True)
    done_on: str = field(Day(), "Selesai pada", in_table=True)

    @classmethod
    def rules(cls, values: Values) -> list[str]:
        if bool(values.get("visit")) == bool(values.get("risk_report")):
            return [_("Isi salah satu: kunjungan (visit) atau temuan (risk_report).")]
        return []
