"""A paper that a record rests on, that was handed over there, or that tells of it: kind, number, date and title; with
its file where somebody attached one, which travels apart."""

from pimpasa_desktop.domain.entity import Level, Record, Values, field, secret_with
from pimpasa_desktop.domain.fingerprint import wrong_fingerprint
from pimpasa_desktop.domain.kinds import Choice, Code, Count, Day, Ref, Text
from pimpasa_desktop.i18n import _

DOCUMENT_KINDS = {
    "law": "Undang-undang",
    "regulation": "Peraturan",
    "presidential_instruction": "Instruksi Presiden",
    "circular": "Surat edaran (SE)",
    "decree": "Surat keputusan (SK)",
    "directive": "Arahan pimpinan",
    "policy": "Program kebijakan",
    "assignment_letter": "Surat tugas",
    "cooperation_agreement": "Perjanjian kerja sama (PKS)",
    "certificate": "Sertifikat",
    "plaque": "Plakat",
    "sign_board": "Plang",
    "notice_board": "Papan pengumuman",
    "official_record": "Berita acara",
    "attendance_list": "Daftar hadir",
    "letter": "Surat",
    "press_release": "Siaran pers",
    "news": "Berita media",
    "other": "Lainnya",
}
USES = {"legal_basis": "Dasar", "handed_over": "Diserahkan atau dipasang", "account": "Pemberitaan atau laporan"}


class Document(
    Record,
    entity="document",
    label="Dokumen",
    level=secret_with("risk_report", Level.C),
    root=("risk_report", "designation", "campaign", "visit"),
):
    visit: str = field(Ref("visit"), "Kunjungan")
    campaign: str = field(Ref("campaign"), "Rangkaian kegiatan")
    designation: str = field(Ref("designation"), "Penetapan desa binaan")
    risk_report: str = field(Ref("risk_report"), "Temuan")
    kind: str = field(Choice(DOCUMENT_KINDS), "Jenis", required=True, in_table=True)
    use: str = field(Choice(USES), "Kegunaan", in_table=True)
    number: str = field(Text(120), "Nomor", in_table=True)
    dated_on: str = field(Day(), "Tertanggal", in_table=True)
    title: str = field(Text(300), "Judul atau perihal", in_table=True)
    issuer: str = field(Text(160), "Penerbit", in_table=True)
    file_name: str = field(Text(120), "Nama berkas")
    sha256: str = field(Code(), "Sidik berkas")
    size: int | None = field(Count(1_000_000_000), "Ukuran (bita)")

    @classmethod
    def rules(cls, values: Values) -> list[str]:
        if not values.get("number") and not values.get("title") and not values.get("issuer"):
            return [_("Tulis nomor (number), judul (title) atau penerbit (issuer).")]
        return wrong_fingerprint(values)
