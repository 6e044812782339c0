"""The receipt of a visit as the store has it: the newest one that the office signed, checked once more."""

from datetime import UTC, datetime

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from pimpasa_desktop.domain.calendar import Zone, day_and_date, hour
from pimpasa_desktop.domain.entity import declaration
from pimpasa_desktop.domain.tray import TRAY
from pimpasa_desktop.i18n import _
from pimpasa_desktop.problem import Problem
from pimpasa_desktop.reports.attendance_of_visit import attendance_sheet, zone_of_visit
from pimpasa_desktop.reports.receipt import ReceiptSheet
from pimpasa_desktop.spelling import number
from pimpasa_desktop.store.store import Store
from pimpasa_desktop.sync.protocol.receipts import Receipt, Statement

_FIRST = ("attendee", "photo")


def receipt_sheet(store: Store, visit_id: str) -> ReceiptSheet:
    """Raises Problem: no such visit here, no receipt of it yet, or one that the office's key does not prove."""
    visit = attendance_sheet(store.queries, visit_id)
    receipt = store.queries.receipts.sending(visit_id).receipt
    if receipt is None:
        raise Problem(_("Kunjungan ini belum punya resi dari kantor. Kirim dulu, lalu ulangi."))
    key = bytes(store.meta.get("office_key"))
    if not receipt.proves(Ed25519PublicKey.from_public_bytes(key)):
        raise Problem(_("Resi ini tidak cocok dengan kunci kantor. Jalankan pimpasa doctor, lalu hubungi kantor."))
    zone = zone_of_visit(store.queries, store.queries.get(visit_id).values)
    told = receipt.told
    office, officer = visit.right.captions[-1] if visit.right else "", visit.right.name if visit.right else ""
    facts = [
        ("Hari/Tanggal", visit.day),
        ("Waktu", visit.time),
        ("Tempat", visit.place),
        ("Petugas", officer),
        ("Nomor resi", receipt.mark),
        ("Diterima", received_at(receipt, zone)),
    ]
    return ReceiptSheet(
        letterhead=visit.letterhead,
        subject=visit.subject,
        facts=tuple((label, value) for label, value in facts if value),
        rows=rows(told),
        statement=(
            f"{office} telah menerima catatan kunjungan ini sebanyak yang tersebut di atas. Isinya sama dengan isi di "
            "laptop petugas pada saat itu: kedua pihak menghitung sidik isi masing-masing, dan keduanya cocok."
        ).lstrip(),
        proof=(
            ("Sidik isi (SHA-256)", _grouped(told.contents)),
            ("Tanda kantor (Ed25519)", _grouped(receipt.signature)),
            ("Kunci kantor", _grouped(key)),
        ),
        code=receipt.mark,
    )


def received_at(receipt: Receipt, zone: Zone) -> str:
    """Kamis, 3 Juli 2025, 14.02 WITA, by the office's clock."""
    at = zone.local(datetime.fromtimestamp(receipt.at, UTC).isoformat())
    return f"{day_and_date(at.date())}, {hour(at)} {zone.name}, jam kantor"


def rows(told: Statement) -> tuple[tuple[str, str], ...]:
    """What was received, attendees and photos first; the visit itself goes without saying."""
    counts = dict(told.counts)
    others = sorted(counts.keys() - {"visit", *_FIRST, *TRAY}, key=lambda name: declaration(name).label)
    lines = [("Daftar hadir", f"{number(counts.get('attendee', 0))} orang")]
    photos = counts.get("photo", 0)
    if photos:
        lines.append(("Foto", f"{number(told.photos)} dari {number(photos)}"))
    return (*lines, *((declaration(name).label, number(counts[name])) for name in others))


def _grouped(body: bytes) -> str:
    text = body.hex()
    return " ".join(text[at : at + 8] for at in range(0, len(text), 8))
