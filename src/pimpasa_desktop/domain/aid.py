"""Help that was given at a visit. Counts only: who received it is social data and no part of the attendance."""

from pimpasa_desktop.domain.entity import Level, Record, field
from pimpasa_desktop.domain.kinds import Count, Ref, Text


class Aid(Record, entity="aid", label="Bantuan", level=Level.C, root="visit"):
    visit: str = field(Ref("visit"), "Kunjungan", required=True)
    event_name: str = field(Text(160), "Nama aksi", in_table=True)
    item: str = field(Text(160), "Barang", required=True, in_table=True)
    quantity: int | None = field(Count(), "Banyaknya", in_table=True)
    unit: str = field(Text(40), "Satuan", in_table=True)
    source: str = field(Text(160), "Sumber dana")
    intended_for: str = field(Text(160), "Diperuntukkan bagi")
    recipients: int | None = field(Count(), "Jumlah penerima", in_table=True)
