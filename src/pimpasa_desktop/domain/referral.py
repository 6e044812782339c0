"""A risk report handed on to those who can act, and what they answered. As secret as the report."""

from pimpasa_desktop.domain.entity import Level, Record, Values, field
from pimpasa_desktop.domain.kinds import Choice, Day, Moment, Ref, Text
from pimpasa_desktop.i18n import _

RECIPIENTS = {
    "polri_110": "Polri (110)",
    "polres_ppa": "Polres, Unit PPA atau Satgas TPPO",
    "polda_ppa": "Polda, Dit PPA-PPO",
    "bareskrim_ppa": "Bareskrim, Dittipid PPA-PPO",
    "inteldakim": "Seksi Inteldakim",
    "tpi": "Tempat Pemeriksaan Imigrasi (TPI)",
    "gugus_tugas": "Gugus Tugas PP-TPPO",
    "bp3mi": "BP3MI/P4MI",
    "disnaker": "Disnaker atau LTSA",
    "kemlu": "Kemlu (Perlindungan WNI)",
    "uptd_ppa": "UPTD PPA",
    "dinsos": "Dinas Sosial",
    "ppt_rsud": "PPT atau RSUD",
    "lpsk": "LPSK",
    "timpora": "Timpora",
    "babinsa_bhabinkamtibmas": "Babinsa atau Bhabinkamtibmas",
    "lainnya": "Lainnya",
}


class Referral(Record, entity="referral", label="Rujukan", level=Level.A, root="risk_report"):
    risk_report: str = field(Ref("risk_report"), "Temuan", required=True)
    recipient: str = field(Choice(RECIPIENTS), "Dirujuk kepada", required=True, in_table=True)
    recipient_name: str = field(Text(160), "Nama penerima atau satuan")
    letter_number: str = field(Text(120), "Nomor surat")
    sent_at: str = field(Moment(), "Dikirim pada", in_table=True)
    answered_on: str = field(Day(), "Dijawab pada", in_table=True)
    outcome: str = field(Text(2_000, lines=True), "Hasil rujukan")

    @classmethod
    def rules(cls, values: Values) -> list[str]:
        if (values.get("answered_on") or values.get("outcome")) and not values.get("sent_at"):
            return [_("Tulis kapan rujukan dikirim (sent_at).")]
        return []
