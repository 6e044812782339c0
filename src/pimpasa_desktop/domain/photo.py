"""A photo of a visit or of a risk report, named by the hash of its bytes; the bytes themselves travel apart."""

from pimpasa_desktop.domain.entity import Level, Record, Values, field, secret_with
from pimpasa_desktop.domain.fingerprint import wrong_fingerprint
from pimpasa_desktop.domain.kinds import Code, Count, Moment, Ref, Text


class Photo(
    Record, entity="photo", label="Foto", level=secret_with("risk_report", Level.B), root=("risk_report", "visit")
):
    visit: str = field(Ref("visit"), "Kunjungan")
    risk_report: str = field(Ref("risk_report"), "Temuan")
    caption: str = field(Text(300), "Keterangan foto", in_table=True)
    taken_at: str = field(Moment(), "Diambil pada", in_table=True)
    sha256: str = field(Code(), "Sidik berkas", required=True)
    size: int | None = field(Count(1_000_000_000), "Ukuran (bita)")

    @classmethod
    def rules(cls, values: Values) -> list[str]:
        return wrong_fingerprint(values)
