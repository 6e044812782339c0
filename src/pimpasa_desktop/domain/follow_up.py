"""What is to be done after a visit or about a risk report, by when, and whether it was done."""

from pimpasa_desktop.domain.entity import Level, Record, field, secret_with
from pimpasa_desktop.domain.kinds import Choice, Day, Flag, Ref, Text

FOLLOW_UP_KINDS = {
    "next_visit": "Kunjungan berikutnya",
    "counselling": "Penyuluhan",
    "periodic_evaluation": "Evaluasi berkala",
    "training": "Pelatihan lanjutan",
    "coordination": "Koordinasi",
    "verification": "Pemeriksaan keterangan",
    "other": "Lainnya",
}


class FollowUp(
    Record,
    entity="follow_up",
    label="Tindak lanjut",
    level=secret_with("risk_report", Level.C),
    root=("risk_report", "visit"),
):
    visit: str = field(Ref("visit"), "Kunjungan")
    risk_report: str = field(Ref("risk_report"), "Temuan")
    kind: str = field(Choice(FOLLOW_UP_KINDS), "Jenis", in_table=True)
    text: str = field(Text(2_000, lines=True), "Uraian", required=True, in_table=True)
    recurring: bool = field(Flag(), "Berkala", in_table=True)
    due_on: str = field(Day(), "Batas waktu", in_table=True)
    done_on: str = field(Day(), "Selesai pada", in_table=True)
