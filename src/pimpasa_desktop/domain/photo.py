"""A photo of a visit or of a risk report, named by the hash of its bytes; the bytes themselves travel apart."""

import re

from pimpasa_desktop.domain.entity import Level, Record, Values, field, secret_with
from pimpasa_desktop.domain.kinds import Code, Count, Moment, Ref, Text
from pimpasa_desktop.i18n import _

_SHA256 = re.compile(r"[0-9a-f]{64}")


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
        if values.get("sha256") and not _SHA256.fullmatch(values["sha256"]):
            return [_("Sidik berkas (sha256) harus 64 angka heksadesimal.")]
        return []
