"""A risk report: signs of trafficking, smuggling or irregular migration. It records indication, never guilt."""

from pimpasa_desktop.domain.entity import Level, Record, Values, field
from pimpasa_desktop.domain.kinds import Choice, Many, Ref, Text
from pimpasa_desktop.domain.risk import RISK_KINDS, assess, checklist

LEVELS = {"low": "rendah", "medium": "sedang", "high": "tinggi"}
SIGNS = {sign.id: sign.statement for sign in checklist().indicators}
STATUS = {
    "submitted": "diajukan",
    "revision_requested": "minta perbaikan",
    "verified": "diverifikasi",
    "in_progress": "ditindaklanjuti",
    "closed": "selesai",
    "rejected": "ditolak",
}


class RiskReport(Record, entity="risk_report", label="Temuan", level=Level.A, office="office", villages="village"):
    office: str = field(Ref("office"), "Kantor")
    village: str = field(Ref("village"), "Desa", in_table=True)
    visit: str = field(Ref("visit"), "Kunjungan")
    kind: str = field(Choice(RISK_KINDS), "Jenis", required=True, in_table=True)
    narrative: str = field(Text(20_000, lines=True), "Uraian")
    destination_country: str = field(Text(80), "Negara tujuan")
    indicators: list[str] = field(Many(SIGNS), "Tanda-tanda")
    level_raised_to: str = field(Choice(LEVELS), "Tingkat dinaikkan menjadi")
    raise_reason: str = field(Text(500), "Alasan menaikkan")
    status: str = field(Choice(STATUS), "Keadaan", in_table=True)

    @classmethod
    def derived(cls, values: Values) -> Values:
        """The level and its reasons in words; computed at each end, never sent."""
        verdict = assess(values.get("indicators", ()), values.get("level_raised_to", ""))
        return {"level": verdict.level, "reasons": list(verdict.reasons)}
